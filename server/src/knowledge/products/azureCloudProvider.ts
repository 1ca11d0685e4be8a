import type { ProductTable, Setting } from '../product.ts';

const P = 'service.beta.kubernetes.io/azure-load-balancer-';

const LOAD_BALANCER_GO = 'kubernetes-sigs/cloud-provider-azure pkg/provider/azure_loadbalancer.go';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}tcp-idle-timeout`,
    objects: ['Service'],
    grammar: { kind: 'integer', minimum: 4, maximum: 100, unit: 'minutes', syntax: 'go' },
    onBadValue: 'refused by the controller',
    meaning: 'After how many idle minutes a TCP connection through the load balancer ends.',
    default: '4',
    values: [
      { value: '4', meaning: '4 minutes, the default and the least' },
      { value: '30', meaning: '30 minutes' },
      { value: '100', meaning: 'the most' },
    ],
    notes: ['Minutes, not seconds. It is no time for which a client is remembered, but long connections need it.'],
    source:
      'kubernetes-sigs/cloud-provider-azure pkg/consts/consts.go ServiceAnnotationLoadBalancerIdleTimeout; ' +
      'getExpectedLoadBalancingRulePropertiesForPort',
    cases: [
      { bad: '120', fixed: '100' },
      { bad: '3', fixed: '4' },
      { bad: '1h', fixed: '60' },
      { bad: '600s', fixed: '10' },
      { bad: 'long' },
      { good: '100' },
    ],
  },
];

export const AZURE_CLOUD_PROVIDER = {
  id: 'azure-ccm',
  name: 'Azure Load Balancer',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes-sigs/cloud-provider-azure at 7b31c76ce (2026-08-19)',
  link: {
    title: 'Cloud provider Azure: load balancers',
    url: 'https://cloud-provider-azure.sigs.k8s.io/topics/loadbalancer/',
  },
  detection: {
    service: {
      classes: [],
      withoutClass: true,
      annotations: [
        'service.beta.kubernetes.io/azure-additional-public-ips',
        'service.beta.kubernetes.io/azure-allowed-',
        'service.beta.kubernetes.io/azure-deny-all-except-load-balancer-source-ranges',
        'service.beta.kubernetes.io/azure-disable-load-balancer-',
        'service.beta.kubernetes.io/azure-dns-label-name',
        'service.beta.kubernetes.io/azure-pip-',
      ],
    },
  },
  annotationPrefixes: [P],
  otherAnnotations: [
    'configurations',
    'disable-tcp-reset',
    'enable-high-availability-ports',
    'health-probe-interval',
    'health-probe-num-of-probe',
    'health-probe-protocol',
    'health-probe-request-path',
    'internal',
    'internal-subnet',
    'ipv4',
    'ipv6',
    'mode',
    'resource-group',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'mapped',
    what:
      'It becomes the distribution SourceIP of each rule, a hash of both addresses; timeoutSeconds does not get ' +
      'there. On clusters with ServiceGateway it is refused, with an event.',
    source: `${LOAD_BALANCER_GO} getExpectedLoadBalancingRulePropertiesForPort`,
  },
  stickiness: [{ by: 'consistent hash', when: [{ at: 'spec.sessionAffinity', is: ['ClientIP'] }] }],
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'There is no annotation for stickiness: sessionAffinity decides between a hash of two and one of five parts.',
    'None still keeps one connection on one node; each new one may go to another.',
  ],
  recipes: [
    {
      title: 'by source address',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
  ],
  mistakes: [
    'affinity did not reach the rule, or a switch of it was not applied, in old releases ' +
      '(Azure/ACS#7, Azure/acs-engine#738, kubernetes/kubernetes#63908)',
    'believing that None is random for each request (Azure/AKS#682)',
    'Windows nodes that do not honour ClientIP with the policy Local (microsoft/Windows-Containers#194)',
  ],
  samples: [
    {
      title: 'By source address, with long idle connections',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/azure-load-balancer-tcp-idle-timeout: "30"
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
  source: 'kubernetes-sigs/cloud-provider-azure at 7b31c76ce, pkg/provider/azure_loadbalancer.go',
} as const satisfies ProductTable;
