import type { ProductTable, Setting } from '../product.ts';

const PROXY = ['HTTPProxy.projectcontour.io'] as const;

const SOURCE = 'projectcontour/contour apis/projectcontour/v1/httpproxy.go LoadBalancerPolicy; internal/dag/policy.go';

const POLICY = 'spec.routes[].loadBalancerPolicy';
const HASHES = `${POLICY}.requestHashPolicies`;
const ITEM = `${HASHES}[]`;

const BY_HASH = 'By a hash of the request';
const BY_HEADER = 'By a hash of a header';

/** What is left over where Contour has no requests to look at; the other strategies are passed over. */
const PLAIN_STRATEGIES = ['Random', 'RoundRobin', 'WeightedLeastRequest'];

const ONE_KIND = 'Contour takes exactly one kind for each item and passes over an item with more.';

const STATUS = 'the condition IgnoredField of the object’s status';

const SETTINGS: readonly Setting[] = [
  {
    at: POLICY,
    objects: PROXY,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'How the pods of a route are chosen.',
    spellings: [{ at: 'spec.routes[].loadBalancerStrategy', status: 'wrong' }],
    source: SOURCE,
    cases: [
      {
        beside: { at: 'spec.routes[].loadBalancerStrategy.strategy', value: 'Cookie' },
        rule: 'field-unknown-key',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${POLICY}.strategy`,
    objects: PROXY,
    grammar: { kind: 'word', words: ['Cookie', 'RequestHash', 'RoundRobin', 'WeightedLeastRequest', 'Random'] },
    onBadValue: 'default instead',
    meaning: 'By what a pod is chosen; `Cookie` and `RequestHash` keep a client on its pod.',
    default: 'RoundRobin',
    values: [
      { value: 'Cookie', meaning: 'by a cookie that Contour sets' },
      { value: 'RequestHash', meaning: 'by a hash of the request; needs requestHashPolicies' },
      { value: 'RoundRobin', meaning: 'in turn' },
      { value: 'WeightedLeastRequest', meaning: 'the one with fewer requests of two' },
      { value: 'Random', meaning: 'at random' },
    ],
    notes: [
      'A word that Contour does not know means RoundRobin, and so does a known one in another case.',
      'The cookie is called X-Contour-Session-Affinity, has the path `/` and lasts as long as the browser session; ' +
        'only `cookieRewritePolicies` can change its attributes.',
      'It counts within one Service: a route with weights chooses the Service anew each time.',
    ],
    spellings: [{ at: 'spec.routes[].services[].strategy', status: 'wrong' }],
    requires: [
      {
        when: ['RequestHash'],
        needs: { at: HASHES, written: true },
        outcome: 'default instead',
        why: 'With nothing to hash Contour falls back to RoundRobin.',
        offers: [{ set: [{ at: `${POLICY}.strategy`, value: 'Cookie' }], remark: 'by a cookie of Contour instead' }],
      },
    ],
    concept: 'cookie switch',
    source: SOURCE,
    cases: [
      { bad: 'cookie', fixed: 'Cookie' },
      { bad: 'Cookies', fixed: 'Cookie' },
      { bad: 'RingHash' },
      { good: 'Random' },
      { sample: BY_HASH, without: HASHES, rule: 'setting-companion-missing', mended: 'otherwise' },
      {
        beside: { at: 'spec.routes[].services[].strategy', value: 'Cookie' },
        rule: 'field-unknown-key',
        mended: 'by hand',
      },
    ],
  },
  {
    at: HASHES,
    objects: PROXY,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'What of a request is hashed; each item names one thing.',
    notes: [
      'An item with none or several kinds is passed over, and so is one that repeats an earlier; with none left the ' +
        'strategy is RoundRobin.',
    ],
    requires: [
      {
        needs: { at: `${POLICY}.strategy`, is: ['RequestHash'] },
        outcome: 'ignored',
        why: 'Contour reads what to hash with strategy RequestHash only.',
        offers: [{ set: [{ at: `${POLICY}.strategy`, value: 'RequestHash' }] }],
        remove: 'last',
      },
    ],
    source: SOURCE,
    cases: [
      {
        sample: BY_HASH,
        without: `${POLICY}.strategy`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${ITEM}.headerHashOptions`,
    objects: PROXY,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'Hashes a header.',
    conflicts: [
      {
        with: {
          anyOf: [
            { at: `${ITEM}.queryParameterHashOptions`, written: true },
            { at: `${ITEM}.hashSourceIP`, is: ['true'] },
          ],
        },
        outcome: 'ignored',
        why: ONE_KIND,
        remove: 'this',
      },
    ],
    source: SOURCE,
    cases: [
      {
        sample: BY_HEADER,
        beside: { at: `${ITEM}.hashSourceIP`, value: 'true' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${ITEM}.headerHashOptions.headerName`,
    objects: PROXY,
    grammar: {
      kind: 'text',
      what: 'a header name',
      allowed: 'letters, digits and -',
      pattern: /^[-A-Za-z0-9]+$/,
    },
    onBadValue: 'ignored',
    toldBy: STATUS,
    meaning: 'The header that is hashed; a request without it is balanced as if there were no hash.',
    concept: 'hash key',
    source: SOURCE,
    cases: [
      { sample: BY_HEADER, bad: 'X Session' },
      { sample: BY_HEADER, bad: 'x_session' },
      { sample: BY_HEADER, good: 'x-session-id' },
    ],
  },
  {
    at: `${ITEM}.queryParameterHashOptions`,
    objects: PROXY,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'Hashes a parameter of the query.',
    conflicts: [
      {
        with: { at: `${ITEM}.hashSourceIP`, is: ['true'] },
        outcome: 'ignored',
        why: ONE_KIND,
        remove: 'this',
      },
    ],
    source: SOURCE,
    cases: [
      {
        sample: 'By a hash of a parameter',
        beside: { at: `${ITEM}.hashSourceIP`, value: 'true' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${ITEM}.queryParameterHashOptions.parameterName`,
    objects: PROXY,
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'refused by the API server',
    meaning: 'The parameter that is hashed; the case of its name does not count.',
    source: SOURCE,
  },
  {
    at: `${ITEM}.hashSourceIP`,
    objects: PROXY,
    grammar: { kind: 'boolean' },
    off: 'false',
    onBadValue: 'refused by the API server',
    meaning: 'Hashes the client’s address.',
    default: 'false',
    notes: ['It is the address that Envoy sees; behind a load balancer that hides it, all clients are one.'],
    source: SOURCE,
    cases: [{ sample: BY_HASH, bad: 'enabled', fixed: 'true' }],
  },
  {
    at: `${ITEM}.terminal`,
    objects: PROXY,
    grammar: { kind: 'boolean' },
    off: 'false',
    onBadValue: 'refused by the API server',
    meaning: 'Whether the items after this one are left out where this one applies.',
    default: 'false',
    requires: [
      {
        needs: {
          anyOf: [
            { at: `${ITEM}.headerHashOptions`, written: true },
            { at: `${ITEM}.queryParameterHashOptions`, written: true },
            { at: `${ITEM}.hashSourceIP`, is: ['true'] },
          ],
        },
        outcome: 'ignored',
        why: 'An item that hashes nothing is passed over.',
        offers: [{ set: [{ at: `${ITEM}.hashSourceIP`, value: 'true' }] }],
      },
    ],
    source: SOURCE,
    cases: [
      { sample: BY_HASH, bad: 'enable', fixed: 'true' },
      {
        sample: BY_HASH,
        without: `${ITEM}.hashSourceIP`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: 'spec.tcpproxy.loadBalancerPolicy.strategy',
    objects: PROXY,
    grammar: { kind: 'word', words: PLAIN_STRATEGIES },
    onBadValue: 'default instead',
    toldBy: STATUS,
    meaning: 'By what a pod is chosen for connections that are passed on unread.',
    default: 'RoundRobin',
    notes: ['Cookie and RequestHash need requests to look at, so they count for routes only.'],
    source: 'projectcontour/contour internal/dag/httpproxy_processor.go processHTTPProxyTCPProxy',
    cases: [
      { sample: 'Connections that are passed on', bad: 'Cookie' },
      { sample: 'Connections that are passed on', bad: 'random', fixed: 'Random' },
    ],
  },
  {
    at: 'spec.loadBalancerPolicy.strategy',
    objects: ['ExtensionService.projectcontour.io'],
    grammar: { kind: 'word', words: PLAIN_STRATEGIES },
    onBadValue: 'default instead',
    toldBy: STATUS,
    meaning: 'By what a pod of a service for authorization or rate limits is chosen.',
    default: 'RoundRobin',
    notes: ['Cookie and RequestHash are passed over here.'],
    source:
      'projectcontour/contour apis/projectcontour/v1alpha1/extensionservice.go; internal/dag/extension_processor.go',
    cases: [{ bad: 'RequestHash' }],
  },
];

const HEAD = `apiVersion: projectcontour.io/v1
kind: HTTPProxy
metadata:
  name: web
spec:
  virtualhost:
    fqdn: web.example.com
`;

const ROUTE = `${HEAD}  routes:
    - services:
        - name: web
          port: 80
      loadBalancerPolicy:
`;

export const CONTOUR = {
  id: 'contour',
  name: 'Contour',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'projectcontour/contour at 31c4bb38e (2026-08-18)',
  link: {
    title: 'Contour: session affinity',
    url: 'https://projectcontour.io/docs/main/config/request-routing/#session-affinity',
  },
  detection: {
    ingress: { controllers: ['projectcontour.io/ingress-controller', 'projectcontour.io'], classNames: ['contour'] },
    gateway: { controllers: ['projectcontour.io/gateway-controller'] },
  },
  annotationPrefixes: ['projectcontour.io/'],
  insteadOfForeign: 'Contour keeps clients by an HTTPProxy only, with loadBalancerPolicy and strategy Cookie.',
  otherAnnotations: [
    'generated-by-version',
    'ingress.class',
    'max-connections',
    'max-pending-requests',
    'max-requests',
    'max-retries',
    'num-retries',
    'per-host-max-connections',
    'response-timeout',
    'retry-on',
    'tls-cert-namespace',
    'tls-maximum-protocol-version',
    'tls-minimum-protocol-version',
    'upstream-protocol.h2',
    'upstream-protocol.h2c',
    'upstream-protocol.tls',
    'websocket-routes',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'Envoy is told the addresses of the pods, so it never meets the virtual IP.',
    source: 'projectcontour/contour at 31c4bb38e',
  },
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${POLICY}.strategy`, is: ['Cookie'] }],
      duration: { counts: 'since it was set' },
    },
    { by: 'consistent hash', when: [{ at: `${POLICY}.strategy`, is: ['RequestHash'] }] },
  ],
  targets: [{ to: 'pods', when: [] }],
  notes: [
    'Only the routes of an HTTPProxy can keep a client; an Ingress has no annotation for it.',
    'Scaling moves some clients, since the cookie is hashed and names no pod.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'HTTPProxy.projectcontour.io',
      set: [{ at: `${POLICY}.strategy`, value: 'Cookie' }],
    },
  ],
  mistakes: [
    'loadBalancerStrategy, or a strategy at the service, as IngressRoute had it (projectcontour/contour#2004)',
    'a cookie over several weighted services, or over scaling (projectcontour/contour#4190, #3808)',
    'annotations of an Ingress, or a longer life of the cookie (projectcontour/contour#2323, #361, #2856)',
  ],
  samples: [
    {
      title: 'By a cookie',
      manifest: `${ROUTE}        strategy: Cookie
`,
    },
    {
      title: BY_HASH,
      manifest: `${ROUTE}        strategy: RequestHash
        requestHashPolicies:
          - terminal: true
            hashSourceIP: true
`,
    },
    {
      title: BY_HEADER,
      manifest: `${ROUTE}        strategy: RequestHash
        requestHashPolicies:
          - headerHashOptions:
              headerName: X-Session
            terminal: true
          - hashSourceIP: true
`,
    },
    {
      title: 'By a hash of a parameter',
      manifest: `${ROUTE}        strategy: RequestHash
        requestHashPolicies:
          - queryParameterHashOptions:
              parameterName: session
            terminal: true
`,
    },
    {
      title: 'Connections that are passed on',
      manifest: `${HEAD}    tls:
      passthrough: true
  tcpproxy:
    loadBalancerPolicy:
      strategy: WeightedLeastRequest
    services:
      - name: web
        port: 443
`,
    },
    {
      title: 'A service of Contour’s own',
      manifest: `apiVersion: projectcontour.io/v1alpha1
kind: ExtensionService
metadata:
  name: authorization
spec:
  loadBalancerPolicy:
    strategy: Random
  services:
    - name: authorization
      port: 9443
`,
    },
  ],
  source: 'projectcontour/contour at 31c4bb38e',
} as const satisfies ProductTable;
