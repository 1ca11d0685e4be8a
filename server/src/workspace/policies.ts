import { objectKindOf, settingsOfKind } from '../knowledge/products.ts';
import { mappingAt, stringAt } from '../kubernetes/field.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { itemsOf } from '../kubernetes/route.ts';
import type { Span } from '../text/span.ts';

/** What a policy is about: an object by its kind and name. */
export interface PolicyTarget {
  readonly kind: string;
  readonly name: string;
  /** Undefined where it is the policy's own. */
  readonly namespace?: string | undefined;
  /** The part of it, such as a rule of a route or a port; undefined for the whole. */
  readonly section?: string | undefined;
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
    const section = stringAt(ref, 'sectionName');
    return kind.kind === 'value' && name.kind === 'value'
      ? [
          {
            kind: kind.value,
            name: name.value,
            section: section.kind === 'value' ? section.value : undefined,
            span: name.span,
          },
        ]
      : [];
  });
  if (resource.kind === 'DestinationRule') {
    const host = stringAt(spec, 'host');
    const service = host.kind === 'value' ? serviceOfHost(host.value) : undefined;
    return service === undefined || host.kind !== 'value'
      ? named
      : [...named, { kind: 'Service', ...service, span: host.span }];
  }
  // An upstream of APISIX has the name of the Service for which it is.
  return resource.kind === 'ApisixUpstream' && resource.name.kind === 'value'
    ? [...named, { kind: 'Service', name: resource.name.value, span: resource.name.span }]
    : named;
}

/**
 * The Service of a host of Istio: a name without a dot, or `name.namespace.svc` and whatever follows. Any other host is
 * none of the cluster's.
 */
export function serviceOfHost(host: string): Pick<PolicyTarget, 'name' | 'namespace'> | undefined {
  const [name = '', namespace, domain] = host.split('.');
  return namespace === undefined || domain === 'svc' ? { name, namespace } : undefined;
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
