// @ts-check
/**
 * Writes what can be derived from the rules: a page for each in `docs/rules/` and their index, and the settings in
 * `package.json` that speak of them. `--check` writes nothing and fails when a file is stale.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { ensureDependencies } from './installed.mjs';

await ensureDependencies();
const esbuild = await import('esbuild');

const FOLDER = join('docs', 'rules');
const check = process.argv.includes('--check');

const { rulePages } = await load('scripts/generate/rulePages.ts');
const { withSettings } = await load('scripts/generate/settings.ts');
/** @type {Map<string, string>} */
const files = new Map([...rulePages()].map(([name, text]) => [join(FOLDER, name), text]));
files.set('package.json', withSettings(readFileSync('package.json', 'utf8')));
const present = readdirSync(FOLDER, { encoding: 'utf8' }).map((name) => join(FOLDER, name));
const superfluous = present.filter((name) => !files.has(name));
const outdated = [...files].filter(([name, text]) => read(name) !== text).map(([name]) => name);
const stale = [...outdated, ...superfluous];

if (!check) {
  for (const name of outdated) {
    writeFileSync(name, files.get(name) ?? '');
  }
  for (const name of superfluous) {
    rmSync(name);
  }
  console.log(stale.length === 0 ? 'Nothing was stale.' : `Wrote ${stale.join(', ')}.`);
} else if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

/**
 * The text of a file, or nothing where there is none yet.
 *
 * @param {string} name
 */
function read(name) {
  return name === 'package.json' || present.includes(name) ? readFileSync(name, 'utf8') : undefined;
}

/**
 * Imports a TypeScript module of the project.
 *
 * @param {string} entry
 */
async function load(entry) {
  const outfile = resolve('out', `generate-${basename(entry, '.ts')}.cjs`);
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
