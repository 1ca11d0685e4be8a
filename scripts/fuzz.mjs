// @ts-check
/**
 * `npm run fuzz` edits the project's samples, its rules' examples and the files that are named at random, and compares
 * what the engine says in the end with what it says of the same texts when it reads them for the first time. It goes on
 * for as many runs as are asked for, or until it finds a difference, which it shrinks and prints.
 *
 *     npm run fuzz -- [--runs N] [--seed S] [FILE…]
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { ensureDependencies } from './installed.mjs';

await ensureDependencies();
const esbuild = await import('esbuild');
mkdirSync('out/test', { recursive: true });
await esbuild.build({
  entryPoints: ['test/support/fuzz.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
  outfile: 'out/test/fuzz.cjs',
});
const args = ['--enable-source-maps', 'out/test/fuzz.cjs', ...process.argv.slice(2)];
spawn(process.execPath, args, { stdio: 'inherit' }).once('exit', (code) => {
  process.exitCode = code ?? 1;
});
