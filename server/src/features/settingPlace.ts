import { type ControllerView, identifyIngress, servesService } from '../knowledge/identify.ts';
import { type KnownSetting, objectKindOf, settingsOfAnnotation, settingsOfKind } from '../knowledge/products.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { keyText, resolveAlias, type YamlNode } from '../yaml/nodes.ts';
import { servicesOf } from './servicePlace.ts';

/** A setting of a product, found by its place in the text. */
export interface FoundSetting {
  readonly known: KnownSetting;
  readonly span: Span;
  readonly resource: Resource;
  readonly service: Service | undefined;
  /** The keys that lead to it from the object down. */
  readonly place: { readonly path: readonly string[] };
}

/** The annotation or the field of some product under a place of a manifest. */
export function settingAt(
  manifest: Manifest,
  view: ControllerView,
  isHere: (span: Span) => boolean,
): FoundSetting | undefined {
  const values = servicesOf(manifest).map(({ resource }) => resource);
  for (const resource of new Set([...manifest.resources, ...values])) {
    const found = annotationAt(manifest, resource, view, isHere) ?? fieldAt(resource, isHere);
    if (found !== undefined) {
      const service = servicesOf(manifest).find((candidate) => candidate.resource === resource);
      return { ...found, resource, service };
    }
  }
  return undefined;
}

type Found = Pick<FoundSetting, 'known' | 'span' | 'place'>;

function annotationAt(
  manifest: Manifest,
  resource: Resource,
  view: ControllerView,
  isHere: (span: Span) => boolean,
): Found | undefined {
  for (const pair of resource.annotations?.pairs ?? []) {
    const node = isHere(pair.key.span) ? pair.key : isHere(pair.value.span) ? pair.value : undefined;
    const key = node === undefined ? undefined : keyText(pair);
    const known = key === undefined ? undefined : bestOf(settingsOfAnnotation(key), manifest, resource, view);
    if (node !== undefined && key !== undefined && known !== undefined) {
      return { known, span: node.span, place: { path: ['metadata', 'annotations', key] } };
    }
  }
  return undefined;
}

/** Of several products that read a key, the one that serves the object. */
function bestOf(
  known: readonly KnownSetting[],
  manifest: Manifest,
  resource: Resource,
  view: ControllerView,
): KnownSetting | undefined {
  const ingress = manifest.ingresses.find((candidate) => candidate.resource === resource);
  const serving = ingress && identifyIngress(ingress, view)?.product;
  return (
    known.find(({ product }) => product === serving) ??
    known.find(({ product }) => product.detection.service && servesService(product, resource, view) === true) ??
    known[0]
  );
}

function fieldAt(resource: Resource, isHere: (span: Span) => boolean): Found | undefined {
  const settings = settingsOfKind(objectKindOf(resource)).filter(({ setting }) => !setting.at.includes('/'));
  return settings.length === 0 ? undefined : search(resource.root, '', settings, isHere);
}

function search(
  node: YamlNode,
  above: string,
  settings: readonly KnownSetting[],
  isHere: (span: Span) => boolean,
): Found | undefined {
  const inner = resolveAlias(node);
  if (inner?.kind === 'sequence') {
    for (const item of inner.items) {
      const found = search(item, `${above}[]`, settings, isHere);
      if (found !== undefined) {
        return found;
      }
    }
  }
  for (const pair of inner?.kind === 'mapping' ? inner.pairs : []) {
    const key = keyText(pair) ?? '';
    const at = above === '' ? key : `${above}.${key}`;
    const known = settings.find(({ setting }) => setting.at === at);
    const isValue = resolveAlias(pair.value)?.kind === 'scalar' && isHere(pair.value.span);
    const node = isHere(pair.key.span) ? pair.key : isValue ? pair.value : undefined;
    if (known !== undefined && node !== undefined) {
      return { known, span: node.span, place: { path: at.split('.') } };
    }
    const isOnWay = settings.some(({ setting }) => setting.at.startsWith(`${at}.`) || setting.at.startsWith(`${at}[`));
    const found = isOnWay && node === undefined ? search(pair.value, at, settings, isHere) : undefined;
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
