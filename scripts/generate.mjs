// @ts-check
/**
 * Writes what can be derived: a page for each rule in `docs/rules/` and for each product in `docs/providers/`, their
 * indexes, whose work is in the bundles, and the settings in `package.json` that speak of rules. `--check` writes nothing and fails when a file is stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { thirdPartyNotices } from './generate/notices.mjs';
import { ensureDependencies } from './installed.mjs';

await ensureDependencies();
const esbuild = await import('esbuild');

const RULES = join('docs', 'rules');
const PROVIDERS = join('docs', 'providers');
const SNIPPETS = join('snippets', 'products.json');
const check = process.argv.includes('--check');

const { rulePages } = await load('scripts/generate/rulePages.ts');
const { providerPages } = await load('scripts/generate/providerPages.ts');
const { productSnippets } = await load('scripts/generate/snippets.ts');
const { withSettings } = await load('scripts/generate/settings.ts');
/** @type {Map<string, string>} */
const files = new Map([
  ...[...rulePages()].map(([name, text]) => /** @type {const} */ ([join(RULES, name), text])),
  ...[...providerPages()].map(([name, text]) => /** @type {const} */ ([join(PROVIDERS, name), text])),
]);
files.set(SNIPPETS, `${JSON.stringify(productSnippets(), undefined, 2)}\n`);
files.set('THIRD_PARTY_NOTICES.md', await thirdPartyNotices());
files.set('package.json', withSettings(readFileSync('package.json', 'utf8')));
const present = [RULES, PROVIDERS].flatMap((folder) => {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder, { encoding: 'utf8' }).map((name) => join(folder, name));
});
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
  return existsSync(name) ? readFileSync(name, 'utf8') : undefined;
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
