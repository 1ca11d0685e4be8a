import type { Offer, ProductTable, Requirement, Setting } from '../product.ts';

const P = 'kubernetes.io/elb.';

const OPTION = `${P}session-affinity-option`;

const GUIDE = 'kubernetes-sigs/cloud-provider-huaweicloud docs/usage-guide.md';
const CCE = 'opentelekomcloud CCE documentation cce_10_0385, cce_bestpractice_00231';

const OPEN = 'The open controller: by source address';
const OPEN_APP = 'The open controller: by the application’s cookie';
const MANAGED = 'CCE: by source address';

const MODES = ['SOURCE_IP', 'HTTP_COOKIE', 'APP_COOKIE'] as const;

const LOCAL: Offer = {
  set: [{ at: 'spec.externalTrafficPolicy', value: 'Local' }],
  remark: 'nodes without a ready pod then get no traffic',
};

/** Above what a listener for TCP or UDP takes. */
const MORE_THAN_AN_HOUR = /^(?:6[1-9]|[7-9]\d|\d{3,})$/;

const NEEDS_SWITCH: readonly Requirement[] = [
  {
    needs: {
      anyOf: [
        { at: `${P}session-affinity-mode`, written: true },
        { at: `${P}session-affinity-flag`, is: ['on'] },
      ],
    },
    outcome: 'depends',
    why:
      'CCE is switched on by session-affinity-mode and the open controller by session-affinity-flag; without either, ' +
      'and without a default of the controller, the option means nothing.',
    offers: [{ set: [{ at: `${P}session-affinity-mode`, value: 'SOURCE_IP' }], remark: 'on CCE' }],
  },
];

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}session-affinity-flag`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['on', 'off'], on: 'on', off: 'off' },
    off: 'off',
    onBadValue: 'depends',
    meaning: 'Whether the open controller asks for session persistence; CCE has session-affinity-mode.',
    default: 'off, or what the controller was set up with',
    values: [
      { value: 'on', meaning: 'needs session-affinity-option' },
      { value: 'off', meaning: 'each connection may go to another backend' },
    ],
    notes: ['Everything but `off` counts as on, so `false` switches it on.'],
    requires: [
      {
        when: ['on'],
        needs: { at: OPTION, written: true },
        outcome: 'depends',
        why: 'What kind of persistence it is, and for how long, is then up to the settings of the controller.',
        offers: [{ set: [{ at: OPTION, value: '{"type": "SOURCE_IP", "persistence_timeout": 60}' }] }],
      },
    ],
    conflicts: [
      {
        when: ['on'],
        with: { at: `${P}session-affinity-mode`, written: true },
        outcome: 'depends',
        why: 'The flag is for the open controller and the mode for CCE, and each reads its own only.',
        remove: 'neither',
      },
      {
        when: ['on'],
        with: { at: `${P}lb-algorithm`, is: ['SOURCE_IP'] },
        outcome: 'depends',
        why: 'A balancer that hashes the client’s address cannot have session persistence as well.',
        remove: 'other',
      },
    ],
    source: `${GUIDE}; pkg/cloudprovider/huaweicloud/dedicatedloadbalancer.go getSessionAffinity`,
    cases: [
      { bad: 'true', fixed: 'on' },
      { bad: 'false', fixed: 'off' },
      { bad: 'SOURCE_IP' },
      { without: OPTION, rule: 'setting-companion-missing', mended: 'otherwise' },
      {
        beside: { at: `${P}session-affinity-mode`, value: 'SOURCE_IP' },
        rule: 'settings-contradict',
        mended: 'by hand',
      },
      { beside: { at: `${P}lb-algorithm`, value: 'SOURCE_IP' }, rule: 'settings-contradict', mended: 'otherwise' },
    ],
  },
  {
    at: `${P}session-affinity-mode`,
    objects: ['Service'],
    grammar: { kind: 'word', words: MODES },
    onBadValue: 'depends',
    meaning: 'What kind of session persistence CCE asks for; the open controller has session-affinity-flag.',
    values: [
      { value: 'SOURCE_IP', meaning: 'by the client’s address: for a Service of layer 4' },
      { value: 'HTTP_COOKIE', meaning: 'by a cookie of the balancer: for the Service behind an ELB Ingress' },
      { value: 'APP_COOKIE', meaning: 'by the application’s cookie: for the Service behind an ELB Ingress' },
    ],
    notes: [
      'CCE standard sends traffic to nodes, so it needs the policy Local and at most one pod on each.',
      'CCE Turbo sends it to pods and needs neither.',
    ],
    requires: [
      {
        when: ['SOURCE_IP'],
        whileTrue: [{ at: `${P}session-affinity-flag`, isNot: ['on'] }],
        needs: { at: 'spec.externalTrafficPolicy', is: ['Local'] },
        outcome: 'depends',
        why: 'On CCE standard a client is kept on a node, and with another policy kube-proxy there chooses any pod.',
        offers: [LOCAL],
      },
    ],
    conflicts: [
      {
        with: { at: `${P}lb-algorithm`, is: ['SOURCE_IP'] },
        outcome: 'depends',
        why: 'A balancer that hashes the client’s address cannot have session persistence as well.',
        remove: 'other',
      },
      {
        when: ['SOURCE_IP'],
        with: { at: `${OPTION}#persistence_timeout`, matches: MORE_THAN_AN_HOUR },
        outcome: 'depends',
        why: 'By source address 1 to 60 are allowed, and it counts minutes, not seconds.',
        remove: 'neither',
      },
    ],
    source: CCE,
    cases: [
      { sample: MANAGED, bad: 'source_ip', fixed: 'SOURCE_IP' },
      { sample: MANAGED, bad: 'ClientIP' },
      { sample: MANAGED, bad: 'on' },
      {
        sample: MANAGED,
        without: 'spec.externalTrafficPolicy',
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: MANAGED,
        beside: { at: `${P}lb-algorithm`, value: 'SOURCE_IP' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
      {
        sample: MANAGED,
        beside: { at: `${OPTION}#persistence_timeout`, value: '90' },
        rule: 'settings-contradict',
        mended: 'by hand',
      },
    ],
  },
  {
    at: OPTION,
    objects: ['Service'],
    grammar: { kind: 'JSON' },
    onBadValue: 'depends',
    meaning: 'The details of session persistence as JSON; times are minutes.',
    values: [
      { value: '{"type": "SOURCE_IP", "persistence_timeout": 60}', meaning: 'the open controller, for an hour' },
      { value: '{"persistence_timeout": "60"}', meaning: 'CCE, for an hour' },
    ],
    notes: ['The open controller reads type, cookie_name and persistence_timeout; CCE the time and app_cookie_name.'],
    requires: NEEDS_SWITCH,
    source: `${GUIDE}; ${CCE}`,
    cases: [
      {
        sample: MANAGED,
        without: `${P}session-affinity-mode`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${OPTION}#type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: MODES },
    onBadValue: 'depends',
    meaning: 'What kind of session persistence the open controller asks for.',
    notes: ['TCP and UDP have SOURCE_IP only, HTTP the two with a cookie.'],
    requires: [
      {
        when: ['APP_COOKIE'],
        needs: { at: `${OPTION}#cookie_name`, written: true },
        outcome: 'depends',
        why: 'The cookie is the application’s, so the balancer has to be told its name.',
      },
    ],
    conflicts: [
      {
        when: ['SOURCE_IP'],
        with: { at: `${OPTION}#persistence_timeout`, matches: MORE_THAN_AN_HOUR },
        outcome: 'depends',
        why: 'By source address 1 to 60 are allowed, and it counts minutes, not seconds.',
        remove: 'neither',
      },
      {
        when: ['APP_COOKIE'],
        with: { at: `${OPTION}#persistence_timeout`, written: true },
        outcome: 'depends',
        why: 'The application decides how long its cookie counts, so no time may be given.',
        remove: 'neither',
      },
    ],
    source: GUIDE,
    cases: [
      { sample: OPEN, bad: 'source_ip', fixed: 'SOURCE_IP' },
      { sample: OPEN, bad: 'COOKIE' },
      {
        sample: OPEN,
        beside: { at: `${OPTION}#persistence_timeout`, value: '90' },
        rule: 'settings-contradict',
        mended: 'by hand',
      },
      { sample: 'The open controller: by a cookie', bad: 'SOURCE_IP', rule: 'settings-contradict' },
      {
        sample: OPEN_APP,
        without: `${OPTION}#cookie_name`,
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${OPTION}#persistence_timeout`,
    objects: ['Service'],
    grammar: { kind: 'integer', minimum: 1, maximum: 1440, unit: 'minutes' },
    onBadValue: 'depends',
    meaning: 'For how many minutes a client is remembered.',
    default: '60',
    notes: ['1 to 60 for TCP and UDP, 1 to 1440 for HTTP. Minutes, not seconds.'],
    source: `${GUIDE}; ${CCE}`,
    cases: [
      { sample: OPEN, bad: '0', fixed: '1' },
      { sample: OPEN, bad: '3600', fixed: '1440' },
    ],
  },
  {
    at: `${OPTION}#cookie_name`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a cookie name' },
    onBadValue: 'depends',
    meaning: 'The name of the application’s cookie, for the open controller; with type APP_COOKIE.',
    requires: [
      {
        whileTrue: [{ at: `${OPTION}#type`, written: true }],
        needs: { at: `${OPTION}#type`, is: ['APP_COOKIE'] },
        outcome: 'depends',
        why: 'Of the other types neither goes by a cookie of that name.',
      },
    ],
    concept: 'cookie name',
    source: GUIDE,
    cases: [
      {
        sample: OPEN_APP,
        beside: { at: `${OPTION}#type`, value: 'HTTP_COOKIE' },
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${OPTION}#app_cookie_name`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a cookie name' },
    onBadValue: 'depends',
    meaning: 'The name of the application’s cookie, for CCE; with session-affinity-mode: APP_COOKIE.',
    concept: 'cookie name',
    source: CCE,
  },
  {
    at: `${P}lb-algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['ROUND_ROBIN', 'LEAST_CONNECTIONS', 'SOURCE_IP'] },
    onBadValue: 'depends',
    meaning: 'How the balancer chooses a backend; SOURCE_IP excludes session persistence.',
    default: 'ROUND_ROBIN',
    values: [
      { value: 'ROUND_ROBIN', meaning: 'in turn, by weight' },
      { value: 'LEAST_CONNECTIONS', meaning: 'the backend with the fewest connections, by weight' },
      { value: 'SOURCE_IP', meaning: 'by a hash of the client’s address: sticky without a timeout' },
    ],
    source: `${GUIDE}; ${CCE}`,
    cases: [
      { sample: 'By a hash of the address', bad: 'source_ip', fixed: 'SOURCE_IP' },
      { sample: 'By a hash of the address', bad: 'ROUNDROBIN', fixed: 'ROUND_ROBIN' },
      { sample: 'By a hash of the address', bad: 'HASH' },
    ],
  },
];

export const HUAWEI_CLOUD = {
  id: 'huawei-cce',
  name: 'Huawei Cloud CCE',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'kubernetes-sigs/cloud-provider-huaweicloud at 037c9107 (2025-03-30), docs/usage-guide.md; CCE documentation',
  link: {
    title: 'Cloud provider Huawei Cloud: usage guide',
    url: 'https://github.com/kubernetes-sigs/cloud-provider-huaweicloud/blob/master/docs/usage-guide.md',
  },
  detection: { service: { classes: ['huaweicloud.com/elb'], withoutClass: true } },
  annotationPrefixes: [P],
  insteadOfForeign: 'It goes by kubernetes.io/elb.session-affinity-mode or, with the open controller, -flag.',
  otherAnnotations: [
    'autocreate',
    'availability-zones',
    'cert-id',
    'class',
    'connection-limit',
    'default-tls-container-ref',
    'eip-auto-create-option',
    'eip-id',
    'enable-cross-vpc',
    'enable-transparent-client-ip',
    'enterpriseID',
    'health-check-flag',
    'health-check-option',
    'id',
    'idle-timeout',
    'keep-eip',
    'l4-flavor-id',
    'l7-flavor-id',
    'mark',
    'protocol-port',
    'request-timeout',
    'response-timeout',
    'subnet-id',
    'x-forwarded-host',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'Nothing says that the load balancer is told of it; only kube-proxy on the nodes reads it.',
    unverified: true,
    source: GUIDE,
  },
  stickiness: [
    {
      by: 'source address',
      when: [{ at: `${P}session-affinity-mode`, is: ['SOURCE_IP'] }],
      duration: { at: `${OPTION}#persistence_timeout`, defaultSeconds: 3600, counts: 'idle' },
    },
    {
      by: 'source address',
      when: [
        { at: `${P}session-affinity-flag`, is: ['on'] },
        { at: `${OPTION}#type`, is: ['SOURCE_IP'] },
      ],
      duration: { at: `${OPTION}#persistence_timeout`, defaultSeconds: 3600, counts: 'idle' },
    },
    {
      by: 'cookie',
      when: [
        {
          anyOf: [
            { at: `${P}session-affinity-mode`, is: ['HTTP_COOKIE', 'APP_COOKIE'] },
            { at: `${OPTION}#type`, is: ['HTTP_COOKIE', 'APP_COOKIE'] },
          ],
        },
      ],
    },
    { by: 'consistent hash', when: [{ at: `${P}lb-algorithm`, is: ['SOURCE_IP'] }] },
  ],
  targets: [{ to: 'nodes', when: [], assumed: true }],
  notes: [
    'There are two dialects: the open controller is switched by a flag, CCE by a mode.',
    'Times are minutes in both.',
    'CCE standard sends traffic to nodes, CCE Turbo to pods.',
  ],
  recipes: [
    {
      title: 'by source address, on CCE',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.externalTrafficPolicy', value: 'Local' },
        { at: `${P}session-affinity-mode`, value: 'SOURCE_IP' },
        { at: OPTION, value: '{"persistence_timeout": "60"}' },
      ],
    },
    {
      title: 'by source address, with the open controller',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}session-affinity-flag`, value: 'on' },
        { at: OPTION, value: '{"type": "SOURCE_IP", "persistence_timeout": 60}' },
      ],
    },
  ],
  mistakes: ['seconds where minutes are expected; the two dialects mixed (from the documentation; no thread found)'],
  samples: [
    {
      title: OPEN,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kubernetes.io/elb.class: "dedicated"
    kubernetes.io/elb.session-affinity-flag: "on"
    kubernetes.io/elb.session-affinity-option: '{"type": "SOURCE_IP", "persistence_timeout": 15}'
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'The open controller: by a cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kubernetes.io/elb.class: "dedicated"
    kubernetes.io/elb.session-affinity-flag: "on"
    kubernetes.io/elb.session-affinity-option: '{"type": "HTTP_COOKIE", "persistence_timeout": 720}'
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: OPEN_APP,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kubernetes.io/elb.class: "dedicated"
    kubernetes.io/elb.session-affinity-flag: "on"
    kubernetes.io/elb.session-affinity-option: '{"type": "APP_COOKIE", "cookie_name": "JSESSIONID"}'
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: MANAGED,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kubernetes.io/elb.class: "union"
    kubernetes.io/elb.session-affinity-mode: "SOURCE_IP"
    kubernetes.io/elb.session-affinity-option: '{"persistence_timeout": "30"}'
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'By a hash of the address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    kubernetes.io/elb.class: "union"
    kubernetes.io/elb.lb-algorithm: "SOURCE_IP"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: `${GUIDE}; ${CCE}`,
} as const satisfies ProductTable;
