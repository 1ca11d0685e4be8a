import { ALIBABA_CLB, clbAnnotation, parseGoInteger } from '../knowledge/alibabaClb.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, type Service } from '../kubernetes/service.ts';
import type { Evidence, PersistencePath } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { insertPairs, type NewPair, removePairs } from '../yaml/edits.ts';
import { keyText } from '../yaml/nodes.ts';
import type { Finding, Fix, RelatedPlace, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';

const SUFFIX = 'persistence-timeout';

export const annotationWrongLayer: Rule = {
  id: 'annotation-wrong-layer',
  summary: 'A setting for TCP listeners stands on a Service that has none, or the other way round.',
  why:
    'Alibaba Cloud’s controller sends `persistence-timeout` to TCP listeners only, and says nothing when there is ' +
    'none. The protocol of a listener is that of the Service port, unless `protocol-port` makes it HTTP or HTTPS; ' +
    'those keep a client by a cookie, with settings of their own. Read in the controller’s source.',
  remedy: 'Use the cookie settings for HTTP and HTTPS listeners, or leave the port a TCP listener.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: {
    found:
      '{key} works on TCP listeners only, and {service} has only {protocols} listeners.\n' +
      'The controller ignores it without a word, so the load balancer keeps no client on one node.',
    related: 'Port {port} gets a {protocol} listener.',
    cookies: 'Use an inserted cookie instead (sticky-session, cookie-timeout {seconds})',
    remove: 'Remove {key}',
  },
  after: ['service-type-contradiction', 'service-value-unsupported', 'value-not-a-string'],
  examples: [
    {
      title: '`protocol-port` makes the only port an HTTPS listener.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
    },
    {
      title: 'One port of two is a TCP listener, which uses it.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - name: tls
      port: 443
    - name: mqtt
      port: 1883
`,
    },
  ],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const timeout = clbAnnotation(service, SUFFIX);
      const applies =
        effectiveType(service) === 'LoadBalancer' && service.loadBalancerClass.kind === 'absent' && !service.portsOpen;
      if (!applies || timeout.kind !== 'value' || (parseGoInteger(timeout.value) ?? 0) <= 0) {
        continue;
      }
      const paths = pathsOfService(service);
      const protocols = [...new Set(paths.map((path) => path.entry.listener))];
      if (paths.length === 0 || protocols.includes('TCP') || protocols.includes(undefined)) {
        continue;
      }
      yield {
        rule: annotationWrongLayer,
        message: 'found',
        arguments: {
          key: SUFFIX,
          service: describeResource(service.resource),
          protocols: listOf(protocols.filter((protocol) => protocol !== undefined)),
        },
        certainty: 'ineffective',
        key: SUFFIX,
        span: timeout.field.pair.key.span,
        subject: service.resource,
        related: relatedPorts(service, paths),
        fixes: fixesOf(manifest, service, timeout, paths),
      };
    }
  },
};

function relatedPorts(service: Service, paths: readonly PersistencePath[]): RelatedPlace[] {
  return service.ports.flatMap((port, index): RelatedPlace[] => {
    const protocol = paths[index]?.entry.listener;
    return port.port.kind === 'value' && protocol !== undefined
      ? [{ span: port.port.span, message: 'related', arguments: { port: port.port.value, protocol } }]
      : [];
  });
}

function fixesOf(manifest: Manifest, service: Service, timeout: Evidence, paths: readonly PersistencePath[]): Fix[] {
  const mapping = service.resource.annotations;
  const { pair, editable } = timeout.field;
  if (mapping === undefined || !editable) {
    return [];
  }
  const remove = () => removePairs(manifest.yaml, mapping, [pair]);
  const cookieHop = paths.every(({ entry }) => entry.listener === 'HTTP' || entry.listener === 'HTTPS');
  const configured = clbAnnotation(service, 'sticky-session').kind !== 'absent';
  const seconds = timeout.scalar.text;
  const cookies = fixHere(manifest, { title: 'cookies', arguments: { seconds }, safety: 'review' }, () => {
    const key = keyText(pair) ?? '';
    const prefix = ALIBABA_CLB.annotationPrefixes.find((candidate) => key.startsWith(candidate));
    return cookieHop && !configured && prefix !== undefined && mapping.pairs.length > 1
      ? [
          ...remove(),
          ...insertPairs(manifest.yaml, mapping, cookieSettings(prefix, seconds), before(mapping.pairs, pair)),
        ]
      : undefined;
  });
  return [...cookies, ...fixHere(manifest, { title: 'remove', arguments: { key: SUFFIX }, safety: 'review' }, remove)];
}

function cookieSettings(prefix: string, seconds: string): NewPair[] {
  return [
    { key: `${prefix}sticky-session`, value: { kind: 'string', text: 'on' } },
    { key: `${prefix}sticky-session-type`, value: { kind: 'string', text: 'insert' } },
    { key: `${prefix}cookie-timeout`, value: { kind: 'string', text: seconds } },
  ];
}

/** The neighbour behind which new pairs take the place of one that goes. */
function before<T>(all: readonly T[], going: T): T | undefined {
  const index = all.indexOf(going);
  return all[index - 1] ?? all.at(-1);
}
