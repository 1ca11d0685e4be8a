import { mappingAt, stringAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import { targetsOfPolicy } from '../workspace/policies.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import type { Finding, Rule } from './rule.ts';

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
  ],
  *check(manifest, context): Iterable<Finding> {
    for (const resource of manifest.resources.filter(isDestinationRule)) {
      const host = stringAt(resource.spec, 'host');
      const other = hashes(resource) ? othersFor(resource, context.snapshot.index.policies)[0] : undefined;
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

/** The other rules of the namespace with a traffic policy for the same host, under another name. */
function othersFor(resource: Resource, policies: readonly Indexed<Resource>[]): Indexed<Resource>[] {
  const [own] = targetsOfPolicy(resource);
  return policies.filter(({ item }) => {
    const [target] = isDestinationRule(item) ? targetsOfPolicy(item) : [];
    const sameName = text(item.name) === text(resource.name);
    return (
      item !== resource &&
      !sameName &&
      own !== undefined &&
      target?.name === own.name &&
      text(item.namespace) === text(resource.namespace) &&
      mappingAt(item.spec, 'trafficPolicy') !== undefined
    );
  });
}

function text(located: Resource['name']): string | undefined {
  return located.kind === 'value' ? located.value : undefined;
}
