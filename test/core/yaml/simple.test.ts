import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { splitDocuments } from '../../../server/src/yaml/documents.ts';
import { parseSimpleTemplate, parseWithLibrary } from '../../../server/src/yaml/parse.ts';
import { parseSimple } from '../../../server/src/yaml/simple.ts';
import { findTemplateActions } from '../../../server/src/yaml/template.ts';
import { sampleManifests } from '../../support/yaml.ts';

/** Where the simple reader answers at all, it answers what the library says. */
function agrees(text: string): boolean {
  const actions = findTemplateActions(text);
  const simple = parseSimpleTemplate(text, actions);
  if (simple === undefined) {
    return false;
  }
  const wanted = parseWithLibrary(text, actions, 0);
  try {
    assert.deepEqual(wanted.problems, []);
    assert.deepEqual(simple, wanted.root);
  } catch (error) {
    throw new Error(`for ${JSON.stringify(text)}:\n${error instanceof Error ? error.message : ''}`);
  }
  return true;
}

/** What lines of manifests begin with, and what they go on with; every one alone is simple, or nearly so. */
const HEADS = [
  '',
  '- ',
  '-  ',
  '- - ',
  'a: ',
  'b:',
  'c-d/e.f: ',
  'a:  ',
  '- a: ',
  '- b:',
  '"q": ',
  'a{{ .k }}: ',
  '{{ .k }}: ',
  '# x',
  '# {{ .x }} ',
  '# {{ if .x }} ',
  '{{ end }}',
  '# {{ end }}',
  '{{ .x }}',
  '---',
  '-',
  '? ',
];
const TAILS = [
  '',
  ' ',
  ' # c',
  'v',
  'v w',
  'v # c',
  'v#c',
  'v: w',
  'v:',
  'v:w',
  '-1',
  '--flag=x',
  '- x',
  '10_800',
  '{{ .v }}',
  'v-{{ .v }}:8 # {{ .w }}',
  '"{{ .v }}{{ .w }}"',
  '[a, {{ .v }}, "b{{ .w }}"]',
  '{{ .v | quote }} # c',
  '"a b"',
  '"a" # c',
  '"a"b',
  '"{{ if .v }}b{{ end }}"',
  '"a\\"b"',
  '"a',
  "'a'",
  "'a''b'",
  '{}',
  '[]',
  '[ ]',
  '{a: b}',
  '{ a: 1, b: "c" }',
  '[a, -b, --c]',
  '[a, {b: [c]}] # d',
  '[a,b]',
  '{a:b}',
  '{a : b}',
  '[a, ]',
  '[a b]',
  '|',
  '|-',
  '| # c',
  '|+',
  '>',
  '*x',
  '&x y',
  '!!str y',
  '<<',
  'é服务',
  '`x',
  '@x',
  '%x',
  '\u00a0',
  '...',
  '~',
  '<x>',
  '$(x)',
  'http://x:80/y?z=[1]',
];
const LINE = fc
  .tuple(fc.nat({ max: 4 }), fc.constantFrom(...HEADS), fc.constantFrom(...TAILS), fc.constantFrom('\n', '\n', '\r\n'))
  .map(([indent, head, tail, end]) => `${'  '.repeat(indent).slice(indent === 4 ? 5 : 0)}${head}${tail}${end}`);
const LINES = fc.array(LINE, { maxLength: 9 }).map((lines) => lines.join(''));

/** Lines that follow each other as an author would have them, so that many of the texts are simple. */
const NESTED = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...TAILS.slice(0, 42)).map((tail) => (_indent: string) => ` ${tail}\n`),
    fc
      .array(tie('pair'), { minLength: 1, maxLength: 3 })
      .map((pairs) => (indent: string) => `\n${draw(pairs, `${indent}  `)}`),
    fc
      .array(tie('item'), { minLength: 1, maxLength: 3 })
      .map((items) => (indent: string) => `\n${draw(items, indent)}`),
    fc.constant((indent: string) => ` |\n${indent}  text: 1\n\n${indent}    # more\n`),
    fc.constant((indent: string) => ` |-\n${indent}  a\n${indent}  {{ if .b }}\n${indent}  c\n${indent}  {{ end }}\n`),
    fc.constant((indent: string) => ` |\n${indent}  {{- if .b }}\n${indent}  c{{ end }}\n${indent}  d\n`),
    fc.constant((indent: string) => ` >-\n${indent}  a\n${indent}  b {{ .c }}\n`),
    fc.constant((indent: string) => ` # c\n${indent}  {a: b}\n`),
  ),
  pair: fc.tuple(fc.constantFrom('a', 'kind', 'x.y/z-1', 'a-{{ .k }}'), tie('value')).map(
    ([key, value]) =>
      (indent: string) =>
        `${indent}${key}:${(value as Draw)(indent)}`,
  ),
  item: fc.oneof(
    fc.constantFrom(...TAILS.slice(3, 42)).map((tail) => (indent: string) => `${indent}- ${tail}\n`),
    fc
      .array(tie('pair'), { minLength: 1, maxLength: 2 })
      .map((pairs) => (indent: string) => `${indent}- ${draw(pairs, `${indent}  `).trimStart()}`),
  ),
}));

type Draw = (indent: string) => string;

function draw(parts: readonly unknown[], indent: string): string {
  return parts.map((part) => (part as Draw)(indent)).join('');
}

/** What stands between them, as templates and comments do. */
const BETWEEN = [
  ...Array<string>(60).fill(''),
  '# {{ if .a }}\n',
  '{{ if .a }}\n',
  '{{- end }}\n',
  '# {{ end }}\n',
  '# {{/* c */}}\n',
];

const MANIFEST = fc
  .array(fc.tuple(NESTED.pair, fc.constantFrom(...BETWEEN)), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.map(([pair, between]) => draw([pair], '') + between).join(''));

/** A text after a few small changes. */
function changed(text: string, edits: readonly (readonly [number, number, string])[]): string {
  return edits.reduce((current, [at, removed, inserted]) => {
    const start = Math.floor(at * current.length);
    return current.slice(0, start) + inserted + current.slice(start + removed);
  }, text);
}

const EDITS = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 1, noNaN: true }),
    fc.nat({ max: 3 }),
    fc.oneof(
      fc.constantFrom('', ' ', '  ', '\n', '\r\n', ':', '- ', '#', ' #', "'", '"'),
      LINE,
      fc.string({ maxLength: 2 }),
    ),
  ),
  { maxLength: 3 },
);

describe('the reader of simple YAML', () => {
  const documents = sampleManifests().flatMap(({ text }) => splitDocuments(text).map((slice) => slice.text));

  it('reads what manifests are written in', () => {
    const text = readFileSync('samples/ack-corrected.yaml', 'utf8');
    assert(splitDocuments(text).every((slice) => agrees(slice.text)));
    assert(agrees('a: |\n  x\n\n    y\nb:\n- c: 1\n  d: {e: [f, "g"], h: {}}\n-  "i" # j\nk:\n\n# l\n  m: --n=o:p\n'));
  });

  it('reads templates that stand for a part of a line', () => {
    assert(
      agrees('a: {{ .x }}\nb-{{ .y }}: "{{ .z }}" # {{ .c }}\n# {{ .d }}\nc: |\n  {{ .e }} f\nd: [g, {{ .h }}]\n'),
    );
  });

  it('reads more blank lines and items than fit into one call', () => {
    assert(agrees(`a: |\n  x\n${'\n'.repeat(200_000)}  y\n`));
    assert(agrees(`a: "{{ if .b }}c{{ end }}"\nd:\n${'  - e\n'.repeat(150_000)}`));
  });

  it('leaves to the library what it does not know', () => {
    for (const text of [
      '',
      '# c\n',
      'a',
      'a: *b',
      'a: b: c',
      'a: 1\n b: 2\n',
      'a:\tb',
      'a: "b\n',
      '- a\n-\n',
      '{a: 1}',
    ]) {
      assert.equal(parseSimple(text), undefined, JSON.stringify(text));
    }
  });

  it('agrees with the library on the samples', () => {
    assert(documents.filter(agrees).length > 0);
  });

  const lines = fc.property(LINES, EDITS, (text, edits) => {
    agrees(changed(text, edits));
  });
  const manifests = fc.property(MANIFEST, EDITS, (text, edits) => {
    agrees(changed(text, edits));
  });
  const samples = fc.property(fc.constantFrom(...documents), EDITS, (text, edits) => {
    agrees(changed(text, edits));
  });

  for (const [name, property] of Object.entries({ lines, manifests, samples })) {
    it(`agrees with the library on random ${name}`, () => fc.assert(property, { numRuns: 300 }));
    it(`agrees with the library on random ${name} @slow`, () => fc.assert(property, { numRuns: 100_000 })).timeout(0);
  }

  it('answers for most of the random manifests, so that the comparison means something', () => {
    const texts = fc.sample(MANIFEST, { numRuns: 400, seed: 1 });
    assert(texts.filter(agrees).length > 50);
  });
});
