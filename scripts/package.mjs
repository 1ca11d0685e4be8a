// @ts-check
// Makes the extension's package: `npm run package`. What goes into it, and what would go into the package of the
// command line, is compared with the committed lists; `npm run package -- --update` writes them anew.
import { execFile } from 'node:child_process';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { projectFolder } from './editor/cache.mjs';
import { runNpm } from './editor/npm.mjs';
import { nodeForTools, vsceScript } from './editor/tools.mjs';
import { ensureDependencies } from './installed.mjs';

const largestPackage = 600 * 1024;
const run = promisify(execFile);

try {
  await makePackage();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function makePackage() {
  const { values: options } = parseArgs({ options: { update: { type: 'boolean', default: false } } });
  await ensureDependencies();
  console.log('Building the extension (a few seconds) …');
  await run(process.execPath, [join(projectFolder, 'scripts', 'build.mjs')], { cwd: projectFolder });

  const { name, version } = JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8'));
  const vsix = join(projectFolder, 'dist', `${name}-${version}.vsix`);
  await packageExtension(vsix);
  const size = (await stat(vsix)).size;
  console.log(`${relative(projectFolder, vsix)}: ${Math.ceil(size / 1024)} KB`);

  await compareList('test/package/vsix-files.txt', await filesInPackage(vsix), options.update);
  await compareList('test/package/npm-files.txt', await filesForRegistry(), options.update);
  if (size > largestPackage) {
    throw new Error(`The package is larger than the ${largestPackage / 1024} KB it is allowed to have.`);
  }
}

/** @param {string} vsix */
async function packageExtension(vsix) {
  const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  await run(await nodeForTools(), [await vsceScript(), 'package', ...flags, '--out', vsix], { cwd: projectFolder });
}

/**
 * What the package holds in fact, under the names that vsce gives to a README, a change log and a license.
 *
 * @param {string} vsix
 * @returns {Promise<string[]>}
 */
async function filesInPackage(vsix) {
  const yauzl = createRequire(await vsceScript())('yauzl');
  const zip = await promisify(yauzl.open)(vsix);
  /** @type {string[]} */
  const names = [];
  await new Promise((resolve, reject) => {
    zip.on('entry', (/** @type {{ fileName: string }} */ entry) => names.push(entry.fileName));
    zip.once('error', reject);
    zip.once('close', resolve);
  });
  return names;
}

/** @returns {Promise<string[]>} */
async function filesForRegistry() {
  const packed = JSON.parse(await runNpm(['pack', '--dry-run', '--json', '--ignore-scripts'], projectFolder));
  // Some versions of npm answer with a list of packages, others with an object of them by name.
  /** @type {{ files: { path: string }[] } | undefined} */
  const ours = /** @type {any[]} */ (Object.values(packed))[0];
  return (ours?.files ?? []).map((file) => file.path);
}

/**
 * @param {string} list
 * @param {string[]} files
 * @param {boolean} isUpdate
 */
async function compareList(list, files, isUpdate) {
  const found = [...files].sort();
  if (isUpdate) {
    await writeFile(join(projectFolder, list), `${found.join('\n')}\n`);
    console.log(`${list}: written, ${found.length} files`);
    return;
  }
  const wanted = (await readFile(join(projectFolder, list), 'utf8')).split(/\r?\n/).filter((line) => line !== '');
  const differences = [
    ...found.filter((file) => !wanted.includes(file)).map((file) => `  + ${file}`),
    ...wanted.filter((file) => !found.includes(file)).map((file) => `  - ${file}`),
  ];
  if (differences.length > 0) {
    const hint = 'If that is meant: npm run package -- --update';
    throw new Error(`The package differs from ${list}:\n${differences.join('\n')}\n${hint}`);
  }
  console.log(`${list}: as it should be, ${found.length} files`);
}
