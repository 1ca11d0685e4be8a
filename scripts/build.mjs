// @ts-check
/**
 * Puts everything that ships into `dist/`: the extension, the language server that it starts, and the command line.
 * Each is one file without dependencies. `--watch` keeps building while sources change.
 */
import { readFileSync, rmSync } from 'node:fs';
import { ensureDependencies } from './installed.mjs';

await ensureDependencies();
const esbuild = await import('esbuild');
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: !watch,
  // The text of an error names functions, and so does the log of a crash.
  keepNames: true,
  sourcemap: watch ? 'inline' : false,
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.PRODUCT_VERSION': JSON.stringify(version) },
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  { ...common, entryPoints: ['client/src/node/extension.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  { ...common, entryPoints: ['server/src/node/main.ts'], outfile: 'dist/server.js' },
  { ...common, entryPoints: ['server/src/node/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
];

if (watch) {
  for (const bundle of bundles) {
    await (await esbuild.context(bundle)).watch();
  }
  console.log('Watching; press Ctrl-C to stop.');
} else {
  rmSync('dist', { recursive: true, force: true });
  await Promise.all(bundles.map((bundle) => esbuild.build(bundle)));
  console.log('Built dist/client.js, dist/server.js and dist/cli.js.');
}
