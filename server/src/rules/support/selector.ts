import { readScalar } from '../../kubernetes/scalar.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../../yaml/nodes.ts';
import { affinityKeyOf, affinityPairs } from './affinityFields.ts';

/**
 * The affinity fields that slipped into a Service's selector. `timeoutSeconds` or `clientIP` alone may be somebody's
 * label; with `sessionAffinity`, with each other or without a string they are not.
 */
export function affinityInSelectorPairs(selector: YamlMapping): YamlPair[] {
  const pairs = affinityPairs(selector);
  const speakOfAffinity =
    pairs.length > 1 ||
    pairs.some((pair) => affinityKeyOf(keyText(pair))?.startsWith('sessionAffinity') || !isLabel(pair));
  return speakOfAffinity ? pairs : [];
}

/** Whether the API server takes the pair for a label: its value is a string, or nothing, which kubectl drops. */
export function isLabel(pair: YamlPair): boolean {
  const value = resolveAlias(pair.value);
  return value?.kind === 'scalar' && /string|null/.test(readScalar(value).type);
}

/** The pairs of a Service's selector that belong into the selector of a workload, which is not flat. */
export function nestedSelectorPairs(selector: YamlMapping): YamlPair[] {
  return selector.pairs.filter(
    (pair) => /^match(Labels|Expressions)$/.test(keyText(pair) ?? '') && resolveAlias(pair.value)?.kind !== 'scalar',
  );
}
