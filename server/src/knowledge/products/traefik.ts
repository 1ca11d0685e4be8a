import { GO_TRUE } from '../grammar.ts';
import type {
  Condition,
  Conflict,
  CookieSettings,
  NewSetting,
  ObjectKind,
  ProductTable,
  Requirement,
  Setting,
  SettingCase,
} from '../product.ts';

const P = 'traefik.ingress.kubernetes.io/';

const COOKIE = `${P}service.sticky.cookie`;

const ON_SERVICE =
  'traefik/traefik pkg/provider/kubernetes/ingress/annotations.go ServiceIng, kubernetes.go loadService; ' +
  'pkg/config/dynamic/http_config.go Cookie';

const IN_RESOURCES =
  'traefik/traefik pkg/provider/kubernetes/crd/traefikio/v1alpha1/ingressroute.go LoadBalancerSpec, service.go; ' +
  'crd/kubernetes_http.go buildServersLB, buildServicesLB; pkg/config/dynamic/http_config.go Cookie';

const COMPATIBILITY =
  'traefik/traefik pkg/provider/kubernetes/ingress-nginx/annotations.go IngressConfig, translator.go buildSticky';

/** What Go's `strconv.ParseBool` takes for true. */

const MISPLACED = [
  {
    on: 'Ingress',
    outcome: 'ignored',
    why: 'Traefik reads the keys under service. from the Service to which the Ingress leads, and from nowhere else.',
  },
] as const;

/** The parts of the cookie in an annotation; any of them switches the cookie on. */
const COOKIE_PARTS = ['name', 'secure', 'httponly', 'samesite', 'maxage', 'path', 'domain'].map(
  (part) => `${COOKIE}.${part}`,
);

const SWITCHED_ON: Condition = {
  anyOf: [{ at: COOKIE, matches: /^true$/i }, ...COOKIE_PARTS.map((at) => ({ at, written: true }))],
};

/** Keys are compared without their case, so the spellings of the field are read as well. */
function alsoAs(...keys: readonly string[]): Pick<Setting, 'spellings'> {
  return { spellings: keys.map((key) => ({ at: `${P}service.${key}`, status: 'read' })) };
}

/** With the cluster IP as the only target: a finding about `service.nativelb`. */
const CANCELLED: SettingCase = {
  sample: 'By a cookie, with everything that can be set',
  beside: { at: `${P}service.nativelb`, value: 'true' },
  rule: 'settings-contradict',
  mended: 'as it was',
};

const DOMAIN = /^\.?[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*\.?$/;

/** What the parts of the cookie mean, in annotations as in resources. */
const MEANINGS = {
  cookie: 'Keeps a client on its pod by a cookie.',
  name: 'The name of the cookie.',
  secure: 'Whether a browser sends the cookie over HTTPS only.',
  httpOnly: 'Whether scripts in a page cannot read the cookie.',
  sameSite: 'Whether a browser sends the cookie along when another site leads to this one.',
  maxAge: 'For how many seconds a browser keeps the cookie.',
  path: 'The path for which a browser sends the cookie back.',
  domain: 'The domain for whose hosts a browser sends the cookie back.',
} as const;

const NAME_NOTES = ['Letters, digits and the marks of cookie names stay; each other character becomes `_`.'];

const LIFETIMES = [
  { value: '3600', meaning: '1 hour' },
  { value: '86400', meaning: '1 day' },
  { value: '172800', meaning: '2 days' },
] as const;

const LIFETIME_NOTES = [
  'The cookie is not renewed: it ends so long after the first request.',
  'A negative number makes it end at once, so that it keeps nobody.',
];

const SAME_SITES = [
  { value: 'lax', meaning: 'with links from other sites as well' },
  { value: 'strict', meaning: 'never from another site' },
  { value: 'none', meaning: 'always; needs secure' },
] as const;

const ANNOTATIONS: readonly Setting[] = [
  {
    at: `${P}service.sticky`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['true', 'false'], anyCase: true, on: 'true', off: 'false' },
    off: 'false',
    onBadValue: 'default instead',
    meaning: 'Holds the settings of stickiness; by itself it switches nothing on.',
    default: 'off',
    notes: ['Any word but `true` drops what stands under it, the cookie included.'],
    requires: [
      {
        whileTrue: COOKIE_PARTS.map((at) => ({ at, written: false })),
        needs: { at: COOKIE, matches: /^true$/i },
        outcome: 'ignored',
        why: 'Without service.sticky.cookie the block is empty: Traefik sets no cookie, and nothing tells.',
        offers: [{ set: [{ at: COOKIE, value: 'true' }] }],
        remove: 'last',
      },
    ],
    misplaced: MISPLACED,
    source: `${ON_SERVICE}; traefik/paerser parser/nodes_metadata.go`,
    cases: [
      { bad: 'yes', fixed: 'true' },
      { bad: 'cookie' },
      { without: COOKIE, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: COOKIE,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['true', 'false'], anyCase: true, on: 'true', off: 'false' },
    off: 'false',
    onBadValue: 'default instead',
    meaning: MEANINGS.cookie,
    default: 'off',
    values: [
      { value: 'true', meaning: 'keep a client on its pod by a cookie' },
      { value: 'false', meaning: 'no cookie, whatever its other settings say' },
    ],
    notes: [
      'It stands on the Service, not on the Ingress.',
      'Any key below it, such as `service.sticky.cookie.name`, switches the cookie on as well.',
      'Any word but `true` switches it off, together with its other settings.',
      'Traefik balances to pods, so `sessionAffinity` of the Service has no part in it.',
    ],
    spellings: [
      { at: `${P}affinity`, status: 'no longer read' },
      { at: `${P}service.stickiness.cookie`, status: 'wrong' },
      { at: `${P}service.stickyness.cookie`, status: 'wrong' },
    ],
    misplaced: MISPLACED,
    concept: 'cookie switch',
    source: `${ON_SERVICE}; traefik/paerser parser/nodes_metadata.go`,
    cases: [{ bad: 'on', fixed: 'true' }, { bad: 'cookie' }, { bad: '1', fixed: 'true' }, { good: 'True' }, CANCELLED],
  },
  {
    at: `${COOKIE}.name`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a cookie name' },
    onBadValue: 'ignored',
    meaning: MEANINGS.name,
    default: 'a hash of the service’s name',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    notes: NAME_NOTES,
    spellings: [{ at: `${P}session-cookie-name`, status: 'no longer read' }],
    misplaced: MISPLACED,
    concept: 'cookie name',
    source: `${ON_SERVICE}; pkg/server/cookie/cookie.go`,
    cases: [CANCELLED],
  },
  {
    at: `${COOKIE}.secure`,
    objects: ['Service'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'refused by the controller',
    meaning: MEANINGS.secure,
    default: 'false',
    misplaced: MISPLACED,
    concept: 'cookie secure',
    source: ON_SERVICE,
    cases: [{ bad: 'on', fixed: 'true' }, { bad: 'always' }, { good: '1' }],
  },
  {
    at: `${COOKIE}.httponly`,
    objects: ['Service'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'refused by the controller',
    meaning: MEANINGS.httpOnly,
    default: 'false',
    ...alsoAs('sticky.cookie.httpOnly', 'sticky.cookie.HttpOnly', 'sticky.cookie.HTTPOnly'),
    misplaced: MISPLACED,
    concept: 'cookie http-only',
    source: ON_SERVICE,
    cases: [{ bad: 'yes', fixed: 'true' }],
  },
  {
    at: `${COOKIE}.samesite`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['none', 'lax', 'strict'], anyCase: true },
    onBadValue: 'ignored',
    meaning: MEANINGS.sameSite,
    default: 'the browser’s own choice',
    values: SAME_SITES,
    ...alsoAs('sticky.cookie.sameSite', 'sticky.cookie.SameSite'),
    misplaced: MISPLACED,
    concept: 'cookie same-site',
    source: `${ON_SERVICE}; pkg/server/service/loadbalancer/sticky.go convertSameSite`,
    cases: [{ bad: 'laxx', fixed: 'lax' }, { bad: 'true' }, { good: 'Lax' }],
  },
  {
    at: `${COOKIE}.maxage`,
    objects: ['Service'],
    grammar: { kind: 'integer', unit: 'seconds', syntax: 'go' },
    onBadValue: 'refused by the controller',
    meaning: MEANINGS.maxAge,
    default: '0, as long as the browser session',
    values: LIFETIMES,
    notes: LIFETIME_NOTES,
    ...alsoAs('sticky.cookie.maxAge', 'sticky.cookie.MaxAge'),
    since: '3.0',
    misplaced: MISPLACED,
    concept: 'cookie lifetime',
    source: ON_SERVICE,
    cases: [{ bad: '1h', fixed: '3600' }, { bad: '3600s', fixed: '3600' }, { bad: 'session' }, { good: '0' }],
  },
  {
    at: `${COOKIE}.path`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a path' },
    onBadValue: 'ignored',
    meaning: MEANINGS.path,
    default: '/',
    values: [{ value: '/', meaning: 'every path of the host' }],
    notes: ['Releases that do not know the key refuse it, and with it the whole backend.'],
    since: '3.3',
    misplaced: MISPLACED,
    concept: 'cookie path',
    source: ON_SERVICE,
    cases: [CANCELLED],
  },
  {
    at: `${COOKIE}.domain`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a domain', allowed: 'labels of letters, digits and hyphens', pattern: DOMAIN },
    onBadValue: 'ignored',
    meaning: MEANINGS.domain,
    default: 'the host of the request alone',
    notes: ['Releases that do not know the key refuse it, and with it the whole backend.'],
    since: '3.4',
    misplaced: MISPLACED,
    concept: 'cookie domain',
    source: `${ON_SERVICE}; golang/go src/net/http/cookie.go validCookieDomain`,
    cases: [{ bad: '*.example.com' }, { bad: 'https://example.com' }, { good: '.example.com' }],
  },
  {
    at: `${P}service.nativelb`,
    objects: ['Service'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'refused by the controller',
    meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
    default: 'what nativeLBByDefault of the provider says, false unless set',
    ...alsoAs('nativeLB', 'nativeLb', 'NativeLB'),
    misplaced: MISPLACED,
    conflicts: [
      {
        when: GO_TRUE,
        with: SWITCHED_ON,
        outcome: 'ignored',
        why: 'With nativelb Traefik knows one address only, the cluster IP, so its cookie has nothing to choose from.',
        remove: 'this',
      },
    ],
    source: `${ON_SERVICE}; traefik/traefik#10678`,
    cases: [
      { bad: 'on', fixed: 'true' },
      { beside: { at: COOKIE, value: 'true' }, rule: 'settings-contradict', mended: 'otherwise' },
      {
        beside: { at: `${COOKIE}.name`, value: 'route' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}service.nodeportlb`,
    objects: ['Service'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'refused by the controller',
    meaning: 'Whether requests go to the nodes, at the node port of a Service of type NodePort.',
    default: 'false',
    notes: ['It is for a Traefik outside of the cluster; Services of other types ignore it.'],
    ...alsoAs('nodePortLB', 'nodePortLb', 'NodePortLB'),
    since: '3.1',
    misplaced: MISPLACED,
    conflicts: [
      {
        when: GO_TRUE,
        with: SWITCHED_ON,
        outcome: 'depends',
        why: 'With nodeportlb on a Service of type NodePort the cookie names a node; kube-proxy there chooses the pod.',
        remove: 'neither',
      },
    ],
    source: ON_SERVICE,
    cases: [
      { bad: 'enabled', fixed: 'true' },
      { beside: { at: COOKIE, value: 'true' }, rule: 'settings-contradict', mended: 'by hand' },
    ],
  },
];

const ROUTE: readonly ObjectKind[] = ['IngressRoute.traefik.io'];
const SERVICE: readonly ObjectKind[] = ['TraefikService.traefik.io'];

interface Block {
  readonly objects: readonly ObjectKind[];
  /** The sample that has everything that the block can have. */
  readonly sample: string;
  readonly conflicts?: readonly Conflict[];
  readonly requires?: readonly Requirement[];
  readonly cases?: readonly SettingCase[];
}

/** The block `sticky`, which is the same wherever Traefik's own resources have it. */
function sticky(at: string, { objects, sample, conflicts = [], requires = [], cases = [] }: Block): Setting[] {
  const shared = { objects, onBadValue: 'refused by the API server', source: IN_RESOURCES } as const;
  return [
    {
      ...shared,
      at,
      grammar: { kind: 'object', closed: true },
      meaning: 'Holds the settings of stickiness; only its `cookie` switches anything on.',
    },
    {
      ...shared,
      at: `${at}.cookie`,
      grammar: { kind: 'object', closed: true },
      meaning: MEANINGS.cookie,
      notes: ['`cookie: {}` is enough to switch it on.'],
      conflicts,
      requires,
      concept: 'cookie switch',
      cases,
    },
    {
      ...shared,
      at: `${at}.cookie.name`,
      grammar: { kind: 'text', what: 'a cookie name' },
      meaning: MEANINGS.name,
      default: 'a hash of the service’s name',
      values: [{ value: 'route', meaning: 'a name of your choice' }],
      notes: NAME_NOTES,
      concept: 'cookie name',
    },
    {
      ...shared,
      at: `${at}.cookie.secure`,
      grammar: { kind: 'boolean' },
      meaning: MEANINGS.secure,
      default: 'false',
      concept: 'cookie secure',
      cases: [{ sample, bad: 'enabled', fixed: 'true' }],
    },
    {
      ...shared,
      at: `${at}.cookie.httpOnly`,
      grammar: { kind: 'boolean' },
      meaning: MEANINGS.httpOnly,
      default: 'false',
      concept: 'cookie http-only',
      cases: [{ sample, bad: 'always' }],
    },
    {
      ...shared,
      at: `${at}.cookie.sameSite`,
      grammar: { kind: 'word', words: ['none', 'lax', 'strict', 'None', 'Lax', 'Strict'] },
      meaning: MEANINGS.sameSite,
      default: 'the browser’s own choice',
      values: SAME_SITES,
      concept: 'cookie same-site',
      cases: [
        { sample, bad: 'STRICT', fixed: 'strict' },
        { sample, bad: 'same-origin' },
      ],
    },
    {
      ...shared,
      at: `${at}.cookie.maxAge`,
      grammar: { kind: 'integer', unit: 'seconds' },
      meaning: MEANINGS.maxAge,
      default: '0, as long as the browser session',
      values: LIFETIMES,
      notes: LIFETIME_NOTES,
      since: '3.0',
      concept: 'cookie lifetime',
      cases: [
        { sample, bad: '48h', fixed: '172800' },
        { sample, bad: 'session' },
      ],
    },
    {
      ...shared,
      at: `${at}.cookie.path`,
      grammar: { kind: 'text', what: 'a path' },
      meaning: MEANINGS.path,
      default: '/',
      values: [{ value: '/', meaning: 'every path of the host' }],
      since: '3.3',
      concept: 'cookie path',
    },
    {
      ...shared,
      at: `${at}.cookie.domain`,
      grammar: { kind: 'text', what: 'a domain', allowed: 'labels of letters, digits and hyphens', pattern: DOMAIN },
      onBadValue: 'ignored',
      meaning: MEANINGS.domain,
      default: 'the host of the request alone',
      since: '3.4',
      concept: 'cookie domain',
      cases: [{ sample, bad: '*.example.com' }],
    },
  ];
}

/** What names a Service and says how it is balanced. */
function balanced(at: string, { objects, sample, requires = [], cases = [] }: Block): Setting[] {
  const shared = { objects, onBadValue: 'refused by the API server', source: IN_RESOURCES } as const;
  return [
    ...sticky(`${at}.sticky`, {
      objects,
      sample,
      requires,
      conflicts: [
        {
          with: { at: `${at}.nativeLB`, is: ['true'] },
          outcome: 'ignored',
          why:
            'With nativeLB Traefik knows one address only, the cluster IP, so its cookie has nothing to choose ' +
            'from.',
          remove: 'other',
        },
        {
          with: { at: `${at}.nodePortLB`, is: ['true'] },
          outcome: 'depends',
          why: 'With nodePortLB and a Service of type NodePort the cookie names a node; kube-proxy chooses the pod.',
          remove: 'neither',
        },
        {
          with: { at: `${at}.kind`, is: ['TraefikService'] },
          outcome: 'ignored',
          why: 'Of a reference to a TraefikService only the name counts; stickiness belongs into that TraefikService.',
          remove: 'this',
        },
      ],
      cases: [
        { sample, beside: { at: `${at}.nativeLB`, value: 'true' }, rule: 'settings-contradict', mended: 'as it was' },
        { sample, beside: { at: `${at}.nodePortLB`, value: 'true' }, rule: 'settings-contradict', mended: 'by hand' },
        {
          sample,
          beside: { at: `${at}.kind`, value: 'TraefikService' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
        ...cases,
      ],
    }),
    {
      ...shared,
      at: `${at}.strategy`,
      grammar: { kind: 'word', words: ['wrr', 'p2c', 'hrw', 'leasttime', 'RoundRobin'] },
      meaning: 'How a pod is chosen for a client without a cookie.',
      default: 'wrr',
      values: [
        { value: 'wrr', meaning: 'in turn' },
        { value: 'p2c', meaning: 'the less busy one of two' },
        { value: 'hrw', meaning: 'by a hash of the client’s address: sticky without a cookie' },
        { value: 'leasttime', meaning: 'the one that answers fastest' },
      ],
      notes: ['`RoundRobin` is the older word for `wrr`.', '`hrw` and `leasttime` came later than the other two.'],
      conflicts: [
        {
          when: ['hrw'],
          with: { at: `${at}.sticky.cookie`, written: true },
          outcome: 'ignored',
          why: 'hrw takes the pod from a hash of the client’s address and neither sets nor reads the cookie.',
          remove: 'this',
        },
      ],
      since: '3.4',
      source: 'traefik/traefik pkg/server/service/service.go getLoadBalancerServiceHandler; pkg/config/dynamic',
      cases: [
        { sample, bad: 'WRR', fixed: 'wrr' },
        { sample, bad: 'source' },
        { sample, beside: { at: `${at}.strategy`, value: 'hrw' }, rule: 'settings-contradict', mended: 'otherwise' },
      ],
    },
    {
      ...shared,
      at: `${at}.nativeLB`,
      grammar: { kind: 'boolean' },
      off: 'false',
      meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
      default: 'what nativeLBByDefault of the provider says, false unless set',
    },
    {
      ...shared,
      at: `${at}.nodePortLB`,
      grammar: { kind: 'boolean' },
      off: 'false',
      meaning: 'Whether requests go to the nodes, at the node port of a Service of type NodePort.',
      default: 'false',
      since: '3.1',
    },
  ];
}

/** A cookie for the choice of the service, and one for the choice of its pod. */
const ALSO_WITHIN: Requirement = {
  whileTrue: [{ at: 'spec.weighted.services[].kind', isNot: ['TraefikService'] }],
  needs: { at: 'spec.weighted.services[].sticky.cookie', written: true },
  outcome: 'advice',
  why: 'It keeps a client on one of the services only; each of them needs a cookie of its own to keep it on a pod.',
};

const ALSO_AROUND: Requirement = {
  whileTrue: [{ at: 'spec.weighted.services', atLeast: 2 }],
  needs: { at: 'spec.weighted.sticky.cookie', written: true },
  outcome: 'depends',
  why: 'Without it each request may go to another of the services; only within one it is sticky.',
  offers: [{ set: [{ at: 'spec.weighted.sticky.cookie.name', value: 'service' }] }],
};

const IN_ROUTE = 'IngressRoute: a cookie, with everything that can be set';
const IN_WEIGHTED = 'TraefikService: cookies on both levels';
const IN_MIRRORING = 'TraefikService: a cookie for the service that is mirrored';
const IN_HASHED = 'TraefikService: a cookie within services that a hash chooses';
const IN_FAILOVER = 'TraefikService: a cookie within the service that another one replaces';

const RESOURCES: readonly Setting[] = [
  ...balanced('spec.routes[].services[]', { objects: ROUTE, sample: IN_ROUTE }),
  ...sticky('spec.weighted.sticky', {
    objects: SERVICE,
    sample: IN_WEIGHTED,
    requires: [ALSO_WITHIN],
    cases: [
      {
        sample: IN_WEIGHTED,
        without: 'spec.weighted.services[].sticky.cookie',
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  }),
  ...balanced('spec.weighted.services[]', {
    objects: SERVICE,
    sample: IN_WEIGHTED,
    requires: [ALSO_AROUND],
    cases: [
      {
        sample: IN_WEIGHTED,
        without: 'spec.weighted.sticky.cookie',
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  }),
  ...balanced('spec.mirroring', { objects: SERVICE, sample: IN_MIRRORING }),
  ...balanced('spec.highestRandomWeight.services[]', { objects: SERVICE, sample: IN_HASHED }),
  ...balanced('spec.failover.service', { objects: SERVICE, sample: IN_FAILOVER }),
];

/** What the provider for Ingresses of ingress-nginx reads; it judges nothing, so neither do we. */
function compatible(
  key: string,
  meaning: string,
  grammar: Setting['grammar'],
  more: Pick<Setting, 'default' | 'values' | 'notes' | 'concept'> = {},
): Setting {
  return {
    at: `nginx.ingress.kubernetes.io/${key}`,
    objects: ['Ingress'],
    grammar,
    onBadValue: 'ignored',
    meaning,
    since: '3.5',
    source: COMPATIBILITY,
    ...more,
    notes: ['Read by the provider kubernetesIngressNGINX alone, where it is switched on.', ...(more.notes ?? [])],
  };
}

const NGINX_KEYS: readonly Setting[] = [
  compatible(
    'affinity',
    MEANINGS.cookie,
    { kind: 'word', words: ['cookie'], on: 'cookie' },
    {
      default: 'off',
      values: [{ value: 'cookie', meaning: 'keep a client on its pod by a cookie' }],
      notes: ['The cookie is always HttpOnly and never moves a client when pods are added.'],
    },
  ),
  compatible(
    'affinity-mode',
    'Whether clients may be moved when pods are added.',
    { kind: 'word', words: ['persistent', 'balanced'] },
    {
      default: 'persistent',
      values: [{ value: 'persistent', meaning: 'a client is never moved while its pod lives' }],
      notes: ['Traefik knows `persistent` only, whatever is written.'],
    },
  ),
  compatible(
    'affinity-canary-behavior',
    'Whether a client that a canary served stays with it.',
    { kind: 'word', words: ['sticky', 'legacy'] },
    {
      default: 'sticky',
      values: [{ value: 'sticky', meaning: 'it stays' }],
      notes: ['Traefik knows `sticky` only, whatever is written.'],
    },
  ),
  compatible(
    'session-cookie-name',
    MEANINGS.name,
    { kind: 'text', what: 'a cookie name' },
    { default: 'INGRESSCOOKIE' },
  ),
  compatible(
    'session-cookie-max-age',
    MEANINGS.maxAge,
    { kind: 'integer', unit: 'seconds', syntax: 'go' },
    { default: '0, as long as the browser session', values: LIFETIMES },
  ),
  compatible(
    'session-cookie-expires',
    'The same as `session-cookie-max-age`, for browsers that only know `Expires`; in seconds.',
    { kind: 'integer', unit: 'seconds', syntax: 'go' },
    { values: LIFETIMES },
  ),
  compatible('session-cookie-path', MEANINGS.path, { kind: 'text', what: 'a path' }, { default: '/' }),
  compatible('session-cookie-domain', MEANINGS.domain, { kind: 'text', what: 'a domain' }),
  compatible(
    'session-cookie-secure',
    MEANINGS.secure,
    { kind: 'word', words: ['true', 'false'], anyCase: true },
    { default: 'false', notes: ['Unlike ingress-nginx, Traefik does not set it by itself for HTTPS.'] },
  ),
  compatible(
    'session-cookie-samesite',
    MEANINGS.sameSite,
    { kind: 'word', words: ['none', 'lax', 'strict'], anyCase: true },
    { values: SAME_SITES },
  ),
  compatible(
    'service-upstream',
    'Whether requests go to the cluster IP of the Service and not to its pods.',
    { kind: 'word', words: ['true', 'false'], anyCase: true },
    { default: 'false', notes: ['It makes cookies useless: there is one target only.'] },
  ),
  compatible('upstream-hash-by', 'What of a request decides the pod, by a consistent hash.', {
    kind: 'text',
    what: 'variables and plain text',
  }),
  compatible(
    'ssl-passthrough',
    'Whether TLS connections go to the pods unopened.',
    { kind: 'word', words: ['true', 'false'], anyCase: true },
    { default: 'false' },
  ),
];

const SERVICE_HEAD = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
`;

const SERVICE_SPEC = `spec:
  selector:
    app: web
  ports:
    - port: 80
`;

const TRAEFIK_SERVICE = `apiVersion: traefik.io/v1alpha1
kind: TraefikService
metadata:
  name: web
spec:
`;

/** HttpOnly, which others add by themselves, has to be asked for. */
function writeCookie(cookie: CookieSettings): NewSetting[] {
  const parts: readonly (readonly [part: string, value: string | undefined])[] = [
    ['name', cookie.name],
    ['path', cookie.path],
    ['domain', cookie.domain],
    ['maxage', cookie.seconds === undefined ? undefined : String(cookie.seconds)],
    ['secure', cookie.secure === undefined ? undefined : String(cookie.secure)],
    ['httponly', cookie.httpOnly === undefined ? undefined : String(cookie.httpOnly)],
    ['samesite', cookie.sameSite],
  ];
  return [
    { at: COOKIE, value: 'true' },
    ...parts.flatMap(([part, value]) => (value === undefined ? [] : [{ at: `${COOKIE}.${part}`, value }])),
  ];
}

/** The cookie of a sample, with everything, at a column. */
function everything(column: number): string {
  const lines = [
    'sticky:',
    '  cookie:',
    '    name: route',
    '    secure: true',
    '    httpOnly: true',
    '    sameSite: none',
    '    maxAge: 172800',
    '    path: /',
    '    domain: example.com',
  ];
  return lines.map((line) => `${' '.repeat(column)}${line}\n`).join('');
}

/** A Service of a sample and how it is balanced. */
function served(column: number): string {
  const lines = ['port: 80', 'strategy: wrr'];
  return lines.map((line) => `${' '.repeat(column)}${line}\n`).join('') + everything(column);
}

export const TRAEFIK = {
  id: 'traefik',
  name: 'Traefik',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'traefik/traefik at fd5a576df2 (2026-07-24, v3.7), its release tags, and traefik/paerser at 368ce2e07',
  link: {
    title: 'Traefik: annotations of Ingresses and Services',
    url: 'https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/ingress/',
  },
  detection: { ingress: { controllers: ['traefik.io/ingress-controller'], classNames: ['traefik'] } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'router.entrypoints',
    'router.middlewares',
    'router.observability',
    'router.observability.accesslogs',
    'router.observability.metrics',
    'router.observability.tracing',
    'router.observability.traceVerbosity',
    'router.observability.traceverbosity',
    'router.pathmatcher',
    'router.priority',
    'router.rulesyntax',
    'router.tls',
    'router.tls.certresolver',
    'router.tls.domains.0.main',
    'router.tls.domains.0.sans',
    'router.tls.options',
    'service.middlewares',
    'service.passHostHeader',
    'service.passhostheader',
    'service.serversScheme',
    'service.serversTransport',
    'service.serversscheme',
    'service.serverstransport',
  ],
  families: [{ prefix: `${P}service.`, unknown: 'refused by the controller' }],
  settings: [...ANNOTATIONS, ...RESOURCES, ...NGINX_KEYS],
  sessionAffinity: {
    effect: 'ignored',
    what: 'Traefik balances to pods and never meets the virtual IP, unless nativeLB sends it there.',
    source: 'traefik/traefik pkg/provider/kubernetes/ingress/kubernetes.go loadService',
  },
  stickiness: [
    {
      by: 'cookie',
      when: [SWITCHED_ON],
      duration: { at: `${COOKIE}.maxage`, counts: 'since it was set' },
    },
    {
      by: 'source address',
      when: [{ at: 'spec.routes[].services[].strategy', is: ['hrw'] }],
    },
    {
      by: 'cookie',
      when: [{ at: 'spec.routes[].services[].sticky.cookie', written: true }],
      duration: { at: 'spec.routes[].services[].sticky.cookie.maxAge', counts: 'since it was set' },
    },
    {
      by: 'cookie',
      when: [{ at: 'spec.weighted.sticky.cookie', written: true }],
      duration: { at: 'spec.weighted.sticky.cookie.maxAge', counts: 'since it was set' },
    },
  ],
  targets: [
    {
      to: 'nodes',
      when: [
        { at: `${P}service.nodeportlb`, is: GO_TRUE },
        { at: 'spec.type', is: ['NodePort'] },
      ],
    },
    { to: 'the cluster IP', when: [{ at: `${P}service.nativelb`, is: GO_TRUE }] },
    { to: 'pods', when: [{ at: `${P}service.nativelb`, written: true }] },
    { to: 'pods', when: [], assumed: true },
  ],
  notes: [
    'What concerns an Ingress is read from two objects: keys under router. from the Ingress, keys under ' +
      'service. from the Service.',
    'Keys under service. are decoded as a whole: one that Traefik does not know, or a value that it cannot ' +
      'read, costs the whole backend, and only its log tells.',
    'Upper and lower case do not count in these keys.',
    'Every level that balances needs a cookie of its own: a weighted TraefikService, and the services in it.',
    'A route of an IngressRoute with several services splits requests among them without a cookie; a weighted ' +
      'TraefikService can have one.',
    'The option nativeLBByDefault sends everything to cluster IPs, which leaves cookies nothing to choose from.',
    'Since 3.5 (until 3.6.2 as an experiment) Traefik has a provider that reads annotations of ingress-nginx; ' +
      'it takes Ingresses whose class names the controller k8s.io/ingress-nginx, unless told otherwise.',
    'It does not implement sessionPersistence of Gateway API.',
    'Resources of the group traefik.containo.us went with 3.0.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: COOKIE, value: 'true' },
        { at: `${COOKIE}.name`, value: 'route' },
        { at: `${COOKIE}.httponly`, value: 'true' },
      ],
    },
  ],
  writesCookie: {
    on: 'Service',
    concepts: [
      'cookie switch',
      'cookie name',
      'cookie path',
      'cookie domain',
      'cookie lifetime',
      'cookie secure',
      'cookie http-only',
      'cookie same-site',
    ],
    write: writeCookie,
  },
  mistakes: [
    'the annotations on the Ingress and not on the Service (traefik/traefik#8569, #2392, #1068, #674)',
    'service.sticky without .cookie (traefik/traefik#6916, #6576)',
    'a misspelt key, which costs the whole backend (traefik/traefik#8013, #3011)',
    'a cookie together with nativeLB (traefik/traefik#10678)',
    'a cookie on one of several levels only (traefik/traefik#6883, #2431)',
    'sessionPersistence of Gateway API (traefik/traefik#11243, #12537)',
  ],
  samples: [
    {
      title: 'By a cookie, switched on and nothing else',
      manifest: `${SERVICE_HEAD}    traefik.ingress.kubernetes.io/service.sticky: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
${SERVICE_SPEC}`,
    },
    {
      title: 'By a cookie, with everything that can be set',
      manifest: `${SERVICE_HEAD}    traefik.ingress.kubernetes.io/service.sticky.cookie: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.name: "route"
    traefik.ingress.kubernetes.io/service.sticky.cookie.secure: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.httponly: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: "lax"
    traefik.ingress.kubernetes.io/service.sticky.cookie.maxage: "172800"
    traefik.ingress.kubernetes.io/service.sticky.cookie.path: "/"
    traefik.ingress.kubernetes.io/service.sticky.cookie.domain: "example.com"
${SERVICE_SPEC}`,
    },
    {
      title: 'A cookie for pages that other sites show',
      manifest: `${SERVICE_HEAD}    traefik.ingress.kubernetes.io/service.sticky.cookie.name: "route"
    traefik.ingress.kubernetes.io/service.sticky.cookie.samesite: "none"
    traefik.ingress.kubernetes.io/service.sticky.cookie.secure: "true"
${SERVICE_SPEC}`,
    },
    {
      title: 'Keys in the case of the fields, and others that have nothing to do with stickiness',
      manifest: `${SERVICE_HEAD}    traefik.ingress.kubernetes.io/service.serversscheme: h2c
    traefik.ingress.kubernetes.io/service.passhostheader: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.httpOnly: "true"
    traefik.ingress.kubernetes.io/service.sticky.cookie.sameSite: strict
    traefik.ingress.kubernetes.io/service.sticky.cookie.maxAge: "3600"
${SERVICE_SPEC}`,
    },
    {
      title: 'To the cluster IP, without a cookie',
      manifest: `${SERVICE_HEAD}    traefik.ingress.kubernetes.io/service.nativelb: "true"
${SERVICE_SPEC}`,
    },
    {
      title: 'To the nodes, without a cookie',
      manifest: `${SERVICE_HEAD}    traefik.ingress.kubernetes.io/service.nodeportlb: "true"
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'An Ingress with keys of its own',
      manifest: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    traefik.ingress.kubernetes.io/router.entrypoints: websecure
    traefik.ingress.kubernetes.io/router.tls: "true"
spec:
  ingressClassName: traefik
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
    {
      title: IN_ROUTE,
      manifest: `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: web
spec:
  entryPoints:
    - websecure
  routes:
    - match: Host(\`web.example.com\`)
      kind: Rule
      services:
        - name: web
${served(10)}`,
    },
    {
      title: 'IngressRoute: a cookie of which nothing is said',
      manifest: `apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata:
  name: web
spec:
  routes:
    - match: Host(\`web.example.com\`)
      kind: Rule
      services:
        - name: web
          port: 80
          sticky:
            cookie: {}
`,
    },
    {
      title: IN_WEIGHTED,
      manifest: `${TRAEFIK_SERVICE}  weighted:
    services:
      - name: web
        weight: 9
${served(8)}      - name: web-next
        weight: 1
        port: 80
${everything(4)}`,
    },
    { title: IN_MIRRORING, manifest: `${TRAEFIK_SERVICE}  mirroring:\n    name: web\n${served(4)}` },
    {
      title: IN_HASHED,
      manifest: `${TRAEFIK_SERVICE}  highestRandomWeight:
    services:
      - name: web
${served(8)}`,
    },
    {
      title: IN_FAILOVER,
      manifest: `${TRAEFIK_SERVICE}  failover:
    service:
      name: web
${served(6)}    fallback:
      name: sorry
      port: 80
    errors:
      status:
        - "500-599"
`,
    },
  ],
  source: 'traefik/traefik at fd5a576df2',
} as const satisfies ProductTable;
