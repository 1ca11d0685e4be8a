import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitDocuments } from '../../../server/src/yaml/documents.ts';

function split(text: string): string[] {
  const slices = splitDocuments(text);
  for (const { start, text: part } of slices) {
    assert.equal(text.slice(start, start + part.length), part);
  }
  assert.equal(slices.map((slice) => slice.text).join(''), text);
  return slices.map((slice) => slice.text);
}

describe('splitting a file into documents', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['a: 1\n---\nb: 2\n', ['a: 1\n', '---\nb: 2\n']],
    ['---\na: 1\n---\nb: 2', ['---\na: 1\n', '---\nb: 2']],
    ['a: 1\r\n---\r\nb: 2\r\n', ['a: 1\r\n', '---\r\nb: 2\r\n']],
    ['a: 1\n---', ['a: 1\n', '---']],
    ['a: 1\n---\n---\n', ['a: 1\n', '---\n', '---\n']],
    ['a: 1\n--- # the next\nb: 2\n', ['a: 1\n', '--- # the next\nb: 2\n']],
    ['a: 1\n--- {b: 2}\n---\t[c]\n', ['a: 1\n', '--- {b: 2}\n', '---\t[c]\n']],
    ['a: 1\n...\nb: 2\n', ['a: 1\n...\n', 'b: 2\n']],
    ['a: 1\n...\n---\nb: 2\n', ['a: 1\n...\n', '---\nb: 2\n']],
    ['a: 1\n... # over\n', ['a: 1\n... # over\n']],
    ['...\n...\na: 1\n', ['...\n', '...\n', 'a: 1\n']],
    ['a: 1\n---foo\n----\n...bar\n', ['a: 1\n---foo\n----\n...bar\n']],
    ['a: 1\n ---\nb: 2\n', ['a: 1\n ---\nb: 2\n']],
    ['a: "x\u2028---\u2028y"\n', ['a: "x\u2028---\u2028y"\n']],
    ['a: 1\n---\u2028b\n', ['a: 1\n---\u2028b\n']],
    ['a: 1\n---\u00a0\nb: 2\n', ['a: 1\n', '---\u00a0\nb: 2\n']],
    ['%YAML 1.2\n---\na: 1\n', ['%YAML 1.2\n---\na: 1\n']],
    ['# one\n%YAML 1.2\n\n# two\n---\na: 1\n', ['# one\n%YAML 1.2\n\n# two\n---\na: 1\n']],
    ['a: 1\n...\n%TAG ! x:\n---\nb: 2\n', ['a: 1\n...\n', '%TAG ! x:\n---\nb: 2\n']],
    ['a: 1\n%YAML 1.2\n# c\n---\nb: 2\n', ['a: 1\n', '%YAML 1.2\n# c\n---\nb: 2\n']],
    ['a: 1\n# about b\n---\nb: 2\n', ['a: 1\n# about b\n', '---\nb: 2\n']],
    ['a: "\n%d"\n---\nb: 2\n', ['a: "\n%d"\n', '---\nb: 2\n']],
    ['a: "\n\n---\nb: 2\n', ['a: "\n\n', '---\nb: 2\n']],
    ['\ufeff---\na: 1\n---\nb: 2\n', ['\ufeff---\na: 1\n', '---\nb: 2\n']],
    ['a: 1\n\ufeff---\nb: 2\n', ['a: 1\n', '\ufeff---\nb: 2\n']],
    ['---\n\ufeffa: 1\n', ['---\n\ufeffa: 1\n']],
    ['', ['']],
    ['\n\n', ['\n\n']],
    ['# only a comment', ['# only a comment']],
    ['# c\n---\na: 1\n', ['# c\n', '---\na: 1\n']],
    ['a: {{/* one\n---\ntwo */}}\n---\nb: 2\n', ['a: {{/* one\n---\ntwo */}}\n', '---\nb: 2\n']],
    ['a: {{ `x\n---\ny` }}\n---\nb: 2\n', ['a: {{ `x\n---\ny` }}\n', '---\nb: 2\n']],
    ['a: {{/* never closed\n---\nb: 2\n', ['a: {{/* never closed\n', '---\nb: 2\n']],
    ['a: {{ .x\n---\nb: 2\n', ['a: {{ .x\n', '---\nb: 2\n']],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => assert.deepEqual(split(text), expected));
  }

  it('gives each slice the template actions that begin in it, relative to it', () => {
    const [first, second] = splitDocuments('a: {{ .x }}\n---\nb: 2\nc: {{ .y }}\n');
    assert.deepEqual(
      first?.templateActions.map((action) => action.span),
      [{ start: 3, end: 11 }],
    );
    assert.deepEqual(
      second?.templateActions.map((action) => action.span),
      [{ start: 12, end: 20 }],
    );
  });

  it('carries open template blocks from one document into the next', () => {
    const text = '{{- if .a }}\na: 1\n---\n{{- range .b }}\nb: 2\n---\n{{- end }}\n{{- end }}\nc: 3\n---\nd: 4\n';
    assert.deepEqual(
      splitDocuments(text).map((slice) => slice.openTemplateBlocks),
      [0, 1, 2, 0],
    );
  });

  it('does not let a block that was never opened close one to come', () => {
    const text = '{{ end }}\n---\n{{ if .a }}\n---\nb: 1\n';
    assert.deepEqual(
      splitDocuments(text).map((slice) => slice.openTemplateBlocks),
      [0, 0, 1],
    );
  });

  const line = fc.constantFrom(
    '---',
    '--- # c',
    '---x',
    '...',
    '%YAML 1.2',
    '# c',
    '',
    'a: 1',
    '  b: "',
    '\ufeff---',
    '- x',
  );
  const file = fc.array(line, { maxLength: 12 }).map((lines) => lines.join('\n'));

  it('never loses or repeats a character', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{{/*',
      '*/}}',
      '\n---\n',
      '\n...\n',
      '"',
      '`',
      ' ',
      'a',
      '\r\n',
      '\ufeff',
    );
    fc.assert(fc.property(fc.array(piece), (pieces) => void split(pieces.join(''))));
  });

  it('keeps a document’s slice whatever stands above it', () => {
    fc.assert(
      fc.property(file, file, (above, below) => {
        const own = split(`---\n${below}`);
        assert.deepEqual(split(`${above}\n...\n---\n${below}`).slice(-own.length), own);
      }),
    );
  });
});
