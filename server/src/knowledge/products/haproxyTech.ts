import type { ProductTable, Setting } from '../product.ts';

const P = 'haproxy.org/';

const SOURCE =
  'haproxytech/kubernetes-ingress pkg/annotations/service/cookie.go Cookie.Process; pkg/service/service.go';

/** Up to release 3.2 the Ingress was read as well; the branch after it reads the Service and the ConfigMap only. */
const MISPLACED = [
  {
    on: 'Ingress',
    outcome: 'depends',
    why:
      'Releases up to 3.2 still read it there, as deprecated; newer ones read the Service only, because all ' +
      'Ingresses of a Service share its backend.',
  },
] as const;

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}cookie-persistence`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a cookie name' },
    onBadValue: 'ignored',
    meaning: 'Keeps a client on its pod by a cookie of that name.',
    default: 'no cookie',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    notes: [
      'The cookie holds a hash of the pod’s address, so that all replicas of the controller understand it.',
      'Only the first word counts; the cookie is always made with `insert indirect nocache`.',
      'It ends with the browser session.',
      'HAProxy balances to pods, so `sessionAffinity` of the Service has no part in it.',
    ],
    misplaced: MISPLACED,
    conflicts: [
      {
        with: { at: `${P}cookie-persistence-no-dynamic`, written: true },
        outcome: 'ignored',
        why: 'With both the controller logs an error and sets neither cookie.',
        remove: 'other',
      },
    ],
    concept: 'cookie name',
    source: SOURCE,
    cases: [
      {
        beside: { at: `${P}cookie-persistence-no-dynamic`, value: 'route' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}cookie-persistence-no-dynamic`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a cookie name' },
    onBadValue: 'ignored',
    meaning: 'Keeps a client on its pod by a cookie of that name, which holds the name of the server.',
    default: 'no cookie',
    values: [{ value: 'route', meaning: 'a name of your choice' }],
    notes: ['Only the first word counts; the cookie is always made with `insert indirect nocache`.'],
    misplaced: MISPLACED,
    since: '3.1',
    source: SOURCE,
    cases: [
      {
        sample: 'By a cookie with the name of the server',
        beside: { at: `${P}cookie-persistence`, value: 'route' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}load-balance`,
    objects: ['Ingress', 'Service'],
    grammar: { kind: 'text', what: 'an algorithm of HAProxy' },
    onBadValue: 'ignored',
    meaning: 'How a pod is chosen for a client without a cookie.',
    default: 'roundrobin',
    values: [
      { value: 'roundrobin', meaning: 'in turn' },
      { value: 'leastconn', meaning: 'the least busy one' },
      { value: 'source', meaning: 'by a hash of the client’s address: sticky without a cookie' },
      { value: 'hdr(X-Session)', meaning: 'by a hash of a header: sticky without a cookie' },
    ],
    source: 'haproxytech/kubernetes-ingress documentation/annotations.md; pkg/annotations/service/loadbalance.go',
  },
];

const HEAD = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
`;

const SPEC = `spec:
  selector:
    app: web
  ports:
    - port: 80
`;

export const HAPROXY_TECH = {
  id: 'haproxytech',
  name: 'HAProxy (haproxytech)',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'haproxytech/kubernetes-ingress at fc120676 (2026-07-02), and its release tags up to 3.2.11',
  link: {
    title: 'HAProxy Kubernetes Ingress Controller: annotations',
    url: 'https://github.com/haproxytech/kubernetes-ingress/blob/master/documentation/annotations.md',
  },
  detection: { ingress: { controllers: ['haproxy.org/ingress-controller'], classNames: ['haproxy'] } },
  annotationPrefixes: [P, 'haproxy.com/', 'ingress.kubernetes.io/'],
  otherAnnotations: [
    'abortonclose',
    'allow-list',
    'auth-realm',
    'auth-secret',
    'auth-type',
    'backend-config-snippet',
    'blacklist',
    'check',
    'check-http',
    'check-interval',
    'clean-certs',
    'client-ca',
    'client-crt-optional',
    'client-strict-sni',
    'cors-allow-credentials',
    'cors-allow-headers',
    'cors-allow-methods',
    'cors-allow-origin',
    'cors-enable',
    'cors-max-age',
    'cors-respond-to-options',
    'cr-backend',
    'deny-list',
    'dontlognull',
    'forwarded-for',
    'frontend-config-snippet',
    'generate-certificates-signer',
    'global-config-snippet',
    'hard-stop-after',
    'http-connection-mode',
    'http-keep-alive',
    'http-server-close',
    'ingress.class',
    'log-format',
    'log-format-tcp',
    'logasap',
    'maxconn',
    'nbthread',
    'path-rewrite',
    'pod-maxconn',
    'proxy-protocol',
    'quic-alt-svc-max-age',
    'rate-limit-period',
    'rate-limit-requests',
    'rate-limit-size',
    'rate-limit-status-code',
    'rate-limit-whitelist',
    'request-capture',
    'request-capture-len',
    'request-redirect',
    'request-redirect-code',
    'request-set-header',
    'response-set-header',
    'route-acl',
    'scale-server-slots',
    'send-proxy-protocol',
    'server-ca',
    'server-crt',
    'server-proto',
    'server-slots',
    'server-ssl',
    'servers-increment',
    'set-host',
    'src-ip-header',
    'ssl-certificate',
    'ssl-passthrough',
    'ssl-redirect',
    'ssl-redirect-code',
    'ssl-redirect-port',
    'standalone-backend',
    'stats-config-snippet',
    'syslog-server',
    'timeout-check',
    'timeout-client',
    'timeout-client-fin',
    'timeout-connect',
    'timeout-http-keep-alive',
    'timeout-http-request',
    'timeout-queue',
    'timeout-server',
    'timeout-server-fin',
    'timeout-tunnel',
    'tls-alpn',
    'whitelist',
  ],
  families: [{ prefix: `${P}cookie-`, unknown: 'depends' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'HAProxy balances to pods and never meets the virtual IP.',
    source: 'haproxytech/kubernetes-ingress pkg/service/endpoints.go',
  },
  stickiness: [
    { by: 'cookie', when: [{ at: `${P}cookie-persistence`, written: true }] },
    { by: 'cookie', when: [{ at: `${P}cookie-persistence-no-dynamic`, written: true }] },
    { by: 'source address', when: [{ at: `${P}load-balance`, matches: /^source\b/ }] },
    { by: 'header', when: [{ at: `${P}load-balance`, matches: /^hdr\(/ }] },
  ],
  targets: [{ to: 'pods', when: [] }],
  notes: [
    'The cookie is set up on the Service, or in the controller’s ConfigMap for all Services.',
    'The attributes of the cookie cannot be set by annotations; a Backend resource of the controller or ' +
      '`backend-config-snippet` can.',
    'It is not the controller whose keys begin with haproxy-ingress.github.io/, although both classes are ' +
      'mostly called haproxy.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [{ at: `${P}cookie-persistence`, value: 'route' }],
    },
  ],
  writesCookie: {
    on: 'Service',
    concepts: ['cookie switch', 'cookie name'],
    write: ({ name = 'route' }) => [{ at: `${P}cookie-persistence`, value: name }],
  },
  mistakes: [
    'values of the cookie that change as pods come and go (haproxytech/kubernetes-ingress#258, #461, #462)',
    'where the annotation stands and how it is spelt (haproxytech/kubernetes-ingress#88, #325)',
  ],
  samples: [
    {
      title: 'By a cookie',
      manifest: `${HEAD}    haproxy.org/cookie-persistence: "route"
    haproxy.org/load-balance: "leastconn"
${SPEC}`,
    },
    {
      title: 'By a cookie with the name of the server',
      manifest: `${HEAD}    haproxy.org/cookie-persistence-no-dynamic: "route"
${SPEC}`,
    },
    {
      title: 'By a cookie, with an older prefix',
      manifest: `${HEAD}    ingress.kubernetes.io/cookie-persistence: "route"
${SPEC}`,
    },
    {
      title: 'An Ingress by the client’s address',
      manifest: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    haproxy.org/load-balance: "source"
spec:
  ingressClassName: haproxy
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
  ],
  source: 'haproxytech/kubernetes-ingress at fc120676',
} as const satisfies ProductTable;
