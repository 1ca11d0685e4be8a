import { fieldAt, mappingAt, stringAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import { serviceOfHost } from '../workspace/policies.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { rivalsOf, textOf } from './support/rivals.ts';

export const destinationRulesOverlap: Rule = {
  id: 'destination-rules-overlap',
  summary: 'Two DestinationRules speak of one host, and only one says how clients are kept.',
  why:
    'Istio merges subsets of several DestinationRules for one host, but the traffic policy of one of them counts, ' +
    'and which one is not for you to choose. A consistentHash in the other does nothing (istio/istio#51545).',
  remedy: 'Put everything that is said of a host into one DestinationRule.',
  links: [
    {
      title: 'Istio: split DestinationRules',
      url: 'https://istio.io/latest/docs/ops/best-practices/traffic-management/#split-virtual-services',
    },
  ],
  messages: {
    found:
      '{rule} and {other} both have a traffic policy for host {host}; Istio uses one of them.\n' +
      'Which one is not to be relied upon, and so is what it says of persistence.',
    related: '{other} speaks of the same host.',
  },
  reads: 'workspace',
  examples: [
    {
      title: 'A hash in one of two.',
      bad: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web-hash
spec:
  host: web
        ^^^ destination-rules-overlap
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web-pool
spec:
  host: web
  trafficPolicy:
    connectionPool:
      tcp:
        maxConnections: 100
`,
    },
    {
      title: 'One rule for a host.',
      good: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web
spec:
  host: web
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
    connectionPool:
      tcp:
        maxConnections: 100
`,
    },
    {
      title: 'Services of one name in two namespaces.',
      good: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: one
spec:
  host: web.shop.svc.cluster.local
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: two
spec:
  host: web.blog.svc.cluster.local
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
`,
    },
    {
      title: 'Two places of one application.',
      good: `#- overlays/one/rule.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: one
spec:
  host: web
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
#- overlays/two/rule.yaml
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: two
spec:
  host: web
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
`,
    },
    {
      title: 'Each for other clients.',
      good: `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: one
spec:
  host: web
  workloadSelector:
    matchLabels:
      app: front
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
---
apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: two
spec:
  host: web
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSourceIp: true
`,
    },
  ],
  judges: ['policies'],
  *check(manifest, context): Iterable<Finding> {
    for (const resource of manifest.resources.filter(isDestinationRule)) {
      const host = stringAt(resource.spec, 'host');
      const other = hashes(resource) && isForAll(resource) ? othersFor(resource, context)[0] : undefined;
      if (host.kind === 'value' && other !== undefined) {
        const name = describeResource(other.item);
        const otherHost = stringAt(other.item.spec, 'host');
        yield {
          rule: destinationRulesOverlap,
          message: 'found',
          arguments: { rule: describeResource(resource), other: name, host: host.value },
          certainty: 'assumed',
          span: host.span,
          subject: resource,
          related:
            otherHost.kind === 'value'
              ? [{ manifest: other.manifest, span: otherHost.span, message: 'related', arguments: { other: name } }]
              : [],
          fixes: [],
        };
      }
    }
  },
};

function isDestinationRule({ kind, apiVersion }: Resource): boolean {
  return kind === 'DestinationRule' && apiVersion.startsWith('networking.istio.io/');
}

function hashes({ spec }: Resource): boolean {
  return mappingAt(spec, 'trafficPolicy', 'loadBalancer', 'consistentHash') !== undefined;
}

/** Rules for certain clients are made to stand beside others. */
function isForAll({ spec }: Resource): boolean {
  return fieldAt(spec, 'workloadSelector').kind === 'absent' && fieldAt(spec, 'exportTo').kind === 'absent';
}

/** The host, the same however a Service is named. */
function hostOf({ spec, namespace }: Resource): string | undefined {
  const host = textOf(stringAt(spec, 'host'));
  const service = host === undefined ? undefined : serviceOfHost(host);
  return service === undefined ? host : `${service.name}.${service.namespace ?? textOf(namespace) ?? ''}`;
}

/** The other rules of the namespace with a traffic policy for the same host, under another name. */
function othersFor(resource: Resource, context: RuleContext): Indexed<Resource>[] {
  const host = hostOf(resource);
  return host === undefined
    ? []
    : rivalsOf(resource, context).filter(
        ({ item }) => isForAll(item) && hostOf(item) === host && mappingAt(item.spec, 'trafficPolicy') !== undefined,
      );
}
