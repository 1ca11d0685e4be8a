import type { ProductTable, Setting } from '../product.ts';

const P = 'ingress.alb.yc.io/';

const GROUPS = ['HttpBackendGroup.alb.yc.io', 'GrpcBackendGroup.alb.yc.io'] as const;

const ANNOTATIONS_SOURCE =
  'yandex-cloud/yc-alb-ingress-controller pkg/builders/resolvers.go Resolve; pkg/builders/backendgroup.go backendOpts';

const GROUPS_SOURCE =
  'yandex-cloud/yc-alb-ingress-controller api/v1alpha1/httpbackendgroup_types.go; ' +
  'config/crd/patches/validations_in_httpbackendgroups.yaml';

const BY_COOKIE = 'By a cookie';
const BY_HEADER = 'By a header';
const BY_ADDRESS = 'By the client’s address';

const ON = ['Ingress', 'Service'] as const;

const ONE_KIND = 'The controller takes one kind of session affinity for a Service, and gives it up over more.';

const ONE_IN_GROUP = 'The definition of the group allows exactly one of cookie, header and connection.';

const BALANCER_NOTE = 'Which mode of the balancer it takes could not be checked; the mode is RANDOM where none is set.';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}session-affinity-cookie`,
    objects: ON,
    grammar: { kind: 'attributes', otherKeys: [] },
    onBadValue: 'refused by the controller',
    meaning: 'Keeps a client on its backend by a cookie: `name=…` and perhaps `ttl=…`, parted by a comma.',
    values: [{ value: 'name=route,ttl=1h', meaning: 'a cookie of your choice, for 1 hour' }],
    notes: [
      'Write no blank behind the comma: the controller would take it for a part of the key.',
      'What the Service says counts before what its Ingresses say; these have to agree.',
      BALANCER_NOTE,
    ],
    requires: [
      {
        needs: { at: `${P}session-affinity-cookie#name`, written: true },
        outcome: 'refused by the controller',
        why: 'It reads name=… and stops where that is missing.',
      },
    ],
    conflicts: [
      {
        with: {
          anyOf: [
            { at: `${P}session-affinity-header`, written: true },
            { at: `${P}session-affinity-connection`, written: true },
          ],
        },
        outcome: 'refused by the controller',
        why: ONE_KIND,
        remove: 'this',
      },
    ],
    concept: 'cookie switch',
    source: ANNOTATIONS_SOURCE,
    cases: [
      { bad: 'route', rule: 'setting-companion-missing' },
      { bad: 'ttl=1h', rule: 'setting-companion-missing' },
      { good: 'name=JSESSIONID' },
      {
        beside: { at: `${P}session-affinity-connection`, value: 'source-ip=true' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}session-affinity-cookie#name`,
    objects: ON,
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'refused by the controller',
    meaning: 'The name of the cookie.',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    concept: 'cookie name',
    source: ANNOTATIONS_SOURCE,
  },
  {
    at: `${P}session-affinity-cookie#ttl`,
    objects: ON,
    grammar: { kind: 'duration', dialect: 'go' },
    onBadValue: 'refused by the controller',
    meaning: 'For how long the cookie lasts.',
    values: [
      { value: '1h', meaning: '1 hour' },
      { value: '24h', meaning: '1 day' },
    ],
    concept: 'cookie lifetime',
    source: ANNOTATIONS_SOURCE,
    cases: [{ bad: '3600', fixed: '3600s' }, { bad: '1d', fixed: '24h' }, { bad: 'long' }, { good: '1h30m' }],
  },
  {
    at: `${P}session-affinity-header`,
    objects: ON,
    grammar: { kind: 'attributes', otherKeys: [] },
    onBadValue: 'refused by the controller',
    meaning: 'Keeps a client on its backend by a header: `name=…`.',
    values: [{ value: 'name=x-session', meaning: 'a header of your choice' }],
    notes: [BALANCER_NOTE],
    requires: [
      {
        needs: { at: `${P}session-affinity-header#name`, written: true },
        outcome: 'refused by the controller',
        why: 'It reads name=… and stops where that is missing.',
      },
    ],
    conflicts: [
      {
        with: { at: `${P}session-affinity-connection`, written: true },
        outcome: 'refused by the controller',
        why: ONE_KIND,
        remove: 'this',
      },
    ],
    concept: 'hash key',
    source: ANNOTATIONS_SOURCE,
    cases: [
      { bad: 'x-session', rule: 'setting-companion-missing' },
      {
        beside: { at: `${P}session-affinity-connection`, value: 'source-ip=true' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}session-affinity-header#name`,
    objects: ON,
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'refused by the controller',
    meaning: 'The name of the header.',
    values: [{ value: 'x-session', meaning: 'a name of your choice' }],
    source: ANNOTATIONS_SOURCE,
  },
  {
    at: `${P}session-affinity-connection`,
    objects: ON,
    grammar: { kind: 'attributes', otherKeys: [] },
    onBadValue: 'refused by the controller',
    meaning: 'Keeps a client on its backend by its address: `source-ip=true`.',
    values: [{ value: 'source-ip=true', meaning: 'by the address that the connection comes from' }],
    notes: [BALANCER_NOTE],
    requires: [
      {
        needs: { at: `${P}session-affinity-connection#source-ip`, written: true },
        outcome: 'refused by the controller',
        why: 'It reads source-ip=… and stops where that is missing.',
      },
    ],
    concept: 'source address switch',
    source: ANNOTATIONS_SOURCE,
    cases: [{ bad: 'true', rule: 'setting-companion-missing' }],
  },
  {
    at: `${P}session-affinity-connection#source-ip`,
    objects: ON,
    grammar: { kind: 'boolean' },
    onBadValue: 'refused by the controller',
    meaning: 'Whether the client’s address decides.',
    source: ANNOTATIONS_SOURCE,
    cases: [
      { bad: 'on', fixed: 'true' },
      { bad: 'True', fixed: 'true' },
    ],
  },
  {
    at: 'spec.sessionAffinity',
    objects: GROUPS,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client on a backend of the group, by exactly one thing.',
    notes: [BALANCER_NOTE],
    requires: [
      {
        needs: {
          anyOf: [
            { at: 'spec.sessionAffinity.cookie', written: true },
            { at: 'spec.sessionAffinity.header', written: true },
            { at: 'spec.sessionAffinity.connection', written: true },
          ],
        },
        outcome: 'refused by the API server',
        why: ONE_IN_GROUP,
        offers: [
          { set: [{ at: 'spec.sessionAffinity.cookie.name', value: 'route' }] },
          { set: [{ at: 'spec.sessionAffinity.connection.sourceIP', value: 'true' }] },
        ],
      },
    ],
    source: GROUPS_SOURCE,
    cases: [
      {
        sample: 'A group: by a cookie',
        without: 'spec.sessionAffinity.cookie',
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: 'spec.sessionAffinity.cookie',
    objects: GROUPS,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client by a cookie.',
    requires: [
      {
        needs: { at: 'spec.sessionAffinity.cookie.name', written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the group asks for the name of the cookie.',
        offers: [{ set: [{ at: 'spec.sessionAffinity.cookie.name', value: 'route' }] }],
      },
    ],
    conflicts: [
      {
        with: {
          anyOf: [
            { at: 'spec.sessionAffinity.header', written: true },
            { at: 'spec.sessionAffinity.connection', written: true },
          ],
        },
        outcome: 'refused by the API server',
        why: ONE_IN_GROUP,
        remove: 'this',
      },
    ],
    source: GROUPS_SOURCE,
    cases: [
      {
        sample: 'A group: by a cookie',
        without: 'spec.sessionAffinity.cookie.name',
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: 'A group: by a cookie',
        beside: { at: 'spec.sessionAffinity.connection.sourceIP', value: 'true' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: 'spec.sessionAffinity.cookie.name',
    objects: GROUPS,
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'refused by the API server',
    meaning: 'The name of the cookie.',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    concept: 'cookie name',
    source: GROUPS_SOURCE,
  },
  {
    at: 'spec.sessionAffinity.cookie.ttl',
    objects: GROUPS,
    grammar: { kind: 'duration', dialect: 'go' },
    onBadValue: 'refused by the controller',
    meaning: 'For how long the cookie lasts.',
    values: [
      { value: '1h', meaning: '1 hour' },
      { value: '24h', meaning: '1 day' },
    ],
    concept: 'cookie lifetime',
    source: GROUPS_SOURCE,
    cases: [
      { sample: 'A group: by a cookie', bad: '3600', fixed: '3600s' },
      { sample: 'A group: by a cookie', bad: '2d', fixed: '48h' },
    ],
  },
  {
    at: 'spec.sessionAffinity.header',
    objects: GROUPS,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client by a header.',
    requires: [
      {
        needs: { at: 'spec.sessionAffinity.header.headerName', written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the group asks for the name of the header.',
        offers: [{ set: [{ at: 'spec.sessionAffinity.header.headerName', value: 'x-session' }] }],
      },
    ],
    conflicts: [
      {
        with: { at: 'spec.sessionAffinity.connection', written: true },
        outcome: 'refused by the API server',
        why: ONE_IN_GROUP,
        remove: 'this',
      },
    ],
    source: GROUPS_SOURCE,
    cases: [
      {
        sample: 'A group: by a header',
        beside: { at: 'spec.sessionAffinity.connection.sourceIP', value: 'true' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: 'spec.sessionAffinity.header.headerName',
    objects: GROUPS,
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'refused by the API server',
    meaning: 'The name of the header.',
    values: [{ value: 'x-session', meaning: 'a name of your choice' }],
    concept: 'hash key',
    source: GROUPS_SOURCE,
  },
  {
    at: 'spec.sessionAffinity.connection.sourceIP',
    objects: GROUPS,
    grammar: { kind: 'boolean' },
    off: 'false',
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client by its address.',
    concept: 'source address switch',
    source: GROUPS_SOURCE,
    cases: [{ sample: 'A group: by the client’s address', bad: 'enabled', fixed: 'true' }],
  },
  {
    at: 'spec.backends[].loadBalancingConfig.balancerMode',
    objects: GROUPS,
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'refused by the controller',
    meaning: 'By what a target of the backend is chosen.',
    default: 'RANDOM',
    notes: ['That session affinity takes MAGLEV_HASH could not be checked.'],
    unverified: true,
    source: 'yandex-cloud/yc-alb-ingress-controller api/v1alpha1/httpbackendgroup_types.go',
  },
];

const HEAD = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    ingress.alb.yc.io/group-name: "default"
`;

const SPEC = `spec:
  rules:
    - host: web.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`;

const GROUP = (kind: string): string => `apiVersion: alb.yc.io/v1alpha1
kind: ${kind}
metadata:
  name: web
spec:
  backends:
    - name: web
      weight: 1
      service:
        name: web
        port:
          number: 80
      loadBalancingConfig:
        balancerMode: MAGLEV_HASH
  sessionAffinity:
`;

export const YANDEX_ALB = {
  id: 'yandex-alb',
  name: 'Yandex ALB Ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'yandex-cloud/yc-alb-ingress-controller at b9e4103 (2026-06-29)',
  link: {
    title: 'Yandex Application Load Balancer: fields and annotations of Ingress',
    url: 'https://yandex.cloud/en/docs/application-load-balancer/k8s-ref/ingress',
  },
  detection: { ingress: { controllers: ['ingress.alb.yc.io/yc-alb-ingress-controller'], classNames: [] } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'allow-http10',
    'allowed-methods',
    'autoscale-max-size',
    'autoscale-min-zone-size',
    'balancing-locality-aware-routing',
    'balancing-mode',
    'balancing-panic-threshold',
    'external-ipv4-address',
    'external-ipv6-address',
    'group-name',
    'group-order',
    'group-settings-name',
    'health-checks',
    'idle-timeout',
    'internal-alb-subnet',
    'internal-ipv4-address',
    'modify-header-request-append',
    'modify-header-request-remove',
    'modify-header-request-rename',
    'modify-header-request-replace',
    'modify-header-response-append',
    'modify-header-response-remove',
    'modify-header-response-rename',
    'modify-header-response-replace',
    'prefer-ipv6-targets',
    'prefix-rewrite',
    'protocol',
    'request-timeout',
    'security-groups',
    'security-profile-id',
    'subnets',
    'transport-security',
    'upgrade-types',
    'use-regex',
  ],
  families: [{ prefix: `${P}session-affinity-`, unknown: 'depends' }],
  settings: SETTINGS,
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${P}session-affinity-cookie`, written: true }],
      duration: { at: `${P}session-affinity-cookie#ttl`, counts: 'since it was set' },
    },
    { by: 'header', when: [{ at: `${P}session-affinity-header`, written: true }] },
    { by: 'source address', when: [{ at: `${P}session-affinity-connection#source-ip`, is: ['true'] }] },
  ],
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'Backends are the nodes, at the NodePort of the Service; which pod answers there is up to the node.',
    'For Services of type LoadBalancer no setting of the kind was found.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Ingress',
      set: [{ at: `${P}session-affinity-cookie`, value: 'name=route,ttl=1h' }],
    },
  ],
  mistakes: [
    'the mode of the balancer left at RANDOM (yandex-cloud/yc-alb-ingress-controller ' +
      'api/v1alpha1/httpbackendgroup_types.go; not checked)',
  ],
  samples: [
    {
      title: BY_COOKIE,
      manifest: `${HEAD}    ingress.alb.yc.io/session-affinity-cookie: "name=route,ttl=1h"
${SPEC}`,
    },
    {
      title: BY_HEADER,
      manifest: `${HEAD}    ingress.alb.yc.io/session-affinity-header: "name=x-session"
${SPEC}`,
    },
    {
      title: BY_ADDRESS,
      manifest: `${HEAD}    ingress.alb.yc.io/session-affinity-connection: "source-ip=true"
${SPEC}`,
    },
    {
      title: 'A group: by a cookie',
      manifest: `${GROUP('HttpBackendGroup')}    cookie:
      name: route
      ttl: 1h
`,
    },
    {
      title: 'A group: by a header',
      manifest: `${GROUP('GrpcBackendGroup')}    header:
      headerName: x-session
`,
    },
    {
      title: 'A group: by the client’s address',
      manifest: `${GROUP('HttpBackendGroup')}    connection:
      sourceIP: true
`,
    },
  ],
  source: 'yandex-cloud/yc-alb-ingress-controller at b9e4103',
} as const satisfies ProductTable;
