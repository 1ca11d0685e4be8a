import { objectKindOf, settingsOfKind } from '../knowledge/products.ts';
import { mappingAt, stringAt } from '../kubernetes/field.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { itemsOf } from '../kubernetes/route.ts';
import type { Span } from '../text/span.ts';

/** What a policy is about: an object by its kind and name, in the policy's own namespace. */
export interface PolicyTarget {
  readonly kind: string;
  readonly name: string;
  /** Where the name is written. */
  readonly span: Span;
}

/** Whether an object of its kind can say something about the persistence of other objects. */
export function isPolicy(resource: Resource): boolean {
  const kind = objectKindOf(resource);
  return kind.includes('.') && settingsOfKind(kind).length > 0;
}

/** The objects at which a policy points by itself. */
export function targetsOfPolicy(resource: Resource): PolicyTarget[] {
  const { spec } = resource;
  const single = mappingAt(spec, 'targetRef');
  const refs = [...(single === undefined ? [] : [single]), ...itemsOf(spec, 'targetRefs')];
  const named = refs.flatMap((ref): PolicyTarget[] => {
    const kind = stringAt(ref, 'kind');
    const name = stringAt(ref, 'name');
    return kind.kind === 'value' && name.kind === 'value'
      ? [{ kind: kind.value, name: name.value, span: name.span }]
      : [];
  });
  if (resource.kind === 'DestinationRule') {
    const host = stringAt(spec, 'host');
    const [name] = host.kind === 'value' ? host.value.split('.') : [];
    return name === undefined || host.kind !== 'value' ? named : [...named, { kind: 'Service', name, span: host.span }];
  }
  // An upstream of APISIX has the name of the Service for which it is.
  return resource.kind === 'ApisixUpstream' && resource.name.kind === 'value'
    ? [...named, { kind: 'Service', name: resource.name.value, span: resource.name.span }]
    : named;
}

/** The policies that a Service names by annotations, as kind and name. */
export function policiesNamedBy({ annotations }: Resource): Omit<PolicyTarget, 'span'>[] {
  const kong = stringAt(annotations, 'konghq.com/upstream-policy');
  const google = ['cloud.google.com/backend-config', 'beta.cloud.google.com/backend-config'].flatMap((key) => {
    const json = stringAt(annotations, key);
    return json.kind === 'value' ? [...json.value.matchAll(/:\s*"([^"]+)"/g)].map(([, name = '']) => name) : [];
  });
  return [
    ...(kong.kind === 'value' ? [{ kind: 'KongUpstreamPolicy', name: kong.value }] : []),
    ...google.map((name) => ({ kind: 'BackendConfig', name })),
  ];
}
