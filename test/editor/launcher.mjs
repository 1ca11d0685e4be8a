// @ts-check
// Stands in for the executable of a desktop VS Code: it takes the same arguments, serves VS Code to a headless browser
// and ends with the code that the extension's test runner ended with.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { launchBrowser } from '../../scripts/editor/browser.mjs';
import { projectFolder } from '../../scripts/editor/cache.mjs';
import { endOnSignals } from '../../scripts/editor/processes.mjs';
import { serveVisualStudioCode } from '../../scripts/editor/serve.mjs';

const longestRun = 5 * 60_000;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'end-with-input': { type: 'boolean' },
  },
});

endOnSignals();
if (values['end-with-input']) {
  // The input closes when whoever started us is gone, in whatever way.
  process.stdin.once('end', () => process.exit(1)).resume();
}
process.exit(await runTestsInBrowser());

async function runTestsInBrowser() {
  const server = await serveVisualStudioCode({
    dataFolder: String(values['user-data-dir']),
    extensionsFolder: String(values['extensions-dir']),
    isTest: true,
  });
  const browser = await launchBrowser();
  const page = await browser.newPage();
  const authority = `localhost:${server.port}`;
  const remote = (/** @type {unknown} */ path) => `vscode-remote://${authority}${path}`;
  const query = new URLSearchParams({
    folder: String(positionals[0]),
    payload: JSON.stringify([
      ['extensionDevelopmentPath', remote(values.extensionDevelopmentPath)],
      ['extensionTestsPath', remote(values.extensionTestsPath)],
      ['skipWelcome', 'true'],
    ]),
  });
  const ended = endOfTestRunner(page, server.ended);
  await page.goto(`http://${authority}/?${query}`);
  const code = await ended;
  if (code !== 0) {
    await takePictureOfFailure(page);
  }
  await browser.close();
  await server.stop();
  return code;
}

/**
 * @param {any} page
 * @param {Promise<unknown>} serverEnded
 * @returns {Promise<number>}
 */
async function endOfTestRunner(page, serverEnded) {
  // The workbench reports through two functions that it finds on its window.
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
    if (process.env.EDITOR_TEST_VERBOSE !== undefined) {
      console.log(`[${type}]`, ...args);
    }
  });
  return await new Promise((resolve) => {
    let hasEnded = false;
    page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => {
      hasEnded = true;
      resolve(code);
    });
    const fail = (/** @type {string} */ reason) => {
      if (!hasEnded) {
        console.error(reason);
        resolve(1);
      }
    };
    page.once('crash', () => fail('The browser page crashed.'));
    serverEnded.then(() => fail("VS Code's server ended before the tests did."));
    setTimeout(() => fail(`The tests did not end within ${longestRun / 1000} seconds.`), longestRun).unref();
  });
}

/** @param {any} page */
async function takePictureOfFailure(page) {
  const folder = join(projectFolder, 'out', 'test');
  await mkdir(folder, { recursive: true });
  const picture = join(folder, 'editor-failure.png');
  await page.screenshot({ path: picture });
  console.log(`What VS Code looked like at the end: ${picture}`);
}
