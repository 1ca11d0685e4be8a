import type { ProductTable, Setting, ValueProblem } from '../product.ts';

const P = 'cloud.google.com/';

const CONFIG = ['BackendConfig.cloud.google.com'] as const;

const AFFINITY = 'spec.sessionAffinity';

const SOURCE = 'kubernetes/ingress-gce pkg/backendconfig/validation.go validateSessionAffinity';

const BY_COOKIE = 'By a cookie';

/** JSON that names a BackendConfig for all ports or for some. */
function judgeReference(text: string): ValueProblem | undefined {
  const expected = 'JSON such as {"default": "name"} or {"ports": {"80": "name"}}';
  let reference: unknown;
  try {
    reference = JSON.parse(text);
  } catch {
    const isName = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(text);
    return isName ? { expected, meant: JSON.stringify({ default: text }) } : { expected };
  }
  if (typeof reference !== 'object' || reference === null || Array.isArray(reference)) {
    return { expected };
  }
  const { default: all, ports } = reference as { readonly default?: unknown; readonly ports?: unknown };
  const hasAll = typeof all === 'string' && all !== '';
  const hasSome = typeof ports === 'object' && ports !== null && Object.keys(ports).length > 0;
  return hasAll || hasSome ? undefined : { expected };
}

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}backend-config`,
    objects: ['Service'],
    grammar: { kind: 'own', what: 'JSON that names a BackendConfig', judge: judgeReference },
    onBadValue: 'refused by the controller',
    meaning: 'The BackendConfig of the same namespace that counts for all ports, or for each of some.',
    values: [{ value: '{"default": "web"}', meaning: 'one BackendConfig for all ports' }],
    notes: [
      'An error in it or in the BackendConfig shows as an event of the Ingress.',
      'Without it a BackendConfig does nothing.',
    ],
    misplaced: [{ on: 'Ingress', outcome: 'ignored', why: 'GKE reads it from the Service that the Ingress leads to.' }],
    source: 'kubernetes/ingress-gce pkg/annotations/service.go GetBackendConfigs',
    cases: [
      { bad: 'web', fixed: '{"default":"web"}' },
      { bad: '{default: web}' },
      { bad: '{"backend": "web"}' },
      { good: '{"ports": {"http": "web"}}' },
    ],
  },
  {
    at: `${AFFINITY}.affinityType`,
    objects: CONFIG,
    grammar: { kind: 'word', words: ['GENERATED_COOKIE', 'CLIENT_IP', 'NONE'] },
    onBadValue: 'refused by the controller',
    meaning: 'By what the load balancer keeps a client on its backend.',
    default: 'NONE',
    values: [
      { value: 'GENERATED_COOKIE', meaning: 'by a cookie that the load balancer sets' },
      { value: 'CLIENT_IP', meaning: 'by the client’s address' },
      { value: 'NONE', meaning: 'each request may go to another backend' },
    ],
    notes: [
      'A pod is kept only with container-native load balancing; a group of instances knows nodes only.',
      'The policies of GKE Gateway call it `type` and know more values.',
    ],
    spellings: [{ at: `${AFFINITY}.type`, status: 'wrong' }],
    concept: 'cookie switch',
    source: SOURCE,
    cases: [
      { bad: 'ClientIP', fixed: 'CLIENT_IP' },
      { bad: 'generated_cookie', fixed: 'GENERATED_COOKIE' },
      { bad: 'HTTP_COOKIE' },
      {
        sample: BY_COOKIE,
        beside: { at: `${AFFINITY}.type`, value: 'GENERATED_COOKIE' },
        rule: 'field-unknown-key',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${AFFINITY}.affinityCookieTtlSec`,
    objects: CONFIG,
    grammar: { kind: 'integer', minimum: 0, maximum: 86_400, unit: 'seconds' },
    onBadValue: 'refused by the controller',
    onUnreadableValue: 'refused by the API server',
    meaning: 'For how many seconds the cookie of the load balancer lasts.',
    values: [
      { value: '3600', meaning: '1 hour' },
      { value: '86400', meaning: '1 day, the most' },
    ],
    notes: ['The policies of GKE Gateway call it `cookieTtlSec` and allow two weeks.'],
    spellings: [{ at: `${AFFINITY}.cookieTtlSec`, status: 'wrong' }],
    requires: [
      {
        needs: { at: `${AFFINITY}.affinityType`, is: ['GENERATED_COOKIE'] },
        outcome: 'ignored',
        why: 'Only the cookie that the load balancer sets has a life of its own.',
        offers: [{ set: [{ at: `${AFFINITY}.affinityType`, value: 'GENERATED_COOKIE' }] }],
        remove: 'last',
      },
    ],
    concept: 'cookie lifetime',
    source: `${SOURCE}; pkg/backends/features/affinity.go`,
    cases: [
      { sample: BY_COOKIE, bad: '90000', fixed: '86400' },
      { sample: BY_COOKIE, bad: '-1', fixed: '0' },
      { sample: BY_COOKIE, bad: '1h', fixed: '3600' },
      { sample: BY_COOKIE, good: '0' },
      {
        sample: BY_COOKIE,
        without: `${AFFINITY}.affinityType`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: BY_COOKIE,
        beside: { at: `${AFFINITY}.affinityType`, value: 'CLIENT_IP' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: BY_COOKIE,
        beside: { at: `${AFFINITY}.cookieTtlSec`, value: '3600' },
        rule: 'field-unknown-key',
        mended: 'by hand',
      },
    ],
  },
];

const HEAD = `apiVersion: cloud.google.com/v1
kind: BackendConfig
metadata:
  name: web
spec:
  sessionAffinity:
`;

export const GKE_INGRESS = {
  id: 'gke-backendconfig',
  name: 'GKE Ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'kubernetes/ingress-gce at acbcf5d66 (2026-08-21)',
  link: {
    title: 'GKE: Ingress configuration',
    url: 'https://cloud.google.com/kubernetes-engine/docs/how-to/ingress-configuration',
  },
  detection: {
    ingress: { controllers: [], classNames: ['gce', 'gce-internal', 'gce-multi-cluster', 'gce-regional-external'] },
  },
  annotationPrefixes: [P, 'beta.cloud.google.com/'],
  olderPrefixes: ['beta.cloud.google.com/'],
  insteadOfForeign:
    'GKE keeps clients by a BackendConfig, which the Service names with cloud.google.com/backend-config.',
  otherAnnotations: ['app-protocols', 'l4-rbs', 'load-balancer-type', 'neg', 'neg-status'],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The load balancer reads a BackendConfig only, and the virtual IP sees its addresses and not the clients’.',
    source: 'kubernetes/ingress-gce pkg/backends/features/affinity.go; issues #60 and #64',
  },
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${AFFINITY}.affinityType`, is: ['GENERATED_COOKIE'] }],
      duration: { at: `${AFFINITY}.affinityCookieTtlSec`, counts: 'since it was set' },
    },
    { by: 'source address', when: [{ at: `${AFFINITY}.affinityType`, is: ['CLIENT_IP'] }] },
  ],
  targets: [
    { to: 'pods', when: [{ at: `${P}neg`, matches: /"ingress"\s*:\s*true/ }] },
    { to: 'nodes', when: [], assumed: true },
  ],
  notes: ['Annotations of nginx on an Ingress of class gce are passed over.'],
  recipes: [
    {
      title: 'by a cookie of the load balancer',
      on: 'BackendConfig.cloud.google.com',
      set: [
        { at: `${AFFINITY}.affinityType`, value: 'GENERATED_COOKIE' },
        { at: `${AFFINITY}.affinityCookieTtlSec`, value: '3600' },
      ],
    },
  ],
  mistakes: [
    'annotations of nginx on class gce (kubernetes/kubernetes#51711, kubernetes-retired/contrib#2631, ' +
      'kubernetes/ingress-gce#60, #516)',
    'the fields of GCPBackendPolicy in a BackendConfig or the other way round, or a life of the cookie with ' +
      'CLIENT_IP (kubernetes-sigs/ingress2gateway pkg/i2gw/providers/gce/extensions/input_extensions.go)',
    'a BackendConfig that no Service names',
  ],
  samples: [
    {
      title: 'A Service that names its BackendConfig',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    cloud.google.com/backend-config: '{"default": "web"}'
    cloud.google.com/neg: '{"ingress": true}'
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'By the client’s address',
      manifest: `${HEAD}    affinityType: CLIENT_IP
`,
    },
    {
      title: BY_COOKIE,
      manifest: `${HEAD}    affinityType: GENERATED_COOKIE
    affinityCookieTtlSec: 3600
`,
    },
  ],
  source: 'kubernetes/ingress-gce at acbcf5d66',
} as const satisfies ProductTable;
