import { allHold } from '../knowledge/condition.ts';
import { balancerOf, type ControllerView } from '../knowledge/identify.ts';
import type { ProductTable } from '../knowledge/product.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { RouteRule } from '../kubernetes/route.ts';
import { effectiveType, hasVirtualIP, isHeadless, type Service } from '../kubernetes/service.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { WorkspacePath } from '../persistence/workspacePaths.ts';
import { explain } from '../rendering/explanation.ts';
import { pathsText } from '../rendering/pathText.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { pathsOf, worstFirst } from './objectPaths.ts';
import type { FieldPlace } from './servicePlace.ts';

/** An object and the manifest of a file in which it stands. */
export interface ObjectPlace {
  readonly uri: string;
  readonly manifest: Manifest;
  readonly resource: Resource;
}

/** What becomes of a client on this Service, all its settings taken together; a sentence each, without full stops. */
export function effectOnService(
  snapshot: Snapshot,
  at: Omit<ObjectPlace, 'resource'>,
  service: Service,
  { path }: Pick<FieldPlace, 'path'>,
): string[] {
  const view = snapshot.viewFor(at.uri);
  if (hasVirtualIP(service) === false) {
    return [
      isHeadless(service)
        ? 'a headless Service has no virtual IP, so clients choose a pod by DNS and no affinity applies'
        : 'an ExternalName is a DNS alias; nothing is proxied, so no affinity applies',
    ];
  }
  if (path[0] === 'metadata' && isKnownNotToBalance(service)) {
    return ['no effect, because the type of this Service is not LoadBalancer'];
  }
  if (service.sessionAffinity.kind === 'invalid') {
    return [];
  }
  const routed =
    path[0] === 'metadata' ? [] : pathsOf(snapshot, at.uri, at.manifest, service.resource).filter(isRouted);
  const own = ownEffect(service, view);
  return routed.length === 0 ? own : [...own.map((text) => `directly: ${text}`), ...routesText(routed)];
}

function ownEffect(service: Service, view: ControllerView): string[] {
  const product = balancerOf(service, view)?.product;
  const balancer = product?.name.replace(/^Alibaba Cloud /, '');
  const told = pathsText(pathsOfService(service, view), balancer === undefined ? undefined : { balancer });
  const targets = product?.targets?.find(({ when }) => allHold(when, service.resource, product) === true);
  // Where no setting says it, something outside decides whether the balancer sends traffic to nodes or to pods.
  return targets?.assumed === true && effectiveType(service) === 'LoadBalancer'
    ? told.map((text) => `${text}. This holds with nodes as backends; with pods, ${balancer} alone decides`)
    : told;
}

function isKnownNotToBalance(service: Service): boolean {
  const type = effectiveType(service);
  return service.resource.view === 'whole' && type !== undefined && type !== 'LoadBalancer';
}

/** What becomes of clients on the routes for which a product’s setting on an object is; empty where none is known. */
export function effectOfSetting(snapshot: Snapshot, at: ObjectPlace, product: ProductTable): string[] {
  const paths = pathsOf(snapshot, at.uri, at.manifest, at.resource);
  return routesText(paths.filter(({ through }) => through.kind === 'route' && through.product === product));
}

/** The same for what one rule of a route sends to one Service. */
export function effectOfBackend(snapshot: Snapshot, at: ObjectPlace, rule: RouteRule, serviceName: string): string[] {
  const paths = pathsOf(snapshot, at.uri, at.manifest, at.resource).filter(({ through, service }) => {
    const { name } = service.item.resource;
    return (
      through.kind === 'route' && isSameRule(through.rule, rule) && name.kind === 'value' && name.value === serviceName
    );
  });
  return routesText(paths);
}

/** Routes are read anew for whoever asks; where a rule stands in them is the same. */
function isSameRule(one: RouteRule, other: RouteRule): boolean {
  return one.mapping === other.mapping;
}

function isRouted({ through }: WorkspacePath): boolean {
  return through.kind === 'route';
}

/** An editor's hover is small: beyond these, the others are counted. */
const MAXIMUM_TOLD = 3;

/** The verdicts on routes, the worst first, each once. */
function routesText(paths: readonly WorkspacePath[]): string[] {
  const explained = worstFirst(paths).map(explain);
  const told = [...new Set(explained.map(({ entry, headline }) => `${entry}: ${headline}`))];
  const more = told.length - MAXIMUM_TOLD;
  return more > 0 ? [...told.slice(0, MAXIMUM_TOLD), `and ${more} more`] : told;
}
