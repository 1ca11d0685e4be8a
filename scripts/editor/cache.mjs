// @ts-check
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '');
export const cacheFolder = join(projectFolder, '.cache');

/**
 * Answers with the folder of a cached tool and fills it first if it is not there. It is filled under a temporary name
 * and renamed when complete, so an interrupted download leaves nothing that looks finished, and of two runs at the
 * same time the first to finish wins.
 *
 * @param {{ name: string, version: string, announcement: string, fill: (folder: string) => Promise<void> }} tool
 * @returns {Promise<string>}
 */
export async function cachedTool({ name, version, announcement, fill }) {
  const shelf = join(cacheFolder, name);
  const wanted = join(shelf, `${version}-${process.platform}-${process.arch}`);
  if (existsSync(join(wanted, stampName))) {
    return wanted;
  }
  await mkdir(shelf, { recursive: true });
  await removeAbandoned(shelf);
  console.log(announcement);
  const unfinished = await mkdtemp(join(shelf, `${unfinishedPrefix}${hostname()}.${process.pid}.`));
  try {
    // npm looks upwards for a project until it meets a package.json, and must not find ours.
    await writeFile(join(unfinished, 'package.json'), '{ "private": true }\n');
    await fill(unfinished);
    await writeFile(join(unfinished, stampName), `${name} ${version}\n`);
    await moveIntoPlace(unfinished, wanted);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return wanted;
}

const stampName = 'complete.txt';
const unfinishedPrefix = 'unfinished-';
const longestInstallation = 60 * 60 * 1000;

/**
 * @param {string} unfinished
 * @param {string} wanted
 */
async function moveIntoPlace(unfinished, wanted) {
  try {
    await rename(unfinished, wanted);
  } catch (error) {
    // Somebody else has put the same thing there in the meantime.
    if (!existsSync(join(wanted, stampName))) {
      throw error;
    }
  }
}

/**
 * Removes what an interrupted run left behind, but not what another run is filling at this moment.
 *
 * @param {string} shelf
 */
async function removeAbandoned(shelf) {
  for (const name of await readdir(shelf)) {
    const folder = join(shelf, name);
    if (name.startsWith(unfinishedPrefix) && ((await isOld(folder)) || hasDied(name))) {
      // An npm that outlived its parent may still be writing there; then a later run removes it.
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
  }
}

/** @param {string} folder */
async function isOld(folder) {
  const status = await stat(folder).catch(() => undefined);
  return status !== undefined && Date.now() - status.mtimeMs > longestInstallation;
}

/**
 * Whether the process that was filling a folder ran here and is gone. The folder may be shared with other machines,
 * of whose processes nothing is known.
 *
 * @param {string} name
 */
function hasDied(name) {
  const here = `${unfinishedPrefix}${hostname()}.`;
  const processNumber = Number.parseInt(name.slice(here.length), 10);
  if (!name.startsWith(here) || Number.isNaN(processNumber)) {
    return false;
  }
  try {
    process.kill(processNumber, 0);
    return false;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}
