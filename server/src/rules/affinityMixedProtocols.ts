import { describeResource } from '../kubernetes/resource.ts';
import { hasVirtualIP, type ServicePort, usesClientIP } from '../kubernetes/service.ts';
import type { Finding, Rule } from './rule.ts';
import { listOf } from './support/listing.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';

export const affinityMixedProtocols: Rule = {
  id: 'affinity-mixed-protocols',
  summary: '`sessionAffinity: ClientIP` covers ports of more than one protocol, each of which is remembered apart.',
  why:
    'kube-proxy remembers a client for each port and protocol of a Service, never for the Service as a whole. A ' +
    'client that speaks TCP and UDP to one application, as games, telephony and QUIC do, may so reach two pods. ' +
    'Read in kube-proxy and seen with real nodes for two ports; asked for and declined in ' +
    'kubernetes/kubernetes#103000.',
  remedy: 'Use it only where the protocols do not need the same pod; there is no setting that joins them.',
  links: [
    {
      title: 'kubernetes/kubernetes#103000: affinity across the ports of a Service',
      url: 'https://github.com/kubernetes/kubernetes/issues/103000',
    },
    SESSION_AFFINITY_PAGE,
  ],
  messages: {
    found:
      'Affinity is kept per port and protocol: {service} may send {protocols} of one client to different pods.\n' +
      'It matters only if they need the same pod; no setting of a Service joins them.',
    related: 'This port is remembered apart.',
  },
  after: [
    'affinity-config-dropped',
    'affinity-flattened',
    'affinity-in-selector',
    'affinity-key-misspelt',
    'affinity-misplaced',
    'affinity-shape-wrong',
    'affinity-value-unsupported',
    'affinity-without-virtual-ip',
    'duplicate-key',
    'headless-type-contradiction',
    'service-type-contradiction',
    'service-value-unsupported',
  ],
  examples: [
    {
      title: 'A game that speaks TCP and UDP.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: game
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-mixed-protocols
  ports:
    - name: login
      port: 7000
    - name: world
      port: 7000
      protocol: UDP
`,
    },
    {
      title: 'Several ports of one protocol are what many Services have.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - name: http
      port: 80
    - name: metrics
      port: 9090
      protocol: TCP
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const { sessionAffinity, ports, portsOpen } = service;
      const applies = usesClientIP(service) === true && hasVirtualIP(service) !== false && !portsOpen;
      if (!applies || sessionAffinity.kind !== 'value') {
        continue;
      }
      const first = new Map<string, ServicePort>();
      for (const port of ports) {
        const protocol = protocolOf(port);
        if (protocol !== undefined && !first.has(protocol)) {
          first.set(protocol, port);
        }
      }
      if (first.size < 2) {
        continue;
      }
      yield {
        rule: affinityMixedProtocols,
        message: 'found',
        arguments: { service: describeResource(service.resource), protocols: listOf([...first.keys()]) },
        certainty: 'assumed',
        span: sessionAffinity.field.pair.value.span,
        subject: service.resource,
        related: [...first.values()].flatMap(({ protocol }) =>
          protocol.kind === 'value' ? [{ span: protocol.span, message: 'related', arguments: {} }] : [],
        ),
        fixes: [],
      };
    }
  },
};

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** The protocol that counts; undefined where it cannot be known or is none. */
function protocolOf({ protocol }: ServicePort): string | undefined {
  if (protocol.kind === 'absent' || (protocol.kind === 'value' && protocol.value === '')) {
    return 'TCP';
  }
  return protocol.kind === 'value' && PROTOCOLS.includes(protocol.value) ? protocol.value : undefined;
}
