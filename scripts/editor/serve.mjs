// @ts-check
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startProcessGroup, stopProcessGroup } from './processes.mjs';
import { nodeForTools, visualStudioCodeServer } from './tools.mjs';

/**
 * Settings that keep the first picture clean: no welcome, no offers, nothing sent anywhere.
 */
export const cleanSettings = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'remote.autoForwardPorts': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * Serves VS Code on a free port of this machine, to this machine only.
 *
 * @param {object} options
 * @param {string} options.dataFolder What VS Code remembers: settings, state, logs.
 * @param {string} options.extensionsFolder
 * @param {string} [options.connectionToken] Without one, everybody on this machine may use the editor.
 * @param {boolean} [options.isTest] Makes a release build honour the addresses of an extension's tests.
 * @param {NodeJS.ProcessEnv} [options.environment]
 * @returns {Promise<{ port: number, ended: Promise<unknown>, stop: () => Promise<void> }>}
 */
export async function serveVisualStudioCode({
  dataFolder,
  extensionsFolder,
  connectionToken,
  isTest = false,
  environment,
}) {
  const server = startProcessGroup(
    await nodeForTools(),
    [
      join(await visualStudioCodeServer(), 'out', 'server-main.js'),
      '--host=127.0.0.1',
      '--port=0',
      connectionToken === undefined ? '--without-connection-token' : `--connection-token=${connectionToken}`,
      '--accept-server-license-terms',
      `--server-data-dir=${join(dataFolder, 'server')}`,
      `--user-data-dir=${dataFolder}`,
      `--extensions-dir=${extensionsFolder}`,
      '--disable-telemetry',
      '--disable-workspace-trust',
      ...(isTest ? ['--enable-smoke-test-driver'] : []),
    ],
    environment === undefined ? {} : { environment },
  );
  return {
    port: await announcedPort(server),
    ended: new Promise((resolve) => server.once('exit', resolve)),
    stop: () => stopProcessGroup(server),
  };
}

/**
 * The address of a served workbench that shows a folder and, if one is named, a file in it.
 *
 * @param {{ port: number, folder: string, file?: string, connectionToken?: string }} what
 */
export function workbenchAddress({ port, folder, file, connectionToken }) {
  const authority = `127.0.0.1:${port}`;
  const parameters = Object.entries({
    ...(connectionToken === undefined ? {} : { tkn: connectionToken }),
    folder,
    ...(file === undefined ? {} : { payload: JSON.stringify([['openFile', `vscode-remote://${authority}${file}`]]) }),
  });
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2F', '/')}`);
  return `http://${authority}/?${query.join('&')}`;
}

/**
 * Writes the settings of a person who has just installed VS Code and wants a clean picture.
 *
 * @param {string} dataFolder
 * @param {Record<string, unknown>} [settings]
 */
export async function writeUserSettings(dataFolder, settings = {}) {
  const folder = join(dataFolder, 'User');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ ...cleanSettings, ...settings }, undefined, 2));
}

const longestStart = 60_000;

/**
 * The server picks a free port and says which; so nobody can take it in between.
 *
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
async function announcedPort(server) {
  let printed = '';
  return await new Promise((resolve, reject) => {
    const giveUp = (/** @type {string} */ reason) => reject(new Error(`VS Code's server ${reason}:\n${printed}`));
    const deadline = setTimeout(() => giveUp(`said nothing within ${longestStart / 1000} seconds`), longestStart);
    const listen = (/** @type {string} */ chunk) => {
      printed = `${printed}${chunk}`.slice(-20_000);
      const port = /Extension host agent listening on (\d+)/.exec(printed)?.[1];
      if (port !== undefined) {
        clearTimeout(deadline);
        resolve(Number(port));
      }
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('error', reject);
    server.once('exit', (code) => {
      clearTimeout(deadline);
      giveUp(`ended with code ${code}`);
    });
  });
}
