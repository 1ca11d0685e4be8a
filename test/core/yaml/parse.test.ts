import assert from 'node:assert/strict';
import fc from 'fast-check';
import { resourcesOf } from '../../../server/src/kubernetes/resource.ts';
import { allPairs, findPair, keyText, resolveAlias } from '../../../server/src/yaml/nodes.ts';
import { drawTree, mappingAtPath, nodesOf, read, readAll, sampleManifests } from '../../support/yaml.ts';

/** Reads a file as far as a rule can see it; what it returns does not matter, only that it does. */
function readWholly(text: string): void {
  for (const document of readAll(text)) {
    for (const resource of resourcesOf(document.root)) {
      assert.equal(typeof resource.kind, 'string');
    }
    for (const { span } of nodesOf(document.root)) {
      const sound = 0 <= span.start && span.start <= span.end && span.end <= document.text.length;
      // The message is long, so it is made only when it is needed.
      if (!sound) {
        assert.fail(`a span from ${span.start} to ${span.end} in ${JSON.stringify(document.text)}`);
      }
    }
  }
}

describe('reading YAML', () => {
  const trees: readonly (readonly [string, string, string])[] = [
    ['nothing', '', 'nothing'],
    ['only comments', '# a\n', 'nothing'],
    ['a marker', '---', '""'],
    ['a scalar', 'a', '"a"'],
    ['duplicate keys', 'a: 1\na: 2\n', '{"a": "1", "a": "2"}'],
    ['scalars as text', 'a: on\nb: 010\nc: ~\nd: 1e3\n', '{"a": "on", "b": "010", "c": "~", "d": "1e3"}'],
    ['values that are left out', 'a:\nb: # c\nc:   \n\nd: [ , ]\n', '{"a": "", "b": "", "c": "", "d": []…}…'],
    ['complex keys', '? [a, b]\n: c\n? d\n', '{["a", "b"]: "c", "d": ""}'],
    ['JSON', '{"a": [1, {"b": null}], "c": {}}', '{"a": ["1", {"b": "null"}], "c": {}}'],
    ['anchors and aliases', 'a: &x {b: c}\nd: *x\ne: *y\n', '{"a": {"b": "c"}, "d": *, "e": *?}'],
    ['an alias inside of its anchor', 'a: &x {b: *x}\n', '{"a": {"b": *?}}'],
    ['an anchor that is set again', 'a: &x 1\nb: &x 2\nc: *x\n', '{"a": "1", "b": "2", "c": *}'],
    ['an unclosed quote', 'a: 1\nb: "c\n', '{"a": "1", "b": ~}…'],
    ['an unclosed bracket', 'a: [1, 2', '{"a": ["1", "2"]…}…'],
    ['a tab behind a colon', 'a:\tb\n', '{"a": "b"}'],
    ['block scalars', 'a: |\n  x\n  y\n\nb: >-\n  z\nc: |\n', '{"a": "x\\ny\\n", "b": "z", "c": ""}'],
    ['Windows line ends', 'a:\r\n  b: |\r\n    x\r\n  c: d\r\n', '{"a": {"b": "x\\n", "c": "d"}}'],
    ['a byte order mark', '\ufeffa: 1\n', '{"a": "1"}'],
    ['line separators as text', 'a: x\u2028# b\n', '{"a": "x\u2028# b"}'],
  ];
  for (const [title, text, expected] of trees) {
    it(`reads ${title}`, () => assert.equal(drawTree(read(text).root), expected));
  }

  it('keeps the tag of a scalar and of a value that is left out', () => {
    const { pairs } = mappingAtPath(read('a: !!str 1\nb: ! 2\nc: !!null\nd: 4\n').root);
    assert.deepEqual(
      pairs.map(({ value }) => value.kind === 'scalar' && value.tag),
      ['tag:yaml.org,2002:str', '!', 'tag:yaml.org,2002:null', undefined],
    );
  });

  it('says where the text is no YAML', () => {
    assert.deepEqual(read('a: 1\n').problems, []);
    const [problem] = read('a: b: c\n').problems;
    assert.equal(problem?.code, 'BLOCK_AS_IMPLICIT_KEY');
    assert.equal(problem.span.start, 3);
  });

  it('reads a document after one that is broken', () => {
    const [, second] = readAll('a: "\n---\nb: 1\n');
    assert.equal(drawTree(second?.root), '{"b": "1"}');
  });
});

describe('spans', () => {
  const written = (text: string): string[] =>
    [...nodesOf(read(text).root)]
      .filter((node) => node.kind === 'scalar' || node.kind === 'alias')
      .map(({ span }) => text.slice(span.start, span.end));

  it('hold each scalar as it is written', () => {
    assert.deepEqual(written('a: b # c\n"d" : \'e\'\n'), ['a', 'b', '"d"', "'e'"]);
    assert.deepEqual(written('a: &x !!str b\n&y c: *x\nd: ! "e"\n'), ['a', 'b', 'c', '*x', 'd', '"e"']);
    assert.deepEqual(written('{"a": [1, "b,"], c: d e, f: }\n'), ['"a"', '1', '"b,"', 'c', 'd e', 'f', '']);
    assert.deepEqual(written('- a\n-\n  - "b\\"c"\n- d\n  e\n'), ['a', '"b\\"c"', 'd\n  e']);
    assert.deepEqual(written('a: |- # c\n  x\n  y\n\n  \nb: |\r\n  z\r\n\r\n'), [
      'a',
      '|- # c\n  x\n  y',
      'b',
      '|\r\n  z',
    ]);
    assert.deepEqual(written('a: |+\n  x\n\n\nb: 1\n'), ['a', '|+\n  x\n\n', 'b', '1']);
  });
  it('of a value that is left out are empty and right behind the colon, or behind its anchor', () => {
    const places = (text: string): number[] =>
      mappingAtPath(read(text).root).pairs.map(({ value }) => {
        assert.equal(value.span.start, value.span.end);
        return value.span.start;
      });
    assert.deepEqual(places('a: # c\nb :   \nc:\n\n# d\n'), [2, 10, 16]);
    assert.deepEqual(places('{a: , "b":, c : , d}'), [3, 10, 15, 19]);
    assert.deepEqual(places('a: &x  # c\nb: !!null\n'), [5, 20]);
  });
  it('of a pair go from its key, anchor and tag included, to the end of its value', () => {
    const text = 'a: 1 # c\n&x b:\n  c: [d,\n    e]\n\n!!str f: &y\n';
    assert.deepEqual(
      mappingAtPath(read(text).root).pairs.map(({ span }) => text.slice(span.start, span.end)),
      ['a: 1', '&x b:\n  c: [d,\n    e]', '!!str f: &y'],
    );
  });
  it('of a collection end with its last value', () => {
    const text = 'a:\n  b: 1\n  # c\n\nd: [\n  1\n] # e\nf:\n- 1\n- 2\n\n';
    assert.deepEqual(
      mappingAtPath(read(text).root).pairs.map(({ value }) => text.slice(value.span.start, value.span.end)),
      ['b: 1', '[\n  1\n]', '- 1\n- 2'],
    );
  });
});

describe('looking up keys', () => {
  const found = (text: string, key: string): string | undefined => {
    const pair = findPair(mappingAtPath(read(text).root, 'm'), key);
    return pair === undefined ? undefined : `${pair.inherited ? 'inherited ' : ''}${drawTree(pair.pair.value)}`;
  };
  it('finds the last of several', () => assert.equal(found('m: {a: 1, a: 2, b: 3}', 'a'), '"2"'));
  it('finds what a merge brings, after what is written', () => {
    const text = 'x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nm:\n  <<: [*x, *y]\n  a: 3\n';
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => found(text, key)),
      ['"3"', 'inherited "1"', 'inherited "2"', undefined],
    );
  });
  it('finds what a merge of a merge brings', () => {
    assert.equal(found('x: &x {a: 1}\ny: &y {<<: *x}\nm: {<<: *y}\n', 'a'), 'inherited "1"');
  });
  it('takes a quoted << for a key', () => assert.equal(found('x: &x {a: 1}\nm: {"<<": *x}\n', 'a'), undefined));
  it('lists all pairs, what counts least first, without the merge keys', () => {
    const mapping = mappingAtPath(read('x: &x {a: 1, b: 1}\nm:\n  a: 2\n  <<: *x\n').root, 'm');
    assert.deepEqual(
      allPairs(mapping).map(({ pair, inherited }) => `${keyText(pair)} ${inherited}`),
      ['a true', 'b true', 'a false'],
    );
  });
  it('shares what an alias stands for', () => {
    const root = mappingAtPath(read('a: &x {b: c}\nd: *x\n').root);
    assert.equal(resolveAlias(root.pairs[1]?.value), root.pairs[0]?.value);
  });
});

describe('what nobody writes on purpose', () => {
  const bomb = (levels: number): string => {
    const lines = ['a0: &a0 {x: y}'];
    for (let level = 1; level <= levels; level++) {
      const targets = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
      lines.push(`a${level}: &a${level} [${targets}]`);
    }
    return `apiVersion: v1\nkind: List\nitems: *a${levels}\n${lines.join('\n')}\n`;
  };
  const listBomb = (levels: number): string => {
    const lines = ['x0: &a0 {apiVersion: v1, kind: Service, spec: {}}'];
    for (let level = 1; level <= levels; level++) {
      const targets = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
      lines.push(`x${level}: &a${level} {apiVersion: v1, kind: List, items: [${targets}]}`);
    }
    return `${lines.join('\n')}\napiVersion: v1\nkind: List\nitems: [*a${levels}]\n`;
  };
  const mergeBomb = (levels: number): string => {
    const lines = ['a0: &a0 {x: y}'];
    for (let level = 1; level <= levels; level++) {
      lines.push(`a${level}: &a${level} {<<: [*a${level - 1}, *a${level - 1}, *a${level - 1}]}`);
    }
    return `${lines.join('\n')}\napiVersion: v1\nkind: Service\nmetadata: {<<: *a${levels}}\nspec: *a${levels}\n`;
  };
  const nasty: readonly (readonly [string, string])[] = [
    ['an unclosed quote', 'a: "b\n  c: d\n'],
    ['20,000 open brackets', `a: ${'['.repeat(20_000)}`],
    ['20,000 nested brackets', `a: ${'['.repeat(20_000)}${']'.repeat(20_000)}\n`],
    ['20,000 nested braces', '{a: '.repeat(20_000)],
    ['5,000 nested items', `${'- '.repeat(5_000)}a\n`],
    ['1,000 nested mappings', Array.from({ length: 1_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
    ['a bomb of aliases', bomb(30)],
    ['a bomb of Lists', listBomb(30)],
    ['a bomb of merges', mergeBomb(60)],
    ['an alias of itself', 'a: &a *a\nb: &b\n  c: *b\n'],
    ['a merge of itself', 'apiVersion: v1\nkind: Service\nspec: &s\n  <<: *s\n  <<: [*s, *t, 1]\n'],
    ['NUL', 'a: \0b\n\0: \0\n'],
    ['lone surrogates', 'a: \ud800\n\udc00: "\\ud800"\n'],
    ['tabs', '\t\ta:\t\t\tb\n\t-\t\n'],
    ['duplicate keys', `${'a: 1\n'.repeat(1_000)}`],
    ['complex keys', '? {a: b}\n: ? c\n  : d\n? |\n  x\n: - y\n'],
    ['merges', 'a: &a {b: c}\nd:\n  <<: *a\n  <<: [*a, {<<: *a}]\n'],
    ['a huge line', `a: [${'"x", '.repeat(5_000)}]\n`],
    ['a huge word', `a: ${'x'.repeat(500_000)}\n`],
    ['many markers', '...\n'.repeat(1_000)],
    ['many actions in a line', `${'{{ x }}'.repeat(10_000)}\n`],
    ['many open actions', '{{ `'.repeat(5_000)],
    ['many open comments', '{{/* '.repeat(5_000)],
    ['many lines of actions', `a:\n${'  {{ x }}\n'.repeat(1_000)}  b: c\n`],
    ['many values with actions', `a:\n${'  - b: {{ x }}\n'.repeat(1_000)}`],
    ['directives', '%YAML 9.9\n%TAG\n%FOO bar\n---\na: 1\n'],
    ['only indicators', '- ? : , [ ] { } # & * ! | > % @ `\n'],
    ['every unit below U+0100', Array.from({ length: 256 }, (_, code) => `a: ${String.fromCharCode(code)}\n`).join('')],
  ];
  for (const [title, text] of nasty) {
    it(`is read to its end: ${title}`, () => readWholly(text));
  }

  it('is read to its end: whatever can be typed', () => {
    const piece = fc.constantFrom(
      ...['a', ': ', ':', '\n', '\n  ', '\n- ', '- ', '"', "'", '[', ']', '{', '}', ', ', '# ', '|', '>', '&a ', '*a '],
      ...[
        '<<: ',
        '? ',
        '!!str ',
        '\t',
        '\r\n',
        '---\n',
        '{{ ',
        ' }}',
        '{{ if }}',
        '{{ end }}',
        '\u00a0',
        '：',
        '“',
        '\ufeff',
      ],
      ...['apiVersion: v1\n', 'kind: Service\n', 'spec:\n', 'items: '],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => readWholly(pieces.join(''))),
      { numRuns: 100 },
    );
  });

  for (const { name, text } of sampleManifests()) {
    it(`is read to its end: ${name} cut off behind any line`, () => {
      for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
        readWholly(text.slice(0, end));
      }
    });
    it(`is read to its end: ${name} cut off behind any character @slow`, () => {
      for (let end = 0; end <= text.length; end++) {
        readWholly(text.slice(0, end));
      }
    });
  }
});
