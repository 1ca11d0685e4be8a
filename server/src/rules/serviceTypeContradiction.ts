import { speaksOfLoadBalancer } from '../knowledge/loadBalancerAnnotations.ts';
import type { Field, Located } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, type Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { setScalar } from '../yaml/edits.ts';
import type { YamlMapping } from '../yaml/nodes.ts';
import type { Finding, Fix, RelatedPlace, Rule } from './rule.ts';
import { areEditable } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { type PlacedPair, removePlaced } from './support/removal.ts';

export const serviceTypeContradiction: Rule = {
  id: 'service-type-contradiction',
  summary: 'A ClusterIP Service carries fields or annotations that only a Service reachable from outside can have.',
  why:
    'The API server refuses `nodePort`, `externalTrafficPolicy` and `healthCheckNodePort` on a ClusterIP Service. ' +
    'Annotations of a load balancer are accepted there, and no controller reads them; applied over a Service that was a ' +
    'LoadBalancer they even come with the deletion of its balancer. Either way clients never meet the balancer whose ' +
    'stickiness is configured. Seen on kube-apiserver 1.36 and in the Alibaba Cloud controller.',
  remedy: 'Set the type that the fields need, or remove them.',
  links: [
    {
      title: 'Kubernetes: publishing Services',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
    },
  ],
  messages: {
    refused:
      'Type ClusterIP{byDefault} contradicts {fields}: {service} is refused.\n' +
      'The API server allows them only where the Service can be reached from outside.',
    ineffective:
      '{service} is of type ClusterIP{byDefault}, so no load balancer reads its {fields}.\n' +
      'They need a Service of type LoadBalancer.',
    related: '{what} does not go with ClusterIP.',
    loadBalancer: 'Set type: LoadBalancer (creates a load balancer, which is billed)',
    nodePort: 'Set type: NodePort (opens a port on every node)',
    remove: 'Remove {fields}',
  },
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
  ports:
    - port: 80
      nodePort: 30080
  type: NodePort
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
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const traces = effectiveType(service) === 'ClusterIP' ? tracesOf(service) : [];
      const first = traces[0];
      if (first === undefined) {
        continue;
      }
      const refused = traces.some((trace) => trace.refused);
      const at = service.type.kind === 'value' ? service.type.span : first.pair.key.span;
      yield {
        rule: serviceTypeContradiction,
        message: refused ? 'refused' : 'ineffective',
        arguments: {
          service: describeResource(service.resource),
          byDefault: service.type.kind === 'value' ? '' : ' (the default)',
          fields: namesOf(refused ? traces.filter((trace) => trace.refused) : traces),
        },
        certainty: refused ? 'refused' : 'ineffective',
        span: at,
        subject: service.resource,
        related: traces.filter((trace) => trace.pair.key.span !== at).map(relatedPlace),
        fixes: fixesOf(manifest, service, traces),
      };
    }
  },
};

/** Something that only makes sense on a Service that is reachable from outside. */
interface Trace extends PlacedPair {
  readonly name: string;
  /** The API server refuses it on a ClusterIP Service. */
  readonly refused: boolean;
  /** It speaks of a load balancer, not only of nodes. */
  readonly balancer: boolean;
}

function tracesOf(service: Service): Trace[] {
  const { spec, resource } = service;
  const traces: Trace[] = [];
  const add = (field: Field, mapping: YamlMapping | undefined, rest: Omit<Trace, 'pair' | 'mapping'>): void => {
    if (field.kind === 'present' && mapping !== undefined && !isZeroOrEmpty(field)) {
      traces.push({ pair: field.pair, mapping, ...rest });
    }
  };
  if (service.externalIPs.kind === 'absent' && service.externalTrafficPolicy.kind === 'value') {
    const { field } = service.externalTrafficPolicy;
    add(field, spec, { name: 'externalTrafficPolicy', refused: true, balancer: false });
  }
  add(service.healthCheckNodePort, spec, { name: 'healthCheckNodePort', refused: true, balancer: true });
  for (const port of service.ports) {
    add(port.nodePort, port.mapping, { name: 'nodePort', refused: true, balancer: false });
  }
  for (const pair of resource.annotations?.pairs ?? []) {
    if (resource.annotations !== undefined && pair.key.kind === 'scalar' && speaksOfLoadBalancer(pair.key.text)) {
      const name = 'load-balancer annotations';
      traces.push({ name, pair, mapping: resource.annotations, refused: false, balancer: true });
    }
  }
  return traces;
}

function isZeroOrEmpty(field: Extract<Field, { kind: 'present' }>): boolean {
  return field.node.kind === 'scalar' && (field.node.templated || /^(0|~|null)?$/.test(field.node.text));
}

function namesOf(traces: readonly Trace[]): string {
  return listOf([...new Set(traces.map((trace) => trace.name))]);
}

function relatedPlace({ pair, name }: Trace): RelatedPlace {
  const what = pair.key.kind === 'scalar' ? pair.key.text : name;
  return { span: pair.key.span, message: 'related', arguments: { what } };
}

function fixesOf(manifest: Manifest, service: Service, traces: readonly Trace[]): Fix[] {
  const { type, clusterIP, spec } = service;
  const headless = clusterIP.kind === 'value' && clusterIP.value === 'None';
  const word = traces.some((trace) => trace.balancer) ? 'LoadBalancer' : 'NodePort';
  const title = word === 'LoadBalancer' ? 'loadBalancer' : 'nodePort';
  const setType = fixHere(manifest, { title, safety: 'review' }, () =>
    canSet(type) && !headless ? setScalar(manifest.yaml, spec, 'type', { kind: 'word', text: word }) : undefined,
  );
  const remove = fixHere(manifest, { title: 'remove', arguments: { fields: namesOf(traces) }, safety: 'review' }, () =>
    areEditable(traces.map((trace) => trace.pair)) ? removePlaced(manifest, service.resource, traces) : undefined,
  );
  return [...setType, ...remove];
}

function canSet(type: Located<string>): boolean {
  return type.kind === 'absent' || (type.kind === 'value' && type.field.editable);
}
