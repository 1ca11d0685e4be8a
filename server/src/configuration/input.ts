import type { Span } from '../text/span.ts';
import { keyText, resolveAlias, type YamlNode } from '../yaml/nodes.ts';

/**
 * What a user wrote, before anything is read into it: the YAML of a project file or the JSON of an editor. Only what
 * comes from YAML has a place, relative to its document's text.
 */
export type Input = { readonly place: Span | undefined } & (
  | { readonly kind: 'nothing' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Input[] }
  | { readonly kind: 'mapping'; readonly entries: readonly Entry[] }
  /** A value of a kind for which hardly any setting has a use, in the words of a message. */
  | { readonly kind: 'other'; readonly description: string; readonly value?: boolean | number }
);

export interface Entry {
  readonly key: string;
  readonly place: Span | undefined;
  readonly value: Input;
}

/** Scalars are text, so that `off` and `1.30` need no quotes. */
export function inputOfYaml(node: YamlNode | undefined): Input {
  return yamlInput(node, 0);
}

/** Deeper values are not looked at: no setting has any. */
const MAXIMUM_DEPTH = 5;

function yamlInput(node: YamlNode | undefined, depth: number): Input {
  const place = node?.span;
  const value = resolveAlias(node);
  if (value === undefined) {
    return node === undefined ? { kind: 'nothing', place } : { kind: 'other', description: 'an unknown alias', place };
  }
  if (depth > MAXIMUM_DEPTH) {
    return { kind: 'other', description: 'a value within values', place };
  }
  switch (value.kind) {
    case 'scalar':
      if (value.templated) {
        return { kind: 'other', description: 'a template expression', place };
      }
      return value.style === 'plain' && /^(?:|~|null)$/i.test(value.text)
        ? { kind: 'nothing', place }
        : { kind: 'text', text: value.text, place };
    case 'sequence':
      return { kind: 'list', items: value.items.map((item) => yamlInput(item, depth + 1)), place };
    case 'mapping':
      return {
        kind: 'mapping',
        entries: value.pairs.map((pair) => ({
          key: keyText(pair) ?? '',
          place: pair.key.span,
          value: yamlInput(pair.value, depth + 1),
        })),
        place,
      };
  }
}

/** What an editor sends: parsed JSON of whatever shape. */
export function inputOfJson(value: unknown): Input {
  return jsonInput(value, 0);
}

function jsonInput(value: unknown, depth: number): Input {
  const place = undefined;
  if (value === undefined || value === null) {
    return { kind: 'nothing', place };
  }
  if (typeof value === 'string') {
    return { kind: 'text', text: value, place };
  }
  if (typeof value !== 'object' || depth > MAXIMUM_DEPTH) {
    const description = typeof value === 'object' ? 'a value within values' : `the ${typeof value} ${String(value)}`;
    const plain = typeof value === 'boolean' || typeof value === 'number' ? { value } : {};
    return { kind: 'other', description, place, ...plain };
  }
  if (Array.isArray(value)) {
    return { kind: 'list', items: value.map((item) => jsonInput(item, depth + 1)), place };
  }
  const entries = Object.entries(value).map(([key, item]) => ({ key, place, value: jsonInput(item, depth + 1) }));
  return { kind: 'mapping', entries, place };
}

/** What a message calls a value that is of the wrong kind. */
export function describeInput(input: Input): string {
  switch (input.kind) {
    case 'nothing':
      return 'nothing';
    case 'text':
      return `the text ${input.text.length > 40 ? `${input.text.slice(0, 40)}…` : input.text}`;
    case 'list':
      return 'a list';
    case 'mapping':
      return 'a mapping';
    case 'other':
      return input.description;
  }
}
