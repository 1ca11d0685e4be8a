import { parseAddress, shortName } from '../../knowledge/address.ts';
import { balancerOf, type ControllerView, identifyIngress, servesService } from '../../knowledge/identify.ts';
import type { ListenerProtocol, OfferedValue, ProductTable, Setting } from '../../knowledge/product.ts';
import { type KnownSetting, PRODUCTS, settingsOfAnnotation } from '../../knowledge/products.ts';
import { spellingsOf } from '../../knowledge/settingReading.ts';
import type { Ingress } from '../../kubernetes/ingress.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { AFFINITY_TIMEOUT, type Service } from '../../kubernetes/service.ts';
import { helpOfSetting, helpParts, offeredValues } from '../fieldHelp.ts';
import { type Completion, printFields, printScalar } from './insertion.ts';
import type { TypingPlace } from './place.ts';
import { presentKeys } from './serviceFields.ts';

/** The object whose annotations are being typed. */
export interface AnnotatedObject {
  readonly kind: 'Service' | 'Ingress';
  /** Undefined while a Service has no `spec`. */
  readonly service: Service | undefined;
  readonly ingress: Ingress | undefined;
  readonly resource: Resource | undefined;
  readonly view: ControllerView;
}

/**
 * The annotation that is being typed: those that are not there yet, of the products that fit the object, the ones that
 * its listeners use first.
 */
export function annotationKeys(text: string, place: TypingPlace, object: AnnotatedObject): Completion[] {
  const { word, siblings } = place;
  const keys = [...presentKeys(siblings)];
  const present = new Set(keys.flatMap((key) => settingsOfAnnotation(key).map(({ setting }) => setting)));
  const wanted = annotationsFor(object, keys, word.typed).filter(({ setting }) => !present.has(setting));
  const ranked = wanted.map((known) => ({ known, fits: fits(known.setting.listeners, listenersOf(known, object)) }));
  const inOrder = [...ranked.filter((one) => one.fits), ...ranked.filter((one) => !one.fits)];
  return inOrder.map(({ known, fits }) => {
    const { product, setting } = known;
    const key = spelt(known, word.typed);
    const label = labelOf(known);
    const quote = word.quote ?? '';
    const stop = { stop: 1, text: firstValue(known, object) };
    return {
      label,
      kind: 'key',
      changesWithTyping: true,
      span: word.span,
      insertion: word.colonFollows
        ? [quote + key + quote]
        : printFields(text, place, [{ key, value: { kind: 'string', stop } }]),
      filter: quote + (key.startsWith(word.typed) ? key : label),
      detail: fits ? product.name : `${product.name}; only ${setting.listeners?.join(' and ')} listeners`,
      documentation: helpParts(helpOfSetting(known)),
    };
  });
}

/** As people call it: without the prefix of its product. */
function labelOf({ product, setting }: KnownSetting): string {
  const [prefix = ''] = product.annotationPrefixes;
  return setting.at.startsWith(prefix) && prefix !== '' ? setting.at.slice(prefix.length) : shortName(setting.at);
}

/** With the older prefix for whoever types that. */
function spelt({ product, setting }: KnownSetting, typed: string): string {
  const [current = ''] = product.annotationPrefixes;
  const spellings = spellingsOf(setting.at, product);
  const other = typed.length > current.length - 4 ? spellings.find((key) => key.startsWith(typed)) : undefined;
  return setting.at.startsWith(typed) ? setting.at : (other ?? setting.at);
}

/**
 * Annotations of many products begin with the same letters. Those of a product are offered where it is in use already,
 * or where nothing but one of them can be meant.
 */
function annotationsFor(object: AnnotatedObject, keys: readonly string[], typed: string): KnownSetting[] {
  const inUse = productsInUse(object, keys);
  return PRODUCTS.flatMap((product) => {
    if (!mayServe(product, object)) {
      return [];
    }
    const isUsed = inUse.has(product);
    return product.settings
      .filter((setting) => isOffered(setting, object.kind))
      .map((setting) => ({ product, setting, spelling: undefined }))
      .filter((known) => isMeant(known, typed, isUsed, inUse.size > 0 || isElsewhere(object)));
  });
}

function isOffered(setting: Setting, kind: AnnotatedObject['kind']): boolean {
  const place = parseAddress(setting.at);
  const isWhole = place.kind === 'annotation' && place.part === undefined && !place.key.includes('*');
  return isWhole && setting.removed === undefined && setting.objects.includes(kind);
}

function isMeant(known: KnownSetting, typed: string, isUsed: boolean, othersAreUsed: boolean): boolean {
  const label = labelOf(known);
  const spellings = spellingsOf(known.setting.at, known.product);
  if (isUsed) {
    return typed === '' || label.startsWith(typed) || spellings.some((key) => key.startsWith(typed));
  }
  if (othersAreUsed) {
    const stem = vendorStem(known.product);
    return (
      (typed.startsWith(stem) && spellings.some((key) => key.startsWith(typed))) ||
      (typed.length > 2 && label.startsWith(typed))
    );
  }
  return typed !== '' && (label.startsWith(typed) || spellings.some((key) => key.startsWith(typed)));
}

/** As much of the prefix as only this product has: the word of the vendor where many share what is before it. */
function vendorStem({ annotationPrefixes: [prefix = ''] }: ProductTable): string {
  const shared = 'service.beta.kubernetes.io/';
  return prefix.startsWith(shared) ? prefix.slice(0, shared.length + 3) : prefix;
}

/** Nothing balances the Service from outside, as far as it shows. */
function isElsewhere({ service }: AnnotatedObject): boolean {
  return service?.type.kind === 'value' && service.type.value !== 'LoadBalancer';
}

function productsInUse({ service, ingress, view }: AnnotatedObject, keys: readonly string[]): Set<ProductTable> {
  const named = service !== undefined ? balancerOf(service, view) : ingress && identifyIngress(ingress, view);
  const written = keys.flatMap((key) => [
    ...settingsOfAnnotation(key).map(({ product }) => product),
    ...PRODUCTS.filter((product) => product.annotationPrefixes.length > 0 && key.startsWith(vendorStem(product))),
  ]);
  return new Set(named === undefined ? written : [named.product, ...written]);
}

function mayServe(product: ProductTable, { kind, service, resource, ingress, view }: AnnotatedObject): boolean {
  if (kind === 'Service') {
    const isBalancer = product.kind === 'load balancer' || product.kind === 'data path';
    return !isBalancer || service === undefined || resource === undefined
      ? true
      : servesService(product, resource, view) !== false;
  }
  const inference = ingress && identifyIngress(ingress, view);
  return inference === undefined || inference.product === product;
}

/** The protocols of the Service's listeners; undefined where one of them cannot be known. */
function listenersOf(
  { product }: Pick<KnownSetting, 'product'>,
  { service }: AnnotatedObject,
): ReadonlySet<ListenerProtocol> | undefined {
  const listeners = service === undefined ? [] : (product.listeners?.(service) ?? []);
  const known = listeners.filter((listener) => listener !== undefined);
  return known.length === listeners.length && known.length > 0 ? new Set(known) : undefined;
}

function fits(
  wanted: readonly ListenerProtocol[] | undefined,
  present: ReadonlySet<ListenerProtocol> | undefined,
): boolean {
  return wanted === undefined || present === undefined || wanted.some((protocol) => present.has(protocol));
}

/** The value of an annotation that is being typed. */
export function annotationValues(place: TypingPlace, object: AnnotatedObject, key: string): Completion[] {
  const known = settingsOfAnnotation(key).filter(
    ({ product, setting }) => setting.objects.includes(object.kind) && mayServe(product, object),
  );
  const [first] = known;
  if (first === undefined) {
    return [];
  }
  return valuesOf(first, object, place.word.typed).flatMap(({ value, meaning }) => {
    const printed = printScalar(place, 'string', value);
    return printed === undefined
      ? []
      : [
          {
            label: value,
            kind: 'value' as const,
            span: place.word.span,
            ...printed,
            detail: meaning,
            documentation: helpParts(helpOfSetting(first)),
          },
        ];
  });
}

function firstValue(known: KnownSetting, object: AnnotatedObject): string {
  return valuesOf(known, object, '')[0]?.value ?? '';
}

function valuesOf(known: KnownSetting, object: AnnotatedObject, typed: string): readonly OfferedValue[] {
  const { product, setting } = known;
  if (product.id === 'alibaba-clb' && setting.at.endsWith('-protocol-port')) {
    return protocolPorts(object.service, typed);
  }
  const listeners = listenersOf(known, object);
  const values = offeredValues(setting).filter(
    (value) => value.listeners === undefined || fits(value.listeners, listeners),
  );
  const seconds = isMemoryOfAddresses(known) ? podSeconds(setting, object.service) : undefined;
  return seconds === undefined
    ? values
    : [
        { value: String(seconds), meaning: 'as long as kube-proxy remembers the pod' },
        ...values.filter(({ value }) => value !== String(seconds)),
      ];
}

function isMemoryOfAddresses({ product, setting }: KnownSetting): boolean {
  return (
    product.stickiness?.some(({ by, duration }) => by === 'source address' && duration?.at === setting.at) === true
  );
}

/** What kube-proxy remembers, where the balancer can remember as long. */
function podSeconds({ grammar }: Setting, service: Service | undefined): number | undefined {
  const seconds = service?.timeoutSeconds;
  const longest = grammar.kind === 'integer' ? grammar.maximum : undefined;
  return seconds?.kind === 'value' &&
    longest !== undefined &&
    seconds.value >= AFFINITY_TIMEOUT.minimum &&
    seconds.value <= longest
    ? seconds.value
    : undefined;
}

/** `http:80` and the like for the Service's own ports, behind the entries that are written already. */
function protocolPorts(service: Service | undefined, typed: string): OfferedValue[] {
  const written = typed.slice(0, typed.lastIndexOf(',') + 1);
  const ports = (service?.ports ?? []).flatMap(({ port }) => (port.kind === 'value' ? [port.value] : []));
  const missing = ports.filter((port) => !written.split(',').some((entry) => entry.endsWith(`:${port}`)));
  return missing.flatMap((port) =>
    (port === 443 ? ['https', 'http'] : ['http', 'https']).map((protocol) => ({
      value: `${written}${protocol}:${port}`,
      meaning: `an ${protocol.toUpperCase()} listener${protocol === 'https' ? '; needs cert-id' : ''}`,
    })),
  );
}
