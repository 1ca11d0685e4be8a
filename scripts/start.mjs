// @ts-check
// Shows the extension at work on the samples: `npm start`, or `npm start -- --desktop` in an installed VS Code.
// It runs on a fresh clone, so nothing here imports a package.
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { cacheFolder, projectFolder } from './editor/cache.mjs';
import { endOnSignals } from './editor/processes.mjs';
import { serveVisualStudioCode, workbenchAddress, writeUserSettings } from './editor/serve.mjs';
import { stageExtension } from './editor/staged-extension.mjs';
import { ensureDependencies } from './installed.mjs';

const run = promisify(execFile);
const workspace = join(projectFolder, 'samples');
const firstFile = join(workspace, 'service-as-printed.yaml');

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function start() {
  const { values: options } = parseArgs({ options: { desktop: { type: 'boolean', default: false } } });
  if (!options.desktop && process.platform === 'win32') {
    throw new Error('VS Code cannot be served on Windows. With VS Code installed, run: npm start -- --desktop');
  }
  await ensureDependencies();
  console.log('Building the extension (a few seconds) …');
  await run(process.execPath, [join(projectFolder, 'scripts', 'build.mjs')], { cwd: projectFolder });
  await (options.desktop ? startDesktop() : startInBrowser());
}

async function startInBrowser() {
  const dataFolder = join(cacheFolder, 'start');
  const extensionsFolder = join(dataFolder, 'extensions');
  await stageExtension(extensionsFolder);
  if (!existsSync(join(dataFolder, 'User'))) {
    await writeUserSettings(dataFolder);
  }
  endOnSignals(() => console.log('\nVS Code has ended.'));
  const connectionToken = randomBytes(16).toString('hex');
  const server = await serveVisualStudioCode({ dataFolder, extensionsFolder, connectionToken });
  const address = workbenchAddress({ port: server.port, folder: workspace, file: firstFile, connectionToken });
  const isOpened = await openInDefaultBrowser(address);
  console.log(`\n${isOpened ? 'VS Code opens in your browser. Its address:' : 'Open this address in a browser:'}`);
  console.log(`\n  ${address}\n\nCtrl-C ends it.`);
  await server.ended;
  throw new Error("VS Code's server has ended by itself.");
}

async function startDesktop() {
  const needsShell = process.platform === 'win32';
  try {
    await run('code', ['--version'], { shell: needsShell });
  } catch {
    throw new Error('No "code" command was found. Install VS Code, and its command with "Shell Command: Install".');
  }
  const args = ['--new-window', `--extensionDevelopmentPath=${projectFolder}`, workspace, firstFile];
  await run('code', needsShell ? args.map((arg) => `"${arg}"`) : args, { shell: needsShell });
  console.log('VS Code opens in a window of its own.');
}

/**
 * @param {string} address
 * @returns {Promise<boolean>}
 */
async function openInDefaultBrowser(address) {
  const hasScreen = process.platform === 'darwin' || 'DISPLAY' in process.env || 'WAYLAND_DISPLAY' in process.env;
  if (!hasScreen) {
    return false;
  }
  const opener = spawn(process.platform === 'darwin' ? 'open' : 'xdg-open', [address], { stdio: 'ignore' });
  return await new Promise((resolve) => {
    opener.once('error', () => resolve(false));
    opener.once('spawn', () => resolve(true));
  });
}
