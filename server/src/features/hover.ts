import { allHold } from '../knowledge/condition.ts';
import { balancerOf, type ControllerView } from '../knowledge/identify.ts';
import { serviceField } from '../knowledge/serviceFields.ts';
import { effectiveType, hasVirtualIP, isHeadless, type Service } from '../kubernetes/service.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { MarkupPart } from '../rendering/markup.ts';
import { pathsText } from '../rendering/pathText.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text/span.ts';
import { type Help, helpOfField, helpOfSetting, helpParts } from './fieldHelp.ts';
import { type FieldPlace, fieldPlaceAt, manifestAt, servicesOf } from './servicePlace.ts';
import { settingAt } from './settingPlace.ts';

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
  const isHere = (span: Span): boolean => touches(fileSpan(placed, span), here);
  const view = snapshot.viewFor(uri);
  for (const service of servicesOf(placed.manifest)) {
    const place = fieldPlaceAt(service, isHere);
    const field = place === undefined ? undefined : serviceField(place.path);
    if (place !== undefined && field !== undefined) {
      const help = helpOfField(field);
      const node = place.role === 'key' ? place.pair.key : place.pair.value;
      return hoverOver(fileSpan(placed, node.span), help, help.decidesPath ? effectOn(service, place, view) : []);
    }
  }
  const found = settingAt(placed.manifest, view, isHere);
  if (found === undefined) {
    return undefined;
  }
  const { service, place } = found;
  const help = helpOfSetting(found.known);
  const effect = service !== undefined && help.decidesPath ? effectOn(service, place, view) : [];
  return hoverOver(fileSpan(placed, found.span), help, effect);
}

function hoverOver(span: Span, help: Help, effect: readonly string[]): Hover {
  return { span, parts: helpParts(help, effect) };
}

/** What becomes of a client on this Service, all its settings taken together. */
function effectOn(service: Service, { path }: Pick<FieldPlace, 'path'>, view: ControllerView): string[] {
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
