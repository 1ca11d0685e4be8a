// @ts-check
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { projectFolder } from './cache.mjs';

/**
 * Puts the built extension into an emptied folder of extensions, as if its package had been installed there. It is a
 * copy and no link, because a person may press "Uninstall".
 *
 * @param {string} extensionsFolder
 */
export async function stageExtension(extensionsFolder) {
  const { publisher, name, version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  await rm(extensionsFolder, { recursive: true, force: true });
  await copyExtension(join(extensionsFolder, `${publisher}.${name}-${version}`));
}

/**
 * Copies the built extension as it would be packaged, so that another build does not pull it away under a running
 * editor.
 *
 * @param {string} folder
 */
export async function copyExtension(folder) {
  for (const file of await packagedFiles()) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(projectFolder, file), join(folder, file));
  }
}

/**
 * The files that .vscodeignore lets into the package. Its allow-list uses two forms only: a file, and `folder/*.ext`.
 *
 * @returns {Promise<string[]>}
 */
async function packagedFiles() {
  const lines = (await readFile(join(projectFolder, '.vscodeignore'), 'utf8')).split(/\r?\n/);
  const files = [];
  for (const pattern of lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))) {
    const folder = dirname(pattern);
    const [start = '', end] = basename(pattern).split('*');
    const names = await readdir(join(projectFolder, folder)).catch(() => []);
    const matching = names.filter((name) => (end === undefined ? name === start : name.endsWith(end)));
    files.push(...matching.map((name) => join(folder, name)));
  }
  return files;
}
