import { type Field, fieldAt, isUnknownScalar, mappingAt } from '../kubernetes/field.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { readScalar } from '../kubernetes/scalar.ts';
import { type Span, shift } from '../text/span.ts';
import { parseText } from '../yaml/nested.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair, type YamlScalar } from '../yaml/nodes.ts';
import { type FieldStep, fieldSteps, parseAddress } from './address.ts';
import type { Address, ProductTable, Setting } from './product.ts';

/** Where a setting is written. */
export interface SettingPlace {
  /** The pair that holds the value; of a part, the pair of the annotation or, within JSON, the part's own. */
  readonly pair: YamlPair;
  readonly mapping: YamlMapping;
  /** Whether an edit of it is safe: no alias, no merge and no template lies between. */
  readonly editable: boolean;
  /** Where key and value stand, in the document's text; of a part within a quoted text these are inside the quotes. */
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** The scalar in which an attribute stands among others. */
  readonly within: YamlScalar | undefined;
  readonly context: PlaceContext;
}

/** Which of several: the numbers of the list items on the way, and the key that a `*` stood for. */
export interface PlaceContext {
  readonly items: readonly number[];
  readonly key: string | undefined;
}

const ANYWHERE: PlaceContext = { items: [], key: undefined };

/** What is written for a setting, as the product reads it. */
export type SettingReading =
  | { readonly kind: 'value'; readonly text: string; readonly type: ValueType; readonly place: SettingPlace }
  /** Left out, null or, for an annotation, an empty text. */
  | { readonly kind: 'absent' }
  /** A template or something broken may supply it. */
  | { readonly kind: 'unknown' };

export type WrittenSetting = Extract<SettingReading, { kind: 'value' }>;

/** What the API server takes the value for. */
export type ValueType = 'string' | 'number' | 'boolean' | 'mapping' | 'list';

/**
 * Reads what an address leads to on an object. Of an annotation, every spelling that the product reads counts, the
 * current one first. An address through lists is read in the items of `context`, else in the first that has it.
 */
export function readSetting(
  resource: Resource,
  address: Address,
  product: ProductTable | undefined,
  context: PlaceContext = ANYWHERE,
): SettingReading {
  const readings = readAll(resource, address, product, context);
  return (
    readings.find(({ kind }) => kind === 'value') ??
    readings.find(({ kind }) => kind === 'unknown') ?? { kind: 'absent' }
  );
}

/** Every place where a setting is written with a value that can be known. */
export function writtenSettings(resource: Resource, setting: Setting, product: ProductTable): WrittenSetting[] {
  return readAll(resource, setting.at, product, ANYWHERE).filter((reading) => reading.kind === 'value');
}

function readAll(
  resource: Resource,
  address: Address,
  product: ProductTable | undefined,
  context: PlaceContext,
): SettingReading[] {
  const place = parseAddress(address);
  switch (place.kind) {
    case 'annotation':
      return keysOf(resource, place.key, product, context).flatMap(({ key, matched }) => {
        const reading = readEntry(resource.annotations, key, { items: [], key: matched });
        return place.part === undefined ? [reading] : readPart(reading, place.part, context);
      });
    case 'label':
      return [readEntry(mappingAt(resource.metadata, 'labels'), place.key, ANYWHERE)];
    case 'field':
      return fieldReadings(rootOf(resource, place.steps), place.steps, context);
  }
}

/** The keys under which an annotation is looked for: the first that is written counts, or all that a `*` stands for. */
function keysOf(
  resource: Resource,
  key: string,
  product: ProductTable | undefined,
  context: PlaceContext,
): { readonly key: string; readonly matched: string | undefined }[] {
  if (key.includes('*')) {
    const pattern = wildcard(key);
    const written = (resource.annotations?.pairs ?? []).flatMap((pair) => keyText(pair) ?? []);
    const matching = written.filter((candidate) => pattern.test(candidate));
    return matching
      .filter((candidate) => context.key === undefined || context.key === candidate)
      .map((candidate) => ({ key: candidate, matched: candidate }));
  }
  if ((resource.annotations?.pairs.length ?? 0) === 0) {
    return [{ key, matched: undefined }];
  }
  const spellings = spellingsOf(key, product);
  const counts = spellings.find((spelling) => fieldAt(resource.annotations, spelling).kind !== 'absent');
  return [{ key: counts ?? key, matched: undefined }];
}

/** An annotation's key and the other ones under which the product reads it. */
export function spellingsOf(key: string, product: ProductTable | undefined): string[] {
  const [current, ...others] = product?.annotationPrefixes ?? [];
  const prefixed =
    current !== undefined && key.startsWith(current) ? others.map((prefix) => prefix + key.slice(current.length)) : [];
  const setting = product?.settings.find(({ at }) => at === key);
  const also = (setting?.spellings ?? []).filter(({ status, at }) => status === 'read' && at.includes('/'));
  return [key, ...prefixed, ...also.map(({ at }) => at)];
}

const wildcards = new Map<string, RegExp>();

/** The keys that an annotation with a `*` stands for. */
export function wildcard(key: string): RegExp {
  let pattern = wildcards.get(key);
  if (pattern === undefined) {
    pattern = new RegExp(`^${key.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]+')}$`);
    wildcards.set(key, pattern);
  }
  return pattern;
}

/** A chart's values hold what belongs under `spec`, so that is where a path of theirs begins. */
function rootOf(resource: Resource, steps: readonly FieldStep[]): YamlMapping | undefined {
  return resource.view === 'values' && steps[0]?.key === 'spec' ? { ...resource.root, open: true } : resource.root;
}

function readEntry(mapping: YamlMapping | undefined, key: string, context: PlaceContext): SettingReading {
  return readField(mapping, fieldAt(mapping, key), context);
}

function readField(mapping: YamlMapping | undefined, field: Field, context: PlaceContext): SettingReading {
  if (field.kind !== 'present' || mapping === undefined) {
    return { kind: field.kind === 'unknown' ? 'unknown' : 'absent' };
  }
  const { node, pair, editable } = field;
  const place: SettingPlace = {
    pair,
    mapping,
    editable,
    keySpan: pair.key.span,
    valueSpan: pair.value.span,
    within: undefined,
    context,
  };
  if (node.kind !== 'scalar') {
    return { kind: 'value', text: '', type: node.kind === 'mapping' ? 'mapping' : 'list', place };
  }
  if (isUnknownScalar(node)) {
    return { kind: 'unknown' };
  }
  const reading = readScalar(node);
  if (reading.type === 'null' || node.text === '') {
    return { kind: 'absent' };
  }
  const text = reading.type === 'boolean' ? String(reading.value) : node.text;
  return { kind: 'value', text, type: reading.type, place };
}

function fieldReadings(
  root: YamlMapping | undefined,
  steps: readonly FieldStep[],
  context: PlaceContext,
): SettingReading[] {
  return walk(root, steps, [], context.items).map(({ mapping, field, items }) =>
    readField(mapping, field, { items, key: context.key }),
  );
}

interface Walked {
  readonly mapping: YamlMapping | undefined;
  readonly field: Field;
  readonly items: readonly number[];
}

/** Follows a path, through the items that `wanted` names and, behind those, through all of a list. */
function walk(
  mapping: YamlMapping | undefined,
  steps: readonly FieldStep[],
  items: readonly number[],
  wanted: readonly number[],
): Walked[] {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return [];
  }
  const field = fieldAt(mapping, step.key);
  if (field.kind !== 'present' || (rest.length === 0 && !step.list)) {
    return [{ mapping, field, items }];
  }
  if (!step.list) {
    const { node } = field;
    const next = node.kind === 'mapping' ? node : undefined;
    const unknown = node.kind === 'scalar' && isUnknownScalar(node);
    return next === undefined
      ? [{ mapping, field: { kind: unknown ? 'unknown' : 'absent' }, items }]
      : walk(next, rest, items, wanted);
  }
  if (field.node.kind !== 'sequence') {
    return [{ mapping, field: { kind: 'unknown' }, items }];
  }
  const only = wanted[items.length];
  return field.node.items.flatMap((item, index): Walked[] => {
    const inner = resolveAlias(item);
    return (only !== undefined && only !== index) || inner?.kind !== 'mapping'
      ? []
      : walk(inner, rest, [...items, index], wanted);
  });
}

/** The mapping at a path of fields, in the items of a context; undefined where there is none. */
export function mappingAtAddress(
  resource: Resource,
  address: Address,
  context: PlaceContext = ANYWHERE,
): YamlMapping | undefined {
  const place = parseAddress(address);
  if (place.kind !== 'field') {
    return undefined;
  }
  const { steps } = place;
  const last = steps.at(-1);
  if (last?.list === true) {
    const [walked] = walk(resource.root, [...steps.slice(0, -1), { ...last, list: false }], [], context.items);
    const list = walked?.field.kind === 'present' ? walked.field.node : undefined;
    const item = list?.kind === 'sequence' ? resolveAlias(list.items[context.items.at(-1) ?? 0]) : undefined;
    return item?.kind === 'mapping' ? item : undefined;
  }
  const [walked] = walk(resource.root, steps, [], context.items);
  return walked?.field.kind === 'present' && walked.field.node.kind === 'mapping' ? walked.field.node : undefined;
}

/** Every mapping to which a path of fields leads, an item of a list or a field's value, with the items on the way. */
export function mappingsAtAddress(
  resource: Resource,
  address: Address,
): { readonly mapping: YamlMapping; readonly context: PlaceContext }[] {
  const place = parseAddress(address);
  if (place.kind !== 'field') {
    return [];
  }
  const steps = place.steps.map((step, index) => (index < place.steps.length - 1 ? step : { ...step, list: false }));
  const inItems = place.steps.at(-1)?.list === true;
  return walk(resource.root, steps, [], []).flatMap(({ field, items }) => {
    const node = field.kind === 'present' ? field.node : undefined;
    if (node?.kind === 'mapping') {
      return inItems ? [] : [{ mapping: node, context: { items, key: undefined } }];
    }
    return node?.kind !== 'sequence' || !inItems
      ? []
      : node.items.flatMap((item, index) => {
          const mapping = resolveAlias(item);
          return mapping?.kind === 'mapping'
            ? [{ mapping, context: { items: [...items, index], key: undefined } }]
            : [];
        });
  });
}

/** A part of an annotation's text. */
export interface Attribute {
  readonly key: string;
  readonly value: string | undefined;
  /** Relative to the text of the scalar. */
  readonly keySpan: Span;
  readonly valueSpan: Span;
  /** From behind the comma before it to its own comma. */
  readonly wholeSpan: Span;
}

/** The items of a list `key=value,key=value`; blanks around keys and values do not count. */
export function attributesOf(text: string): Attribute[] {
  const attributes: Attribute[] = [];
  let start = 0;
  for (const item of text.split(',')) {
    const equals = item.indexOf('=');
    const keyText = equals === -1 ? item : item.slice(0, equals);
    const trimmed = (part: string, from: number): Span => {
      const lead = part.length - part.trimStart().length;
      return { start: start + from + lead, end: start + from + lead + part.trim().length };
    };
    const keySpan = trimmed(keyText, 0);
    const value = equals === -1 ? undefined : item.slice(equals + 1);
    attributes.push({
      key: keyText.trim(),
      value: value?.trim(),
      keySpan,
      valueSpan: value === undefined ? keySpan : trimmed(value, equals + 1),
      wholeSpan: { start, end: start + item.length },
    });
    start += item.length + 1;
  }
  return attributes;
}

/**
 * Where the text of a scalar stands in the document, if it stands there letter by letter: without escapes, doubled
 * quotes and folding. Undefined otherwise.
 */
export function textStartOf(scalar: YamlScalar): number | undefined {
  const length = scalar.span.end - scalar.span.start;
  if (scalar.style === 'plain' && length === scalar.text.length) {
    return scalar.span.start;
  }
  const isQuoted = scalar.style === 'single' || scalar.style === 'double';
  return isQuoted && length === scalar.text.length + 2 ? scalar.span.start + 1 : undefined;
}

function readPart(reading: SettingReading, part: string, context: PlaceContext): SettingReading[] {
  if (reading.kind !== 'value') {
    return [reading];
  }
  const scalar = resolveAlias(reading.place.pair.value);
  if (scalar?.kind !== 'scalar') {
    return [{ kind: 'unknown' }];
  }
  const from = textStartOf(scalar);
  if (reading.text.trimStart().startsWith('{')) {
    const nested = parseText(scalar, from);
    const key = reading.place.context.key;
    const readings = nested && fieldReadings(nested.mapping, fieldSteps(part), { ...context, key });
    return (readings ?? [{ kind: 'unknown' as const }]).map((inner) =>
      inner.kind === 'value'
        ? { ...inner, place: insideText(inner.place, reading.place, scalar, nested?.exact) }
        : inner,
    );
  }
  const found = attributesOf(reading.text).findLast(({ key }) => key === part);
  if (found?.value === undefined) {
    return [{ kind: 'absent' }];
  }
  const span = (inner: Span): Span => (from === undefined ? scalar.span : shift(inner, from));
  return [
    {
      kind: 'value',
      text: found.value,
      type: 'string',
      place: {
        ...reading.place,
        keySpan: span(found.keySpan),
        valueSpan: span(found.valueSpan),
        editable: reading.place.editable && from !== undefined,
        within: scalar,
      },
    },
  ];
}

/** A place within the JSON of an annotation; edits there are left to the author. */
function insideText(
  inner: SettingPlace,
  outer: SettingPlace,
  scalar: YamlScalar,
  exact: boolean | undefined,
): SettingPlace {
  const span = (own: Span): Span => (exact === true ? own : scalar.span);
  return {
    ...inner,
    keySpan: span(inner.keySpan),
    valueSpan: span(inner.valueSpan),
    editable: outer.editable && exact === true,
    context: { ...inner.context, key: outer.context.key },
  };
}
