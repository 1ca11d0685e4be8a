import { stringAt } from '../../kubernetes/field.ts';
import type { Service, ServicePort } from '../../kubernetes/service.ts';
import { parseInteger } from '../grammar.ts';
import type { ListenerProtocol, ProductTable, Setting } from '../product.ts';

const P = 'service.beta.kubernetes.io/scw-loadbalancer-';

const ANNOTATIONS_GO = 'scaleway/scaleway-cloud-controller-manager scaleway/loadbalancers_annotations.go';
const DOCS = 'docs/loadbalancer-annotations.md';

/** Every way to say that a port speaks HTTP, but for `false` and the like. */
const SPEAKS_HTTP = /^(?!(?:false|False|FALSE|f|F)$)./;

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}sticky-sessions`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['cookie', 'table', 'none'], off: 'none' },
    off: 'none',
    onBadValue: 'refused by the controller',
    meaning: 'How the load balancer keeps a client on a node.',
    default: 'none',
    values: [
      { value: 'cookie', meaning: 'by a cookie; needs its name, and HTTP' },
      { value: 'table', meaning: 'by a table of client addresses' },
      { value: 'none', meaning: 'each connection may go to another node' },
    ],
    notes: ['Cookie and table name a node; which pod there, kube-proxy decides.'],
    requires: [
      {
        when: ['cookie'],
        needs: { at: `${P}sticky-sessions-cookie-name`, written: true },
        outcome: 'refused by the controller',
        why: 'The controller does not know a name for the cookie by itself and gives up the Service.',
        offers: [{ set: [{ at: `${P}sticky-sessions-cookie-name`, value: 'lb-session' }] }],
      },
      {
        when: ['cookie'],
        needs: { at: `${P}protocol-http`, matches: SPEAKS_HTTP },
        outcome: 'depends',
        why: 'Only a backend that speaks HTTP can carry a cookie, and without it all of them speak TCP.',
        offers: [
          {
            set: [{ at: `${P}protocol-http`, value: 'true' }],
            remark: 'the balancer then takes every connection for HTTP',
          },
        ],
      },
    ],
    concept: 'cookie switch',
    source: `${ANNOTATIONS_GO} getStickySessions; scaleway/loadbalancers.go servicePortToBackend; ${DOCS}`,
    cases: [
      { bad: 'cookies', fixed: 'cookie' },
      { bad: 'Cookie', fixed: 'cookie' },
      { bad: 'off', fixed: 'none' },
      { bad: 'true' },
      { bad: 'source_ip' },
      { without: `${P}sticky-sessions-cookie-name`, rule: 'setting-companion-missing', mended: 'as it was' },
      { without: `${P}protocol-http`, rule: 'setting-companion-missing', mended: 'as it was' },
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
    onBadValue: 'depends',
    meaning: 'The name of the cookie that the load balancer sets.',
    values: [],
    notes: ['Needed with `sticky-sessions: "cookie"`. There is no setting for how long the cookie counts.'],
    requires: [
      {
        needs: { at: `${P}sticky-sessions`, is: ['cookie'] },
        outcome: 'ignored',
        why: 'Only with the mode cookie is the name read.',
        offers: [{ set: [{ at: `${P}sticky-sessions`, value: 'cookie' }] }],
      },
    ],
    concept: 'cookie name',
    source: `${ANNOTATIONS_GO} getStickySessionsCookieName; scaleway/loadbalancers.go servicePortToBackend`,
    cases: [
      { bad: 'my cookie' },
      { bad: 'route ', fixed: 'route' },
      { good: 'my-app_session' },
      { without: `${P}sticky-sessions`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: `${P}forward-port-algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['roundrobin', 'leastconn', 'first'] },
    onBadValue: 'refused by the controller',
    meaning: 'How a node is chosen for a client that is not pinned yet.',
    default: 'roundrobin',
    source: `${ANNOTATIONS_GO} getForwardPortAlgorithm`,
    cases: [
      { sample: 'A table of addresses', bad: 'round_robin', fixed: 'roundrobin' },
      { sample: 'A table of addresses', bad: 'source' },
    ],
  },
  ...(
    [
      ['protocol-http', 'The ports whose backends speak HTTP: `true` or `*` for all, else a list such as `80,443`.'],
      ['certificate-ids', 'The certificates with which listeners end TLS.'],
      ['redispatch-attempt-count', 'Whether a client whose node fails is sent to another one: 0 or 1.'],
      ['proxy-protocol-v1', 'The ports whose nodes are told the client’s address in version 1 of the PROXY protocol.'],
      ['proxy-protocol-v2', 'The ports whose nodes are told the client’s address in version 2 of the PROXY protocol.'],
    ] as const
  ).map(
    ([suffix, meaning]): Setting => ({
      at: `${P}${suffix}`,
      objects: ['Service'],
      grammar: { kind: 'text', what: 'text' },
      onBadValue: 'depends',
      meaning,
      values: [],
      source: `scaleway/scaleway-cloud-controller-manager ${DOCS}`,
    }),
  ),
];

export const SCALEWAY = {
  id: 'scaleway',
  name: 'Scaleway',
  kind: 'load balancer',
  verification: 'source',
  basis: 'scaleway/scaleway-cloud-controller-manager at bddc17f (2026-08-20)',
  link: {
    title: 'Scaleway cloud controller manager: load balancer annotations',
    url: 'https://github.com/scaleway/scaleway-cloud-controller-manager/blob/master/docs/loadbalancer-annotations.md',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'connection-rate-limit',
    'enable-access-logs',
    'enable-http3',
    'externally-managed',
    'failover-host',
    'flexible-ip-types',
    'force-internal-ip',
    'health-check-delay',
    'health-check-from-service',
    'health-check-http-code',
    'health-check-http-method',
    'health-check-http-uri',
    'health-check-max-retries',
    'health-check-mysql-user',
    'health-check-pgsql-user',
    'health-check-send-proxy',
    'health-check-timeout',
    'health-check-type',
    'health-transient-check-delay',
    'http-backend-tls',
    'http-backend-tls-skip-verify',
    'id',
    'ip-ids',
    'ip-mode',
    'max-connections',
    'max-retries',
    'on-marked-down-action',
    'pn-ids',
    'private',
    'private-ip-ids',
    'send-proxy-v2',
    'ssl-compatibility-level',
    'target-node-labels',
    'timeout-client',
    'timeout-connect',
    'timeout-queue',
    'timeout-server',
    'timeout-tunnel',
    'type',
    'use-hostname',
    'zone',
  ],
  families: [{ prefix: `${P}sticky-`, unknown: 'ignored' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy on the nodes does.',
    source: 'scaleway/scaleway-cloud-controller-manager scaleway/loadbalancers.go: no reference',
  },
  stickiness: [
    { by: 'cookie', listeners: ['HTTP', 'HTTPS'], when: [{ at: `${P}sticky-sessions`, is: ['cookie'] }] },
    { by: 'source address', when: [{ at: `${P}sticky-sessions`, is: ['table'] }] },
  ],
  targets: [{ to: 'nodes', when: [] }],
  hidesClientOn: ['HTTP', 'HTTPS'],
  listeners: (service) => service.ports.map((port) => listenerProtocol(service, port)),
  notes: [
    'A mode that the controller does not know stops the whole Service.',
    'The controller refuses Services with any `loadBalancerClass`.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}protocol-http`, value: 'true' },
        { at: `${P}sticky-sessions`, value: 'cookie' },
        { at: `${P}sticky-sessions-cookie-name`, value: 'lb-session' },
      ],
    },
    {
      title: 'by a table of client addresses',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}sticky-sessions`, value: 'table' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
  ],
  mistakes: [
    'the mode cookie without a name for it, which the controller refuses (by the source)',
    'the two modes were not documented for users (scaleway/docs-content#754, scaleway/docs-content#763)',
  ],
  samples: [
    {
      title: 'A cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/scw-loadbalancer-protocol-http: "true"
    service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions: "cookie"
    service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions-cookie-name: "lb-session"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'A table of addresses',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/scw-loadbalancer-sticky-sessions: "table"
    service.beta.kubernetes.io/scw-loadbalancer-forward-port-algorithm: "leastconn"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 5432
`,
    },
  ],
  source: 'scaleway/scaleway-cloud-controller-manager at bddc17f, scaleway/loadbalancers.go',
} as const satisfies ProductTable;

/**
 * The protocol of a port’s listener: HTTP where protocol-http names the port, with TLS before it where a certificate
 * is written.
 *
 * Source: getForwardProtocol in scaleway/loadbalancers_annotations.go, isPortInRange in scaleway/loadbalancers.go.
 */
function listenerProtocol({ resource }: Service, { port, protocol }: ServicePort): ListenerProtocol | undefined {
  const http = stringAt(resource.annotations, `${P}protocol-http`);
  const certificates = stringAt(resource.annotations, `${P}certificate-ids`);
  const isTcp = protocol.kind === 'absent' || (protocol.kind === 'value' && protocol.value === 'TCP');
  if (port.kind !== 'value' || !isTcp || (http.kind !== 'absent' && http.kind !== 'value')) {
    return undefined;
  }
  const named = http.kind === 'value' ? http.value.replaceAll(' ', '') : '';
  const isHttp =
    /^(?:\*|true|True|TRUE|t|T)$/.test(named) ||
    named.split(',').some((text) => parseInteger(text, 'go') === port.value);
  if (!isHttp) {
    return 'TCP';
  }
  return certificates.kind === 'absent' ? 'HTTP' : certificates.kind === 'value' ? 'HTTPS' : undefined;
}
