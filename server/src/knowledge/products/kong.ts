import type { Condition, Conflict, ProductTable, Setting, SettingCase, ValueGrammar } from '../product.ts';

const P = 'konghq.com/';

const POLICY = ['KongUpstreamPolicy.configuration.konghq.com'] as const;

const SOURCE =
  'Kong/kubernetes-ingress-controller docs/api-reference.md; ' +
  'test/e2e/manifests/all-in-one-dbless-k4k8s-enterprise.yaml (definition of KongUpstreamPolicy)';

const BY_ADDRESS = 'By a hash of the address';
const BY_COOKIE = 'By a hash of a cookie';
const BY_HEADER = 'By a hash of a header, else of the address';
const BY_PATH_GROUP = 'By a hash of a part of the path, else of an argument';
const BY_CONSUMER = 'By a hash of who signed in, else of a header';
const BY_ARGUMENT = 'By a hash of an argument, else of a part of the path';
const STICKY = 'By a cookie of Kong’s own';

const TEXT: ValueGrammar = { kind: 'text', what: 'text' };

const INPUTS: ValueGrammar = { kind: 'word', words: ['ip', 'consumer', 'path', 'none'] };

const INPUT_VALUES = [
  { value: 'ip', meaning: 'the client’s address' },
  { value: 'consumer', meaning: 'who signed in' },
  { value: 'path', meaning: 'the path of the request' },
  { value: 'none', meaning: 'nothing, as sticky sessions want it' },
];

/** Of the members of a hash only one may stand; each tells of those behind it. */
function only(behind: readonly string[], block = 'spec.hashOn'): Conflict {
  return {
    with: { anyOf: behind.map((name) => ({ at: `${block}.${name}`, written: true })) },
    outcome: 'refused by the API server',
    why: 'The definition of the policy allows one thing to hash only.',
    remove: 'this',
  };
}

/** With stickySessions nothing may be hashed by name. */
const NOTHING_NAMED: readonly Condition[] = ['cookie', 'header', 'uriCapture', 'queryArg'].map((name) => ({
  at: `spec.hashOn.${name}`,
  written: false,
}));

const NOT_WITH_STICKY: Conflict = {
  with: { at: 'spec.stickySessions', written: true },
  outcome: 'refused by the API server',
  why: 'With stickySessions the definition of the policy allows nothing in hashOn but input: none.',
  remove: 'this',
};

function member(at: string, behind: readonly string[], more: Pick<Setting, 'grammar' | 'meaning'> & Partial<Setting>) {
  const block = at.slice(0, at.lastIndexOf('.'));
  const isNamed = block === 'spec.hashOn' && !at.endsWith('.input');
  const conflicts = [...(isNamed ? [NOT_WITH_STICKY] : []), ...(behind.length === 0 ? [] : [only(behind, block)])];
  return { at, objects: POLICY, onBadValue: 'refused by the API server', conflicts, source: SOURCE, ...more } as const;
}

function besideArgument(sample: string, at = 'spec.hashOn.queryArg'): SettingCase {
  return { sample, beside: { at, value: 'session' }, rule: 'settings-contradict', mended: 'otherwise' };
}

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}upstream-policy`,
    objects: ['Service'],
    grammar: {
      kind: 'text',
      what: 'the name of a KongUpstreamPolicy',
      allowed: 'small letters, digits, - and .',
      pattern: /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
    },
    onBadValue: 'ignored',
    toldBy: 'an event of the Service',
    meaning: 'The KongUpstreamPolicy of the same namespace by which Kong chooses among the Service’s pods.',
    notes: ['All Services of a rule with several of them have to name the same policy, or none counts.'],
    misplaced: [
      {
        on: 'Ingress',
        outcome: 'ignored',
        why: 'Kong reads it from the Service that the Ingress leads to.',
      },
    ],
    source: SOURCE,
    cases: [{ bad: 'Sticky_Policy' }, { bad: 'shop/sticky' }, { good: 'sticky.v1' }],
  },
  {
    at: 'spec.algorithm',
    objects: POLICY,
    grammar: {
      kind: 'word',
      words: ['consistent-hashing', 'sticky-sessions', 'round-robin', 'least-connections', 'latency'],
    },
    onBadValue: 'refused by the API server',
    meaning: 'By what a pod is chosen; the first two keep a client on its pod.',
    values: [
      { value: 'consistent-hashing', meaning: 'by a hash of hashOn' },
      { value: 'sticky-sessions', meaning: 'by a cookie that names the pod; Kong Gateway Enterprise 3.11 or newer' },
      { value: 'round-robin', meaning: 'in turn' },
      { value: 'least-connections', meaning: 'the one with the fewest connections' },
      { value: 'latency', meaning: 'the one that answers fastest' },
    ],
    source: SOURCE,
    cases: [
      { bad: 'consistent_hashing', fixed: 'consistent-hashing' },
      { bad: 'sticky-session', fixed: 'sticky-sessions' },
      { bad: 'ip-hash' },
    ],
  },
  {
    at: 'spec.slots',
    objects: POLICY,
    grammar: { kind: 'integer', minimum: 10, maximum: 65_536 },
    onBadValue: 'refused by the API server',
    meaning: 'How many slots the ring of the hash has.',
    source: SOURCE,
    cases: [
      { sample: BY_HEADER, bad: '5', fixed: '10' },
      { sample: BY_HEADER, bad: '100000', fixed: '65536' },
    ],
  },
  {
    at: 'spec.hashOn',
    objects: POLICY,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'What of a request is hashed.',
    requires: [
      {
        // With stickySessions it is that which lacks its algorithm.
        whileTrue: [{ at: 'spec.stickySessions', written: false }],
        needs: { at: 'spec.algorithm', is: ['consistent-hashing', 'sticky-sessions'] },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows hashOn with these algorithms only.',
        offers: [{ set: [{ at: 'spec.algorithm', value: 'consistent-hashing' }] }],
      },
    ],
    notes: ['Older definitions allow it with consistent-hashing only.'],
    source: SOURCE,
    cases: [{ without: 'spec.algorithm', rule: 'setting-companion-missing', mended: 'as it was' }],
  },
  member('spec.hashOn.input', ['cookie', 'header', 'uriCapture', 'queryArg'], {
    grammar: INPUTS,
    meaning: 'Hashes something that needs no name.',
    values: INPUT_VALUES,
    cases: [
      { sample: BY_ADDRESS, bad: 'IP', fixed: 'ip' },
      { sample: BY_ADDRESS, bad: 'cookie' },
      besideArgument(BY_ADDRESS),
    ],
  }),
  member('spec.hashOn.cookie', [], {
    grammar: TEXT,
    meaning: 'Hashes a cookie of this name, which Kong sets where a client has none.',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    requires: [
      {
        whileTrue: [{ at: 'spec.stickySessions', written: false }],
        needs: { at: 'spec.hashOn.cookiePath', written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy wants the path of the cookie beside its name.',
        offers: [{ set: [{ at: 'spec.hashOn.cookiePath', value: '/' }] }],
      },
    ],
    conflicts: [
      {
        with: { at: 'spec.hashOnFallback', written: true },
        outcome: 'refused by the API server',
        why: 'Kong sets the cookie where it is missing, so there is nothing to fall back from.',
        remove: 'other',
      },
      NOT_WITH_STICKY,
      only(['header', 'uriCapture', 'queryArg']),
    ],
    concept: 'cookie name',
    cases: [
      {
        sample: BY_COOKIE,
        beside: { at: 'spec.hashOnFallback.input', value: 'ip' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
      besideArgument(BY_COOKIE),
      { sample: BY_COOKIE, without: 'spec.hashOn.cookiePath', rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  }),
  {
    at: 'spec.hashOn.cookiePath',
    objects: POLICY,
    grammar: TEXT,
    onBadValue: 'refused by the API server',
    meaning: 'The path for which a browser sends the hashed cookie back.',
    values: [{ value: '/', meaning: 'every path of the host' }],
    requires: [
      {
        needs: { at: 'spec.hashOn.cookie', written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows the path of a cookie beside its name only.',
        offers: [{ set: [{ at: 'spec.hashOn.cookie', value: 'route' }] }],
        remove: 'first',
      },
    ],
    concept: 'cookie path',
    source: SOURCE,
    cases: [
      { sample: BY_COOKIE, without: 'spec.hashOn.cookie', rule: 'setting-companion-missing', mended: 'otherwise' },
    ],
  },
  member('spec.hashOn.header', ['uriCapture', 'queryArg'], {
    grammar: TEXT,
    meaning: 'Hashes a header of this name.',
    concept: 'hash key',
    cases: [besideArgument(BY_HEADER)],
  }),
  member('spec.hashOn.uriCapture', ['queryArg'], {
    grammar: TEXT,
    meaning: 'Hashes a named group of the route’s regular expression.',
    cases: [besideArgument(BY_PATH_GROUP)],
  }),
  member('spec.hashOn.queryArg', [], {
    grammar: TEXT,
    meaning: 'Hashes an argument of the query of this name.',
    cases: [
      {
        sample: 'By a hash of an argument alone',
        beside: { at: 'spec.stickySessions.cookie', value: 'route' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  }),
  {
    at: 'spec.hashOnFallback',
    objects: POLICY,
    grammar: { kind: 'object', otherKeys: ['cookie', 'cookiePath'] },
    onBadValue: 'refused by the API server',
    meaning: 'What is hashed where a request lacks what hashOn names.',
    notes: ['Its schema has a cookie too, but Kong has no use for one here.'],
    requires: [
      {
        // Of a missing algorithm hashOn tells.
        whileTrue: [{ at: 'spec.algorithm', written: true }],
        needs: { at: 'spec.algorithm', is: ['consistent-hashing'] },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows a fallback with consistent-hashing only.',
        offers: [{ set: [{ at: 'spec.algorithm', value: 'consistent-hashing' }] }],
        remove: 'last',
      },
    ],
    source: SOURCE,
    cases: [
      {
        sample: BY_HEADER,
        beside: { at: 'spec.algorithm', value: 'sticky-sessions' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  member('spec.hashOnFallback.input', ['header', 'uriCapture', 'queryArg'], {
    grammar: INPUTS,
    meaning: 'Falls back to something that needs no name.',
    values: INPUT_VALUES,
    cases: [
      { sample: BY_HEADER, bad: 'address' },
      { sample: BY_HEADER, bad: 'Consumer', fixed: 'consumer' },
      besideArgument(BY_HEADER, 'spec.hashOnFallback.queryArg'),
    ],
  }),
  member('spec.hashOnFallback.header', ['uriCapture', 'queryArg'], {
    grammar: TEXT,
    meaning: 'Falls back to a header of this name.',
    cases: [besideArgument(BY_CONSUMER, 'spec.hashOnFallback.queryArg')],
  }),
  member('spec.hashOnFallback.uriCapture', ['queryArg'], {
    grammar: TEXT,
    meaning: 'Falls back to a named group of the route’s regular expression.',
    cases: [besideArgument(BY_ARGUMENT, 'spec.hashOnFallback.queryArg')],
  }),
  member('spec.hashOnFallback.queryArg', [], {
    grammar: TEXT,
    meaning: 'Falls back to an argument of the query of this name.',
  }),
  {
    at: 'spec.stickySessions',
    objects: POLICY,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'The cookie that names a client’s pod, with algorithm sticky-sessions.',
    notes: [
      'It takes Kong Gateway Enterprise 3.11 or newer; with an older one the controller gives the policy up.',
      'Older definitions of the policy lack it.',
    ],
    requires: [
      {
        needs: { at: 'spec.stickySessions.cookie', written: true },
        outcome: 'refused by the API server',
        why: 'The definition of the policy asks for the name of the cookie.',
        offers: [{ set: [{ at: 'spec.stickySessions.cookie', value: 'route' }] }],
      },
      {
        whileTrue: NOTHING_NAMED,
        needs: { at: 'spec.algorithm', is: ['sticky-sessions'] },
        outcome: 'refused by the API server',
        why: 'The definition of the policy allows the cookie with this algorithm only, and nothing to hash beside it.',
        offers: [
          {
            set: [
              { at: 'spec.algorithm', value: 'sticky-sessions' },
              { at: 'spec.hashOn.input', value: 'none' },
            ],
          },
        ],
        remove: 'last',
      },
      {
        // What is named beside it tells by itself that it cannot stay.
        whileTrue: NOTHING_NAMED,
        needs: { at: 'spec.hashOn.input', is: ['none'] },
        outcome: 'refused by the API server',
        why: 'The cookie takes the place of a hash, and the definition of the policy wants that said.',
        offers: [{ set: [{ at: 'spec.hashOn.input', value: 'none' }] }],
      },
    ],
    source: SOURCE,
    cases: [
      { sample: STICKY, without: 'spec.algorithm', rule: 'setting-companion-missing', mended: 'as it was' },
      { sample: STICKY, without: 'spec.hashOn', rule: 'setting-companion-missing', mended: 'as it was' },
      { sample: STICKY, without: 'spec.hashOn.input', rule: 'setting-companion-missing', mended: 'otherwise' },
      { sample: STICKY, without: 'spec.stickySessions.cookie', rule: 'setting-companion-missing', mended: 'otherwise' },
      {
        sample: STICKY,
        beside: { at: 'spec.hashOn.input', value: 'ip' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: 'spec.stickySessions.cookie',
    objects: POLICY,
    grammar: TEXT,
    onBadValue: 'refused by the API server',
    meaning: 'The name of the cookie, which Kong sets where a client has none.',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    concept: 'cookie name',
    source: SOURCE,
  },
  {
    at: 'spec.stickySessions.cookiePath',
    objects: POLICY,
    grammar: TEXT,
    onBadValue: 'refused by the API server',
    meaning: 'The path for which a browser sends the cookie back.',
    default: '/',
    values: [{ value: '/', meaning: 'every path of the host' }],
    concept: 'cookie path',
    source: SOURCE,
  },
  {
    at: 'upstream.hash_on',
    objects: ['KongIngress.configuration.konghq.com'],
    grammar: {
      kind: 'word',
      words: ['none', 'consumer', 'ip', 'header', 'cookie', 'path', 'query_arg', 'uri_capture'],
    },
    onBadValue: 'refused by the controller',
    meaning: 'What of a request is hashed, as it was said before KongUpstreamPolicy.',
    default: 'none',
    notes: ['KongIngress is deprecated: move it to a KongUpstreamPolicy and `konghq.com/upstream-policy`.'],
    source: SOURCE,
  },
];

const HEAD = `apiVersion: configuration.konghq.com/v1beta1
kind: KongUpstreamPolicy
metadata:
  name: sticky
spec:
`;

export const KONG = {
  id: 'kong',
  name: 'Kong Ingress Controller',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'Kong/kubernetes-ingress-controller at 1fa68f864 (2026-08-18)',
  link: {
    title: 'Kong Ingress Controller',
    url: 'https://developer.konghq.com/kubernetes-ingress-controller/',
  },
  detection: {
    ingress: { controllers: ['ingress-controllers.konghq.com/kong'], classNames: ['kong'] },
    gateway: { controllers: ['konghq.com/kic-gateway-controller'] },
  },
  annotationPrefixes: [P],
  insteadOfForeign:
    'Kong keeps clients by a KongUpstreamPolicy, which the Service names with konghq.com/upstream-policy.',
  otherAnnotations: [
    'ca-certificates-configmaps',
    'ca-certificates-secrets',
    'client-cert',
    'connect-timeout',
    'gatewayclass-unmanaged',
    'headers',
    'headers-separator',
    'host-aliases',
    'host-header',
    'https-redirect-status-code',
    'methods',
    'override',
    'path',
    'path-handling',
    'plugins',
    'preserve-host',
    'protocol',
    'protocols',
    'publish-service',
    'read-timeout',
    'regex-prefix',
    'regex-priority',
    'request-buffering',
    'response-buffering',
    'retries',
    'rewrite',
    'snis',
    'strip-path',
    'tags',
    'tls-verify',
    'tls-verify-depth',
    'write-timeout',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'Kong balances to the pods themselves, so it never meets the virtual IP.',
    source: 'Kong/kubernetes-ingress-controller at 1fa68f864',
  },
  stickiness: [
    { by: 'cookie', when: [{ at: 'spec.algorithm', is: ['sticky-sessions'] }] },
    { by: 'consistent hash', when: [{ at: 'spec.algorithm', is: ['consistent-hashing'] }] },
  ],
  targets: [{ to: 'pods', when: [] }],
  notes: [
    'A KongUpstreamPolicy counts for the Services that name it with konghq.com/upstream-policy, in its own namespace.',
    'A hash leads some clients elsewhere when pods come and go; the cookie of sticky-sessions names the pod.',
  ],
  recipes: [
    {
      title: 'by a hash of a cookie that Kong sets',
      on: 'KongUpstreamPolicy.configuration.konghq.com',
      set: [
        { at: 'spec.algorithm', value: 'consistent-hashing' },
        { at: 'spec.hashOn.cookie', value: 'route' },
        { at: 'spec.hashOn.cookiePath', value: '/' },
      ],
    },
  ],
  mistakes: [
    'hash_on misunderstood, or no way to a cookie found (Kong/kubernetes-ingress-controller#132, #331)',
    'sticky-sessions without hashOn.input none or with an old gateway (Kong/kubernetes-ingress-controller#7500, ' +
      '#7526, #7537)',
  ],
  samples: [
    {
      title: 'A Service with a policy',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    konghq.com/upstream-policy: "sticky"
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: BY_ADDRESS,
      manifest: `${HEAD}  algorithm: consistent-hashing
  hashOn:
    input: ip
`,
    },
    {
      title: BY_COOKIE,
      manifest: `${HEAD}  algorithm: consistent-hashing
  hashOn:
    cookie: route
    cookiePath: /
`,
    },
    {
      title: BY_HEADER,
      manifest: `${HEAD}  algorithm: consistent-hashing
  slots: 1000
  hashOn:
    header: X-Session
  hashOnFallback:
    input: ip
`,
    },
    {
      title: BY_PATH_GROUP,
      manifest: `${HEAD}  algorithm: consistent-hashing
  hashOn:
    uriCapture: room
  hashOnFallback:
    queryArg: room
`,
    },
    {
      title: BY_CONSUMER,
      manifest: `${HEAD}  algorithm: consistent-hashing
  hashOn:
    input: consumer
  hashOnFallback:
    header: X-Session
`,
    },
    {
      title: BY_ARGUMENT,
      manifest: `${HEAD}  algorithm: consistent-hashing
  hashOn:
    queryArg: room
  hashOnFallback:
    uriCapture: room
`,
    },
    {
      title: 'By a hash of an argument alone',
      manifest: `${HEAD}  algorithm: consistent-hashing
  hashOn:
    queryArg: room
`,
    },
    {
      title: STICKY,
      manifest: `${HEAD}  algorithm: sticky-sessions
  hashOn:
    input: none
  stickySessions:
    cookie: route
    cookiePath: /
`,
    },
  ],
  source: 'Kong/kubernetes-ingress-controller at 1fa68f864',
} as const satisfies ProductTable;
