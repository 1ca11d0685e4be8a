import { balancerOf } from '../knowledge/identify.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { verdictOf } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { Finding, Rule } from './rule.ts';
import { removeAffinity } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { controllerView, relatedPorts } from './support/settings.ts';

export const affinityCollapsed: Rule = {
  id: 'affinity-collapsed',
  summary: 'Clients are pinned by an address that all of them share, that of a proxying load balancer.',
  why:
    'A listener of layer 7 ends the client’s connection and opens one of its own. kube-proxy then sees an address of ' +
    'the balancer, not the client’s, and does not read X-Forwarded-For: ClientIP puts many clients on one pod and ' +
    'tells none of them from another (kubernetes/kubernetes#36415).',
  remedy: 'Use the listener’s cookie and targets that are pods; leave sessionAffinity out.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    found:
      'ClientIP of {service} tells no clients apart: behind {protocols} listeners all come from {product}.\n' +
      'kube-proxy sees addresses of the balancer and does not read X-Forwarded-For, so load gathers on few pods.',
    related: 'Port {port} gets a {protocol} listener.',
    remove: 'Remove sessionAffinity',
  },
  after: [
    'affinity-refused-by-cloud',
    'affinity-value-unsupported',
    'annotation-other-controller',
    'annotation-value-invalid',
    'annotation-wrong-layer',
    'service-type-contradiction',
    'setting-companion-missing',
    'value-not-a-string',
  ],
  examples: [
    {
      title: 'All listeners of the balancer speak HTTP.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-collapsed
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'A TCP listener passes the client’s address on.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest, context): Iterable<Finding> {
    const view = controllerView(context);
    for (const service of manifest.services) {
      const { sessionAffinity, resource, ports } = service;
      const product = balancerOf(service, view)?.product;
      if (sessionAffinity.kind !== 'value' || product === undefined || service.portsOpen || ports.length === 0) {
        continue;
      }
      const paths = pathsOfService(service, view);
      const isShared = paths.every((path) => {
        const last = path.hops.at(-1);
        return path.hops.length > 1 && last?.mechanism.kind === 'source address' && last.sees === 'balancer';
      });
      const isSilent = paths.every((path) => verdictOf(path).kind === 'unknown');
      if (!isShared || isSilent) {
        continue;
      }
      yield {
        rule: affinityCollapsed,
        message: 'found',
        arguments: {
          service: describeResource(resource),
          product: product.name,
          protocols: listOf([...new Set(paths.flatMap(({ entry }) => entry.listener ?? []))]),
        },
        certainty: 'ineffective',
        span: sessionAffinity.span,
        subject: resource,
        related: relatedPorts(
          service,
          paths.map(({ entry }) => entry.listener),
        ),
        fixes: fixHere(manifest, { title: 'remove', safety: 'review' }, () => removeAffinity(manifest, service)),
      };
    }
  },
};
