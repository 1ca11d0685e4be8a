import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { render } from '../../../server/src/messages/render.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import type { Snapshot } from '../../../server/src/snapshot.ts';
import { joinChanges, type TextChange } from '../../../server/src/text/change.ts';
import type { ManifestFile } from '../../../server/src/workspace/manifest.ts';
import { readEditedFile, readManifestFile } from '../../../server/src/workspace/readFile.ts';

const SAMPLES = readdirSync('samples')
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => readFileSync(`samples/${name}`, 'utf8'));

/** What people type and paste into manifests, and what takes documents apart or joins them. */
const PIECES = [
  '---\n',
  '\n---\n',
  '...\n',
  '  ',
  '\n',
  '\u00a0',
  '"',
  '# comment\n',
  '{{ if .Values.x }}\n',
  '{{ end }}\n',
  '{{ .Values.y }}',
  'spec:\n',
  '  sessionAffinity: ClientIP\n',
  '  type: LoadBalancer\n',
  '    sessionAffinity: clientIP\n',
  'apiVersion: v1\nkind: Service\nspec:\n  sessionAffinity: cookie\n  ports:\n  - port: 80\n',
  '# session-persistence-ignore-file affinity-in-selector\n',
  ': ',
];

interface Edit {
  readonly file: number;
  /** Where it begins and how much it removes, as parts of the text's length. */
  readonly at: number;
  readonly removed: number;
  readonly inserted: string;
  /** Whether the engine is told where the text changed, as an editor does, or has to find out, as of a file. */
  readonly told: boolean;
}

const EDIT: fc.Arbitrary<Edit> = fc.record({
  file: fc.nat({ max: 1 }),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.3, noNaN: true })),
  inserted: fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...SAMPLES), fc.string({ maxLength: 3 })),
  told: fc.boolean(),
});

/** Everything that a person would see of a file. */
function seen(snapshot: Snapshot, uri: string): unknown[] {
  return findingsOf(snapshot, uri).map(({ finding, span, severity }) => ({
    rule: finding.rule.id,
    text: render(finding.rule, finding.message, finding.arguments),
    span,
    severity,
    fixes: finding.fixes.map((fix) => render(finding.rule, fix.title, fix.arguments)),
  }));
}

function checkEdits(first: number, edits: readonly Edit[]): void {
  const uris = ['file:///a.yaml', 'file:///b.yaml'];
  const texts = uris.map((_, index) => SAMPLES[(first + index) % SAMPLES.length] ?? '');
  const analyzer = createAnalyzer();
  const write = (index: number, changed?: TextChange): void => {
    const [uri = '', text = ''] = [uris[index], texts[index]];
    const inserted = text.slice(changed?.start, changed?.newEnd);
    analyzer.apply(
      changed === undefined ? { kind: 'set', uri, text } : { kind: 'edit', uri, changed, inserted, text: () => text },
    );
    assert.equal(analyzer.snapshot().files.get(uri)?.text, text);
  };
  write(0);
  write(1);
  for (const { file, at, removed, inserted, told } of edits) {
    const text = texts[file] ?? '';
    const start = Math.floor(at * text.length);
    const end = Math.min(text.length, start + Math.floor(removed * text.length));
    texts[file] = text.slice(0, start) + inserted + text.slice(end);
    write(file, told ? { start, oldEnd: end, newEnd: start + inserted.length } : undefined);
    // Reading in between is what fills everything that is kept from one state to the next.
    seen(analyzer.snapshot(), uris[file] ?? '');
  }
  const fresh = createAnalyzer();
  for (const [index, uri] of uris.entries()) {
    fresh.apply({ kind: 'set', uri, text: texts[index] ?? '' });
  }
  for (const uri of uris) {
    assert.deepEqual(seen(analyzer.snapshot(), uri), seen(fresh.snapshot(), uri));
  }
}

/** What borders of documents are made of. */
const MARKS = [
  '---',
  '--',
  '-',
  '...',
  '.',
  '\n',
  '\n',
  '\n',
  '\r\n',
  ' ',
  '%YAML 1.2',
  '# c',
  'a: 1',
  'apiVersion: v1\nkind: List\nitems:\n',
  '- b: 1\n  c: 2\n',
  '  - b: 1\n    c: 2\n',
  '&a',
  'kind: List\n',
  'items:\n',
  '\uFEFF',
  '{{',
  '}}',
  '\0',
];
const MARKED = fc.array(fc.constantFrom(...MARKS), { maxLength: 25 }).map((marks) => marks.join(''));
const SMALL_EDIT = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat({ max: 4 }),
  inserted: fc.oneof(fc.constant(''), fc.constantFrom(...MARKS), MARKED),
  /** Whether the file is read only after the next edit, together with this one. */
  waits: fc.boolean(),
});

function bordersOf(file: ManifestFile): unknown[] {
  return [
    file.text,
    file.liveObject,
    ...file.manifests.map(({ start, manifest: { yaml, listPart } }) => [
      start,
      yaml.raw,
      yaml.openTemplateBlocks,
      listPart,
    ]),
  ];
}

function checkBorders(first: string, edits: readonly (typeof SMALL_EDIT extends fc.Arbitrary<infer T> ? T : never)[]) {
  const uri = 'file:///a.yaml';
  let text = first;
  let file = readManifestFile(uri, text, undefined);
  let changed: TextChange | undefined;
  for (const { at, removed, inserted, waits } of edits) {
    const start = Math.floor(at * text.length);
    const oldEnd = Math.min(text.length, start + removed);
    const own = { start, oldEnd, newEnd: start + inserted.length };
    text = text.slice(0, start) + inserted + text.slice(oldEnd);
    changed = changed === undefined ? own : joinChanges(changed, own);
    if (!waits) {
      const inserted = text.slice(changed.start, changed.newEnd);
      file = readEditedFile(file, changed, inserted) ?? readManifestFile(uri, text, file);
      changed = undefined;
      assert.deepEqual(bordersOf(file), bordersOf(readManifestFile(uri, text, undefined)));
    }
  }
}

describe('the borders of documents after any edits', () => {
  const property = fc.property(MARKED, fc.array(SMALL_EDIT, { minLength: 1, maxLength: 8 }), checkBorders);

  it('are those of the text', () => fc.assert(property, { numRuns: 300 }));

  it('are those of the text, many times over @slow', () => fc.assert(property, { numRuns: 200_000 })).timeout(0);
});

describe('an analyzer after any edits', () => {
  const property = fc.property(fc.nat(), fc.array(EDIT, { minLength: 1, maxLength: 8 }), checkEdits);

  it('says what a fresh one says', () => fc.assert(property, { numRuns: 20 }));

  it('says what a fresh one says, many times over @slow', () => fc.assert(property, { numRuns: 20_000 })).timeout(0);
});

describe('a file in which documents come and go', () => {
  const uri = 'file:///a.yaml';
  const document = (name: string, affinity: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  sessionAffinity: ${affinity}\n  ports: [{port: 80}]\n`;
  const [first, second, third] = [document('a', 'Cookie'), document('b', 'None'), document('c', 'clientIP')];
  const states = [
    [first, second, third],
    [first, second, 'a: 1\n', 'b: 2\n', 'c: 3\n', third],
    [second, third],
    [second, first, second, third],
    [third],
    ['a: 1\n', 'b: 2\n', third],
    [third, second, third, first],
    [first, second, third],
  ].map((documents) => documents.join('---\n'));

  it('has the findings of the documents that are there, where they stand', () => {
    const analyzer = createAnalyzer();
    for (const text of states) {
      analyzer.apply({ kind: 'set', uri, text });
      const fresh = createAnalyzer();
      fresh.apply({ kind: 'set', uri, text });
      assert.deepEqual(seen(analyzer.snapshot(), uri), seen(fresh.snapshot(), uri));
    }
  });
});
