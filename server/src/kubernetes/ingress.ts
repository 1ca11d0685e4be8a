import { resolveAlias, type YamlMapping } from '../yaml/nodes.ts';
import { fieldAt, integerAt, type Located, mappingAt, stringAt } from './field.ts';
import type { Resource } from './resource.ts';

/** A place in an Ingress that names a Service. */
export interface IngressBackend {
  readonly serviceName: Located<string>;
  readonly portNumber: Located<number>;
  readonly portName: Located<string>;
  readonly mapping: YamlMapping;
}

/** A path of a rule and where it leads. */
export interface IngressPath {
  readonly host: Located<string>;
  readonly path: Located<string>;
  readonly pathType: Located<string>;
  readonly backend: IngressBackend | undefined;
}

export interface Ingress {
  readonly resource: Resource;
  readonly className: Located<string>;
  /** Of the rules and the default, in the order of the text. */
  readonly backends: readonly IngressBackend[];
  readonly paths: readonly IngressPath[];
}

/** Undefined where the object is not a networking.k8s.io Ingress. */
export function readIngress(resource: Resource): Ingress | undefined {
  if (resource.kind !== 'Ingress' || !resource.apiVersion.startsWith('networking.k8s.io/')) {
    return undefined;
  }
  const fallback = backendOf(resource.spec, 'defaultBackend');
  const paths = itemsOf(resource.spec, 'rules').flatMap((rule) =>
    itemsOf(mappingAt(rule, 'http'), 'paths').map((path) => ({
      host: stringAt(rule, 'host'),
      path: stringAt(path, 'path'),
      pathType: stringAt(path, 'pathType'),
      backend: backendOf(path, 'backend'),
    })),
  );
  return {
    resource,
    className: stringAt(resource.spec, 'ingressClassName'),
    backends: [fallback, ...paths.map(({ backend }) => backend)].filter((backend) => backend !== undefined),
    paths,
  };
}

/** The backends of the second Ingress to whose Service and port the first one leads as well. */
export function sharedBackends(one: Ingress, other: Ingress): IngressBackend[] {
  const keys = new Set(one.backends.map(describeBackend));
  return other.backends.filter((backend) => {
    const key = describeBackend(backend);
    return key !== undefined && keys.has(key);
  });
}

/** `Service:port`, as far as it is written; undefined where no Service is. */
export function describeBackend({ serviceName, portName, portNumber }: IngressBackend): string | undefined {
  const port = portNumber.kind === 'value' ? portNumber : portName;
  return serviceName.kind === 'value' ? serviceName.value + (port.kind === 'value' ? `:${port.value}` : '') : undefined;
}

function backendOf(mapping: YamlMapping | undefined, key: string): IngressBackend | undefined {
  const backend = mappingAt(mapping, key);
  return (
    backend && {
      mapping: backend,
      serviceName: stringAt(backend, 'service', 'name'),
      portNumber: integerAt(backend, 'service', 'port', 'number'),
      portName: stringAt(backend, 'service', 'port', 'name'),
    }
  );
}

function itemsOf(mapping: YamlMapping | undefined, key: string): YamlMapping[] {
  const field = fieldAt(mapping, key);
  const items = field.kind === 'present' && field.node.kind === 'sequence' ? field.node.items : [];
  return items.map(resolveAlias).filter((item) => item?.kind === 'mapping');
}
