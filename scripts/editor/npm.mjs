// @ts-check
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Runs the caller's npm quietly and answers with what it printed. When npm fails, the error carries its first lines:
 * they say whether it was the network, the registry or the disk.
 *
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<string>}
 */
export async function runNpm(args, cwd) {
  const { command, prefix, shell } = npmCommand();
  const npm = spawn(command, [...prefix, ...args], { cwd, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let complaints = '';
  npm.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  npm.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const code = await new Promise((resolve, reject) => {
    npm.on('error', reject);
    npm.on('close', resolve);
  });
  if (code !== 0) {
    const firstLines = `${complaints}\n${printed}`.trim().split('\n').slice(0, 15).join('\n');
    throw new Error(`"npm ${args.join(' ')}" failed:\n${firstLines}`);
  }
  return printed;
}

/**
 * Installs packages into a folder of their own. Nothing runs while installing: a user may have forbidden install
 * scripts, and none of these packages needs one.
 *
 * @param {string} folder
 * @param {string[]} packages
 */
export async function installPackages(folder, packages) {
  await runNpm(['install', '--prefix', folder, '--no-save', '--no-package-lock', ...quiet, ...packages], folder);
}

/**
 * Installs what a folder's own lockfile names, without its development dependencies. It is not `npm ci`, because the
 * published lockfile of VS Code's server lacks a package, which `npm ci` refuses.
 *
 * @param {string} folder
 */
export async function installLocked(folder) {
  await runNpm(['install', '--prefix', folder, '--package-lock', '--omit=dev', ...quiet], folder);
}

// The engine check is off because npm runs on the caller's Node, the packages on the cached one.
const quiet = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-global',
  '--no-engine-strict',
  '--no-progress',
  '--loglevel=error',
];

/**
 * The npm that started us, if one did; else the one on the path. On Windows that one is a batch file, which only a
 * shell starts.
 *
 * @returns {{ command: string, prefix: string[], shell: boolean }}
 */
function npmCommand() {
  const running = process.env.npm_execpath;
  if (running !== undefined && basename(running) === 'npm-cli.js') {
    return { command: process.execPath, prefix: [running], shell: false };
  }
  return { command: 'npm', prefix: [], shell: process.platform === 'win32' };
}
