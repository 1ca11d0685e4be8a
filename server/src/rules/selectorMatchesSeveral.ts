import { describeResource } from '../kubernetes/resource.ts';
import type { Workload } from '../kubernetes/workload.ts';
import { verdictOf } from '../persistence/path.ts';
import { pathsThrough } from '../persistence/workspacePaths.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import type { Finding, RelatedPlace, Rule } from './rule.ts';
import { shortListOf } from './support/listing.ts';
import { controllerView } from './support/settings.ts';

export const selectorMatchesSeveral: Rule = {
  id: 'selector-matches-several',
  summary: 'A Service that keeps clients on a pod selects the pods of several workloads.',
  why:
    'A client is kept on the pod that it got first, whichever workload that belongs to. Where two workloads share ' +
    'labels by accident, some clients stay with the wrong one for hours (goauthentik/helm#7, nextcloud/helm#144). A ' +
    'test of stickiness does it on purpose, and so does a canary.',
  remedy: 'Add a label to the selector that only one of them has, unless that is what you want.',
  links: [
    {
      title: 'Kubernetes: Services with selectors',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#defining-a-service',
    },
  ],
  messages: {
    found:
      '{service} keeps clients on pods of {count} workloads: {workloads}.\n' +
      'A client stays with whichever it got first. If that is not meant, add a label to the selector.',
    related: 'The pods of {workload} carry these labels.',
  },
  reads: 'workspace',
  after: ['affinity-in-selector', 'selector-not-flat'],
  examples: [
    {
      title: 'Two Deployments with one label.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  selector:
  ^^^^^^^^ selector-matches-several
    app: web
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  selector:
    matchLabels:
      app: web
      part: worker
  template:
    metadata:
      labels:
        app: web
        part: worker
`,
    },
    {
      title: 'Without persistence it is nothing but load balancing.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: worker
spec:
  selector:
    matchLabels:
      app: web
      part: worker
  template:
    metadata:
      labels:
        app: web
        part: worker
`,
    },
  ],
  judges: ['services'],
  *check(manifest, context): Iterable<Finding> {
    for (const service of manifest.services) {
      const { resource, selector } = service;
      if (selector === undefined || selector.open || resource.view !== 'whole') {
        continue;
      }
      const own = { uri: context.file.uri, manifest, item: service };
      const workloads = distinct(context.snapshot.index.workloadsOf(own));
      if (workloads.length < 2) {
        continue;
      }
      const paths = pathsThrough(own, context.snapshot.index, controllerView(context));
      const pair = service.spec.pairs.find(({ value }) => value === selector.mapping);
      if (pair === undefined || !paths.some((path) => verdictOf(path).kind.startsWith('sticky'))) {
        continue;
      }
      yield {
        rule: selectorMatchesSeveral,
        message: 'found',
        arguments: {
          service: describeResource(resource),
          count: workloads.length,
          workloads: shortListOf(workloads.map(({ item }) => describeResource(item.resource))),
        },
        certainty: 'assumed',
        span: pair.key.span,
        subject: resource,
        related: workloads.flatMap(relatedPlace),
        fixes: [],
      };
    }
  },
};

/** Of one kind and name it is one workload, seen in a base and in an overlay. */
function distinct(workloads: readonly Indexed<Workload>[]): Indexed<Workload>[] {
  const byName = new Map<string, Indexed<Workload>>();
  for (const workload of workloads) {
    const { kind, name } = workload.item.resource;
    byName.set(name.kind === 'value' ? `${kind} ${name.value}` : `${byName.size}`, workload);
  }
  return [...byName.values()];
}

function relatedPlace({ manifest, item }: Indexed<Workload>): RelatedPlace[] {
  const labels = item.podLabels?.mapping.pairs[0];
  return labels === undefined
    ? []
    : [
        {
          manifest,
          span: labels.key.span,
          message: 'related',
          arguments: { workload: describeResource(item.resource) },
        },
      ];
}
