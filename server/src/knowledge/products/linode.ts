import { stringAt } from '../../kubernetes/field.ts';
import type { Service, ServicePort } from '../../kubernetes/service.ts';
import type { ListenerProtocol, Outcome, ProductTable, Setting } from '../product.ts';

const P = 'service.beta.kubernetes.io/linode-loadbalancer-';

const HELPERS_GO = 'linode/linode-cloud-controller-manager cloud/linode/loadbalancers_helpers.go';
const DOCS = 'docs/configuration/annotations.md';

const PORT = `${P}port-*`;

const PROTOCOL_WORDS = ['http', 'https', 'tcp', 'udp'] as const;
const STICKINESS_WORDS = ['none', 'table', 'http_cookie', 'session', 'source_ip'] as const;
const ALGORITHM_WORDS = ['roundrobin', 'leastconn', 'source', 'ring_hash'] as const;

const REFUSED: Outcome = 'refused by the controller';

/** What goes with which protocol; TCP takes every word, and ignores it. */
const OF_HTTP = ['TCP', 'HTTP', 'HTTPS'] as const;
const OF_UDP = ['TCP', 'UDP'] as const;

/** On one line, as an editor can change it in place. */
const PORT_443 =
  `${P}port-443: ` +
  '\'{"protocol": "https", "tls-secret-name": "web-tls", "algorithm": "leastconn", "stickiness": "http_cookie"}\'';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}default-stickiness`,
    objects: ['Service'],
    grammar: { kind: 'word', words: STICKINESS_WORDS, anyCase: true, off: 'none' },
    off: 'none',
    listeners: ['HTTP', 'HTTPS', 'UDP'],
    insteadOnOtherListeners: [
      {
        set: [
          { at: `${P}default-protocol`, value: 'http' },
          { at: `${P}default-stickiness`, value: 'http_cookie' },
        ],
        remark: 'the balancer then takes every connection for HTTP',
      },
    ],
    onBadValue: REFUSED,
    meaning: 'How the NodeBalancer keeps a client on a node, on all ports that do not say it themselves.',
    default: 'table for HTTP and HTTPS, session for UDP',
    values: [
      { value: 'http_cookie', meaning: 'by a cookie named NB_SRVID', listeners: OF_HTTP },
      { value: 'table', meaning: 'by a table of client addresses, for 30 minutes', listeners: OF_HTTP },
      { value: 'source_ip', meaning: 'by the client’s address', listeners: OF_UDP },
      { value: 'session', meaning: 'by the UDP session', listeners: OF_UDP },
      { value: 'none', meaning: 'each connection may go to another node' },
    ],
    notes: [
      'HTTP and HTTPS ports take none, table and http_cookie; UDP ports none, session and source_ip.',
      'TCP ports, the default, ignore it. A word for another protocol stops the whole Service.',
    ],
    concept: 'cookie switch',
    source: `${HELPERS_GO} getPortStickiness, getDefaultStickiness; ${DOCS}`,
    cases: [
      { bad: 'cookie' },
      { bad: 'http-cookie', fixed: 'http_cookie' },
      { bad: 'off', fixed: 'none' },
      { good: 'HTTP_COOKIE' },
      { good: 'table' },
      { bad: 'source_ip', rule: 'annotation-wrong-layer' },
      { without: `${P}default-protocol`, rule: 'annotation-wrong-layer', mended: 'as it was' },
    ],
  },
  {
    at: `${P}default-protocol`,
    objects: ['Service'],
    grammar: { kind: 'word', words: PROTOCOL_WORDS, anyCase: true },
    onBadValue: REFUSED,
    meaning: 'Which protocol the ports speak that do not say it themselves.',
    default: 'that of the port, TCP or UDP',
    values: [
      { value: 'http', meaning: 'table and http_cookie work' },
      { value: 'https', meaning: 'table and http_cookie work; needs a certificate for the port' },
      { value: 'tcp', meaning: 'no stickiness' },
      { value: 'udp', meaning: 'session and source_ip work' },
    ],
    source: `${HELPERS_GO} getPortProtocol; ${DOCS}`,
    cases: [{ bad: 'ws' }, { bad: 'htp', fixed: 'http' }, { good: 'HTTP' }],
  },
  {
    at: `${P}default-algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ALGORITHM_WORDS, anyCase: true },
    onBadValue: REFUSED,
    meaning: 'How a node is chosen for a client that is not pinned yet.',
    default: 'roundrobin',
    values: [
      { value: 'roundrobin', meaning: 'in turn' },
      { value: 'leastconn', meaning: 'the node with the fewest connections' },
      { value: 'source', meaning: 'by the client’s address; not for UDP', listeners: OF_HTTP },
      { value: 'ring_hash', meaning: 'by consistent hashing; for UDP only', listeners: ['UDP'] },
    ],
    source: `${HELPERS_GO} getPortAlgorithm; ${DOCS}`,
    cases: [
      { bad: 'round_robin', fixed: 'roundrobin' },
      { bad: 'least' },
      { good: 'source' },
      { bad: 'ring_hash', rule: 'annotation-wrong-layer' },
    ],
  },
  {
    at: PORT,
    objects: ['Service'],
    grammar: { kind: 'JSON' },
    onBadValue: REFUSED,
    meaning: 'What holds for one port, as JSON; the number of the port ends the key.',
    values: [],
    notes: ['Keys: protocol, stickiness, algorithm, proxy-protocol, tls-secret-name and udp-check-port.'],
    source: 'linode/linode-cloud-controller-manager cloud/linode/loadbalancers.go getPortConfigAnnotation',
  },
  {
    at: `${PORT}#protocol`,
    objects: ['Service'],
    grammar: { kind: 'word', words: PROTOCOL_WORDS, anyCase: true },
    onBadValue: REFUSED,
    meaning: 'Which protocol the port speaks.',
    default: 'default-protocol',
    source: `${HELPERS_GO} getPortProtocol`,
    cases: [{ bad: 'ws' }, { bad: 'htps', fixed: 'https' }],
  },
  {
    at: `${PORT}#stickiness`,
    objects: ['Service'],
    grammar: { kind: 'word', words: STICKINESS_WORDS, anyCase: true, off: 'none' },
    off: 'none',
    onBadValue: REFUSED,
    meaning: 'How the NodeBalancer keeps a client of the port on a node.',
    default: 'default-stickiness',
    conflicts: [
      {
        when: ['table', 'http_cookie'],
        with: { at: `${PORT}#protocol`, is: ['udp'] },
        outcome: REFUSED,
        why: 'A UDP port takes none, session and source_ip only, so the controller gives up the Service.',
        remove: 'neither',
      },
      {
        when: ['session', 'source_ip'],
        with: { at: `${PORT}#protocol`, is: ['http', 'https'] },
        outcome: REFUSED,
        why: 'HTTP and HTTPS ports take none, table and http_cookie only, so the controller gives up the Service.',
        remove: 'neither',
      },
      {
        when: ['table', 'http_cookie', 'session', 'source_ip'],
        with: { at: `${PORT}#protocol`, is: ['tcp'] },
        outcome: 'ignored',
        why: 'A TCP port has no stickiness, and nothing tells.',
        remove: 'neither',
      },
    ],
    source: `${HELPERS_GO} getPortStickiness`,
    cases: [
      { bad: 'cookie' },
      { bad: 'http-cookie', fixed: 'http_cookie' },
      { good: 'table' },
      { bad: 'source_ip', rule: 'settings-contradict' },
      { beside: { at: `${PORT}#protocol`, value: 'tcp' }, rule: 'settings-contradict', mended: 'by hand' },
      { beside: { at: `${PORT}#protocol`, value: 'udp' }, rule: 'settings-contradict', mended: 'by hand' },
    ],
  },
  {
    at: `${PORT}#algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ALGORITHM_WORDS, anyCase: true },
    onBadValue: REFUSED,
    meaning: 'How a node is chosen for a client of the port that is not pinned yet.',
    default: 'default-algorithm',
    source: `${HELPERS_GO} getPortAlgorithm`,
    cases: [{ bad: 'round_robin', fixed: 'roundrobin' }],
  },
];

export const LINODE = {
  id: 'linode',
  name: 'Akamai (Linode) NodeBalancer',
  kind: 'load balancer',
  verification: 'source',
  basis: 'linode/linode-cloud-controller-manager at b9aa9012 (2026-08-20)',
  link: {
    title: 'Linode cloud controller manager: Service annotations',
    url: 'https://github.com/linode/linode-cloud-controller-manager/blob/main/docs/configuration/annotations.md',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'backend-ipv4-range',
    'backend-subnet-id',
    'backend-subnet-name',
    'backend-vpc-name',
    'check-attempts',
    'check-body',
    'check-interval',
    'check-passive',
    'check-path',
    'check-timeout',
    'check-type',
    'default-proxy-protocol',
    'enable-ipv6-backends',
    'enable-ipv6-ingress',
    'firewall-acl',
    'firewall-id',
    'frontend-ipv4-range',
    'frontend-ipv6-range',
    'frontend-subnet-id',
    'frontend-subnet-name',
    'frontend-vpc-name',
    'hostname-only-ingress',
    'nodebalancer-id',
    'nodebalancer-type',
    'preserve',
    'proxy-protocol',
    'reserved-ipv4',
    'retain-reserved-ipv4',
    'tags',
    'throttle',
    'udp-check-port',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller leaves it to kube-proxy on the nodes; the NodeBalancer has a stickiness of its own.',
    source: 'linode/linode-cloud-controller-manager docs/configuration/session-affinity.md',
  },
  stickiness: [
    {
      by: 'cookie',
      listeners: ['HTTP', 'HTTPS'],
      when: [
        { at: PORT, written: false },
        { at: `${P}default-stickiness`, is: ['http_cookie'] },
      ],
    },
    {
      by: 'source address',
      listeners: ['HTTP', 'HTTPS'],
      when: [
        { at: PORT, written: false },
        { at: `${P}default-stickiness`, is: ['table'], orAbsent: true },
      ],
    },
    {
      by: 'source address',
      listeners: ['UDP'],
      when: [
        { at: PORT, written: false },
        { at: `${P}default-stickiness`, is: ['source_ip'] },
      ],
    },
  ],
  targets: [{ to: 'nodes', when: [] }],
  hidesClientOn: ['HTTP', 'HTTPS'],
  listeners: (service) => service.ports.map((port) => listenerProtocol(service, port)),
  notes: [
    'HTTP and HTTPS ports are sticky by themselves: by a table of client addresses.',
    'What a port-… annotation says of a port wins over the defaults.',
    'Words are taken in any case.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}default-protocol`, value: 'http' },
        { at: `${P}default-stickiness`, value: 'http_cookie' },
      ],
    },
  ],
  mistakes: [
    'http_cookie while the ports still speak TCP (by the source; linode/docs#1986)',
    'not knowing which annotations there are (linode/docs#5011, linode/docs#4285)',
  ],
  samples: [
    {
      title: 'A cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/linode-loadbalancer-default-protocol: "http"
    service.beta.kubernetes.io/linode-loadbalancer-default-stickiness: "http_cookie"
    service.beta.kubernetes.io/linode-loadbalancer-default-algorithm: "leastconn"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'A cookie with TLS, for one port',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    ${PORT_443}
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 443
`,
    },
    {
      title: 'UDP, by source address',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: game
  annotations:
    service.beta.kubernetes.io/linode-loadbalancer-default-stickiness: "source_ip"
    service.beta.kubernetes.io/linode-loadbalancer-default-algorithm: "ring_hash"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  selector:
    app: game
  ports:
    - port: 7777
      protocol: UDP
`,
    },
  ],
  source: 'linode/linode-cloud-controller-manager at b9aa9012, cloud/linode',
} as const satisfies ProductTable;

/**
 * The protocol of a port: what its own annotation says, else default-protocol, else the port itself.
 *
 * Source: getPortProtocol in cloud/linode/loadbalancers_helpers.go.
 */
function listenerProtocol({ resource }: Service, { port, protocol }: ServicePort): ListenerProtocol | undefined {
  if (port.kind !== 'value') {
    return undefined;
  }
  const own = stringAt(resource.annotations, `${P}port-${port.value}`);
  const general = stringAt(resource.annotations, `${P}default-protocol`);
  if (own.kind !== 'absent') {
    const spoken = own.kind === 'value' ? protocolIn(own.value) : undefined;
    return spoken === undefined ? undefined : PROTOCOLS.get(spoken.toLowerCase());
  }
  const spoken = general.kind === 'absent' ? protocol : general;
  return spoken.kind === 'value'
    ? PROTOCOLS.get(spoken.value.toLowerCase())
    : spoken.kind === 'absent'
      ? 'TCP'
      : undefined;
}

/** What the JSON for one port says of its protocol; undefined where it does not say it in plain words. */
function protocolIn(text: string): string | undefined {
  try {
    const { protocol } = JSON.parse(text) as { readonly protocol?: unknown };
    return typeof protocol === 'string' ? protocol : undefined;
  } catch {
    return undefined;
  }
}

const PROTOCOLS: ReadonlyMap<string, ListenerProtocol> = new Map([
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['http', 'HTTP'],
  ['https', 'HTTPS'],
]);
