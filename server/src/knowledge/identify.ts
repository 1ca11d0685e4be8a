import { stringAt } from '../kubernetes/field.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { effectiveType, type Service } from '../kubernetes/service.ts';
import { keyText } from '../yaml/nodes.ts';
import { allHold } from './condition.ts';
import type { ProductTable } from './product.ts';
import { PRODUCTS, productById, settingsOfAnnotation } from './products.ts';

/** What a user said of the controllers that are in use; each by the id of a product. */
export interface ChosenControllers {
  /** Of Services of type LoadBalancer without a class. */
  readonly loadBalancer: string | undefined;
  /** Of Ingresses of which nothing else tells. */
  readonly ingress: string | undefined;
  /** By the names of ingress classes. */
  readonly ingressClasses: ReadonlyMap<string, string>;
}

export const NOTHING_CHOSEN: ChosenControllers = {
  loadBalancer: undefined,
  ingress: undefined,
  ingressClasses: new Map(),
};

/** Which product serves an object, and how that is known. */
export interface Inference {
  readonly product: ProductTable;
  readonly by: InferenceReason;
  /** What tells: the name of the class, the key of an annotation. */
  readonly word: string;
}

/**
 * - `choice`: the settings say so.
 * - `IngressClass`: an IngressClass of the workspace names the controller.
 * - `kind`: the object is of a kind that only this product has.
 * - `class`: the class is the product's own, such as a `loadBalancerClass`.
 * - `class name`: only by the name that people usually give to its class.
 * - `annotations`: only this product reads what is written.
 */
export type InferenceReason = 'choice' | 'kind' | 'IngressClass' | 'class' | 'class name' | 'annotations';

/** Whether nothing but a guess names the product. */
export function isGuess({ by }: Inference): boolean {
  return by === 'class name' || by === 'annotations';
}

/** The controllers that workspace and settings tell of. */
export interface ControllerView {
  readonly chosen: ChosenControllers;
  /** `spec.controller` of an IngressClass of that name; undefined where none is known. */
  controllerOfClass(name: string): string | undefined;
}

export const NO_VIEW: ControllerView = { chosen: NOTHING_CHOSEN, controllerOfClass: () => undefined };

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

/** The class of an Ingress: its field, else the older annotation. Undefined where it has none or it cannot be known. */
export function classOfIngress({ className, resource }: Ingress): string | undefined {
  if (className.kind !== 'absent') {
    return className.kind === 'value' ? className.value : undefined;
  }
  const annotation = stringAt(resource.annotations, CLASS_ANNOTATION);
  return annotation.kind === 'value' ? annotation.value : undefined;
}

/** The product that serves an Ingress; undefined where nothing tells or what tells is of nobody we know. */
export function identifyIngress(ingress: Ingress, view: ControllerView): Inference | undefined {
  const name = classOfIngress(ingress);
  if (name === undefined) {
    const chosen = productById(view.chosen.ingress);
    const known = ingress.className.kind !== 'unknown' && ingress.className.kind !== 'invalid';
    return known && chosen !== undefined
      ? { product: chosen, by: 'choice', word: '' }
      : byAnnotations(ingress.resource);
  }
  const chosen = productById(view.chosen.ingressClasses.get(name));
  if (chosen !== undefined) {
    return { product: chosen, by: 'choice', word: name };
  }
  const controller = view.controllerOfClass(name);
  if (controller !== undefined) {
    const product = productOfController(controller);
    return product && { product, by: 'IngressClass', word: name };
  }
  const called = PRODUCTS.filter((product) => product.detection.ingress?.classNames.includes(name));
  // A name that several products use says nothing but together with keys that only one of them reads.
  const possible = PRODUCTS.filter(
    (product) => called.includes(product) || called.some((one) => sharesPrefix(one, product)),
  );
  const own =
    possible.length > 1 ? possible.filter((product) => readsAnyAnnotation(product, ingress.resource)) : called;
  const knowing = own.length > 1 ? own.filter((product) => hasAnySetting(product, ingress.resource)) : own;
  const [product] = [knowing, own].find((products) => products.length === 1) ?? called;
  return product && { product, by: 'class name', word: name };
}

/** Whether one of the annotations is a setting of the product, and not only under a prefix that it shares. */
function hasAnySetting(product: ProductTable, { annotations }: Resource): boolean {
  return (annotations?.pairs ?? []).some((pair) =>
    settingsOfAnnotation(keyText(pair) ?? '').some((known) => known.product === product),
  );
}

/** The product behind `spec.controller` of an IngressClass. */
function productOfController(controller: string): ProductTable | undefined {
  return PRODUCTS.find((product) =>
    product.detection.ingress?.controllers.some((known) => controller === known || controller.startsWith(`${known}/`)),
  );
}

/** The only Ingress controller that reads any of the annotations. */
function byAnnotations(resource: Resource): Inference | undefined {
  const reading = PRODUCTS.filter(
    (product) => product.detection.ingress !== undefined && readsAnyAnnotation(product, resource),
  );
  const [product, ...others] = reading;
  return product === undefined || others.length > 0
    ? undefined
    : { product, by: 'annotations', word: firstKeyOf(product, resource) ?? '' };
}

function readsAnyAnnotation(product: ProductTable, resource: Resource): boolean {
  return firstKeyOf(product, resource) !== undefined;
}

function firstKeyOf(product: ProductTable, resource: Resource): string | undefined {
  return (resource.annotations?.pairs ?? []).map((pair) => keyText(pair) ?? '').find((key) => isKeyOf(key, product));
}

/** Whether a key speaks of an Ingress controller; under a prefix that others have as well its table has to know it. */
function isKeyOf(key: string, product: ProductTable): boolean {
  const prefix = product.annotationPrefixes.find((candidate) => key.startsWith(candidate));
  const isShared = PRODUCTS.some((other) => other !== product && sharesPrefix(other, product));
  return (
    prefix !== undefined &&
    (!isShared ||
      settingsOfAnnotation(key).some((known) => known.product === product) ||
      product.otherAnnotations?.includes(key.slice(prefix.length)) === true)
  );
}

function sharesPrefix(one: ProductTable, other: ProductTable): boolean {
  return (
    one.detection.ingress !== undefined &&
    other.detection.ingress !== undefined &&
    one.annotationPrefixes.some((prefix) => other.annotationPrefixes.includes(prefix))
  );
}

/**
 * Whether a product serves a Service of type LoadBalancer, as its class and the product's conditions tell; undefined
 * where that cannot be known. A Service without a class goes to whoever runs as the cloud's controller.
 */
export function servesService(product: ProductTable, resource: Resource, view: ControllerView): boolean | undefined {
  const { service } = product.detection;
  if (service === undefined) {
    return undefined;
  }
  const loadBalancerClass = stringAt(resource.spec, 'loadBalancerClass');
  if (loadBalancerClass.kind === 'unknown' || loadBalancerClass.kind === 'invalid') {
    return undefined;
  }
  if (loadBalancerClass.kind === 'value' && loadBalancerClass.value !== '') {
    return service.classes.includes(loadBalancerClass.value);
  }
  const claimed = isClaimed(product, resource);
  if (claimed !== false) {
    return claimed;
  }
  const { loadBalancer } = view.chosen;
  const takesAny = service.withoutClass || (service.claimedBy !== undefined && loadBalancer === product.id);
  const conditions = allHold(service.conditions ?? [], resource, product);
  if (!takesAny || conditions !== true) {
    return takesAny ? conditions : false;
  }
  return loadBalancer === undefined ? true : loadBalancer === product.id;
}

/** Whether something on a Service without a class hands it to a product that does not take all such. */
function isClaimed(product: ProductTable, resource: Resource): boolean | undefined {
  const { claimedBy } = product.detection.service ?? {};
  return claimedBy !== undefined && allHold(claimedBy, resource, product);
}

/** The load balancer behind a Service of type LoadBalancer, and how that is known; undefined where nothing tells. */
export function balancerOf(service: Service, view: ControllerView): Inference | undefined {
  if (effectiveType(service) !== 'LoadBalancer') {
    return undefined;
  }
  const { loadBalancerClass, resource } = service;
  if (loadBalancerClass.kind === 'value' && loadBalancerClass.value !== '') {
    const word = loadBalancerClass.value;
    const product = PRODUCTS.find(({ detection }) => detection.service?.classes.includes(word));
    return product && { product, by: 'class', word };
  }
  if (loadBalancerClass.kind !== 'absent') {
    return undefined;
  }
  const chosen = productById(view.chosen.loadBalancer);
  const claiming =
    chosen === undefined || servesService(chosen, resource, view) === false
      ? PRODUCTS.find((product) => isClaimed(product, resource) === true)
      : undefined;
  if (claiming !== undefined) {
    return { product: claiming, by: 'annotations', word: '' };
  }
  if (chosen !== undefined) {
    return { product: chosen, by: 'choice', word: '' };
  }
  const serving = PRODUCTS.filter(
    (product) => product.kind === 'load balancer' && servesService(product, resource, view) === true,
  );
  const keys = (resource.annotations?.pairs ?? []).map((pair) => keyText(pair) ?? '');
  const owners = new Map<ProductTable, string>();
  for (const key of keys) {
    const owner = serving.filter(({ annotationPrefixes, detection }) =>
      [...annotationPrefixes, ...(detection.service?.annotations ?? [])].some(
        (prefix) => prefix !== SHARED_PREFIX && key.startsWith(prefix),
      ),
    );
    if (owner.length === 1 && owner[0] !== undefined && !owners.has(owner[0])) {
      owners.set(owner[0], key);
    }
  }
  // Annotations of several clouds are written for whichever it will be.
  const [[product, word] = [undefined, '']] = owners;
  return owners.size === 1 && product !== undefined ? { product, by: 'annotations', word } : undefined;
}

/** `service.beta.kubernetes.io/` alone says nothing of a cloud. */
const SHARED_PREFIX = 'service.beta.kubernetes.io/';
