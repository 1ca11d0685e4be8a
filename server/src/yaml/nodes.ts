import type { Span } from '../text/span.ts';

/** What YAML wrote, with the place where it stands. Spans are relative to the document's text. */
export type YamlNode = YamlScalar | YamlMapping | YamlSequence | YamlAlias;

export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded';

export interface YamlScalar {
  readonly kind: 'scalar';
  /** The scalar as written, quotes included, without anchor and tag. Empty where a value is left out. */
  readonly span: Span;
  /** The scalar's content after unquoting and folding; nothing is read into it yet. */
  readonly text: string;
  readonly style: ScalarStyle;
  /** The explicit tag, such as `!!str`, if one is written. */
  readonly tag: string | undefined;
  /** Part of it is a template expression, or its end is missing, so that its value cannot be known here. */
  readonly templated: boolean;
}

export interface YamlPair {
  readonly key: YamlNode;
  readonly value: YamlNode;
  /** From the key (or its anchor) to the end of the value. */
  readonly span: Span;
  /** It stands in a template block, so that it may or may not be there. */
  readonly conditional: boolean;
}

export interface YamlMapping {
  readonly kind: 'mapping';
  readonly span: Span;
  readonly style: 'block' | 'flow';
  readonly pairs: readonly YamlPair[];
  /** More keys may come from a template or an unresolved merge: a key not found here is unknown, not absent. */
  readonly open: boolean;
}

export interface YamlSequence {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly style: 'block' | 'flow';
  readonly items: readonly YamlNode[];
  readonly open: boolean;
}

export interface YamlAlias {
  readonly kind: 'alias';
  readonly span: Span;
  /** The anchored node, shared and not copied; undefined where the anchor is missing or encloses the alias. */
  readonly target: YamlNode | undefined;
}

/** The node itself, or the one that an alias stands for. */
export function resolveAlias(node: YamlNode | undefined): Exclude<YamlNode, YamlAlias> | undefined {
  let current = node;
  for (let hops = 0; current?.kind === 'alias' && hops < 100; hops++) {
    current = current.target;
  }
  return current?.kind === 'alias' ? undefined : current;
}

/** The key's text where the key is a scalar whose text is known. */
export function keyText(pair: YamlPair): string | undefined {
  const key = pair.key.kind === 'scalar' ? pair.key : resolveAlias(pair.key);
  return key?.kind === 'scalar' && !key.templated ? key.text : undefined;
}

/** A pair found by its key, and whether it came in through a merge key and so stands elsewhere. */
export interface FoundPair {
  readonly pair: YamlPair;
  readonly inherited: boolean;
}

/** The pair that counts: the last one with that key, as kubectl reads it; else one from a merge (`<<`). */
export function findPair(mapping: YamlMapping, key: string): FoundPair | undefined {
  // Nearly every question about a manifest ends up here, and merges are rare.
  const { pairs } = mapping;
  for (let index = pairs.length - 1; index >= 0; index--) {
    const pair = pairs[index];
    if (pair !== undefined && keyText(pair) === key) {
      return { pair, inherited: false };
    }
  }
  if (!pairs.some(isMergeKey)) {
    return undefined;
  }
  for (const source of withMergedMappings(mapping)) {
    const pair = source.pairs.findLast((candidate) => keyText(candidate) === key);
    if (pair !== undefined) {
      return { pair, inherited: source !== mapping };
    }
  }
  return undefined;
}

/** Every own and merged pair but the merge keys themselves; what counts least comes first. */
export function allPairs(mapping: YamlMapping): FoundPair[] {
  if (!mapping.pairs.some(isMergeKey)) {
    return mapping.pairs.map((pair) => ({ pair, inherited: false }));
  }
  return withMergedMappings(mapping)
    .toReversed()
    .flatMap((source) =>
      source.pairs.filter((pair) => !isMergeKey(pair)).map((pair) => ({ pair, inherited: source !== mapping })),
    );
}

export function isMergeKey(pair: YamlPair): boolean {
  return pair.key.kind === 'scalar' && pair.key.style === 'plain' && pair.key.text === '<<';
}

/** The mapping and all that `<<` brings into it, strongest first; each once, so that merges of merges stay cheap. */
function withMergedMappings(mapping: YamlMapping): YamlMapping[] {
  const seen = new Set<YamlMapping>();
  const visit = (current: YamlMapping): void => {
    if (seen.has(current)) {
      return;
    }
    seen.add(current);
    for (const pair of current.pairs) {
      if (isMergeKey(pair)) {
        const value = resolveAlias(pair.value);
        const candidates = value?.kind === 'sequence' ? value.items.map(resolveAlias) : [value];
        for (const candidate of candidates) {
          if (candidate?.kind === 'mapping') {
            visit(candidate);
          }
        }
      }
    }
  };
  visit(mapping);
  return [...seen];
}
