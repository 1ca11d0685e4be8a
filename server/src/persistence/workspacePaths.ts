import { balancerOf, type ControllerView, type Inference, identifyIngress } from '../knowledge/identify.ts';
import type { ProductTable } from '../knowledge/product.ts';
import { PRODUCTS, productById } from '../knowledge/products.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { leadsTo, type Route, type RouteRule } from '../kubernetes/route.ts';
import { effectiveType, hasVirtualIP, type Service, usesClientIP } from '../kubernetes/service.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Span } from '../text/span.ts';
import type { Indexed, WorkspaceIndex } from '../workspace/workspaceIndex.ts';
import type { Hop, PersistencePath } from './path.ts';
import { proxyHop, type SettingsHolder } from './routePaths.ts';
import { kubeProxyHop, pathsOfService } from './servicePaths.ts';

/** A path through the workspace: from where clients enter, through a Service, to the pods behind it. */
export interface WorkspacePath extends PersistencePath {
  readonly through: PathThrough;
  readonly service: Indexed<Service>;
  readonly pods: readonly Indexed<Workload>[];
}

/** Where clients come in, and who answers there. */
export type PathThrough =
  | {
      readonly kind: 'load balancer';
      readonly product: ProductTable | undefined;
      readonly inference: Inference | undefined;
    }
  | { readonly kind: 'node port' }
  /** Pods of the cluster that use the Service’s name. */
  | { readonly kind: 'cluster' }
  | {
      readonly kind: 'route';
      readonly route: Indexed<Route>;
      readonly rule: RouteRule;
      readonly span: Span;
      /** The objects that say something about the persistence of this route or of the Service behind it. */
      readonly policies: readonly Resource[];
      readonly product: ProductTable | undefined;
      readonly inference: Inference | undefined;
    };

/** Every path that leads through a Service. */
export function pathsThrough(service: Indexed<Service>, index: WorkspaceIndex, view: ControllerView): WorkspacePath[] {
  const pods = index.workloadsOf(service);
  const routed = index
    .routesTo(service)
    .flatMap((route) =>
      rulesTo(route.item, service.item).map((rule) => throughRoute(route, rule, service, pods, index, view)),
    );
  const own = ownPaths(service, pods, view);
  // Whoever uses it from inside is a path of its own only where something is done for it, or nobody else comes.
  const isCluster = effectiveType(service.item) === 'ClusterIP' || effectiveType(service.item) === undefined;
  const isOfUse = !isCluster || routed.length === 0 || usesClientIP(service.item) === true;
  return [...routed, ...(isOfUse ? own : [])];
}

function rulesTo(route: Route, { resource }: Service): RouteRule[] {
  return route.rules.filter(({ backends }) => backends.some((backend) => leadsTo(backend, route, resource)));
}

function ownPaths(
  service: Indexed<Service>,
  pods: readonly Indexed<Workload>[],
  view: ControllerView,
): WorkspacePath[] {
  const type = effectiveType(service.item);
  const inference = balancerOf(service.item, view);
  const through: PathThrough =
    type === 'LoadBalancer'
      ? { kind: 'load balancer', product: inference?.product, inference }
      : type === 'NodePort'
        ? { kind: 'node port' }
        : { kind: 'cluster' };
  return pathsOfService(service.item, view).map((path) => ({ ...path, through, service, pods }));
}

function throughRoute(
  route: Indexed<Route>,
  rule: RouteRule,
  service: Indexed<Service>,
  pods: readonly Indexed<Workload>[],
  index: WorkspaceIndex,
  view: ControllerView,
): WorkspacePath {
  const inference = inferenceOf(route, index, view);
  const product = inference?.product;
  const policies = index.policiesFor(route.item, service);
  const holders: SettingsHolder[] = [
    { resource: route.item.resource, manifest: route.manifest },
    { resource: service.item.resource, manifest: service.manifest },
    ...policies.map(({ item, manifest }) => ({ resource: item, manifest })),
  ];
  const { hop, target } = proxyHop(product, holders, rule);
  const throughNode = target === 'nodes' || target === 'the cluster IP';
  // To the cluster IP the proxy is one client among others, whoever its own clients are.
  const seen: Hop['sees'] = 'balancer';
  const first: Hop = target === 'the cluster IP' ? { ...hop, to: 'node', mechanism: { kind: 'none' } } : hop;
  const hops = throughNode ? [first, kubeProxyHop(service.item, seen)] : [first];
  const backend = rule.backends.find((one) => leadsTo(one, route.item, service.item.resource));
  return {
    entry: { port: backend?.port ?? { kind: 'absent' }, listener: undefined },
    hops: target === 'the cluster IP' && hasVirtualIP(service.item) === false ? [hop] : hops,
    through: {
      kind: 'route',
      route,
      rule,
      span: backend?.mapping.pairs[0]?.key.span ?? rule.mapping.span,
      policies: policies.map(({ item }) => item),
      product,
      inference,
    },
    service,
    pods,
  };
}

const PRODUCT_OF_KIND: ReadonlyMap<string, string> = new Map([
  ['IngressRoute', 'traefik'],
  ['HTTPProxy', 'contour'],
  ['VirtualService', 'istio'],
  ['VirtualServer', 'nginx-inc'],
]);

/** Who serves a route. */
function inferenceOf(
  { item: route, manifest }: Indexed<Route>,
  index: WorkspaceIndex,
  view: ControllerView,
): Inference | undefined {
  const { kind } = route.resource;
  const own = productById(PRODUCT_OF_KIND.get(kind));
  if (own !== undefined) {
    return { product: own, by: 'kind', word: kind };
  }
  if (kind === 'Ingress') {
    const ingress = manifest.ingresses.find(({ resource }) => resource === route.resource);
    return ingress === undefined ? undefined : identifyIngress(ingress, view);
  }
  const controller = index.gatewayControllerOf(route);
  const product = controller === undefined ? productById('gateway-api') : productOfGateway(controller);
  return product === undefined
    ? undefined
    : { product, by: controller === undefined ? 'class name' : 'IngressClass', word: controller ?? kind };
}

function productOfGateway(controller: string): ProductTable | undefined {
  return (
    PRODUCTS.find(({ detection }) => detection.gateway?.controllers.includes(controller)) ?? productById('gateway-api')
  );
}
