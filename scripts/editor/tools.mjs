// @ts-check
import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { cachedTool } from './cache.mjs';
import { installLocked, installPackages } from './npm.mjs';
import { chromium, codeServer, nodeMajor, nodePackages, playwright, vsce } from './pins.mjs';

const run = promisify(execFile);

/**
 * Answers with the path of a Node binary that VS Code's server and the newer tools run on. It is called by path and is
 * no dependency: as one it would shadow `node` in every npm script, and the oldest Node that users have would never
 * be tested.
 *
 * @returns {Promise<string>}
 */
export async function nodeForTools() {
  if (Number.parseInt(process.versions.node, 10) === nodeMajor) {
    return process.execPath;
  }
  const platform = `${process.platform}-${process.arch}`;
  const packageName = Object.entries(nodePackages).find(([name]) => name === platform)?.[1];
  if (packageName === undefined) {
    throw new Error(`There is no Node ${nodeMajor} to fetch for ${platform}: run this with Node ${nodeMajor} itself.`);
  }
  const [name = '', version = ''] = packageName.split('@');
  const folder = await cachedTool({
    name: 'node',
    version,
    announcement: `Fetching Node ${version} (about 190 MB on disk, some ten seconds) …`,
    async fill(folder) {
      await installPackages(folder, [packageName]);
      await run(nodeBinary(folder, name), ['--version']);
    },
  });
  return nodeBinary(folder, name);
}

/**
 * Answers with the folder of VS Code's server.
 *
 * @returns {Promise<string>}
 */
export async function visualStudioCodeServer() {
  const folder = await cachedTool({
    name: 'vscode',
    version: codeServer.version,
    announcement: `Fetching VS Code ${codeServer.visualStudioCode} (about 570 MB on disk, under a minute) …`,
    async fill(folder) {
      await installPackages(folder, [`code-server@${codeServer.version}`]);
      await installLocked(serverFolder(folder));
      for (const name of ['spdlog', 'native-watchdog']) {
        await replaceByStandIn(serverFolder(folder), name);
      }
    },
  });
  return serverFolder(folder);
}

/**
 * Answers with the folder of a headless Chromium that needs nothing installed by root. It is built for Linux on x64
 * only.
 *
 * @returns {Promise<string>}
 */
export async function headlessChromium() {
  const node = await nodeForTools();
  return await cachedTool({
    name: 'chromium',
    version: chromium,
    announcement: `Fetching a headless Chromium (about 210 MB on disk, some ten seconds) …`,
    async fill(folder) {
      await installPackages(folder, [`@sparticuz/chromium@${chromium}`]);
      // The package unpacks into the temporary folder, wherever that is said to be.
      await run(node, ['--input-type=module', '--eval', unpackChromium], {
        cwd: folder,
        env: { ...process.env, TMPDIR: folder },
      });
      await rm(join(folder, 'node_modules'), { recursive: true });
    },
  });
}

/**
 * Answers with the folder to import `playwright-core` from.
 *
 * @returns {Promise<string>}
 */
export async function playwrightFolder() {
  const folder = await cachedTool({
    name: 'playwright',
    version: playwright,
    announcement: `Fetching playwright-core ${playwright} (about 15 MB on disk, a few seconds) …`,
    fill: (folder) => installPackages(folder, [`playwright-core@${playwright}`]),
  });
  return join(folder, 'node_modules', 'playwright-core');
}

/**
 * Answers with the script that packages an extension; it needs the Node of `nodeForTools`.
 *
 * @returns {Promise<string>}
 */
export async function vsceScript() {
  const folder = await cachedTool({
    name: 'vsce',
    version: vsce,
    announcement: `Fetching vsce ${vsce} (about 90 MB on disk, some ten seconds) …`,
    fill: (folder) => installPackages(folder, [`@vscode/vsce@${vsce}`]),
  });
  return join(folder, 'node_modules', '@vscode', 'vsce', 'vsce');
}

const unpackChromium = `
  import { inflate } from '@sparticuz/chromium';
  const packed = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br'];
  await Promise.all(packed.map((name) => inflate('node_modules/@sparticuz/chromium/bin/' + name)));
`;

/**
 * @param {string} folder
 * @param {string} packageName
 */
function nodeBinary(folder, packageName) {
  return join(folder, 'node_modules', packageName, 'bin', 'node');
}

/** @param {string} folder */
function serverFolder(folder) {
  return join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
}

/**
 * Puts a few lines of JavaScript in the place of a native module of VS Code's. To compile it, a user would need a
 * compiler and Node's headers.
 *
 * @param {string} server
 * @param {string} name
 */
async function replaceByStandIn(server, name) {
  const folder = join(server, 'node_modules', '@vscode', name);
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  await rm(folder, { recursive: true });
  await mkdir(folder);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: `@vscode/${name}`, version, main: 'index.mjs', type: 'module' }),
  );
  await copyFile(fileURLToPath(new URL(`stand-in-${name}.mjs`, import.meta.url)), join(folder, 'index.mjs'));
}
