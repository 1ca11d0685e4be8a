// @ts-check
/**
 * What a workspace of 10,000 files costs: how long until all of them are known, what a key takes meanwhile, what a
 * changed file takes afterwards, and the memory of it all; and the same for the command line.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { summary } from './measure.mjs';
import { Session } from './session.mjs';
import { writeWorkspace } from './workspaceFiles.mjs';

/** @typedef {import('./measure.mjs').Times} Times */
/**
 * @typedef {object} WorkspaceMeasurement
 * @property {{ files: number, bytes: number }} workspace
 * @property {number} indexed Milliseconds from the start until all files are known.
 * @property {number} settled Milliseconds from the start until the findings of all files are out.
 * @property {Times} meanwhile A key in an open file until its findings, while files are read.
 * @property {Times} afterwards The same once everything is known.
 * @property {Times} changed From the event of a changed file to its findings.
 * @property {{ indexed?: number, settled?: number }} memory Megabytes.
 * @property {{ seconds: number, memory: number | undefined }} commandLine
 */

/** Milliseconds between two keys of somebody who types fast. */
const BETWEEN_KEYS = 60;
const OPEN_FILE = join('team-0', 'app-0', 'service.yaml');
const CHANGED_FILE = join('team-5', 'app-1', 'service.yaml');

/**
 * @param {import('./measure.mjs').Server} server
 * @param {string} commandLine
 * @param {number} count
 * @returns {Promise<WorkspaceMeasurement>}
 */
export async function measureWorkspace(server, commandLine, count) {
  const folder = await mkdtemp(join(tmpdir(), 'session-persistence-bench-'));
  try {
    const workspace = await writeWorkspace(folder, count);
    return {
      workspace,
      ...(await measureServer(server, folder)),
      commandLine: await measureCheck(commandLine, folder),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * @param {import('./measure.mjs').Server} server
 * @param {string} folder
 */
async function measureServer(server, folder) {
  const session = new Session(server.name, server.args);
  try {
    const root = pathToFileURL(folder).href;
    const file = {
      uri: `${root}/${OPEN_FILE.replaceAll('\\', '/')}`,
      text: await readFile(join(folder, OPEN_FILE), 'utf8'),
    };
    let isIndexed = false;
    const start = performance.now();
    const known = session.indexed().then(() => {
      isIndexed = true;
      return performance.now() - start;
    });
    await session.initialize(root);
    const opened = session.published(file.uri, 1);
    await session.open(file.uri, file.text);
    await opened;
    const typist = new Typist(session, file.uri);
    const meanwhile = await typist.type(() => isIndexed);
    const indexed = await known;
    const memory = { indexed: await session.memory() };
    const settled = (await session.settled(undefined, 3000)) - start;
    Object.assign(memory, { settled: await session.memory() });
    const afterwards = await typist.type((keys) => keys >= 60);
    const changed = await measureChanges(session, join(folder, CHANGED_FILE));
    return { indexed, settled, meanwhile, afterwards, changed, memory };
  } finally {
    session.end();
  }
}

/** Types a letter into a name and takes it back with the next key. */
class Typist {
  #version = 1;

  /**
   * @param {Session} session
   * @param {string} uri
   */
  constructor(session, uri) {
    this.session = session;
    this.uri = uri;
  }

  /** @param {(keys: number) => boolean} isEnough */
  async type(isEnough) {
    const times = [];
    while (!isEnough(times.length) || times.length % 2 === 1) {
      const isInsertion = times.length % 2 === 0;
      const start = { line: 3, character: 9 };
      const end = { line: 3, character: isInsertion ? 9 : 10 };
      this.#version++;
      const before = performance.now();
      const published = this.session.published(this.uri, this.#version);
      await this.session.change(this.uri, this.#version, { start, end }, isInsertion ? 'x' : '');
      await published;
      times.push(performance.now() - before);
      await sleep(BETWEEN_KEYS);
    }
    return summary(times);
  }
}

/**
 * @param {Session} session
 * @param {string} path
 */
async function measureChanges(session, path) {
  const uri = pathToFileURL(path).href;
  const text = await readFile(path, 'utf8');
  const times = [];
  for (let change = 0; change < 10; change++) {
    // While somebody types, files that are not open wait; each change is to find the editor quiet.
    await sleep(500);
    await writeFile(path, text.replace(/timeoutSeconds: \d+/, `timeoutSeconds: ${900_000 + change}`));
    const before = performance.now();
    const published = session.published(uri, 0);
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
    await published;
    times.push(performance.now() - before);
  }
  return summary(times);
}

/**
 * @param {string} commandLine
 * @param {string} folder
 */
async function measureCheck(commandLine, folder) {
  const start = performance.now();
  const child = spawn(process.execPath, [commandLine, 'check', '--format', 'json', folder], { stdio: 'ignore' });
  const ended = once(child, 'exit');
  let memory;
  for (let isRunning = true; isRunning; ) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    const kilobytes = /^VmHWM:\s*(\d+)/m.exec(status)?.[1];
    memory = kilobytes === undefined ? memory : Number(kilobytes) / 1024;
    isRunning = (await Promise.race([ended, sleep(50)])) === undefined;
  }
  return { seconds: (performance.now() - start) / 1000, memory };
}
