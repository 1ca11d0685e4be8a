import { fieldAt, mappingAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { keyText, type YamlMapping } from '../yaml/nodes.ts';
import type { Finding, Fix, Rule, RuleContext } from './rule.ts';
import { affinityKeyOf, affinityPairs, type Misplaced, moveAffinityIntoSpec } from './support/affinityFields.ts';
import { fixAcross, fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';

export const affinityMisplaced: Rule = {
  id: 'affinity-misplaced',
  summary:
    'Affinity fields stand at the root, under `metadata`, in a port or in a workload instead of a Service’s `spec`.',
  why:
    'The API server knows `sessionAffinity` in the `spec` of a Service and nowhere else. kubectl refuses it ' +
    'elsewhere as an unknown field (seen on 1.36); tools that validate less strictly drop it in silence, and the ' +
    'Service has no affinity.',
  remedy: 'Write `sessionAffinity` and `sessionAffinityConfig` directly under the Service’s `spec`.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    inService:
      '{key} stands {place}, where the API server knows no such field; {service} gets no affinity.\n' +
      'It belongs directly under spec.',
    inWorkload:
      '{key} is no field of a {kind}; affinity is set on the Service in front of its pods.\n' +
      'The API server refuses it here as an unknown field.',
    fix: 'Move the affinity fields into spec',
    fixToService: 'Move the affinity fields into {service}',
  },
  readsStructure: true,
  examples: [
    {
      title: 'Under a port: affinity is a matter of the whole Service.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      sessionAffinity: ClientIP
      ^^^^^^^^^^^^^^^ affinity-misplaced
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
  sessionAffinity: ClientIP
`,
    },
    {
      title: 'At the root, outdented by one level.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
sessionAffinity: ClientIP
^^^^^^^^^^^^^^^ affinity-misplaced
sessionAffinityConfig:
  clientIP:
    timeoutSeconds: 600
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`,
    },
    {
      title: 'In the pods instead of the Service that selects them.',
      bad: `apiVersion: v1
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
    spec:
      sessionAffinity: ClientIP
      ^^^^^^^^^^^^^^^ affinity-misplaced
      containers:
        - name: web
          image: nginx
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
  sessionAffinity: ClientIP
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
    spec:
      containers:
        - name: web
          image: nginx
`,
    },
    {
      title: 'In a probe, `timeoutSeconds` is something else.',
      good: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          livenessProbe:
            timeoutSeconds: 5
`,
    },
  ],
  reads: 'workspace',
  judges: ['services', 'workloads'],
  *check(manifest, context): Iterable<Finding> {
    for (const service of manifest.services) {
      for (const { place, misplaced } of misplacedInService(service)) {
        const fixes = fixHere(manifest, { title: 'fix', safety: 'safe' }, () => {
          const moved = moveAffinityIntoSpec({ manifest, misplaced }, { manifest, service });
          return moved === undefined ? undefined : [...moved.removal, ...moved.insertion];
        });
        const args = { place, service: describeResource(service.resource) };
        yield finding(service.resource, misplaced, 'inService', args, fixes);
      }
    }
    for (const workload of manifest.workloads) {
      for (const misplaced of misplacedInWorkload(workload)) {
        const fixes = moveToService(manifest, context, workload, misplaced);
        yield finding(workload.resource, misplaced, 'inWorkload', { kind: workload.resource.kind }, fixes);
      }
    }
  },
};

function finding(
  subject: Resource,
  misplaced: Misplaced,
  message: 'inService' | 'inWorkload',
  args: Readonly<Record<string, string>>,
  fixes: readonly Fix[],
): Finding {
  const first = misplaced.pairs[0];
  return {
    rule: affinityMisplaced,
    message,
    arguments: { key: (first && keyText(first)) ?? '', ...args },
    certainty: 'refused',
    span: first?.key.span ?? misplaced.mapping.span,
    subject,
    related: [],
    fixes,
  };
}

/** Only the two outer keys are unmistakable outside of their place; the inner ones follow them. */
function withinMapping(mapping: YamlMapping | undefined): Misplaced[] {
  const pairs = affinityPairs(mapping);
  const unmistakable = pairs.some((pair) => affinityKeyOf(keyText(pair))?.startsWith('sessionAffinity'));
  return mapping === undefined || !unmistakable ? [] : [{ mapping, pairs }];
}

function misplacedInService(service: Service): { readonly place: string; readonly misplaced: Misplaced }[] {
  const { resource } = service;
  const at = (place: string, mapping: YamlMapping | undefined) =>
    withinMapping(mapping).map((misplaced) => ({ place, misplaced }));
  return [
    ...at('at the root', resource.root),
    ...at('under metadata', resource.metadata),
    ...service.ports.flatMap((port) => at('in a port', port.mapping)),
  ];
}

function misplacedInWorkload(workload: Workload): Misplaced[] {
  const { resource, podSpec } = workload;
  const template = mappingAt(resource.spec, 'template');
  const places = [resource.root, resource.metadata, resource.spec, template, mappingAt(template, 'metadata'), podSpec];
  return [...new Set(places)].flatMap(withinMapping);
}

/** The fields go to the one Service that selects these pods, if there is exactly one. */
function moveToService(
  manifest: Manifest,
  { snapshot, file: { uri } }: RuleContext,
  workload: Workload,
  misplaced: Misplaced,
): readonly Fix[] {
  const [target, ...others] = snapshot.index.servicesSelecting({ uri, item: workload });
  if (target === undefined || others.length > 0 || fieldAt(target.item.spec, 'sessionAffinity').kind !== 'absent') {
    return [];
  }
  const args = { service: describeResource(target.item.resource) };
  return fixAcross([manifest, target.manifest], { title: 'fixToService', safety: 'safe', arguments: args }, () => {
    const moved = moveAffinityIntoSpec({ manifest, misplaced }, { manifest: target.manifest, service: target.item });
    return moved === undefined
      ? undefined
      : [
          { manifest, edits: moved.removal },
          { manifest: target.manifest, edits: moved.insertion },
        ];
  });
}
