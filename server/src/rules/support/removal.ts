import type { Resource } from '../../kubernetes/resource.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import { removePairs } from '../../yaml/edits.ts';
import { resolveAlias, type YamlMapping, type YamlPair } from '../../yaml/nodes.ts';

/** A pair and the mapping that holds it. */
export interface PlacedPair {
  readonly pair: YamlPair;
  readonly mapping: YamlMapping;
}

/** Removes pairs from several places of one object; `annotations` goes with the last of its pairs. */
export function removePlaced(manifest: Manifest, resource: Resource, placed: readonly PlacedPair[]): TextEdit[] {
  const { metadata, annotations } = resource;
  const owner = metadata?.pairs.find((pair) => resolveAlias(pair.value) === annotations);
  return [...new Set(placed.map(({ mapping }) => mapping))].flatMap((mapping) => {
    const pairs = placed.filter((candidate) => candidate.mapping === mapping).map(({ pair }) => pair);
    return mapping === annotations && metadata !== undefined && owner !== undefined
      ? removePairs(manifest.yaml, mapping, pairs, { mapping: metadata, pair: owner })
      : removePairs(manifest.yaml, mapping, pairs);
  });
}
