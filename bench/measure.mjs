// @ts-check
/** What is measured of one server on one file. Places are random but the same in every run and for every server. */
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Session } from './session.mjs';

/** @typedef {{ name: string, args: readonly string[] }} Server */
/** @typedef {import('./files.mjs').BenchFile} BenchFile */
/** @typedef {{ median: number, p95: number }} Times Milliseconds. */
/**
 * @typedef {object} Measurement
 * @property {string} server
 * @property {string} file
 * @property {Times} open
 * @property {Times} keystroke
 * @property {number | undefined} processorPerKeystroke Milliseconds.
 * @property {Times} burst From the last key to the last findings.
 * @property {Times} completion
 * @property {Times} hover
 * @property {{ open?: number, keystrokes?: number, burst?: number, questions?: number }} memory Megabytes after each.
 */

/** Milliseconds between two keys of somebody who types fast; between those of a burst, as a held key sends them. */
const BETWEEN_KEYS = 60;
const BETWEEN_BURST_KEYS = 15;
const KEYS_IN_BURST = 20;

/**
 * @param {Server} server
 * @param {number} times
 * @returns {Promise<Times>}
 */
export async function measureStart(server, times) {
  /** @type {number[]} */
  const found = [];
  for (let index = 0; index < times; index++) {
    const start = performance.now();
    const session = new Session(server.name, server.args);
    await session.initialize();
    found.push(performance.now() - start);
    session.end();
  }
  return summary(found);
}

/**
 * @param {Server} server
 * @param {BenchFile} file
 * @param {{ opens: number, keystrokes: number, bursts: number, questions: number }} counts
 * @returns {Promise<Measurement>}
 */
export async function measureFile(server, file, counts) {
  const random = randomNumbers(20);
  const opened = [];
  for (let index = 1; index < counts.opens; index++) {
    const session = new Session(server.name, server.args);
    opened.push(await measureOpen(session, file));
    session.end();
  }
  const session = new Session(server.name, server.args);
  try {
    opened.push(await measureOpen(session, file));
    const memory = { open: await session.memory() };
    const editor = new Editor(session, file);
    // The first edits pay for the compiler, as those of a person do who has just started the editor.
    const { times, processor } = await editor.type(counts.keystrokes, random);
    Object.assign(memory, { keystrokes: await session.memory() });
    const bursts = await editor.bursts(counts.bursts, random);
    Object.assign(memory, { burst: await session.memory() });
    const completion = await editor.ask('completion', counts.questions, random);
    const hover = await editor.ask('hover', counts.questions, random);
    Object.assign(memory, { questions: await session.memory() });
    return {
      server: server.name,
      file: file.name,
      open: summary(opened),
      keystroke: summary(times),
      processorPerKeystroke: processor,
      burst: summary(bursts),
      completion: summary(completion),
      hover: summary(hover),
      memory,
    };
  } finally {
    session.end();
  }
}

/**
 * @param {Session} session
 * @param {BenchFile} file
 */
async function measureOpen(session, file) {
  await session.initialize();
  // Servers go on starting in the background; what they do there is not the cost of opening a file.
  await sleep(300);
  const published = session.published(file.uri, 1);
  const start = performance.now();
  await session.open(file.uri, file.text);
  await published;
  return performance.now() - start;
}

/** Types letters at the ends of random lines and takes each of them back with the next key. */
class Editor {
  #version = 1;

  /**
   * @param {Session} session
   * @param {BenchFile} file
   */
  constructor(session, file) {
    this.session = session;
    this.file = file;
    this.lines = file.text.split(/\r?\n/);
  }

  /**
   * @param {number} count
   * @param {() => number} random
   */
  async type(count, random) {
    const { session } = this;
    const times = [];
    const before = await session.processorTime();
    let end = this.#randomEnd(random);
    for (let key = 0; key < count; key++) {
      const isInsertion = key % 2 === 0;
      if (isInsertion) {
        end = this.#randomEnd(random);
      }
      const start = performance.now();
      const published = session.published(this.file.uri, this.#version + 1);
      await this.#key(end, isInsertion);
      await published;
      times.push(performance.now() - start);
      await sleep(BETWEEN_KEYS);
    }
    const after = await session.processorTime();
    const processor = before === undefined || after === undefined ? undefined : (after - before) / count;
    return { times, processor };
  }

  /**
   * @param {number} count
   * @param {() => number} random
   */
  async bursts(count, random) {
    const times = [];
    for (let burst = 0; burst < count; burst++) {
      const end = this.#randomEnd(random);
      for (let key = 1; key < KEYS_IN_BURST; key++) {
        await this.#key(end, key % 2 === 1);
        await sleep(BETWEEN_BURST_KEYS);
      }
      const start = performance.now();
      const settled = this.session.settled(this.file.uri, 1500);
      await this.#key(end, false);
      times.push((await settled) - start);
    }
    return times;
  }

  /**
   * @param {'hover' | 'completion'} feature
   * @param {number} count
   * @param {() => number} random
   */
  async ask(feature, count, random) {
    const times = [];
    for (let question = 0; question < count; question++) {
      const line = Math.floor(random() * this.lines.length);
      const character = Math.floor(random() * ((this.lines[line] ?? '').length + 1));
      const start = performance.now();
      await this.session.ask(feature, this.file.uri, { line, character });
      times.push(performance.now() - start);
    }
    return times;
  }

  /**
   * @param {() => number} random
   * @returns {import('./session.mjs').Position}
   */
  #randomEnd(random) {
    const line = Math.floor(random() * this.lines.length);
    return { line, character: (this.lines[line] ?? '').length };
  }

  /**
   * @param {import('./session.mjs').Position} at
   * @param {boolean} isInsertion
   */
  async #key(at, isInsertion) {
    const behind = { line: at.line, character: at.character + (isInsertion ? 0 : 1) };
    this.#version++;
    await this.session.change(this.file.uri, this.#version, { start: at, end: behind }, isInsertion ? 'x' : '');
  }
}

/**
 * @param {readonly number[]} times
 * @returns {Times}
 */
export function summary(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ part) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return { median: at(0.5), p95: at(0.95) };
}

/**
 * The same numbers in every run, from 0 to below 1.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}
