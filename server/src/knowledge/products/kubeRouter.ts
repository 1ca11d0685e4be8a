import type { ProductTable, Setting } from '../product.ts';

const P = 'kube-router.io/';

const GUIDE = 'cloudnativelabs/kube-router docs/user-guide.md';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}service.scheduler`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['rr', 'lc', 'sh', 'dh'] },
    onBadValue: 'depends',
    meaning: 'How IPVS chooses a pod; sh keeps a client’s address on one as long as the pods stay.',
    default: 'rr',
    values: [
      { value: 'sh', meaning: 'by a hash of the client’s address: sticky without a timeout' },
      { value: 'rr', meaning: 'in turn' },
      { value: 'lc', meaning: 'the pod with the fewest connections' },
      { value: 'dh', meaning: 'by a hash of the destination’s address' },
    ],
    notes: ['IPVS knows more schedulers; these are the ones that the guide names.'],
    source: GUIDE,
  },
];

export const KUBE_ROUTER = {
  id: 'kube-router',
  name: 'kube-router',
  kind: 'data path',
  verification: 'documentation',
  basis: 'cloudnativelabs/kube-router at 00824cd8, docs/user-guide.md; issue 1',
  link: {
    title: 'kube-router: user guide',
    url: 'https://github.com/cloudnativelabs/kube-router/blob/master/docs/user-guide.md',
  },
  detection: {},
  annotationPrefixes: [P],
  otherAnnotations: [
    'service.advertise.clusterip',
    'service.advertise.externalip',
    'service.advertise.loadbalancerip',
    'service.dsr',
    'service.hairpin',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'mapped',
    what: 'It becomes the persistence of IPVS, on each node by itself.',
    unverified: true,
    source: 'cloudnativelabs/kube-router#1',
  },
  notes: ['A scheduler annotation gives source hashing without persistence.'],
  recipes: [
    {
      title: 'by a hash of the address',
      on: 'Service',
      set: [{ at: `${P}service.scheduler`, value: 'sh' }],
    },
  ],
  mistakes: ['affinity was ignored before it was handed to IPVS (cloudnativelabs/kube-router#1)'],
  samples: [
    {
      title: 'By a hash of the address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kube-router.io/service.scheduler: "sh"
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: GUIDE,
} as const satisfies ProductTable;
