// @ts-check
/**
 * `npm test` runs every test; `npm test -- core protocol` runs the suites that are named. A suite is a folder below
 * `test/`. All but `editor` are bundled into one file each and run by Mocha in this Node; `editor` runs in a real
 * VS Code, once from the source tree and once from the packaged extension. `--slow` adds what takes minutes.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './installed.mjs';

const BUNDLED_SUITES = ['core', 'repository', 'snippets', 'protocol', 'command-line'];

const { values: options, positionals: named } = parseArgs({
  allowPositionals: true,
  options: { slow: { type: 'boolean', default: false } },
});
const suites = named.length > 0 ? named : [...BUNDLED_SUITES, 'editor'];

process.exitCode = await main();

/** @returns {Promise<number>} */
async function main() {
  const unknown = suites.find((suite) => suite !== 'editor' && !BUNDLED_SUITES.includes(suite));
  if (unknown !== undefined) {
    console.error(`There is no suite ${unknown}; there are ${[...BUNDLED_SUITES, 'editor'].join(', ')}.`);
    return 2;
  }
  await ensureDependencies();
  if (suites.some((suite) => suite !== 'core')) {
    await run('node', ['scripts/build.mjs']);
  }
  const bundled = suites.filter((suite) => suite !== 'editor');
  let failures = bundled.length === 0 ? 0 : await runBundled(bundled);
  if (suites.includes('editor')) {
    failures += await run('node', ['test/editor/run.mjs']);
    failures += await run('node', ['scripts/package.mjs']);
    failures += await run('node', ['test/editor/run.mjs', '--vsix', packagedExtension()]);
  }
  return failures === 0 ? 0 : 1;
}

/** @param {string[]} bundled */
async function runBundled(bundled) {
  const esbuild = await import('esbuild');
  mkdirSync('out/test', { recursive: true });
  const files = bundled.map((suite) => `out/test/${suite}.cjs`);
  await Promise.all(
    bundled.map((suite) =>
      esbuild.build({
        stdin: { contents: importsOf(suite), resolveDir: '.', loader: 'ts' },
        bundle: true,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        sourcemap: 'inline',
        logLevel: 'warning',
        outfile: `out/test/${suite}.cjs`,
      }),
    ),
  );
  return await run(
    'node',
    [
      '--enable-source-maps',
      'node_modules/mocha/bin/mocha.js',
      '--reporter=dot',
      '--timeout=20000',
      ...(options.slow ? [] : ['--grep=@slow', '--invert']),
      ...files,
    ],
    options.slow ? { ...process.env, SLOW_TESTS: '1' } : process.env,
  );
}

/**
 * One file that imports every test file of a suite.
 *
 * @param {string} suite
 */
function importsOf(suite) {
  const entries = readdirSync(join('test', suite), { recursive: true, encoding: 'utf8' });
  const tests = entries.filter((entry) => entry.endsWith('.test.ts')).sort();
  return tests.map((entry) => `import './test/${suite}/${entry.replaceAll('\\', '/')}';`).join('\n');
}

function packagedExtension() {
  const file = readdirSync('dist').find((entry) => entry.endsWith('.vsix'));
  if (file === undefined) {
    throw new Error('npm run package left no .vsix in dist/.');
  }
  return join('dist', file);
}

/**
 * Runs a command with our own streams and returns its exit status.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function run(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command === 'node' ? process.execPath : command, args, { stdio: 'inherit', env });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
