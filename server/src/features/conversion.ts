import { shortName } from '../knowledge/address.ts';
import { secondsOf, shortDuration } from '../knowledge/grammar.ts';
import type { Concept, CookieSettings, NewSetting, ProductTable, Setting } from '../knowledge/product.ts';
import { GATEWAY_API } from '../knowledge/products/gatewayApi.ts';
import { PRODUCTS, settingsOfKind } from '../knowledge/products.ts';
import { readSetting, type WrittenSetting, writtenSettings } from '../knowledge/settingReading.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { ManifestEdits } from '../rules/rule.ts';
import { fixAcross, fixHere } from '../rules/support/fixes.ts';
import { listOf } from '../rules/support/listing.ts';
import { removePlaced } from '../rules/support/removal.ts';
import { insertAnnotations } from '../rules/support/setSettings.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import { insertPairs, replaceAllPairs } from '../yaml/edits.ts';
import type { Refactoring } from './refactorings.ts';
import { routeFor } from './routeDocument.ts';

/** The controller whose persistence settings an Ingress has, and what they say. */
interface Source {
  readonly product: ProductTable;
  readonly settings: readonly { readonly setting: Setting; readonly written: WrittenSetting }[];
  readonly cookie: CookieSettings;
  /** The concepts that are written. */
  readonly concepts: ReadonlySet<Concept>;
}

/** Ways to say with another controller's settings what an Ingress says with those of one. */
export function conversionsOf(
  manifest: Manifest,
  ingress: Ingress,
  services: readonly Indexed<Service>[],
  snapshot: Snapshot,
  uri: string,
): Refactoring[] {
  const source = sourceOf(ingress);
  if (source === undefined || ingress.resource.view !== 'whole') {
    return [];
  }
  const targets = PRODUCTS.filter((product) => product !== source.product && product.writesCookie !== undefined);
  return [
    ...targets.flatMap((target) => toController(manifest, ingress, services, source, target)),
    ...toGatewayApi(manifest, ingress, snapshot, source, uri),
  ];
}

/** What an Ingress says of a cookie in the settings of the first product that it asks for one. */
function sourceOf({ resource }: Ingress): Source | undefined {
  const switches = settingsOfKind('Ingress').filter(({ setting }) => setting.concept === 'cookie switch');
  for (const { product, setting: own } of switches) {
    const isOwn = product.annotationPrefixes.some((prefix) => own.at.startsWith(prefix));
    const reading = readSetting(resource, own.at, product);
    if (!isOwn || reading.kind !== 'value' || /^(?:false|off)$/.test(reading.text)) {
      continue;
    }
    const settings = product.settings
      .filter(({ at, objects }) => objects.includes('Ingress') && at.includes('/') && !at.includes('#'))
      .flatMap((setting) => writtenSettings(resource, setting, product).map((written) => ({ setting, written })))
      .filter(({ setting }) => setting.concept !== undefined || isOfPersistence(product, setting));
    const text = (concept: Concept): string | undefined =>
      settings.find(({ setting }) => setting.concept === concept)?.written.text;
    const lifetime = text('cookie lifetime');
    return {
      product,
      settings,
      concepts: new Set(settings.flatMap(({ setting }) => setting.concept ?? [])),
      cookie: {
        name: text('cookie name'),
        path: text('cookie path'),
        domain: text('cookie domain'),
        seconds: lifetime === undefined ? undefined : /^\d+$/.test(lifetime) ? Number(lifetime) : secondsOf(lifetime),
        secure: flag(text('cookie secure')),
        httpOnly: flag(text('cookie http-only')) ?? product.writesCookie?.isHttpOnly,
        sameSite: text('cookie same-site')?.toLowerCase(),
      },
    };
  }
  return undefined;
}

/** What goes with the cookie although no other product has its like: the families and what needs the switch. */
function isOfPersistence({ families = [] }: ProductTable, { at, requires = [] }: Setting): boolean {
  return families.some(({ prefix }) => at.startsWith(prefix)) || requires.some(({ needs }) => 'at' in needs);
}

function flag(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : /^(?:true|t|1)$/i.test(text);
}

function toController(
  manifest: Manifest,
  ingress: Ingress,
  services: readonly Indexed<Service>[],
  source: Source,
  target: ProductTable,
): Refactoring[] {
  const { writesCookie } = target;
  if (writesCookie === undefined) {
    return [];
  }
  const names = [
    ...new Set(ingress.backends.flatMap(({ serviceName }) => (serviceName.kind === 'value' ? serviceName.value : []))),
  ];
  const set = writesCookie.write(source.cookie, names);
  const isOnService = writesCookie.on === 'Service';
  // What belongs on a Service that is not shown here cannot be written.
  if (names.length === 0 || (isOnService && services.length < names.length)) {
    return [];
  }
  const head = {
    title: lostText(source, writesCookie.concepts) === '' ? 'convert' : 'convertPartly',
    arguments: {
      object: isOnService
        ? listOf(services.map(({ item }) => describeResource(item.resource)))
        : describeResource(ingress.resource),
      product: target.name,
      lost: lostText(source, writesCookie.concepts),
    },
    safety: 'review',
  } as const;
  const manifests = [manifest, ...(isOnService ? services.map((one) => one.manifest) : [])];
  return fixAcross([...new Set(manifests)], head, () =>
    isOnService ? onServices(manifest, ingress, services, source, set) : onIngress(manifest, ingress, source, set),
  );
}

/** What is written and has no like in the target, by name. */
function lostText({ product, settings }: Source, kept: readonly Concept[]): string {
  const lost = settings.filter(({ setting }) => setting.concept === undefined || !kept.includes(setting.concept));
  return lost.map(({ setting, written }) => `${shortName(setting.at, product)}: ${written.text}`).join(', ');
}

function onIngress(
  manifest: Manifest,
  { resource }: Ingress,
  { settings }: Source,
  set: readonly NewSetting[],
): ManifestEdits[] | undefined {
  const places = settings.map(({ written }) => written.place);
  const { annotations } = resource;
  const [first] = places;
  if (annotations === undefined || first === undefined || places.some(({ editable }) => !editable)) {
    return undefined;
  }
  const kept = annotations.pairs.filter((pair) => !places.some((place) => place.pair === pair));
  const anchor = kept.at(-1);
  const pairs = set.map(({ at, value }) => ({ key: at, value: { kind: 'string' as const, text: value } }));
  if (anchor === undefined) {
    return [{ manifest, edits: replaceAllPairs(manifest.yaml, annotations, pairs) }];
  }
  const removed = removePlaced(
    manifest,
    resource,
    places.map(({ pair, mapping }) => ({ pair, mapping })),
  );
  return [{ manifest, edits: [...removed, ...insertPairs(manifest.yaml, annotations, pairs, anchor)] }];
}

function onServices(
  manifest: Manifest,
  { resource }: Ingress,
  services: ReturnType<Snapshot['index']['servicesBehind']>,
  { settings }: Source,
  set: readonly NewSetting[],
): ManifestEdits[] | undefined {
  const places = settings.map(({ written }) => written.place);
  if (places.some(({ editable }) => !editable)) {
    return undefined;
  }
  const pairs = set.map(({ at, value }) => ({ key: at, value: { kind: 'string' as const, text: value } }));
  const removed = removePlaced(
    manifest,
    resource,
    places.map(({ pair, mapping }) => ({ pair, mapping })),
  );
  const inserted = services.map((one) => ({
    manifest: one.manifest,
    edits: insertAnnotations(one.manifest, one.item.resource, pairs),
  }));
  const known = inserted.flatMap((one) => (one.edits === undefined ? [] : [{ ...one, edits: one.edits }]));
  return known.length === inserted.length ? [{ manifest, edits: removed }, ...known] : undefined;
}

/** A route with the same rules and the same persistence, as a document of its own behind the Ingress. */
function toGatewayApi(
  manifest: Manifest,
  ingress: Ingress,
  snapshot: Snapshot,
  source: Source,
  uri: string,
): Refactoring[] {
  const version = snapshot.settingsFor(uri).productVersions.get(GATEWAY_API.id);
  const isNewShape = version !== undefined && (version.major > 1 || version.minor > 6);
  const { seconds, name, path } = source.cookie;
  const route = routeFor(manifest, ingress, {
    name,
    path: isNewShape ? path : undefined,
    duration: seconds === undefined || seconds <= 0 ? undefined : shortDuration(seconds),
    isNewShape,
  });
  const kept: Concept[] = [
    'cookie switch',
    'cookie name',
    'cookie lifetime',
    ...(isNewShape ? ['cookie path' as const] : []),
  ];
  const lost = lostText(source, kept);
  const head = {
    title: lost === '' ? 'route' : 'routePartly',
    arguments: { object: describeResource(ingress.resource), lost },
    safety: 'review',
  } as const;
  return route === undefined ? [] : fixHere(manifest, head, () => [route]);
}
