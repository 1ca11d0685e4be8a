// @ts-check
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectFolder } from './editor/cache.mjs';
import { runNpm } from './editor/npm.mjs';

/**
 * Makes sure that node_modules holds what package-lock.json names, so that a fresh clone needs no step before
 * `npm start` or `npm test`. What was installed is compared by version and not by time: a checkout renews the times of
 * files and npm itself writes the lockfile last.
 */
export async function ensureDependencies() {
  const wanted = await lockedPackages('package-lock.json');
  const installed = await lockedPackages(join('node_modules', '.package-lock.json')).catch(() => nothing);
  const isInstalled = Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional === true || installed[path]?.version === entry.version,
  );
  if (!isInstalled) {
    console.log('Installing the development dependencies (about 150 MB on disk, under a minute) …');
    await runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'], projectFolder);
  }
}

/** @typedef {Record<string, { version?: string, optional?: boolean }>} LockedPackages */

/** @type {LockedPackages} */
const nothing = {};

/**
 * @param {string} file
 * @returns {Promise<LockedPackages>}
 */
async function lockedPackages(file) {
  return JSON.parse(await readFile(join(projectFolder, file), 'utf8')).packages;
}
