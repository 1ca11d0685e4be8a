import { fieldAt, type Located, stringAt } from '../../kubernetes/field.ts';
import type { Service, ServicePort } from '../../kubernetes/service.ts';
import { parseInteger } from '../grammar.ts';
import type { ListenerProtocol, Offer, ProductTable, Requirement, Setting } from '../product.ts';

const P = 'service.beta.kubernetes.io/do-loadbalancer-';

const LOAD_BALANCERS_GO =
  'digitalocean/digitalocean-cloud-controller-manager cloud-controller-manager/do/loadbalancers.go';
const DOCS = 'digitalocean/digitalocean-cloud-controller-manager docs/controllers/services/annotations.md';

const COOKIE_LISTENERS = ['HTTP', 'HTTPS'] as const;

const HTTP_LISTENERS: readonly Offer[] = [
  {
    set: [
      { at: `${P}protocol`, value: 'http' },
      { at: `${P}type`, value: 'REGIONAL' },
    ],
    remark: 'the balancer then takes every connection for HTTP',
  },
];

const NEEDS_COOKIES: readonly Requirement[] = [
  {
    needs: { at: `${P}sticky-sessions-type`, is: ['cookies'] },
    outcome: 'ignored',
    why: 'With another type, or without one, the balancer sets no cookie and nobody reads this.',
    offers: [{ set: [{ at: `${P}sticky-sessions-type`, value: 'cookies' }] }],
  },
];

const COOKIE = 'Layer 7: a cookie';
const COOKIE_TLS = 'Layer 7 with TLS: a cookie';
const TLS_PORTS = 'Layer 7: TLS on one port, without cookies';

const PORTS = /^[+-]?\d+(?:,[+-]?\d+)*$/;

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}sticky-sessions-type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['cookies', 'none'], on: 'cookies', off: 'none' },
    off: 'none',
    listeners: COOKIE_LISTENERS,
    insteadOnOtherListeners: HTTP_LISTENERS,
    onBadValue: 'default instead',
    meaning: 'Whether the load balancer keeps a client on a node by a cookie of its own.',
    default: 'none',
    values: [
      { value: 'cookies', meaning: 'by a cookie; needs its name and its TTL, and HTTP' },
      { value: 'none', meaning: 'each request may go to another node' },
    ],
    notes: [
      'The word is `cookies`; `cookie`, `true` and anything else mean none, and nothing tells.',
      'The cookie names a node, so run at most one pod on each and use `externalTrafficPolicy: Local`.',
      'Without a `do-loadbalancer-type` the balancer is REGIONAL_NETWORK today, which never looks at HTTP.',
    ],
    requires: [
      {
        when: ['cookies'],
        needs: { at: `${P}sticky-sessions-cookie-name`, written: true },
        outcome: 'refused by the controller',
        why: 'The controller does not know a name for the cookie by itself and gives up the Service.',
        offers: [{ set: [{ at: `${P}sticky-sessions-cookie-name`, value: 'lb-session' }] }],
      },
      {
        when: ['cookies'],
        needs: { at: `${P}sticky-sessions-cookie-ttl`, written: true },
        outcome: 'refused by the controller',
        why: 'The controller wants to know for how many seconds the cookie counts, else it gives up the Service.',
        offers: [{ set: [{ at: `${P}sticky-sessions-cookie-ttl`, value: '3600' }] }],
      },
      {
        when: ['cookies'],
        needs: { at: `${P}type`, is: ['REGIONAL'] },
        outcome: 'depends',
        why:
          'Unless the cluster was set up otherwise, a balancer without a type passes connections through ' +
          '(REGIONAL_NETWORK) and sets no cookie.',
        offers: [{ set: [{ at: `${P}type`, value: 'REGIONAL' }] }],
      },
      {
        when: ['cookies'],
        needs: { at: 'spec.externalTrafficPolicy', is: ['Local'] },
        outcome: 'ignored',
        why:
          'The cookie keeps a client on a node only; with the policy Cluster, the default, kube-proxy there hands ' +
          'each connection to a pod on any node.',
        offers: [
          {
            set: [{ at: 'spec.externalTrafficPolicy', value: 'Local' }],
            remark: 'nodes without a ready pod then get no traffic',
          },
        ],
      },
    ],
    concept: 'cookie switch',
    source: `${LOAD_BALANCERS_GO} getStickySessionsType, buildStickySessions; ${DOCS}`,
    cases: [
      { bad: 'cookie', fixed: 'cookies' },
      { bad: 'true', fixed: 'cookies' },
      { bad: 'Cookies', fixed: 'cookies' },
      { bad: 'off', fixed: 'none', rule: 'annotation-value-invalid' },
      { bad: 'source_ip' },
      { without: `${P}sticky-sessions-cookie-name`, rule: 'setting-companion-missing', mended: 'as it was' },
      { without: `${P}sticky-sessions-cookie-ttl`, rule: 'setting-companion-missing', mended: 'as it was' },
      { without: `${P}type`, rule: 'setting-companion-missing', mended: 'as it was' },
      { without: 'spec.externalTrafficPolicy', rule: 'setting-companion-missing', mended: 'as it was' },
      { without: `${P}protocol`, rule: 'annotation-wrong-layer', mended: 'as it was' },
    ],
  },
  {
    at: `${P}sticky-sessions-cookie-name`,
    objects: ['Service'],
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: 'letters, digits and marks, without blanks, commas and semicolons',
      pattern: /^[A-Za-z0-9!#$%&'*+\-.^_|~]+$/,
    },
    listeners: COOKIE_LISTENERS,
    insteadOnOtherListeners: HTTP_LISTENERS,
    onBadValue: 'depends',
    meaning: 'The name of the cookie that the load balancer sets.',
    values: [],
    notes: ['Needed with the type `cookies`; the application must not use the same name.'],
    requires: NEEDS_COOKIES,
    concept: 'cookie name',
    source: `${LOAD_BALANCERS_GO} getStickySessionsCookieName`,
    cases: [
      { bad: 'my cookie' },
      { bad: 'a;b' },
      { bad: 'route ', fixed: 'route' },
      { good: 'my-app_session' },
      { without: `${P}sticky-sessions-type`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: `${P}sticky-sessions-cookie-ttl`,
    objects: ['Service'],
    grammar: { kind: 'integer', minimum: 1, unit: 'seconds', syntax: 'go' },
    listeners: COOKIE_LISTENERS,
    insteadOnOtherListeners: HTTP_LISTENERS,
    onBadValue: 'depends',
    onUnreadableValue: 'refused by the controller',
    meaning: 'For how many seconds the cookie counts.',
    values: [
      { value: '3600', meaning: '1 hour' },
      { value: '300', meaning: '5 minutes' },
      { value: '10800', meaning: '3 hours' },
      { value: '86400', meaning: '1 day' },
    ],
    notes: ['A plain number of seconds: `60s` stops the controller. Needed with the type `cookies`.'],
    requires: NEEDS_COOKIES,
    concept: 'cookie lifetime',
    source: `${LOAD_BALANCERS_GO} getStickySessionsCookieTTL`,
    cases: [
      { bad: '60s', fixed: '60' },
      { bad: '1h', fixed: '3600' },
      { bad: 'long' },
      { bad: '0', fixed: '1' },
      { good: '86400' },
    ],
  },
  {
    at: `${P}protocol`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['http', 'https', 'http2', 'http3', 'tcp', 'udp'] },
    onBadValue: 'depends',
    meaning: 'Which protocol the listeners speak whose ports no other annotation names.',
    default: 'tcp',
    values: [
      { value: 'http', meaning: 'cookies work' },
      { value: 'https', meaning: 'cookies work; needs a certificate' },
      { value: 'http2', meaning: 'cookies work; needs a certificate' },
      { value: 'http3', meaning: 'needs a certificate, and a port with HTTPS or HTTP/2 as well' },
      { value: 'tcp', meaning: 'no cookies' },
    ],
    notes: [
      'A REGIONAL_NETWORK balancer does not read it. A REGIONAL one gives up the Service over an unknown word.',
      'UDP ports are UDP whatever it says; sources disagree on whether `udp` may be written.',
    ],
    requires: [
      {
        when: ['https', 'http2'],
        whileTrue: [{ at: `${P}type`, is: ['REGIONAL'] }],
        needs: {
          anyOf: ['certificate-id', 'certificate-name', 'tls-passthrough'].map((suffix) => ({
            at: `${P}${suffix}`,
            written: true,
          })),
        },
        outcome: 'refused by the controller',
        why: 'Without a certificate and without TLS passed through the controller gives up the Service.',
      },
    ],
    source: `${LOAD_BALANCERS_GO} getProtocol, buildForwardingRules, buildTLSForwardingRule`,
    cases: [
      { bad: 'HTTP', fixed: 'http' },
      { bad: 'ws' },
      { sample: COOKIE_TLS, good: 'http2' },
      { sample: COOKIE, bad: 'https', rule: 'setting-companion-missing' },
      { sample: COOKIE, bad: 'tcp', fixed: 'http', rule: 'annotation-wrong-layer' },
      {
        sample: COOKIE_TLS,
        without: `${P}certificate-id`,
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${P}type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['REGIONAL', 'REGIONAL_NETWORK'] },
    onBadValue: 'refused by the controller',
    meaning: 'Whether the load balancer ends connections or passes them through.',
    default: 'REGIONAL_NETWORK, unless the controller was started with another DEFAULT_LB_TYPE',
    values: [
      { value: 'REGIONAL', meaning: 'ends connections; HTTP and cookies work' },
      { value: 'REGIONAL_NETWORK', meaning: 'passes TCP and UDP through; no cookies' },
    ],
    source: `${LOAD_BALANCERS_GO} getType; ${DOCS}`,
    cases: [
      { bad: 'regional', fixed: 'REGIONAL' },
      { bad: 'REGIONAL-NETWORK', fixed: 'REGIONAL_NETWORK' },
      { bad: 'global' },
      { bad: 'REGIONAL_NETWORK', fixed: 'REGIONAL', rule: 'annotation-wrong-layer' },
    ],
  },
  {
    at: `${P}algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['round_robin', 'least_connections'] },
    onBadValue: 'ignored',
    meaning: 'How a node was chosen for a client without a cookie.',
    removed: 'The cloud ignores the algorithm that it is sent; take the annotation out.',
    source: DOCS,
    cases: [{ beside: { at: `${P}algorithm`, value: 'round_robin' }, rule: 'annotation-outdated' }],
  },
  {
    at: `${P}tls-ports`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'numbers of ports', pattern: PORTS, allowed: 'parted by commas without blanks' },
    onBadValue: 'refused by the controller',
    meaning: 'The ports with an HTTPS listener, parted by commas without blanks; cookies work there.',
    values: [],
    // That is how Vultr calls it; the nearest of the others would make the port one without TLS.
    spellings: [{ at: `${P}https-ports`, status: 'wrong' }],
    source: `${LOAD_BALANCERS_GO} getPorts`,
    cases: [
      { sample: TLS_PORTS, good: '443,8443' },
      { sample: TLS_PORTS, bad: '443, 8443' },
      { sample: TLS_PORTS, bad: 'https' },
    ],
  },
  ...(
    [
      ['http-ports', 'The ports with an HTTP listener, parted by commas without blanks; cookies work there.'],
      ['http2-ports', 'The ports with an HTTP/2 listener, parted by commas without blanks; cookies work there.'],
      ['http3-port', 'The one port that speaks HTTP/3 as well.'],
      ['certificate-id', 'The id of the certificate for HTTPS, HTTP/2 and HTTP/3; with it port 443 is HTTPS.'],
      ['certificate-name', 'The name of that certificate, which stays when it is renewed.'],
      ['tls-passthrough', 'Whether encrypted traffic goes to the pods as it is; no cookie can be set in it then.'],
    ] as const
  ).map(
    ([suffix, meaning]): Setting => ({
      at: `${P}${suffix}`,
      objects: ['Service'],
      grammar: { kind: 'text', what: 'text' },
      onBadValue: 'depends',
      meaning,
      values: [],
      source: DOCS,
    }),
  ),
];

export const DIGITAL_OCEAN = {
  id: 'digitalocean',
  name: 'DigitalOcean',
  kind: 'load balancer',
  verification: 'source',
  basis: 'digitalocean/digitalocean-cloud-controller-manager at 70d527e38 (2026-08-19)',
  link: {
    title: 'DigitalOcean cloud controller manager: Service annotations',
    url: 'https://github.com/digitalocean/digitalocean-cloud-controller-manager/blob/master/docs/controllers/services/annotations.md',
  },
  detection: {
    service: { classes: [], withoutClass: true, annotations: ['kubernetes.digitalocean.com/load-balancer-id'] },
  },
  annotationPrefixes: [P],
  otherAnnotations: [
    'allow-rules',
    'deny-rules',
    'disable-lets-encrypt-dns-records',
    'enable-backend-keepalive',
    'enable-proxy-protocol',
    'healthcheck-check-interval-seconds',
    'healthcheck-healthy-threshold',
    'healthcheck-path',
    'healthcheck-port',
    'healthcheck-protocol',
    'healthcheck-response-timeout-seconds',
    'healthcheck-unhealthy-threshold',
    'hostname',
    'http-idle-timeout-seconds',
    'ip',
    'name',
    'network',
    'network-stack',
    'override-health-check',
    'redirect-http-to-https',
    'size-slug',
    'size-unit',
    'subnet-uuid',
  ],
  families: [{ prefix: `${P}sticky-`, unknown: 'ignored' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy on the nodes does.',
    source: `${LOAD_BALANCERS_GO}: no reference`,
  },
  stickiness: [
    {
      by: 'cookie',
      listeners: COOKIE_LISTENERS,
      when: [{ at: `${P}sticky-sessions-type`, is: ['cookies'] }],
      duration: { at: `${P}sticky-sessions-cookie-ttl`, counts: 'since it was set' },
    },
  ],
  targets: [{ to: 'nodes', when: [] }],
  hidesClientOn: COOKIE_LISTENERS,
  listeners: (service) => service.ports.map((port) => listenerProtocol(service, port)),
  notes: [
    'A sticky Service takes five annotations (type, protocol, and three about the cookie) and the policy Local.',
    'The cookie names a node: with several pods on one node a client still moves between those.',
    'Annotations hold for all listeners of the Service.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.externalTrafficPolicy', value: 'Local' },
        { at: `${P}type`, value: 'REGIONAL' },
        { at: `${P}protocol`, value: 'http' },
        { at: `${P}sticky-sessions-type`, value: 'cookies' },
        { at: `${P}sticky-sessions-cookie-name`, value: 'lb-session' },
        { at: `${P}sticky-sessions-cookie-ttl`, value: '3600' },
      ],
    },
  ],
  mistakes: [
    'cookies without the policy Local or with several pods on a node ' +
      '(digitalocean/digitalocean-cloud-controller-manager#233)',
    'cookie settings on a TCP balancer; booleans without quotes in annotations (#262 there)',
    'asking whether there are sticky sessions: they need three annotations together (#61, #166 there)',
  ],
  samples: [
    {
      title: COOKIE,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: "REGIONAL"
    service.beta.kubernetes.io/do-loadbalancer-protocol: "http"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: "cookies"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: "lb-session"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "3600"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: COOKIE_TLS,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: "REGIONAL"
    service.beta.kubernetes.io/do-loadbalancer-protocol: "https"
    service.beta.kubernetes.io/do-loadbalancer-certificate-id: "00000000-0000-4000-8000-000000000000"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: "cookies"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: "lb-session"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "3600"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 443
`,
    },
    {
      title: 'Layer 7: HTTP on one port, TCP on another',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: "REGIONAL"
    service.beta.kubernetes.io/do-loadbalancer-http-ports: "80"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: "cookies"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-name: "lb-session"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-cookie-ttl: "3600"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - name: http
      port: 80
    - name: admin
      port: 9000
`,
    },
    {
      title: TLS_PORTS,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: "REGIONAL"
    service.beta.kubernetes.io/do-loadbalancer-protocol: "http"
    service.beta.kubernetes.io/do-loadbalancer-tls-ports: "443"
    service.beta.kubernetes.io/do-loadbalancer-certificate-id: "00000000-0000-4000-8000-000000000000"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - name: http
      port: 80
    - name: https
      port: 443
`,
    },
    {
      title: 'Layer 4: connections passed through',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/do-loadbalancer-type: "REGIONAL_NETWORK"
    service.beta.kubernetes.io/do-loadbalancer-sticky-sessions-type: "none"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: 'digitalocean/digitalocean-cloud-controller-manager at 70d527e38, cloud-controller-manager/do',
} as const satisfies ProductTable;

/**
 * The protocol of a port’s listener. A REGIONAL_NETWORK balancer passes on what the port speaks; of a REGIONAL one the
 * lists of ports win over `protocol`, and a certificate makes port 443 HTTPS. Undefined where the type is not written
 * and would decide, where TLS is passed through, and where a template leaves it open.
 *
 * Source: buildRegionalNetworkForwardingRule and buildForwardingRules in cloud-controller-manager/do/loadbalancers.go.
 */
function listenerProtocol(service: Service, { protocol, port }: ServicePort): ListenerProtocol | undefined {
  if (protocol.kind !== 'absent' && (protocol.kind !== 'value' || !['TCP', 'UDP'].includes(protocol.value))) {
    return undefined;
  }
  const own = protocol.kind === 'value' && protocol.value === 'UDP' ? 'UDP' : 'TCP';
  const type = annotation(service, 'type');
  if (own === 'UDP' || (type.kind === 'value' && type.value === 'REGIONAL_NETWORK')) {
    return own;
  }
  const spoken = port.kind === 'value' ? regionalProtocol(service, port.value) : undefined;
  return spoken === 'TCP' || (type.kind === 'value' && type.value === 'REGIONAL') ? spoken : undefined;
}

function regionalProtocol(service: Service, port: number): ListenerProtocol | undefined {
  const lists = [
    ['HTTPS', annotation(service, 'http2-ports')],
    ['HTTPS', annotation(service, 'tls-ports')],
    ['HTTP', annotation(service, 'http-ports')],
  ] as const;
  const certificates = ['certificate-id', 'certificate-name'].map((suffix) => annotation(service, suffix));
  const passthrough = annotation(service, 'tls-passthrough');
  const general = annotation(service, 'protocol');
  const all = [...lists.map(([, list]) => list), ...certificates, passthrough, general];
  const isPassedThrough = passthrough.kind === 'value' && !/^(?:false|f|0)$/i.test(passthrough.value);
  if (all.some(({ kind }) => kind === 'unknown' || kind === 'invalid') || isPassedThrough) {
    return undefined;
  }
  for (const [protocol, list] of lists) {
    if (list.kind === 'value' && list.value.split(',').some((text) => parseInteger(text, 'go') === port)) {
      return protocol;
    }
  }
  const [, tlsPorts] = lists[1];
  if (port === 443 && tlsPorts.kind === 'absent' && certificates.some(({ kind }) => kind === 'value')) {
    return 'HTTPS';
  }
  return PROTOCOLS.get(general.kind === 'value' ? general.value : 'tcp');
}

const PROTOCOLS: ReadonlyMap<string, ListenerProtocol> = new Map([
  ['tcp', 'TCP'],
  ['http', 'HTTP'],
  ['https', 'HTTPS'],
  ['http2', 'HTTPS'],
  ['http3', 'HTTPS'],
]);

/** What is written; an empty text is as good as nothing. */
function annotation({ resource: { annotations } }: Service, suffix: string): Located<string> {
  const located = stringAt(annotations, P + suffix);
  const isEmpty = located.kind === 'value' && located.value === '';
  return isEmpty || fieldAt(annotations, P + suffix).kind === 'absent' ? { kind: 'absent' } : located;
}
