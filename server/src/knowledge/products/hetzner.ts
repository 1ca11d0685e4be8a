import { stringAt } from '../../kubernetes/field.ts';
import type { Service } from '../../kubernetes/service.ts';
import type { ListenerProtocol, Offer, ProductTable, Requirement, Setting } from '../product.ts';

const P = 'load-balancer.hetzner.cloud/';

const ANNOTATION_GO = 'hetznercloud/hcloud-cloud-controller-manager internal/annotation/load_balancer.go';
const HCOPS_GO = 'internal/hcops/load_balancer.go';
const DOCS = 'docs/reference/load_balancer_annotations.md';

const COOKIE_LISTENERS = ['HTTP', 'HTTPS'] as const;

const HTTP_LISTENERS: readonly Offer[] = [
  { set: [{ at: `${P}protocol`, value: 'http' }], remark: 'the balancer then takes every connection for HTTP' },
];

const NEEDS_STICKINESS: readonly Requirement[] = [
  {
    whileTrue: [{ at: `${P}http-sticky-sessions`, isNot: ['True', 'TRUE', 'T', 't', '1'] }],
    needs: { at: `${P}http-sticky-sessions`, is: ['true'] },
    outcome: 'ignored',
    why: 'Without the switch the load balancer sets no cookie, so what is said of the cookie means nothing.',
    offers: [{ set: [{ at: `${P}http-sticky-sessions`, value: 'true' }] }],
  },
];

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}http-sticky-sessions`,
    objects: ['Service'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    listeners: COOKIE_LISTENERS,
    insteadOnOtherListeners: HTTP_LISTENERS,
    onBadValue: 'refused by the controller',
    meaning: 'Whether the load balancer keeps a client on a node by a cookie.',
    default: 'false',
    values: [
      { value: 'true', meaning: 'by a cookie; only with protocol http or https' },
      { value: 'false', meaning: 'each request may go to another node' },
    ],
    notes: [
      'Only HTTP and HTTPS services of the balancer have cookies; the protocol by itself is tcp.',
      'The cookie names a node; which pod there, kube-proxy decides.',
    ],
    concept: 'cookie switch',
    source: `${ANNOTATION_GO} LBSvcHTTPStickySessions; ${HCOPS_GO}; ${DOCS}`,
    cases: [
      { bad: 'on', fixed: 'true' },
      { bad: 'yes', fixed: 'true' },
      { bad: 'enabled', fixed: 'true' },
      { bad: 'cookie' },
      { good: 'True' },
      { without: `${P}protocol`, rule: 'annotation-wrong-layer', mended: 'as it was' },
    ],
  },
  {
    at: `${P}http-cookie-name`,
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
    requires: NEEDS_STICKINESS,
    concept: 'cookie name',
    source: `${ANNOTATION_GO} LBSvcHTTPCookieName`,
    cases: [
      { bad: 'my cookie' },
      { bad: 'route ', fixed: 'route' },
      { good: 'my-app_session' },
      { without: `${P}http-sticky-sessions`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: `${P}http-cookie-lifetime`,
    objects: ['Service'],
    grammar: { kind: 'duration', dialect: 'go' },
    listeners: COOKIE_LISTENERS,
    insteadOnOtherListeners: HTTP_LISTENERS,
    onBadValue: 'refused by the controller',
    meaning: 'How long the cookie counts, as a number with a unit.',
    values: [
      { value: '1h', meaning: '1 hour' },
      { value: '5m', meaning: '5 minutes' },
      { value: '3h', meaning: '3 hours' },
      { value: '24h', meaning: '1 day' },
    ],
    notes: ['A unit is a must, though the documentation calls it an int: a bare `300` stops the controller.'],
    requires: NEEDS_STICKINESS,
    concept: 'cookie lifetime',
    source: `${ANNOTATION_GO} LBSvcHTTPCookieLifetime; internal/annotation/name.go DurationFromService`,
    cases: [
      { bad: '300', fixed: '300s' },
      { bad: '1d', fixed: '24h' },
      { bad: '2 hours', fixed: '2h' },
      { bad: 'long' },
      { good: '1h30m' },
    ],
  },
  {
    at: `${P}protocol`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['http', 'https', 'tcp'], anyCase: true },
    onBadValue: 'refused by the controller',
    meaning: 'Which protocol the listeners speak, all of them.',
    default: 'tcp',
    values: [
      { value: 'http', meaning: 'cookies work' },
      { value: 'https', meaning: 'cookies work; needs a certificate' },
      { value: 'tcp', meaning: 'no cookies' },
    ],
    source: `${ANNOTATION_GO} LBSvcProtocol; internal/annotation/name.go validateServiceProtocol`,
    cases: [
      { bad: 'udp' },
      { bad: 'htp', fixed: 'http' },
      { good: 'HTTP' },
      { bad: 'tcp', fixed: 'http', rule: 'annotation-wrong-layer' },
    ],
  },
  {
    at: `${P}algorithm-type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['round_robin', 'least_connections'], anyCase: true },
    onBadValue: 'refused by the controller',
    meaning: 'How a node is chosen for a client without a cookie.',
    default: 'round_robin',
    source: `${ANNOTATION_GO} LBAlgorithmType; internal/annotation/name.go validateAlgorithmType`,
    cases: [{ sample: 'Layer 7 with TLS: a cookie', bad: 'source_ip' }],
  },
  ...(
    [
      ['http-certificates', 'The certificates of HTTPS listeners, by id or name, parted by commas.'],
      ['certificate-type', 'Whether the certificate was uploaded or is made by the controller: uploaded or managed.'],
      ['http-redirect-http', 'Whether there is a listener beside the HTTPS one that only redirects to it.'],
      ['http-timeout-idle', 'After how long without traffic a connection ends; 30s to 300s.'],
      ['uses-proxyprotocol', 'Whether nodes are told the client’s address in the PROXY protocol.'],
    ] as const
  ).map(
    ([suffix, meaning]): Setting => ({
      at: `${P}${suffix}`,
      objects: ['Service'],
      grammar: { kind: 'text', what: 'text' },
      onBadValue: 'depends',
      meaning,
      values: [],
      source: `hetznercloud/hcloud-cloud-controller-manager ${DOCS}`,
    }),
  ),
];

export const HETZNER = {
  id: 'hetzner',
  name: 'Hetzner Cloud',
  kind: 'load balancer',
  verification: 'source',
  basis: 'hetznercloud/hcloud-cloud-controller-manager at 6485324f (2026-08-19)',
  link: {
    title: 'Hetzner Cloud controller manager: load balancer annotations',
    url: 'https://github.com/hetznercloud/hcloud-cloud-controller-manager/blob/main/docs/reference/load_balancer_annotations.md',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'disable-private-ingress',
    'disable-public-network',
    'health-check-http-domain',
    'health-check-http-path',
    'health-check-http-validate-certificate',
    'health-check-interval',
    'health-check-port',
    'health-check-protocol',
    'health-check-retries',
    'health-check-timeout',
    'hostname',
    'http-managed-certificate-domains',
    'http-managed-certificate-name',
    'http-status-codes',
    'id',
    'ipv4',
    'ipv4-rdns',
    'ipv6',
    'ipv6-disabled',
    'ipv6-rdns',
    'location',
    'name',
    'network-zone',
    'node-selector',
    'private-ipv4',
    'private-subnet-ip-range',
    'type',
    'use-private-ip',
  ],
  families: [
    { prefix: `${P}http-cookie-`, unknown: 'ignored' },
    { prefix: `${P}http-sticky-`, unknown: 'ignored' },
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy on the nodes does.',
    source: `hetznercloud/hcloud-cloud-controller-manager ${HCOPS_GO}: no reference`,
  },
  stickiness: [
    {
      by: 'cookie',
      listeners: COOKIE_LISTENERS,
      when: [{ at: `${P}http-sticky-sessions`, is: ['true', 'True', 'TRUE', 'T', 't', '1'] }],
      duration: { at: `${P}http-cookie-lifetime`, counts: 'since it was set' },
    },
  ],
  targets: [{ to: 'nodes', when: [] }],
  hidesClientOn: COOKIE_LISTENERS,
  listeners: (service) => service.ports.map(() => spoken(service)),
  notes: [
    'All `http-…` settings need the protocol http or https.',
    'A value that cannot be read stops the whole Service: booleans as Go reads them, times with a unit.',
  ],
  recipes: [
    {
      title: 'by a cookie',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}protocol`, value: 'http' },
        { at: `${P}http-sticky-sessions`, value: 'true' },
        { at: `${P}http-cookie-name`, value: 'lb-session' },
        { at: `${P}http-cookie-lifetime`, value: '1h' },
      ],
    },
  ],
  mistakes: [
    'a plain number of seconds for the lifetime of the cookie (by the source)',
    'what the annotations are expected to look like (hetznercloud/hcloud-cloud-controller-manager#51)',
  ],
  samples: [
    {
      title: 'Layer 7: a cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    load-balancer.hetzner.cloud/protocol: "http"
    load-balancer.hetzner.cloud/http-sticky-sessions: "true"
    load-balancer.hetzner.cloud/http-cookie-name: "lb-session"
    load-balancer.hetzner.cloud/http-cookie-lifetime: "1h"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'Layer 7 with TLS: a cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    load-balancer.hetzner.cloud/protocol: "https"
    load-balancer.hetzner.cloud/http-certificates: "web"
    load-balancer.hetzner.cloud/http-sticky-sessions: "true"
    load-balancer.hetzner.cloud/algorithm-type: "least_connections"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 443
`,
    },
  ],
  source: 'hetznercloud/hcloud-cloud-controller-manager at 6485324f, internal/annotation and internal/hcops',
} as const satisfies ProductTable;

/** One protocol for all ports; theirs does not count. Source: hclbServiceOptsBuilder in internal/hcops. */
function spoken({ resource }: Service): ListenerProtocol | undefined {
  const protocol = stringAt(resource.annotations, `${P}protocol`);
  if (protocol.kind === 'absent') {
    return 'TCP';
  }
  return protocol.kind === 'value' ? PROTOCOLS.get(protocol.value.toLowerCase()) : undefined;
}

const PROTOCOLS: ReadonlyMap<string, ListenerProtocol> = new Map([
  ['tcp', 'TCP'],
  ['http', 'HTTP'],
  ['https', 'HTTPS'],
]);
