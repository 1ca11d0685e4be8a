import type { Condition, ProductTable, Requirement, Setting } from '../product.ts';

const POLICY = ['BackendTrafficPolicy.gateway.envoyproxy.io'] as const;

const SOURCE = 'envoyproxy/gateway api/v1alpha1/loadbalancer_types.go';

const BALANCER = 'spec.loadBalancer';
const HASH = `${BALANCER}.consistentHash`;

const BY_COOKIE = 'By a cookie that Envoy sets';
const BY_ADDRESS = 'By the client’s address';
const BY_HEADERS = 'By headers';
const BY_HEADER = 'By one header, as older manifests say it';
const BY_PARAMETERS = 'By parameters of the query';

/** What each type hashes. */
const PARTS: readonly (readonly [type: string, part: string])[] = [
  ['Cookie', 'cookie'],
  ['Headers', 'headers'],
  ['Header', 'header'],
  ['QueryParams', 'queryParams'],
];

/** The type wants its own part; a part of another type tells by itself what is wrong. */
function needsPart(type: string, part: string): Requirement {
  const others = PARTS.filter((one) => one[1] !== part);
  return {
    when: [type],
    whileTrue: others.map((one): Condition => ({ at: `${HASH}.${one[1]}`, written: false })),
    needs: { at: `${HASH}.${part}`, written: true },
    outcome: 'refused by the API server',
    why: `The definition of the policy asks for ${part} with this type.`,
    offers: [
      ...(type === 'Cookie'
        ? [
            {
              set: [
                { at: `${HASH}.cookie.name`, value: 'route' },
                { at: `${HASH}.cookie.ttl`, value: '1h' },
              ],
            },
          ]
        : []),
      { set: [{ at: `${HASH}.type`, value: 'SourceIP' }], remark: 'by the client’s address instead' },
    ],
  };
}

/** A part goes with its own type only. */
function needsType(type: string): Requirement {
  return {
    needs: { at: `${HASH}.type`, is: [type] },
    outcome: 'refused by the API server',
    why: 'The definition of the policy allows what is hashed with its own type only.',
    offers: [{ set: [{ at: `${HASH}.type`, value: type }] }],
    remove: 'last',
  };
}

const NAME: Pick<Setting, 'grammar' | 'objects' | 'onBadValue' | 'source'> = {
  grammar: { kind: 'text', what: 'text' },
  objects: POLICY,
  onBadValue: 'refused by the API server',
  source: SOURCE,
};

const COMMON = { objects: POLICY, onBadValue: 'refused by the API server', source: SOURCE } as const;

const SETTINGS: readonly Setting[] = [
  {
    ...COMMON,
    at: BALANCER,
    grammar: {
      kind: 'object',
      otherKeys: ['backendUtilization', 'dynamicModule', 'endpointOverride', 'slowStart', 'zoneAware'],
    },
    meaning: 'How Envoy chooses among the pods.',
    spellings: [{ at: 'spec.loadbalancer', status: 'wrong' }],
    requires: [
      {
        needs: { at: `${BALANCER}.type`, written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy asks for the type.',
        offers: [{ set: [{ at: `${BALANCER}.type`, value: 'ConsistentHash' }] }],
      },
    ],
    cases: [
      { without: `${BALANCER}.type`, rule: 'setting-companion-missing', mended: 'as it was' },
      { beside: { at: 'spec.loadbalancer.type', value: 'chash' }, rule: 'field-unknown-key', mended: 'by hand' },
    ],
  },
  {
    ...COMMON,
    at: `${BALANCER}.type`,
    grammar: {
      kind: 'word',
      words: ['ConsistentHash', 'LeastRequest', 'Random', 'RoundRobin', 'BackendUtilization', 'DynamicModule'],
    },
    meaning: 'By what a pod is chosen; only `ConsistentHash` keeps a client on its pod.',
    values: [
      { value: 'ConsistentHash', meaning: 'by a hash; needs consistentHash' },
      { value: 'LeastRequest', meaning: 'the one with fewer requests' },
      { value: 'RoundRobin', meaning: 'in turn' },
      { value: 'Random', meaning: 'at random' },
    ],
    requires: [
      {
        when: ['ConsistentHash'],
        needs: { at: HASH, written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy asks for consistentHash with this type.',
        offers: [
          {
            set: [
              { at: `${HASH}.type`, value: 'Cookie' },
              { at: `${HASH}.cookie.name`, value: 'route' },
              { at: `${HASH}.cookie.ttl`, value: '1h' },
            ],
          },
          { set: [{ at: `${HASH}.type`, value: 'SourceIP' }] },
        ],
      },
    ],
    conflicts: [
      {
        when: ['ConsistentHash'],
        with: { at: `${BALANCER}.slowStart`, written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows slowStart with other types only.',
        remove: 'other',
      },
      {
        when: ['ConsistentHash'],
        with: { at: `${BALANCER}.zoneAware.preferLocal`, written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows preferLocal with other types only.',
        remove: 'other',
      },
    ],
    cases: [
      { sample: BY_COOKIE, bad: 'consistentHash', fixed: 'ConsistentHash' },
      { sample: 'In turn', bad: 'RoundRobbin', fixed: 'RoundRobin' },
      { sample: 'In turn', bad: 'Maglev' },
      { sample: BY_COOKIE, without: HASH, rule: 'setting-companion-missing', mended: 'otherwise' },
      {
        sample: BY_COOKIE,
        beside: { at: `${BALANCER}.slowStart.window`, value: '30s' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
      {
        sample: BY_COOKIE,
        beside: { at: `${BALANCER}.zoneAware.preferLocal.minEndpointsThreshold`, value: '2' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    ...COMMON,
    at: HASH,
    grammar: { kind: 'object' },
    meaning: 'What is hashed, with type ConsistentHash.',
    notes: ['It is soft: when pods come or go, some clients move. sessionPersistence of a route names the pod.'],
    requires: [
      {
        // A missing type is told of where it is missing.
        whileTrue: [{ at: `${BALANCER}.type`, written: true }],
        needs: { at: `${BALANCER}.type`, is: ['ConsistentHash'] },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows consistentHash with type ConsistentHash only.',
        offers: [{ set: [{ at: `${BALANCER}.type`, value: 'ConsistentHash' }] }],
        remove: 'last',
      },
      {
        whileTrue: PARTS.map(([, part]): Condition => ({ at: `${HASH}.${part}`, written: false })),
        needs: { at: `${HASH}.type`, written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy asks what is to be hashed.',
        offers: [{ set: [{ at: `${HASH}.type`, value: 'SourceIP' }] }],
      },
    ],
    cases: [
      {
        sample: BY_COOKIE,
        beside: { at: `${BALANCER}.type`, value: 'RoundRobin' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      { sample: BY_ADDRESS, without: `${HASH}.type`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    ...COMMON,
    at: `${HASH}.type`,
    grammar: { kind: 'word', words: ['SourceIP', 'Cookie', 'Headers', 'QueryParams', 'Header'] },
    meaning: 'What of a request is hashed.',
    values: [
      { value: 'Cookie', meaning: 'a cookie; needs cookie' },
      { value: 'SourceIP', meaning: 'the client’s address' },
      { value: 'Headers', meaning: 'headers; needs headers' },
      { value: 'QueryParams', meaning: 'parameters of the query; needs queryParams' },
      { value: 'Header', meaning: 'one header; deprecated, write Headers' },
    ],
    notes: ['The address is the one that Envoy sees: with externalTrafficPolicy Cluster it may be that of a node.'],
    requires: PARTS.map(([type, part]) => needsPart(type, part)),
    cases: [
      { sample: BY_ADDRESS, bad: 'ClientIP' },
      { sample: BY_ADDRESS, bad: 'SourceIp', fixed: 'SourceIP' },
      { sample: BY_COOKIE, bad: 'cookie', fixed: 'Cookie' },
      { sample: BY_COOKIE, without: `${HASH}.cookie`, rule: 'setting-companion-missing', mended: 'otherwise' },
      { sample: BY_HEADERS, without: `${HASH}.headers`, rule: 'setting-companion-missing', mended: 'otherwise' },
      {
        sample: BY_PARAMETERS,
        without: `${HASH}.queryParams`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    ...COMMON,
    at: `${HASH}.cookie`,
    grammar: { kind: 'object' },
    meaning: 'The cookie that is hashed, with type Cookie.',
    requires: [
      {
        needs: { at: `${HASH}.cookie.name`, written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy asks for the name of the cookie.',
        offers: [{ set: [{ at: `${HASH}.cookie.name`, value: 'route' }] }],
      },
      needsType('Cookie'),
    ],
    cases: [
      {
        sample: BY_COOKIE,
        without: `${HASH}.cookie.name`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      { sample: BY_COOKIE, without: `${HASH}.type`, rule: 'setting-companion-missing', mended: 'as it was' },
      {
        sample: BY_COOKIE,
        beside: { at: `${HASH}.type`, value: 'SourceIP' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    ...NAME,
    at: `${HASH}.cookie.name`,
    meaning: 'The name of the cookie.',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    concept: 'cookie name',
  },
  {
    ...COMMON,
    at: `${HASH}.cookie.ttl`,
    grammar: { kind: 'duration', dialect: 'gep-2257' },
    meaning: 'For how long the cookie lasts that Envoy sets where a client has none; left out, it sets none.',
    values: [
      { value: '1h', meaning: '1 hour' },
      { value: '24h', meaning: '1 day' },
    ],
    concept: 'cookie lifetime',
    cases: [
      { sample: BY_COOKIE, bad: '3600', fixed: '3600s' },
      { sample: BY_COOKIE, bad: '1d', fixed: '24h' },
      { sample: BY_COOKIE, bad: '1.5h', fixed: '1h30m' },
      { sample: BY_COOKIE, good: '1h30m' },
    ],
  },
  {
    ...COMMON,
    at: `${HASH}.cookie.attributes`,
    grammar: { kind: 'object' },
    meaning: 'More attributes of the cookie that Envoy sets, each a name and a text.',
  },
  {
    ...COMMON,
    at: `${HASH}.headers`,
    grammar: { kind: 'object' },
    meaning: 'The headers that are hashed, with type Headers.',
    requires: [needsType('Headers')],
    cases: [
      {
        sample: BY_HEADERS,
        beside: { at: `${HASH}.type`, value: 'SourceIP' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  { ...NAME, at: `${HASH}.headers[].name`, meaning: 'The name of a header.', concept: 'hash key' },
  {
    ...COMMON,
    at: `${HASH}.header`,
    grammar: { kind: 'object' },
    meaning: 'The one header that is hashed, with type Header.',
    notes: ['It is deprecated: write `headers` and type Headers.'],
    requires: [needsType('Header')],
    cases: [
      {
        sample: BY_HEADER,
        beside: { at: `${HASH}.type`, value: 'Headers' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  { ...NAME, at: `${HASH}.header.name`, meaning: 'The name of the header.' },
  {
    ...COMMON,
    at: `${HASH}.queryParams`,
    grammar: { kind: 'object' },
    meaning: 'The parameters of the query that are hashed, with type QueryParams.',
    requires: [needsType('QueryParams')],
    cases: [
      {
        sample: BY_PARAMETERS,
        beside: { at: `${HASH}.type`, value: 'SourceIP' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  { ...NAME, at: `${HASH}.queryParams[].name`, meaning: 'The name of a parameter.' },
  {
    ...COMMON,
    at: `${HASH}.tableSize`,
    grammar: { kind: 'integer', minimum: 2, maximum: 5_000_011, prime: true },
    // The API server knows the range, but no primes.
    onBadValue: 'refused by the controller',
    onUnreadableValue: 'refused by the API server',
    meaning: 'How many places the table of the hash has: a prime.',
    default: '65537',
    values: [{ value: '65537', meaning: 'the default' }],
    source: `${SOURCE}; internal/gatewayapi/clustersettings.go`,
    cases: [
      { sample: BY_ADDRESS, bad: '65536' },
      { sample: BY_ADDRESS, bad: '6000000' },
      { sample: BY_ADDRESS, bad: 'large' },
      { sample: BY_ADDRESS, good: '5000011' },
    ],
  },
];

const HEAD = `apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: gateway.networking.k8s.io
      kind: HTTPRoute
      name: web
  loadBalancer:
`;

const HASHED = `${HEAD}    type: ConsistentHash
    consistentHash:
`;

export const ENVOY_GATEWAY = {
  id: 'envoy-gateway',
  name: 'Envoy Gateway',
  kind: 'gateway',
  verification: 'source',
  basis: 'envoyproxy/gateway at d32f282942 (2026-08-21, with Gateway API 1.6.1)',
  link: {
    title: 'Envoy Gateway: session persistence',
    url: 'https://gateway.envoyproxy.io/docs/tasks/traffic/session-persistence/',
  },
  detection: { gateway: { controllers: ['gateway.envoyproxy.io/gatewayclass-controller'] } },
  annotationPrefixes: [],
  settings: SETTINGS,
  stickiness: [
    {
      by: 'consistent hash',
      when: [{ at: `${BALANCER}.type`, is: ['ConsistentHash'] }],
      duration: { at: `${HASH}.cookie.ttl`, counts: 'since it was set' },
    },
  ],
  notes: [
    'It honours sessionPersistence of a route, with the fields of Gateway API 1.6; it makes up a name that is left ' +
      'out, one for each rule.',
    'absoluteTimeout counts with lifetimeType Permanent only, where it is the life of the cookie; idleTimeout does ' +
      'nothing.',
    'The path of the cookie follows the match of the rule; in releases after August 2026 it is always `/`, so that ' +
      'rules of one host then need names of their own.',
    'The other way is a BackendTrafficPolicy with ConsistentHash, which moves some clients when pods come or go.',
    'APISIX has a BackendTrafficPolicy as well, in which the field is called loadbalancer.',
  ],
  recipes: [
    {
      title: 'by a cookie that Envoy sets',
      on: 'BackendTrafficPolicy.gateway.envoyproxy.io',
      set: [
        { at: `${BALANCER}.type`, value: 'ConsistentHash' },
        { at: `${HASH}.type`, value: 'Cookie' },
        { at: `${HASH}.cookie.name`, value: 'route' },
        { at: `${HASH}.cookie.ttl`, value: '1h' },
      ],
    },
  ],
  mistakes: [
    'a path of the cookie from a rewritten path, for which no browser sends it back (envoyproxy/gateway#8580, #9446, ' +
      '#9950)',
    'idleTimeout and other fields that are not implemented (envoyproxy/gateway#3841)',
    'externalTrafficPolicy Cluster, which hides the address from SourceIP (envoyproxy/gateway#8072)',
  ],
  samples: [
    {
      title: BY_COOKIE,
      manifest: `${HASHED}      type: Cookie
      cookie:
        name: route
        ttl: 1h
        attributes:
          SameSite: Lax
`,
    },
    {
      title: BY_ADDRESS,
      manifest: `${HASHED}      type: SourceIP
      tableSize: 65537
`,
    },
    {
      title: BY_HEADERS,
      manifest: `${HASHED}      type: Headers
      headers:
        - name: x-session
`,
    },
    {
      title: BY_HEADER,
      manifest: `${HASHED}      type: Header
      header:
        name: x-session
`,
    },
    {
      title: BY_PARAMETERS,
      manifest: `${HASHED}      type: QueryParams
      queryParams:
        - name: session
`,
    },
    {
      title: 'In turn',
      manifest: `${HEAD}    type: RoundRobin
    slowStart:
      window: 30s
`,
    },
  ],
  source: 'envoyproxy/gateway at d32f282942',
} as const satisfies ProductTable;
