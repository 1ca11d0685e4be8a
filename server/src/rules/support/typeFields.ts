import { speaksOfLoadBalancer } from '../../knowledge/loadBalancerAnnotations.ts';
import { type Field, fieldAt, isUnknownScalar } from '../../kubernetes/field.ts';
import type { Service } from '../../kubernetes/service.ts';
import { keyText, type YamlMapping } from '../../yaml/nodes.ts';
import type { PlacedPair } from './removal.ts';

/** Something on a Service that another type than the given one needs. */
export interface TypeField extends PlacedPair {
  readonly name: string;
  /** The API server refuses it with the type; otherwise nobody reads it. */
  readonly refused: boolean;
  /** It speaks of a load balancer, not only of nodes. */
  readonly balancer: boolean;
}

/** The fields that only a LoadBalancer may have. */
const BALANCER_FIELDS = [
  'healthCheckNodePort',
  'loadBalancerClass',
  'allocateLoadBalancerNodePorts',
  'loadBalancerSourceRanges',
];

/**
 * What is written on a Service and does not go with a type. A port of 0 and an empty list are as good as nothing.
 *
 * Source: kube-apiserver 1.36, `validateService` and what it calls; each observed.
 */
export function fieldsAgainstType(service: Service, type: 'ClusterIP' | 'NodePort' | 'ExternalName'): TypeField[] {
  const { spec, resource } = service;
  const found: TypeField[] = [];
  const add = (field: Field, mapping: YamlMapping, rest: Omit<TypeField, 'pair' | 'mapping'>): void => {
    if (field.kind === 'present' && saysSomething(field)) {
      found.push({ pair: field.pair, mapping, ...rest });
    }
  };
  const { externalIPs } = service;
  const mayBeReached = externalIPs.kind === 'unknown' || (externalIPs.kind === 'present' && saysSomething(externalIPs));
  const hasExternalIPs = type === 'ClusterIP' && mayBeReached;
  if (type !== 'NodePort' && !hasExternalIPs && service.externalTrafficPolicy.kind === 'value') {
    const { field } = service.externalTrafficPolicy;
    add(field, spec, { name: 'externalTrafficPolicy', refused: true, balancer: false });
  }
  for (const name of BALANCER_FIELDS) {
    add(fieldAt(spec, name), spec, { name, refused: true, balancer: true });
  }
  if (type === 'ExternalName') {
    add(service.clusterIP.kind === 'value' ? service.clusterIP.field : { kind: 'absent' }, spec, {
      name: 'clusterIP',
      refused: true,
      balancer: false,
    });
  }
  if (type === 'ClusterIP') {
    for (const port of service.ports) {
      add(port.nodePort, port.mapping, { name: 'nodePort', refused: true, balancer: false });
    }
  }
  for (const pair of resource.annotations?.pairs ?? []) {
    if (resource.annotations !== undefined && speaksOfLoadBalancer(keyText(pair) ?? '')) {
      const name = 'load-balancer annotations';
      found.push({ name, pair, mapping: resource.annotations, refused: false, balancer: true });
    }
  }
  return found;
}

function saysSomething({ node }: Extract<Field, { kind: 'present' }>): boolean {
  switch (node.kind) {
    case 'scalar':
      return !isUnknownScalar(node) && !/^(0|~|null)?$/.test(node.text);
    case 'mapping':
      return node.pairs.length > 0;
    case 'sequence':
      return node.items.length > 0;
  }
}
