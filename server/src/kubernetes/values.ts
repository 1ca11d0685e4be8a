import type { YamlDocument } from '../yaml/document.ts';
import { parseNested } from '../yaml/nested.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlNode } from '../yaml/nodes.ts';
import { fieldAt, mappingAt } from './field.ts';
import type { Resource } from './resource.ts';

/** Mappings nested deeper than this are not searched: no chart puts a Service there. */
const MAXIMUM_DEPTH = 8;

/**
 * Where chart users choose the fields of a Service: mappings of a chart's values under a key that names a Service, or
 * with an affinity field in them. Seen as Services of which nothing is known but what the values say.
 *
 * @param isValuesFile whether the document's own root holds values; inline values of a Flux HelmRelease and of an
 * Argo CD Application count wherever they stand.
 */
export function valuesResources(
  document: YamlDocument,
  resources: readonly Resource[],
  isValuesFile: boolean,
): Resource[] {
  const found: Resource[] = [];
  const root = resolveAlias(document.root);
  if (isValuesFile && resources.length === 0 && root?.kind === 'mapping') {
    search(root, '', 0, found);
  }
  for (const resource of resources) {
    for (const values of inlineValues(document, resource)) {
      search(values, '', 0, found);
    }
  }
  return found;
}

function inlineValues(document: YamlDocument, resource: Resource): YamlMapping[] {
  if (resource.kind === 'HelmRelease' && resource.apiVersion.startsWith('helm.toolkit.fluxcd.io/')) {
    return [mappingAt(resource.spec, 'values')].filter((values) => values !== undefined);
  }
  if (resource.kind !== 'Application' || !resource.apiVersion.startsWith('argoproj.io/')) {
    return [];
  }
  const sources = fieldAt(resource.spec, 'sources');
  const listed = sources.kind === 'present' && sources.node.kind === 'sequence' ? sources.node.items : [];
  return [mappingAt(resource.spec, 'source'), ...listed.map(resolveAlias)].flatMap((source) =>
    source?.kind === 'mapping' ? valuesOfSource(document, source) : [],
  );
}

/** Argo CD takes values as an object or as YAML within a block of text. */
function valuesOfSource(document: YamlDocument, source: YamlMapping): YamlMapping[] {
  const object = mappingAt(source, 'helm', 'valuesObject');
  const text = fieldAt(source, 'helm', 'values');
  const nested =
    text.kind === 'present' && text.node.kind === 'scalar' ? parseNested(document.text, text.node) : undefined;
  return [object, nested].filter((values) => values !== undefined);
}

function search(mapping: YamlMapping, key: string, depth: number, found: Resource[]): void {
  if (/service$/i.test(key) || mapping.pairs.some((pair) => /^sessionAffinity(Config)?$/.test(keyText(pair) ?? ''))) {
    // A chart may hold an affinity of its own beside its Services, or one Service below another.
    found.push(asService(mapping));
  }
  for (const pair of depth < MAXIMUM_DEPTH ? mapping.pairs : []) {
    for (const child of mappingsIn(pair.value)) {
      search(child, keyText(pair) ?? '', depth + 1, found);
    }
  }
}

function mappingsIn(value: YamlNode): YamlMapping[] {
  if (value.kind === 'mapping') {
    return [value];
  }
  return value.kind === 'sequence' ? value.items.filter((item) => item.kind === 'mapping') : [];
}

function asService(mapping: YamlMapping): Resource {
  const spec = { ...mapping, open: true };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    root: { ...mapping, pairs: [], open: true },
    name: { kind: 'unknown' },
    namespace: { kind: 'unknown' },
    metadata: undefined,
    annotations: mappingAt(mapping, 'annotations'),
    spec,
    view: 'values',
  };
}
