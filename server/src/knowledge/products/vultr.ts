import { stringAt } from '../../kubernetes/field.ts';
import type { Service, ServicePort } from '../../kubernetes/service.ts';
import { parseInteger } from '../grammar.ts';
import type { ListenerProtocol, Offer, ProductTable, Setting } from '../product.ts';

const P = 'service.beta.kubernetes.io/vultr-loadbalancer-';

const LOAD_BALANCERS_GO = 'vultr/vultr-cloud-controller-manager vultr/loadbalancers.go';
const DOCS = 'vultr/vultr-cloud-controller-manager docs/load-balancers.md';

const COOKIE_LISTENERS = ['HTTP', 'HTTPS'] as const;

const HTTP_LISTENERS: readonly Offer[] = [
  { set: [{ at: `${P}protocol`, value: 'http' }], remark: 'the balancer then takes every connection for HTTP' },
];

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}sticky-session-enabled`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['on', 'off'], on: 'on', off: 'off' },
    off: 'off',
    listeners: COOKIE_LISTENERS,
    insteadOnOtherListeners: HTTP_LISTENERS,
    onBadValue: 'default instead',
    meaning: 'Whether the load balancer keeps a client on a node by a cookie.',
    default: 'off',
    values: [
      { value: 'on', meaning: 'by a cookie; needs its name' },
      { value: 'off', meaning: 'each request may go to another node' },
    ],
    notes: [
      'Only the word `on` counts: `true`, `yes` and `ON` mean off, and nothing tells.',
      'The cookie names a node; which pod there, kube-proxy decides.',
    ],
    requires: [
      {
        when: ['on'],
        needs: { at: `${P}sticky-session-cookie-name`, written: true },
        outcome: 'refused by the controller',
        why: 'The controller does not know a name for the cookie by itself and gives up the Service.',
        offers: [{ set: [{ at: `${P}sticky-session-cookie-name`, value: 'lb-session' }] }],
      },
    ],
    concept: 'cookie switch',
    source: `${LOAD_BALANCERS_GO} getStickySessionEnabled, buildStickySession; ${DOCS}`,
    cases: [
      { bad: 'true', fixed: 'on' },
      { bad: 'ON', fixed: 'on' },
      { bad: 'yes', fixed: 'on' },
      { bad: 'false', fixed: 'off' },
      { bad: 'cookie' },
      { without: `${P}sticky-session-cookie-name`, rule: 'setting-companion-missing', mended: 'as it was' },
      { without: `${P}protocol`, rule: 'annotation-wrong-layer', mended: 'as it was' },
    ],
  },
  {
    at: `${P}sticky-session-cookie-name`,
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
    notes: ['Needed with `sticky-session-enabled: "on"`. There is no setting for how long the cookie counts.'],
    requires: [
      {
        needs: { at: `${P}sticky-session-enabled`, is: ['on'] },
        outcome: 'ignored',
        why: 'Without the switch the name is not even read, and no cookie is set.',
        offers: [{ set: [{ at: `${P}sticky-session-enabled`, value: 'on' }] }],
      },
    ],
    concept: 'cookie name',
    source: `${LOAD_BALANCERS_GO} getCookieName`,
    cases: [
      { bad: 'my cookie' },
      { bad: 'route ', fixed: 'route' },
      { good: 'my-app_session' },
      { without: `${P}sticky-session-enabled`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: `${P}protocol`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['http', 'https', 'tcp', 'udp'] },
    onBadValue: 'depends',
    meaning: 'Which protocol the listeners speak whose ports are not in https-ports.',
    default: 'tcp',
    values: [
      { value: 'http', meaning: 'cookies work' },
      { value: 'https', meaning: 'cookies work; needs a certificate' },
      { value: 'tcp', meaning: 'no cookies' },
      { value: 'udp', meaning: 'no cookies; set backend-protocol to udp as well' },
    ],
    notes: ['It is sent to the cloud as it is written.'],
    source: `${LOAD_BALANCERS_GO} getLBProtocol, buildForwardingRules; ${DOCS}`,
    cases: [
      { bad: 'HTTP', fixed: 'http' },
      { bad: 'ws' },
      { good: 'https' },
      { bad: 'tcp', fixed: 'http', rule: 'annotation-wrong-layer' },
    ],
  },
  {
    at: `${P}algorithm`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['roundrobin', 'least_connections'] },
    onBadValue: 'default instead',
    meaning: 'How a node is chosen for a client without a cookie.',
    default: 'roundrobin',
    notes: ['Everything but `least_connections` means roundrobin.'],
    source: `${LOAD_BALANCERS_GO} getAlgorithm; ${DOCS}`,
  },
  ...(
    [
      ['https-ports', 'The ports with an HTTPS listener, parted by commas without blanks; cookies work there.'],
      ['ssl', 'The Secret with the certificate of HTTPS listeners.'],
      ['ssl-pass-through', 'Whether the ports of https-ports pass TLS through; they are TCP then, without cookies.'],
      ['backend-protocol', 'Which protocol is spoken with the nodes; by itself that of the listener.'],
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

export const VULTR = {
  id: 'vultr',
  name: 'Vultr',
  kind: 'load balancer',
  verification: 'source',
  basis: 'vultr/vultr-cloud-controller-manager at d5f3ab03 (2026-07-08)',
  link: {
    title: 'Vultr cloud controller manager: load balancers',
    url: 'https://github.com/vultr/vultr-cloud-controller-manager/blob/master/docs/load-balancers.md',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'auto-ssl',
    'create',
    'firewall-rules',
    'firewall-rules-cm',
    'healthcheck-check-interval',
    'healthcheck-healthy-threshold',
    'healthcheck-path',
    'healthcheck-port',
    'healthcheck-protocol',
    'healthcheck-response-timeout',
    'healthcheck-unhealthy-threshold',
    'hostname',
    'http2',
    'http3',
    'id',
    'label',
    'node-count',
    'private-network',
    'proxy-protocol',
    'ssl-last-updated',
    'ssl-redirect',
    'timeout',
    'vpc',
  ],
  families: [{ prefix: `${P}sticky-`, unknown: 'ignored' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy on the nodes does.',
    source: `${LOAD_BALANCERS_GO}: no reference`,
  },
  stickiness: [{ by: 'cookie', listeners: COOKIE_LISTENERS, when: [{ at: `${P}sticky-session-enabled`, is: ['on'] }] }],
  targets: [{ to: 'nodes', when: [] }],
  hidesClientOn: COOKIE_LISTENERS,
  listeners: (service) => service.ports.map((port) => listenerProtocol(service, port)),
  notes: ['The words that switch differ from key to key: `on` and `off` here, `true` and `false` elsewhere.'],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}protocol`, value: 'http' },
        { at: `${P}sticky-session-enabled`, value: 'on' },
        { at: `${P}sticky-session-cookie-name`, value: 'lb-session' },
      ],
    },
  ],
  mistakes: ['sticky-session-enabled: "true", which means off (by the source; no thread found)'],
  samples: [
    {
      title: 'Layer 7: a cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/vultr-loadbalancer-protocol: "http"
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "on"
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-cookie-name: "lb-session"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'Layer 7 with TLS on one port',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/vultr-loadbalancer-https-ports: "443"
    service.beta.kubernetes.io/vultr-loadbalancer-ssl: "web-tls"
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-enabled: "on"
    service.beta.kubernetes.io/vultr-loadbalancer-sticky-session-cookie-name: "lb-session"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 443
`,
    },
  ],
  source: 'vultr/vultr-cloud-controller-manager at d5f3ab03, vultr/loadbalancers.go',
} as const satisfies ProductTable;

/**
 * The protocol of a port’s listener: HTTPS where https-ports names it (TCP if TLS is passed through), else what
 * `protocol` says. What the port itself says does not count.
 *
 * Source: buildForwardingRules in vultr/loadbalancers.go.
 */
function listenerProtocol({ resource }: Service, { port }: ServicePort): ListenerProtocol | undefined {
  const [httpsPorts, passThrough, protocol] = ['https-ports', 'ssl-pass-through', 'protocol'].map((suffix) =>
    stringAt(resource.annotations, P + suffix),
  );
  if (port.kind !== 'value' || httpsPorts?.kind === 'unknown' || httpsPorts?.kind === 'invalid') {
    return undefined;
  }
  const named = httpsPorts?.kind === 'value' ? httpsPorts.value.split(',') : [];
  if (named.some((text) => parseInteger(text, 'go') === port.value)) {
    const isPlain = passThrough?.kind === 'absent' || (passThrough?.kind === 'value' && passThrough.value === 'false');
    return isPlain ? 'HTTPS' : undefined;
  }
  if (protocol?.kind === 'absent') {
    return 'TCP';
  }
  return protocol?.kind === 'value' ? PROTOCOLS.get(protocol.value) : undefined;
}

const PROTOCOLS: ReadonlyMap<string, ListenerProtocol> = new Map([
  ['tcp', 'TCP'],
  ['udp', 'UDP'],
  ['http', 'HTTP'],
  ['https', 'HTTPS'],
]);
