import assert from 'node:assert/strict';
import { readScalar } from '../../../server/src/kubernetes/scalar.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import type { Rule } from '../../../server/src/rules/rule.ts';
import { keyText, resolveAlias, type YamlNode } from '../../../server/src/yaml/nodes.ts';
import { analyze, applyFix, findingsIn, mendAll, uriOf } from '../../support/analysis.ts';
import { type MarkedFile, readMarked } from '../../support/marks.ts';

/**
 * Every bad example of every rule, written in another way: it must have the same findings, and its fixes must lead to
 * the same objects.
 */

interface Layout {
  readonly name: string;
  /** Undefined where the example cannot be written like this. */
  write(text: string): string | undefined;
}

const LAYOUTS: readonly Layout[] = [
  { name: 'with CRLF', write: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'without a final line end', write: (text) => text.replace(/\n+$/, '') },
  { name: 'as items of a List', write: asList },
  {
    name: 'as a later document',
    write: (text) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\n---\n${text}`,
  },
  { name: 'indented by four', write: indentedByFour },
  { name: 'with quoted keys', write: (text) => text.replace(KEY, '$1"$2":') },
  { name: 'as JSON', write: asJson },
];

const KEY = /^( *(?:- )*)([A-Za-z][\w./-]*):(?=\s|$)/gm;

/** Their examples are about the layout itself, or stand in files of which the layout is given. */
const ABOUT_LAYOUT: ReadonlySet<string> = new Set([
  'pasted-characters',
  'settings-invalid',
  'suppression-unused',
  'yaml-syntax-error',
]);

for (const layout of LAYOUTS) {
  describe(`the examples ${layout.name}`, () => {
    for (const rule of RULES.filter(({ id }) => !ABOUT_LAYOUT.has(id))) {
      for (const example of rule.examples) {
        const [file, ...others] = 'bad' in example ? readMarked(example.bad) : [];
        const text = file === undefined || others.length > 0 ? undefined : layout.write(file.text);
        if (file !== undefined && text !== undefined) {
          it(`${rule.id}: ${example.title}`, () => check(rule, file, text));
        }
      }
    }
  });
}

function check(rule: Rule, original: MarkedFile, text: string): void {
  const uri = uriOf(original.path);
  assert.deepEqual(marksOf(text, uri), marksOf(original.text, uri), text);
  const fixed = (written: string): string => mendAll(written, ({ finding }) => finding.rule === rule, uri);
  assert.deepEqual(objectsOf(fixed(text), uri), objectsOf(fixed(original.text), uri), fixed(text));
  const [expected, mended] = [original.text, text].map((written) => everyFix(rule, written, uri));
  assert.deepEqual(mended, expected, text);
}

/** The rules and the words at which they point. */
function marksOf(text: string, uri: string): string[] {
  return findingsIn(text, uri)
    .map(({ finding, span }) => `${finding.rule.id}: ${text.slice(span.start, span.end).replace(/^["']|["']$/g, '')}`)
    .sort();
}

/** What each fix of each finding by itself makes of the objects. */
function everyFix(rule: Rule, text: string, uri: string): string[][] {
  const analyzer = analyze(text, uri);
  return findingsOf(analyzer.snapshot(), uri)
    .filter(({ finding }) => finding.rule === rule)
    .flatMap(({ finding }) => finding.fixes.map((fix) => objectsOf(applyFix(text, fix, analyzer, uri), uri)));
}

/** The objects of a text as JSON, however they are laid out. */
function objectsOf(text: string, uri: string): string[] {
  const file = analyze(text, uri).snapshot().files.get(uri);
  const resources = file?.manifests.flatMap(({ manifest }) => manifest.resources) ?? [];
  return resources.filter(({ kind }) => kind !== 'ConfigMap').map(({ root }) => json(root, 0));
}

function asList(text: string): string {
  const items = text.split(/^---\n/m).map((item) => `  - ${item.trimEnd().replaceAll('\n', '\n    ')}\n`);
  return `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`;
}

function indentedByFour(text: string): string {
  return text.replace(/^( *)((?:- )?)/gm, (_, indent: string, dash: string) =>
    indent.concat(indent, dash === '' ? '' : '-   '),
  );
}

/** JSON has no comments, no aliases and none of the other spellings of YAML. */
function asJson(text: string): string | undefined {
  const documents = analyze(text)
    .snapshot()
    .files.get(uriOf('manifest.yaml'))
    ?.manifests.map(({ manifest }) => manifest.yaml.root);
  if (documents === undefined || documents.some((root) => root === undefined || !isJson(root))) {
    return undefined;
  }
  return text.includes('#') ? undefined : documents.map((root) => `${json(root, 0)}\n`).join('---\n');
}

function isJson(node: YamlNode): boolean {
  switch (node.kind) {
    case 'alias':
      return false;
    case 'scalar':
      return readScalar(node).type === 'string' || node.text === '' || isJsonLiteral(node.text);
    case 'sequence':
      return node.items.every(isJson);
    case 'mapping':
      return node.pairs.every((pair) => isJson(pair.key) && isJson(pair.value));
  }
}

function isJsonLiteral(text: string): boolean {
  return /^(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?)$/.test(text);
}

/** Duplicate keys stay what they are. */
function json(node: YamlNode | undefined, depth: number): string {
  const resolved = resolveAlias(node);
  const margin = '\n'.concat('  '.repeat(depth));
  switch (resolved?.kind) {
    case undefined:
      return 'null';
    case 'scalar': {
      const reading = readScalar(resolved);
      return JSON.stringify(reading.type === 'null' ? null : reading.value);
    }
    case 'sequence': {
      const items = resolved.items.map((item) => `${margin}  ${json(item, depth + 1)}`);
      return items.length === 0 ? '[]' : `[${items.join(',')}${margin}]`;
    }
    case 'mapping': {
      const pairs = resolved.pairs.map(
        (pair) => `${margin}  ${JSON.stringify(keyText(pair))}: ${json(pair.value, depth + 1)}`,
      );
      return pairs.length === 0 ? '{}' : `{${pairs.join(',')}${margin}}`;
    }
  }
}
