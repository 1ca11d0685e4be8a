import { describeResource } from '../kubernetes/resource.ts';
import { usesClientIP } from '../kubernetes/service.ts';
import type { Finding, Rule } from './rule.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';

export const persistenceWithoutPurpose: Rule = {
  id: 'persistence-without-purpose',
  summary: 'Clients are kept on their pod where there is only one.',
  why:
    'With one replica every client reaches the same pod anyway. ClientIP then does nothing until the workload is ' +
    'scaled; during a rollout it even holds clients to the pod that goes. It is often left over from another day.',
  remedy: 'Leave it if the workload will be scaled; else take it out.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    found:
      'ClientIP of {service} has one pod to choose from: {workload} has a single replica.\n' +
      'It begins to matter once there are more.',
    related: '{workload} has one replica.',
  },
  reads: 'workspace',
  after: ['affinity-bypassed', 'affinity-collapsed', 'affinity-refused-by-cloud', 'affinity-per-node'],
  examples: [
    {
      title: 'One replica.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ persistence-without-purpose
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
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
`,
    },
    {
      title: 'Several replicas; where none are written an autoscaler may decide.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
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
`,
    },
    {
      title: 'An autoscaler decides.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
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
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 2
  maxReplicas: 5
`,
    },
    {
      title: 'So does a Kustomization.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
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
  replicas: 1
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
---
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
replicas:
  - name: web
    count: 5
`,
    },
  ],
  judges: ['services'],
  *check(manifest, context): Iterable<Finding> {
    for (const service of manifest.services) {
      const { sessionAffinity, selector, resource } = service;
      if (usesClientIP(service) !== true || sessionAffinity.kind !== 'value' || selector?.open !== false) {
        continue;
      }
      const [only, ...others] = context.snapshot.index.workloadsOf({ uri: context.file.uri, item: service });
      const replicas = only?.item.replicas;
      if (only === undefined || others.length > 0 || replicas?.kind !== 'value' || replicas.value !== 1) {
        continue;
      }
      const { name } = only.item.resource;
      if (name.kind !== 'value' || context.snapshot.index.isScaled(name.value)) {
        continue;
      }
      const workload = describeResource(only.item.resource);
      yield {
        rule: persistenceWithoutPurpose,
        message: 'found',
        arguments: { service: describeResource(resource), workload },
        certainty: 'advice',
        span: sessionAffinity.span,
        subject: resource,
        related: [{ manifest: only.manifest, span: replicas.span, message: 'related', arguments: { workload } }],
        fixes: [],
      };
    }
  },
};
