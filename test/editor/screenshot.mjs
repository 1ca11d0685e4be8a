// @ts-check
// Takes pictures of the extension at work:
//
//   node test/editor/screenshot.mjs [--folder DIR] [--open FILE] [--steps FILE.mjs] [--out DIR] [--size 1280x800]
//                                   [--settings JSON] [--verbose]
//
// The steps are a module whose default export is called with { page, takePicture, openFile, runCommand, hoverOver,
// openFixes, findingsAppear }: `page` is the page of playwright-core with the workbench in it. Without steps, the file
// is opened and one picture taken when its findings are there. The folder is used itself, not a copy.
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { launchBrowser } from '../../scripts/editor/browser.mjs';
import { projectFolder } from '../../scripts/editor/cache.mjs';
import { endOnSignals } from '../../scripts/editor/processes.mjs';
import { serveVisualStudioCode, workbenchAddress, writeUserSettings } from '../../scripts/editor/serve.mjs';
import { stageExtension } from '../../scripts/editor/staged-extension.mjs';
import { ensureDependencies } from '../../scripts/installed.mjs';

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: join(projectFolder, 'samples') },
    open: { type: 'string', default: 'service-as-printed.yaml' },
    steps: { type: 'string' },
    out: { type: 'string', default: join(projectFolder, 'out', 'pictures') },
    size: { type: 'string', default: '1280x800' },
    settings: { type: 'string', default: '{}' },
    verbose: { type: 'boolean', default: false },
  },
});

const longestWait = 30_000;

endOnSignals();
await ensureDependencies();
await promisify(execFile)(process.execPath, [join(projectFolder, 'scripts', 'build.mjs')], { cwd: projectFolder });
const dataFolder = await mkdtemp(join(tmpdir(), 'editor-pictures-'));
try {
  await takePictures();
} finally {
  await rm(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

async function takePictures() {
  const extensionsFolder = join(dataFolder, 'extensions');
  await stageExtension(extensionsFolder);
  await writeUserSettings(dataFolder, JSON.parse(options.settings));
  const server = await serveVisualStudioCode({ dataFolder, extensionsFolder });
  const browser = await launchBrowser();
  try {
    const [width = 1280, height = 800] = options.size.split('x').map(Number);
    const page = await browser.newPage({ viewport: { width, height } });
    page.setDefaultTimeout(longestWait);
    if (options.verbose) {
      page.on('console', (/** @type {any} */ message) => console.log(`[${message.type()}] ${message.text()}`));
    }
    await openWorkbench(page, server.port);
    const tools = toolsFor(page);
    if (options.steps === undefined) {
      await tools.findingsAppear();
      await tools.takePicture('findings');
    } else {
      const steps = await import(pathToFileURL(resolve(options.steps)).href);
      await steps.default({ page, ...tools });
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}

/**
 * @param {any} page
 * @param {number} port
 */
async function openWorkbench(page, port) {
  const folder = resolve(options.folder);
  const file = resolve(folder, options.open);
  await page.goto(workbenchAddress({ port, folder, file }));
  await tabOf(page, file).waitFor();
}

/** @param {any} page */
function toolsFor(page) {
  return {
    /** Saves what is seen now as a PNG. */
    async takePicture(/** @type {string} */ name) {
      await mkdir(options.out, { recursive: true });
      const path = join(options.out, `${name}.png`);
      await page.screenshot({ path });
      console.log(path);
    },
    /** Opens a file of the folder and waits for its tab. */
    async openFile(/** @type {string} */ name) {
      await page.keyboard.press('Control+P');
      await page.locator('.quick-input-widget input').fill(name);
      await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: basename(name) }).waitFor();
      await page.keyboard.press('Enter');
      await tabOf(page, name).waitFor();
    },
    /** Runs a command by its title, as a person does with F1. */
    async runCommand(/** @type {string} */ title) {
      await page.keyboard.press('F1');
      await page.locator('.quick-input-widget input').fill(`>${title}`);
      await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
    },
    /** Rests the mouse on a word in the editor and waits for what appears there. */
    async hoverOver(/** @type {string} */ text) {
      // The underline lies beneath the text, so nothing of it can be reached but by the text.
      await page.locator('.view-line span span', { hasText: text }).first().hover();
      await page.locator('.monaco-hover:visible .hover-row').first().waitFor();
    },
    /** Puts the cursor on a word in the editor and opens the list of fixes. */
    async openFixes(/** @type {string} */ text) {
      await page.locator('.view-line span span', { hasText: text }).first().click();
      await page.keyboard.press('Control+.');
      await page.locator('.action-widget .monaco-list-row').first().waitFor();
    },
    /** Waits until something is underlined in the editor. */
    async findingsAppear() {
      await page.locator('.squiggly-error, .squiggly-warning, .squiggly-info, .squiggly-hint').first().waitFor();
    },
  };
}

/**
 * @param {any} page
 * @param {string} file
 */
function tabOf(page, file) {
  return page.locator(`.tab.active[data-resource-name="${basename(file)}"]`);
}
