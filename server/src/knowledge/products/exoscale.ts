import type { ProductTable, Setting } from '../product.ts';

const P = 'service.beta.kubernetes.io/exoscale-loadbalancer-';

const DOCS = 'exoscale/exoscale-cloud-controller-manager docs/service-loadbalancer.md';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}service-strategy`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['round-robin', 'source-hash'] },
    onBadValue: 'depends',
    meaning: 'How the network load balancer chooses a node for a connection.',
    default: 'round-robin',
    values: [
      { value: 'source-hash', meaning: 'by a hash of address, port and protocol of the source' },
      { value: 'round-robin', meaning: 'in turn' },
    ],
    notes: [
      'The port is part of what is hashed, so each new connection of a client may go to another node.',
      'It is therefore no client stickiness; put a proxy with cookies behind the balancer for that.',
    ],
    requires: [
      {
        when: ['source-hash'],
        needs: { at: 'spec.externalTrafficPolicy', is: ['Local'] },
        outcome: 'advice',
        why: 'The hash chooses a node, and with the policy Cluster kube-proxy there chooses a pod on any node.',
        offers: [
          {
            set: [{ at: 'spec.externalTrafficPolicy', value: 'Local' }],
            remark: 'nodes without a ready pod then get no traffic',
          },
        ],
      },
    ],
    source: DOCS,
    cases: [
      { bad: 'source_hash', fixed: 'source-hash' },
      { bad: 'Source-Hash', fixed: 'source-hash' },
      { bad: 'sticky' },
      { good: 'round-robin' },
      { without: 'spec.externalTrafficPolicy', rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
];

export const EXOSCALE = {
  id: 'exoscale',
  name: 'Exoscale',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'exoscale/exoscale-cloud-controller-manager at 32c9584f (2026-06-29), docs/service-loadbalancer.md',
  link: {
    title: 'Exoscale cloud controller manager: network load balancers',
    url: 'https://github.com/exoscale/exoscale-cloud-controller-manager/blob/master/docs/service-loadbalancer.md',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'description',
    'external',
    'id',
    'name',
    'service-description',
    'service-healthcheck-interval',
    'service-healthcheck-mode',
    'service-healthcheck-port',
    'service-healthcheck-retries',
    'service-healthcheck-timeout',
    'service-healthcheck-uri',
    'service-instancepool-id',
    'service-name',
    'service-sks-nodepool-name',
    'sks-cluster-name',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The load balancer is not told of it; only kube-proxy on the nodes reads it.',
    source: DOCS,
  },
  stickiness: [],
  targets: [{ to: 'nodes', when: [] }],
  notes: ['No setting keeps a client on a node: the balancer goes by connection, whatever its strategy.'],
  mistakes: ['taking source-hash for client stickiness, though the port is part of it (from the documentation)'],
  samples: [
    {
      title: 'By a hash of the connection’s source',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/exoscale-loadbalancer-service-strategy: "source-hash"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: DOCS,
} as const satisfies ProductTable;
