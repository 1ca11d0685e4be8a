import type { ProductTable, Sample, Setting } from '../product.ts';

const RULE = ['DestinationRule.networking.istio.io'] as const;

const SOURCE =
  'istio/istio pkg/config/validation/validation.go validateLoadBalancer; manifests/charts/base/files/crd-all.gen.yaml';

const LABELS_SOURCE =
  'istio/istio pilot/pkg/networking/util/util.go MaybeBuildStatefulSessionFilterConfig; ' +
  'pilot/pkg/features/experimental.go';

const BY_COOKIE = 'By a cookie that the proxy sets';
const BY_ADDRESS = 'By the address, on a maglev table';
const BY_HEADER = 'By a header, on a ring';
const OLD_RING = 'By a header, on a ring as older manifests size it';

const COOKIE_LABEL = 'label:istio.io/persistent-session';

/** A label’s value, which the API server checks. */
const LABEL_VALUE = /^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

const ONE_KEY = 'The definition of the rule allows one key only: a header, a cookie, the address or a query parameter.';

/** A block of the same shape stands for the whole host, for a port of it, for a subset and for a port of that. */
interface Place {
  readonly at: string;
  /** How the titles of its samples end. */
  readonly where: string;
  readonly head: string;
  readonly indent: string;
}

const HEAD = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web
spec:
  host: web.shop.svc.cluster.local
`;

const SUBSET = `${HEAD}  subsets:
    - name: v2
      labels:
        version: v2
`;

const PLACES: readonly Place[] = [
  {
    at: 'spec.trafficPolicy.loadBalancer',
    where: '',
    head: `${HEAD}  trafficPolicy:
    loadBalancer:
`,
    indent: ' '.repeat(6),
  },
  {
    at: 'spec.trafficPolicy.portLevelSettings[].loadBalancer',
    where: ', for one port',
    head: `${HEAD}  trafficPolicy:
    portLevelSettings:
      - port:
          number: 443
        loadBalancer:
`,
    indent: ' '.repeat(10),
  },
  {
    at: 'spec.subsets[].trafficPolicy.loadBalancer',
    where: ', for one subset',
    head: `${SUBSET}      trafficPolicy:
        loadBalancer:
`,
    indent: ' '.repeat(10),
  },
  {
    at: 'spec.subsets[].trafficPolicy.portLevelSettings[].loadBalancer',
    where: ', for one port of a subset',
    head: `${SUBSET}      trafficPolicy:
        portLevelSettings:
          - port:
              number: 443
            loadBalancer:
`,
    indent: ' '.repeat(14),
  },
];

/** What stands in the block, by the titles of the samples. */
const BLOCKS: readonly (readonly [title: string, lines: readonly string[]])[] = [
  [
    BY_COOKIE,
    [
      'consistentHash:',
      '  httpCookie:',
      '    name: route',
      '    path: /',
      '    ttl: 3600s',
      '    attributes:',
      '      - name: SameSite',
      '        value: Lax',
    ],
  ],
  [BY_ADDRESS, ['consistentHash:', '  useSourceIp: true', '  maglev:', '    tableSize: 65537']],
  [BY_HEADER, ['consistentHash:', '  httpHeaderName: x-session', '  ringHash:', '    minimumRingSize: 2048']],
  [OLD_RING, ['consistentHash:', '  httpHeaderName: x-session', '  minimumRingSize: 2048']],
  ['By a parameter of the query', ['consistentHash:', '  httpQueryParameterName: session']],
  ['In turn', ['simple: ROUND_ROBIN']],
];

function samplesAt({ where, head, indent }: Place): Sample[] {
  return BLOCKS.map(([title, lines]) => ({
    title: `${title}${where}`,
    manifest: head + lines.map((line) => `${indent}${line}\n`).join(''),
  }));
}

function balancer({ at, where }: Place): Setting[] {
  const hash = `${at}.consistentHash`;
  const cookie = `${hash}.httpCookie`;
  const common = { objects: RULE, onBadValue: 'refused by the API server', source: SOURCE } as const;
  return [
    {
      ...common,
      at,
      grammar: {
        kind: 'object',
        otherKeys: ['backendUtilization', 'localityLbSetting', 'warmup', 'warmupDurationSecs', 'zoneAwareLbSetting'],
      },
      meaning: 'How the proxies choose among the pods.',
    },
    {
      ...common,
      at: `${at}.simple`,
      grammar: {
        kind: 'word',
        words: ['ROUND_ROBIN', 'LEAST_REQUEST', 'RANDOM', 'PASSTHROUGH', 'LEAST_CONN', 'UNSPECIFIED'],
      },
      meaning: 'A way to choose that keeps no client on its pod.',
      values: [
        { value: 'ROUND_ROBIN', meaning: 'in turn' },
        { value: 'LEAST_REQUEST', meaning: 'the one with fewer requests' },
        { value: 'RANDOM', meaning: 'at random' },
        { value: 'PASSTHROUGH', meaning: 'to the address that the client asked for' },
      ],
      cases: [{ sample: `In turn${where}`, bad: 'RoundRobin', fixed: 'ROUND_ROBIN' }],
    },
    {
      ...common,
      at: hash,
      grammar: { kind: 'object' },
      meaning: 'Keeps a client on its pod by a hash of one thing, for as long as the pods stay the same.',
      notes: [
        'The hash works within one subset: routes with weights choose the subset anew for each request.',
        'Of several places a port of the subset counts before the subset, then a port of the host, then the host.',
      ],
      requires: [
        {
          needs: {
            anyOf: [
              { at: `${hash}.httpCookie`, written: true },
              { at: `${hash}.httpHeaderName`, written: true },
              { at: `${hash}.httpQueryParameterName`, written: true },
              { at: `${hash}.useSourceIp`, written: true },
            ],
          },
          outcome: 'ignored',
          why: 'With nothing to hash each request may go to another pod.',
          offers: [
            {
              set: [
                { at: `${cookie}.name`, value: 'route' },
                { at: `${cookie}.ttl`, value: '0s' },
              ],
            },
            { set: [{ at: `${hash}.useSourceIp`, value: 'true' }] },
          ],
        },
      ],
      conflicts: [
        {
          with: {
            anyOf: [
              { at: `${at}.simple`, written: true },
              { at: `${at}.backendUtilization`, written: true },
            ],
          },
          outcome: 'refused by the API server',
          why: 'The definition of the rule allows one of them.',
          remove: 'other',
        },
      ],
      cases: [
        {
          sample: `${BY_COOKIE}${where}`,
          beside: { at: `${at}.simple`, value: 'ROUND_ROBIN' },
          rule: 'settings-contradict',
          mended: 'as it was',
        },
        {
          sample: `${BY_ADDRESS}${where}`,
          without: `${hash}.useSourceIp`,
          rule: 'setting-companion-missing',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: cookie,
      grammar: { kind: 'object' },
      meaning: 'Hashes a cookie.',
      notes: [
        'With `ttl` the proxy sets the cookie where a client has none; without, it only reads one that others set.',
      ],
      requires: [
        {
          needs: { at: `${cookie}.name`, written: true },
          outcome: 'refused by the API server',
          why: 'The definition of the rule asks for the name of the cookie.',
          offers: [{ set: [{ at: `${cookie}.name`, value: 'route' }] }],
        },
      ],
      conflicts: [
        {
          with: {
            anyOf: [
              { at: `${hash}.httpHeaderName`, written: true },
              { at: `${hash}.httpQueryParameterName`, written: true },
              { at: `${hash}.useSourceIp`, written: true },
            ],
          },
          outcome: 'refused by the API server',
          why: ONE_KEY,
          remove: 'this',
        },
      ],
      cases: [
        {
          sample: `${BY_COOKIE}${where}`,
          without: `${cookie}.name`,
          rule: 'setting-companion-missing',
          mended: 'as it was',
        },
        {
          sample: `${BY_COOKIE}${where}`,
          beside: { at: `${hash}.useSourceIp`, value: 'true' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${cookie}.name`,
      grammar: { kind: 'text', what: 'text' },
      meaning: 'The name of the cookie.',
      values: [{ value: 'route', meaning: 'a name of your choice' }],
      concept: 'cookie name',
    },
    {
      ...common,
      at: `${cookie}.ttl`,
      grammar: { kind: 'duration', dialect: 'go' },
      meaning: 'For how long a cookie lasts that the proxy sets.',
      default: 'none, so the proxy sets no cookie',
      values: [
        { value: '0s', meaning: 'as long as the browser session' },
        { value: '3600s', meaning: '1 hour' },
        { value: '86400s', meaning: '1 day' },
      ],
      notes: ['For a cookie of the application leave it out, or clients get two of one name.'],
      concept: 'cookie lifetime',
      cases: [
        { sample: `${BY_COOKIE}${where}`, bad: '3600', fixed: '3600s' },
        { sample: `${BY_COOKIE}${where}`, bad: '1d', fixed: '24h' },
        { sample: `${BY_COOKIE}${where}`, bad: 'session' },
        { sample: `${BY_COOKIE}${where}`, good: '0s' },
        { sample: `${BY_COOKIE}${where}`, good: '1h30m' },
      ],
    },
    {
      ...common,
      at: `${cookie}.path`,
      grammar: { kind: 'text', what: 'text' },
      meaning: 'The path for which a browser sends the cookie back.',
      values: [{ value: '/', meaning: 'every path of the host' }],
      concept: 'cookie path',
    },
    {
      ...common,
      at: `${cookie}.attributes`,
      grammar: { kind: 'object' },
      meaning: 'More attributes of the cookie, each with a name of its own and perhaps a value.',
    },
    {
      ...common,
      at: `${hash}.httpHeaderName`,
      grammar: { kind: 'text', what: 'text' },
      meaning: 'Hashes a header of this name.',
      conflicts: [
        {
          with: {
            anyOf: [
              { at: `${hash}.httpQueryParameterName`, written: true },
              { at: `${hash}.useSourceIp`, written: true },
            ],
          },
          outcome: 'refused by the API server',
          why: ONE_KEY,
          remove: 'this',
        },
      ],
      concept: 'hash key',
      cases: [
        {
          sample: `${BY_HEADER}${where}`,
          beside: { at: `${hash}.useSourceIp`, value: 'true' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${hash}.httpQueryParameterName`,
      grammar: { kind: 'text', what: 'text' },
      meaning: 'Hashes a parameter of the query of this name.',
      conflicts: [
        {
          with: { at: `${hash}.useSourceIp`, written: true },
          outcome: 'refused by the API server',
          why: ONE_KEY,
          remove: 'this',
        },
      ],
      cases: [
        {
          sample: `By a parameter of the query${where}`,
          beside: { at: `${hash}.useSourceIp`, value: 'true' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${hash}.useSourceIp`,
      grammar: { kind: 'boolean' },
      meaning: 'Hashes the address that the connection comes from.',
      notes: ['It is the only key for plain TCP. Behind a gateway or a load balancer it may be one for all clients.'],
      concept: 'source address switch',
      cases: [{ sample: `${BY_ADDRESS}${where}`, bad: 'enabled', fixed: 'true' }],
    },
    {
      ...common,
      at: `${hash}.ringHash`,
      grammar: { kind: 'object' },
      meaning: 'Hashes onto a ring.',
      conflicts: [
        {
          with: { at: `${hash}.maglev`, written: true },
          outcome: 'refused by the API server',
          why: 'The definition of the rule allows one of ringHash and maglev.',
          remove: 'this',
        },
      ],
      cases: [
        {
          sample: `${BY_HEADER}${where}`,
          beside: { at: `${hash}.maglev.tableSize`, value: '65537' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${hash}.ringHash.minimumRingSize`,
      grammar: { kind: 'integer', minimum: 0 },
      meaning: 'How many places the ring has at least.',
      default: '1024',
      cases: [
        { sample: `${BY_HEADER}${where}`, bad: '-1', fixed: '0' },
        { sample: `${BY_HEADER}${where}`, bad: '2k' },
      ],
    },
    {
      ...common,
      at: `${hash}.minimumRingSize`,
      grammar: { kind: 'integer', minimum: 0 },
      meaning: 'How many places the ring has at least, as older manifests say it.',
      default: '1024',
      notes: ['It is deprecated, with a warning: write `ringHash.minimumRingSize`.'],
      conflicts: [
        {
          with: {
            anyOf: [
              { at: `${hash}.ringHash`, written: true },
              { at: `${hash}.maglev`, written: true },
            ],
          },
          outcome: 'refused by the API server',
          why: 'Istio’s webhook refuses the deprecated size beside either of the algorithms.',
          remove: 'this',
        },
      ],
      cases: [
        {
          sample: `${OLD_RING}${where}`,
          beside: { at: `${hash}.ringHash.minimumRingSize`, value: '2048' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${hash}.maglev`,
      grammar: { kind: 'object' },
      meaning: 'Hashes onto a maglev table.',
      requires: [
        {
          needs: { at: `${hash}.maglev.tableSize`, written: true },
          outcome: 'refused by the API server',
          why: 'Istio’s webhook asks for the size of the table.',
          offers: [{ set: [{ at: `${hash}.maglev.tableSize`, value: '65537' }] }],
        },
      ],
      cases: [
        {
          sample: `${BY_ADDRESS}${where}`,
          without: `${hash}.maglev.tableSize`,
          rule: 'setting-companion-missing',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${hash}.maglev.tableSize`,
      grammar: { kind: 'integer', minimum: 1, maximum: 5_000_010, prime: true },
      meaning: 'How many places the table has: a prime below 5000011.',
      values: [{ value: '65537', meaning: 'a prime that is large enough for most' }],
      cases: [
        { sample: `${BY_ADDRESS}${where}`, bad: '65536' },
        { sample: `${BY_ADDRESS}${where}`, bad: '5000011' },
        { sample: `${BY_ADDRESS}${where}`, bad: '0' },
        { sample: `${BY_ADDRESS}${where}`, good: '4999999' },
      ],
    },
  ];
}

const NEEDS_FLAG = 'Only an istiod with PILOT_ENABLE_PERSISTENT_SESSION_FILTER=true reads it; the default is false.';

const SETTINGS: readonly Setting[] = [
  ...PLACES.flatMap(balancer),
  {
    at: COOKIE_LABEL,
    objects: ['Service'],
    grammar: {
      kind: 'text',
      what: 'the name of a cookie',
      allowed: 'as a label allows: up to 63 letters, digits, - . and _',
      pattern: LABEL_VALUE,
    },
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client on its pod by a cookie of this name, which names the pod.',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    notes: [
      NEEDS_FLAG,
      'The cookie lasts as long as the browser session, and its path is `/`.',
      'Istio would read a path behind a colon, but the value of a label has neither colon nor slash.',
    ],
    concept: 'cookie name',
    source: LABELS_SOURCE,
    cases: [
      { bad: 'my cookie', rule: 'field-value-invalid' },
      { bad: 'route:/app', rule: 'field-value-invalid' },
      { good: 'JSESSIONID' },
      {
        beside: { at: 'label:istio.io/persistent-session-header', value: 'X-Session' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
    conflicts: [
      {
        with: { at: 'label:istio.io/persistent-session-header', written: true },
        outcome: 'ignored',
        why: 'Istio looks for the cookie’s label first, and then reads no header.',
        remove: 'other',
      },
    ],
  },
  {
    at: 'label:istio.io/persistent-session-header',
    objects: ['Service'],
    grammar: {
      kind: 'text',
      what: 'the name of a header',
      allowed: 'as a label allows: up to 63 letters, digits, - . and _',
      pattern: LABEL_VALUE,
    },
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client on its pod by a header of this name, which names the pod.',
    values: [{ value: 'x-session', meaning: 'a name of your choice' }],
    notes: [NEEDS_FLAG],
    source: LABELS_SOURCE,
    cases: [{ bad: 'X Session', rule: 'field-value-invalid' }],
  },
];

const SERVICE = (labels: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
${labels}spec:
  selector:
    app: web
  ports:
    - name: http
      port: 80
`;

export const ISTIO = {
  id: 'istio',
  name: 'Istio',
  kind: 'service mesh',
  verification: 'source',
  basis: 'istio/istio at 86c9f01fd73 (2026-08-22)',
  link: {
    title: 'Istio: DestinationRule',
    url: 'https://istio.io/latest/docs/reference/config/networking/destination-rule/',
  },
  detection: {
    ingress: { controllers: ['istio.io/ingress-controller'], classNames: ['istio'] },
    gateway: { controllers: ['istio.io/gateway-controller'] },
  },
  annotationPrefixes: [],
  insteadOfForeign: 'Istio keeps clients by a DestinationRule, with consistentHash.',
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The proxies balance to the pods themselves, and nothing of Istio reads sessionAffinity.',
    source: 'istio/istio at 86c9f01fd73',
  },
  stickiness: [
    { by: 'cookie', when: [{ at: COOKIE_LABEL, written: true }] },
    { by: 'header', when: [{ at: 'label:istio.io/persistent-session-header', written: true }] },
    {
      by: 'consistent hash',
      when: [{ at: 'spec.trafficPolicy.loadBalancer.consistentHash', written: true }],
      duration: {
        at: 'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl',
        counts: 'since it was set',
      },
    },
  ],
  targets: [{ to: 'pods', when: [] }],
  notes: [
    'A hash is soft: when pods come or go, some clients move. The labels of a Service keep a client on its very pod.',
    'Waypoints of ambient mode and routes of Gateway API have passed consistentHash over in several releases.',
    'Of several DestinationRules for one host only some may count: keep one.',
  ],
  recipes: [
    {
      title: 'by a cookie that the proxy sets',
      on: 'DestinationRule.networking.istio.io',
      set: [
        { at: 'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.name', value: 'route' },
        { at: 'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.path', value: '/' },
        { at: 'spec.trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl', value: '0s' },
      ],
    },
  ],
  mistakes: [
    'a hash that is to hold across subsets with weights (istio/istio#16937, #17181)',
    'a cookie of the application with a ttl, so that there are two, or a name without one, so that nobody sets it ' +
      '(istio/istio#21280, #46922)',
    'ambient mode, routes of Gateway API or TLS that is passed on, where the hash does not apply ' +
      '(istio/istio#58708, #59323, #17557, #17406)',
  ],
  samples: [
    ...PLACES.flatMap(samplesAt),
    {
      title: 'A Service whose clients a cookie keeps',
      manifest: SERVICE('    istio.io/persistent-session: route\n'),
    },
    {
      title: 'A Service whose clients a header keeps',
      manifest: SERVICE('    istio.io/persistent-session-header: x-session\n'),
    },
  ],
  source: 'istio/istio at 86c9f01fd73',
} as const satisfies ProductTable;
