import type { Span } from '../text/span.ts';
import {
  findPair,
  resolveAlias,
  type YamlMapping,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
} from '../yaml/nodes.ts';
import { readScalar, type ScalarReading } from './scalar.ts';

/**
 * A field of a manifest. `unknown` is not `absent`: a template, an unresolved merge or a broken part may supply it,
 * and a rule that depends on it is silent.
 */
export type Field =
  | {
      readonly kind: 'present';
      readonly pair: YamlPair;
      /** The value, with an alias followed. */
      readonly node: Exclude<YamlNode, { kind: 'alias' }>;
      /** It is written where it counts: no alias, no merge and no template block lies between. Only then edit it. */
      readonly editable: boolean;
    }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' };

/** Follows a path of keys down from a mapping. */
export function fieldAt(mapping: YamlMapping | undefined, ...path: readonly string[]): Field {
  let current: YamlMapping | undefined = mapping;
  let editable = true;
  for (let index = 0; index < path.length; index++) {
    if (current === undefined) {
      return { kind: 'absent' };
    }
    const found = findPair(current, path[index] ?? '');
    if (found === undefined) {
      return { kind: current.open ? 'unknown' : 'absent' };
    }
    if (found.pair.conditional) {
      return { kind: 'unknown' };
    }
    editable &&= !found.inherited && found.pair.value.kind !== 'alias';
    const node = resolveAlias(found.pair.value);
    if (node === undefined) {
      return { kind: 'unknown' };
    }
    if (index === path.length - 1) {
      return { kind: 'present', pair: found.pair, node, editable };
    }
    if (node.kind !== 'mapping') {
      return { kind: node.kind === 'scalar' && isUnknownScalar(node) ? 'unknown' : 'absent' };
    }
    current = node;
  }
  return { kind: 'absent' };
}

/** The mapping at a path; undefined where something else or nothing stands there. */
export function mappingAt(mapping: YamlMapping | undefined, ...path: readonly string[]): YamlMapping | undefined {
  const field = path.length === 0 ? undefined : fieldAt(mapping, ...path);
  return field?.kind === 'present' && field.node.kind === 'mapping' ? field.node : undefined;
}

/** A scalar field with its value as the API server reads it. */
export type Located<T> =
  | {
      readonly kind: 'value';
      readonly value: T;
      readonly span: Span;
      readonly scalar: YamlScalar;
      readonly field: PresentField;
    }
  /** Left out, or null, which the API server reads as left out. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown' }
  /** Something of another type stands there. */
  | {
      readonly kind: 'invalid';
      readonly span: Span;
      readonly field: PresentField;
      readonly found: ScalarReading | undefined;
    };

export type PresentField = Extract<Field, { kind: 'present' }>;

export function stringAt(mapping: YamlMapping | undefined, ...path: readonly string[]): Located<string> {
  return locate(fieldAt(mapping, ...path), (reading) => (reading.type === 'string' ? reading.value : undefined));
}

/** A field that the API server decodes into an integer. */
export function integerAt(mapping: YamlMapping | undefined, ...path: readonly string[]): Located<number> {
  return locate(fieldAt(mapping, ...path), (reading) =>
    reading.type === 'number' && reading.integral ? reading.value : undefined,
  );
}

function locate<T>(field: Field, read: (reading: ScalarReading) => T | undefined): Located<T> {
  if (field.kind !== 'present') {
    return { kind: field.kind };
  }
  const { node } = field;
  if (node.kind !== 'scalar') {
    return { kind: 'invalid', span: node.span, field, found: undefined };
  }
  if (isUnknownScalar(node)) {
    return { kind: 'unknown' };
  }
  const reading = readScalar(node);
  if (reading.type === 'null') {
    return { kind: 'absent' };
  }
  const value = read(reading);
  return value === undefined
    ? { kind: 'invalid', span: node.span, field, found: reading }
    : { kind: 'value', value, span: node.span, scalar: node, field };
}

/** No name is longer, and a bound keeps the time in proportion to a text of nothing but `${`. */
const PLACEHOLDER = /\$\{[^}]{0,200}\}|\$\([^)]{0,200}\)|^<[^<>]+>$/;

/** A value that something fills in before the API server sees it: a template, `${X}`, `$(X)` or `<placeholder>`. */
export function isUnknownScalar(scalar: YamlScalar): boolean {
  const { templated, text } = scalar;
  // Every field that is read asks this, and hardly any holds one of these characters.
  return templated || ((text.includes('$') || text.startsWith('<')) && PLACEHOLDER.test(text));
}
