import { parentOf, parseAddress } from '../../knowledge/address.ts';
import type { NewSetting, ProductTable } from '../../knowledge/product.ts';
import {
  attributesOf,
  mappingAtAddress,
  type PlaceContext,
  readSetting,
  type SettingPlace,
  textStartOf,
  type WrittenSetting,
} from '../../knowledge/settingReading.ts';
import { fieldAt, mappingAt } from '../../kubernetes/field.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { readScalar } from '../../kubernetes/scalar.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Span } from '../../text/span.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import { insertPairs, type NewPair, type NewValue, replaceScalar, setScalar } from '../../yaml/edits.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../../yaml/nodes.ts';
import { removePlaced } from './removal.ts';

/** Where settings are written: the object, the product whose spelling is copied, and which items of its lists. */
export interface WritingPlace {
  readonly manifest: Manifest;
  readonly resource: Resource;
  readonly product: ProductTable;
  readonly context: PlaceContext;
  /** What new annotations follow. */
  readonly after?: YamlPair | undefined;
}

/** The edits that give settings their values; undefined where one of them cannot be written. */
export function settingsEdits(place: WritingPlace, settings: readonly NewSetting[]): TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  const inserted: { readonly mapping: YamlMapping; readonly pairs: NewPair[] }[] = [];
  for (const setting of settings) {
    const done = settingEdits(place, setting, inserted);
    if (done === undefined) {
      return undefined;
    }
    edits.push(...done);
  }
  const { manifest, after } = place;
  for (const { mapping, pairs } of inserted) {
    const anchor = after !== undefined && mapping.pairs.includes(after) ? after : undefined;
    edits.push(
      ...(anchor === undefined
        ? insertPairs(manifest.yaml, mapping, pairs)
        : insertPairs(manifest.yaml, mapping, pairs, anchor)),
    );
  }
  return edits;
}

type Inserted = { readonly mapping: YamlMapping; readonly pairs: NewPair[] }[];

function settingEdits(place: WritingPlace, { at, value }: NewSetting, inserted: Inserted): TextEdit[] | undefined {
  const { resource, product, context } = place;
  const reading = readSetting(resource, at, product, context);
  if (reading.kind === 'unknown') {
    return undefined;
  }
  if (reading.kind === 'value') {
    return reading.place.editable ? valueEdits(reading, newValue(at, value, product)) : undefined;
  }
  const address = parseAddress(at);
  switch (address.kind) {
    case 'annotation':
      return address.part === undefined
        ? entryEdits(place, 'annotations', asSpelt(place, address.key), value, inserted)
        : attributeEdits(place, address.key, address.part, value, inserted);
    case 'label':
      return entryEdits(place, 'labels', address.key, value, inserted);
    case 'field':
      return fieldEdits(place, at, newValue(at, value, product), inserted);
  }
}

/** Writes another value over a setting's. */
export function valueEdits({ place }: WrittenSetting, value: Exclude<NewValue, { kind: 'mapping' }>): TextEdit[] {
  if (place.within !== undefined) {
    return [{ span: place.valueSpan, newText: value.text }];
  }
  const scalar = resolveAlias(place.pair.value);
  return scalar?.kind === 'scalar' ? [replaceScalar(place.mapping, scalar, value)] : [];
}

/** A value in the dress that it needs: annotations stay text, a field has the type of its grammar. */
export function newValue(at: string, value: string, product: ProductTable): Exclude<NewValue, { kind: 'mapping' }> {
  const address = parseAddress(at);
  if (address.kind !== 'field') {
    return { kind: 'string', text: value };
  }
  const grammar = product.settings.find((setting) => setting.at === at)?.grammar.kind;
  const plain = { kind: 'scalar', span: { start: 0, end: 0 }, text: value, style: 'plain' } as const;
  const { type } = readScalar({ ...plain, tag: undefined, templated: false });
  const isTyped = grammar === 'integer' || grammar === 'number' || grammar === 'boolean' || grammar === undefined;
  if (isTyped && type !== 'string') {
    return { kind: 'number', text: value };
  }
  // What reads as a number, or has marks that YAML knows, needs quotes to stay text.
  return { kind: type === 'string' && /^[A-Za-z0-9/][\w./-]*$/.test(value) ? 'word' : 'string', text: value };
}

/** The key with the prefix that the object's other annotations of the product have. */
function asSpelt({ resource, product }: WritingPlace, key: string): string {
  const [current = '', ...others] = product.annotationPrefixes;
  const keys = (resource.annotations?.pairs ?? []).map((pair) => keyText(pair) ?? '');
  if (!key.startsWith(current) || keys.some((written) => written.startsWith(current))) {
    return key;
  }
  const other = others.find((prefix) => keys.some((written) => written.startsWith(prefix)));
  return other === undefined ? key : other + key.slice(current.length);
}

/** Inserts annotations on an object; undefined where there is no place for them. */
export function insertAnnotations(
  { yaml }: Manifest,
  { metadata, annotations }: Resource,
  pairs: readonly NewPair[],
): TextEdit[] | undefined {
  if (annotations !== undefined) {
    return insertPairs(yaml, annotations, pairs);
  }
  return metadata === undefined || fieldAt(metadata, 'annotations').kind !== 'absent'
    ? undefined
    : insertPairs(yaml, metadata, [{ key: 'annotations', value: { kind: 'mapping', pairs } }]);
}

/** Writes an annotation or a label. */
function entryEdits(
  { manifest, resource }: WritingPlace,
  holder: 'annotations' | 'labels',
  key: string,
  value: string,
  inserted: Inserted,
): TextEdit[] | undefined {
  const pair: NewPair = { key, value: { kind: 'string', text: value } };
  const { metadata } = resource;
  const mapping = holder === 'annotations' ? resource.annotations : mappingAt(metadata, holder);
  const field = fieldAt(mapping, key);
  if (field.kind === 'present' && mapping !== undefined) {
    return field.editable ? setScalar(manifest.yaml, mapping, key, { kind: 'string', text: value }) : undefined;
  }
  if (mapping !== undefined) {
    return insertInto(inserted, mapping, pair);
  }
  if (metadata === undefined || fieldAt(metadata, holder).kind !== 'absent') {
    return undefined;
  }
  return insertInto(inserted, metadata, { key: holder, value: { kind: 'mapping', pairs: [pair] } });
}

/** Several that go into one new mapping become one. */
function insertInto(inserted: Inserted, mapping: YamlMapping, pair: NewPair): TextEdit[] {
  const present = inserted.find((one) => one.mapping === mapping);
  if (present === undefined) {
    inserted.push({ mapping, pairs: [pair] });
  } else {
    present.pairs.splice(0, present.pairs.length, ...withPair(present.pairs, pair));
  }
  return [];
}

function withPair(pairs: readonly NewPair[], added: NewPair): NewPair[] {
  const same = pairs.find(({ key }) => key === added.key);
  if (same === undefined || same.value.kind !== 'mapping' || added.value.kind !== 'mapping') {
    return [...pairs, added];
  }
  const merged = added.value.pairs.reduce<NewPair[]>((into, pair) => withPair(into, pair), [...same.value.pairs]);
  return pairs.map((pair) => (pair === same ? { ...pair, value: { kind: 'mapping', pairs: merged } } : pair));
}

/** Appends an attribute to an annotation's list, or begins one. */
function attributeEdits(
  place: WritingPlace,
  key: string,
  part: string,
  value: string,
  inserted: Inserted,
): TextEdit[] | undefined {
  const whole = readSetting(place.resource, key, place.product, place.context);
  if (whole.kind !== 'value') {
    const pending = inserted.flatMap(({ pairs }) => pairs).find((pair) => pair.key === key);
    return whole.kind === 'absent' && pending === undefined
      ? entryEdits(place, 'annotations', key, `${part}=${value}`, inserted)
      : undefined;
  }
  const scalar = resolveAlias(whole.place.pair.value);
  const start = scalar?.kind === 'scalar' ? textStartOf(scalar) : undefined;
  if (start === undefined || whole.text.trimStart().startsWith('{') || !whole.place.editable) {
    return undefined;
  }
  const last = attributesOf(whole.text).at(-1);
  const at = start + (last?.valueSpan.end ?? 0);
  return [{ span: { start: at, end: at }, newText: `${last === undefined ? '' : ','}${part}=${value}` }];
}

/** Inserts a field, and the mappings on the way to it that are missing. */
function fieldEdits(
  { manifest, resource, context }: Pick<WritingPlace, 'manifest' | 'resource' | 'context'>,
  at: string,
  value: NewValue,
  inserted: Inserted,
): TextEdit[] | undefined {
  const parent = parentOf(at);
  const key = at.slice(at.lastIndexOf('.') + 1);
  const mapping = parent === undefined ? resource.root : mappingAtAddress(resource, parent, context);
  if (mapping !== undefined) {
    const field = fieldAt(mapping, key);
    if (field.kind === 'present') {
      const editable = field.editable && value.kind !== 'mapping';
      return editable ? setScalar(manifest.yaml, mapping, key, value) : undefined;
    }
    return field.kind === 'absent' ? insertInto(inserted, mapping, { key, value }) : undefined;
  }
  return parent === undefined || parent.endsWith('[]')
    ? undefined
    : fieldEdits({ manifest, resource, context }, parent, { kind: 'mapping', pairs: [{ key, value }] }, inserted);
}

/** Takes a setting out; undefined where it cannot be. */
export function removeSetting(
  manifest: Manifest,
  resource: Resource,
  { pair, mapping, within, editable, keySpan, valueSpan }: SettingPlace,
): TextEdit[] | undefined {
  if (!editable) {
    return undefined;
  }
  return within === undefined
    ? removePlaced(manifest, resource, [{ pair, mapping }])
    : removeAttribute(manifest, resource, { pair, mapping }, within, { start: keySpan.start, end: valueSpan.end });
}

function removeAttribute(
  manifest: Manifest,
  resource: Resource,
  placed: { readonly pair: YamlPair; readonly mapping: YamlMapping },
  within: NonNullable<SettingPlace['within']>,
  span: Span,
): TextEdit[] | undefined {
  const start = textStartOf(within);
  const all = attributesOf(within.text);
  const index = all.findIndex(({ keySpan }) => start !== undefined && keySpan.start + start === span.start);
  const [own, next] = [all[index], all[index + 1]];
  if (start === undefined || own === undefined) {
    return undefined;
  }
  if (all.length === 1) {
    return removePlaced(manifest, resource, [placed]);
  }
  const from = next === undefined ? own.wholeSpan.start - 1 : own.keySpan.start;
  const to = next === undefined ? own.wholeSpan.end : next.keySpan.start;
  return [{ span: { start: start + from, end: start + to }, newText: '' }];
}
