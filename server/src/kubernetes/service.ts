import { resolveAlias, type YamlMapping } from '../yaml/nodes.ts';
import { type Field, fieldAt, integerAt, type Located, mappingAt, stringAt } from './field.ts';
import type { Resource } from './resource.ts';
import { readStringMap, type StringMap } from './stringMap.ts';

/** The longest and the shortest `timeoutSeconds`, and the one that counts where none is written; in seconds. */
export const AFFINITY_TIMEOUT = { minimum: 1, maximum: 86_400, default: 10_800 } as const;

export interface ServicePort {
  readonly mapping: YamlMapping;
  readonly name: Located<string>;
  /** `TCP` where it is left out. */
  readonly protocol: Located<string>;
  readonly port: Located<number>;
  readonly nodePort: Field;
}

/** A core/v1 Service. Defaults are not filled in; what is left out is `absent`. */
export interface Service {
  readonly resource: Resource;
  readonly spec: YamlMapping;
  readonly type: Located<string>;
  readonly clusterIP: Located<string>;
  readonly selector: StringMap | undefined;
  readonly ports: readonly ServicePort[];
  /** Whether more ports than those may come from a template. */
  readonly portsOpen: boolean;
  readonly sessionAffinity: Located<string>;
  readonly sessionAffinityConfig: Field;
  readonly timeoutSeconds: Located<number>;
  readonly externalTrafficPolicy: Located<string>;
  readonly healthCheckNodePort: Field;
  readonly externalIPs: Field;
  readonly loadBalancerClass: Located<string>;
}

/** Undefined where the object is not a core/v1 Service or has no `spec`. */
export function readService(resource: Resource): Service | undefined {
  if (resource.kind !== 'Service' || resource.apiVersion !== 'v1' || resource.spec === undefined) {
    return undefined;
  }
  const { spec } = resource;
  const ports = fieldAt(spec, 'ports');
  const portItems = ports.kind === 'present' && ports.node.kind === 'sequence' ? ports.node : undefined;
  return {
    resource,
    spec,
    type: stringAt(spec, 'type'),
    clusterIP: stringAt(spec, 'clusterIP'),
    selector: readStringMap(mappingAt(spec, 'selector')),
    ports: (portItems?.items ?? [])
      .map(resolveAlias)
      .flatMap((item) => (item?.kind === 'mapping' ? [readPort(item)] : [])),
    portsOpen: ports.kind === 'unknown' || portItems?.open === true,
    sessionAffinity: stringAt(spec, 'sessionAffinity'),
    sessionAffinityConfig: fieldAt(spec, 'sessionAffinityConfig'),
    timeoutSeconds: integerAt(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'),
    externalTrafficPolicy: stringAt(spec, 'externalTrafficPolicy'),
    healthCheckNodePort: fieldAt(spec, 'healthCheckNodePort'),
    externalIPs: fieldAt(spec, 'externalIPs'),
    loadBalancerClass: stringAt(spec, 'loadBalancerClass'),
  };
}

function readPort(mapping: YamlMapping): ServicePort {
  return {
    mapping,
    name: stringAt(mapping, 'name'),
    protocol: stringAt(mapping, 'protocol'),
    port: integerAt(mapping, 'port'),
    nodePort: fieldAt(mapping, 'nodePort'),
  };
}

/** The type that counts: `ClusterIP` where none is written; undefined where it cannot be known. */
export function effectiveType(service: Service): string | undefined {
  switch (service.type.kind) {
    case 'value':
      return service.type.value === '' ? 'ClusterIP' : service.type.value;
    case 'absent':
      return 'ClusterIP';
    default:
      return undefined;
  }
}

/** Whether kube-proxy pins clients by address; undefined where it cannot be known. */
export function usesClientIP(service: Service): boolean | undefined {
  switch (service.sessionAffinity.kind) {
    case 'value':
      return service.sessionAffinity.value === 'ClientIP';
    case 'absent':
      return false;
    default:
      return undefined;
  }
}

/**
 * Whether the Service has an address of its own, at which kube-proxy chooses among pods; undefined where that cannot be
 * known. A headless Service and an ExternalName are names in DNS only.
 */
export function hasVirtualIP(service: Service): boolean | undefined {
  if (isHeadless(service) || effectiveType(service) === 'ExternalName') {
    return false;
  }
  const isKnown = service.clusterIP.kind === 'value' || service.clusterIP.kind === 'absent';
  return isKnown && effectiveType(service) !== undefined ? true : undefined;
}

export function isHeadless({ clusterIP }: Service): boolean {
  return clusterIP.kind === 'value' && clusterIP.value === 'None';
}
