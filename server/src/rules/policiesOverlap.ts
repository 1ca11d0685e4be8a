import { objectKindOf } from '../knowledge/products.ts';
import { fieldAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { type PolicyTarget, targetsOfPolicy } from '../workspace/policies.ts';
import type { Finding, Rule } from './rule.ts';
import { rivalsOf } from './support/rivals.ts';

/** The policies of which only one may be for an object, and the part of each that says how clients are kept. */
const PERSISTENCE: ReadonlyMap<string, readonly string[]> = new Map([
  // internal/gatewayapi/backendtrafficpolicy.go: a second one is refused with the reason Conflicted.
  ['BackendTrafficPolicy.gateway.envoyproxy.io', ['loadBalancer']],
  // GEP-713, conflict resolution: the older one counts, of two of one age the first by name.
  ['XBackendTrafficPolicy.gateway.networking.x-k8s.io', ['sessionPersistence']],
  ['BackendLBPolicy.gateway.networking.k8s.io', ['sessionPersistence']],
]);

export const policiesOverlap: Rule = {
  id: 'policies-overlap',
  summary: 'Two policies of a kind are for one object, and only the older one counts.',
  why:
    'A policy of Gateway API that is attached to an object is not merged with a second one of its kind: the older ' +
    'one counts, of two that were made at once the first by name, and the other one gets the condition `Conflicted`, ' +
    'which nobody sees who only applies manifests. Where it was the one that keeps clients, they are not kept.',
  remedy: 'Put everything that is said of an object into one policy.',
  links: [
    {
      title: 'Gateway API: conflict resolution of policies',
      url: 'https://gateway-api.sigs.k8s.io/geps/gep-713/',
    },
  ],
  messages: {
    found:
      '{policy} and {other} are both for {target}; only one counts.\n' +
      'It is the older one, which does not show here. Make one policy of the two.',
    related: '{other} is for it as well.',
  },
  reads: 'workspace',
  examples: [
    {
      title: 'One policy hashes, the other one sets timeouts.',
      bad: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: web-sticky
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
            ^^^ policies-overlap
  loadBalancer:
    type: ConsistentHash
    consistentHash:
      type: SourceIP
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: web-timeouts
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
  timeout:
    http:
      requestTimeout: 10s
`,
    },
    {
      title: 'One policy for an object.',
      good: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
  loadBalancer:
    type: ConsistentHash
    consistentHash:
      type: SourceIP
  timeout:
    http:
      requestTimeout: 10s
`,
    },
    {
      title: 'One for the Gateway, one for a route: the nearer one counts.',
      good: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: all
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: Gateway
      name: web
  timeout:
    http:
      requestTimeout: 10s
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
  loadBalancer:
    type: ConsistentHash
    consistentHash:
      type: SourceIP
`,
    },
    {
      title: 'Two parts of one object.',
      good: `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: one
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
      sectionName: one
  loadBalancer:
    type: ConsistentHash
    consistentHash:
      type: SourceIP
---
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: two
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
      sectionName: two
  loadBalancer:
    type: RoundRobin
`,
    },
  ],
  judges: ['policies'],
  *check(manifest, context): Iterable<Finding> {
    for (const resource of manifest.resources) {
      const persistence = PERSISTENCE.get(objectKindOf(resource));
      if (persistence === undefined || fieldAt(resource.spec, ...persistence).kind !== 'present') {
        continue;
      }
      for (const target of targetsOfPolicy(resource)) {
        const rival = rivalsOf(resource, context)
          .flatMap(({ item, manifest: where }) =>
            targetsOfPolicy(item).map((other) => ({ item, manifest: where, target: other })),
          )
          .find(({ target: other }) => isSame(other, target));
        if (rival !== undefined) {
          const other = describeResource(rival.item);
          yield {
            rule: policiesOverlap,
            message: 'found',
            arguments: { policy: describeResource(resource), other, target: `${target.kind} ${target.name}` },
            certainty: 'assumed',
            span: target.span,
            subject: resource,
            related: [{ manifest: rival.manifest, span: rival.target.span, message: 'related', arguments: { other } }],
            fixes: [],
          };
        }
      }
    }
  },
};

function isSame(one: PolicyTarget, other: PolicyTarget): boolean {
  return one.kind === other.kind && one.name === other.name && one.section === other.section;
}
