import { shortName } from '../knowledge/address.ts';
import { balancerOf } from '../knowledge/identify.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { type Hop, verdictOf } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import { replaceScalar } from '../yaml/edits.ts';
import type { Finding, Rule } from './rule.ts';
import { clientIPMapping } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { controllerView } from './support/settings.ts';

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
      '{setting} and timeoutSeconds should agree.',
    nodeFirst:
      'A client of {service} is remembered for {effective} s: the node forgets its pod before the balancer forgets ' +
      'the node.\n' +
      '{setting} and timeoutSeconds should agree.',
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
      title: 'Both remember as long.',
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
      const product = balancerOf(service, view)?.product;
      const { timeoutSeconds } = service;
      const path = pathsOfService(service, view).find(({ hops }) => hops.length === 2 && hops.every(isTimed));
      const at = product?.stickiness?.find(({ by }) => by === 'source address')?.duration?.at;
      const balancer = at === undefined ? undefined : readSetting(service.resource, at, product);
      if (path === undefined || at === undefined || balancer?.kind !== 'value' || timeoutSeconds.kind !== 'value') {
        continue;
      }
      const verdict = verdictOf(path);
      const seconds = path.hops[0]?.duration?.seconds;
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
          setting: shortName(at, product),
        },
        certainty: 'advice',
        span: timeoutSeconds.span,
        subject: service.resource,
        related: [{ span: balancer.place.valueSpan, message: 'related', arguments: { seconds } }],
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
