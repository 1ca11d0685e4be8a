import type { ProductTable, Setting } from '../product.ts';

const STRONG = 'networking.gke.io/l4-strong-session-affinity';
const RBS = 'cloud.google.com/l4-rbs';
const TYPE = 'networking.gke.io/load-balancer-type';
const OLD_TYPE = 'cloud.google.com/load-balancer-type';
const TIMEOUT = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds';

const EXTERNAL_CLASS = 'networking.gke.io/l4-regional-external';
const INTERNAL_CLASS = 'networking.gke.io/l4-regional-internal';

const L4NETLB_GO = 'kubernetes/ingress-gce pkg/l4/resources/l4netlb.go checkStrongSessionAffinityRequirements';
const SERVICE_GO = 'kubernetes/ingress-gce pkg/l4/annotations/service.go';

const SETTINGS: readonly Setting[] = [
  {
    at: STRONG,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['enabled'], on: 'enabled' },
    onBadValue: 'ignored',
    meaning: 'Keeps a client’s address on its backend for timeoutSeconds, across connections.',
    values: [{ value: 'enabled', meaning: 'needs sessionAffinity: ClientIP and 60 to 57600 seconds' }],
    notes: [
      'It works for projects that Google has put on a list, else the controller reports an error.',
      'Only external load balancers that are based on a backend service have it.',
    ],
    requires: [
      {
        // A time without ClientIP is dropped, which is a finding of its own.
        whileTrue: [{ at: TIMEOUT, written: false }],
        needs: { at: 'spec.sessionAffinity', is: ['ClientIP'] },
        outcome: 'refused by the controller',
        why: 'Strong session affinity goes by the client’s address, and without it the controller reports an error.',
        offers: [{ set: [{ at: 'spec.sessionAffinity', value: 'ClientIP' }] }],
      },
      {
        whileTrue: [
          { at: 'spec.loadBalancerClass', isNot: [EXTERNAL_CLASS, INTERNAL_CLASS] },
          { at: TYPE, isNot: ['Internal'] },
          { at: OLD_TYPE, isNot: ['Internal', 'internal'] },
        ],
        needs: { at: RBS, is: ['enabled'] },
        outcome: 'depends',
        why: 'Where the cluster does not make such balancers by itself, the Service has to ask for one.',
        offers: [{ set: [{ at: RBS, value: 'enabled' }], remark: 'for a new Service' }],
      },
    ],
    conflicts: [
      {
        with: {
          anyOf: [
            { at: 'spec.loadBalancerClass', is: [INTERNAL_CLASS] },
            { at: TYPE, is: ['Internal'] },
            { at: OLD_TYPE, is: ['Internal', 'internal'] },
          ],
        },
        outcome: 'ignored',
        why: 'The controller of internal load balancers does not know strong session affinity.',
        remove: 'this',
      },
      {
        with: { at: TIMEOUT, matches: /^(?:[1-5]?\d|5760[1-9]|576[1-9]\d|57[7-9]\d\d|5[89]\d{3}|[6-9]\d{4}|\d{6,})$/ },
        outcome: 'refused by the controller',
        why: 'With strong session affinity the time has to be 60 to 57600 seconds; without one 10800 count.',
        remove: 'other',
      },
    ],
    source: `${L4NETLB_GO}; ${SERVICE_GO}`,
    cases: [
      { bad: 'true', fixed: 'enabled' },
      { bad: 'on', fixed: 'enabled' },
      { bad: 'Enabled', fixed: 'enabled' },
      { bad: 'strong' },
      { without: 'spec.sessionAffinity', rule: 'affinity-config-dropped', mended: 'as it was' },
      { without: RBS, rule: 'setting-companion-missing', mended: 'as it was' },
      { beside: { at: TYPE, value: 'Internal' }, rule: 'settings-contradict', mended: 'otherwise' },
      { beside: { at: TIMEOUT, value: '86400' }, rule: 'settings-contradict', mended: 'otherwise' },
      { beside: { at: TIMEOUT, value: '57601' }, rule: 'settings-contradict', mended: 'otherwise' },
      { beside: { at: TIMEOUT, value: '59' }, rule: 'settings-contradict', mended: 'otherwise' },
      {
        sample: 'External, strong affinity without a time of its own',
        without: 'spec.sessionAffinity',
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: RBS,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['enabled'], on: 'enabled' },
    onBadValue: 'ignored',
    meaning: 'Asks for an external load balancer that is based on a regional backend service.',
    values: [{ value: 'enabled', meaning: 'strong session affinity needs it' }],
    source: `${SERVICE_GO} HasRBSAnnotation`,
    cases: [
      { sample: 'External, ordinary affinity', bad: 'true', fixed: 'enabled' },
      { sample: 'External, ordinary affinity', bad: 'yes', fixed: 'enabled' },
    ],
  },
  {
    at: TIMEOUT,
    objects: ['Service'],
    grammar: { kind: 'integer', minimum: 1, maximum: 86_400, unit: 'seconds' },
    onBadValue: 'refused by the API server',
    meaning: 'How long a client is remembered: on the nodes, and by the balancer with strong session affinity.',
    default: '10800',
    notes: ['Without strong session affinity it never reaches the load balancer; with it, 60 to 57600 are allowed.'],
    source: L4NETLB_GO,
  },
];

export const GOOGLE_CLOUD_L4 = {
  id: 'gcp-l4',
  name: 'Google Cloud L4 load balancers',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes/ingress-gce at acbcf5d66 (2026-08-21)',
  link: {
    title: 'Google Kubernetes Engine: LoadBalancer Services',
    url: 'https://cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer',
  },
  detection: {
    service: {
      classes: [EXTERNAL_CLASS, INTERNAL_CLASS],
      withoutClass: true,
      annotations: [RBS, TYPE, OLD_TYPE],
    },
  },
  annotationPrefixes: ['networking.gke.io/l4-'],
  insteadOfForeign: 'It goes by sessionAffinity: ClientIP.',
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'mapped',
    what: 'It becomes the session affinity of the backend service, CLIENT_IP; timeoutSeconds does not get there.',
    source: 'kubernetes/ingress-gce pkg/utils/utils.go TranslateAffinityType',
  },
  stickiness: [
    {
      by: 'source address',
      when: [
        { at: 'spec.sessionAffinity', is: ['ClientIP'] },
        { at: STRONG, is: ['enabled'] },
      ],
      duration: { at: TIMEOUT, defaultSeconds: 10_800, counts: 'idle' },
    },
    { by: 'consistent hash', when: [{ at: 'spec.sessionAffinity', is: ['ClientIP'] }] },
  ],
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'No setting makes it look at X-Forwarded-For: everybody behind one proxy counts as one client.',
    'Every value of sessionAffinity but ClientIP means NONE.',
  ],
  recipes: [
    {
      title: 'by source address',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: RBS, value: 'enabled' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
  ],
  mistakes: [
    'expecting stickiness by X-Forwarded-For from a Service (kubernetes/kubernetes#36415)',
    'strong session affinity without ClientIP or for more than 16 hours (by the source)',
  ],
  samples: [
    {
      title: 'External, strong affinity',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    cloud.google.com/l4-rbs: "enabled"
    networking.gke.io/l4-strong-session-affinity: "enabled"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 3600
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'External, strong affinity without a time of its own',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    networking.gke.io/l4-strong-session-affinity: "enabled"
spec:
  type: LoadBalancer
  loadBalancerClass: networking.gke.io/l4-regional-external
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'External, ordinary affinity',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    cloud.google.com/l4-rbs: "enabled"
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
  source: 'kubernetes/ingress-gce at acbcf5d66, pkg/l4',
} as const satisfies ProductTable;
