import type { Resource } from '../kubernetes/resource.ts';
import type { Span } from '../text/span.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';

/** A key or a value of an object, found by its place in the text. */
export interface FieldPlace {
  readonly role: 'key' | 'value';
  /** The keys that lead to it from the object down, its own included. */
  readonly path: readonly string[];
  readonly pair: YamlPair;
  /** The mapping that holds the pair. */
  readonly mapping: YamlMapping;
}

export function isCoreService(resource: Resource): boolean {
  return resource.kind === 'Service' && resource.apiVersion === 'v1';
}

/**
 * The key or the scalar value of which `isHere` holds, in mappings within mappings; what stands in a list or behind an
 * alias has no name of its own among an object's fields.
 */
export function fieldPlaceAt(root: YamlMapping, isHere: (span: Span) => boolean): FieldPlace | undefined {
  return search(root, [], isHere);
}

function search(
  mapping: YamlMapping,
  above: readonly string[],
  isHere: (span: Span) => boolean,
): FieldPlace | undefined {
  for (const pair of mapping.pairs) {
    const path = [...above, keyText(pair) ?? ''];
    if (isHere(pair.key.span)) {
      return { role: 'key', path, pair, mapping };
    }
    if (pair.value.kind === 'mapping') {
      const found = search(pair.value, path, isHere);
      if (found !== undefined) {
        return found;
      }
    } else if (resolveAlias(pair.value)?.kind === 'scalar' && isHere(pair.value.span)) {
      return { role: 'value', path, pair, mapping };
    }
  }
  return undefined;
}
