import { type Field, fieldAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { YamlMapping } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { areEditable } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { shortListOf } from './support/listing.ts';
import { type PlacedPair, removePlaced } from './support/removal.ts';

export const copiedFromLiveObject: Rule = {
  id: 'copied-from-live-object',
  summary:
    'A literal `clusterIP` beside other values that a cluster allocated: the manifest is a copy of a live object.',
  why:
    'The API server allocates these values. In another cluster, or once the object is deleted, the address may lie ' +
    'outside the range or be taken, and the whole Service is refused; a cluster IP that was set can never be ' +
    'changed.',
  remedy: 'Leave allocated values out of the manifest.',
  links: [
    {
      title: 'Kubernetes: choosing your own IP address',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#choosing-your-own-ip-address',
    },
  ],
  messages: {
    found:
      'clusterIP of {service} looks copied from a live object, like {others}.\n' +
      'Elsewhere the address may be out of range or taken, and the Service is refused.',
    related: '{field} is allocated by the cluster too.',
    fix: 'Remove {fields}: the cluster allocates them',
  },
  after: ['cluster-ip-invalid'],
  examples: [
    {
      title: 'Exported with kubectl and applied again.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  uid: 6d8f1f0e-4d9b-4c33-9a55-0a8b8a2a1c11
  resourceVersion: "1234"
spec:
  clusterIP: 10.68.121.217
             ^^^^^^^^^^^^^ copied-from-live-object
  ports:
    - port: 80
status:
  loadBalancer: {}
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
    },
    {
      title: 'An address alone may be chosen, as that of the cluster’s DNS is.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: kube-dns
spec:
  clusterIP: 10.96.0.10
  ports:
    - port: 53
      protocol: UDP
`,
    },
    {
      title: 'In the buffer of `kubectl edit` they belong.',
      good: `# Please edit the object below. Lines beginning with a '#' will be ignored,
apiVersion: v1
kind: Service
metadata:
  name: web
  resourceVersion: "1234"
spec:
  clusterIP: 10.68.121.217
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest, { file }): Iterable<Finding> {
    for (const service of file.liveObject ? [] : manifest.services) {
      const { clusterIP } = service;
      if (clusterIP.kind !== 'value' || /^(None)?$/i.test(clusterIP.value)) {
        continue;
      }
      const traces = tracesOf(service);
      if (traces.length === 0) {
        continue;
      }
      const all = [{ name: 'clusterIP', pair: clusterIP.field.pair, mapping: service.spec }, ...traces];
      const removable = [...all, ...nodePortsOf(service, traces)];
      const names = (list: readonly Trace[]): string => shortListOf([...new Set(list.map((trace) => trace.name))]);
      yield {
        rule: copiedFromLiveObject,
        message: 'found',
        arguments: { service: describeResource(service.resource), others: names(traces) },
        certainty: 'advice',
        span: clusterIP.span,
        subject: service.resource,
        related: traces.map(({ name, pair }) => ({
          span: pair.key.span,
          message: 'related',
          arguments: { field: name },
        })),
        fixes: fixHere(manifest, { title: 'fix', arguments: { fields: names(removable) }, safety: 'review' }, () =>
          areEditable(removable.map((trace) => trace.pair))
            ? removePlaced(manifest, service.resource, removable)
            : undefined,
        ),
      };
    }
  },
};

interface Trace extends PlacedPair {
  readonly name: string;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** What else only a live object carries. */
function tracesOf(service: Service): Trace[] {
  const { spec, resource } = service;
  const places: readonly (readonly [YamlMapping | undefined, readonly string[]])[] = [
    [spec, ['clusterIPs', 'healthCheckNodePort']],
    [resource.metadata, ['uid', 'resourceVersion', 'creationTimestamp', 'generation', 'managedFields', 'selfLink']],
    [resource.annotations, [LAST_APPLIED]],
    [resource.root, ['status']],
  ];
  return places.flatMap(([mapping, keys]) =>
    keys.flatMap((key): Trace[] => {
      const field = fieldAt(mapping, key);
      return mapping !== undefined && field.kind === 'present' && isAllocated(field)
        ? [{ name: key.replace(/^.*\//, ''), pair: field.pair, mapping }]
        : [];
    }),
  );
}

/** `creationTimestamp: null` and `status: {}` are what generators print for a new object. */
function isAllocated({ node }: Extract<Field, { kind: 'present' }>): boolean {
  switch (node.kind) {
    case 'scalar':
      return !node.templated && !/^(0|~|null)?$/.test(node.text);
    case 'mapping':
      return node.pairs.length > 0;
    case 'sequence':
      return node.items.length > 0;
  }
}

/** Node ports beside a health-check port were allocated together with it. */
function nodePortsOf(service: Service, traces: readonly Trace[]): Trace[] {
  if (!traces.some((trace) => trace.name === 'healthCheckNodePort')) {
    return [];
  }
  return service.ports.flatMap(({ nodePort, mapping }) =>
    nodePort.kind === 'present' && isAllocated(nodePort) ? [{ name: 'nodePort', pair: nodePort.pair, mapping }] : [],
  );
}
