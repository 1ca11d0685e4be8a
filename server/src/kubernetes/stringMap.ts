import { allPairs, keyText, resolveAlias, type YamlMapping } from '../yaml/nodes.ts';
import { isUnknownScalar } from './field.ts';
import { readScalar } from './scalar.ts';

/** A map of strings, such as labels or a selector. */
export interface StringMap {
  readonly mapping: YamlMapping;
  readonly entries: ReadonlyMap<string, string>;
  /** Some keys or values cannot be known. */
  readonly open: boolean;
}

/** Values that are no strings are left out: the API server refuses the whole object for them. */
export function readStringMap(mapping: YamlMapping | undefined): StringMap | undefined {
  if (mapping === undefined) {
    return undefined;
  }
  const entries = new Map<string, string>();
  let open = mapping.open;
  for (const { pair } of allPairs(mapping)) {
    const key = keyText(pair);
    const value = resolveAlias(pair.value);
    if (key !== undefined) {
      // Of a key that is written more than once the last value counts, even one that cannot be known.
      entries.delete(key);
    }
    if (key === undefined || pair.conditional || value?.kind !== 'scalar' || isUnknownScalar(value)) {
      open ||= value === undefined || value.kind === 'scalar';
      continue;
    }
    const reading = readScalar(value);
    if (reading.type === 'string') {
      entries.set(key, reading.value);
    }
  }
  return { mapping, entries, open };
}

/** Whether every entry of a selector stands among the labels. An empty selector matches nothing here. */
export function selectorMatches(selector: StringMap, labels: StringMap): boolean {
  return selector.entries.size > 0 && [...selector.entries].every(([key, value]) => labels.entries.get(key) === value);
}
