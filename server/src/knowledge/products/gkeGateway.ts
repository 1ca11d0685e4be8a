import type { ProductTable, Setting } from '../product.ts';

const POLICY = ['GCPBackendPolicy.networking.gke.io'] as const;

const AFFINITY = 'spec.default.sessionAffinity';
const COOKIE = 'spec.statefulGeneratedCookie';

const SOURCE =
  'GoogleCloudPlatform/gke-gateway-api apis/networking/v1/gcpbackendpolicy_types.go; ' +
  'GoogleCloudPlatform/gke-networking-recipes gateway-api/config/servicepolicies/crd/standard/gcpbackendpolicies.yaml';

const BY_COOKIE = 'By a cookie of the load balancer';

/** A policy for a route or a Service, and a filter that a rule of a route names. */
function statefulCookie(kind: 'Policy' | 'Filter'): Setting[] {
  const objects = [`GCPSessionAffinity${kind}.networking.gke.io`];
  const source =
    'GoogleCloudPlatform/gke-networking-recipes gateway-api/config/mesh/crd/experimental/' +
    `gcpsessionaffinity${kind.toLowerCase()}.yaml`;
  const sample = kind === 'Policy' ? 'A policy for a route' : 'A filter for a rule';
  return [
    {
      at: COOKIE,
      objects,
      grammar: { kind: 'object' },
      onBadValue: 'refused by the API server',
      meaning: 'Keeps a client on its very backend by the cookie GSSA, whose name cannot be chosen.',
      requires: [
        {
          needs: { at: `${COOKIE}.cookieTtlSeconds`, written: true },
          outcome: 'refused by the API server',
          why: 'The definition of the resource asks for the life of the cookie.',
          offers: [{ set: [{ at: `${COOKIE}.cookieTtlSeconds`, value: '3600' }] }],
        },
        ...(kind === 'Policy'
          ? ([
              {
                needs: { at: 'spec.targetRef', written: true },
                outcome: 'refused by the API server',
                why: 'The definition of the policy asks what it is for.',
              },
            ] as const)
          : []),
      ],
      source,
      cases: [
        {
          sample,
          without: `${COOKIE}.cookieTtlSeconds`,
          rule: 'setting-companion-missing',
          mended: 'otherwise',
        },
        ...(kind === 'Policy'
          ? ([{ sample, without: 'spec.targetRef', rule: 'setting-companion-missing', mended: 'by hand' }] as const)
          : []),
      ],
    },
    {
      at: `${COOKIE}.cookieTtlSeconds`,
      objects,
      grammar: { kind: 'integer', minimum: 1, maximum: 86_400, unit: 'seconds' },
      onBadValue: 'depends',
      onUnreadableValue: 'refused by the API server',
      meaning: 'For how many seconds the cookie lasts.',
      values: [
        { value: '3600', meaning: '1 hour' },
        { value: '86400', meaning: '1 day, the most' },
      ],
      notes: ['The range stands in the description of the field only; the API server takes any number.'],
      spellings: [{ at: `${COOKIE}.cookieTtlSec`, status: 'wrong' }],
      concept: 'cookie lifetime',
      source,
      cases: [
        { sample, bad: '604800', fixed: '86400' },
        { sample, bad: '0', fixed: '1' },
        { sample, bad: '1h', fixed: '3600' },
      ],
    },
  ];
}

const SETTINGS: readonly Setting[] = [
  {
    at: `${AFFINITY}.type`,
    objects: POLICY,
    grammar: {
      kind: 'word',
      words: [
        'GENERATED_COOKIE',
        'CLIENT_IP',
        'HTTP_COOKIE',
        'HEADER_FIELD',
        'CLIENT_IP_PORT_PROTO',
        'CLIENT_IP_PROTO',
        'NONE',
      ],
    },
    onBadValue: 'refused by the API server',
    meaning: 'By what the load balancer keeps a client on its backend.',
    default: 'NONE',
    values: [
      { value: 'GENERATED_COOKIE', meaning: 'by a cookie that the load balancer sets' },
      { value: 'CLIENT_IP', meaning: 'by the client’s address' },
      { value: 'HTTP_COOKIE', meaning: 'by a hash of a cookie' },
      { value: 'HEADER_FIELD', meaning: 'by a hash of a header' },
      { value: 'CLIENT_IP_PROTO', meaning: 'by the client’s address and the protocol' },
      {
        value: 'CLIENT_IP_PORT_PROTO',
        meaning: 'by the client’s address, port and the protocol: each connection on its own',
      },
      { value: 'NONE', meaning: 'each request may go to another backend' },
    ],
    notes: ['A BackendConfig of GKE Ingress calls it `affinityType`.'],
    spellings: [{ at: `${AFFINITY}.affinityType`, status: 'wrong' }],
    concept: 'cookie switch',
    source: SOURCE,
    cases: [
      { sample: BY_COOKIE, bad: 'ClientIP', fixed: 'CLIENT_IP' },
      { sample: BY_COOKIE, bad: 'Generated_Cookie', fixed: 'GENERATED_COOKIE' },
      { sample: BY_COOKIE, bad: 'STICKY' },
      {
        sample: BY_COOKIE,
        beside: { at: `${AFFINITY}.affinityType`, value: 'GENERATED_COOKIE' },
        rule: 'field-unknown-key',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${AFFINITY}.cookieTtlSec`,
    objects: POLICY,
    grammar: { kind: 'integer', minimum: 0, maximum: 1_209_600, unit: 'seconds' },
    onBadValue: 'refused by the API server',
    meaning: 'For how many seconds the cookie lasts; `0` is as long as the browser session.',
    values: [
      { value: '3600', meaning: '1 hour' },
      { value: '86400', meaning: '1 day' },
      { value: '1209600', meaning: '2 weeks, the most' },
      { value: '0', meaning: 'as long as the browser session' },
    ],
    notes: ['A BackendConfig of GKE Ingress calls it `affinityCookieTtlSec` and allows a day.'],
    spellings: [{ at: `${AFFINITY}.affinityCookieTtlSec`, status: 'wrong' }],
    requires: [
      {
        needs: { at: `${AFFINITY}.type`, is: ['GENERATED_COOKIE', 'HTTP_COOKIE'] },
        outcome: 'ignored',
        why: 'Without a cookie there is nothing whose life it could be.',
        offers: [{ set: [{ at: `${AFFINITY}.type`, value: 'GENERATED_COOKIE' }] }],
        remove: 'last',
      },
    ],
    concept: 'cookie lifetime',
    source: SOURCE,
    cases: [
      { sample: BY_COOKIE, bad: '2592000', fixed: '1209600' },
      { sample: BY_COOKIE, bad: '-1', fixed: '0' },
      { sample: BY_COOKIE, bad: '1h', fixed: '3600' },
      { sample: BY_COOKIE, good: '1209600' },
      { sample: BY_COOKIE, without: `${AFFINITY}.type`, rule: 'setting-companion-missing', mended: 'as it was' },
      {
        sample: BY_COOKIE,
        beside: { at: `${AFFINITY}.type`, value: 'CLIENT_IP' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: BY_COOKIE,
        beside: { at: `${AFFINITY}.affinityCookieTtlSec`, value: '3600' },
        rule: 'field-unknown-key',
        mended: 'by hand',
      },
    ],
  },
  ...statefulCookie('Policy'),
  ...statefulCookie('Filter'),
];

const HEAD = `apiVersion: networking.gke.io/v1
kind: GCPBackendPolicy
metadata:
  name: web
spec:
  targetRef:
    group: ""
    kind: Service
    name: web
  default:
    sessionAffinity:
`;

export const GKE_GATEWAY = {
  id: 'gke-gateway',
  name: 'GKE Gateway',
  kind: 'gateway',
  verification: 'source',
  basis: 'GoogleCloudPlatform/gke-gateway-api (types); GoogleCloudPlatform/gke-networking-recipes at cce16186',
  link: {
    title: 'GKE: Gateway resources and policies',
    url: 'https://cloud.google.com/kubernetes-engine/docs/how-to/configure-gateway-resources',
  },
  detection: { gateway: { controllers: ['networking.gke.io/gateway'] } },
  annotationPrefixes: [],
  settings: SETTINGS,
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${AFFINITY}.type`, is: ['GENERATED_COOKIE'] }],
      duration: { at: `${AFFINITY}.cookieTtlSec`, counts: 'since it was set' },
    },
    {
      by: 'cookie',
      when: [{ at: COOKIE, written: true }],
      duration: { at: `${COOKIE}.cookieTtlSeconds`, counts: 'since it was set' },
    },
    { by: 'consistent hash', when: [{ at: `${AFFINITY}.type`, is: ['HTTP_COOKIE', 'HEADER_FIELD'] }] },
    {
      by: 'source address',
      when: [{ at: `${AFFINITY}.type`, is: ['CLIENT_IP', 'CLIENT_IP_PROTO'] }],
    },
  ],
  notes: [
    'GKE Gateway keeps clients by policies of its own; whether it honours sessionPersistence of a route could not be ' +
      'checked.',
    'An early LBPolicy had affinityType and affinityCookieTtlSec, as a BackendConfig has them.',
  ],
  recipes: [
    {
      title: 'by a cookie of the load balancer',
      on: 'GCPBackendPolicy.networking.gke.io',
      set: [
        { at: `${AFFINITY}.type`, value: 'GENERATED_COOKIE' },
        { at: `${AFFINITY}.cookieTtlSec`, value: '3600' },
      ],
    },
  ],
  mistakes: [
    'the names of a BackendConfig or of the early LBPolicy in a GCPBackendPolicy ' +
      '(GoogleCloudPlatform/gke-networking-recipes lbpolicy.yaml, gcpbackendpolicies.yaml)',
    'a life of the cookie with CLIENT_IP, or a name of one’s own for the cookie ' +
      '(kubernetes-sigs/ingress2gateway#312, #310)',
  ],
  samples: [
    {
      title: BY_COOKIE,
      manifest: `${HEAD}      type: GENERATED_COOKIE
      cookieTtlSec: 3600
`,
    },
    {
      title: 'By the client’s address',
      manifest: `${HEAD}      type: CLIENT_IP
`,
    },
    {
      title: 'A policy for a route',
      manifest: `apiVersion: networking.gke.io/v1
kind: GCPSessionAffinityPolicy
metadata:
  name: web
spec:
  statefulGeneratedCookie:
    cookieTtlSeconds: 3600
  targetRef:
    group: gateway.networking.k8s.io
    kind: HTTPRoute
    name: web
`,
    },
    {
      title: 'A filter for a rule',
      manifest: `apiVersion: networking.gke.io/v1
kind: GCPSessionAffinityFilter
metadata:
  name: web
spec:
  statefulGeneratedCookie:
    cookieTtlSeconds: 3600
`,
    },
  ],
  source: 'GoogleCloudPlatform/gke-gateway-api; GoogleCloudPlatform/gke-networking-recipes at cce16186',
} as const satisfies ProductTable;
