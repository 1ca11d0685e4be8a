import { GO_TRUE } from '../grammar.ts';
import type {
  CookieSettings,
  NewSetting,
  ObjectKind,
  ProductTable,
  Requirement,
  Setting,
  ValueGrammar,
} from '../product.ts';

const P = 'haproxy-ingress.github.io/';

const SOURCE = 'jcmoraisjr/haproxy-ingress pkg/converters/ingress/annotations/backend.go buildBackendAffinity';

const KEYS = 'jcmoraisjr/haproxy-ingress docs/content/en/docs/configuration/keys.md';

/** Keys of a backend are read from both; what the Service says comes first. */
const BOTH: readonly ObjectKind[] = ['Ingress', 'Service'];

/** What Go's `strconv.ParseBool` takes for true and for false. */
const FALSE = ['false', 'False', 'FALSE', 'f', 'F', '0'] as const;

const SWITCH: ValueGrammar = { kind: 'boolean', syntax: 'go' };

/** The other object may have it: the Service behind the Ingress, or the Ingress before the Service. */
const NEEDS_AFFINITY: Requirement = {
  needs: { at: `${P}affinity`, is: ['cookie'] },
  outcome: 'depends',
  why:
    'Unless the Service or the Ingress on the other side says affinity: cookie, no cookie is set, and nothing ' +
    'tells.',
  offers: [{ set: [{ at: `${P}affinity`, value: 'cookie' }] }],
};

const NEEDED = { without: `${P}affinity`, rule: 'setting-companion-missing', mended: 'as it was' } as const;

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}affinity`,
    objects: BOTH,
    grammar: { kind: 'word', words: ['cookie'], on: 'cookie' },
    onBadValue: 'ignored',
    meaning: 'Switches on the cookie that keeps a client on its pod.',
    default: 'off',
    values: [{ value: 'cookie', meaning: 'keep a client on its pod by a cookie' }],
    notes: [
      'It stands on the Ingress or on the Service; what the Service says comes first.',
      'Without other settings the cookie is called INGRESSCOOKIE and lasts as long as the browser session.',
      'In the controller’s global ConfigMap it does nothing.',
      'HAProxy balances to pods, so `sessionAffinity` of the Service has no part in it.',
    ],
    conflicts: [
      {
        with: { at: `${P}service-upstream`, is: GO_TRUE },
        outcome: 'ignored',
        why: 'With service-upstream HAProxy knows one address only, the cluster IP, so its cookie has no choice.',
        remove: 'other',
      },
      {
        with: { at: `${P}ssl-passthrough`, is: GO_TRUE },
        outcome: 'depends',
        why: 'With ssl-passthrough the TLS connections of a host go to the pods unopened, without a cookie.',
        remove: 'neither',
      },
    ],
    concept: 'cookie switch',
    source: SOURCE,
    cases: [
      { bad: 'true', fixed: 'cookie' },
      { bad: 'Cookie', fixed: 'cookie' },
      { bad: 'source' },
      { beside: { at: `${P}service-upstream`, value: 'true' }, rule: 'settings-contradict', mended: 'as it was' },
      { beside: { at: `${P}ssl-passthrough`, value: 'true' }, rule: 'settings-contradict', mended: 'by hand' },
    ],
  },
  {
    at: `${P}session-cookie-name`,
    objects: BOTH,
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: 'letters, digits and the marks of cookie names, without blanks',
      pattern: /^[A-Za-z0-9!#$%&'*+\-.^_`|~]+$/,
    },
    onBadValue: 'depends',
    meaning: 'The name of the cookie.',
    default: 'INGRESSCOOKIE',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    requires: [NEEDS_AFFINITY],
    concept: 'cookie name',
    source: SOURCE,
    cases: [{ bad: 'my cookie' }, { bad: 'a;b' }, { good: 'JSESSIONID' }, NEEDED],
  },
  {
    at: `${P}session-cookie-strategy`,
    objects: BOTH,
    grammar: { kind: 'word', words: ['insert', 'prefix', 'rewrite'] },
    onBadValue: 'default instead',
    meaning: 'Whether HAProxy makes a cookie of its own or changes one of the application.',
    default: 'insert',
    values: [
      { value: 'insert', meaning: 'a cookie of its own' },
      { value: 'prefix', meaning: 'puts the server in front of the application’s value' },
      { value: 'rewrite', meaning: 'replaces the application’s value' },
    ],
    requires: [NEEDS_AFFINITY],
    source: SOURCE,
    cases: [{ bad: 'Insert', fixed: 'insert' }, { bad: 'server' }, NEEDED],
  },
  {
    at: `${P}session-cookie-keywords`,
    objects: BOTH,
    grammar: { kind: 'text', what: 'options of HAProxy’s cookie' },
    onBadValue: 'ignored',
    meaning: 'Further options of HAProxy’s `cookie`, such as `httponly` and `secure`.',
    default: 'indirect nocache httponly, with the strategy insert',
    values: [{ value: 'indirect nocache httponly', meaning: 'what counts where it is left out' }],
    notes: [
      'It replaces the default as a whole, so repeat what is to stay.',
      'Here belongs `secure`, for which there is no key of its own.',
    ],
    requires: [
      NEEDS_AFFINITY,
      {
        whileTrue: [{ at: `${P}session-cookie-keywords`, matches: /preserve/ }],
        needs: { at: `${P}session-cookie-preserve`, is: GO_TRUE },
        outcome: 'advice',
        why: 'The controller warns of preserve among the keywords; only the key keeps cookies right as pods change.',
        offers: [{ set: [{ at: `${P}session-cookie-preserve`, value: 'true' }] }],
      },
    ],
    source: SOURCE,
    cases: [
      NEEDED,
      {
        sample: 'A cookie that the application may set',
        without: `${P}session-cookie-preserve`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}session-cookie-domain`,
    objects: BOTH,
    grammar: { kind: 'text', what: 'a domain' },
    onBadValue: 'depends',
    meaning: 'The domain for whose hosts a browser sends the cookie back.',
    default: 'the host of the request alone',
    notes: ['The host of the Ingress must be the domain or one under it; browsers drop the cookie otherwise.'],
    requires: [NEEDS_AFFINITY],
    since: '0.13',
    concept: 'cookie domain',
    source: `${SOURCE}; ${KEYS}`,
    cases: [NEEDED],
  },
  {
    at: `${P}session-cookie-dynamic`,
    objects: BOTH,
    grammar: SWITCH,
    onBadValue: 'depends',
    meaning: 'Whether the cookie holds a hash of the pod’s address and not the name of the server.',
    default: 'true',
    notes: [
      'The hash is made with `cookie-key` of the controller’s ConfigMap, whose default everybody knows.',
      'Anything that is no boolean counts as false.',
    ],
    requires: [NEEDS_AFFINITY],
    source: SOURCE,
    cases: [{ sample: 'A cookie that names the pod', bad: 'off', fixed: 'false' }],
  },
  {
    at: `${P}session-cookie-value-strategy`,
    objects: BOTH,
    grammar: { kind: 'word', words: ['server-name', 'pod-uid'] },
    off: 'server-name',
    onBadValue: 'default instead',
    meaning: 'What the cookie says of the pod, where it is no hash.',
    default: 'server-name',
    values: [
      { value: 'pod-uid', meaning: 'the UID of the pod' },
      { value: 'server-name', meaning: 'the name of the server in HAProxy' },
    ],
    requires: [
      NEEDS_AFFINITY,
      {
        needs: { at: `${P}session-cookie-dynamic`, is: FALSE },
        outcome: 'depends',
        why: 'Unless session-cookie-dynamic is false here or on the other object, HAProxy makes the value by itself.',
        offers: [{ set: [{ at: `${P}session-cookie-dynamic`, value: 'false' }] }],
        remove: 'last',
      },
    ],
    since: '0.12',
    source: `${SOURCE}; pkg/haproxy/types/backend.go CookieAffinity`,
    cases: [
      { sample: 'A cookie that names the pod', bad: 'pod-id', fixed: 'pod-uid' },
      {
        sample: 'A cookie that names the pod',
        without: `${P}session-cookie-dynamic`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}session-cookie-preserve`,
    objects: BOTH,
    grammar: SWITCH,
    off: 'false',
    onBadValue: 'default instead',
    meaning: 'Whether the application may set the cookie itself, and pods keep their value as others come and go.',
    default: 'false',
    notes: ['With `dynamic-scaling` by slots it keeps cookies and pods together.'],
    requires: [NEEDS_AFFINITY],
    since: '0.12',
    source: `${SOURCE}; ${KEYS}`,
    cases: [{ sample: 'A cookie that the application may set', bad: 'on', fixed: 'true' }],
  },
  {
    at: `${P}session-cookie-same-site`,
    objects: BOTH,
    grammar: SWITCH,
    off: 'false',
    onBadValue: 'default instead',
    meaning: 'Whether the cookie gets `SameSite=None` and `Secure`, so that pages of other sites may show this one.',
    default: 'false',
    notes: ['It is a boolean: `Lax` and `Strict` are no values of it.'],
    requires: [NEEDS_AFFINITY],
    since: '0.12',
    source: `${SOURCE}; rootfs/etc/templates/haproxy/haproxy.tmpl`,
    cases: [{ bad: 'None' }, { bad: 'Lax' }, { bad: 'on', fixed: 'true' }, NEEDED],
  },
  {
    at: `${P}session-cookie-shared`,
    objects: BOTH,
    grammar: SWITCH,
    off: 'false',
    onBadValue: 'default instead',
    meaning: 'Whether the cookie names all hosts of the backend, which browsers of today do not accept.',
    default: 'false',
    notes: ['It is deprecated; `session-cookie-domain` does what browsers understand.'],
    requires: [NEEDS_AFFINITY],
    conflicts: [
      {
        when: GO_TRUE,
        with: { at: `${P}session-cookie-domain`, written: true },
        outcome: 'ignored',
        why: 'The domain wins: session-cookie-shared then does nothing, and the controller’s log says so.',
        remove: 'this',
      },
    ],
    source: SOURCE,
    cases: [
      { sample: 'A cookie for several hosts, as of old', bad: 'yes', fixed: 'true' },
      {
        sample: 'A cookie for several hosts, as of old',
        beside: { at: `${P}session-cookie-domain`, value: 'example.com' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}assign-backend-server-id`,
    objects: BOTH,
    grammar: SWITCH,
    onBadValue: 'default instead',
    meaning: 'Whether each pod has a lasting number in HAProxy, so that hashes move few clients as pods come and go.',
    default: 'false',
    since: '0.13',
    source: `${KEYS}; pkg/converters/ingress/ingress.go syncBackendEndpointHashes`,
  },
  {
    at: `${P}balance-algorithm`,
    objects: BOTH,
    grammar: { kind: 'text', what: 'an algorithm of HAProxy' },
    onBadValue: 'depends',
    meaning: 'How a pod is chosen for a client without a cookie.',
    default: 'random(2)',
    values: [
      { value: 'roundrobin', meaning: 'in turn' },
      { value: 'leastconn', meaning: 'the least busy one' },
      { value: 'source', meaning: 'by a hash of the client’s address: sticky without a cookie' },
      { value: 'hdr(X-Session)', meaning: 'by a hash of a header: sticky without a cookie' },
    ],
    source: KEYS,
  },
  {
    at: `${P}service-upstream`,
    objects: BOTH,
    grammar: SWITCH,
    onBadValue: 'default instead',
    meaning: 'Whether requests go to the cluster IP of the Service and not to its pods.',
    default: 'false',
    notes: ['It makes cookies and hashes useless: there is one target only.'],
    source: `${KEYS}; pkg/converters/ingress/ingress.go`,
  },
];

const HEAD = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
`;

const SPEC = `spec:
  ingressClassName: haproxy
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

/** What the cookie has beside its name and its domain are keywords; those that are written replace the default. */
function writeCookie({ name, domain, secure, httpOnly }: CookieSettings): NewSetting[] {
  const keywords = [
    'indirect nocache',
    ...(httpOnly === false ? [] : ['httponly']),
    ...(secure === true ? ['secure'] : []),
  ];
  const isDefault = secure !== true && httpOnly !== false;
  return [
    { at: `${P}affinity`, value: 'cookie' },
    ...(name === undefined ? [] : [{ at: `${P}session-cookie-name`, value: name }]),
    ...(domain === undefined ? [] : [{ at: `${P}session-cookie-domain`, value: domain }]),
    ...(isDefault ? [] : [{ at: `${P}session-cookie-keywords`, value: keywords.join(' ') }]),
  ];
}

export const HAPROXY_INGRESS = {
  id: 'haproxy-ingress',
  name: 'HAProxy Ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'jcmoraisjr/haproxy-ingress at 465a51ce (2026-08-18)',
  link: {
    title: 'HAProxy Ingress: affinity',
    url: 'https://haproxy-ingress.github.io/docs/configuration/keys/#affinity',
  },
  detection: { ingress: { controllers: ['haproxy-ingress.github.io/controller'], classNames: ['haproxy'] } },
  annotationPrefixes: [P, 'ingress.kubernetes.io/'],
  otherAnnotations: [
    'acme-preferred-chain',
    'agent-check-addr',
    'agent-check-interval',
    'agent-check-port',
    'agent-check-send',
    'allowlist-source-header',
    'allowlist-source-range',
    'app-root',
    'auth-external-placement',
    'auth-headers-fail',
    'auth-headers-request',
    'auth-headers-succeed',
    'auth-method',
    'auth-realm',
    'auth-secret',
    'auth-signin',
    'auth-tls-cert-header',
    'auth-tls-error-page',
    'auth-tls-secret',
    'auth-tls-strict',
    'auth-tls-verify-client',
    'auth-url',
    'backend-check-interval',
    'backend-protocol',
    'backend-server-naming',
    'backend-server-slots-increment',
    'bind-fronting-proxy',
    'bind-http',
    'bind-http-passthrough',
    'bind-https',
    'bind-ip-addr-http',
    'blue-green-balance',
    'blue-green-cookie',
    'blue-green-deploy',
    'blue-green-header',
    'blue-green-mode',
    'cert-signer',
    'config-backend',
    'config-backend-early',
    'config-backend-late',
    'config-tcp-service',
    'cors-allow-credentials',
    'cors-allow-headers',
    'cors-allow-methods',
    'cors-allow-origin',
    'cors-allow-origin-regex',
    'cors-enable',
    'cors-expose-headers',
    'cors-max-age',
    'denylist-source-range',
    'dynamic-scaling',
    'fcgi-app',
    'headers',
    'health-check-addr',
    'health-check-fall-count',
    'health-check-interval',
    'health-check-port',
    'health-check-rise-count',
    'health-check-uri',
    'hsts',
    'hsts-include-subdomains',
    'hsts-max-age',
    'hsts-preload',
    'http-frontend',
    'http-header-match',
    'http-header-match-regex',
    'http-passthrough',
    'initial-weight',
    'limit-connections',
    'limit-rps',
    'limit-whitelist',
    'maxconn-server',
    'maxqueue-server',
    'oauth',
    'oauth-headers',
    'oauth-uri-prefix',
    'path-type',
    'peers-table',
    'proxy-body-size',
    'proxy-protocol',
    'redirect-from',
    'redirect-from-code',
    'redirect-from-regex',
    'redirect-to',
    'redirect-to-code',
    'request-add-headers',
    'request-del-headers',
    'request-set-headers',
    'response-add-headers',
    'response-del-headers',
    'response-set-headers',
    'rewrite-target',
    'secure-backends',
    'secure-crt-secret',
    'secure-sni',
    'secure-verify-ca-secret',
    'secure-verify-hostname',
    'server-alias',
    'server-alias-regex',
    // Keys of ingress-nginx that it has none for; none of its own is meant by them.
    'session-cookie-expires',
    'session-cookie-max-age',
    'session-cookie-path',
    'session-cookie-secure',
    'slots-min-free',
    'source-address-intf',
    'ssl-always-add-https',
    'ssl-always-follow-redirect',
    'ssl-cipher-suites',
    'ssl-cipher-suites-backend',
    'ssl-ciphers',
    'ssl-ciphers-backend',
    'ssl-fingerprint-lower',
    'ssl-fingerprint-sha2-bits',
    'ssl-options-backend',
    'ssl-options-host',
    'ssl-passthrough',
    'ssl-passthrough-http-port',
    'ssl-redirect',
    'tcp-service-log-format',
    'tcp-service-port',
    'tcp-service-proxy-protocol',
    'timeout-connect',
    'timeout-http-request',
    'timeout-keep-alive',
    'timeout-queue',
    'timeout-server',
    'timeout-server-fin',
    'timeout-tunnel',
    'tls-alpn',
    'use-forwarded-proto',
    'use-proxy-protocol',
    'use-resolver',
    'var-namespace',
    'waf',
    'waf-mode',
    'whitelist-source-range',
  ],
  families: [
    { prefix: `${P}session-cookie-`, unknown: 'depends' },
    { prefix: `${P}affinity`, unknown: 'depends' },
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'HAProxy balances to pods and never meets the virtual IP, unless service-upstream sends it there.',
    source: 'jcmoraisjr/haproxy-ingress pkg/converters/ingress/ingress.go',
  },
  stickiness: [
    { by: 'cookie', when: [{ at: `${P}affinity`, is: ['cookie'] }] },
    { by: 'source address', when: [{ at: `${P}balance-algorithm`, matches: /^source\b/ }] },
    { by: 'header', when: [{ at: `${P}balance-algorithm`, matches: /^hdr\(/ }] },
  ],
  targets: [
    { to: 'the cluster IP', when: [{ at: `${P}service-upstream`, is: GO_TRUE }] },
    { to: 'pods', when: [] },
  ],
  notes: [
    'Each key may stand on the Ingress and on the Service; what the Service says comes first, and a warning ' +
      'tells of others.',
    'A value that it cannot read is replaced by its default; only the log tells.',
    'Keys without a prefix may stand in its ConfigMap, for all backends; `cookie-key`, the secret of dynamic ' +
      'cookies, stands only there, and its default is Ingress.',
    'The path and the lifetime of the cookie cannot be set by keys of their own.',
    'Of several Ingresses that say different things of one Service, the first counts.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Ingress',
      set: [
        { at: `${P}affinity`, value: 'cookie' },
        { at: `${P}session-cookie-name`, value: 'route' },
      ],
    },
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: `${P}affinity`, value: 'cookie' },
        { at: `${P}session-cookie-name`, value: 'route' },
      ],
    },
  ],
  writesCookie: {
    on: 'Ingress',
    concepts: ['cookie switch', 'cookie name', 'cookie domain', 'cookie secure', 'cookie http-only'],
    write: writeCookie,
  },
  mistakes: [
    'keys of the other HAProxy controller or of ingress-nginx (jcmoraisjr/haproxy-ingress#373, #344)',
    'an older version or the default backend (jcmoraisjr/haproxy-ingress#134, #113, #142)',
    'a path or other attributes of the cookie, for which there are no keys (jcmoraisjr/haproxy-ingress#528, #759)',
  ],
  samples: [
    {
      title: 'By a cookie',
      manifest: `${HEAD}    haproxy-ingress.github.io/affinity: "cookie"
    haproxy-ingress.github.io/session-cookie-name: "route"
    haproxy-ingress.github.io/session-cookie-strategy: "insert"
    haproxy-ingress.github.io/session-cookie-keywords: "indirect nocache httponly"
    haproxy-ingress.github.io/session-cookie-domain: "example.com"
    haproxy-ingress.github.io/session-cookie-same-site: "true"
${SPEC}`,
    },
    {
      title: 'With the older prefix, on the Service',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    ingress.kubernetes.io/affinity: cookie
    ingress.kubernetes.io/session-cookie-name: route
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'A cookie that names the pod',
      manifest: `${HEAD}    haproxy-ingress.github.io/affinity: "cookie"
    haproxy-ingress.github.io/session-cookie-dynamic: "false"
    haproxy-ingress.github.io/session-cookie-value-strategy: "pod-uid"
${SPEC}`,
    },
    {
      title: 'A cookie that the application may set',
      manifest: `${HEAD}    haproxy-ingress.github.io/affinity: "cookie"
    haproxy-ingress.github.io/session-cookie-keywords: "indirect nocache httponly preserve"
    haproxy-ingress.github.io/session-cookie-preserve: "true"
${SPEC}`,
    },
    {
      title: 'A cookie for several hosts, as of old',
      manifest: `${HEAD}    haproxy-ingress.github.io/affinity: "cookie"
    haproxy-ingress.github.io/session-cookie-shared: "true"
${SPEC}`,
    },
    {
      title: 'By the client’s address',
      manifest: `${HEAD}    haproxy-ingress.github.io/balance-algorithm: "source"
    haproxy-ingress.github.io/assign-backend-server-id: "true"
${SPEC}`,
    },
  ],
  source: 'jcmoraisjr/haproxy-ingress at 465a51ce',
} as const satisfies ProductTable;
