import { GO_TRUE } from '../grammar.ts';
import type { Condition, CookieSettings, NewSetting, ProductTable, Requirement, Setting } from '../product.ts';

const P = 'nginx.ingress.kubernetes.io/';

const SOURCE = 'kubernetes/ingress-nginx internal/ingress/annotations/sessionaffinity/main.go';

/** Every cookie setting is read only where the affinity is on. */
const NEEDS_AFFINITY: Requirement = {
  needs: { at: `${P}affinity`, is: ['cookie'] },
  outcome: 'ignored',
  why: 'Without affinity: cookie the controller sets no cookie, and no event tells.',
  offers: [{ set: [{ at: `${P}affinity`, value: 'cookie' }] }],
};

const NEEDED = { without: `${P}affinity`, rule: 'setting-companion-missing', mended: 'as it was' } as const;

/** What Go's `strconv.ParseBool` takes for true. */

/** What sends traffic past the upstream in which nginx would choose a pod. */
const TO_CLUSTER_IP: Condition = { at: `${P}service-upstream`, is: GO_TRUE };
const PASS_THROUGH: Condition = { at: `${P}ssl-passthrough`, is: GO_TRUE };

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}affinity`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: ['cookie'], on: 'cookie' },
    onBadValue: 'ignored',
    meaning: 'Switches on the cookie that keeps a client on its pod, for all paths of the Ingress.',
    default: 'off',
    values: [{ value: 'cookie', meaning: 'keep a client on its pod by a cookie' }],
    notes: [
      'Anything but the exact word `cookie` leaves it off, and nothing tells.',
      'Without other settings the cookie is called INGRESSCOOKIE and lasts as long as the browser session.',
      'nginx balances to pods, so `sessionAffinity` of the Service has no part in it.',
    ],
    spellings: [{ at: 'ingress.kubernetes.io/affinity', status: 'no longer read' }],
    misplaced: [
      {
        on: 'Service',
        outcome: 'ignored',
        why: 'ingress-nginx reads it from the Ingress that leads to the Service.',
      },
    ],
    conflicts: [
      {
        with: TO_CLUSTER_IP,
        outcome: 'ignored',
        why:
          'With service-upstream nginx knows one address only, the cluster IP, so its cookie has nothing to ' +
          'choose from.',
        remove: 'other',
      },
      {
        with: PASS_THROUGH,
        outcome: 'ignored',
        why: 'With ssl-passthrough nginx never sees a request, so it can neither set nor read a cookie.',
        remove: 'neither',
      },
      {
        with: { at: `${P}upstream-hash-by`, written: true },
        outcome: 'depends',
        why: 'The cookie wins: the hash decides nothing.',
        remove: 'other',
      },
    ],
    concept: 'cookie switch',
    source: SOURCE,
    cases: [
      { bad: 'true', fixed: 'cookie' },
      { bad: 'Cookie', fixed: 'cookie' },
      { bad: 'cookies', fixed: 'cookie' },
      { bad: 'ip' },
      { beside: { at: `${P}service-upstream`, value: 'true' }, rule: 'settings-contradict', mended: 'as it was' },
      { beside: { at: `${P}ssl-passthrough`, value: 'true' }, rule: 'settings-contradict', mended: 'by hand' },
      {
        beside: { at: `${P}upstream-hash-by`, value: '$request_uri' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}affinity-mode`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: ['balanced', 'persistent'] },
    onBadValue: 'ignored',
    meaning: 'Whether clients may be moved when pods are added.',
    default: 'balanced',
    values: [
      { value: 'persistent', meaning: 'a client is never moved while its pod lives' },
      { value: 'balanced', meaning: 'some are moved when pods are added' },
    ],
    requires: [NEEDS_AFFINITY],
    source: SOURCE,
    cases: [{ bad: 'sticky' }, { bad: 'Persistent', fixed: 'persistent' }, NEEDED],
  },
  {
    at: `${P}affinity-canary-behavior`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: ['sticky', 'legacy'] },
    onBadValue: 'ignored',
    meaning: 'Whether a client that a canary served stays with it.',
    default: 'sticky',
    values: [
      { value: 'sticky', meaning: 'it stays; the canary takes over the affinity of the main Ingress' },
      { value: 'legacy', meaning: 'the affinity has no part in the choice of the canary' },
    ],
    notes: ['It stands on the Ingress of the canary, which needs no `affinity` of its own.'],
    requires: [
      {
        when: ['legacy'],
        needs: { at: `${P}canary`, is: GO_TRUE },
        outcome: 'ignored',
        why: 'It is read from the Ingress of a canary only, and this is none.',
        remove: 'first',
      },
      {
        when: ['sticky'],
        needs: { at: `${P}canary`, is: GO_TRUE },
        outcome: 'advice',
        why: 'It is read from the Ingress of a canary only, and this is none; there sticky is the default.',
        remove: 'first',
      },
    ],
    source: `${SOURCE}; internal/ingress/controller/controller.go mergeAlternativeBackend`,
    cases: [
      { sample: 'A canary that keeps its clients', bad: 'Legacy', fixed: 'legacy' },
      {
        sample: 'A canary that keeps its clients',
        without: `${P}canary`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}session-cookie-name`,
    objects: ['Ingress'],
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: 'letters, digits and / - . _ ~ :',
      pattern: /^[/\-._~a-zA-Z0-9:]*$/,
    },
    onBadValue: 'default instead',
    meaning: 'The name of the cookie.',
    default: 'INGRESSCOOKIE',
    values: [{ value: 'route', meaning: 'the name that the controller’s own example uses' }],
    spellings: [{ at: 'ingress.kubernetes.io/session-cookie-name', status: 'no longer read' }],
    requires: [NEEDS_AFFINITY],
    concept: 'cookie name',
    source: SOURCE,
    cases: [{ bad: 'my cookie' }, { good: 'JSESSIONID' }, NEEDED],
  },
  {
    at: `${P}session-cookie-max-age`,
    objects: ['Ingress'],
    grammar: { kind: 'integer', unit: 'seconds' },
    onBadValue: 'ignored',
    meaning: 'For how many seconds a browser keeps the cookie.',
    default: 'as long as the browser session',
    values: [
      { value: '3600', meaning: '1 hour' },
      { value: '10800', meaning: '3 hours' },
      { value: '172800', meaning: '2 days' },
    ],
    notes: ['The cookie is not renewed: it ends so long after the first request.'],
    requires: [NEEDS_AFFINITY],
    concept: 'cookie lifetime',
    source: SOURCE,
    cases: [{ bad: '48h', fixed: '172800' }, { bad: '3600s', fixed: '3600' }, { bad: 'day' }, { good: '0' }, NEEDED],
  },
  {
    at: `${P}session-cookie-expires`,
    objects: ['Ingress'],
    grammar: { kind: 'integer', unit: 'seconds' },
    onBadValue: 'ignored',
    meaning: 'The same as `session-cookie-max-age`, for browsers that only know `Expires`; in seconds.',
    values: [
      { value: '3600', meaning: '1 hour' },
      { value: '172800', meaning: '2 days' },
    ],
    requires: [NEEDS_AFFINITY],
    source: SOURCE,
    cases: [{ bad: '1h', fixed: '3600' }, NEEDED],
  },
  {
    at: `${P}session-cookie-path`,
    objects: ['Ingress'],
    grammar: {
      kind: 'text',
      what: 'a path',
      allowed: 'letters, digits and / - . _ ~ : , ? & =',
      pattern: /^[/\-._~a-zA-Z0-9:,?&=]*$/,
    },
    onBadValue: 'ignored',
    meaning: 'The path for which a browser sends the cookie back.',
    default: 'the path of the rule, which no browser understands where it is a regular expression',
    values: [{ value: '/', meaning: 'every path of the host' }],
    requires: [NEEDS_AFFINITY],
    concept: 'cookie path',
    source: SOURCE,
    cases: [{ bad: '/app(/|$)(.*)' }, { bad: '/; Secure' }, { good: '/app' }, NEEDED],
  },
  {
    at: `${P}session-cookie-domain`,
    objects: ['Ingress'],
    grammar: {
      kind: 'text',
      what: 'a domain',
      allowed: 'letters, digits and / - . _ ~ :',
      pattern: /^[/\-._~a-zA-Z0-9:]*$/,
    },
    onBadValue: 'ignored',
    meaning: 'The domain for whose hosts a browser sends the cookie back.',
    default: 'the host of the request alone',
    requires: [NEEDS_AFFINITY],
    concept: 'cookie domain',
    source: SOURCE,
    cases: [{ bad: '*.example.com' }, { good: 'example.com' }, NEEDED],
  },
  {
    at: `${P}session-cookie-secure`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'ignored',
    meaning: 'Whether a browser sends the cookie over HTTPS only; left out, that depends on the request.',
    default: 'as the request came',
    offMeansDefault: true,
    requires: [NEEDS_AFFINITY],
    concept: 'cookie secure',
    source: SOURCE,
    cases: [{ bad: 'on', fixed: 'true' }, NEEDED],
  },
  {
    at: `${P}session-cookie-samesite`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: ['None', 'Lax', 'Strict'], anyCase: true },
    onBadValue: 'ignored',
    meaning: 'Whether a browser sends the cookie along when another site leads to this one.',
    notes: ['Browsers drop a cookie with `None` that is not `Secure`.'],
    requires: [NEEDS_AFFINITY],
    concept: 'cookie same-site',
    source: `${SOURCE}; rootfs/etc/nginx/lua/balancer/sticky.lua`,
    cases: [{ bad: 'No' }, { bad: 'Laxx', fixed: 'Lax' }, { good: 'Strict' }, NEEDED],
  },
  {
    at: `${P}session-cookie-conditional-samesite-none`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'ignored',
    meaning: 'Whether `SameSite=None` is left out for browsers that are known to mishandle it.',
    default: 'false',
    requires: [
      NEEDS_AFFINITY,
      {
        needs: { at: `${P}session-cookie-samesite`, is: ['None'] },
        outcome: 'ignored',
        why: 'The controller compares with the exact word None; with anything else this setting is never looked at.',
        offers: [{ set: [{ at: `${P}session-cookie-samesite`, value: 'None' }] }],
        remove: 'last',
      },
    ],
    source: 'kubernetes/ingress-nginx rootfs/etc/nginx/lua/balancer/sticky.lua set_cookie',
    cases: [
      { sample: 'A cookie for pages that other sites show', bad: 'yes', fixed: 'true' },
      {
        sample: 'A cookie for pages that other sites show',
        without: `${P}session-cookie-samesite`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}session-cookie-change-on-failure`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'ignored',
    meaning: 'Whether a client moves to another pod once a request to its own failed.',
    default: 'false',
    requires: [NEEDS_AFFINITY],
    source: SOURCE,
    cases: [{ bad: 'enabled', fixed: 'true' }, NEEDED],
  },
  {
    at: `${P}session-cookie-hash`,
    objects: ['Ingress'],
    grammar: { kind: 'text', what: 'text' },
    onBadValue: 'ignored',
    meaning: 'How the pod was written into the cookie, long ago.',
    spellings: [{ at: 'ingress.kubernetes.io/session-cookie-hash', status: 'no longer read' }],
    removed: 'It went with release 0.24 and does nothing since; take it out.',
    source: 'absent from the current source; kubernetes/ingress-nginx#2677',
    cases: [
      { beside: { at: `${P}session-cookie-hash`, value: 'sha1' }, rule: 'annotation-outdated', mended: 'as it was' },
    ],
  },
  {
    at: `${P}upstream-hash-by`,
    objects: ['Ingress'],
    grammar: {
      kind: 'text',
      what: 'variables and plain text',
      allowed: 'letters, digits and - _ $ { }',
      pattern: /^[A-Za-z0-9\-_${}]*$/,
    },
    onBadValue: 'refused by the controller',
    meaning: 'What of a request decides the pod, by a consistent hash.',
    values: [
      { value: '$binary_remote_addr', meaning: 'the client’s address' },
      { value: '$cookie_session', meaning: 'a cookie of the application' },
    ],
    notes: ['Needs `annotations-risk-level: High` in the controller’s settings.', 'A cookie affinity wins over it.'],
    spellings: [{ at: 'ingress.kubernetes.io/upstream-hash-by', status: 'no longer read' }],
    conflicts: [
      {
        with: TO_CLUSTER_IP,
        outcome: 'ignored',
        why:
          'With service-upstream nginx knows one address only, the cluster IP, so the hash has nothing to choose ' +
          'from.',
        remove: 'other',
      },
    ],
    concept: 'hash key',
    source: 'kubernetes/ingress-nginx internal/ingress/annotations/upstreamhashby/main.go',
    cases: [
      { sample: 'By a hash of the address', bad: '$remote_addr:80' },
      {
        sample: 'By a hash of the address',
        beside: { at: `${P}service-upstream`, value: 'true' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}upstream-hash-by-subset`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'refused by the controller',
    meaning: 'Whether the hash leads to a group of pods and not to one.',
    default: 'false',
    requires: [
      {
        needs: { at: `${P}upstream-hash-by`, written: true },
        outcome: 'ignored',
        why: 'Without upstream-hash-by there is no hash whose groups it could choose.',
        remove: 'first',
      },
    ],
    source: 'kubernetes/ingress-nginx internal/ingress/annotations/upstreamhashby/main.go',
    cases: [
      { sample: 'By a hash, to a group of pods', bad: 'yes', fixed: 'true' },
      {
        sample: 'By a hash, to a group of pods',
        without: `${P}upstream-hash-by`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}upstream-hash-by-subset-size`,
    objects: ['Ingress'],
    grammar: { kind: 'integer', minimum: 0 },
    onBadValue: 'refused by the controller',
    meaning: 'How many pods a group has.',
    default: '3',
    requires: [
      {
        whileTrue: [{ at: `${P}upstream-hash-by`, written: true }],
        needs: { at: `${P}upstream-hash-by-subset`, is: ['true'] },
        outcome: 'ignored',
        why: 'It is the size of groups that are only made with upstream-hash-by-subset.',
        offers: [{ set: [{ at: `${P}upstream-hash-by-subset`, value: 'true' }] }],
      },
    ],
    source: 'kubernetes/ingress-nginx internal/ingress/annotations/upstreamhashby/main.go',
    cases: [
      { sample: 'By a hash, to a group of pods', bad: 'three' },
      { sample: 'By a hash, to a group of pods', bad: '2.0', fixed: '2' },
    ],
  },
  {
    at: `${P}load-balance`,
    objects: ['Ingress'],
    grammar: {
      kind: 'word',
      words: ['round_robin', 'ewma', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent'],
    },
    onBadValue: 'refused by the controller',
    meaning: 'How a pod is chosen where neither an affinity nor a hash decides.',
    default: 'round_robin',
    values: [
      { value: 'round_robin', meaning: 'in turn' },
      { value: 'ewma', meaning: 'the one that answered fastest of late' },
    ],
    notes: [
      'None of its words makes sessions last; `affinity` and `upstream-hash-by` do.',
      'Where the validation of annotations is switched off, another word counts as `round_robin`.',
    ],
    source:
      'kubernetes/ingress-nginx internal/ingress/annotations/loadbalancing/main.go; rootfs/etc/nginx/lua/balancer.lua',
    cases: [
      { sample: 'The one that answered fastest', bad: 'ip_hash' },
      { sample: 'The one that answered fastest', bad: 'least_conn' },
      { sample: 'The one that answered fastest', bad: 'EWMA', fixed: 'ewma' },
      { sample: 'The one that answered fastest', good: 'round_robin' },
    ],
  },
  {
    at: `${P}service-upstream`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'ignored',
    meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
    default: 'false',
    notes: ['It makes cookies and hashes useless: there is one target only.'],
    source: 'kubernetes/ingress-nginx internal/ingress/annotations/serviceupstream/main.go',
  },
  {
    at: `${P}ssl-passthrough`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    onBadValue: 'refused by the controller',
    meaning: 'Whether TLS connections go to the pods unopened, so that no other annotation counts.',
    default: 'false',
    source: 'kubernetes/ingress-nginx docs/user-guide/nginx-configuration/annotations.md',
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
`;

/** The cookie is HttpOnly always; of SameSite the spelling counts that the controller compares with. */
function writeCookie(cookie: CookieSettings): NewSetting[] {
  const sameSite = ['None', 'Lax', 'Strict'].find((word) => word.toLowerCase() === cookie.sameSite);
  const parts: readonly (readonly [suffix: string, value: string | undefined])[] = [
    ['name', cookie.name],
    ['path', cookie.path],
    ['domain', cookie.domain],
    ['max-age', cookie.seconds === undefined ? undefined : String(cookie.seconds)],
    ['secure', cookie.secure === undefined ? undefined : String(cookie.secure)],
    ['samesite', sameSite],
  ];
  return [
    { at: `${P}affinity`, value: 'cookie' },
    ...parts.flatMap(([suffix, value]) => (value === undefined ? [] : [{ at: `${P}session-cookie-${suffix}`, value }])),
  ];
}

export const INGRESS_NGINX = {
  id: 'ingress-nginx',
  name: 'ingress-nginx',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'kubernetes/ingress-nginx at dbb11b92d (2026-03-20, v1.15.0; the project is retired)',
  link: {
    title: 'ingress-nginx: annotations',
    url: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/',
  },
  detection: { ingress: { controllers: ['k8s.io/ingress-nginx'], classNames: ['nginx'] } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'allowlist-source-range',
    'app-root',
    'auth-always-set-cookie',
    'auth-cache-duration',
    'auth-cache-key',
    'auth-keepalive',
    'auth-keepalive-requests',
    'auth-keepalive-share-vars',
    'auth-keepalive-timeout',
    'auth-method',
    'auth-proxy-set-headers',
    'auth-realm',
    'auth-request-redirect',
    'auth-response-headers',
    'auth-secret',
    'auth-secret-type',
    'auth-signin',
    'auth-signin-redirect-param',
    'auth-snippet',
    'auth-tls-error-page',
    'auth-tls-match-cn',
    'auth-tls-pass-certificate-to-upstream',
    'auth-tls-secret',
    'auth-tls-verify-client',
    'auth-tls-verify-depth',
    'auth-type',
    'auth-url',
    'backend-protocol',
    'canary',
    'canary-by-cookie',
    'canary-by-header',
    'canary-by-header-pattern',
    'canary-by-header-value',
    'canary-weight',
    'canary-weight-total',
    'client-body-buffer-size',
    'configuration-snippet',
    'connection-proxy-header',
    'cors-allow-credentials',
    'cors-allow-headers',
    'cors-allow-methods',
    'cors-allow-origin',
    'cors-expose-headers',
    'cors-max-age',
    'custom-headers',
    'custom-http-errors',
    'default-backend',
    'denylist-source-range',
    'disable-proxy-intercept-errors',
    'enable-access-log',
    'enable-cors',
    'enable-global-auth',
    'enable-modsecurity',
    'enable-opentelemetry',
    'enable-owasp-core-rules',
    'enable-rewrite-log',
    'fastcgi-index',
    'fastcgi-params-configmap',
    'force-ssl-redirect',
    'from-to-www-redirect',
    'http2-push-preload',
    'limit-allowlist',
    'limit-burst-multiplier',
    'limit-connections',
    'limit-rate',
    'limit-rate-after',
    'limit-rpm',
    'limit-rps',
    'limit-whitelist',
    'mirror-host',
    'mirror-request-body',
    'mirror-target',
    'modsecurity-snippet',
    'modsecurity-transaction-id',
    'opentelemetry-operation-name',
    'opentelemetry-trust-incoming-span',
    'permanent-redirect',
    'permanent-redirect-code',
    'preserve-trailing-slash',
    'proxy-body-size',
    'proxy-buffer-size',
    'proxy-buffering',
    'proxy-buffers-number',
    'proxy-busy-buffers-size',
    'proxy-connect-timeout',
    'proxy-cookie-domain',
    'proxy-cookie-path',
    'proxy-http-version',
    'proxy-max-temp-file-size',
    'proxy-next-upstream',
    'proxy-next-upstream-timeout',
    'proxy-next-upstream-tries',
    'proxy-read-timeout',
    'proxy-redirect-from',
    'proxy-redirect-to',
    'proxy-request-buffering',
    'proxy-send-timeout',
    'proxy-ssl-ciphers',
    'proxy-ssl-name',
    'proxy-ssl-protocols',
    'proxy-ssl-secret',
    'proxy-ssl-server-name',
    'proxy-ssl-verify',
    'proxy-ssl-verify-depth',
    'relative-redirects',
    'rewrite-target',
    'satisfy',
    'server-alias',
    'server-snippet',
    'ssl-ciphers',
    'ssl-prefer-server-ciphers',
    'ssl-redirect',
    'stream-snippet',
    'temporal-redirect',
    'temporal-redirect-code',
    'upstream-vhost',
    'use-port-in-redirects',
    'use-regex',
    'whitelist-source-range',
    'x-forwarded-prefix',
  ],
  families: [
    { prefix: `${P}session-cookie-`, unknown: 'depends' },
    { prefix: `${P}affinity`, unknown: 'depends' },
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'nginx balances to pods and never meets the virtual IP, unless service-upstream is on.',
    source: 'kubernetes/ingress-nginx docs/user-guide/miscellaneous.md',
  },
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${P}affinity`, is: ['cookie'] }],
      duration: { at: `${P}session-cookie-max-age`, counts: 'since it was set' },
    },
    { by: 'consistent hash', when: [{ at: `${P}upstream-hash-by`, written: true }] },
  ],
  targets: [
    { to: 'the cluster IP', when: [TO_CLUSTER_IP] },
    { to: 'pods', when: [] },
  ],
  notes: [
    'No bad affinity setting is ever reported: the controller drops it and serves the rest.',
    'The cookie wins over `upstream-hash-by`, and that over `load-balance`.',
    'Of several Ingresses with one backend, the oldest decides how it is balanced; only the paths of those ' +
      'that ask for affinity set the cookie.',
    'The project is retired; Traefik reads most of these annotations, since 3.6.2 no longer as an experiment, ' +
      'with a provider of its own.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Ingress',
      set: [
        { at: `${P}affinity`, value: 'cookie' },
        { at: `${P}affinity-mode`, value: 'persistent' },
        { at: `${P}session-cookie-name`, value: 'route' },
        { at: `${P}session-cookie-path`, value: '/' },
        { at: `${P}session-cookie-max-age`, value: '172800' },
      ],
    },
  ],
  writesCookie: {
    on: 'Ingress',
    isHttpOnly: true,
    concepts: [
      'cookie switch',
      'cookie name',
      'cookie path',
      'cookie domain',
      'cookie lifetime',
      'cookie secure',
      'cookie same-site',
    ],
    write: writeCookie,
  },
  mistakes: [
    'a path with a regular expression and no session-cookie-path (kubernetes/ingress-nginx#8961, #3362, #1980)',
    'a prefix of long ago or of another controller (kubernetes/ingress-nginx#2622, #771, #8706)',
    'several Ingresses that share a host or a Service and disagree (kubernetes/ingress-nginx#3168, #4208, #14042)',
    'sessions that move when pods are added, with the mode balanced (kubernetes/ingress-nginx#7960)',
  ],
  samples: [
    {
      title: 'By a cookie, with everything that can be set',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/affinity-mode: "persistent"
    nginx.ingress.kubernetes.io/session-cookie-name: "route"
    nginx.ingress.kubernetes.io/session-cookie-path: "/"
    nginx.ingress.kubernetes.io/session-cookie-domain: "example.com"
    nginx.ingress.kubernetes.io/session-cookie-max-age: "172800"
    nginx.ingress.kubernetes.io/session-cookie-expires: "172800"
    nginx.ingress.kubernetes.io/session-cookie-secure: "true"
    nginx.ingress.kubernetes.io/session-cookie-samesite: "Lax"
    nginx.ingress.kubernetes.io/session-cookie-change-on-failure: "false"
${SPEC}`,
    },
    {
      title: 'A canary that keeps its clients',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "10"
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/affinity-canary-behavior: "sticky"
${SPEC}`,
    },
    {
      title: 'A canary that leaves the choice to its weight',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/canary: "true"
    nginx.ingress.kubernetes.io/canary-weight: "10"
    nginx.ingress.kubernetes.io/affinity-canary-behavior: "legacy"
${SPEC}`,
    },
    {
      title: 'A cookie for paths that are regular expressions',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/use-regex: "true"
    nginx.ingress.kubernetes.io/rewrite-target: "/$2"
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-path: "/app"
${SPEC.replace('path: /\n', 'path: /app(/|$)(.*)\n').replace('Prefix', 'ImplementationSpecific')}`,
    },
    {
      title: 'A rewritten path that is no regular expression',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/rewrite-target: "/"
    nginx.ingress.kubernetes.io/affinity: "cookie"
${SPEC}`,
    },
    {
      title: 'The one that answered fastest',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/load-balance: "ewma"
${SPEC}`,
    },
    {
      title: 'A cookie for pages that other sites show',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-samesite: "None"
    nginx.ingress.kubernetes.io/session-cookie-secure: "true"
    nginx.ingress.kubernetes.io/session-cookie-conditional-samesite-none: "true"
${SPEC}`,
    },
    {
      title: 'By a hash of the address',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/upstream-hash-by: "$binary_remote_addr"
${SPEC}`,
    },
    {
      title: 'By a hash, to a group of pods',
      manifest: `${HEAD}    nginx.ingress.kubernetes.io/upstream-hash-by: "$request_uri"
    nginx.ingress.kubernetes.io/upstream-hash-by-subset: "true"
    nginx.ingress.kubernetes.io/upstream-hash-by-subset-size: "2"
${SPEC}`,
    },
  ],
  source: 'kubernetes/ingress-nginx at dbb11b92d',
} as const satisfies ProductTable;
