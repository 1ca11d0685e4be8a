import type { Resource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Span } from '../text/span.ts';
import type { Manifest, PlacedManifest } from '../workspace/manifest.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';

/** A key or a value of a Service, found by its place in the text. */
export interface FieldPlace {
  readonly role: 'key' | 'value';
  /** The keys that lead to it from the Service down, its own included. */
  readonly path: readonly string[];
  readonly pair: YamlPair;
  /** The mapping that holds the pair. */
  readonly mapping: YamlMapping;
}

export function isCoreService(resource: Resource): boolean {
  return resource.kind === 'Service' && resource.apiVersion === 'v1';
}

/** The document that holds an offset; at the border of two, the second. */
export function manifestAt(manifests: readonly PlacedManifest[], offset: number): PlacedManifest | undefined {
  return manifests.findLast(({ start }) => start <= offset);
}

/** Every Service of a document, those included of which only a chart's values tell. */
export function servicesOf({ services, valuesServices }: Manifest): Service[] {
  return [...services, ...valuesServices];
}

/** A chart puts what its values say under `spec`, but the annotations under `metadata`. */
export function pathFromValues(path: readonly string[]): string[] {
  return [path[0] === 'annotations' ? 'metadata' : 'spec', ...path];
}

/**
 * The key or the scalar value of a Service of which `isHere` holds, in mappings within mappings; what stands in a list
 * or behind an alias has no name of its own among a Service's fields.
 */
export function fieldPlaceAt(service: Service, isHere: (span: Span) => boolean): FieldPlace | undefined {
  if (service.resource.view !== 'values') {
    return search(service.resource.root, [], isHere);
  }
  const place = search(service.spec, [], isHere);
  return place && { ...place, path: pathFromValues(place.path) };
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
