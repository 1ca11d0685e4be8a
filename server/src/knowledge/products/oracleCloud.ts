import type { ProductTable, Requirement, Setting } from '../product.ts';

const P = 'oci.oraclecloud.com/';
const NLB = 'oci-network-load-balancer.oraclecloud.com/';

const TYPE = `${P}load-balancer-type`;

const SPEC_GO = 'oracle/oci-cloud-controller-manager pkg/cloudprovider/providers/oci/load_balancer_spec.go';
const DOCS = 'docs/load-balancer-annotations.md';

const NEEDS_NLB: Requirement = {
  needs: { at: TYPE, is: ['nlb'] },
  whileTrue: [{ at: TYPE, isNot: ['NLB', 'Nlb'] }],
  outcome: 'ignored',
  why: 'Without it the Service gets the other kind of balancer, which does not read this.',
  offers: [{ set: [{ at: TYPE, value: 'nlb' }], remark: 'another kind of balancer, for a new Service', byHand: true }],
};

const NETWORK = 'A network load balancer, by two-tuple';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}loadbalancer-policy`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'IP_HASH'] },
    onBadValue: 'refused by the controller',
    meaning: 'How the load balancer chooses a node; IP_HASH keeps a client’s address on one.',
    default: 'ROUND_ROBIN',
    values: [
      { value: 'IP_HASH', meaning: 'by a hash of the client’s address: sticky without a timeout' },
      { value: 'ROUND_ROBIN', meaning: 'in turn' },
      { value: 'LEAST_CONNECTIONS', meaning: 'the node with the fewest connections' },
    ],
    notes: [
      'Its prefix is `oci.oraclecloud.com/`, though most others of the load balancer have another one.',
      'A network load balancer does not read it; there it is `backend-policy`.',
    ],
    conflicts: [
      {
        with: { at: TYPE, matches: /^nlb$/i },
        outcome: 'ignored',
        why: `A network load balancer reads ${NLB}backend-policy instead.`,
        remove: 'this',
      },
    ],
    spellings: [
      { at: 'service.beta.kubernetes.io/oci-loadbalancer-policy', status: 'wrong' },
      { at: 'service.beta.kubernetes.io/oci-load-balancer-policy', status: 'wrong' },
    ],
    source: `${SPEC_GO} getLoadBalancerPolicy; ${DOCS}`,
    cases: [
      { bad: 'ip_hash', fixed: 'IP_HASH' },
      { bad: 'IPHASH', fixed: 'IP_HASH' },
      { bad: 'SOURCE_IP' },
      { bad: 'cookie' },
      { good: 'LEAST_CONNECTIONS' },
      { beside: { at: TYPE, value: 'nlb' }, rule: 'settings-contradict', mended: 'otherwise' },
      {
        beside: { at: 'service.beta.kubernetes.io/oci-load-balancer-policy', value: 'IP_HASH' },
        rule: 'annotation-unknown-key',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${NLB}backend-policy`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['TWO_TUPLE', 'THREE_TUPLE', 'FIVE_TUPLE'] },
    onBadValue: 'refused by the controller',
    meaning: 'What a network load balancer hashes; TWO_TUPLE keeps a client’s address on one node.',
    default: 'FIVE_TUPLE',
    values: [
      { value: 'TWO_TUPLE', meaning: 'both addresses: sticky without a timeout' },
      { value: 'THREE_TUPLE', meaning: 'both addresses and the protocol' },
      { value: 'FIVE_TUPLE', meaning: 'the ports as well: each connection by itself' },
    ],
    requires: [NEEDS_NLB],
    source: `${SPEC_GO} getLoadBalancerPolicy; ${DOCS}`,
    cases: [
      { sample: NETWORK, bad: 'two_tuple', fixed: 'TWO_TUPLE' },
      { sample: NETWORK, bad: '2_TUPLE' },
      { sample: NETWORK, bad: 'IP_HASH' },
      { sample: NETWORK, without: TYPE, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: `${NLB}is-preserve-source`,
    objects: ['Service'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'refused by the controller',
    meaning: 'Whether a network load balancer leaves the client’s address as it is.',
    default: 'true with externalTrafficPolicy: Local',
    notes: ['With the policy Cluster it may not even be written.'],
    requires: [
      NEEDS_NLB,
      {
        when: ['true', 'false'],
        whileTrue: [{ at: TYPE, is: ['nlb'] }],
        needs: { at: 'spec.externalTrafficPolicy', is: ['Local'] },
        outcome: 'refused by the controller',
        why: 'With the policy Cluster, the default, the controller refuses the annotation whatever it says.',
        offers: [
          {
            set: [{ at: 'spec.externalTrafficPolicy', value: 'Local' }],
            remark: 'nodes without a ready pod then get no traffic',
          },
        ],
      },
    ],
    source: `${SPEC_GO} getPreserveSource`,
    cases: [
      { sample: 'A network load balancer that keeps the address', bad: 'yes', fixed: 'true' },
      { sample: 'A network load balancer that keeps the address', bad: 'preserve' },
      {
        sample: 'A network load balancer that keeps the address',
        without: 'spec.externalTrafficPolicy',
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: TYPE,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['lb', 'nlb'], anyCase: true },
    onBadValue: 'default instead',
    meaning: 'Which kind of balancer the Service gets, and so which annotation states its policy.',
    default: 'lb',
    values: [
      { value: 'lb', meaning: 'a load balancer; loadbalancer-policy counts' },
      { value: 'nlb', meaning: 'a network load balancer; backend-policy counts' },
    ],
    notes: ['A word that it does not know means lb, and nothing tells. Write it in lower case.'],
    source: `${SPEC_GO} getLoadBalancerType`,
    cases: [
      { sample: NETWORK, bad: 'network' },
      { sample: NETWORK, bad: 'n-lb', fixed: 'nlb' },
      { sample: NETWORK, good: 'NLB' },
    ],
  },
  {
    at: 'service.beta.kubernetes.io/oci-load-balancer-backend-protocol',
    objects: ['Service'],
    grammar: { kind: 'word', words: ['HTTP', 'TCP', 'GRPC'], anyCase: true },
    onBadValue: 'refused by the controller',
    meaning: 'Which protocol all listeners of a load balancer speak.',
    default: 'that of the port',
    notes: ['No listener of a Service can be told to keep a client by a cookie.'],
    source: `${SPEC_GO} getListenersOciLoadBalancer`,
  },
];

export const ORACLE_CLOUD = {
  id: 'oracle-oci',
  name: 'Oracle Cloud',
  kind: 'load balancer',
  verification: 'source',
  basis: 'oracle/oci-cloud-controller-manager at 1100ac362 (2026-06-17)',
  link: {
    title: 'OCI cloud controller manager: load balancer annotations',
    url: 'https://github.com/oracle/oci-cloud-controller-manager/blob/master/docs/load-balancer-annotations.md',
  },
  detection: {
    service: {
      classes: [],
      withoutClass: true,
      annotations: [NLB, 'service.beta.kubernetes.io/oci-load-balancer-'],
    },
  },
  annotationPrefixes: [P],
  otherAnnotations: [
    'ingress-ip-mode',
    'initial-defined-tags-override',
    'initial-freeform-tags-override',
    'node-label-selector',
    'oci-backend-network-security-group',
    'oci-load-balancer-backendset-ssl-config',
    'oci-load-balancer-listener-ssl-config',
    'oci-load-balancer-rule-sets',
    'oci-network-security-groups',
    'security-rule-management-mode',
    'workload-service-account',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'refused',
    what:
      'The controller knows sessionAffinity: None only and makes no load balancer; `loadbalancer-policy: "IP_HASH"` ' +
      'or, on a network load balancer, `backend-policy: "TWO_TUPLE"` keeps a client’s address on a node.',
    source: `${SPEC_GO} validateService`,
  },
  stickiness: [
    {
      by: 'consistent hash',
      when: [
        { at: TYPE, matches: /^nlb$/i },
        { at: `${NLB}backend-policy`, is: ['TWO_TUPLE'] },
      ],
    },
    {
      by: 'consistent hash',
      when: [
        { at: TYPE, isNot: ['nlb', 'NLB', 'Nlb'] },
        { at: `${P}loadbalancer-policy`, is: ['IP_HASH'] },
      ],
    },
  ],
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'Cookie persistence cannot be asked for by a Service.',
    'The native ingress controller of the cloud has no sticky sessions either.',
  ],
  recipes: [
    {
      title: 'by a hash of the address',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}loadbalancer-policy`, value: 'IP_HASH' },
      ],
    },
    {
      title: 'by a hash of the addresses, on a network load balancer',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: TYPE, value: 'nlb' },
        { at: `${NLB}backend-policy`, value: 'TWO_TUPLE' },
      ],
    },
  ],
  mistakes: [
    'sessionAffinity: ClientIP, over which the load balancer is not made ' +
      '(kubernetes/ingress-nginx#10367, konpyutaika/nifikop#561)',
    'asking a Service for cookies or HTTP listeners ' +
      '(oracle/oci-cloud-controller-manager#203, oracle/oci-cloud-controller-manager#138)',
    'sticky sessions in the native ingress controller (oracle/oci-native-ingress-controller#86)',
  ],
  samples: [
    {
      title: 'A load balancer, by a hash of the address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    oci.oraclecloud.com/loadbalancer-policy: "IP_HASH"
    service.beta.kubernetes.io/oci-load-balancer-shape: "flexible"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: NETWORK,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    oci.oraclecloud.com/load-balancer-type: "nlb"
    oci-network-load-balancer.oraclecloud.com/backend-policy: "TWO_TUPLE"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'A network load balancer that keeps the address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    oci.oraclecloud.com/load-balancer-type: "nlb"
    oci-network-load-balancer.oraclecloud.com/is-preserve-source: "true"
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
  source: 'oracle/oci-cloud-controller-manager at 1100ac362, pkg/cloudprovider/providers/oci',
} as const satisfies ProductTable;
