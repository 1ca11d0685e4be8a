import { parseAddress, shortName } from '../../knowledge/address.ts';
import { GO_BOOLEANS } from '../../knowledge/grammar.ts';
import {
  balancerOf,
  type ControllerView,
  classOfIngress,
  type Inference,
  identifyIngress,
  isGuess,
  servesService,
} from '../../knowledge/identify.ts';
import type { Condition, ListenerProtocol, ObjectKind, ProductTable, Setting } from '../../knowledge/product.ts';
import {
  isChecked,
  type KnownSetting,
  objectKindOf,
  placedSettingsOfKind,
  settingsOfAnnotation,
  settingsOfKind,
} from '../../knowledge/products.ts';
import { readSetting, type WrittenSetting, writtenSettings } from '../../knowledge/settingReading.ts';
import type { Ingress } from '../../kubernetes/ingress.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { effectiveType, type Service } from '../../kubernetes/service.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import { keyText, type YamlPair } from '../../yaml/nodes.ts';
import type { RelatedPlace, RuleContext } from '../rule.ts';

/** A setting as it is written on an object, and the product by whose table it is judged. */
export interface JudgedSetting {
  readonly product: ProductTable;
  readonly setting: Setting;
  readonly written: WrittenSetting;
}

/** A setting that is written for a product that does not serve the object. */
export interface ForeignSetting extends KnownSetting {
  readonly pair: YamlPair;
  /** The product that serves the object. */
  readonly inference: Inference | undefined;
}

/** An object and what the tables of products say of what is written on it. */
export interface ObjectSettings {
  readonly resource: Resource;
  readonly kind: ObjectKind;
  readonly service: Service | undefined;
  readonly ingress: Ingress | undefined;
  /** Who serves the Ingress. */
  readonly inference: Inference | undefined;
  readonly judged: readonly JudgedSetting[];
  readonly foreign: readonly ForeignSetting[];
}

/** What tells which controllers are in use where a manifest stands. */
export function controllerView({ snapshot, file }: RuleContext): ControllerView {
  return snapshot.viewFor(file.uri);
}

/** Several rules ask, one after the other, for the same manifest. */
const asked = new WeakMap<RuleContext['occasion'], readonly ObjectSettings[]>();

/** Every object of a manifest on which something is written that some product's table may know. */
export function objectSettings(manifest: Manifest, context: RuleContext): readonly ObjectSettings[] {
  let objects = asked.get(context.occasion);
  if (objects === undefined) {
    objects = findObjectSettings(manifest, context);
    asked.set(context.occasion, objects);
  }
  return objects;
}

function findObjectSettings(manifest: Manifest, context: RuleContext): ObjectSettings[] {
  const view = controllerView(context);
  const valued = manifest.valuesServices.map((service) => ({ resource: service.resource, service }));
  const objects = [
    ...manifest.resources.map((resource) => ({
      resource,
      service: manifest.services.find((candidate) => candidate.resource === resource),
    })),
    ...valued,
  ];
  return objects.flatMap(({ resource, service }) => {
    const ingress = manifest.ingresses.find((candidate) => candidate.resource === resource);
    const kind = objectKindOf(resource);
    const hasAnnotations = (resource.annotations?.pairs.length ?? 0) > 0;
    if (!hasAnnotations && settingsOfKind(kind).length === 0) {
      return [];
    }
    const object = settingsOfObject({ resource, service, ingress, kind }, view);
    return hasAnnotations || object.judged.length > 0 ? [object] : [];
  });
}

type ObjectParts = Pick<ObjectSettings, 'resource' | 'service' | 'ingress' | 'kind'>;

function settingsOfObject(parts: ObjectParts, view: ControllerView): ObjectSettings {
  const { resource, kind, service, ingress } = parts;
  const inference = ingress === undefined ? undefined : identifyIngress(ingress, view);
  const judged: JudgedSetting[] = [];
  const foreign: ForeignSetting[] = [];
  const seen = new Set<Setting>();
  for (const pair of resource.annotations?.pairs ?? []) {
    const key = keyText(pair);
    const known = key === undefined ? [] : settingsOfAnnotation(key).filter(({ setting }) => isOn(setting, kind));
    const owner = ownerOf(key ?? '', known, parts, inference, view);
    if (owner === 'foreign' && known[0] !== undefined) {
      foreign.push({ ...known[0], pair, inference });
    } else if (owner !== undefined && owner !== 'foreign' && !seen.has(owner.setting)) {
      seen.add(owner.setting);
      judged.push(...judge(resource, owner), ...partsOf(owner).flatMap((part) => judge(resource, part)));
    }
  }
  const served = servedBy(parts, inference, view);
  for (const known of placedSettingsOfKind(kind)) {
    // A label’s key is its product’s own, whoever else serves the object.
    const isOwn = parseAddress(known.setting.at).kind === 'label' || (service === undefined && ingress === undefined);
    if (isOwn || served?.product === known.product) {
      judged.push(...judge(resource, known));
    }
  }
  return { ...parts, inference, judged, foreign };
}

function isOn(setting: Setting, kind: ObjectKind): boolean {
  return setting.objects.includes(kind);
}

function judge(resource: Resource, { product, setting }: KnownSetting): JudgedSetting[] {
  return isChecked(setting)
    ? writtenSettings(resource, setting, product).map((written) => ({ product, setting, written }))
    : [];
}

/** The settings that are parts of an annotation's value. */
function partsOf({ product, setting: whole }: KnownSetting): KnownSetting[] {
  return product.settings
    .filter(({ at }) => at.startsWith(`${whole.at}#`))
    .map((setting) => ({ product, setting, spelling: undefined }));
}

/**
 * By whose table an annotation is judged. Its prefix says for whom it was written; where two products share one, the
 * object's class decides, and where that does not tell, nobody judges.
 */
function ownerOf(
  key: string,
  known: readonly KnownSetting[],
  { resource, service, ingress }: ObjectParts,
  inference: Inference | undefined,
  view: ControllerView,
): KnownSetting | 'foreign' | undefined {
  if (known.length === 0) {
    return undefined;
  }
  if (service !== undefined) {
    // What an Ingress can carry as well is read from the Services behind it, whatever their type.
    const possible = known.filter(
      ({ product, setting }) => setting.objects.includes('Ingress') || servesHere(product, service, view),
    );
    if (possible.length > 0) {
      return onlyOne(possible);
    }
    const refused = known.every(({ product }) => servesService(product, resource, view) === false);
    return refused && effectiveType(service) === 'LoadBalancer' ? 'foreign' : undefined;
  }
  if (ingress === undefined) {
    return onlyOne(known);
  }
  const own = known.filter(({ product }) => product.annotationPrefixes.some((prefix) => key.startsWith(prefix)));
  if (inference === undefined || inference.by === 'annotations') {
    return onlyOne(own.length > 0 ? own : known);
  }
  const served = known.find(({ product }) => product === inference.product);
  if (served !== undefined) {
    return served;
  }
  // Of a class that is only called so, the prefix knows as much as the name.
  return 'foreign';
}

function onlyOne(known: readonly KnownSetting[]): KnownSetting | undefined {
  return new Set(known.map(({ product }) => product)).size === 1 ? known[0] : undefined;
}

/** Whether a product may serve a Service: a load balancer only one of type LoadBalancer, whose class it takes. */
function servesHere(product: ProductTable, service: Service, view: ControllerView): boolean {
  if (product.kind !== 'load balancer') {
    return true;
  }
  return effectiveType(service) === 'LoadBalancer' && servesService(product, service.resource, view) !== false;
}

/** The product that serves an Ingress or a Service, be it only by a guess. */
function servedBy(
  { service, ingress }: Pick<ObjectParts, 'service' | 'ingress'>,
  inference: Inference | undefined,
  view: ControllerView,
): Inference | undefined {
  if (ingress !== undefined) {
    return inference;
  }
  return service === undefined ? undefined : balancerOf(service, view);
}

/** Whether what is said of the product rests on a guess, such as the usual name of a class. */
export function restsOnGuess(inference: Inference | undefined): boolean {
  return inference !== undefined && isGuess(inference);
}

/** The class of an Ingress as a message names it. */
export function classText(ingress: Ingress): string {
  return classOfIngress(ingress) ?? '';
}

/** The listeners of a Service in its product's eyes; undefined where one of them cannot be known. */
export function listenersOf(product: ProductTable, service: Service | undefined): ListenerProtocol[] | undefined {
  const listeners = service === undefined || service.portsOpen ? undefined : product.listeners?.(service);
  const known = listeners?.filter((listener) => listener !== undefined);
  return known !== undefined && known.length > 0 && known.length === listeners?.length ? known : undefined;
}

/** The ports of a Service as related places, each with its listener. */
export function relatedPorts({ ports }: Service, listeners: readonly (string | undefined)[]): RelatedPlace[] {
  return ports.flatMap(({ port }, index): RelatedPlace[] => {
    const protocol = listeners[index];
    return port.kind === 'value' && protocol !== undefined
      ? [{ span: port.span, message: 'related', arguments: { port: port.value, protocol } }]
      : [];
  });
}

/** Whether no listener of the Service can use a setting. */
export function isOnWrongLayer({ product, setting }: JudgedSetting, service: Service | undefined): boolean {
  const listeners = listenersOf(product, service);
  return (
    setting.listeners !== undefined &&
    listeners !== undefined &&
    !listeners.some((listener) => setting.listeners?.includes(listener))
  );
}

/** What a condition asks for, in the words of a message: `affinity: cookie`, `sticky-session-type`. */
export function describeCondition(condition: Condition, product: ProductTable): string {
  if ('anyOf' in condition) {
    return condition.anyOf.map((one) => describeCondition(one, product)).join(' or ');
  }
  const name = shortName(condition.at, product);
  if ('is' in condition) {
    return `${name}: ${plainWords(condition.is).join(' or ')}`;
  }
  if ('isNot' in condition) {
    return `${name} other than ${condition.isNot.join(' or ')}`;
  }
  return name;
}

/** Of the many ways in which Go takes a boolean, the plain one. */
function plainWords(words: readonly string[]): readonly string[] {
  const plain = words.filter((word) => word === 'true' || word === 'false' || !GO_BOOLEANS.includes(word));
  return plain.length > 0 ? plain : words;
}

/** The first of a condition's settings that is written, for a related place. */
export function writtenOf(
  condition: Condition,
  resource: Resource,
  product: ProductTable,
  context: WrittenSetting['place']['context'],
): WrittenSetting | undefined {
  for (const one of 'anyOf' in condition ? condition.anyOf : [condition]) {
    const reading = 'at' in one ? readSetting(resource, one.at, product, context) : undefined;
    if (reading?.kind === 'value') {
      return reading;
    }
  }
  return undefined;
}
