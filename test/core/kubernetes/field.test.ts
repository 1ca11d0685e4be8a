import assert from 'node:assert/strict';
import { fieldAt, integerAt, type Located, mappingAt, stringAt } from '../../../server/src/kubernetes/field.ts';
import { readStringMap, type StringMap, selectorMatches } from '../../../server/src/kubernetes/stringMap.ts';
import { mappingAtPath, read } from '../../support/yaml.ts';

function draw(located: Located<string | number>): string {
  return located.kind === 'value' ? JSON.stringify(located.value) : located.kind;
}

describe('a field', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['that is written', 'spec:\n  type: x\n', '"x"'],
    ['of which the last one counts', 'spec:\n  type: x\n  type: z\n', '"z"'],
    ['that is left out', 'spec:\n  a: b\n', 'absent'],
    ['whose parent is left out', 'a: b\n', 'absent'],
    ['whose parent is null', 'spec:\n', 'absent'],
    ['whose parent is no mapping', 'spec: [type]\n', 'absent'],
    ['that is null', 'spec:\n  type: ~\n', 'absent'],
    ['of another type', 'spec:\n  type: 3\n', 'invalid'],
    ['that is a list', 'spec:\n  type: [x]\n', 'invalid'],
    ['from a template', 'spec:\n  type: {{ .x }}\n', 'unknown'],
    ['from a template in quotes', 'spec:\n  type: "a{{ .x }}"\n', 'unknown'],
    ['whose parent is from a template', 'spec: {{ .x }}\n', 'unknown'],
    ['whose parent comes from a template’s lines', 'spec:\n  {{- toYaml .x | nindent 2 }}\n', 'unknown'],
    ['beside a template’s lines', 'spec:\n  {{- toYaml .x | nindent 2 }}\n  type: x\n', '"x"'],
    ['that a template’s lines may hold', 'spec:\n  a: b\n  {{- toYaml .x | nindent 2 }}\n', 'unknown'],
    ['that a templated key may be', 'spec:\n  {{ .x }}: b\n', 'unknown'],
    ['in a condition', 'spec:\n  {{- if .x }}\n  type: x\n  {{- end }}\n', 'unknown'],
    ['whose parent is in a condition', '{{- if .x }}\nspec:\n  type: x\n{{- end }}\nkind: y\n', 'unknown'],
    ['of an object that is in a condition as a whole', '{{- if .x }}\nspec:\n  type: x\n{{- end }}\n', '"x"'],
    ['beside a syntax error', 'spec:\n  a: b\n  c: "\n', 'unknown'],
    ['with a shell variable', `spec:\n  type: ${'$'}{TYPE}\n`, 'unknown'],
    ['with a variable inside', 'spec:\n  type: "a-$(TYPE)"\n', 'unknown'],
    ['with a placeholder', 'spec:\n  type: <your type>\n', 'unknown'],
    ['with an angle bracket', 'spec:\n  type: a<b>\n', '"a<b>"'],
    ['with an alias', 'a: &x z\nspec:\n  type: *x\n', '"z"'],
    ['with an alias of nothing', 'a: y\nspec: {type: *x}\n', 'unknown'],
    ['from a merge', 'a: &x {type: z}\nspec:\n  <<: *x\n', '"z"'],
    ['that a merge of nothing may hold', 'spec:\n  <<: *x\n  a: b\n', 'unknown'],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.equal(draw(stringAt(mappingAtPath(read(text).root), 'spec', 'type')), expected));
  }

  it('of a mapping that is not there is absent', () => assert.deepEqual(fieldAt(undefined, 'a'), { kind: 'absent' }));

  it('is read as an integer', () => {
    const root = mappingAtPath(read('a: 0x10\nb: 1.5\nc: "1"\nd: {{ .x }}\n').root);
    assert.deepEqual(
      ['a', 'b', 'c', 'd', 'e'].map((key) => draw(integerAt(root, key))),
      ['16', 'invalid', 'invalid', 'unknown', 'absent'],
    );
  });

  it('says where its value stands and what it was read as', () => {
    const text = 'spec:\n  type: 3 # c\n';
    const located = stringAt(mappingAtPath(read(text).root), 'spec', 'type');
    assert(located.kind === 'invalid');
    assert.equal(text.slice(located.span.start, located.span.end), '3');
    assert.deepEqual(located.found, { type: 'number', value: 3, integral: true });
  });

  it('may be edited only where it is written itself', () => {
    const root = mappingAtPath(read('x: &x {a: 1}\nown: {a: 1}\nalias: *x\nmerge: {<<: *x}\nitem: {a: *x}\n').root);
    assert.deepEqual(
      ['own', 'alias', 'merge', 'item'].map((key) => {
        const field = fieldAt(root, key, 'a');
        return field.kind === 'present' && field.editable;
      }),
      [true, false, false, false],
    );
  });

  it('is found as a mapping, through an alias too', () => {
    const root = mappingAtPath(read('x: &x {a: 1}\nb: *x\nc: [1]\n').root);
    assert.equal(mappingAt(root, 'b'), mappingAt(root, 'x'));
    assert.equal(mappingAt(root, 'c'), undefined);
    assert.equal(mappingAt(root), undefined);
  });
});

describe('a map of strings', () => {
  const map = (text: string): StringMap => {
    const found = readStringMap(mappingAtPath(read(text).root, 'm'));
    assert(found !== undefined);
    return found;
  };
  const draw = (text: string): string => {
    const { entries, open } = map(text);
    return JSON.stringify(Object.fromEntries(entries)) + (open ? '…' : '');
  };
  const cases: readonly (readonly [string, string, string])[] = [
    ['holds strings', 'm: {a: b, c: "1"}', '{"a":"b","c":"1"}'],
    ['leaves out what is none', 'm: {a: 1, b: true, c: , d: {e: f}, g: h}', '{"g":"h"}'],
    ['takes the last of several', 'm: {a: b, a: c}', '{"a":"c"}'],
    ['takes the last of several, even if it is none', 'm: {a: b, a: 1}', '{}'],
    ['does not know a value that a template overwrites', 'm:\n  a: b\n  a: {{ .x }}\n', '{}…'],
    ['does not know a key from a template', 'm:\n  {{ .x }}: b\n  c: d\n', '{"c":"d"}…'],
    ['does not know what is conditional', 'm:\n  {{- if .x }}\n  a: b\n  {{- end }}\n  c: d\n', '{"c":"d"}…'],
    ['does not know a variable', `m: {a: "${'$'}{X}", c: d}`, '{"c":"d"}…'],
    [
      'takes what a merge brings, unless it is written',
      'x: &x {a: 1x, b: 1x}\nm:\n  a: 2x\n  <<: *x\n',
      '{"b":"1x","a":"2x"}',
    ],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.equal(draw(text), expected));
  }
  it('is none where there is no mapping', () => assert.equal(readStringMap(undefined), undefined));

  it('selects labels that hold every one of its entries', () => {
    const matches = (selector: string, labels: string): boolean =>
      selectorMatches(map(`m: ${selector}`), map(`m: ${labels}`));
    assert(matches('{a: b}', '{a: b, c: d}'));
    assert(matches('{a: b, c: d}', '{c: d, a: b}'));
    assert(!matches('{a: b, c: d}', '{a: b}'));
    assert(!matches('{a: b}', '{a: c}'));
    assert(!matches('{}', '{a: b}'), 'an empty selector selects nothing');
  });
});
