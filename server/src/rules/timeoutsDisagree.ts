import { clbAnnotation, parseGoInteger } from '../knowledge/alibabaClb.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { type Hop, verdictOf } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import { replaceScalar } from '../yaml/edits.ts';
import type { Finding, Rule } from './rule.ts';
import { clientIPMapping } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';

export const timeoutsDisagree: Rule = {
  id: 'timeouts-disagree',
  summary: 'The load balancer and kube-proxy remember a client for different times.',
  why:
    'A client stays on its pod only as long as both remember it: the balancer which node it was sent to, and that ' +
    'node which pod. The shorter time decides; the longer one looks as if it did. CLB counts from the last packet ' +
    'and allows an hour at most; kube-proxy counts from the last new connection.',
  remedy: 'Write the balancer’s time in both places.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    balancerFirst:
      'A client of {service} is remembered for {effective} s, not {written} s: the load balancer forgets its node ' +
      'first.\n' +
      'persistence-timeout and timeoutSeconds should agree.',
    nodeFirst:
      'A client of {service} is remembered for {effective} s: the node forgets its pod before the balancer forgets ' +
      'the node.\n' +
      'persistence-timeout and timeoutSeconds should agree.',
    related: 'The load balancer remembers the node for {seconds} s.',
    fix: 'Set timeoutSeconds to {seconds}, as the load balancer has it',
  },
  after: [
    'affinity-in-selector',
    'affinity-flattened',
    'affinity-timeout-invalid',
    'affinity-value-unsupported',
    'annotation-value-invalid',
    'annotation-wrong-layer',
    'service-type-contradiction',
  ],
  examples: [
    {
      title: 'Three hours were meant, half an hour it is.',
      bad: `apiVersion: v1
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
      timeoutSeconds: 10800
                      ^^^^^ timeouts-disagree
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
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
    {
      title: 'With pods as backends kube-proxy has no part in it.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/backend-type: "eni"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 10800
  ports:
    - port: 80
`,
    },
  ],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const balancer = clbAnnotation(service, 'persistence-timeout');
      const { timeoutSeconds } = service;
      const path = pathsOfService(service).find(({ hops }) => hops.length === 2 && hops.every(isTimed));
      if (path === undefined || balancer.kind !== 'value' || timeoutSeconds.kind !== 'value') {
        continue;
      }
      const verdict = verdictOf(path);
      const seconds = parseGoInteger(balancer.value);
      if (verdict.kind !== 'sticky' || seconds === undefined || seconds === timeoutSeconds.value) {
        continue;
      }
      const mapping = clientIPMapping(service);
      yield {
        rule: timeoutsDisagree,
        message: verdict.weakest?.from === 'client' ? 'balancerFirst' : 'nodeFirst',
        arguments: {
          service: describeResource(service.resource),
          effective: verdict.seconds ?? '',
          written: timeoutSeconds.value,
        },
        certainty: 'advice',
        span: timeoutSeconds.span,
        subject: service.resource,
        related: [{ span: balancer.span, message: 'related', arguments: { seconds } }],
        fixes: fixHere(manifest, { title: 'fix', arguments: { seconds }, safety: 'review' }, () =>
          mapping !== undefined && timeoutSeconds.field.editable
            ? [replaceScalar(mapping, timeoutSeconds.scalar, { kind: 'number', text: String(seconds) })]
            : undefined,
        ),
      };
    }
  },
};

/** By source address for a time that a manifest states. */
function isTimed(hop: Hop): boolean {
  return hop.mechanism.kind === 'source address' && hop.duration !== undefined;
}
