import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isKnownField } from '../../../server/src/kubernetes/knownFields.ts';
import { applyEdits, type TextEdit } from '../../../server/src/text/edit.ts';
import { cleanPastedText } from '../../../server/src/yaml/clean.ts';
import { nodesOf, read, readAll, sampleManifests } from '../../support/yaml.ts';

const NBSP = '\u00a0';
const IDEOGRAPHIC = '\u3000';
const ZERO = '\u200b';

function clean(raw: string): string | undefined {
  const cleaning = cleanPastedText(raw, isKnownField);
  if (cleaning !== undefined) {
    assert.equal(cleanPastedText(cleaning.text, isKnownField), undefined, 'what was cleaned is clean');
  }
  return cleaning?.text;
}

describe('cleaning pasted text', () => {
  const dirty: readonly (readonly [string, string, string])[] = [
    ['no-break spaces as indentation', `spec:\n${NBSP}${NBSP}type: x\n`, 'spec:\n  type: x\n'],
    ['a mixture of spaces as indentation', `a:\n ${NBSP}b:\n ${NBSP} \u2003c: d\n`, 'a:\n  b:\n    c: d\n'],
    ['ideographic spaces as indentation', `a:\n${IDEOGRAPHIC}b: c\n`, 'a:\n b: c\n'],
    ['zero-width characters as indentation', `${ZERO}a:\n  ${ZERO}b: c\n`, 'a:\n  b: c\n'],
    ['tabs as indentation', 'a:\n\tb:\n\t\tc: d\n  \te: f\n', 'a:\n  b:\n    c: d\n    e: f\n'],
    ['space behind a dash', `-${NBSP}a: 1\n- ${ZERO}b\n`, '- a: 1\n- b\n'],
    ['a tab between a dash and a key', 'a:\n\t-\tname: x\n\t\tport: 80\n', 'a:\n  - name: x\n    port: 80\n'],
    ['a tab between two dashes', '-\t- a\n', '- - a\n'],
    ['space around the colon', `type${NBSP}:${NBSP}x\n`, 'type : x\n'],
    ['space behind the colon of a known key in an item', `- name:${NBSP}x\n`, '- name: x\n'],
    ['space behind a known value', `type: x${NBSP}\nkind: y ${ZERO}\n`, 'type: x\nkind: y\n'],
    ['space between a known value and its comment', `type: x${NBSP}# c\n`, 'type: x # c\n'],
    ['space behind a value in quotes', `a: "x"${NBSP}# c\nb: 'y'${NBSP}\n`, 'a: "x" # c\nb: \'y\'\n'],
    ['space behind a flow collection', `a: [x]${NBSP}# c\nb: {}${ZERO}\n`, 'a: [x] # c\nb: {}\n'],
    [
      'space behind the header of a block scalar',
      `a: |${NBSP}# c\n  x\nb: >-${NBSP}\n  y\n`,
      'a: | # c\n  x\nb: >-\n  y\n',
    ],
    ['space behind a document marker', `---${NBSP}\na: 1\n`, '---\na: 1\n'],
    ['a byte order mark behind a document marker', '---\n\ufeffa: 1\n', '---\na: 1\n'],
    ['space before a comment line', `${NBSP}# c\na: 1\n`, ' # c\na: 1\n'],
    ['space on a blank line', `a: 1\n${NBSP}\nb: 2\r\n${ZERO} \r\n`, 'a: 1\n\nb: 2\r\n\r\n'],
    [
      'zero-width characters in a key and a known value',
      `session${ZERO}Affinity: Client\ufeffIP\n`,
      'sessionAffinity: ClientIP\n',
    ],
    ['typographic quotes around a key', '“kind”: “Service”\n‘type’: ‘x’\n', '"kind": "Service"\n\'type\': \'x\'\n'],
    ['typographic quotes around a known value', 'name: “web” # c\n', 'name: "web" # c\n'],
    ['a full-width colon behind a key', 'kind：Service\nspec：\n  "type"：x\n', 'kind: Service\nspec:\n  "type": x\n'],
    ['a full-width dash', 'ports:\n－ name: x\n', 'ports:\n- name: x\n'],
    ['full-width punctuation in braces', 'selector: {app：web，tier： a}\n', 'selector: {app: web, tier: a}\n'],
    ['full-width commas between quoted items', 'command: [“sh”，“-c”]\n', 'command: ["sh", "-c"]\n'],
    ['full-width commas between numbers', 'x: [80，443]\n', 'x: [80, 443]\n'],
    ['typographic quotes in JSON', '{“a”：“b c”，\n“d”: [“e”]}\n', '{"a": "b c",\n"d": ["e"]}\n'],
    ['typographic quotes behind a marker', '--- {“a”: 1}\n', '--- {"a": 1}\n'],
    ['space in JSON', `{\n${NBSP}"a":${NBSP}1${NBSP},${ZERO}\n${NBSP}"b": 2\n}\n`, '{\n "a": 1 ,\n "b": 2\n}\n'],
    [
      'only the indentation of a block scalar',
      `a:\n${NBSP}${NBSP}b: |\n${NBSP} ${NBSP} x${NBSP}y\n${NBSP}\n${NBSP}${NBSP}${NBSP}${NBSP}${NBSP}“z”\n`,
      `a:\n  b: |\n    x${NBSP}y\n\n    ${NBSP}“z”\n`,
    ],
    ['a tab-indented block scalar', 'a:\n\tb: |\n\t\tall:\n\t\t\techo\n', 'a:\n  b: |\n    all:\n    \techo\n'],
    [
      'a known key that was indented below a known value',
      `spec:\n  type: x\n   ${NBSP}name: y\n`,
      'spec:\n  type: x\n    name: y\n',
    ],
  ];
  for (const [title, raw, expected] of dirty) {
    it(`mends ${title}`, () => assert.equal(clean(raw), expected));
  }

  const untouched: readonly (readonly [string, string])[] = [
    ['text without any of it', 'a: 1\n'],
    ['comments', `# ${NBSP}注释：“x”，y\na: 1 # ${NBSP}x${ZERO}\nspec: # a${NBSP}# b\n`],
    ['French in an annotation', `annotations:\n  note: Voilà${NBSP}: «${NBSP}ok${NBSP}»${NBSP}!\n`],
    ['French in a description', `description: Le prix${NBSP}: 3${NBSP}€\n  par mois${NBSP}; ${NBSP}c’est tout\n`],
    ['an annotation with quotes', 'annotations:\n  example.com/note: “quoted” and ‘more’\n'],
    ['a Chinese item', '- 注意：x\n- name，x\n'],
    ['Chinese in brackets', `args: [你好，世界]\nb: [你好，${IDEOGRAPHIC}世界]\nc: {d: “你好”, e: x，y}\n`],
    ['a Chinese text on its own line', `description:\n  Note：see ${NBSP}x\n  Warning：y\n`],
    ['values of unknown keys', `data:\n  t: text${NBSP}\n  u: “x”\n  v: a${ZERO}b\n`],
    ['items that only look like keys', `a:\n  - foo：bar\n  - Note:${NBSP}x\n  - “x” is y\n`],
    ['quoted text', `a: "“x”${NBSP}y${ZERO}"\nb: '${NBSP}：'\n"c${NBSP}${ZERO}d": 1\n`],
    ['quoted text over lines', `a: "x\\"\n  ${NBSP}kind：y"\nb: 'it''s\n${NBSP}type: “x”'\nc: 1\n`],
    ['HTML in a block scalar', `html: |\n  <p>${NBSP}“x”</p>\n  ${NBSP}y：z\n\n  <b>\u200d</b>\n`],
    ['a block scalar that begins with no-break spaces', `html: |\n  ${NBSP}${NBSP}x\n  y\n`],
    ['a Makefile in a ConfigMap', 'data:\n  Makefile: |\n    all:\n    \techo\n\t\n    \t# c\n'],
    ['a block scalar whose first line begins with a tab', 'data:\n  x: |-\n    \tx\n    y\n'],
    ['a block scalar with an explicit indentation', 'data:\n  x: |2\n    \tx\n  y: >1-\n   \tz\n'],
    ['a Windows script', 'data:\r\n  x.cmd: |\r\n    @echo\toff\r\n    \tdir\r\n  y: 1\r\n'],
    ['JSON with tabs', '{\n\t"a": [\n\t\t1,\t2\n\t],\n\t"b":\t"x"\n}\n'],
    ['tabs in a flow collection', 'a: {\n\tb: c,\t# d\n\t# e\n\td: [\t]\n  }\n'],
    ['a tab behind a colon', 'a:\tb\nc:\t# d\n  e:\t|\n    f\n'],
    ['trailing tabs', 'a: b\t\nc:\t\n  d: e \t # f\n\t\n'],
    ['tabs before comments', 'a: b\t# c\n\t# d\n  \t# e\nf: g\n'],
    ['a tab behind a dash before a text', '-\ta\n'],
    ['a tab in a plain text over lines', 'description: a\n  \tb\n  c\n'],
    ['a plain text over lines that has colons and quotes', `description: a\n  ${NBSP}type：b\n  “c”\nspec: 1\n`],
    [
      'emoji and Persian',
      'x: 👩\u200d💻\nname: 👩\u200d💻 dev\nnamespace: می\u200cخواهم\nk: [👨\u200d👩\u200d👧, x]\n',
    ],
    ['marks of direction behind a Hebrew word', 'k: [שלום\u200f, x]\n'],
    ['a byte order mark at the start', '\ufeffa: 1\n'],
    ['an address', 'a: http://x?y=“z”\nb: [http://x:80/，y]\n'],
    ['Helm with tabs between actions', '{{- if .x }}\t{{- end }}\na: b\n'],
  ];
  for (const [title, raw] of untouched) {
    it(`leaves alone ${title}`, () => assert.equal(clean(raw), undefined));
  }

  it('says of each replacement where it was and what', () => {
    const cleaning = cleanPastedText(`kind：“x”${NBSP}# c\n\ta${ZERO}:${IDEOGRAPHIC}b\n`, isKnownField);
    assert.deepEqual(
      cleaning?.replacements.map(({ span, newText, kind }) => [span.start, span.end, newText, kind]),
      [
        [4, 5, ': ', 'full-width punctuation'],
        [5, 6, '"', 'typographic quote'],
        [7, 8, '"', 'typographic quote'],
        [8, 9, ' ', 'no-break space'],
        [13, 14, '  ', 'tab'],
        [15, 16, '', 'zero-width character'],
        [17, 18, ' ', 'Unicode space'],
      ],
    );
  });

  it('ends on long runs of anything', () => {
    for (const unit of [NBSP, ZERO, '\t', ' ', '“', '：', '，', '#', '"', '[', '-\t', `${ZERO}a`]) {
      for (const before of ['', 'name: x', 'a: [', '- ']) {
        clean(`${before}${unit.repeat(5_000)}${NBSP}x`);
      }
    }
  });
});

/** Where pasted characters may replace or join the ones of a clean manifest, and which. */
interface Spot {
  readonly start: number;
  readonly end: number;
  readonly choices: readonly string[];
}

const SPACES = [NBSP, '\u2003', '\u202f', IDEOGRAPHIC];
const ZERO_WIDTH = [ZERO, '\u2060', '\ufeff', '\u00ad', '\u200d'];

function spotsOf(text: string): Spot[] {
  const spots: Spot[] = [];
  const replace = (start: number, end: number, choices: readonly string[]): void =>
    void spots.push({ start, end, choices });
  let start = 0;
  for (const line of text.split('\n')) {
    const parts = /^( *)((?:- )*)([A-Za-z0-9./-]+)?(:( ?))?/.exec(line);
    const [, indent = '', dashes = '', key = '', colon = '', space = ''] = parts ?? [];
    if (line.trim() !== '' && !line.startsWith('#') && !line.startsWith('---')) {
      for (let at = 0; at < indent.length; at++) {
        replace(start + at, start + at + 1, SPACES);
        replace(start + at, start + at, ZERO_WIDTH);
      }
      let at = start + indent.length;
      for (let dash = 0; dash < dashes.length; dash += 2) {
        replace(at + 1, at + 2, SPACES);
        at += 2;
      }
      if (colon !== '') {
        replace(at + 1, at + 1, ZERO_WIDTH);
        at += key.length;
        replace(at, at, ZERO_WIDTH);
        if (isKnownField(key) && space !== '') {
          replace(at + 1, at + 2, SPACES);
          replace(start + line.length, start + line.length, line.includes(' #') ? [''] : [...SPACES, ...ZERO_WIDTH]);
        }
      }
    }
    start += line.length + 1;
  }
  return spots;
}

function cleanFile(text: string): string {
  return readAll(text)
    .map((document) => document.text)
    .join('');
}

const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: '1800' # seconds
spec:
  selector:
    app: web
  ports:
  - port: 80
    name: http
  - port: 81
    name: "https"
  sessionAffinity: ClientIP
  sessionAffinityConfig: {clientIP: {timeoutSeconds: 600}}
`;

describe('a manifest with pasted characters', () => {
  const clean = [MANIFEST, ...sampleManifests().map(({ text }) => cleanFile(text))].map((text) => ({
    text,
    spots: spotsOf(text),
  }));

  const pasted = fc.constantFrom(...clean).chain(({ text, spots }) =>
    fc
      .array(fc.record({ spot: fc.nat(spots.length - 1), choice: fc.nat(8) }), { minLength: 1, maxLength: 40 })
      .map((picks) => {
        const byStart = new Map<string, TextEdit>();
        for (const { spot, choice } of picks) {
          const place = spots[spot];
          if (place !== undefined) {
            const newText = place.choices[choice % place.choices.length] ?? '';
            byStart.set(`${place.start}-${place.end}`, { span: place, newText });
          }
        }
        return { text, raw: applyEdits(text, [...byStart.values()]) };
      }),
  );

  it('is read as the one that was meant, and every token leads back to where it stands', () => {
    fc.assert(
      fc.property(pasted, ({ text, raw }) => {
        const documents = readAll(raw);
        assert.equal(documents.map((document) => document.text).join(''), text);
        for (const document of documents) {
          for (const node of nodesOf(document.root)) {
            if (node.kind === 'scalar') {
              // What cleaning deletes beside a token counts as part of it.
              const { start, end } = document.toRaw(node.span);
              const written = document.raw.slice(start, end).replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '');
              assert.equal(written.trim(), document.text.slice(node.span.start, node.span.end));
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is edited as the clean one would be', () => {
    const dirty = fc
      .array(fc.constantFrom(`${NBSP}`, ZERO, '\t', 'a: b', 'kind：x', '“', '\n', ' ', '- ', 'type:', '{a：1，b}'), {
        maxLength: 15,
      })
      .map((pieces) => pieces.join(''));
    const cuts = fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.oneof(
          dirty,
          pasted.map(({ raw }) => raw),
        ),
        cuts,
        (raw, fractions) => {
          const document = read(raw);
          const offsets = fractions.map((part) => Math.floor(part * document.text.length)).sort((a, b) => a - b);
          const edits: TextEdit[] = [];
          for (let at = 0; at + 1 < offsets.length; at += 2) {
            edits.push({ span: { start: offsets[at] ?? 0, end: offsets[at + 1] ?? 0 }, newText: `<${at}>` });
          }
          assert.equal(applyEdits(document.raw, document.editsOfRaw(edits)), applyEdits(document.text, edits));
          assert.equal(applyEdits(document.raw, document.editsOfRaw([])), document.text);
        },
      ),
    );
  });

  it('covers what cleaning deletes at the edge of a token', () => {
    const document = read(`session${ZERO}Affinity: x\n`);
    assert.deepEqual(document.toRaw({ start: 0, end: 15 }), { start: 0, end: 16 });
  });
});

describe('a manifest without pasted characters', () => {
  // Some of the printed page's manifests carry the no-break spaces of their source.
  for (const { name, text } of sampleManifests().filter((sample) => !sample.text.includes(NBSP))) {
    it(`${name} is clean, also with Windows line ends`, () => {
      assert.equal(clean(text), undefined);
      assert.equal(clean(text.replaceAll('\n', '\r\n')), undefined);
    });
  }
  it('leads spans and edits through unchanged', () => {
    const document = read('a: 1\n');
    assert.deepEqual(document.toRaw({ start: 1, end: 3 }), { start: 1, end: 3 });
    assert.deepEqual(document.replacements, []);
  });
});
