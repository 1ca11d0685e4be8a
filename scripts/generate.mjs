// @ts-check
/**
 * Writes what can be derived from the rules: a page for each in `docs/rules/` and their index. `--check` writes nothing
 * and fails when a file is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import * as esbuild from 'esbuild';

const FOLDER = join('docs', 'rules');
const check = process.argv.includes('--check');

const { rulePages } = await load('scripts/generate/rulePages.ts');
/** @type {Map<string, string>} */
const pages = rulePages();
const present = readdirSync(FOLDER, { encoding: 'utf8' });
const stale = [
  ...[...pages].filter(([name, text]) => !present.includes(name) || read(name) !== text).map(([name]) => name),
  ...present.filter((name) => !pages.has(name)),
];

if (!check) {
  for (const [name, text] of pages) {
    writeFileSync(join(FOLDER, name), text);
  }
  for (const name of present.filter((candidate) => !pages.has(candidate))) {
    rmSync(join(FOLDER, name));
  }
  console.log(stale.length === 0 ? 'Nothing was stale.' : `Wrote ${stale.join(', ')}.`);
} else if (stale.length > 0) {
  console.error(`Stale in ${FOLDER}: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

/** @param {string} name */
function read(name) {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/**
 * Imports a TypeScript module of the project.
 *
 * @param {string} entry
 */
async function load(entry) {
  const outfile = resolve('out', 'generate.cjs');
  mkdirSync('out', { recursive: true });
  await esbuild.build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'warning',
  });
  return createRequire(import.meta.url)(outfile);
}
