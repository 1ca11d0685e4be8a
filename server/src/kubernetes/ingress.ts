import { resolveAlias, type YamlMapping } from '../yaml/nodes.ts';
import { fieldAt, type Located, mappingAt, stringAt } from './field.ts';
import type { Resource } from './resource.ts';

/** A place in an Ingress that names a Service. */
export interface IngressBackend {
  readonly serviceName: Located<string>;
  readonly mapping: YamlMapping;
}

export interface Ingress {
  readonly resource: Resource;
  readonly className: Located<string>;
  readonly backends: readonly IngressBackend[];
}

/** Undefined where the object is not a networking.k8s.io Ingress. */
export function readIngress(resource: Resource): Ingress | undefined {
  if (resource.kind !== 'Ingress' || !resource.apiVersion.startsWith('networking.k8s.io/')) {
    return undefined;
  }
  const backends: YamlMapping[] = [];
  const fallback = mappingAt(resource.spec, 'defaultBackend');
  if (fallback !== undefined) {
    backends.push(fallback);
  }
  for (const rule of itemsOf(resource.spec, 'rules')) {
    for (const path of itemsOf(mappingAt(rule, 'http'), 'paths')) {
      const backend = mappingAt(path, 'backend');
      if (backend !== undefined) {
        backends.push(backend);
      }
    }
  }
  return {
    resource,
    className: stringAt(resource.spec, 'ingressClassName'),
    backends: backends.map((mapping) => ({ mapping, serviceName: stringAt(mapping, 'service', 'name') })),
  };
}

function itemsOf(mapping: YamlMapping | undefined, key: string): YamlMapping[] {
  const field = fieldAt(mapping, key);
  const items = field.kind === 'present' && field.node.kind === 'sequence' ? field.node.items : [];
  return items.map(resolveAlias).filter((item) => item?.kind === 'mapping');
}
