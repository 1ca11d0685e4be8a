// @ts-check
/** What a machine can say of the source without running it: format, lint, types, stale files, and dependencies. */
import { spawnSync } from 'node:child_process';
import { ensureDependencies } from './installed.mjs';

await ensureDependencies();

/** @type {[string, string[]][]} */
const steps = [
  ['Formatter and linter', ['node_modules/@biomejs/biome/bin/biome', 'ci', '.']],
  ['Types', ['node_modules/typescript/bin/tsc', '-b']],
  ['Generated files', ['scripts/generate.mjs', '--check']],
  ['Licenses and known holes', ['scripts/dependencies.mjs']],
];
for (const [name, args] of steps) {
  console.log(`${name} …`);
  if (spawnSync(process.execPath, args, { stdio: 'inherit' }).status !== 0) {
    process.exitCode = 1;
  }
}
