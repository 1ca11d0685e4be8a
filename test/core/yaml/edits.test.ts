import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../../server/src/text/edit.ts';
import type { YamlDocument } from '../../../server/src/yaml/document.ts';
import {
  comments,
  insertPairs,
  type NewPair,
  removePairs,
  renameKey,
  replaceScalar,
  setScalar,
} from '../../../server/src/yaml/edits.ts';
import { findPair, type YamlMapping, type YamlNode, type YamlPair } from '../../../server/src/yaml/nodes.ts';
import { drawTree, mappingAtPath, read } from '../../support/yaml.ts';

type Path = readonly (string | number)[];
type Change = (document: YamlDocument, mapping: YamlMapping) => TextEdit[];

/** The text after a change of the mapping at a path. */
function changed(text: string, path: Path, change: Change): string {
  const document = read(text);
  return applyEdits(text, change(document, mappingAtPath(document.root, ...path)));
}

function pairOf(mapping: YamlMapping, key: string): YamlPair {
  const found = findPair(mapping, key);
  assert(found !== undefined, `there is a key ${key}`);
  return found.pair;
}

const AFFINITY: NewPair = { key: 'sessionAffinity', value: { kind: 'word', text: 'ClientIP' } };
const CONFIG: NewPair = {
  key: 'config',
  value: {
    kind: 'mapping',
    pairs: [
      {
        key: 'clientIP',
        value: { kind: 'mapping', pairs: [{ key: 'timeout', value: { kind: 'number', text: '60' } }] },
      },
      { key: 'x', value: { kind: 'string', text: '1' } },
    ],
  },
};

describe('inserting pairs', () => {
  const insert = (text: string, path: Path, pairs: readonly NewPair[], after?: string): string =>
    changed(text, path, (document, mapping) =>
      after === undefined
        ? insertPairs(document, mapping, pairs)
        : insertPairs(document, mapping, pairs, pairOf(mapping, after)),
    );
  const affinity: readonly (readonly [string, string, Path, string | undefined, string])[] = [
    ['at the end', 'a:\n  b: 1\nc: 2\n', ['a'], undefined, 'a:\n  b: 1\n  sessionAffinity: ClientIP\nc: 2\n'],
    ['behind a pair', 'a: 1\nb: 2\n', [], 'a', 'a: 1\nsessionAffinity: ClientIP\nb: 2\n'],
    ['without a line end at the end', 'a:\n  b: 1', ['a'], undefined, 'a:\n  b: 1\n  sessionAffinity: ClientIP'],
    ['with Windows line ends', 'a:\r\n  b: 1\r\n', ['a'], undefined, 'a:\r\n  b: 1\r\n  sessionAffinity: ClientIP\r\n'],
    ['behind a comment', 'a: 1 # c\nb: 2\n', [], 'a', 'a: 1 # c\nsessionAffinity: ClientIP\nb: 2\n'],
    ['behind a value that is left out', 'a: # c\nb: 2\n', [], 'a', 'a: # c\nsessionAffinity: ClientIP\nb: 2\n'],
    ['behind a block scalar', 'a: |\n  x\n\nb: 2\n', [], 'a', 'a: |\n  x\nsessionAffinity: ClientIP\n\nb: 2\n'],
    [
      'behind blank lines that are kept',
      'a: |+\n  x\n\nb: 2\n',
      [],
      'a',
      'a: |+\n  x\n\nsessionAffinity: ClientIP\nb: 2\n',
    ],
    [
      'behind the comments that end a value',
      'a:\n  b: 1\n  # c\n\n  # d\n# e\nf: 2\n',
      [],
      'a',
      'a:\n  b: 1\n  # c\n\n  # d\nsessionAffinity: ClientIP\n# e\nf: 2\n',
    ],
    ['behind a dash', '- a: 1\n  b: 2\n- c\n', [0], 'a', '- a: 1\n  sessionAffinity: ClientIP\n  b: 2\n- c\n'],
    ['behind wide dashes', '-   a: 1\n', [0], undefined, '-   a: 1\n    sessionAffinity: ClientIP\n'],
    ['behind items', 'a:\n- b\n- c\nd: 1\n', [], 'a', 'a:\n- b\n- c\nsessionAffinity: ClientIP\nd: 1\n'],
    ['behind an anchor', '&x a: &y\n  b: 1\n', [], undefined, '&x a: &y\n  b: 1\nsessionAffinity: ClientIP\n'],
    ['with the quotes of all keys', '"a": "b"\n', [], undefined, '"a": "b"\n"sessionAffinity": "ClientIP"\n'],
    [
      'with the quotes of all words',
      "a: 'b'\nc: 'd'\n",
      [],
      undefined,
      "a: 'b'\nc: 'd'\nsessionAffinity: 'ClientIP'\n",
    ],
    ['without the quotes of some', 'a: "b"\nc: d\n', [], undefined, 'a: "b"\nc: d\nsessionAffinity: ClientIP\n'],
    ['in braces', 'a: {b: 1}\n', ['a'], undefined, 'a: {b: 1, sessionAffinity: ClientIP}\n'],
    ['in braces, behind a pair', '{a: 1, b: 2}', [], 'a', '{a: 1, sessionAffinity: ClientIP, b: 2}'],
    ['in braces with spaces', '{ a: 1 }', [], undefined, '{ a: 1, sessionAffinity: ClientIP }'],
    ['in empty braces', 'a: {}\n', ['a'], undefined, 'a: {sessionAffinity: ClientIP}\n'],
    ['behind a trailing comma', '{a: 1,}', [], undefined, '{a: 1, sessionAffinity: ClientIP,}'],
    ['in compact JSON', '{"a":1,"b":{}}', [], undefined, '{"a":1,"b":{},"sessionAffinity":"ClientIP"}'],
    [
      'in empty braces of compact JSON',
      '{"a":1,"b":{}}',
      ['b'],
      undefined,
      '{"a":1,"b":{"sessionAffinity":"ClientIP"}}',
    ],
    ['in JSON in one line', '{"a": 1}', [], undefined, '{"a": 1, "sessionAffinity": "ClientIP"}'],
    ['in JSON', '{\n  "a": 1\n}\n', [], undefined, '{\n  "a": 1,\n  "sessionAffinity": "ClientIP"\n}\n'],
    [
      'in JSON, behind a pair',
      '{\n  "a": 1,\n  "b": 2\n}',
      [],
      'a',
      '{\n  "a": 1,\n  "sessionAffinity": "ClientIP",\n  "b": 2\n}',
    ],
    [
      'in braces over lines',
      '{\n  a: 1, # b\n  c: 2 # d\n}',
      [],
      undefined,
      '{\n  a: 1, # b\n  c: 2, # d\n  sessionAffinity: ClientIP\n}',
    ],
    [
      'in braces over lines, behind a pair',
      '{\n  a: 1, # b\n  c: 2\n}',
      [],
      'a',
      '{\n  a: 1, # b\n  sessionAffinity: ClientIP,\n  c: 2\n}',
    ],
    [
      'in braces over lines with a trailing comma',
      '{\n  a: 1, # b\n}',
      [],
      undefined,
      '{\n  a: 1, # b\n  sessionAffinity: ClientIP,\n}',
    ],
  ];
  for (const [title, text, path, after, expected] of affinity) {
    it(title, () => assert.equal(insert(text, path, [AFFINITY], after), expected));
  }

  it('nests by the steps of the document', () => {
    assert.equal(
      insert('a:\n    b: 1\n', ['a'], [CONFIG]),
      'a:\n    b: 1\n    config:\n        clientIP:\n            timeout: 60\n        x: "1"\n',
    );
    assert.equal(insert('a: 1\n', [], [CONFIG]), 'a: 1\nconfig:\n  clientIP:\n    timeout: 60\n  x: "1"\n');
    assert.equal(insert('{a: 1}\n', [], [CONFIG]), '{a: 1, config: {clientIP: {timeout: 60}, x: "1"}}\n');
    assert.equal(insert('{"a":1}\n', [], [CONFIG]), '{"a":1,"config":{"clientIP":{"timeout":60},"x":"1"}}\n');
    assert.equal(
      insert('{\n\t"a": 1\n}\n', [], [CONFIG]),
      '{\n\t"a": 1,\n\t"config": {\n\t\t"clientIP": {\n\t\t\t"timeout": 60\n\t\t},\n\t\t"x": "1"\n\t}\n}\n',
    );
  });
  it('brings their comments along', () => {
    const text = 'a:\n  # one\n  # two\n  b: 1 # three\nc: 2\n';
    const moved = changed(text, [], (document, root) => {
      const holder = mappingAtPath(root, 'a');
      const pair = pairOf(holder, 'b');
      const copy: NewPair = { key: 'b', value: { kind: 'source', text: '1' }, ...comments(text, pair) };
      return [
        ...insertPairs(document, root, [copy]),
        ...removePairs(document, holder, [pair], { mapping: root, pair: pairOf(root, 'a') }),
      ];
    });
    assert.equal(moved, 'c: 2\n# one\n# two\nb: 1 # three\n');
  });
  it('takes source text over letter by letter, and quotes it where it would mean something else', () => {
    const source = (text: string, value: string): string =>
      insert(text, [], [{ key: 'k', value: { kind: 'source', text: value } }]);
    assert.equal(source('a: 1\n', "'x, y'"), "a: 1\nk: 'x, y'\n");
    assert.equal(source('a: 1\n', 'x, y'), 'a: 1\nk: x, y\n');
    assert.equal(source('{a: 1}', 'x, y'), '{a: 1, k: "x, y"}');
    assert.equal(source('{"a": 1}', "'it''s'"), '{"a": 1, "k": "it\'s"}');
    assert.equal(source('{"a": 1}', '600'), '{"a": 1, "k": 600}');
    assert.equal(source('{"a": 1}', 'true'), '{"a": 1, "k": true}');
    assert.equal(source('{"a": 1}', '010'), '{"a": 1, "k": "010"}');
  });
  it('of nothing changes nothing', () => assert.equal(insert('a: 1\n', [], []), 'a: 1\n'));
});

describe('removing pairs', () => {
  const remove = (text: string, path: Path, ...keys: readonly string[]): string =>
    changed(text, path, (document, mapping) =>
      removePairs(
        document,
        mapping,
        keys.map((key) => pairOf(mapping, key)),
      ),
    );
  const cases: readonly (readonly [string, string, Path, readonly string[], string])[] = [
    ['the first', 'a: 1\nb: 2\n', [], ['a'], 'b: 2\n'],
    ['the last', 'a:\n  b: 1\n  c: 2\nd: 3\n', ['a'], ['c'], 'a:\n  b: 1\nd: 3\n'],
    ['the last without a line end', 'a: 1\nb: 2', [], ['b'], 'a: 1'],
    ['the last without a line end, of Windows', 'a: 1\r\nb: 2', [], ['b'], 'a: 1'],
    ['several', 'a: 1\nb: 2\nc: 3\nd: 4\n', [], ['a', 'b', 'd'], 'c: 3\n'],
    ['with its comments', '# x\n\n# a\na: 1 # a\n# b\nb: 2\n', [], ['a'], '# x\n\n# b\nb: 2\n'],
    ['but not with another’s comments', 'a: 1 # a\n# b\nb: 2 # b\n# c\n', [], ['b'], 'a: 1 # a\n# c\n'],
    ['with the comments that end its value', 'a:\n  b: 1\n  # b\nc: 2\n', [], ['a'], 'c: 2\n'],
    ['between blank lines', 'a: 1\n\nb: 2\n\nc: 3\n', [], ['b'], 'a: 1\n\nc: 3\n'],
    ['before a blank line', 'x:\n  a: 1\n\n  b: 2\n', ['x'], ['a'], 'x:\n  b: 2\n'],
    ['behind a blank line', 'x:\n  a: 1\n\n  b: 2\ny: 3\n', ['x'], ['b'], 'x:\n  a: 1\ny: 3\n'],
    ['behind a blank line at the end', 'a: 1\n\nb: 2\n', [], ['b'], 'a: 1\n'],
    ['behind a blank line without a line end', 'a: 1\n\nb: 2', [], ['b'], 'a: 1'],
    ['behind a dash', '- a: 1\n  b: 2\n- c\n', [0], ['a'], '- b: 2\n- c\n'],
    ['behind a dash, before a comment', '- a: 1 # a\n  # b\n  # c\n  b: 2\n', [0], ['a'], '- # b\n  # c\n  b: 2\n'],
    ['in an item', '- a: 1\n  b: 2\n- c\n', [0], ['b'], '- a: 1\n- c\n'],
    ['with a block scalar', 'a: |\n  x\n\n  y\n\nb: 1\nc: 2\n', [], ['a'], 'b: 1\nc: 2\n'],
    ['with items', 'a:\n- x\n- y\nb: 1\n', [], ['a'], 'b: 1\n'],
    ['with its anchor', 'a: 1\n&x b: &y\n  c: 1\nd: 2\n', [], ['b'], 'a: 1\nd: 2\n'],
    ['all, which leaves braces', 'a:\n  b: 1\n  c: 2\nd: 3\n', ['a'], ['b', 'c'], 'a:\n  {}\nd: 3\n'],
    ['with Windows line ends', 'a: 1\r\n\r\n# b\r\nb: 2\r\n\r\nc: 3\r\n', [], ['b'], 'a: 1\r\n\r\nc: 3\r\n'],
    ['the first in braces', '{a: 1, b: 2}', [], ['a'], '{b: 2}'],
    ['the last in braces', '{ a: 1, b: 2 }', [], ['b'], '{ a: 1 }'],
    ['before a trailing comma', '{a: 1, b: 2,}', [], ['b'], '{a: 1,}'],
    ['several in braces', '{a: 1, b: 2, c: 3, d: 4}', [], ['a', 'c', 'd'], '{b: 2}'],
    ['all in braces', 'a: {b: 1, c: 2}\n', ['a'], ['b', 'c'], 'a: {}\n'],
    ['the first of JSON', '{\n  "a": 1,\n  "b": 2\n}\n', [], ['a'], '{\n  "b": 2\n}\n'],
    ['the last of JSON', '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}\n', [], ['b'], '{\n\t"a": 1\n}\n'],
    ['of compact JSON', '{"a":1,"b":2,"c":3}', [], ['b'], '{"a":1,"c":3}'],
    ['in braces over lines', '{\n  a: 1, # a\n  # b\n  b: 2 # b\n}', [], ['b'], '{\n  a: 1 # a\n}'],
    ['before another’s comment in braces', '{\n  a: 1, # a\n  # b\n  b: 2\n}', [], ['a'], '{\n  # b\n  b: 2\n}'],
    ['with a trailing comma over lines', '{\n  a: 1,\n  b: 2,\n}', [], ['b'], '{\n  a: 1,\n}'],
  ];
  for (const [title, text, path, keys, expected] of cases) {
    it(title, () => assert.equal(remove(text, path, ...keys), expected));
  }
  it('takes the pair that owned the last of them along', () => {
    const text = 'a: 1\n# b\nb: # c\n  c: 2\nd: 3\n';
    const without = changed(text, ['b'], (document, mapping) => {
      const root = mappingAtPath(document.root);
      return removePairs(document, mapping, [...mapping.pairs], { mapping: root, pair: pairOf(root, 'b') });
    });
    assert.equal(without, 'a: 1\nd: 3\n');
  });
});

describe('replacing a scalar', () => {
  const replace = (text: string, value: Parameters<typeof replaceScalar>[2]): string =>
    changed(text, [], (_, mapping) => {
      const node = pairOf(mapping, 'a').value;
      assert(node.kind === 'scalar');
      return [replaceScalar(mapping, node, value)];
    });
  const word = { kind: 'word', text: 'New' } as const;
  const cases: readonly (readonly [string, string, Parameters<typeof replaceScalar>[2], string])[] = [
    ['a plain one', 'a: b # c\n', word, 'a: New # c\n'],
    ['one in quotes', 'a: "b" # c\n', word, 'a: "New" # c\n'],
    ['one in single quotes', "a: 'b'\n", { kind: 'string', text: "it's" }, "a: 'it''s'\n"],
    ['a text by a number', 'a: "600"\n', { kind: 'number', text: '600' }, 'a: 600\n'],
    ['a number by a text', 'a: 600\n', { kind: 'string', text: '600' }, 'a: "600"\n'],
    ['one that is left out', 'a:\nb: 1\n', word, 'a: New\nb: 1\n'],
    ['one that is left out before a comment', 'a: # c\n', word, 'a: New # c\n'],
    ['one that is left out behind spaces', 'a :   \nb: 1\n', word, 'a : New   \nb: 1\n'],
    ['one that is left out behind an anchor', 'a: &x\nb: 1\n', word, 'a: &x New\nb: 1\n'],
    ['one that is left out in braces', '{a: , b: 1}', word, '{a: New , b: 1}'],
    ['a block scalar', 'a: |-\n  x\n\nb: 1\n', word, 'a: New\n\nb: 1\n'],
    ['one of JSON', '{"a": 1}', word, '{"a": "New"}'],
    ['one with an anchor and a tag', 'a: &x !!str b\n', word, 'a: &x !!str New\n'],
  ];
  for (const [title, text, value, expected] of cases) {
    it(title, () => assert.equal(replace(text, value), expected));
  }
});

describe('renaming a key', () => {
  for (const [text, expected] of [
    ['a: 1\n', 'new: 1\n'],
    ['"a" : 1\n', '"new" : 1\n'],
    ["{'a': 1}", "{'new': 1}"],
    ['&x a: 1\n', '&x new: 1\n'],
  ] as const) {
    it(JSON.stringify(text), () =>
      assert.equal(
        changed(text, [], (document, mapping) => [renameKey(document, pairOf(mapping, 'a'), 'new')]),
        expected,
      ),
    );
  }
});

describe('setting a scalar', () => {
  for (const [title, text, expected] of [
    ['over another', 'b: 1\na: x # c\n', 'b: 1\na: New # c\n'],
    ['over the last of several', 'a: x\na: y\n', 'a: x\na: New\n'],
    ['over one that is left out', 'a:\nb: 1\n', 'a: New\nb: 1\n'],
    ['over an alias', 'x: &x 1\na: *x # c\n', 'x: &x 1\na: New # c\n'],
    ['over braces', 'a: {b: c} # d\n', 'a: New # d\n'],
    ['over a mapping', 'a:\n  b: c\nd: 1\n', 'a: New\nd: 1\n'],
    ['as a new pair', 'b: 1\nc: 2\n', 'b: 1\na: New\nc: 2\n'],
  ] as const) {
    it(title, () =>
      assert.equal(
        changed(text, [], (document, mapping) =>
          setScalar(document, mapping, 'a', { kind: 'word', text: 'New' }, mapping.pairs[0]),
        ),
        expected,
      ),
    );
  }
});

/** A mapping in some style, with comments that name the key of which they speak. */
interface Style {
  readonly text: string;
  readonly path: Path;
  readonly keys: readonly string[];
}

const VALUES = ['1', '"x, y"', "'it''s'", 'word # with', '[1, 2]', '{x: y}', '', '&z 5'];
const BLOCK_VALUES = [
  ...VALUES,
  '|\n    x\n\n    y',
  '\n    x: 1\n    # about x\n    y: 2',
  '\n  - 1\n  - 2',
  '>+\n    x\n',
];

const blockStyle: fc.Arbitrary<Style> = fc
  .record({
    values: fc.array(
      fc.record({
        value: fc.constantFrom(...BLOCK_VALUES),
        above: fc.constantFrom('', '', '\n', '  # above KEY\n', '\n  # above KEY\n'),
        behind: fc.boolean(),
      }),
      { minLength: 2, maxLength: 5 },
    ),
    eol: fc.constantFrom('\n', '\r\n'),
    ends: fc.boolean(),
    inItem: fc.boolean(),
    below: fc.constantFrom('', 'next: 1\n', '\nnext: 1\n', '# last\n'),
  })
  .map(({ values, eol, ends, inItem, below }) => {
    const pairs = values.map(({ value, above, behind }, index) => {
      const comment = behind && !/[|>\n]/.test(value) ? ` # behind KEY` : '';
      const head = index === 0 && inItem ? '' : index === 0 && above.startsWith('\n') ? '' : above;
      const start = index === 0 && inItem ? '- ' : '  ';
      return `${head}${start}KEY: ${value}${comment}\n`.replaceAll(': \n', ':\n').replaceAll('KEY', `k${index}`);
    });
    const body = inItem ? `top:\n${pairs.join('')}${below}` : `top:\n${pairs.join('')}${below}`;
    const text = (ends ? body : body.replace(/\n+$/, '')).replaceAll('\n', eol);
    return { text, path: inItem ? ['top', 0] : ['top'], keys: values.map((_, index) => `k${index}`) };
  });

const flowStyle: fc.Arbitrary<Style> = fc
  .record({
    values: fc.array(fc.constantFrom('1', '"x, y"', '[1, 2]', '{"x": "y"}', '"z"'), { minLength: 2, maxLength: 5 }),
    between: fc.constantFrom('', ' ', '\n  ', '\n\t', '\r\n    '),
    trailing: fc.boolean(),
    commented: fc.boolean(),
  })
  .map(({ values, between, trailing, commented }) => {
    const overLines = between.includes('\n');
    const edge = overLines ? between.replace(/[ \t]+$/, '') : '';
    const pairs = values.map((value, index) => {
      const comma = index < values.length - 1 || trailing ? ',' : '';
      const comment = overLines && commented ? ` # behind k${index}` : '';
      return `${overLines || index > 0 ? between : ''}"k${index}": ${value}${comma}${comment}`;
    });
    return { text: `{${pairs.join('')}${edge}}`, path: [], keys: values.map((_, index) => `k${index}`) };
  });

function drawPairs(mapping: YamlMapping, except: readonly string[] = []): string[] {
  const name = (node: YamlNode): string => (node.kind === 'scalar' ? node.text : '');
  return mapping.pairs
    .filter(({ key }) => !except.includes(name(key)))
    .map((pair) => `${name(pair.key)}: ${drawTree(pair.value)}`);
}

function assertTidy(before: string, after: string): void {
  assert.doesNotMatch(after, /\n[ \t]+\r?\n/, 'no line has only blanks');
  if (!/\n\r?\n\r?\n/.test(before)) {
    assert.doesNotMatch(after, /\n\r?\n\r?\n/, 'no gap grew');
  }
  assert.equal(after.includes('\r\n'), before.includes('\r\n') && after.includes('\n'));
}

describe('edits of any mapping', () => {
  const style = fc.oneof(blockStyle, flowStyle);

  it('remove exactly the pairs they should, with their comments only', () => {
    fc.assert(
      fc.property(style, fc.nat(31), ({ text, path, keys }, mask) => {
        const gone = keys.filter((_, index) => (mask >> index) & 1);
        fc.pre(gone.length > 0 && gone.length < keys.length);
        const before = read(text);
        assert.deepEqual(before.problems, []);
        const after = changed(text, path, (document, mapping) =>
          removePairs(
            document,
            mapping,
            gone.map((key) => pairOf(mapping, key)),
          ),
        );
        const document = read(after);
        assert.deepEqual(document.problems, []);
        assert.deepEqual(
          drawPairs(mappingAtPath(document.root, ...path)),
          drawPairs(mappingAtPath(before.root, ...path), gone),
        );
        for (const key of keys) {
          const count = (where: string): number => where.split(new RegExp(`# (?:above|behind) ${key}\\b`)).length - 1;
          assert.equal(
            count(after),
            gone.includes(key) ? 0 : count(text),
            `comments of ${key} in ${JSON.stringify(after)}`,
          );
        }
        assertTidy(text, after);
      }),
      { numRuns: 100 },
    );
  });

  it('insert exactly the pairs they should, where they should', () => {
    fc.assert(
      fc.property(style, fc.nat(4), ({ text, path, keys }, place) => {
        const after = keys[place % keys.length] ?? '';
        const before = read(text);
        const expected = drawPairs(mappingAtPath(before.root, ...path)).flatMap((pair) =>
          pair.startsWith(`${after}:`)
            ? [pair, 'sessionAffinity: "ClientIP"', 'config: {"clientIP": {"timeout": "60"}, "x": "1"}']
            : [pair],
        );
        const result = changed(text, path, (document, mapping) =>
          insertPairs(document, mapping, [AFFINITY, CONFIG], pairOf(mapping, after)),
        );
        const document = read(result);
        assert.deepEqual(document.problems, []);
        assert.deepEqual(drawPairs(mappingAtPath(document.root, ...path)), expected);
        // In braces a comma may join a line; a comment still stays on the line of its key.
        const pieces = path.length > 0 ? text.split(/\r?\n/) : (text.match(/# behind \w+/g) ?? []);
        for (const piece of pieces) {
          assert(result.includes(piece), `${JSON.stringify(piece)} stays`);
        }
        for (const [, key = '', behind] of result.matchAll(/^\s*"?(\w+)"?:.*# behind (\w+)/gm)) {
          assert.equal(behind, key);
        }
        assertTidy(text, result);
      }),
      { numRuns: 100 },
    );
  });

  it('take back what they inserted', () => {
    fc.assert(
      fc.property(blockStyle, fc.nat(4), ({ text, path, keys }, place) => {
        const after = keys[place % keys.length] ?? '';
        const inserted = changed(text, path, (document, mapping) =>
          insertPairs(document, mapping, [AFFINITY], pairOf(mapping, after)),
        );
        const removed = changed(inserted, path, (document, mapping) =>
          removePairs(document, mapping, [pairOf(mapping, 'sessionAffinity')]),
        );
        // A block scalar that ended the file has a line end now, which is part of its text.
        const tidied = (where: string): string => where.replace(/(\r?\n)+/g, '\n').trimEnd();
        assert.equal(tidied(removed), tidied(text));
      }),
      { numRuns: 100 },
    );
  });
});
