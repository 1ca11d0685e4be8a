import { shortName } from '../knowledge/address.ts';
import { balancerOf, type ControllerView } from '../knowledge/identify.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { AFFINITY_TIMEOUT, effectiveType, type Service } from '../kubernetes/service.ts';
import type { Mechanism, PersistencePath } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { settingsEdits } from './support/setSettings.ts';
import { controllerView } from './support/settings.ts';

export const affinityPerNode: Rule = {
  id: 'affinity-per-node',
  summary: 'Clients are pinned on each node by itself, and nothing that is written here keeps a client on one node.',
  why:
    'kube-proxy remembers clients in the kernel of each node and shares nothing between nodes: with real nodes, ' +
    'the same client reached the same pod by two of them no more often than by chance. So a load balancer that ' +
    'spreads the connections of one client over nodes, or a client that itself changes nodes, undoes the affinity. ' +
    'Address translation is not the reason: kube-proxy chooses the pod before it translates anything.',
  remedy: 'Make the load balancer sticky by source address, or let each client use one node.',
  links: [
    SESSION_AFFINITY_PAGE,
    {
      title: 'Kubernetes: traffic policies',
      url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies',
    },
  ],
  messages: {
    balancer:
      'If the load balancer spreads a client over nodes, {service} gives it another pod on each.\n' +
      'Every node remembers clients by itself, and any node is used. Let the balancer keep a client by its address.',
    nodePort:
      'If a client changes nodes, {service} gives it another pod on each: every node remembers clients by itself.\n' +
      'Let a client always use the same node’s address.',
    keep: 'Let the load balancer keep a client on its node for {seconds} s ({setting})',
  },
  after: [
    'affinity-config-dropped',
    'affinity-flattened',
    'affinity-in-selector',
    'affinity-key-misspelt',
    'affinity-bypassed',
    'affinity-collapsed',
    'affinity-misplaced',
    'affinity-refused-by-cloud',
    'affinity-shape-wrong',
    'affinity-timeout-invalid',
    'affinity-value-unsupported',
    'affinity-without-virtual-ip',
    'annotation-value-invalid',
    'annotation-wrong-layer',
    'cluster-ip-invalid',
    'duplicate-key',
    'headless-type-contradiction',
    'health-check-port-without-local',
    'selector-not-flat',
    'service-type-contradiction',
    'service-value-unsupported',
    'value-not-a-string',
  ],
  examples: [
    {
      title: 'Nothing says how the balancer chooses a node.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-per-node
  ports:
    - port: 80
`,
    },
    {
      title: 'Clients choose the node.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-per-node
  externalTrafficPolicy: Cluster
  ports:
    - port: 80
`,
    },
    {
      title: 'A balancer that could keep a client on its node is not told to.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-per-node
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
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
      title: 'The balancer keeps a client on its node.',
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
    {
      title: 'Only pods of the cluster use it.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest, context): Iterable<Finding> {
    const view = controllerView(context);
    for (const service of manifest.services) {
      const { sessionAffinity, externalTrafficPolicy: policy } = service;
      const type = effectiveType(service);
      const anyNode = policy.kind === 'absent' || (policy.kind === 'value' && ['', 'Cluster'].includes(policy.value));
      const isExposed = type === 'LoadBalancer' || type === 'NodePort';
      if (
        !isExposed ||
        !anyNode ||
        sessionAffinity.kind !== 'value' ||
        !pathsOfService(service, view).some(changesNodes)
      ) {
        continue;
      }
      yield {
        rule: affinityPerNode,
        message: type === 'LoadBalancer' ? 'balancer' : 'nodePort',
        arguments: { service: describeResource(service.resource) },
        certainty: 'assumed',
        span: sessionAffinity.field.pair.value.span,
        subject: service.resource,
        related: [],
        fixes: balancerFix(manifest, service, view),
      };
    }
  },
};

/** Where the balancer is one that can be told by a setting to remember a client’s address for a time. */
function balancerFix(manifest: Manifest, service: Service, view: ControllerView): Fix[] {
  const { resource, timeoutSeconds } = service;
  const product = balancerOf(service, view)?.product;
  const timed = product?.stickiness?.find(({ by, duration }) => by === 'source address' && duration?.at !== undefined);
  const at = timed?.duration?.at;
  const grammar = product?.settings.find((setting) => setting.at === at)?.grammar;
  const takesSeconds = grammar?.kind === 'integer' && grammar.unit === 'seconds';
  if (product === undefined || at === undefined || at.includes('#') || !takesSeconds) {
    return [];
  }
  const wanted = timeoutSeconds.kind === 'value' ? timeoutSeconds.value : AFFINITY_TIMEOUT.default;
  const seconds = String(Math.min(grammar.maximum ?? wanted, wanted));
  const head = { title: 'keep', arguments: { seconds, setting: shortName(at, product) }, safety: 'review' } as const;
  return fixHere(manifest, head, () =>
    readSetting(resource, at, product).kind === 'absent'
      ? settingsEdits({ manifest, resource, product, context: { items: [], key: undefined } }, [{ at, value: seconds }])
      : undefined,
  );
}

/** What keeps a client on a node. */
const STICKY: ReadonlySet<Mechanism['kind']> = new Set(['source address', 'cookie', 'consistent hash']);

/** A node pins the client, and no hop before it keeps the client on that node. */
function changesNodes({ hops }: PersistencePath): boolean {
  const last = hops.at(-1);
  const pinned = last?.scope === 'node and service port' && last.mechanism.kind === 'source address';
  return pinned && !hops.slice(0, -1).some(({ mechanism }) => STICKY.has(mechanism.kind));
}
