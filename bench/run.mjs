// @ts-check
/**
 * `npm run bench` measures our language server beside yaml-language-server, by the same client in the same run, on
 * generated files and on those named on the command line. Numbers of two runs compare only on one idle machine, so
 * no test asserts any.
 *
 *     npm run bench -- [--json] [--quick] [--without-peer] [--only NAME] [FILE…]
 *     npm run bench -- --workspace [--json] [--quick]
 *     npm run bench -- --endurance [--minutes N] [--json] [--quick]
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cachedTool, projectFolder } from '../scripts/editor/cache.mjs';
import { installPackages } from '../scripts/editor/npm.mjs';
import { measureEndurance } from './endurance.mjs';
import { generatedFiles, namedFiles } from './files.mjs';
import { measureFile, measureStart } from './measure.mjs';
import { formatEndurance, formatTables, formatWorkspace, verdictOn } from './tables.mjs';
import { measureWorkspace } from './workspace.mjs';

/** @typedef {import('./measure.mjs').Server} Server */

const PEER = { name: 'yaml-language-server', version: '2.0.0' };

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    'without-peer': { type: 'boolean', default: false },
    only: { type: 'string' },
    workspace: { type: 'boolean', default: false },
    endurance: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
  },
});

/** Progress goes to standard error, so that `--json` can be piped; also that of the cache, which knows only this. */
console.log = console.error;

function say(/** @type {string} */ line) {
  process.stderr.write(`${line}\n`);
}

/** @returns {Server} */
function ours() {
  const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: projectFolder, encoding: 'utf8' });
  if (built.status !== 0) {
    throw new Error(`The server could not be built:\n${built.stderr}`);
  }
  return { name: 'ours', args: [join(projectFolder, 'dist', 'server.js'), '--stdio'] };
}

/** @returns {Promise<Server | undefined>} */
async function peer() {
  if (options['without-peer']) {
    return undefined;
  }
  const named = `${PEER.name}@${PEER.version}`;
  try {
    const folder = await cachedTool({
      ...PEER,
      announcement: `Fetching ${named} from npm into .cache/ (about 20 MB on disk, once) …`,
      fill: (target) => installPackages(target, [named]),
    });
    return { name: PEER.name, args: [join(folder, 'node_modules', PEER.name, 'bin', PEER.name), '--stdio'] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    say(`Going on without ${named}, which could not be fetched: ${reason}`);
    return undefined;
  }
}

/**
 * A server that waits before it answers is asked less often, so that the whole run stays under some ten minutes.
 *
 * @param {Server} server
 */
function countsFor({ name }) {
  const few = options.quick || name === PEER.name;
  return few
    ? { opens: 3, keystrokes: 20, bursts: 2, questions: 20 }
    : { opens: 5, keystrokes: 200, bursts: 5, questions: 100 };
}

if (options.workspace) {
  const count = options.quick ? 1000 : 10_000;
  const server = ours();
  say(`A workspace of ${count} files …`);
  const result = await measureWorkspace(server, join(projectFolder, 'dist', 'cli.js'), count);
  process.stdout.write(options.json ? `${JSON.stringify(result, undefined, 2)}\n` : formatWorkspace(result));
  process.exit();
}

if (options.endurance) {
  const minutes = Number(options.minutes) / (options.quick ? 10 : 1);
  if (!(minutes > 0) || process.platform === 'win32') {
    say('--endurance takes a number of --minutes above 0, and a system that has SIGUSR2.');
    process.exit(2);
  }
  say(`What somebody types in ${minutes} minutes, as fast as the server answers …`);
  const result = await measureEndurance(ours(), minutes, say);
  process.stdout.write(options.json ? `${JSON.stringify(result, undefined, 2)}\n` : formatEndurance(result));
  process.exitCode = verdictOn(result) === 'LEAK' ? 1 : 0;
  process.exit();
}

const servers = [ours(), await peer()].filter((server) => server !== undefined);
const files = [...generatedFiles(), ...(await namedFiles(positionals))].filter(
  ({ name }) => options.only === undefined || name === options.only,
);
if (process.platform !== 'linux') {
  say('Processor time and memory are read from /proc, which this system has not; their columns stay empty.');
}
const starts = [];
const measurements = [];
for (const server of servers) {
  say(`${server.name}: starting …`);
  starts.push({ server: server.name, start: await measureStart(server, 5) });
}
for (const file of files) {
  for (const server of servers) {
    say(`${server.name}: ${file.name} …`);
    measurements.push(await measureFile(server, file, countsFor(server)));
  }
}
const result = {
  machine: { processors: cpus().length, model: cpus()[0]?.model ?? '', node: process.version },
  files: files.map(({ name, text }) => ({ name, lines: text.split('\n').length, units: text.length })),
  starts,
  measurements,
};
process.stdout.write(options.json ? `${JSON.stringify(result, undefined, 2)}\n` : formatTables(result));
