import type { ProductTable, Setting } from '../product.ts';

const P = 'service.cilium.io/';

const DOCS = 'cilium/cilium Documentation/network/kubernetes/kubeproxy-free.rst';
const K8S_GO = 'cilium/cilium pkg/annotation/k8s.go';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}lb-algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['maglev', 'random'], anyCase: true },
    onBadValue: 'depends',
    meaning: 'How a pod is chosen for traffic from outside that no affinity pins.',
    default: 'the Helm value loadBalancer.algorithm, random by itself',
    values: [
      { value: 'maglev', meaning: 'by consistent hashing; with ClientIP the source port is left out of the hash' },
      { value: 'random', meaning: 'by chance' },
    ],
    notes: [
      'It is read only with the Helm value `bpf.lbAlgorithmAnnotation=true`.',
      'It counts when the Service is made; a later change does nothing.',
    ],
    source: `${DOCS}; ${K8S_GO} ServiceLoadBalancingAlgorithm`,
  },
  {
    at: `${P}affinity`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['local', 'remote', 'none'], anyCase: true },
    onBadValue: 'depends',
    meaning: 'Which cluster of a mesh is preferred; it keeps no client on a pod.',
    default: 'none',
    values: [
      { value: 'local', meaning: 'pods of this cluster first' },
      { value: 'remote', meaning: 'pods of other clusters first' },
      { value: 'none', meaning: 'no preference' },
    ],
    notes: ['For keeping a client on its pod write `sessionAffinity: ClientIP`.'],
    source: `${K8S_GO} ServiceAffinity`,
    cases: [{ bad: 'client-ip' }, { bad: 'ClientIP' }, { good: 'remote' }],
  },
];

export const CILIUM = {
  id: 'cilium',
  name: 'Cilium',
  kind: 'data path',
  verification: 'documentation',
  basis: 'cilium/cilium at 011b4940, Documentation/network/kubernetes/kubeproxy-free.rst; threads',
  link: {
    title: 'Cilium: Kubernetes without kube-proxy',
    url: 'https://docs.cilium.io/en/stable/network/kubernetes/kubeproxy-free/',
  },
  detection: {
    service: { classes: ['io.cilium/bgp-control-plane', 'io.cilium/l2-announcer'], withoutClass: false },
    gateway: { controllers: ['io.cilium/gateway-controller'] },
  },
  annotationPrefixes: [P],
  insteadOfForeign: 'Its eBPF load balancer goes by sessionAffinity: ClientIP.',
  otherAnnotations: [
    'forwarding-mode',
    'global',
    'global-sync-endpoint-slices',
    'node',
    'node-selector',
    'proxy-delegation',
    'shared',
    'src-ranges-policy',
    'type',
    'weight',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'mapped',
    what:
      'The eBPF load balancer keeps a client on its pod for timeoutSeconds, for each port of the Service by itself; ' +
      'clients within the cluster are told apart by their network namespace.',
    source: DOCS,
  },
  notes: [
    'Two ports of one Service may lead one client to two pods.',
    'Several nodes behind ECMP each choose by themselves, so a client can change pods between them.',
    'Without the replacement of kube-proxy, older releases need the Helm value `sessionAffinity=true`.',
    'The sessionPersistence of routes (cookies only) was added in August 2026; releases before ignore it.',
  ],
  recipes: [
    {
      title: 'by source address',
      on: 'Service',
      set: [{ at: 'spec.sessionAffinity', value: 'ClientIP' }],
    },
  ],
  mistakes: [
    'ClientIP did nothing where kube-proxy was not replaced (cilium/cilium#35254, cilium/cilium#16163, ' +
      'canonical/k8s-snap#1146, AliyunContainerService/terway#433)',
    'several nodes behind ECMP hash the source port, so clients move between pods (cilium/cilium#25568)',
    'sessionPersistence on a route before it was supported; the Service of a gateway has no such setting ' +
      '(cilium/cilium#47089, cilium/cilium#48029, cilium/cilium#33440, cilium/cilium#48196)',
  ],
  samples: [
    {
      title: 'By source address, announced by Cilium itself',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerClass: io.cilium/l2-announcer
  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'By source address, with Maglev',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.cilium.io/lb-algorithm: "maglev"
    service.cilium.io/affinity: "local"
spec:
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: DOCS,
} as const satisfies ProductTable;
