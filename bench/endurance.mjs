// @ts-check
/**
 * What stays in the server's memory after hours of editing. Somebody types into a large file and into small ones, as
 * fast as the server answers, opens and closes files, changes settings and files on the disk, and asks for all that an
 * editor asks for. Every now and then all is taken back, so that the texts are those of the beginning; what is in use
 * after a collection should then be what it was. Actions are random but the same in every run.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import { generatedFiles } from './files.mjs';
import { randomNumbers } from './measure.mjs';
import { Session } from './session.mjs';
import { writeWorkspace } from './workspaceFiles.mjs';

/** @typedef {import('./session.mjs').Position} Position */
/** @typedef {{ line: number, from: number, to: number, text: string }} Change Within one line. */
/**
 * In megabytes. What the compiler makes of the program is no part of the heap here: it goes on for an hour, and ends.
 *
 * @typedef {{ keys: number, heap: number, code: number, external: number, rss: number }} Sample
 */
/**
 * @typedef {object} Endurance
 * @property {Sample[]} samples
 * @property {Record<string, number>} done How often each action was done.
 * @property {number} growth Kilobytes of heap and external memory by 1,000 keys, after the warm-up.
 * @property {number} error How far off that may be, as twice the standard error: a heap is never twice the same.
 * @property {number} bound The same, above which it counts as a leak.
 * @property {number} seconds
 */

const KEYS_IN_A_SECOND = 5;
const SAMPLES = 20;

/** The part of the samples in which what is kept of each place comes to be kept, and the compiler learns the types. */
const WARM_UP = 0.5;

/** Kilobytes by 1,000 keys: 200 bytes a key, less than the text of one document. */
const BOUND = 200;

/**
 * Kilobytes that may come on top of it, however many keys are counted. The compiler's notes about types are part of the
 * heap, and grow for an hour or so; in a short run they are much of what there is.
 */
const LEARNT = 500;

const FILES_IN_WORKSPACE = 60;

/**
 * In so many lines of each document somebody types. A document that was ever edited costs more than one of which only
 * a part of the file's text is kept, so places that are always new would look like a leak for hours.
 */
const PLACES = 300;
const KEYS_IN_BURST = 20;

/** Milliseconds without news after which the server has nothing more to say. */
const QUIET = 600;

const PIECES = [
  'x',
  'x',
  'x',
  ' ',
  ':',
  '"',
  '#',
  '-',
  '{{',
  '}}',
  '  ',
  'a: 1',
  '---',
  '\u00a0',
  '\t',
  '&a',
  '[',
  '|',
];

/** @type {readonly unknown[]} */
const SETTINGS = [
  {},
  { rules: { 'timeouts-disagree': 'off', 'affinity-misplaced': 'hint' } },
  { kubernetesVersion: '1.31' },
  { controllers: { ingressClasses: { nginx: 'traefik' } } },
  { checkUnopenedFiles: false },
  { exclude: ['team-1'] },
  { rules: { nonsense: 'loud' } },
];

/**
 * @param {import('./measure.mjs').Server} server
 * @param {number} minutes Of somebody's typing.
 * @param {(line: string) => void} say
 * @returns {Promise<Endurance>}
 */
export async function measureEndurance(server, minutes, say) {
  const folder = await mkdtemp(join(tmpdir(), 'session-persistence-bench-'));
  const preload = new URL('heapReports.mjs', import.meta.url).href;
  const session = new Session(server.name, ['--expose-gc', '--import', preload, ...server.args]);
  const start = performance.now();
  try {
    await writeWorkspace(folder, FILES_IN_WORKSPACE);
    const day = new Day(session, folder);
    await day.begin();
    const keys = Math.round(minutes * 60 * KEYS_IN_A_SECOND);
    /** @type {Sample[]} */
    const samples = [];
    for (let taken = 0; taken < SAMPLES; taken++) {
      await day.work(Math.round((keys * (taken + 1)) / SAMPLES));
      await day.takeAllBack();
      samples.push({ keys: day.keys, ...(await collected(session)) });
      say(`${day.keys} of ${keys} keys, ${samples.at(-1)?.heap.toFixed(1)} MB of heap …`);
    }
    const settled = samples.slice(Math.floor(samples.length * WARM_UP));
    const seconds = (performance.now() - start) / 1000;
    const counted = (settled.at(-1)?.keys ?? 0) - (settled[0]?.keys ?? 0);
    const bound = BOUND + (LEARNT * 1000) / counted;
    return { samples, done: day.done, ...growthOf(settled), bound, seconds };
  } finally {
    session.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The slope of the line through the samples, in kilobytes by 1,000 keys.
 *
 * @param {readonly Sample[]} samples
 */
function growthOf(samples) {
  const mean = (/** @type {(sample: Sample) => number} */ of) =>
    samples.reduce((sum, sample) => sum + of(sample), 0) / samples.length;
  const used = (/** @type {Sample} */ { heap, external }) => heap + external;
  const middle = { keys: mean(({ keys }) => keys), used: mean(used) };
  const spread = mean(({ keys }) => (keys - middle.keys) ** 2);
  const slope = mean((sample) => (sample.keys - middle.keys) * (used(sample) - middle.used)) / spread;
  const rest = mean((sample) => (used(sample) - middle.used - slope * (sample.keys - middle.keys)) ** 2);
  const error = 2 * Math.sqrt(rest / spread / (samples.length - 2));
  return { growth: slope * 1e6, error: error * 1e6 };
}

/** @param {Session} session */
async function collected(session) {
  const { stderr } = session.process;
  const lines = createInterface({ input: stderr });
  try {
    session.process.kill('SIGUSR2');
    for await (const line of lines) {
      if (line.startsWith('{"heapUsed"')) {
        const { heapUsed, code, external, rss } = JSON.parse(line);
        return { heap: (heapUsed - code) / 1e6, code: code / 1e6, external: external / 1e6, rss: rss / 1e6 };
      }
    }
  } finally {
    lines.close();
    stderr.resume();
  }
  throw new Error('The server has ended.');
}

/** A document of the editor, which can be taken back to its beginning key by key. */
class Buffer {
  version = 1;
  /** @type {Change[]} What takes the changes back, the last one last. */
  undo = [];

  /**
   * @param {string} uri
   * @param {string} text
   * @param {boolean} stays Whether it is open all day, and only ever edited.
   */
  constructor(uri, text, stays) {
    this.uri = uri;
    this.text = text;
    this.stays = stays;
    this.lines = text.split('\n');
    this.places = Array.from({ length: PLACES }, (_, index) => Math.floor((index * this.lines.length) / PLACES));
  }

  /** @param {Change} change */
  apply({ line, from, to, text }) {
    const old = this.lines[line] ?? '';
    this.lines[line] = old.slice(0, from) + text + old.slice(to);
    this.undo.push({ line, from, to: from + text.length, text: old.slice(from, to) });
    return { range: { start: { line, character: from }, end: { line, character: to } }, text };
  }

  takeBack() {
    const last = this.undo.pop();
    const change = last && this.apply(last);
    this.undo.length -= last === undefined ? 0 : 1;
    return change;
  }

  replace() {
    this.lines = this.text.split('\n');
    this.undo = [];
    return { text: this.text };
  }
}

class Day {
  keys = 0;
  /** @type {Record<string, number>} */
  done = {};
  /** @type {Buffer[]} */
  #open = [];
  /** @type {Map<string, string>} The files on the disk that differ from those of the beginning, with their texts. */
  #touched = new Map();
  /** @type {unknown} */
  #settings = {};
  #random = randomNumbers(42);

  /**
   * @param {Session} session
   * @param {string} folder
   */
  constructor(session, folder) {
    this.session = session;
    this.folder = folder;
    this.root = pathToFileURL(folder).href;
    session.connection.onRequest('workspace/configuration', ({ items }) =>
      items.map((/** @type {{ section?: string }} */ { section }) =>
        section === 'sessionPersistence' ? this.#settings : null,
      ),
    );
  }

  async begin() {
    const known = this.session.indexed();
    await this.session.initialize(this.root);
    await known;
    const large = generatedFiles().find(({ name }) => name === '1,000 pairs');
    await this.#openBuffer(new Buffer(`${this.root}/large.yaml`, large?.text ?? '', true));
    await this.#openBuffer(new Buffer(this.#uri(0), await this.#read(0), true));
    for (const buffer of this.#open) {
      for (const line of new Set(buffer.places)) {
        await this.#change(buffer, [buffer.apply({ line, from: 0, to: 0, text: '#' })]);
      }
    }
    await this.takeAllBack();
  }

  /**
   * Goes on until so many keys were pressed since the beginning.
   *
   * @param {number} keys
   */
  async work(keys) {
    /** @type {[weight: number, name: string, act: () => Promise<void>][]} */
    const actions = [
      [600, 'keys', () => this.#type(1 + this.#below(8))],
      [60, 'bursts', () => this.#burst()],
      [100, 'undos', () => this.#undo(1 + this.#below(10))],
      [15, 'whole texts', () => this.#replace()],
      [25, 'files opened', () => this.#openAnother()],
      [25, 'files closed', () => this.#closeOne()],
      [8, 'settings changed', () => this.#set(SETTINGS[this.#below(SETTINGS.length)])],
      [30, 'files on the disk changed', () => this.#touch()],
      [60, 'hovers', () => this.#ask('hover')],
      [60, 'completions', () => this.#ask('completion')],
      [20, 'definitions', () => this.#ask('definition')],
      [40, 'code actions', () => this.#codeActions()],
      [20, 'code lenses', () => this.#codeLenses()],
      [5, 'lists of entries', () => this.#request('sessionPersistence/entries', {})],
      [30, 'requests cancelled', () => this.#cancelled()],
    ];
    const drawn = actions.flatMap((action) => Array.from({ length: action[0] }, () => action));
    while (this.keys < keys) {
      const [, name, act] = drawn[this.#below(drawn.length)] ?? [];
      this.done[name ?? ''] = (this.done[name ?? ''] ?? 0) + 1;
      await act?.();
    }
  }

  /** Everything is as it was at the beginning, by as many small edits as it took to get here. */
  async takeAllBack() {
    for (const buffer of this.#open.filter(({ stays }) => !stays)) {
      await this.#close(buffer);
    }
    for (const buffer of this.#open) {
      const edits = [];
      for (let change = buffer.takeBack(); change !== undefined; change = buffer.takeBack()) {
        edits.push(change);
      }
      await this.#change(buffer, edits);
    }
    for (const [path, text] of this.#touched) {
      await writeFile(path, text);
      await this.#tell(path, 2);
    }
    this.#touched.clear();
    const quiet = this.session.settled(undefined, QUIET);
    await this.#set({});
    await quiet;
    // Whether the text of a large file is put together at the moment is chance; after a key it is not.
    for (const buffer of this.#open) {
      await this.#change(buffer, [buffer.apply({ line: 0, from: 0, to: 0, text: '#' })]);
      await this.#change(buffer, [buffer.takeBack()]);
    }
    await this.session.settled(undefined, QUIET);
  }

  /** @param {number} limit */
  #below(limit) {
    return Math.floor(this.#random() * limit);
  }

  /** @param {number} index */
  #path(index) {
    // One file in five is a Service; see there.
    return join(this.folder, `team-${(index * 5) % 20}`, `app-${index}`, 'service.yaml');
  }

  /** @param {number} index */
  #uri(index) {
    return pathToFileURL(this.#path(index)).href;
  }

  /** @param {number} index */
  async #read(index) {
    return await readFile(this.#path(index), 'utf8');
  }

  /** The large file is worked on as often as any other. */
  #someBuffer() {
    const found = this.#open[this.#below(this.#open.length)];
    if (found === undefined) {
      throw new Error('No document is open.');
    }
    return found;
  }

  /** @param {Buffer} buffer */
  async #openBuffer(buffer) {
    const published = this.session.published(buffer.uri, 1);
    await this.session.open(buffer.uri, buffer.text);
    await published;
    this.#open.push(buffer);
  }

  /** @param {Buffer} buffer */
  async #close(buffer) {
    this.#open.splice(this.#open.indexOf(buffer), 1);
    await this.session.close(buffer.uri);
  }

  /**
   * @param {Buffer} buffer
   * @param {readonly unknown[]} contentChanges
   */
  async #send(buffer, contentChanges) {
    buffer.version++;
    const textDocument = { uri: buffer.uri, version: buffer.version };
    await this.session.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
  }

  /**
   * Answers once its findings are there.
   *
   * @param {Buffer} buffer
   * @param {readonly unknown[]} contentChanges
   */
  async #change(buffer, contentChanges) {
    const published = this.session.published(buffer.uri, buffer.version + 1);
    await this.#send(buffer, contentChanges);
    await published;
  }

  /**
   * @param {Buffer} buffer
   * @returns {Change}
   */
  #somewhere(buffer) {
    const line = buffer.places[this.#below(PLACES)] ?? 0;
    const { length } = buffer.lines[line] ?? '';
    const from = this.#below(length + 1);
    return { line, from, to: from, text: '' };
  }

  /** @param {number} count Keys at one place, some of which delete. */
  async #type(count) {
    const buffer = this.#someBuffer();
    const place = this.#somewhere(buffer);
    for (let key = 0; key < count; key++) {
      const length = (buffer.lines[place.line] ?? '').length;
      const deletes = this.#random() < 0.3 && place.from < length;
      const text = deletes ? '' : (PIECES[this.#below(PIECES.length)] ?? '');
      const change = buffer.apply({ ...place, to: place.from + (deletes ? 1 : 0), text });
      place.from += text.length;
      this.keys++;
      await this.#change(buffer, [change]);
    }
  }

  /** Keys that do not wait for any answer. */
  async #burst() {
    const buffer = this.#someBuffer();
    const place = this.#somewhere(buffer);
    for (let key = 1; key < KEYS_IN_BURST; key++) {
      await this.#send(buffer, [buffer.apply({ ...place, text: 'x' })]);
    }
    this.keys += KEYS_IN_BURST;
    await this.#change(buffer, [buffer.apply({ ...place, text: 'x' })]);
  }

  /** @param {number} count */
  async #undo(count) {
    const buffer = this.#someBuffer();
    for (let key = 0; key < count; key++) {
      const change = buffer.takeBack();
      if (change === undefined) {
        return;
      }
      this.keys++;
      await this.#change(buffer, [change]);
    }
  }

  async #replace() {
    const buffer = this.#someBuffer();
    if (!buffer.stays) {
      await this.#change(buffer, [buffer.replace()]);
    }
  }

  async #openAnother() {
    const index = this.#below(FILES_IN_WORKSPACE / 5);
    const uri = this.#uri(index);
    if (!this.#open.some((buffer) => buffer.uri === uri) && !this.#touched.has(this.#path(index))) {
      await this.#openBuffer(new Buffer(uri, await this.#read(index), false));
    }
  }

  async #closeOne() {
    const buffer = this.#someBuffer();
    if (!buffer.stays) {
      await this.#close(buffer);
    }
  }

  /** @param {unknown} settings */
  async #set(settings) {
    this.#settings = settings;
    await this.session.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  /** A file changes, goes, or comes back. */
  async #touch() {
    const path = this.#path(this.#below(FILES_IN_WORKSPACE / 5));
    const kept = this.#touched.get(path);
    const text = kept ?? (await readFile(path, 'utf8'));
    const dice = this.#random();
    if (kept !== undefined && dice < 0.5) {
      await writeFile(path, text);
      this.#touched.delete(path);
      await this.#tell(path, 1);
    } else if (dice < 0.7) {
      this.#touched.set(path, text);
      await rm(path, { force: true });
      await this.#tell(path, 3);
    } else {
      this.#touched.set(path, text);
      await writeFile(path, text.replace(/timeoutSeconds: \d+/, `timeoutSeconds: ${this.#below(200_000)}`));
      await this.#tell(path, 2);
    }
  }

  /**
   * @param {string} path
   * @param {number} type
   */
  async #tell(path, type) {
    const changes = [{ uri: pathToFileURL(path).href, type }];
    await this.session.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  /**
   * @param {string} method
   * @param {unknown} params
   */
  async #request(method, params) {
    await this.session.connection.sendRequest(method, params);
  }

  #place() {
    const buffer = this.#someBuffer();
    const { line, from } = this.#somewhere(buffer);
    return { textDocument: { uri: buffer.uri }, position: { line, character: from } };
  }

  /** @param {'hover' | 'completion' | 'definition'} feature */
  async #ask(feature) {
    await this.#request(`textDocument/${feature}`, this.#place());
  }

  async #codeActions() {
    const { textDocument, position } = this.#place();
    const end = { line: position.line + 40, character: 0 };
    const params = { textDocument, range: { start: position, end }, context: { diagnostics: [] } };
    await this.#request('textDocument/codeAction', params);
  }

  async #codeLenses() {
    const { textDocument } = this.#place();
    /** @type {unknown[]} */
    const lenses = await this.session.connection.sendRequest('textDocument/codeLens', { textDocument });
    const lens = lenses[this.#below(lenses.length)];
    if (lens !== undefined) {
      await this.#request('codeLens/resolve', lens);
    }
  }

  async #cancelled() {
    const answers = Array.from({ length: 5 }, () => {
      const source = new CancellationTokenSource();
      const answer = this.session.connection.sendRequest('textDocument/hover', this.#place(), source.token);
      source.cancel();
      return answer;
    });
    await Promise.allSettled(answers);
  }
}
