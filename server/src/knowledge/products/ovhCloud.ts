import type { ProductTable, Setting } from '../product.ts';

const P = 'loadbalancer.ovhcloud.com/';

const GUIDE = 'OVHcloud guide: Expose your applications using OVHcloud Public Cloud Load Balancer';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}class`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['octavia', 'iolb'] },
    onBadValue: 'depends',
    meaning: 'Which kind of load balancer the Service gets.',
    default: 'octavia on current versions',
    values: [
      { value: 'octavia', meaning: 'the Public Cloud Load Balancer' },
      { value: 'iolb', meaning: 'the older one, which is going away' },
    ],
    unverified: true,
    source: GUIDE,
  },
  {
    at: `${P}flavor`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['small', 'medium', 'large'] },
    onBadValue: 'depends',
    meaning: 'The size of the load balancer; it has nothing to do with stickiness.',
    default: 'small',
    unverified: true,
    source: GUIDE,
  },
];

export const OVH_CLOUD = {
  id: 'ovhcloud',
  name: 'OVHcloud',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'the vendor’s guide to the Public Cloud Load Balancer; the controller is that of OpenStack',
  link: {
    title: 'OVHcloud: expose your applications using the Public Cloud Load Balancer',
    url: 'https://github.com/ovh/docs/blob/HEAD/pages/public_cloud/containers_orchestration/managed_kubernetes/expose_your_applications_using_a_load_balancer/guide.en-gb.md',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'mapped',
    what: 'As with OpenStack’s controller the pool should get SOURCE_IP persistence; timeoutSeconds is not used.',
    unverified: true,
    source: `${GUIDE}; kubernetes/cloud-provider-openstack pkg/openstack/loadbalancer.go`,
  },
  stickiness: [{ by: 'source address', when: [{ at: 'spec.sessionAffinity', is: ['ClientIP'] }] }],
  targets: [{ to: 'nodes', when: [], assumed: true }],
  notes: [
    'It runs OpenStack’s controller with classes of its own, and reads that one’s `loadbalancer.openstack.org/` keys.',
    'Of those, x-forwarded-for is listed as not supported; of the PROXY protocol there is version 1 only.',
    'The only switch for stickiness is sessionAffinity; how it works here could not be checked.',
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
  mistakes: ['expecting the x-forwarded-for annotation to work (from the vendor’s guide)'],
  samples: [
    {
      title: 'By source address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    loadbalancer.ovhcloud.com/flavor: "small"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'A load balancer of a certain size',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    loadbalancer.ovhcloud.com/class: "octavia"
    loadbalancer.ovhcloud.com/flavor: "small"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: GUIDE,
} as const satisfies ProductTable;
