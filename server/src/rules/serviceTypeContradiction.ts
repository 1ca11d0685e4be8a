import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, isHeadless, type Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, RelatedPlace, Rule } from './rule.ts';
import { areEditable } from './support/affinityFields.ts';
import { setWord } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { shortListOf } from './support/listing.ts';
import { SERVICE_TYPES_PAGE } from './support/pages.ts';
import { removePlaced } from './support/removal.ts';
import { fieldsAgainstType, type TypeField } from './support/typeFields.ts';

export const serviceTypeContradiction: Rule = {
  id: 'service-type-contradiction',
  summary: 'A Service carries fields or annotations that only a Service of another type can have.',
  why:
    'The API server refuses `nodePort` and `externalTrafficPolicy` on a ClusterIP Service, and ' +
    '`healthCheckNodePort`, `loadBalancerClass` and the other fields of a balancer on every type but LoadBalancer. ' +
    'Annotations of a load balancer are accepted there, and no controller reads them; applied over a Service that ' +
    'was a LoadBalancer they even come with the deletion of its balancer. Either way clients never meet the ' +
    'balancer whose stickiness is configured. Seen on kube-apiserver 1.36 and in the Alibaba Cloud controller.',
  remedy: 'Set the type that the fields need, or remove them.',
  links: [SERVICE_TYPES_PAGE],
  messages: {
    refused:
      'Type {type}{byDefault} contradicts {fields}: {service} is refused.\n' +
      'The API server allows this only with type {allowed}.',
    refusedName:
      'Type ExternalName contradicts {fields}: {service} is refused.\n' +
      'An external name is an alias in DNS; no traffic passes through Kubernetes that these could steer.',
    ineffective:
      '{service} is of type {type}{byDefault}, so no load balancer reads its {fields}.\n' +
      'They need a Service of type LoadBalancer.',
    related: '{what} does not go with {type}.',
    loadBalancer: 'Set type: LoadBalancer (creates a load balancer, which is billed)',
    nodePort: 'Set type: NodePort (opens a port on every node)',
    remove: 'Remove {fields}',
  },
  after: ['service-value-unsupported'],
  examples: [
    {
      title: 'Everything speaks of a load balancer but the type.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: session1
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  externalTrafficPolicy: Local
  healthCheckNodePort: 30595
  ports:
  - nodePort: 30389
    port: 80
  type: ClusterIP
        ^^^^^^^^^ service-type-contradiction
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: session1
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  externalTrafficPolicy: Local
  healthCheckNodePort: 30595
  ports:
  - nodePort: 30389
    port: 80
  type: LoadBalancer
`,
    },
    {
      title: 'A node port without a type.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30080
      ^^^^^^^^ service-type-contradiction
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      nodePort: 30080
  type: NodePort
`,
    },
    {
      title: 'A node port is open, but only a balancer asks for health or is chosen by class.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
        ^^^^^^^^ service-type-contradiction
  loadBalancerClass: example.com/inner
  allocateLoadBalancerNodePorts: false
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerClass: example.com/inner
  allocateLoadBalancerNodePorts: false
  ports:
    - port: 80
`,
    },
    {
      title: 'An external name has no traffic that a policy could steer; a node port is accepted and means nothing.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
        ^^^^^^^^^^^^ service-type-contradiction
  externalName: web.example.com
  externalTrafficPolicy: Local
  ports:
    - port: 80
      nodePort: 30080
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
  externalName: web.example.com
  ports:
    - port: 80
      nodePort: 30080
`,
    },
    {
      title: 'External addresses make a policy legal, and ports of 0 are how older objects were exported.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ClusterIP
  externalIPs: [192.0.2.10]
  externalTrafficPolicy: Local
  ports:
    - port: 80
      nodePort: 0
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const type = effectiveType(service);
      if (type !== 'ClusterIP' && type !== 'NodePort' && type !== 'ExternalName') {
        continue;
      }
      // Ports without a type and a selector are what a patch adds to a Service that has both.
      const mayBePatch = service.type.kind === 'absent' && service.selector === undefined;
      const fields = mayBePatch ? [] : fieldsAgainstType(service, type);
      const refused = fields.filter((field) => field.refused);
      const first = fields[0];
      if (first === undefined) {
        continue;
      }
      const at = service.type.kind === 'value' ? service.type.span : first.pair.key.span;
      yield {
        rule: serviceTypeContradiction,
        message: refused.length === 0 ? 'ineffective' : type === 'ExternalName' ? 'refusedName' : 'refused',
        arguments: {
          service: describeResource(service.resource),
          type,
          byDefault: service.type.kind === 'value' ? '' : ' (the default)',
          fields: namesOf(refused.length > 0 ? refused : fields),
          allowed: refused.some((field) => field.balancer) ? 'LoadBalancer' : 'NodePort or LoadBalancer',
        },
        certainty: refused.length > 0 ? 'refused' : 'ineffective',
        span: at,
        subject: service.resource,
        related: fields.filter((field) => field.pair.key.span !== at).map((field) => relatedPlace(field, type)),
        fixes: fixesOf(manifest, service, type, fields),
      };
    }
  },
};

function namesOf(fields: readonly TypeField[]): string {
  return shortListOf([...new Set(fields.map((field) => field.name))]);
}

function relatedPlace({ pair, name }: TypeField, type: string): RelatedPlace {
  const what = pair.key.kind === 'scalar' ? pair.key.text : name;
  return { span: pair.key.span, message: 'related', arguments: { what, type } };
}

/** An ExternalName has no traffic, so that another type would be another Service altogether. */
function fixesOf(manifest: Manifest, service: Service, type: string, fields: readonly TypeField[]): Fix[] {
  const word = fields.some((field) => field.balancer) ? 'LoadBalancer' : 'NodePort';
  const title = word === 'LoadBalancer' ? 'loadBalancer' : 'nodePort';
  const setType = fixHere(manifest, { title, safety: 'review' }, () =>
    type === 'ExternalName' || isHeadless(service) ? undefined : setWord(manifest, service.spec, 'type', word),
  );
  const remove = fixHere(manifest, { title: 'remove', arguments: { fields: namesOf(fields) }, safety: 'review' }, () =>
    areEditable(fields.map((field) => field.pair)) ? removePlaced(manifest, service.resource, fields) : undefined,
  );
  return [...setType, ...remove];
}
