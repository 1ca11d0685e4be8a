import { isUnknownScalar } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, type Service } from '../kubernetes/service.ts';
import type { Finding, Rule } from './rule.ts';
import { removeFields, setWord } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';

export const healthCheckPortWithoutLocal: Rule = {
  id: 'health-check-port-without-local',
  summary: '`healthCheckNodePort` is set, but `externalTrafficPolicy` is not `Local`.',
  why:
    'Through this port a load balancer asks a node whether it has a ready pod, which matters only if traffic stays ' +
    'on the node that it reaches. The API server refuses the port with any other policy, and `Cluster` is the ' +
    'default. Seen on kube-apiserver 1.36. Often the policy was lost while a live object was copied.',
  remedy: 'Set `externalTrafficPolicy: Local`, or leave the port out.',
  links: [
    {
      title: 'Kubernetes: traffic policies',
      url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies',
    },
  ],
  messages: {
    found:
      'healthCheckNodePort needs externalTrafficPolicy: Local; with Cluster{byDefault} {service} is refused.\n' +
      'Set the policy that the port belongs to, or leave the port out.',
    related: 'With this policy no node is asked for its health.',
    local: 'Set externalTrafficPolicy: Local (nodes without a ready pod get no traffic)',
    remove: 'Remove healthCheckNodePort (the policy stays Cluster)',
  },
  after: ['service-type-contradiction', 'service-value-unsupported', 'headless-type-contradiction', 'duplicate-key'],
  examples: [
    {
      title: 'The policy got lost.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  healthCheckNodePort: 30595
  ^^^^^^^^^^^^^^^^^^^ health-check-port-without-local
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30595
  ports:
    - port: 80
`,
    },
    {
      title: 'The default, written out.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  externalTrafficPolicy: Cluster
  healthCheckNodePort: 30595
  ^^^^^^^^^^^^^^^^^^^ health-check-port-without-local
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30595
  ports:
    - port: 80
`,
    },
    {
      title: 'With the policy that it belongs to; a port of 0 is how older objects were exported.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  healthCheckNodePort: 30595
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  type: LoadBalancer
  healthCheckNodePort: 0
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const { healthCheckNodePort, externalTrafficPolicy: policy, spec } = service;
      if (
        healthCheckNodePort.kind !== 'present' ||
        !asksForHealth(service) ||
        effectiveType(service) !== 'LoadBalancer'
      ) {
        continue;
      }
      const written = policy.kind === 'value' && policy.value !== '';
      if (policy.kind !== 'absent' && (policy.kind !== 'value' || !['', 'Cluster'].includes(policy.value))) {
        continue;
      }
      const before = spec.pairs[spec.pairs.indexOf(healthCheckNodePort.pair) - 1];
      yield {
        rule: healthCheckPortWithoutLocal,
        message: 'found',
        arguments: { service: describeResource(service.resource), byDefault: written ? '' : ' (the default)' },
        certainty: 'refused',
        span: healthCheckNodePort.pair.key.span,
        subject: service.resource,
        related: written ? [{ span: policy.span, message: 'related', arguments: {} }] : [],
        fixes: [
          ...fixHere(manifest, { title: 'local', safety: 'review' }, () =>
            setWord(manifest, spec, 'externalTrafficPolicy', 'Local', before),
          ),
          ...fixHere(manifest, { title: 'remove', safety: 'review' }, () =>
            removeFields(manifest, spec, ['healthCheckNodePort']),
          ),
        ],
      };
    }
  },
};

/** A port is written, and it is known and not 0, which stands for none. */
function asksForHealth({ healthCheckNodePort }: Service): boolean {
  return (
    healthCheckNodePort.kind === 'present' &&
    healthCheckNodePort.node.kind === 'scalar' &&
    !isUnknownScalar(healthCheckNodePort.node) &&
    !/^(0|~|null)?$/.test(healthCheckNodePort.node.text)
  );
}
