import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findTemplateActions, maskTemplateActions } from '../../../server/src/yaml/template.ts';
import { drawTree, read, readAll } from '../../support/yaml.ts';

function mask(text: string): string {
  return maskTemplateActions(text, findTemplateActions(text));
}

function kinds(text: string): string[] {
  return findTemplateActions(text).map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`);
}

describe('template actions', () => {
  it('are told apart by what they do', () => {
    assert.deepEqual(
      [
        '{{ .Values.x }}',
        '{{- if .x -}}',
        '{{range .x}}',
        '{{ with $x }}',
        '{{ define "x" }}',
        '{{ block "x" . }}',
        '{{ else if .x }}',
        '{{- end -}}',
        '{{/* if */}}',
        '{{- /* end */ -}}',
        '{{ $x := 1 }}',
        '{{ $x }}',
        '{{ iffy }}',
        '{{ end_of }}',
      ].map((text) => findTemplateActions(text)[0]?.kind),
      [
        ...['value', 'open', 'open', 'open', 'open', 'open', 'middle', 'close', 'silent', 'silent', 'silent'],
        ...['value', 'value', 'value'],
      ],
    );
  });
  it('end behind braces that are quoted or in a comment', () => {
    assert.deepEqual(kinds('{{ "}}" }}{{ `}}` }}{{ "\\"}}" }}'), [
      'value {{ "}}" }}',
      'value {{ `}}` }}',
      'value {{ "\\"}}" }}',
    ]);
    assert.deepEqual(kinds('{{/* }} {{ x }} */}}a'), ['silent {{/* }} {{ x }} */}}']);
  });
  it('hold quotes that are escaped, in a text in quotes', () => {
    assert.deepEqual(kinds('a: "{{ include \\"x\\" . }}" # b'), ['value {{ include \\"x\\" . }}']);
  });
  it('may go over lines', () => {
    assert.deepEqual(kinds('{{ include\n  "x" . }}'), ['value {{ include\n  "x" . }}']);
  });
  it('that are never closed end with their line', () => {
    assert.deepEqual(kinds('a: {{ .x\nb: {{ .y }}\n'), ['value {{ .x', 'value {{ .y }}']);
    assert.deepEqual(kinds('a: {{ "x }}\nb: }}\n'), ['value {{ "x }}']);
    assert.deepEqual(kinds('a: {{/* x }}\r\nb: 1\n'), ['silent {{/* x }}']);
  });
  it('print lines where they stand alone, and behind a key whose value is the block below', () => {
    const printing = (text: string): boolean[] => findTemplateActions(text).map((action) => action.printsLines);
    assert.deepEqual(printing('  {{ .a }} \r\n'), [true]);
    assert.deepEqual(printing('{{ if .a }} {{ .b }}{{ end }}\n'), [true, true, true]);
    assert.deepEqual(printing('a {{ .a }}{{ .b }}\n{{ .a }} b\n'), [false, false, false]);
    assert.deepEqual(printing('a: {{ .a }}\nb: 1\n'), [false]);
    assert.deepEqual(printing('a: {{ .a }}\n\n  # c\n  b: 1\n'), [true]);
    assert.deepEqual(printing('- a: {{ .a }}{{ .b }}\n    b: 1\n'), [true, true]);
    assert.deepEqual(printing('- a: {{ .a }}\n  b: 1\n'), [false]);
    assert.deepEqual(printing('a: {{ .a }}\n- b\n'), [true]);
    assert.deepEqual(printing('a: {{ .a }}\n  more text\n'), [false]);
  });
});

describe('masking', () => {
  it('makes white space of what prints lines or nothing, and words of the rest', () => {
    assert.equal(mask('{{ if .a }}\na: {{ .x }}y{{/* c */}}\n'), '           \na: xxxxxxxxy           \n');
  });
  it('keeps the length and every line end', () => {
    const piece = fc.constantFrom(
      '{{',
      '}}',
      '{',
      '}',
      '/*',
      '*/',
      '"',
      '`',
      "'",
      '\\',
      '\r\n',
      '\n',
      ' ',
      'if',
      'end',
      'a',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        const masked = mask(text);
        assert.equal(masked.length, text.length);
        assert.equal(masked.replace(/[^\r\n]/g, ' '), text.replace(/[^\r\n]/g, ' '));
      }),
    );
  });
  it('leaves nothing of an action', () => {
    assert.doesNotMatch(mask('a: {{ .x }}\n{{ if }}\nb: "{{ .y }}"\nc: {{ .half\n'), /\{\{/);
  });
});

describe('reading templates', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['a value', 'a: {{ .x }}\nb: 1\n', '{"a": ~, "b": "1"}'],
    ['a value in quotes', 'a: "{{ .x }}"\nb: \'v{{ .x }}\'\n', '{"a": ~, "b": ~}'],
    ['quotes in a quoted value', 'a: "{{ .x | default "y" }}"\nb: 1\n', '{"a": ~, "b": "1"}'],
    ['part of a value', 'a: x-{{ .x }}-y\n', '{"a": ~}'],
    ['a value in a block scalar', 'a: |\n  x\n  {{ .x }}\nb: 1\n', '{"a": ~, "b": "1"}'],
    ['a value behind a condition', 'a: {{ if .x }}b{{ end }}\n', '{"a": ~}'],
    ['a choice of values', 'a: {{ if .x }}b{{ else }}c{{ end }}\nd: 1\n', '{"a": ~, "d": "1"}'],
    ['a comment behind a value', 'a: b {{/* c */}}\n', '{"a": "b"}'],
    ['a key, which may be any', '{{ .x }}: a\nb: 1\n', '{~: "a", "b": "1"}…'],
    ['a pair in one line', 'a:\n  {{ if .x }}b: c{{ end }}\n  d: e\n', '{"a": {~?: ~, "d": "e"}…}'],
    [
      'conditional pairs',
      'a:\n  {{- if .x }}\n  b: c\n  {{- else }}\n  b: d\n  {{- end }}\n  e: f\n',
      '{"a": {"b"?: "c", "b"?: "d", "e": "f"}…}',
    ],
    ['pairs that come first', 'a:\n  {{- include "x" . | nindent 2 }}\n  b: c\nd: e\n', '{"a": {"b": "c"}…, "d": "e"}'],
    ['pairs that come last', 'a:\n  b: c\n  {{- toYaml .x | nindent 2 }}\n', '{"a": {"b": "c"}…}…'],
    ['all pairs', 'a:\n  {{- toYaml .x | nindent 2 }}\nb: c\n', '{"a": ~, "b": "c"}…'],
    ['pairs behind the key', 'a: {{- toYaml .x | nindent 2 }}\n  b: c\nd: e\n', '{"a": {"b": "c"}…, "d": "e"}'],
    ['all pairs behind the key', 'a: {{- toYaml .x | nindent 2 }}\nb: c\n', '{"a": ~, "b": "c"}'],
    ['a condition behind the key', 'a: {{ if .x }}\n  b: c\n  {{ end }}\nd: e\n', '{"a": {"b"?: "c"}…, "d": "e"}…'],
    ['an object as a whole', '{{- if .x }}\na: 1\nb:\n  c: 2\n{{- end }}\n', '{"a": "1", "b": {"c": "2"}}'],
    ['one object or another', '{{- if .x }}\na: 1\n{{- else }}\na: 2\n{{- end }}\n', '{"a": "1", "a"?: "2"}…'],
    ['items', 'a:\n  {{- range .x }}\n  - b: {{ . }}\n  {{- end }}\n', '{"a": [{"b"?: ~}…]…}…'],
    ['a comment of its own', '{{/* c */}}\na: 1\n{{- /* c */ -}}\n', '{"a": "1"}'],
    ['a half-typed action', 'a: {{ .x\nb: 1\n', '{"a": ~, "b": "1"}'],
    ['a half-typed comment', 'a: 1 {{/* c\nb: 1\n', '{"a": "1", "b": "1"}'],
    ['braces in braces', 'a: [{{b: 1}}, {c: {d: 1}}]\n', '{"a": [~, {"c": {"d": "1"}}]}'],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.equal(drawTree(read(text).root), expected));
  }
  it('knows of a block that an earlier document opened', () => {
    const [, second] = readAll('{{ if .x }}\na: 1\n---\nb: 2\n{{ end }}\nc: 3\n');
    assert.equal(drawTree(second?.root), '{"b"?: "2", "c": "3"}…');
  });
});
