// @ts-check
/**
 * What is to be said of the packages that this project is made with: each has a license that asks for nothing but its
 * mention, and none has a known hole. The second only a registry can tell; where none does, that is said.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Zlib']);

/** Milliseconds that a registry gets for its answer. */
const PATIENCE = 30_000;

/** Licenses of single packages of the tools, of which nothing ships. */
const TOOLS = new Map([['argparse', 'PSF-2.0']]);

checkLicenses();
checkHoles();

function checkLicenses() {
  /** @type {{ packages: Record<string, { license?: string }> }} */
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const all = Object.entries(packages).filter(([path]) => path !== '');
  for (const [path, { license = 'none' }] of all) {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    if (!isAllowed(license) && TOOLS.get(name) !== license) {
      console.error(`${name} has the license ${license}, which is none of those that scripts/dependencies.mjs allows.`);
      process.exitCode = 1;
    }
  }
  console.log(`The licenses of ${all.length} packages were looked at.`);
}

/**
 * Of several licenses joined by `OR` one will do, of those joined by `AND` all have to.
 *
 * @param {string} license
 * @returns {boolean}
 */
function isAllowed(license) {
  const inner = license.replace(/^\((.*)\)$/, '$1');
  return inner.split(' OR ').some((either) => either.split(' AND ').every((one) => ALLOWED.has(one)));
}

function checkHoles() {
  const isWindows = process.platform === 'win32';
  const { stdout } = spawnSync('npm', ['audit', '--json', '--audit-level=high'], {
    encoding: 'utf8',
    shell: isWindows,
    timeout: PATIENCE,
    maxBuffer: 100_000_000,
  });
  const counts = countsIn(stdout ?? '');
  if (counts === undefined) {
    console.log('Known holes: no registry could be asked, so nothing is said of them.');
    return;
  }
  const { high = 0, critical = 0 } = counts;
  console.log(`Known holes: ${high} high, ${critical} critical.`);
  if (high + critical > 0) {
    console.error('Run: npm audit');
    process.exitCode = 1;
  }
}

/**
 * @param {string} report
 * @returns {{ high?: number, critical?: number } | undefined} undefined where it is no report.
 */
function countsIn(report) {
  try {
    return JSON.parse(report).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
