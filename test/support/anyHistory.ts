import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type Analyzer, type Change, createAnalyzer } from '../../server/src/analyzer.ts';
import { inputOfJson } from '../../server/src/configuration/input.ts';
import { KNOWN_KEYS, readSettings } from '../../server/src/configuration/readSettings.ts';
import { findingsOf } from '../../server/src/rules/engine.ts';
import { internalError } from '../../server/src/rules/internalError.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Snapshot } from '../../server/src/snapshot.ts';
import { bordersOf, seenEdits, seenFindings, seenHovers, seenLenses, seenPaths } from './seen.ts';

export const SAMPLES: readonly string[] = readdirSync('samples')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`samples/${name}`, 'utf8'));

/** The files that come and go; a folder lies in between, since names belong to the nearest one. */
const FILES = ['file:///workspace/a.yaml', 'file:///workspace/b/one.yaml', 'file:///workspace/b/two.yaml'];
const PROJECT_FILES = ['file:///workspace/.session-persistence.yaml', 'file:///workspace/b/.session-persistence.yaml'];

/** What people type and paste into manifests, and what takes documents apart or joins them. */
const PIECES = [
  '---\n',
  '\n---\n',
  '...\n',
  '  ',
  '\n',
  '\r\n',
  '\t',
  '\u00a0',
  '\u201c',
  '\uFF1A ',
  '\u200b',
  '\uFEFF',
  '"',
  "'",
  '[',
  '{',
  '}',
  '|\n',
  '&a ',
  '*a',
  '<<: *a\n',
  '? ',
  '# comment\n',
  ' #',
  '{{ if .Values.x }}\n',
  '{{- end }}\n',
  '{{ end }}\n',
  '{{ .Values.y }}',
  '{{',
  '}}',
  '{{/* ',
  'spec:\n',
  '  sessionAffinity: ClientIP\n',
  '  type: LoadBalancer\n',
  '    sessionAffinity: clientIP\n',
  '  namespace: other\n',
  '  name: web\n',
  'apiVersion: v1\nkind: Service\nspec:\n  sessionAffinity: cookie\n  ports:\n  - port: 80\n',
  'apiVersion: v1\nkind: List\nitems:\n',
  'kind: List\n',
  'items:\n',
  '- apiVersion: v1\n  kind: Service\n  metadata:\n    name: web\n  spec:\n    sessionAffinity: cookie\n',
  '  - apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n    spec: {type: NodePort}\n',
  'apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: nginx\nspec:\n  controller: a.b/c\n',
  'status:\n  loadBalancer: {}\n',
  'metadata:\n  uid: 1\n  resourceVersion: "1"\n',
  '# session-persistence-ignore-file affinity-in-selector\n',
  '# session-persistence-ignore-next-line affinity-misplaced\n',
  '# session-persistence-ignore-object duplicate-key -- why\n',
  ': ',
];

/** Settings of an editor, or as a project file, which is YAML that may be JSON. */
const SETTINGS = [
  {},
  { rules: { 'timeouts-disagree': 'off', 'affinity-misplaced': 'hint', 'affinity-in-selector': 'off' } },
  { kubernetesVersion: '1.20' },
  { controllers: { loadBalancer: 'alibaba-clb', ingress: 'nginx-inc' } },
  { controllers: { ingressClasses: { nginx: 'traefik' } } },
  { productVersions: { 'gateway-api': '1.5' }, rules: { nonsense: 'off' } },
];
const PROJECT_TEXTS = [
  undefined,
  ...SETTINGS.map((settings) => JSON.stringify(settings)),
  'ignore: [two.yaml]\n',
  'rules: {affinity-misplaced: \n',
];

/** Texts do not grow beyond this, in units, so that a run stays short. */
const LONGEST = 12_000;

const PART = fc.double({ min: 0, max: 1, noNaN: true });
const PIECE = fc.constantFrom(...PIECES);
const FILE = fc.constantFrom(...FILES);
const COUNT = fc.integer({ min: 1, max: 6 });

/** How a text changes at a place; what concerns lines begins at the line of that place. */
const MUTATION = fc.oneof(
  fc.record({ does: fc.constant('insert' as const), piece: fc.oneof(PIECE, fc.string({ maxLength: 3 })) }),
  fc.record({ does: fc.constant('remove' as const), units: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    does: fc.constant('replace' as const),
    part: fc.double({ min: 0, max: 0.3, noNaN: true }),
    piece: PIECE,
  }),
  fc.record({ does: fc.constant('insert lines' as const), piece: PIECE }),
  fc.record({ does: fc.constant('delete lines' as const), lines: COUNT }),
  fc.record({ does: fc.constant('duplicate lines' as const), lines: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ does: fc.constant('swap lines' as const), lines: COUNT }),
  fc.record({ does: fc.constant('indent lines' as const), lines: COUNT, by: fc.constantFrom(' ', '  ', '    ', '\t') }),
  fc.record({ does: fc.constant('outdent lines' as const), lines: COUNT, by: fc.integer({ min: 1, max: 4 }) }),
);
type Mutation = typeof MUTATION extends fc.Arbitrary<infer T> ? T : never;

/** Which text, and where a part of it begins where it is long. */
const SOURCE = fc.record({ text: fc.nat({ max: 10_000 }), from: PART });
type Source = typeof SOURCE extends fc.Arbitrary<infer T> ? T : never;

const EDIT = fc.record({
  kind: fc.constant('edit' as const),
  file: FILE,
  at: PART,
  mutation: MUTATION,
  /** Whether the engine is told where the text changed, as an editor does, or has to find out, as of a file. */
  told: fc.boolean(),
  /** Whether somebody looks afterwards, which fills everything that is kept from one state to the next. */
  looks: fc.boolean(),
});
const ACTION = fc.oneof(
  { weight: 12, arbitrary: EDIT },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('paste' as const), file: FILE, at: PART, source: SOURCE }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('set' as const), file: FILE, source: SOURCE }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), file: FILE }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('undo' as const), file: FILE }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('settings' as const), index: fc.nat(SETTINGS.length - 1) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('project file' as const, 'project buffer' as const),
      file: fc.constantFrom(...PROJECT_FILES),
      text: fc.constantFrom(...PROJECT_TEXTS),
    }),
  },
);
type Action = typeof ACTION extends fc.Arbitrary<infer T> ? T : never;

/**
 * After any history of a workspace the analyzer says what a fresh one says of the same texts and settings.
 *
 * @param texts with which files begin, and which are pasted; of long ones, parts.
 */
export function historyOf(texts: readonly string[]): fc.IProperty<[Source[], Action[]]> {
  return fc.property(
    fc.array(SOURCE, { minLength: 1, maxLength: FILES.length }),
    fc.array(ACTION, { minLength: 1, maxLength: 12 }),
    (first, actions) => {
      const history = new History(texts);
      try {
        for (const [index, source] of first.entries()) {
          history.take({ kind: 'set', file: FILES[index] ?? '', source });
        }
        for (const action of actions) {
          history.take(action);
        }
        history.check();
      } catch (error) {
        // What was drawn are places and numbers; whoever is to repeat it needs the texts.
        const steps = history.steps.map((step) => JSON.stringify(step)).join('\n');
        throw new Error(`${error instanceof Error ? error.message : error}\nafter\n${steps}`, { cause: error });
      }
    },
  );
}

class History {
  /** What was done, as the analyzer was told. */
  readonly steps: unknown[] = [];
  readonly #sources: readonly string[];
  readonly #analyzer: Analyzer = createAnalyzer();
  readonly #texts = new Map<string, string>();
  readonly #before = new Map<string, string>();
  readonly #onDisk = new Map<string, string>();
  #settings: unknown = {};

  constructor(sources: readonly string[]) {
    this.#sources = sources;
  }

  take(action: Action): void {
    switch (action.kind) {
      case 'edit':
        this.#edit(action.file, changeOf(this.#textOf(action.file), action.at, action.mutation), action.told);
        if (action.looks) {
          this.#look();
        }
        break;
      case 'paste': {
        const at = Math.floor(action.at * this.#textOf(action.file).length);
        this.#edit(action.file, { start: at, oldEnd: at, inserted: this.#sourceOf(action.source) }, true);
        break;
      }
      case 'set':
        this.#set(action.file, this.#sourceOf(action.source));
        this.#look();
        break;
      case 'remove':
        this.#texts.delete(action.file);
        this.#apply({ kind: 'remove', uri: action.file });
        break;
      case 'undo': {
        const inserted = this.#before.get(action.file) ?? '';
        this.#edit(action.file, { start: 0, oldEnd: this.#textOf(action.file).length, inserted }, true);
        break;
      }
      case 'settings':
        this.#settings = SETTINGS[action.index];
        this.#apply(settingsChange(this.#settings));
        break;
      case 'project file':
        write(this.#onDisk, action.file, action.text);
        this.#apply({ kind: 'projectFile', uri: action.file, text: action.text });
        break;
      case 'project buffer':
        if (action.text !== undefined) {
          this.#set(action.file, action.text);
        } else if (this.#texts.delete(action.file)) {
          this.#apply({ kind: 'remove', uri: action.file });
        }
        break;
    }
  }

  check(): void {
    const fresh = createAnalyzer();
    fresh.apply(settingsChange(this.#settings));
    for (const [uri, text] of [...this.#onDisk].sort()) {
      fresh.apply({ kind: 'projectFile', uri, text });
    }
    for (const [uri, text] of [...this.#texts].sort()) {
      fresh.apply({ kind: 'set', uri, text });
    }
    const uris = [...FILES, ...PROJECT_FILES];
    const [found, expected] = [this.#analyzer.snapshot(), fresh.snapshot()];
    assert.deepEqual([...found.files.keys()], [...expected.files.keys()]);
    for (const see of [bordersIn, seenFindings, seenEdits, seenLenses, seenHovers]) {
      assert.deepEqual(
        uris.map((uri) => see(found, uri)),
        uris.map((uri) => see(expected, uri)),
        see.name,
      );
    }
    assert.deepEqual(seenPaths(found), seenPaths(expected));
    // A failure of ours is one even where a fresh analyzer has it as well.
    const failures = uris.flatMap((uri) =>
      findingsOf(found, uri).filter(({ finding }) => finding.rule === internalError),
    );
    assert.deepEqual(
      failures.map(({ finding }) => finding.arguments),
      [],
    );
  }

  #apply(change: Change): void {
    this.steps.push(change.kind === 'settings' ? this.#settings : change);
    this.#analyzer.apply(change);
  }

  #textOf(uri: string): string {
    return this.#texts.get(uri) ?? '';
  }

  #sourceOf({ text, from }: Source): string {
    const source = this.#sources[text % this.#sources.length] ?? '';
    if (source.length <= LONGEST / 2) {
      return source;
    }
    const start = source.lastIndexOf('\n', Math.floor(from * (source.length - LONGEST / 2))) + 1;
    return source.slice(start, start + LONGEST / 2);
  }

  #set(uri: string, text: string): void {
    this.#before.set(uri, this.#textOf(uri));
    this.#texts.set(uri, text);
    this.#apply({ kind: 'set', uri, text });
  }

  #edit(uri: string, { start, oldEnd, inserted }: Replacement, told: boolean): void {
    const before = this.#texts.get(uri) ?? '';
    const text = before.slice(0, start) + inserted + before.slice(oldEnd);
    if (text.length > LONGEST) {
      return;
    }
    if (!told || !this.#texts.has(uri)) {
      this.#set(uri, text);
      return;
    }
    this.#before.set(uri, before);
    this.#texts.set(uri, text);
    const changed = { start, oldEnd, newEnd: start + inserted.length };
    this.#apply({ kind: 'edit', uri, changed, inserted, text: () => text });
  }

  #look(): void {
    this.steps.push('look');
    const snapshot = this.#analyzer.snapshot();
    for (const uri of [...FILES, ...PROJECT_FILES]) {
      seenFindings(snapshot, uri);
      seenLenses(snapshot, uri);
    }
  }
}

function bordersIn(snapshot: Snapshot, uri: string): unknown[] {
  const file = snapshot.files.get(uri);
  return file === undefined ? [] : bordersOf(file);
}

function write(files: Map<string, string>, uri: string, text: string | undefined): void {
  if (text === undefined) {
    files.delete(uri);
  } else {
    files.set(uri, text);
  }
}

const CONTEXT = {
  knownRules: new Set(RULES.map(({ id }) => id)),
  keys: new Set<string>(KNOWN_KEYS.map(({ key }) => key)),
};

function settingsChange(settings: unknown): Change {
  return { kind: 'settings', choices: readSettings(inputOfJson(settings), CONTEXT).choices };
}

interface Replacement {
  readonly start: number;
  readonly oldEnd: number;
  readonly inserted: string;
}

function changeOf(text: string, part: number, mutation: Mutation): Replacement {
  const at = Math.floor(part * text.length);
  const start = text.lastIndexOf('\n', at - 1) + 1;
  switch (mutation.does) {
    case 'insert':
      return { start: at, oldEnd: at, inserted: mutation.piece };
    case 'remove':
      return { start: at, oldEnd: Math.min(text.length, at + mutation.units), inserted: '' };
    case 'replace': {
      const oldEnd = Math.min(text.length, at + Math.floor(mutation.part * text.length));
      return { start: at, oldEnd, inserted: mutation.piece };
    }
    case 'insert lines':
      return { start, oldEnd: start, inserted: mutation.piece };
    default: {
      const lines = text.slice(start).split(/(?<=\n)/);
      const some = lines.slice(0, mutation.lines);
      const oldEnd = start + some.join('').length;
      switch (mutation.does) {
        case 'delete lines':
          return { start, oldEnd, inserted: '' };
        case 'duplicate lines':
          return { start: oldEnd, oldEnd, inserted: some.join('') };
        case 'swap lines': {
          const next = lines[mutation.lines] ?? '';
          return { start, oldEnd: oldEnd + next.length, inserted: next + some.join('') };
        }
        case 'indent lines':
          return { start, oldEnd, inserted: some.map((line) => mutation.by + line).join('') };
        case 'outdent lines': {
          const margin = new RegExp(`^ {0,${mutation.by}}`);
          return { start, oldEnd, inserted: some.map((line) => line.replace(margin, '')).join('') };
        }
      }
    }
  }
}
