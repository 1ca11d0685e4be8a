import { serviceField } from '../knowledge/serviceFields.ts';
import type { MarkupPart } from '../rendering/markup.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text/span.ts';
import { type Help, helpOfField, helpOfSetting, helpParts } from './fieldHelp.ts';
import { effectOfSetting, effectOnService } from './pathEffect.ts';
import { routeHelpAt } from './routeHelp.ts';
import { fieldPlaceAt, manifestAt, servicesOf } from './servicePlace.ts';
import { settingAt } from './settingPlace.ts';

export interface Hover {
  /** In the file. */
  readonly span: Span;
  readonly parts: readonly MarkupPart[];
}

/** What the field under an offset of a file means, and what it does on its very object. */
export function hoverAt(snapshot: Snapshot, uri: string, offset: number): Hover | undefined {
  const placed = manifestAt(snapshot.files.get(uri)?.manifests ?? [], offset);
  if (placed === undefined) {
    return undefined;
  }
  const here = { start: offset, end: offset };
  const isHere = (span: Span): boolean => touches(fileSpan(placed, span), here);
  const at = { uri, manifest: placed.manifest };
  for (const service of servicesOf(placed.manifest)) {
    const place = fieldPlaceAt(service, isHere);
    const field = place === undefined ? undefined : serviceField(place.path);
    if (place !== undefined && field !== undefined) {
      const node = place.role === 'key' ? place.pair.key : place.pair.value;
      const effect = field.decidesPath ? effectOnService(snapshot, at, service, place) : [];
      return hoverOver(fileSpan(placed, node.span), helpOfField(field), effect);
    }
  }
  const found = settingAt(placed.manifest, snapshot.viewFor(uri), isHere);
  if (found === undefined) {
    const route = routeHelpAt(snapshot, at, isHere);
    return route && { span: fileSpan(placed, route.span), parts: route.parts };
  }
  const { service, place, known, resource } = found;
  const effect =
    service !== undefined && known.product.kind === 'load balancer'
      ? effectOnService(snapshot, at, service, place)
      : effectOfSetting(snapshot, { ...at, resource }, known.product);
  return hoverOver(fileSpan(placed, found.span), helpOfSetting(known), effect);
}

function hoverOver(span: Span, help: Help, effect: readonly string[]): Hover {
  return { span, parts: helpParts(help, effect) };
}
