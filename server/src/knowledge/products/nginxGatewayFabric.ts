import type { ProductTable, Setting } from '../product.ts';

const POLICY = ['UpstreamSettingsPolicy.gateway.nginx.org'] as const;

const SOURCE = 'nginx/nginx-gateway-fabric apis/v1alpha1/upstreamsettingspolicy_types.go';

const BY_HASH = 'By a hash';
const BY_ADDRESS = 'By the client’s address';

const HASHES = ['hash', 'hash consistent'];

const SETTINGS: readonly Setting[] = [
  {
    at: 'spec.loadBalancingMethod',
    objects: POLICY,
    grammar: {
      kind: 'word',
      words: [
        'ip_hash',
        'hash',
        'hash consistent',
        'round_robin',
        'least_conn',
        'random',
        'random two',
        'random two least_conn',
        'random two least_time=header',
        'random two least_time=last_byte',
        'least_time header',
        'least_time last_byte',
        'least_time header inflight',
        'least_time last_byte inflight',
      ],
    },
    onBadValue: 'refused by the API server',
    meaning: 'By what a pod is chosen; `ip_hash`, `hash` and `hash consistent` keep a client on its pod.',
    default: 'random two least_conn',
    values: [
      { value: 'ip_hash', meaning: 'by the client’s address' },
      { value: 'hash consistent', meaning: 'by a hash of hashMethodKey that moves few clients when pods come or go' },
      { value: 'hash', meaning: 'by a hash of hashMethodKey' },
      { value: 'round_robin', meaning: 'in turn' },
      { value: 'least_conn', meaning: 'the one with the fewest connections' },
    ],
    notes: ['The methods with least_time are for NGINX Plus only.'],
    requires: [
      {
        when: HASHES,
        needs: { at: 'spec.hashMethodKey', written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy asks what is to be hashed.',
        offers: [{ set: [{ at: 'spec.hashMethodKey', value: '$binary_remote_addr' }] }],
      },
    ],
    conflicts: [
      {
        when: ['ip_hash', ...HASHES],
        with: { at: 'spec.useClusterIP', is: ['true'] },
        outcome: 'ignored',
        why: 'With useClusterIP nginx knows one address only, the cluster IP, so there is nothing to choose from.',
        remove: 'other',
      },
    ],
    concept: 'source address switch',
    source: SOURCE,
    cases: [
      { sample: BY_ADDRESS, bad: 'iphash', fixed: 'ip_hash' },
      { sample: BY_ADDRESS, bad: 'hash_consistent', fixed: 'hash consistent' },
      { sample: BY_ADDRESS, bad: 'sticky' },
      { sample: BY_HASH, good: 'hash' },
      { sample: BY_HASH, without: 'spec.hashMethodKey', rule: 'setting-companion-missing', mended: 'otherwise' },
      {
        sample: BY_ADDRESS,
        beside: { at: 'spec.useClusterIP', value: 'true' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
  },
  {
    at: 'spec.hashMethodKey',
    objects: POLICY,
    grammar: {
      kind: 'text',
      what: 'one variable of nginx',
      allowed: '$ and small letters and _',
      pattern: /^\$[a-z_]+$/,
    },
    onBadValue: 'refused by the API server',
    meaning: 'The variable that is hashed.',
    values: [
      { value: '$binary_remote_addr', meaning: 'the client’s address' },
      { value: '$cookie_session', meaning: 'a cookie of the application' },
      { value: '$request_uri', meaning: 'the address of the request' },
    ],
    requires: [
      {
        needs: { at: 'spec.loadBalancingMethod', is: HASHES },
        outcome: 'ignored',
        why: 'Other methods hash nothing that one could choose.',
        offers: [{ set: [{ at: 'spec.loadBalancingMethod', value: 'hash consistent' }] }],
        remove: 'last',
      },
    ],
    concept: 'hash key',
    source: SOURCE,
    cases: [
      { bad: 'binary_remote_addr' },
      { bad: '$remote_addr$request_uri' },
      { bad: '$cookie_JSESSIONID' },
      { without: 'spec.loadBalancingMethod', rule: 'setting-companion-missing', mended: 'as it was' },
      {
        beside: { at: 'spec.loadBalancingMethod', value: 'ip_hash' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: 'spec.useClusterIP',
    objects: POLICY,
    grammar: { kind: 'boolean' },
    onBadValue: 'refused by the API server',
    meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
    default: 'false',
    notes: ['It makes every method useless that keeps a client: there is one target only.'],
    source: SOURCE,
    cases: [{ sample: 'To the cluster IP', bad: 'enabled', fixed: 'true' }],
  },
];

const HEAD = `apiVersion: gateway.nginx.org/v1alpha1
kind: UpstreamSettingsPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: core
      kind: Service
      name: web
`;

export const NGINX_GATEWAY_FABRIC = {
  id: 'nginx-gateway-fabric',
  name: 'NGINX Gateway Fabric',
  kind: 'gateway',
  verification: 'source',
  basis: 'nginx/nginx-gateway-fabric at e55bfe339 (2026-08-20, 2.6)',
  link: { title: 'NGINX Gateway Fabric', url: 'https://docs.nginx.com/nginx-gateway-fabric/' },
  detection: { gateway: { controllers: ['gateway.nginx.org/nginx-gateway-controller'] } },
  annotationPrefixes: [],
  settings: SETTINGS,
  stickiness: [
    { by: 'source address', when: [{ at: 'spec.loadBalancingMethod', is: ['ip_hash'] }] },
    { by: 'consistent hash', when: [{ at: 'spec.loadBalancingMethod', is: HASHES }] },
  ],
  targets: [
    { to: 'the cluster IP', when: [{ at: 'spec.useClusterIP', is: ['true'] }] },
    { to: 'pods', when: [] },
  ],
  notes: [
    'It honours sessionPersistence of a route since 2.4, with NGINX Plus and its experimental features only; ' +
      'otherwise the rule is refused. Without Plus, ip_hash of an UpstreamSettingsPolicy is the way.',
    'Of sessionPersistence only type Cookie counts: another one or a bad duration is passed over with a warning, and ' +
      'the route stays.',
    'absoluteTimeout is the life of the cookie, unless lifetimeType is Session; a name that is left out it makes up.',
    'The path of the cookie is what the matches of the rule have in common, and empty for a regular expression.',
  ],
  recipes: [
    {
      title: 'by the client’s address',
      on: 'UpstreamSettingsPolicy.gateway.nginx.org',
      set: [{ at: 'spec.loadBalancingMethod', value: 'ip_hash' }],
    },
  ],
  mistakes: [
    'a cookie expected without NGINX Plus (nginx/nginx-gateway-fabric#5087, #2676)',
    'the path of the cookie with a regular expression or several matches (nginx/nginx-gateway-fabric#4305)',
  ],
  samples: [
    {
      title: BY_ADDRESS,
      manifest: `${HEAD}  loadBalancingMethod: ip_hash
`,
    },
    {
      title: BY_HASH,
      manifest: `${HEAD}  loadBalancingMethod: "hash consistent"
  hashMethodKey: $binary_remote_addr
`,
    },
    {
      title: 'To the cluster IP',
      manifest: `${HEAD}  loadBalancingMethod: round_robin
  useClusterIP: true
`,
    },
  ],
  source: 'nginx/nginx-gateway-fabric at e55bfe339',
} as const satisfies ProductTable;
