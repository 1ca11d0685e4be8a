import { allHold } from '../knowledge/condition.ts';
import { parseInteger, secondsOf } from '../knowledge/grammar.ts';
import { balancerOf, type ControllerView, NO_VIEW } from '../knowledge/identify.ts';
import type { ListenerProtocol, ProductTable, Stickiness } from '../knowledge/product.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import type { Located } from '../kubernetes/field.ts';
import type { Resource } from '../kubernetes/resource.ts';
import {
  AFFINITY_TIMEOUT,
  effectiveType,
  hasVirtualIP,
  type Service,
  type ServicePort,
  usesClientIP,
} from '../kubernetes/service.ts';
import type { Duration, Evidence, Hop, Mechanism, PersistencePath } from './path.ts';

/**
 * The paths into a Service that its own manifest shows, one a port: through the load balancer where there is one whose
 * behaviour we know, else from the client straight to kube-proxy.
 */
export function pathsOfService(service: Service, view: ControllerView = NO_VIEW): PersistencePath[] {
  const product = balancerOf(service, view)?.product;
  const listeners = product?.listeners?.(service);
  return service.ports.map((port, index) =>
    product?.stickiness === undefined
      ? throughKubeProxy(service, port)
      : throughBalancer(service, port, product, listeners === undefined ? ownListener(port) : listeners[index]),
  );
}

/** Without other settings a listener speaks what the port does. */
function ownListener({ protocol }: ServicePort): ListenerProtocol | undefined {
  if (protocol.kind === 'absent') {
    return 'TCP';
  }
  return protocol.kind === 'value' && (protocol.value === 'TCP' || protocol.value === 'UDP')
    ? protocol.value
    : undefined;
}

function throughKubeProxy(service: Service, port: ServicePort): PersistencePath {
  const type = effectiveType(service);
  const entry = { port: port.port, listener: undefined };
  const proxied: Hop = { ...kubeProxyHop(service, 'client'), from: 'client' };
  if (type !== 'LoadBalancer') {
    return { entry, hops: [proxied] };
  }
  const balancer: Hop = {
    from: 'client',
    to: 'node',
    mechanism: { kind: 'unknown' },
    sees: 'client',
    duration: undefined,
    scope: 'listener',
    evidence: [],
  };
  return { entry, hops: [balancer, kubeProxyHop(service, 'unknown')] };
}

function throughBalancer(
  service: Service,
  port: ServicePort,
  product: ProductTable,
  listener: ListenerProtocol | undefined,
): PersistencePath {
  const { resource } = service;
  const targets = (product.targets ?? []).find(({ when }) => allHold(when, resource, product) === true);
  const toPods = targets?.to === 'pods';
  const balancer: Hop = { ...balancerHop(resource, product, listener), to: toPods ? 'pod' : 'node' };
  const entry = { port: port.port, listener };
  return { entry, hops: toPods ? [balancer] : [balancer, kubeProxyHop(service, seenBehind(product, listener))] };
}

/** Proxying listeners open connections of their own; the others pass the client’s address on. */
function seenBehind({ hidesClientOn = [] }: ProductTable, listener: ListenerProtocol | undefined): Hop['sees'] {
  if (listener === undefined) {
    return hidesClientOn.length === 0 ? 'client' : 'unknown';
  }
  return hidesClientOn.includes(listener) ? 'balancer' : 'client';
}

/** From the client to a target of the balancer: the first way to keep it there whose conditions hold. */
function balancerHop(
  resource: Resource,
  product: ProductTable,
  listener: ListenerProtocol | undefined,
): Omit<Hop, 'to'> {
  const hop = { from: 'client', sees: 'client', scope: 'listener', duration: undefined, evidence: [] } as const;
  for (const stickiness of product.stickiness ?? []) {
    if (listener !== undefined && stickiness.listeners !== undefined && !stickiness.listeners.includes(listener)) {
      continue;
    }
    const applies = allHold(stickiness.when, resource, product);
    if (applies === undefined || (applies && listener === undefined && stickiness.listeners !== undefined)) {
      return { ...hop, mechanism: { kind: 'unknown' } };
    }
    if (applies) {
      return {
        ...hop,
        mechanism: { kind: mechanismOf(stickiness) },
        duration: durationOf(stickiness, resource, product),
        evidence: evidenceOfConditions(stickiness, resource, product),
      };
    }
  }
  return listener === undefined && product.listeners !== undefined
    ? { ...hop, mechanism: { kind: 'unknown' } }
    : { ...hop, mechanism: { kind: 'none' }, evidence: writtenEvidence(resource, product, listener) };
}

function mechanismOf({ by }: Stickiness): Exclude<Mechanism['kind'], 'unknown' | 'none'> {
  return by === 'header' ? 'consistent hash' : by;
}

function durationOf({ duration }: Stickiness, resource: Resource, product: ProductTable): Duration | undefined {
  const reading = duration?.at === undefined ? undefined : readSetting(resource, duration.at, product);
  const grammar = product.settings.find(({ at }) => at === duration?.at)?.grammar;
  const factor = grammar?.kind === 'integer' && grammar.unit === 'minutes' ? 60 : 1;
  const written = reading?.kind === 'value' ? (parseInteger(reading.text, 'go') ?? secondsOf(reading.text)) : undefined;
  const seconds = written === undefined ? duration?.defaultSeconds : written * factor;
  return duration === undefined || seconds === undefined || seconds <= 0
    ? undefined
    : { counts: duration.counts, seconds };
}

/** What is written of the settings on which the choice rests. */
function evidenceOfConditions({ when, duration }: Stickiness, resource: Resource, product: ProductTable): Evidence[] {
  const addresses = [...when.flatMap((condition) => ('at' in condition ? [condition.at] : [])), duration?.at];
  return [...new Set(addresses)].flatMap((at) => (at === undefined ? [] : evidenceAt(at, resource, product)));
}

function writtenEvidence(
  resource: Resource,
  product: ProductTable,
  listener: ListenerProtocol | undefined,
): Evidence[] {
  const possible = (product.stickiness ?? []).filter(
    ({ listeners }) => listener === undefined || listeners === undefined || listeners.includes(listener),
  );
  return possible.flatMap((stickiness) => evidenceOfConditions(stickiness, resource, product));
}

function evidenceAt(at: string, resource: Resource, product: ProductTable): Evidence[] {
  const reading = readSetting(resource, at, product);
  return reading.kind === 'value' ? [{ span: reading.place.valueSpan }] : [];
}

/**
 * From a node to a pod. kube-proxy keeps a table per node and service port; an entry lives from the client's last new
 * connection.
 */
export function kubeProxyHop(service: Service, sees: Hop['sees']): Hop {
  // Without an address of its own a Service is none of kube-proxy's business.
  const pinned = hasVirtualIP(service) === false ? false : usesClientIP(service);
  const mechanism: Mechanism =
    pinned === undefined ? { kind: 'unknown' } : { kind: pinned ? 'source address' : 'none' };
  const { timeoutSeconds } = service;
  const seconds =
    timeoutSeconds.kind === 'value'
      ? timeoutSeconds.value
      : timeoutSeconds.kind === 'absent'
        ? AFFINITY_TIMEOUT.default
        : undefined;
  return {
    from: 'node',
    to: 'pod',
    mechanism,
    sees,
    duration:
      pinned === true && seconds !== undefined ? { counts: 'since the last new connection', seconds } : undefined,
    scope: 'node and service port',
    evidence: [...evidenceOf(service.sessionAffinity), ...evidenceOf(timeoutSeconds)],
  };
}

function evidenceOf(located: Located<unknown>): Evidence[] {
  return located.kind === 'value' ? [{ span: located.span }] : [];
}
