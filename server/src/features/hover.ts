import { clbBackends, hasClbAnnotation, knownClbAnnotation } from '../knowledge/alibabaClb.ts';
import { serviceField } from '../knowledge/serviceFields.ts';
import { effectiveType, hasVirtualIP, isHeadless, type Service } from '../kubernetes/service.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { MarkupPart } from '../rendering/markup.ts';
import { pathsText } from '../rendering/pathText.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text/span.ts';
import { type Help, helpOfAnnotation, helpOfField, helpParts } from './fieldHelp.ts';
import { type FieldPlace, fieldPlaceAt, manifestAt, servicesOf } from './servicePlace.ts';

export interface Hover {
  /** In the file. */
  readonly span: Span;
  readonly parts: readonly MarkupPart[];
}

/** What the field under an offset of a file means, and what it does on its very Service. */
export function hoverAt(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const placed = manifestAt(snapshot.files.get(uri)?.manifests ?? [], offset);
  if (placed === undefined) {
    return undefined;
  }
  const here = { start: offset, end: offset };
  for (const service of servicesOf(placed.manifest)) {
    const place = fieldPlaceAt(service, (span) => touches(fileSpan(placed, span), here));
    const help = place === undefined ? undefined : helpOf(place);
    if (place !== undefined && help !== undefined) {
      const node = place.role === 'key' ? place.pair.key : place.pair.value;
      return {
        span: fileSpan(placed, node.span),
        parts: helpParts(help, help.decidesPath ? effectOn(service, place) : []),
      };
    }
  }
  return undefined;
}

function helpOf({ path }: FieldPlace): Help | undefined {
  const [first, second, key] = path;
  if (first === 'metadata' && second === 'annotations' && key !== undefined && path.length === 3) {
    const annotation = knownClbAnnotation(key);
    return annotation === undefined ? undefined : helpOfAnnotation(annotation);
  }
  const field = serviceField(path);
  return field === undefined ? undefined : helpOfField(field);
}

/** What becomes of a client on this Service, all its settings taken together. */
function effectOn(service: Service, { path }: FieldPlace): string[] {
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
  const isClb = hasClbAnnotation(service) && service.loadBalancerClass.kind === 'absent';
  const told = pathsText(pathsOfService(service), isClb ? { balancer: 'CLB' } : undefined);
  return isClb && dependsOnCluster(service)
    ? told.map((text) => `${text}. This holds with nodes as backends; with pods (\`backend-type\`), CLB alone decides`)
    : told;
}

function isKnownNotToBalance(service: Service): boolean {
  const type = effectiveType(service);
  return service.resource.view === 'whole' && type !== undefined && type !== 'LoadBalancer';
}

/** Where no annotation says it, the cluster decides whether CLB sends traffic to nodes or to pods. */
function dependsOnCluster(service: Service): boolean {
  return effectiveType(service) === 'LoadBalancer' && clbBackends(service) === undefined;
}
