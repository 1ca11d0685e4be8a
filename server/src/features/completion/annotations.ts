import {
  ALIBABA_CLB,
  CLB_ANNOTATIONS,
  clbListenerProtocol,
  type KnownClbAnnotation,
  knownClbAnnotation,
} from '../../knowledge/alibabaClb.ts';
import { speaksOfLoadBalancer } from '../../knowledge/loadBalancerAnnotations.ts';
import type { ListenerProtocol } from '../../knowledge/product.ts';
import { AFFINITY_TIMEOUT, type Service } from '../../kubernetes/service.ts';
import type { YamlMapping } from '../../yaml/nodes.ts';
import { helpOfAnnotation, helpParts } from '../fieldHelp.ts';
import { type Completion, printFields, printScalar } from './insertion.ts';
import type { TypingPlace } from './place.ts';
import { presentKeys } from './serviceFields.ts';

const [CURRENT, LEGACY] = ALIBABA_CLB.annotationPrefixes;
const VENDOR = CURRENT.slice(0, CURRENT.indexOf('/') + 4);

/**
 * The annotation that is being typed on a Service: those that are not there yet, the ones that its listeners use first.
 * `service` is undefined while it has no `spec`.
 */
export function annotationKeys(text: string, place: TypingPlace, service: Service | undefined): Completion[] {
  const { word, siblings } = place;
  const present = new Set([...presentKeys(siblings)].map((key) => knownClbAnnotation(key)?.name));
  const listeners = listenersOf(service);
  const ranked = CLB_ANNOTATIONS.filter(({ name }) => !present.has(name))
    .filter((annotation) => isWanted(annotation, word.typed, siblings, service))
    .map((annotation) => ({ annotation, fits: fits(annotation.listeners, listeners) }));
  const inOrder = [...ranked.filter(({ fits }) => fits), ...ranked.filter(({ fits }) => !fits)];
  return inOrder.map(({ annotation, fits }) => {
    const key = word.typed.startsWith(LEGACY) ? annotation.key.replace(CURRENT, LEGACY) : annotation.key;
    const quote = word.quote ?? '';
    const stop = { stop: 1, text: firstValue(annotation, service) };
    return {
      label: annotation.name,
      kind: 'key',
      changesWithTyping: true,
      span: word.span,
      insertion: word.colonFollows
        ? [quote + key + quote]
        : printFields(text, place, [{ key, value: { kind: 'string', stop } }]),
      filter: quote + (key.startsWith(word.typed) ? key : annotation.name),
      detail: fits ? ALIBABA_CLB.name : `${ALIBABA_CLB.name}; only ${annotation.listeners.join(' and ')} listeners`,
      documentation: helpParts(helpOfAnnotation(annotation)),
    };
  });
}

/**
 * Annotations of other products begin with the same letters, and most Services have none of CLB. They are offered where
 * CLB is in use already, or where nothing but one of them can be meant.
 */
function isWanted(
  { key, name }: KnownClbAnnotation,
  typed: string,
  siblings: YamlMapping,
  service: Service | undefined,
): boolean {
  const matches = typed === '' || name.startsWith(typed) || spellings(key).some((full) => full.startsWith(typed));
  if (!matches || isForAnotherClass(siblings, service)) {
    return false;
  }
  const keys = [...presentKeys(siblings)];
  if (keys.some((present) => knownClbAnnotation(present) !== undefined || present.startsWith(VENDOR))) {
    return true;
  }
  const isForOthers =
    keys.some(speaksOfLoadBalancer) || (service?.type.kind === 'value' && service.type.value !== 'LoadBalancer');
  return isForOthers ? typed.startsWith(VENDOR) || (typed.length > 2 && name.startsWith(typed)) : typed !== '';
}

function spellings(key: string): string[] {
  return [key, key.replace(CURRENT, LEGACY)];
}

/** Another class hands the Service to another controller, which reads none of these. */
function isForAnotherClass(siblings: YamlMapping, service: Service | undefined): boolean {
  return (
    (service !== undefined && service.loadBalancerClass.kind === 'value') ||
    presentKeys(siblings).has('service.beta.kubernetes.io/class')
  );
}

/** The protocols of the Service's listeners; undefined where one of them cannot be known. */
function listenersOf(service: Service | undefined): ReadonlySet<ListenerProtocol> | undefined {
  const protocols = (service?.ports ?? []).map((port) => service && clbListenerProtocol(service, port));
  const known = protocols.filter((protocol) => protocol !== undefined);
  return known.length === protocols.length && known.length > 0 ? new Set(known) : undefined;
}

function fits(wanted: readonly ListenerProtocol[], present: ReadonlySet<ListenerProtocol> | undefined): boolean {
  return present === undefined || wanted.some((protocol) => present.has(protocol));
}

/** The value of an annotation that is being typed. */
export function annotationValues(place: TypingPlace, service: Service | undefined, key: string): Completion[] {
  const annotation = knownClbAnnotation(key);
  if (annotation === undefined) {
    return [];
  }
  return valuesOf(annotation, service, place.word.typed).flatMap(({ value, meaning }) => {
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
            documentation: helpParts(helpOfAnnotation(annotation)),
          },
        ];
  });
}

type OfferedValue = Pick<KnownClbAnnotation['values'][number], 'value' | 'meaning'>;

function firstValue(annotation: KnownClbAnnotation, service: Service | undefined): string {
  return valuesOf(annotation, service, '')[0]?.value ?? '';
}

function valuesOf(annotation: KnownClbAnnotation, service: Service | undefined, typed: string): OfferedValue[] {
  if (annotation.name === 'protocol-port') {
    return protocolPorts(service, typed);
  }
  const listeners = listenersOf(service);
  const known = annotation.values.filter((value) => value.listeners === undefined || fits(value.listeners, listeners));
  const seconds = annotation.name === 'persistence-timeout' ? podSeconds(service) : undefined;
  return seconds === undefined
    ? known
    : [
        { value: String(seconds), meaning: 'as long as kube-proxy remembers the pod' },
        ...known.filter(({ value }) => value !== String(seconds)),
      ];
}

/** What kube-proxy remembers, where CLB can remember as long. */
function podSeconds(service: Service | undefined): number | undefined {
  const seconds = service?.timeoutSeconds;
  const longest = ALIBABA_CLB.settings[0].grammar.maximum;
  return seconds?.kind === 'value' && seconds.value >= AFFINITY_TIMEOUT.minimum && seconds.value <= longest
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
