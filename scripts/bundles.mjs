// @ts-check
/** What everything that ships is made of: a few bundles, each one file without dependencies. */
import { readFileSync } from 'node:fs';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/**
 * Most of the extension is the library behind its client. As a file of its own it is read once the extension has said
 * that it is there, for which other extensions wait.
 *
 * @type {import('esbuild').Plugin}
 */
const languageClientApart = {
  name: 'language client apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/languageClient\.ts$/ }, () => ({ path: './languageClient.js', external: true }));
  },
};

/**
 * @param {{ watch?: boolean }} [how]
 * @returns {import('esbuild').BuildOptions[]}
 */
export function bundles({ watch = false } = {}) {
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
  return [
    {
      ...common,
      entryPoints: ['client/src/node/extension.ts'],
      outfile: 'dist/client.js',
      external: ['vscode'],
      plugins: [languageClientApart],
    },
    {
      ...common,
      entryPoints: ['client/src/node/languageClient.ts'],
      outfile: 'dist/languageClient.js',
      external: ['vscode'],
    },
    { ...common, entryPoints: ['server/src/node/main.ts'], outfile: 'dist/server.js' },
    {
      ...common,
      entryPoints: ['server/src/node/cli.ts'],
      outfile: 'dist/cli.js',
      banner: { js: '#!/usr/bin/env node' },
    },
  ];
}
