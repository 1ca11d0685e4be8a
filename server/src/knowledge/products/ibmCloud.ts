import type { ProductTable, Setting } from '../product.ts';

const P = 'service.kubernetes.io/ibm-load-balancer-cloud-provider-';

const DOCS = 'IBM-Cloud/cloud-provider-ibm docs/resources/service/annotations.md';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}enable-features`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'the name of a feature' },
    onBadValue: 'depends',
    meaning: 'Which kind of load balancer a classic cluster makes, and whether it tells the client’s address.',
    default: 'version 1.0 of the load balancer',
    values: [
      { value: 'ipvs', meaning: 'version 2.0, on IPVS; needs externalTrafficPolicy: Local' },
      { value: 'proxy-protocol', meaning: 'nodes are told the client’s address in the PROXY protocol' },
    ],
    requires: [
      {
        when: ['ipvs'],
        needs: { at: 'spec.externalTrafficPolicy', is: ['Local'] },
        outcome: 'depends',
        why: 'A load balancer of version 2.0 takes no other policy, says the vendor.',
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
      { without: 'spec.externalTrafficPolicy', rule: 'setting-companion-missing', mended: 'as it was' },
      { good: 'IPVS' },
    ],
  },
  {
    at: `${P}ipvs-scheduler`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['rr', 'sh'] },
    onBadValue: 'depends',
    meaning: 'How a load balancer of version 2.0 chooses a node; sh keeps a client’s address on one.',
    default: 'rr',
    values: [
      { value: 'sh', meaning: 'by a hash of the client’s address: sticky without a timeout' },
      { value: 'rr', meaning: 'in turn' },
    ],
    notes: ['On the node kube-proxy takes any pod, so keep the pods apart: at most one on each node.'],
    requires: [
      {
        needs: { at: `${P}enable-features`, matches: /\bipvs\b/i },
        outcome: 'ignored',
        why: 'Only a load balancer of version 2.0 has schedulers, and that feature has to be asked for: ipvs.',
        offers: [
          {
            set: [{ at: `${P}enable-features`, value: 'ipvs' }],
            remark: 'another kind of load balancer',
          },
        ],
      },
    ],
    source: DOCS,
    cases: [
      { bad: 'SH', fixed: 'sh' },
      { bad: 'source-hash' },
      { without: `${P}enable-features`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
];

export const IBM_CLOUD = {
  id: 'ibm-cloud',
  name: 'IBM Cloud',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'IBM-Cloud/cloud-provider-ibm at 568c208 (2024-10-23), docs/resources/service/annotations.md',
  link: {
    title: 'Cloud provider IBM: load balancer Service annotations',
    url: 'https://github.com/IBM-Cloud/cloud-provider-ibm/blob/HEAD/docs/resources/service/annotations.md',
  },
  detection: {
    service: {
      classes: [],
      withoutClass: true,
      annotations: [
        'service.kubernetes.io/ibm-ingress-controller-public',
        'service.kubernetes.io/ibm-ingress-controller-private',
      ],
    },
  },
  annotationPrefixes: [P],
  otherAnnotations: ['ip-type', 'vlan', 'vpc-lb-name', 'vpc-node-selector', 'vpc-subnets', 'zone'],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'Nothing says that a load balancer is told of it; only kube-proxy on the nodes reads it.',
    unverified: true,
    source: `${DOCS}; openshift/cloud-provider-vpc-controller pkg/vpcctl`,
  },
  stickiness: [
    {
      by: 'consistent hash',
      when: [
        { at: `${P}enable-features`, matches: /\bipvs\b/i },
        { at: `${P}ipvs-scheduler`, is: ['sh'] },
      ],
    },
  ],
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'Only the load balancer 2.0 of classic clusters can keep a client, by a hash of its address.',
    'The controller of VPC clusters has no setting for session persistence.',
  ],
  recipes: [
    {
      title: 'by a hash of the address, on a classic cluster',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.externalTrafficPolicy', value: 'Local' },
        { at: `${P}enable-features`, value: 'ipvs' },
        { at: `${P}ipvs-scheduler`, value: 'sh' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
  ],
  mistakes: ['source hashing with several pods on a node (from the documentation; no thread found)'],
  samples: [
    {
      title: 'Version 2.0, by a hash of the address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.kubernetes.io/ibm-load-balancer-cloud-provider-enable-features: "ipvs"
    service.kubernetes.io/ibm-load-balancer-cloud-provider-ipvs-scheduler: "sh"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
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
