import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, isHeadless, type Service } from '../kubernetes/service.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Rule } from './rule.ts';
import { areEditable } from './support/affinityFields.ts';
import { removeFields, setWord } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { shortListOf } from './support/listing.ts';
import { removePlaced } from './support/removal.ts';
import { fieldsAgainstType } from './support/typeFields.ts';

export const headlessTypeContradiction: Rule = {
  id: 'headless-type-contradiction',
  summary: '`clusterIP: None` stands on a Service of type NodePort or LoadBalancer.',
  why:
    'A node port and a load balancer lead to the address of the Service, and a headless Service has none. The API ' +
    'server refuses the two together (seen on kube-apiserver 1.36). For clients from outside that must keep their ' +
    'pod, the address is needed: kube-proxy pins them there.',
  remedy: 'Leave `clusterIP` out, or make the Service one of type ClusterIP that only pods use.',
  links: [
    {
      title: 'Kubernetes: headless Services',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
    },
  ],
  messages: {
    found:
      'clusterIP: None contradicts type {type}: {service} is refused.\n' +
      'A headless Service has no address to which {what} could lead.',
    related: 'This type needs an address of the Service.',
    remove: 'Remove clusterIP: None (the Service gets an address; DNS no longer hands out pods)',
    clusterIP: 'Set type: ClusterIP (clients from outside no longer reach it)',
    clusterIPAndRemove: 'Set type: ClusterIP and remove {fields} (clients from outside no longer reach it)',
  },
  after: ['service-value-unsupported'],
  examples: [
    {
      title: 'A node port of nothing.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  clusterIP: None
             ^^^^ headless-type-contradiction
  sessionAffinity: ClientIP
  externalTrafficPolicy: Local
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  sessionAffinity: ClientIP
  externalTrafficPolicy: Local
  ports:
    - port: 80
`,
    },
    {
      title: 'Headless and of the default type.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const { clusterIP, type } = service;
      const word = effectiveType(service);
      if (!isHeadless(service) || clusterIP.kind !== 'value' || (word !== 'NodePort' && word !== 'LoadBalancer')) {
        continue;
      }
      const fields = fieldsAgainstType(service, 'ClusterIP');
      const names = [...new Set(fields.map((field) => field.name))];
      yield {
        rule: headlessTypeContradiction,
        message: 'found',
        arguments: {
          service: describeResource(service.resource),
          type: word,
          what: word === 'NodePort' ? 'a node port' : 'a load balancer',
        },
        certainty: 'refused',
        span: clusterIP.field.pair.value.span,
        subject: service.resource,
        related: type.kind === 'value' ? [{ span: type.span, message: 'related', arguments: {} }] : [],
        fixes: [
          ...fixHere(manifest, { title: 'remove', safety: 'review' }, () =>
            removeFields(manifest, service.spec, ['clusterIP', 'clusterIPs']),
          ),
          ...fixHere(
            manifest,
            {
              title: names.length === 0 ? 'clusterIP' : 'clusterIPAndRemove',
              arguments: { fields: shortListOf(names) },
              safety: 'review',
            },
            () => setClusterIP(manifest, service),
          ),
        ],
      };
    }
  },
};

/** What only goes with the former type has to go with it. */
function setClusterIP(manifest: Manifest, service: Service): TextEdit[] | undefined {
  const fields = fieldsAgainstType(service, 'ClusterIP');
  const set = setWord(manifest, service.spec, 'type', 'ClusterIP');
  return set !== undefined && areEditable(fields.map(({ pair }) => pair))
    ? [...set, ...removePlaced(manifest, service.resource, fields)]
    : undefined;
}
