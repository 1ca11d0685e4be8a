import { readIngress } from '../../kubernetes/ingress.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { nearest } from '../../text/nearest.ts';
import type { YamlNode } from '../../yaml/nodes.ts';
import { GO_TRUE } from '../grammar.ts';
import type {
  CookieSettings,
  NewSetting,
  ObjectKind,
  ProductTable,
  Requirement,
  Setting,
  ValueGrammar,
  ValueProblem,
} from '../product.ts';

const P = 'nginx.org/';

const PARSING = 'nginx/kubernetes-ingress internal/configs/parsing_helpers.go';

const TYPES =
  'nginx/kubernetes-ingress pkg/apis/configuration/v1/types.go SessionCookie; ' +
  'pkg/apis/configuration/validation/virtualserver.go validateSessionCookie';

const SERVERS: readonly ObjectKind[] = ['VirtualServer.k8s.nginx.org', 'VirtualServerRoute.k8s.nginx.org'];

/** What Go's `strconv.ParseBool` takes for true. */

const ON_CLUSTER_IP =
  'With use-cluster-ip NGINX knows one address only, the cluster IP, so its cookie has nothing to choose from.';

const LB_METHOD: ValueGrammar = { kind: 'own', what: 'a method such as least_conn or ip_hash', judge: judgeMethod };

const METHODS = [
  { value: 'random two least_conn', meaning: 'the less busy one of two' },
  { value: 'round_robin', meaning: 'in turn' },
  { value: 'least_conn', meaning: 'the least busy one' },
  { value: 'ip_hash', meaning: 'by the client’s address: sticky without a cookie' },
  { value: 'hash $remote_addr consistent', meaning: 'by a consistent hash of what is named: sticky without a cookie' },
] as const;

const ANNOTATIONS: readonly Setting[] = [
  {
    at: `${P}sticky-cookie-services`,
    objects: ['Ingress'],
    grammar: {
      kind: 'own',
      what: 'entries such as serviceName=web srv_id expires=1h path=/, parted by semicolons',
      judge: judgeServices,
    },
    onBadValue: 'refused by the controller',
    meaning: 'Which Services keep a client on its pod by a cookie, and how each cookie is called and made.',
    default: 'none',
    values: [{ value: 'serviceName=web srv_id expires=1h path=/', meaning: 'a cookie srv_id for Service web' }],
    notes: [
      'An entry is `serviceName=NAME COOKIE`, then `expires=`, `domain=`, `path=`, `samesite=`, `httponly`, `secure`.',
      'Semicolons part the entries: no blank behind one, and none at the end.',
      'Since 5.4 it works with open-source NGINX as well; before, it took NGINX Plus.',
      '`nginx.com/sticky-cookie-services` says the same with NGINX Plus only; this key wins where both are written.',
      'NGINX balances to pods, so `sessionAffinity` of the Service has no part in it.',
    ],
    conflicts: [
      {
        with: { at: `${P}use-cluster-ip`, is: GO_TRUE },
        outcome: 'ignored',
        why: ON_CLUSTER_IP,
        remove: 'other',
      },
      {
        with: { at: `${P}mergeable-ingress-type`, is: ['master'] },
        outcome: 'ignored',
        why: 'A master of mergeable Ingresses has no backends, so it is dropped there; it belongs to the minions.',
        remove: 'this',
      },
    ],
    misplaced: [
      {
        on: 'Service',
        outcome: 'ignored',
        why: 'The controller reads it from the Ingress that leads to the Service.',
      },
    ],
    source: `${PARSING} ParseStickyServiceList; internal/k8s/validation.go; internal/configs/annotations.go`,
    cases: [
      { bad: 'serviceName=web srv_id expires=1h;', fixed: 'serviceName=web srv_id expires=1h' },
      {
        bad: 'serviceName=web srv_id path=/; serviceName=api api_id path=/api',
        fixed: 'serviceName=web srv_id path=/;serviceName=api api_id path=/api',
      },
      { bad: 'web srv_id', fixed: 'serviceName=web srv_id' },
      { bad: 'serviceName=web' },
      { bad: 'serviceName=web srv_id domain=$host' },
      { bad: 'cookie' },
      { bad: 'serviceName=webb srv_id', fixed: 'serviceName=web srv_id' },
      { bad: 'serviceName=web srv_id HttpOnly', fixed: 'serviceName=web srv_id httponly' },
      { bad: 'serviceName=web srv_id max-age=3600' },
      {
        bad: 'serviceName=web srv_id,serviceName=api api_id',
        fixed: 'serviceName=web srv_id;serviceName=api api_id',
      },
      { good: 'serviceName=web srv_id' },
      { good: 'serviceName=api api_id expires=max domain=.example.com path=/ samesite=strict httponly secure' },
      { beside: { at: `${P}use-cluster-ip`, value: 'true' }, rule: 'settings-contradict', mended: 'as it was' },
      {
        beside: { at: `${P}mergeable-ingress-type`, value: 'master' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}lb-method`,
    objects: ['Ingress'],
    grammar: LB_METHOD,
    onBadValue: 'refused by the controller',
    meaning: 'How a pod is chosen for a client without a cookie.',
    default: 'random two least_conn',
    values: METHODS,
    notes: ['The methods with `least_time` take NGINX Plus.'],
    source: `${PARSING} ParseLBMethod, ParseLBMethodForPlus`,
    cases: [
      { sample: 'By the client’s address', bad: 'ip-hash', fixed: 'ip_hash' },
      { sample: 'By the client’s address', bad: 'iphash', fixed: 'ip_hash' },
      { sample: 'By the client’s address', bad: 'hash' },
      { sample: 'By the client’s address', good: 'hash $cookie_session consistent' },
    ],
  },
  {
    at: `${P}use-cluster-ip`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'refused by the controller',
    meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
    default: 'false',
    notes: ['It makes cookies and hashes useless: there is one target only.'],
    source: 'nginx/kubernetes-ingress internal/configs/annotations.go; internal/k8s/validation.go',
    cases: [{ sample: 'To the cluster IP, without a cookie', bad: 'on', fixed: 'true' }],
  },
];

const UPSTREAM = 'spec.upstreams[]';
const COOKIE = `${UPSTREAM}.sessionCookie`;

const NEEDS_SWITCH: Requirement = {
  needs: { at: `${COOKIE}.enable`, written: true },
  outcome: 'ignored',
  why: 'Without enable: true NGINX sets no cookie, whatever else is said of it.',
  offers: [{ set: [{ at: `${COOKIE}.enable`, value: 'true' }] }],
};

/** What the API server's definition types and the controller judges. */
const CHECKED = { objects: SERVERS, onBadValue: 'refused by the controller', source: TYPES } as const;

const UPSTREAMS: readonly Setting[] = [
  {
    ...CHECKED,
    at: COOKIE,
    grammar: { kind: 'object', closed: true },
    meaning: 'Keeps a client on its pod by a cookie.',
    notes: ['Since 5.4 it works with open-source NGINX as well; before, it took NGINX Plus.'],
    requires: [
      {
        needs: { at: `${COOKIE}.name`, written: true },
        outcome: 'refused by the controller',
        why: 'The controller wants a name for the cookie, even of one that is switched off, and refuses the resource.',
        offers: [{ set: [{ at: `${COOKIE}.name`, value: 'srv_id' }] }],
      },
    ],
    cases: [{ without: `${COOKIE}.name`, rule: 'setting-companion-missing', mended: 'as it was' }],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.enable`,
    grammar: { kind: 'boolean' },
    off: 'false',
    meaning: 'Whether NGINX sets the cookie.',
    default: 'false',
    conflicts: [
      {
        when: ['true'],
        with: { at: `${UPSTREAM}.use-cluster-ip`, is: ['true'] },
        outcome: 'ignored',
        why: ON_CLUSTER_IP,
        remove: 'other',
      },
    ],
    concept: 'cookie switch',
    cases: [
      { bad: 'enabled', fixed: 'true' },
      {
        beside: { at: `${UPSTREAM}.use-cluster-ip`, value: 'true' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.name`,
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: 'letters, digits and _',
      pattern: /^[_A-Za-z0-9]+$/,
    },
    meaning: 'The name of the cookie; it must have one.',
    values: [{ value: 'srv_id', meaning: 'the name that the controller’s own example uses' }],
    requires: [NEEDS_SWITCH],
    concept: 'cookie name',
    cases: [
      { bad: 'my-cookie' },
      { bad: 'my cookie' },
      { good: 'JSESSIONID' },
      { without: `${COOKIE}.enable`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.path`,
    grammar: {
      kind: 'text',
      what: 'a path',
      allowed: 'beginning with one /, without blanks, braces, semicolons, backslashes and ..',
      pattern: /^\/(?!\/)(?!(?:[^\s{};\\]*\/)?\.\.(?:\/|$))[^\s{};\\]*$/,
    },
    meaning: 'The path for which a browser sends the cookie back.',
    default: 'the path of the request',
    values: [{ value: '/', meaning: 'every path of the host' }],
    requires: [NEEDS_SWITCH],
    concept: 'cookie path',
    cases: [{ bad: 'tea' }, { bad: '/; Secure' }, { bad: '//tea' }, { bad: '/a/../b' }, { good: '/tea' }],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.expires`,
    grammar: { kind: 'duration', dialect: 'nginx' },
    meaning: 'For how long a browser keeps the cookie.',
    default: 'as long as the browser session',
    values: [
      { value: '1h', meaning: '1 hour' },
      { value: '2h', meaning: '2 hours' },
      { value: 'max', meaning: 'until the end of 2037' },
    ],
    notes: ['A number alone means seconds, in quotes.'],
    requires: [NEEDS_SWITCH],
    concept: 'cookie lifetime',
    cases: [{ bad: '1 hour' }, { bad: 'never' }, { good: '1h 30m' }, { good: 'max' }],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.domain`,
    grammar: {
      kind: 'text',
      what: 'a domain',
      allowed: 'lower-case letters, digits, - and ., with or without a . in front',
      pattern: /^\.?[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/,
      maximumLength: 254,
    },
    meaning: 'The domain for whose hosts a browser sends the cookie back.',
    default: 'the host of the request alone',
    requires: [NEEDS_SWITCH],
    concept: 'cookie domain',
    cases: [{ bad: '*.example.com' }, { bad: 'Example.com' }, { good: 'example.com' }],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.httpOnly`,
    grammar: { kind: 'boolean' },
    meaning: 'Whether scripts in a page cannot read the cookie.',
    default: 'false',
    requires: [NEEDS_SWITCH],
    concept: 'cookie http-only',
    cases: [{ bad: 'always' }],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.secure`,
    grammar: { kind: 'boolean' },
    meaning: 'Whether a browser sends the cookie over HTTPS only.',
    default: 'false',
    requires: [NEEDS_SWITCH],
    concept: 'cookie secure',
    cases: [{ bad: 'enabled', fixed: 'true' }],
  },
  {
    ...CHECKED,
    at: `${COOKIE}.samesite`,
    grammar: { kind: 'word', words: ['strict', 'lax', 'none'], anyCase: true },
    meaning: 'Whether a browser sends the cookie along when another site leads to this one.',
    default: 'the browser’s own choice',
    values: [
      { value: 'lax', meaning: 'with links from other sites as well' },
      { value: 'strict', meaning: 'never from another site' },
      { value: 'none', meaning: 'always; needs secure' },
    ],
    spellings: [{ at: `${COOKIE}.sameSite`, status: 'wrong' }],
    requires: [NEEDS_SWITCH],
    concept: 'cookie same-site',
    cases: [{ bad: 'laxx', fixed: 'lax' }, { bad: 'same-origin' }, { good: 'Strict' }],
  },
  {
    ...CHECKED,
    at: `${UPSTREAM}.lb-method`,
    grammar: LB_METHOD,
    meaning: 'How a pod is chosen for a client without a cookie.',
    default: 'random two least_conn',
    values: METHODS,
    notes: ['The methods with `least_time` take NGINX Plus.'],
    source: `${PARSING} ParseLBMethod, ParseLBMethodForPlus`,
    cases: [{ bad: 'ip-hash', fixed: 'ip_hash' }, { bad: 'sticky' }, { good: 'hash $cookie_session consistent' }],
  },
  {
    ...CHECKED,
    at: `${UPSTREAM}.use-cluster-ip`,
    grammar: { kind: 'boolean' },
    off: 'false',
    meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
    default: 'false',
    source: 'nginx/kubernetes-ingress pkg/apis/configuration/v1/types.go Upstream',
  },
];

const HEAD = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
`;

const SPEC = `spec:
  ingressClassName: nginx
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
          - path: /api
            pathType: Prefix
            backend:
              service:
                name: api
                port:
                  number: 80
`;

const VIRTUAL_SERVER = `apiVersion: k8s.nginx.org/v1
kind: VirtualServer
metadata:
  name: web
spec:
  host: web.example.com
  upstreams:
    - name: web
      service: web
      port: 80
`;

const ROUTES = `  routes:
    - path: /
      action:
        pass: web
`;

export const NGINX_INC = {
  id: 'nginx-inc',
  name: 'NGINX Ingress Controller (F5)',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'nginx/kubernetes-ingress at 0eb3072d1 (2026-08-21, on the way to 5.6)',
  link: {
    title: 'NGINX Ingress Controller: documentation',
    url: 'https://docs.nginx.com/nginx-ingress-controller/',
  },
  detection: { ingress: { controllers: ['nginx.org/ingress-controller'], classNames: ['nginx'] } },
  annotationPrefixes: [P, 'nginx.com/'],
  otherAnnotations: [
    'add-header',
    'add-header-inherit',
    'app-root',
    'basic-auth-realm',
    'basic-auth-secret',
    'client-body-buffer-size',
    'client-max-body-size',
    'custom-http-errors',
    'fail-timeout',
    'grpc-services',
    'health-checks',
    'health-checks-mandatory',
    'health-checks-mandatory-queue',
    'hsts',
    'hsts-behind-proxy',
    'hsts-include-subdomains',
    'hsts-max-age',
    'http-redirect-code',
    'jwt-key',
    'jwt-login-url',
    'jwt-realm',
    'jwt-token',
    'keepalive',
    'limit-req-burst',
    'limit-req-delay',
    'limit-req-dry-run',
    'limit-req-key',
    'limit-req-log-level',
    'limit-req-no-delay',
    'limit-req-rate',
    'limit-req-reject-code',
    'limit-req-scale',
    'limit-req-zone-size',
    'listen-ports',
    'listen-ports-ssl',
    'location-snippets',
    'max-conns',
    'max-fails',
    'mergeable-ingress-type',
    'path-regex',
    'policies',
    'proxy-buffer-size',
    'proxy-buffering',
    'proxy-buffers',
    'proxy-busy-buffers-size',
    'proxy-connect-timeout',
    'proxy-hide-headers',
    'proxy-max-temp-file-size',
    'proxy-next-upstream',
    'proxy-next-upstream-timeout',
    'proxy-next-upstream-tries',
    'proxy-pass-headers',
    'proxy-read-timeout',
    'proxy-redirect-from',
    'proxy-redirect-to',
    'proxy-send-timeout',
    'proxy-set-headers',
    'redirect-to-https',
    'rewrite-target',
    'rewrites',
    'server-snippets',
    'server-tokens',
    'slow-start',
    'ssl-ciphers',
    'ssl-prefer-server-ciphers',
    'ssl-redirect',
    'ssl-services',
    'upstream-zone-size',
    'websocket-services',
  ],
  families: [{ prefix: `${P}sticky-`, unknown: 'depends' }],
  settings: [...ANNOTATIONS, ...UPSTREAMS],
  sessionAffinity: {
    effect: 'ignored',
    what: 'NGINX balances to pods and never meets the virtual IP, unless use-cluster-ip sends it there.',
    source: 'nginx/kubernetes-ingress internal/configs/ingress.go createUpstream',
  },
  stickiness: [
    { by: 'cookie', when: [{ at: `${P}sticky-cookie-services`, written: true }] },
    { by: 'source address', when: [{ at: `${P}lb-method`, is: ['ip_hash'] }] },
    { by: 'consistent hash', when: [{ at: `${P}lb-method`, matches: /^\s*hash / }] },
    {
      by: 'cookie',
      when: [{ at: `${COOKIE}.enable`, is: ['true'] }],
      duration: { at: `${COOKIE}.expires`, counts: 'since it was set' },
    },
    { by: 'source address', when: [{ at: `${UPSTREAM}.lb-method`, is: ['ip_hash'] }] },
    { by: 'consistent hash', when: [{ at: `${UPSTREAM}.lb-method`, matches: /^\s*hash / }] },
  ],
  targets: [
    { to: 'the cluster IP', when: [{ at: `${P}use-cluster-ip`, is: GO_TRUE }] },
    { to: 'the cluster IP', when: [{ at: `${UPSTREAM}.use-cluster-ip`, is: ['true'] }] },
    { to: 'pods', when: [] },
  ],
  notes: [
    'It does not read annotations of ingress-nginx (nginx.ingress.kubernetes.io/), although both classes are ' +
      'mostly called nginx.',
    'A value that it does not accept costs the whole Ingress or VirtualServer, with an event.',
    'Of mergeable Ingresses, the minions say which Services are sticky; a master cannot.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Ingress',
      set: [{ at: `${P}sticky-cookie-services`, value: 'serviceName=web srv_id expires=1h path=/' }],
    },
    {
      title: 'by the client’s address',
      on: 'Ingress',
      set: [{ at: `${P}lb-method`, value: 'ip_hash' }],
    },
  ],
  writesCookie: {
    on: 'Ingress',
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
    'annotations of ingress-nginx (nginx/kubernetes-ingress#500, #1191, #1431, #2191)',
    'the annotation of NGINX Plus with open-source NGINX (nginx/kubernetes-ingress#1431)',
    'mergeable Ingresses without a session that lasts (nginx/kubernetes-ingress#1600)',
  ],
  samples: [
    {
      title: 'By a cookie of each Service',
      manifest: `${HEAD}    nginx.org/sticky-cookie-services: "serviceName=web srv_id expires=1h;serviceName=api api_id"
${SPEC}`,
    },
    {
      title: 'By a cookie, with NGINX Plus',
      manifest: `${HEAD}    nginx.com/sticky-cookie-services: "serviceName=web srv_id expires=1h path=/"
    nginx.com/slow-start: "30s"
${SPEC}`,
    },
    {
      title: 'By the client’s address',
      manifest: `${HEAD}    nginx.org/lb-method: "ip_hash"
${SPEC}`,
    },
    {
      title: 'To the cluster IP, without a cookie',
      manifest: `${HEAD}    nginx.org/use-cluster-ip: "true"
${SPEC}`,
    },
    {
      title: 'A VirtualServer with everything that can be set',
      manifest: `${VIRTUAL_SERVER}      lb-method: least_conn
      sessionCookie:
        enable: true
        name: srv_id
        path: /
        expires: 1h
        domain: .example.com
        httpOnly: true
        secure: true
        samesite: lax
${ROUTES}`,
    },
    {
      title: 'A cookie for pages that other sites show',
      manifest: `${VIRTUAL_SERVER}      sessionCookie:
        enable: true
        name: srv_id
        samesite: none
        secure: true
${ROUTES}`,
    },
    {
      title: 'A cookie that is switched off',
      manifest: `${VIRTUAL_SERVER}      use-cluster-ip: true
      sessionCookie:
        enable: false
        name: srv_id
        path: /
${ROUTES}`,
    },
    {
      title: 'A VirtualServerRoute',
      manifest: `apiVersion: k8s.nginx.org/v1
kind: VirtualServerRoute
metadata:
  name: web
spec:
  host: web.example.com
  upstreams:
    - name: web
      service: web
      port: 80
      sessionCookie:
        enable: true
        name: srv_id
        path: /web
  subroutes:
    - path: /web
      action:
        pass: web
`,
    },
  ],
  source: 'nginx/kubernetes-ingress at 0eb3072d1',
} as const satisfies ProductTable;

/** One entry for each Service; each cookie must have a name. */
function writeCookie(cookie: CookieSettings, services: readonly string[]): NewSetting[] {
  const { name = 'srv_id', path, domain, seconds, secure, httpOnly, sameSite } = cookie;
  const parameters = [
    ...(seconds === undefined || seconds <= 0 ? [] : [`expires=${seconds}s`]),
    ...(domain === undefined ? [] : [`domain=${domain}`]),
    ...(httpOnly === true ? ['httponly'] : []),
    ...(sameSite === undefined ? [] : [`samesite=${sameSite}`]),
    ...(secure === true ? ['secure'] : []),
    ...(path === undefined ? [] : [`path=${path}`]),
  ];
  const entries = services.map((service) => [`serviceName=${service}`, name, ...parameters].join(' '));
  return [{ at: `${P}sticky-cookie-services`, value: entries.join(';') }];
}

/** Without `hash`, which takes a key. */
const PLAIN_METHODS = [
  'round_robin',
  'least_conn',
  'ip_hash',
  'random',
  'random two',
  'random two least_conn',
  'random two least_time=header',
  'random two least_time=last_byte',
  'least_time header',
  'least_time last_byte',
  'least_time header inflight',
  'least_time last_byte inflight',
];

/** Source: internal/configs/parsing_helpers.go, ParseLBMethod and ParseLBMethodForPlus. */
function judgeMethod(text: string): ValueProblem | undefined {
  const method = text.trim();
  if (PLAIN_METHODS.includes(method) || /^hash [^ ]*(?: consistent)?$/.test(method)) {
    return undefined;
  }
  const meant = nearest(method, PLAIN_METHODS);
  const expected = 'round_robin, least_conn, ip_hash, random, random two least_conn or hash KEY [consistent]';
  return meant === undefined ? { expected } : { expected, meant };
}

const ENTRIES = 'entries such as serviceName=web srv_id expires=1h path=/, parted by semicolons without blanks';

const PARAMETER = /^(?:(?:expires|domain|path|samesite)=.*|httponly|secure)$/;

/**
 * What is wrong with `sticky-cookie-services`: first what the controller refuses, then what NGINX itself would not
 * understand, then Services to which the Ingress does not lead.
 *
 * Source: internal/configs/parsing_helpers.go, parseStickyService.
 */
function judgeServices(text: string, resource: Resource): ValueProblem | undefined {
  const backends = backendsOf(resource);
  const entries = text.split(';');
  if (!entries.every(isEntry)) {
    const meant = entries.map((entry) => meantEntry(entry, backends)).filter((entry) => entry !== '');
    return meant.length > 0 && meant.every(isEntry)
      ? { expected: ENTRIES, meant: meant.join(';') }
      : { expected: ENTRIES };
  }
  if (/[,\s]serviceName=/.test(text)) {
    return { expected: ENTRIES, meant: text.replace(/(?<![,\s])[,\s]+(?=serviceName=)/g, ';'), outcome: 'depends' };
  }
  const parameters = entries.flatMap((entry) => entry.split(' ').slice(2)).filter((word) => word !== '');
  const unknown = parameters.filter((word) => !PARAMETER.test(word));
  if (unknown.length > 0) {
    const expected = 'the parameters expires=, domain=, path=, samesite=, httponly and secure';
    const isCase = unknown.every((word) => PARAMETER.test(lowerKey(word)));
    const meant = text.replace(/[^ ;]+/g, (word) => (unknown.includes(word) ? lowerKey(word) : word));
    return { expected, outcome: 'depends', ...(isCase ? { meant } : {}) };
  }
  return strangers(entries, backends);
}

function isEntry(entry: string): boolean {
  const [first = '', ...rest] = entry.split(' ');
  return rest.length > 0 && first.split('=').length === 2 && /^(?:[^"$\\]|\\[^$])*$/.test(rest.join(' '));
}

/** The entry without the blanks around it, and with the word in front that a bare name of a Service needs. */
function meantEntry(entry: string, backends: readonly string[] | undefined): string {
  const trimmed = entry.trim();
  const [first = ''] = trimmed.split(' ');
  return backends?.includes(first) === true ? `serviceName=${trimmed}` : trimmed;
}

function lowerKey(word: string): string {
  const equals = word.indexOf('=');
  return equals === -1 ? word.toLowerCase() : word.slice(0, equals).toLowerCase() + word.slice(equals);
}

/** Entries for Services to which the Ingress does not lead are never looked at. */
function strangers(entries: readonly string[], backends: readonly string[] | undefined): ValueProblem | undefined {
  const names = entries.map((entry) => entry.slice(entry.indexOf('=') + 1, entry.indexOf(' ')));
  const unknown = backends === undefined ? [] : names.filter((name) => !backends.includes(name));
  if (backends === undefined || backends.length === 0 || unknown.length === 0) {
    return undefined;
  }
  const expected = `Services to which the Ingress leads (${[...new Set(backends)].join(', ')})`;
  const repaired = entries.map((entry, index) => {
    const name = names[index] ?? '';
    const meant = unknown.includes(name) ? nearest(name, backends) : name;
    return meant === undefined ? undefined : entry.replace(`=${name} `, `=${meant} `);
  });
  return repaired.includes(undefined)
    ? { expected, outcome: 'ignored' }
    : { expected, outcome: 'ignored', meant: repaired.join(';') };
}

/** The Services to which an Ingress leads; undefined where a template or an alias may name others. */
function backendsOf(resource: Resource): string[] | undefined {
  const backends = readIngress(resource)?.backends ?? [];
  const names = backends.flatMap(({ serviceName }) => (serviceName.kind === 'value' ? [serviceName.value] : []));
  const isKnown = resource.view === 'whole' && resource.spec !== undefined && isClosed(resource.spec);
  return names.length < backends.length || !isKnown ? undefined : names;
}

function isClosed(node: YamlNode): boolean {
  switch (node.kind) {
    case 'mapping':
      return !node.open && node.pairs.every(({ value }) => isClosed(value));
    case 'sequence':
      return !node.open && node.items.every(isClosed);
    case 'scalar':
      return true;
    case 'alias':
      return false;
  }
}
