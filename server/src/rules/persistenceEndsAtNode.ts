import { allHold } from '../knowledge/condition.ts';
import { balancerOf } from '../knowledge/identify.ts';
import type { ProductTable } from '../knowledge/product.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import { type PersistencePath, verdictOf } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { insertPairs, type NewPair } from '../yaml/edits.ts';
import type { Finding, Fix, RelatedPlace, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { settingsEdits } from './support/setSettings.ts';
import { controllerView, describeCondition } from './support/settings.ts';

export const persistenceEndsAtNode: Rule = {
  id: 'persistence-ends-at-node',
  summary: 'The load balancer keeps a client on a node, and there kube-proxy picks any pod.',
  why:
    'A balancer whose targets are nodes remembers nodes. What a node does with a connection, kube-proxy decides for ' +
    'each one anew, unless the Service pins clients as well. It is the second of two legs, and the one that is ' +
    'forgotten: threads about it are as old as node ports.',
  remedy: 'Pin clients on the node too (sessionAffinity: ClientIP), or let the balancer send traffic straight to pods.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    found:
      '{product} keeps a client of {service} on a node; which pod it gets there is left to chance.\n' +
      'The targets are nodes, and kube-proxy picks a pod for each new connection.',
    related: 'Here the load balancer is told to remember clients.',
    pin: 'Pin clients on the node as well (sessionAffinity: ClientIP)',
    pods: 'Send traffic straight to pods ({setting})',
  },
  after: [
    'affinity-config-dropped',
    'affinity-flattened',
    'affinity-in-selector',
    'affinity-key-misspelt',
    'affinity-misplaced',
    'affinity-shape-wrong',
    'affinity-value-unsupported',
    'annotation-other-controller',
    'annotation-value-invalid',
    'annotation-wrong-layer',
    'service-type-contradiction',
    'service-value-unsupported',
    'setting-companion-missing',
    'value-not-a-string',
  ],
  examples: [
    {
      title: 'Nodes as backends, and no affinity on them.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/backend-type: "ecs"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
                                                                               ^^^^^^ persistence-ends-at-node
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/backend-type: "ecs"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 80
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
`,
    },
    {
      title: 'Pods as backends: the balancer alone decides.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/backend-type: "eni"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
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
      if (product === undefined || service.resource.view !== 'whole' || !sendsToNodes(product, service)) {
        continue;
      }
      const paths = pathsOfService(service, view).filter((path) => verdictOf(path).kind === 'sticky to the node only');
      const [path] = paths;
      // Of several settings the last one says how a client is known; those before it only make way for it.
      const evidence = path?.hops[0]?.evidence ?? [];
      const span = evidence.at(-1)?.span;
      const fixes = path === undefined ? [] : fixesOf(manifest, service, product, path);
      // What cannot be had otherwise is no mistake: with one pod a node it even works.
      if (path === undefined || span === undefined || fixes.length === 0) {
        continue;
      }
      yield {
        rule: persistenceEndsAtNode,
        message: 'found',
        arguments: { product: product.name, service: describeResource(service.resource) },
        certainty: 'ineffective',
        span,
        subject: service.resource,
        related: evidence.slice(0, -1).map(asRelated),
        fixes,
      };
    }
  },
};

function asRelated({ span }: { readonly span: RelatedPlace['span'] }): RelatedPlace {
  return { span, message: 'related', arguments: {} };
}

/** Whether the manifest itself says that nodes are the targets. */
function sendsToNodes(product: ProductTable, { resource }: Service): boolean {
  const targets = product.targets?.find(({ when }) => allHold(when, resource, product) === true);
  return targets?.to === 'nodes' && targets.assumed !== true;
}

function fixesOf(manifest: Manifest, service: Service, product: ProductTable, path: PersistencePath): Fix[] {
  const [balancer, node] = path.hops;
  const { resource, spec, sessionAffinity } = service;
  const pin: NewPair[] = [
    { key: 'sessionAffinity', value: { kind: 'word', text: 'ClientIP' } },
    ...(balancer?.duration === undefined ? [] : [configOf(balancer.duration.seconds)]),
  ];
  const canPin =
    node?.sees === 'client' && sessionAffinity.kind === 'absent' && product.sessionAffinity?.effect !== 'refused';
  const pins = canPin
    ? fixHere(manifest, { title: 'pin', safety: 'review' }, () => insertPairs(manifest.yaml, spec, pin))
    : [];
  const toPods = product.targets?.find(({ to, when }) => to === 'pods' && when.length === 1)?.when[0];
  if (toPods === undefined || !('is' in toPods) || toPods.is[0] === undefined) {
    return pins;
  }
  const set = [{ at: toPods.at, value: toPods.is[0] }];
  const isWritten = readSetting(resource, toPods.at, product).kind !== 'unknown';
  const head = { title: 'pods', arguments: { setting: describeCondition(toPods, product) }, safety: 'review' } as const;
  const pods = fixHere(manifest, head, () =>
    isWritten ? settingsEdits({ manifest, resource, product, context: { items: [], key: undefined } }, set) : undefined,
  );
  return [...pins, ...pods];
}

function configOf(seconds: number): NewPair {
  return {
    key: 'sessionAffinityConfig',
    value: {
      kind: 'mapping',
      pairs: [
        {
          key: 'clientIP',
          value: {
            kind: 'mapping',
            pairs: [{ key: 'timeoutSeconds', value: { kind: 'number', text: String(seconds) } }],
          },
        },
      ],
    },
  };
}
