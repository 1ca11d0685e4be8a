import { NO_VIEW } from '../../knowledge/identify.ts';
import { type FieldKnowledge, serviceField, type ValueKnowledge } from '../../knowledge/serviceFields.ts';
import {
  AFFINITY_TIMEOUT,
  effectiveType,
  hasVirtualIP,
  isHeadless,
  type Service,
  usesClientIP,
} from '../../kubernetes/service.ts';
import { pathsOfService } from '../../persistence/servicePaths.ts';
import { allPairs, keyText, type YamlMapping } from '../../yaml/nodes.ts';
import { helpOfField, helpParts } from '../fieldHelp.ts';
import { type Completion, type NewField, printFields, printScalar, type TabStop } from './insertion.ts';
import type { TypingPlace } from './place.ts';

/** The field that is being typed under a Service's `spec`; `path` leads to the mapping that holds it. */
export function serviceKeys(text: string, place: TypingPlace, service: Service, path: readonly string[]): Completion[] {
  return fieldsToOffer(place, service, path.join('.')).flatMap(({ key, fields, detail }) => {
    const knowledge = serviceField([...path, key]);
    return knowledge === undefined ? [] : [keyCompletion(text, place, knowledge, fields, detail)];
  });
}

interface OfferedField {
  readonly key: string;
  /** What is written; more than the key itself where it needs company. */
  readonly fields: readonly NewField[];
  readonly detail: string;
}

/** The fields that are not there yet, the one most wanted first. */
function fieldsToOffer({ siblings }: TypingPlace, service: Service, path: string): OfferedField[] {
  const present = presentKeys(siblings);
  const seconds = { stop: 1, text: String(balancerSeconds(service) ?? AFFINITY_TIMEOUT.default) };
  const timeoutSeconds: NewField = { key: 'timeoutSeconds', value: { kind: 'number', stop: seconds } };
  const clientIP: NewField = { key: 'clientIP', value: { kind: 'fields', fields: [timeoutSeconds] } };
  let offered: OfferedField[] = [];
  switch (path) {
    case 'spec':
      offered = [...affinityFields(service, present, clientIP), ...trafficPolicy(service)];
      break;
    case 'spec.sessionAffinityConfig':
      offered = [{ key: 'clientIP', fields: [clientIP], detail: 'timeoutSeconds' }];
      break;
    case 'spec.sessionAffinityConfig.clientIP':
      offered = [{ key: 'timeoutSeconds', fields: [timeoutSeconds], detail: '1 to 86400 seconds' }];
  }
  return offered.filter(({ key }) => !present.has(key));
}

/** A config without ClientIP would be dropped, so one is never offered without the other. */
function affinityFields(service: Service, present: ReadonlySet<string>, clientIP: NewField): OfferedField[] {
  if (hasVirtualIP(service) === false) {
    return [];
  }
  const affinity = (stop: TabStop | string): NewField => ({ key: 'sessionAffinity', value: { kind: 'word', stop } });
  const config: NewField = { key: 'sessionAffinityConfig', value: { kind: 'fields', fields: [clientIP] } };
  const isMissing = !present.has('sessionAffinity');
  const choice = { stop: 1, text: 'ClientIP', choices: ['ClientIP', 'None'] };
  return [
    { key: 'sessionAffinity', fields: [affinity(choice)], detail: 'keep a client on its pod' },
    ...(isMissing
      ? [{ key: config.key, fields: [affinity('ClientIP'), config], detail: 'adds sessionAffinity too' }]
      : usesClientIP(service) === false
        ? []
        : [{ key: config.key, fields: [config], detail: 'for how long' }]),
  ];
}

/** The API server refuses it where nothing comes from outside. */
function trafficPolicy(service: Service): OfferedField[] {
  if (!isReachableFromOutside(service)) {
    return [];
  }
  const stop = { stop: 1, text: 'Local', choices: ['Local', 'Cluster'] };
  const fields: NewField[] = [{ key: 'externalTrafficPolicy', value: { kind: 'word', stop } }];
  return [{ key: 'externalTrafficPolicy', fields, detail: 'pods of the same node, or of any' }];
}

function isReachableFromOutside(service: Service): boolean {
  const type = effectiveType(service);
  return type === 'ClusterIP' ? service.externalIPs.kind !== 'absent' : type !== 'ExternalName';
}

export function presentKeys(mapping: YamlMapping): Set<string> {
  return new Set(allPairs(mapping).flatMap(({ pair }) => keyText(pair) ?? []));
}

function keyCompletion(
  text: string,
  place: TypingPlace,
  knowledge: FieldKnowledge,
  fields: readonly NewField[],
  detail: string,
): Completion {
  const { word } = place;
  const label = knowledge.path.at(-1) ?? '';
  const quote = word.quote ?? '';
  return {
    label,
    kind: 'key',
    span: word.span,
    insertion: word.colonFollows ? [quote + label + quote] : printFields(text, place, fields),
    filter: quote + label,
    detail,
    documentation: helpParts(helpOfField(knowledge)),
  };
}

/** The value that is being typed; `path` leads from the Service to its key. */
export function serviceValues(place: TypingPlace, service: Service, path: readonly string[]): Completion[] {
  const knowledge = serviceField(path);
  if (knowledge?.values === undefined) {
    return [];
  }
  const kind = knowledge.range === undefined ? 'word' : 'number';
  return valuesToOffer(service, knowledge).flatMap(({ value, meaning }) => {
    const printed = printScalar(place, kind, value);
    return printed === undefined
      ? []
      : [
          {
            label: value,
            kind: 'value' as const,
            span: place.word.span,
            ...printed,
            detail: meaning,
            documentation: helpParts(helpOfField(knowledge)),
          },
        ];
  });
}

/** Those that the API server would take on this Service, and that would do something there. */
function valuesToOffer(service: Service, { path, values = [] }: FieldKnowledge): readonly ValueKnowledge[] {
  switch (path.at(-1)) {
    case 'sessionAffinity':
      return hasVirtualIP(service) === false ? values.filter(({ value }) => value === 'None') : values;
    case 'externalTrafficPolicy':
      return isReachableFromOutside(service) ? values : [];
    case 'type':
      return isHeadless(service) ? values.filter(({ value }) => value === 'ClusterIP') : values;
    case 'timeoutSeconds': {
      const seconds = balancerSeconds(service);
      const others = values.filter(({ value }) => value !== String(seconds));
      const asBalancer = { value: String(seconds), meaning: 'as long as the load balancer remembers the node' };
      return seconds === undefined ? values : [asBalancer, ...others];
    }
    default:
      return values;
  }
}

/** For how long the balancer remembers a node for a client: what kube-proxy remembers beyond that is of no use. */
function balancerSeconds(service: Service): number | undefined {
  const seconds = pathsOfService(service, NO_VIEW).find(({ hops }) => hops[0]?.mechanism.kind === 'source address')
    ?.hops[0]?.duration?.seconds;
  const isBalancer = effectiveType(service) === 'LoadBalancer';
  return isBalancer &&
    seconds !== undefined &&
    seconds >= AFFINITY_TIMEOUT.minimum &&
    seconds <= AFFINITY_TIMEOUT.maximum
    ? seconds
    : undefined;
}
