import { distance } from 'fastest-levenshtein';
import { mappingAt } from '../../kubernetes/field.ts';
import type { Service } from '../../kubernetes/service.ts';
import type { TextEdit } from '../../text/edit.ts';
import { lineContentEnd, lineEndOf, lineStart } from '../../text/lines.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import {
  comments,
  insertPairs,
  type NewPair,
  type NewValue,
  removePairs,
  replaceAllPairs,
  replaceScalar,
  sourceOf,
} from '../../yaml/edits.ts';
import { trailingComment } from '../../yaml/layout.ts';
import { findPair, keyText, resolveAlias, type YamlMapping, type YamlPair, type YamlScalar } from '../../yaml/nodes.ts';

/** The four keys of client affinity, from the outermost to the innermost. */
export const AFFINITY_KEYS = ['sessionAffinity', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'] as const;

export type AffinityKey = (typeof AFFINITY_KEYS)[number];

/** The affinity key that a key is, however its letters are cased and its words are joined. */
export function affinityKeyOf(written: string | undefined): AffinityKey | undefined {
  // Every key of a manifest is looked at, and hardly any is long enough and begins like one of them.
  return written !== undefined && written.length >= SHORTEST && /^[-_ ]*[sct]/i.test(written)
    ? BY_FOLDED.get(written.toLowerCase().replace(/[-_ ]/g, ''))
    : undefined;
}

const BY_FOLDED: ReadonlyMap<string, AffinityKey> = new Map(AFFINITY_KEYS.map((key) => [key.toLowerCase(), key]));

const SHORTEST = Math.min(...AFFINITY_KEYS.map(({ length }) => length));

/** The one of `expected` that a key was meant to be, allowing two wrong letters; undefined if it is one of them. */
export function misspeltKey(written: string, expected: readonly AffinityKey[]): AffinityKey | undefined {
  if (expected.some((key) => key === written)) {
    return undefined;
  }
  const folded = affinityKeyOf(written);
  if (folded !== undefined && expected.includes(folded)) {
    return folded;
  }
  return expected.find(
    (key) => Math.abs(key.length - written.length) <= 2 && distance(written.toLowerCase(), key.toLowerCase()) <= 2,
  );
}

/** The pairs of a mapping that are affinity keys, in whatever spelling. */
export function affinityPairs(mapping: YamlMapping | undefined): YamlPair[] {
  return (mapping?.pairs ?? []).filter((pair) => affinityKeyOf(keyText(pair)) !== undefined);
}

/** Whether the pairs are written where they count and nothing of them is filled in by a template. */
export function areEditable(pairs: readonly YamlPair[]): boolean {
  return pairs.every(
    ({ conditional, key, value }) =>
      !conditional && key.kind === 'scalar' && !key.templated && value.kind !== 'alias' && isPlainlyWritten(value),
  );
}

function isPlainlyWritten(value: YamlPair['value']): boolean {
  switch (value.kind) {
    case 'scalar':
      return !value.templated;
    case 'mapping':
      return !value.open && areEditable(value.pairs);
    case 'sequence':
      return !value.open && value.items.every(isPlainlyWritten);
    case 'alias':
      return false;
  }
}

type WrittenPart = { readonly value: NewValue | undefined } & Pick<NewPair, 'commentsAbove' | 'comment'>;

/** What the author wrote of client affinity, wherever it stands, with the comments of each key. */
interface WrittenAffinity {
  readonly parts: Map<AffinityKey, WrittenPart>;
  /** Something that is no affinity key stands among them and would be lost. */
  foreign: boolean;
}

function collect(text: string, pairs: readonly YamlPair[], into: WrittenAffinity): void {
  for (const pair of pairs) {
    const written = keyText(pair) ?? '';
    const key = affinityKeyOf(written) ?? misspeltKey(written, AFFINITY_KEYS);
    const value = onlyItem(resolveAlias(pair.value));
    if (key === undefined || value === undefined || value.kind === 'sequence') {
      into.foreign = true;
    } else if (value.kind === 'scalar') {
      collectScalar(text, pair, key, value, into);
    } else if (key === 'sessionAffinity') {
      collectAffinityMapping(text, pair, value, into);
    } else {
      into.parts.set(key, { value: undefined, ...comments(text, pair) });
      collect(text, value.pairs, into);
    }
  }
}

/** A list of one thing stands for that thing. */
function onlyItem(node: ReturnType<typeof resolveAlias>): ReturnType<typeof resolveAlias> {
  return node?.kind === 'sequence' && node.items.length === 1 ? resolveAlias(node.items[0]) : node;
}

/** A number is the timeout and `ClientIP` the affinity, on whatever level it stands. */
function collectScalar(text: string, pair: YamlPair, key: AffinityKey, value: YamlScalar, into: WrittenAffinity): void {
  const isNested = key === 'sessionAffinityConfig' || key === 'clientIP';
  if (!isNested || value.text === '') {
    if (!into.parts.has(key) || value.text !== '') {
      add(into, key, { value: newValueOf(text, key, value), ...comments(text, pair) });
    }
  } else if (/^\d+$/.test(value.text)) {
    into.parts.set(key, { value: undefined, ...comments(text, pair) });
    add(into, 'timeoutSeconds', { value: { kind: 'number', text: value.text } });
  } else if (value.text === 'ClientIP' && key === 'sessionAffinityConfig') {
    if (!into.parts.has('sessionAffinity')) {
      into.parts.set('sessionAffinity', { value: { kind: 'word', text: 'ClientIP' }, ...comments(text, pair) });
    }
  } else {
    into.foreign = true;
  }
}

/** Of two timeouts or words that contradict each other, only the author knows which one is meant. */
function add(into: WrittenAffinity, key: AffinityKey, part: WrittenPart): void {
  const before = into.parts.get(key)?.value;
  const contradicts =
    before !== undefined &&
    before.kind !== 'mapping' &&
    part.value !== undefined &&
    (part.value.kind === 'mapping' || part.value.text !== before.text);
  into.foreign ||= contradicts;
  into.parts.set(key, part);
}

/** Names that people give to the word which belongs to `sessionAffinity` itself. */
const NAMES_OF_AFFINITY = new Set(['type', 'mode', 'kind', 'value', 'affinity', 'sessionaffinity']);

/** A mapping under `sessionAffinity` names the affinity, or says by what it configures that it is `ClientIP`. */
function collectAffinityMapping(text: string, pair: YamlPair, mapping: YamlMapping, into: WrittenAffinity): void {
  const names = mapping.pairs.filter((inner) => NAMES_OF_AFFINITY.has(keyText(inner)?.toLowerCase() ?? ''));
  const rest = mapping.pairs.filter((inner) => !names.includes(inner));
  const [named] = names;
  const word = resolveAlias(named?.value);
  const isNamed = word?.kind === 'scalar' && word.text === 'ClientIP';
  if (names.length > 1 || (names.length === 1 ? !isNamed : rest.length === 0)) {
    into.foreign = true;
    return;
  }
  const said = named === undefined ? [] : [comments(text, pair), comments(text, named)];
  into.parts.set('sessionAffinity', {
    value: { kind: 'word', text: 'ClientIP' },
    ...(said.length === 0
      ? comments(text, pair)
      : {
          commentsAbove: said.flatMap(({ commentsAbove = [] }) => commentsAbove),
          comment: said.findLast(({ comment }) => comment !== undefined)?.comment,
        }),
  });
  collect(text, rest, into);
}

function newValueOf(text: string, key: AffinityKey, scalar: YamlScalar): NewValue | undefined {
  if (scalar.text === '') {
    return undefined;
  }
  if (key === 'timeoutSeconds' && /^\d+$/.test(scalar.text)) {
    return { kind: 'number', text: scalar.text };
  }
  return { kind: 'source', text: sourceOf(text, scalar) };
}

/** Pairs that stand in the wrong place, and the mapping that holds them. */
export interface Misplaced {
  readonly mapping: YamlMapping;
  readonly pairs: readonly YamlPair[];
  /** The pair whose value the mapping is; it goes too when nothing remains in it. */
  readonly owner?: { readonly mapping: YamlMapping; readonly pair: YamlPair };
}

/**
 * Moves misplaced affinity fields into a Service's `spec` and nests them as the API server wants them, with their
 * comments. What stands there already is kept, an explicit affinity other than ClientIP excepted. Undefined where the
 * move would lose something or touch what is not written here.
 */
export function moveAffinityIntoSpec(
  source: { readonly manifest: Manifest; readonly misplaced: Misplaced },
  target: { readonly manifest: Manifest; readonly service: Service },
): { readonly removal: TextEdit[]; readonly insertion: TextEdit[] } | undefined {
  const { misplaced } = source;
  const { spec } = target.service;
  if (!areEditable(misplaced.pairs) || source.manifest.yaml.problems.length > 0) {
    return undefined;
  }
  const written: WrittenAffinity = { parts: new Map(), foreign: false };
  collect(source.manifest.yaml.text, misplaced.pairs, written);
  const config = findPair(spec, 'sessionAffinityConfig');
  const absorbed = config !== undefined && !misplaced.pairs.includes(config.pair) ? [config.pair] : [];
  if (absorbed.length > 0 && (config?.inherited === true || !areEditable(absorbed))) {
    return undefined;
  }
  collect(target.manifest.yaml.text, absorbed, written);
  if (written.foreign) {
    return undefined;
  }
  const present = findPair(spec, 'sessionAffinity');
  const kept = present !== undefined && !misplaced.pairs.includes(present.pair) ? present : undefined;
  const { edits, pairs } = affinityEdits(target, kept?.pair, written);
  const removed = misplaced.mapping === spec ? [...misplaced.pairs, ...absorbed] : absorbed;
  if (pairs.length > 0 && isEmptied(spec, misplaced, removed)) {
    const { mapping, owner } = misplaced;
    const isWithin = mapping === spec || owner?.mapping === spec;
    const leaving = isWithin ? [] : removePairs(source.manifest.yaml, mapping, misplaced.pairs, owner);
    return { removal: leaving, insertion: replaceAllPairs(target.manifest.yaml, spec, pairs) };
  }
  const anchor = insertionAnchor(spec, misplaced, kept?.pair, removed);
  const removal =
    misplaced.mapping === spec
      ? []
      : removePairs(source.manifest.yaml, misplaced.mapping, misplaced.pairs, misplaced.owner);
  const inSpec = removed.length === 0 ? [] : removePairs(target.manifest.yaml, spec, removed);
  const sameText = source.manifest === target.manifest;
  const going = sameText ? [...removal, ...inSpec] : inSpec;
  const inserted = insertPairs(target.manifest.yaml, spec, pairs, anchor).map((edit) =>
    outsideOf(going, edit, target.manifest.yaml.text),
  );
  return { removal, insertion: [...inSpec, ...edits, ...inserted] };
}

/** Whether nothing stays in `spec` once the fields have left it, and the selector too that held nothing else. */
function isEmptied(spec: YamlMapping, { mapping, pairs, owner }: Misplaced, removed: readonly YamlPair[]): boolean {
  const ownerGoes = owner?.mapping === spec && !mapping.pairs.some(stays(pairs));
  const going = ownerGoes ? [...removed, owner.pair] : removed;
  return spec.pairs.length > 0 && !spec.pairs.some(stays(going));
}

/** An insertion whose place is about to go moves up to the end of the line before what goes. */
function outsideOf(removals: readonly TextEdit[], insertion: TextEdit, text: string): TextEdit {
  const at = insertion.span.start;
  const around = removals.find(({ span }) => span.start < at && at < span.end);
  if (around === undefined) {
    return insertion;
  }
  const { start } = around.span;
  const end = start > 0 && text[start - 1] === '\n' ? lineContentEnd(text, lineStart(text, start - 1)) : start;
  return { ...insertion, span: { start: end, end } };
}

/** What stands before the fields: the affinity that stays, what held them, or the last pair that is not about to go. */
function insertionAnchor(
  spec: YamlMapping,
  misplaced: Misplaced,
  kept: YamlPair | undefined,
  removed: readonly YamlPair[],
): YamlPair | undefined {
  if (kept !== undefined) {
    return kept;
  }
  if (misplaced.mapping === spec) {
    const first = misplaced.pairs[0];
    const before = first === undefined ? [] : spec.pairs.slice(0, spec.pairs.indexOf(first));
    // What stood first in the block comes first again: an insertion within what goes moves up to the line before it.
    const atTop = spec.style === 'block' ? first : undefined;
    return before.findLast(stays(removed)) ?? atTop ?? spec.pairs.findLast(stays(removed));
  }
  const holder = spec.pairs.find((pair) => resolveAlias(pair.value) === misplaced.mapping);
  const remains = misplaced.mapping.pairs.some(stays(misplaced.pairs));
  return holder !== undefined && remains
    ? holder
    : spec.pairs.findLast((pair) => pair !== holder && !removed.includes(pair));
}

function stays(going: readonly YamlPair[]): (pair: YamlPair) => boolean {
  return (pair) => !going.includes(pair);
}

function affinityEdits(
  { manifest, service }: { readonly manifest: Manifest; readonly service: Service },
  kept: YamlPair | undefined,
  { parts }: WrittenAffinity,
): { edits: TextEdit[]; pairs: NewPair[] } {
  const edits: TextEdit[] = [];
  const pairs: NewPair[] = [];
  const affinity = parts.get('sessionAffinity');
  if (affinity?.value !== undefined && affinity.value.kind !== 'mapping') {
    if (kept === undefined) {
      pairs.push({ key: 'sessionAffinity', ...affinity, value: affinity.value });
    } else if (kept.value.kind === 'scalar' && kept.value.text !== 'ClientIP') {
      edits.push(replaceScalar(service.spec, kept.value, affinity.value));
      edits.push(...(service.spec.style === 'block' ? commentEdits(manifest.yaml.text, kept, affinity) : []));
    }
  }
  const timeout = parts.get('timeoutSeconds');
  if (timeout?.value !== undefined) {
    const innermost: NewPair = { key: 'timeoutSeconds', ...timeout, value: timeout.value };
    const clientIP = parts.get('clientIP');
    const middle: NewPair = { key: 'clientIP', ...clientIP, value: { kind: 'mapping', pairs: [innermost] } };
    const outer = parts.get('sessionAffinityConfig');
    pairs.push({ key: 'sessionAffinityConfig', ...outer, value: { kind: 'mapping', pairs: [middle] } });
  }
  return { edits, pairs };
}

/** Brings comments to a pair of a block that stays; one behind a value goes above where there is one already. */
function commentEdits(text: string, pair: YamlPair, { commentsAbove = [], comment }: WrittenPart): TextEdit[] {
  const taken = trailingComment(text, pair) !== undefined;
  const above = taken && comment !== undefined ? [...commentsAbove, comment.trim()] : commentsAbove;
  const start = lineStart(text, pair.span.start);
  const indent = text.slice(start, pair.span.start);
  const lines = above.map((line) => indent + line + lineEndOf(text)).join('');
  const end = pair.value.span.end;
  return [
    ...(lines === '' ? [] : [{ span: { start, end: start }, newText: lines }]),
    ...(taken || comment === undefined ? [] : [{ span: { start: end, end }, newText: comment }]),
  ];
}

/** The affinity mapping that holds the timeout, where it is nested as it should be. */
export function clientIPMapping(service: Service): YamlMapping | undefined {
  return mappingAt(service.spec, 'sessionAffinityConfig', 'clientIP');
}
