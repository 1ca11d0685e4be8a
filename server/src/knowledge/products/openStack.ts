import type { ProductTable, Setting } from '../product.ts';

const P = 'loadbalancer.openstack.org/';

const LOAD_BALANCER_GO = 'kubernetes/cloud-provider-openstack pkg/openstack/loadbalancer.go';
const DOCS = 'docs/openstack-cloud-controller-manager/expose-applications-using-loadbalancer-type-service.md';

const HASH = 'By a hash of the address';
const HEADER = 'HTTP listeners, with the address in a header';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}lb-method`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP', 'SOURCE_IP_PORT'] },
    onBadValue: 'refused by the cloud',
    meaning: 'How the pool chooses a node; SOURCE_IP keeps a client’s address on one.',
    default: 'what the controller was set up with, ROUND_ROBIN by itself',
    values: [
      { value: 'SOURCE_IP', meaning: 'by a hash of the client’s address: sticky without a timeout' },
      { value: 'ROUND_ROBIN', meaning: 'in turn' },
      { value: 'LEAST_CONNECTIONS', meaning: 'the node with the fewest connections' },
      { value: 'SOURCE_IP_PORT', meaning: 'by a hash of address and port: not sticky; the one for OVN' },
    ],
    notes: [
      'The OVN provider knows SOURCE_IP_PORT only.',
      'Unlike sessionAffinity it can be changed on a Service that is there already.',
    ],
    source: `${LOAD_BALANCER_GO} ServiceAnnotationLoadBalancerLbMethod, ensureOctaviaPool; ${DOCS}`,
    cases: [
      { sample: HASH, bad: 'source_ip', fixed: 'SOURCE_IP' },
      { sample: HASH, bad: 'ROUNDROBIN', fixed: 'ROUND_ROBIN' },
      { sample: HASH, bad: 'HASH' },
      { sample: HASH, good: 'SOURCE_IP_PORT' },
    ],
  },
  {
    at: `${P}x-forwarded-for`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['true', 'false'], on: 'true', off: 'false' },
    off: 'false',
    onBadValue: 'default instead',
    meaning: 'Makes HTTP listeners, which tell the client’s address in the header X-Forwarded-For.',
    default: 'false',
    notes: ['Only `true` and `false` in lower case count. The OVN provider does not have it.'],
    conflicts: [
      {
        with: { at: `${P}proxy-protocol`, is: ['true', 'v1', 'v2'] },
        outcome: 'refused by the controller',
        why: 'Both tell the client’s address, and the controller gives up a Service that asks for both.',
        remove: 'this',
      },
    ],
    source: `${LOAD_BALANCER_GO} getBoolFromServiceAnnotation, makeSvcConf; ${DOCS}`,
    cases: [
      { sample: HEADER, bad: 'True', fixed: 'true' },
      { sample: HEADER, bad: 'yes', fixed: 'true' },
      { sample: HEADER, bad: 'v1' },
      {
        sample: HEADER,
        beside: { at: `${P}proxy-protocol`, value: 'v2' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}proxy-protocol`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['true', 'v1', 'v2', 'false'], on: 'true', off: 'false' },
    off: 'false',
    onBadValue: 'default instead',
    meaning: 'Whether nodes are told the client’s address in the PROXY protocol.',
    default: 'false',
    values: [
      { value: 'v2', meaning: 'version 2' },
      { value: 'v1', meaning: 'version 1' },
      { value: 'true', meaning: 'version 1' },
      { value: 'false', meaning: 'no' },
    ],
    notes: ['It lets a proxy behind the balancer go by the true address. The OVN provider does not have it.'],
    source: `${LOAD_BALANCER_GO} getProxyProtocolFromServiceAnnotation; ${DOCS}`,
    cases: [
      { sample: HASH, bad: 'V2', fixed: 'v2' },
      { sample: HASH, bad: 'True', fixed: 'true' },
      { sample: HASH, bad: 'v3' },
      { sample: HASH, good: 'v1' },
    ],
  },
];

export const OPEN_STACK = {
  id: 'openstack-occm',
  name: 'OpenStack Octavia',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes/cloud-provider-openstack at c453fb7c9 (2026-07-15)',
  link: {
    title: 'OpenStack cloud controller manager: Services of type LoadBalancer',
    url: 'https://github.com/kubernetes/cloud-provider-openstack/blob/master/docs/openstack-cloud-controller-manager/expose-applications-using-loadbalancer-type-service.md',
  },
  detection: {
    service: {
      classes: [],
      withoutClass: true,
      annotations: ['service.beta.kubernetes.io/openstack-internal-load-balancer'],
    },
  },
  annotationPrefixes: [P],
  otherAnnotations: [
    'availability-zone',
    'class',
    'connection-limit',
    'default-tls-container-ref',
    'enable-health-monitor',
    'flavor-id',
    'floating-network-id',
    'floating-subnet',
    'floating-subnet-id',
    'floating-subnet-tags',
    'health-monitor-delay',
    'health-monitor-max-retries',
    'health-monitor-max-retries-down',
    'health-monitor-timeout',
    'hostname',
    'keep-floatingip',
    'load-balancer-address',
    'load-balancer-id',
    'member-subnet-id',
    'network-id',
    'node-selector',
    'port-id',
    'subnet-id',
    'timeout-client-data',
    'timeout-member-connect',
    'timeout-member-data',
    'timeout-tcp-inspect',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'mapped',
    what:
      'The pool is made with SOURCE_IP persistence; timeoutSeconds does not get there, and a change on a Service ' +
      'that is there already does nothing until the pool is made anew.',
    source: `${LOAD_BALANCER_GO} buildPoolCreateOpt, ensureOctaviaPool`,
  },
  stickiness: [
    { by: 'source address', when: [{ at: 'spec.sessionAffinity', is: ['ClientIP'] }] },
    { by: 'consistent hash', when: [{ at: `${P}lb-method`, is: ['SOURCE_IP'] }] },
  ],
  targets: [{ to: 'nodes', when: [], assumed: true }],
  notes: [
    'No time and no cookie can be set for the persistence of a Service.',
    'The OpenStack ingress controller for Octavia asks for no persistence at all.',
    'The controller changes the algorithm of a pool later, but never its persistence.',
  ],
  recipes: [
    {
      title: 'by source address, for a new Service',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
    {
      title: 'by a hash of the address',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}lb-method`, value: 'SOURCE_IP' },
      ],
    },
  ],
  mistakes: [
    'ClientIP did nothing in early releases, and switching it later still does nothing (kubernetes/kubernetes#48500)',
    'the client’s address is lost without x-forwarded-for, the PROXY protocol or the policy Local ' +
      '(kubernetes/cloud-provider-openstack#763)',
  ],
  samples: [
    {
      title: HASH,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    loadbalancer.openstack.org/lb-method: "SOURCE_IP"
    loadbalancer.openstack.org/proxy-protocol: "v2"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: HEADER,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    loadbalancer.openstack.org/x-forwarded-for: "true"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: 'kubernetes/cloud-provider-openstack at c453fb7c9, pkg/openstack/loadbalancer.go',
} as const satisfies ProductTable;
