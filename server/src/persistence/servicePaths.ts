import {
  clbAnnotation,
  clbBackends,
  clbListenerProtocol,
  hasClbAnnotation,
  parseGoInteger,
} from '../knowledge/alibabaClb.ts';
import {
  AFFINITY_TIMEOUT,
  effectiveType,
  hasVirtualIP,
  type Service,
  type ServicePort,
  usesClientIP,
} from '../kubernetes/service.ts';
import type { Evidence, Hop, Mechanism, PersistencePath } from './path.ts';

/**
 * The paths into a Service that its own manifest shows, one a port: through the load balancer where there is one whose
 * behaviour we know, else from the client straight to kube-proxy.
 */
export function pathsOfService(service: Service): PersistencePath[] {
  const type = effectiveType(service);
  const behindClb = type === 'LoadBalancer' && service.loadBalancerClass.kind === 'absent' && hasClbAnnotation(service);
  return service.ports.map((port) => (behindClb ? throughClb(service, port) : throughKubeProxy(service, port)));
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

function throughClb(service: Service, port: ServicePort): PersistencePath {
  const listener = clbListenerProtocol(service, port);
  const backends = clbBackends(service);
  const balancer = { ...clbHop(service, listener), to: backends === 'pods' ? 'pod' : 'node' } as const;
  const entry = { port: port.port, listener };
  return { entry, hops: backends === 'pods' ? [balancer] : [balancer, kubeProxyHop(service, seenBehindClb(listener))] };
}

/** HTTP and HTTPS listeners open connections of their own; TCP and UDP ones pass the client's address on. */
function seenBehindClb(listener: string | undefined): Hop['sees'] {
  if (listener === undefined) {
    return 'unknown';
  }
  return listener === 'HTTP' || listener === 'HTTPS' ? 'balancer' : 'client';
}

/**
 * From the client to a backend of CLB. A TCP listener remembers the source address for an idle time; `sch` hashes it
 * on TCP and UDP; HTTP and HTTPS listeners use a cookie.
 */
function clbHop(service: Service, listener: string | undefined): Omit<Hop, 'to'> {
  const hop = { from: 'client', sees: 'client', scope: 'listener', duration: undefined, evidence: [] } as const;
  const unknown = { ...hop, mechanism: { kind: 'unknown' } } as const;
  if (listener === undefined) {
    return unknown;
  }
  if (listener === 'HTTP' || listener === 'HTTPS') {
    const sticky = clbAnnotation(service, 'sticky-session');
    if (sticky.kind === 'unknown' || sticky.kind === 'invalid') {
      return unknown;
    }
    const on = sticky.kind === 'value' && sticky.value === 'on';
    return { ...hop, mechanism: { kind: on ? 'cookie' : 'none' }, evidence: evidenceOf(sticky) };
  }
  const scheduler = clbAnnotation(service, 'scheduler');
  if (scheduler.kind === 'value' && scheduler.value === 'sch') {
    return { ...hop, mechanism: { kind: 'consistent hash' }, evidence: [scheduler] };
  }
  const timeout = clbAnnotation(service, 'persistence-timeout');
  if (timeout.kind === 'unknown' || timeout.kind === 'invalid' || scheduler.kind === 'unknown') {
    return unknown;
  }
  const seconds = timeout.kind === 'value' ? parseGoInteger(timeout.value) : undefined;
  if (listener !== 'TCP' || timeout.kind !== 'value' || seconds === undefined || seconds <= 0) {
    return { ...hop, mechanism: { kind: 'none' }, evidence: evidenceOf(timeout) };
  }
  return {
    ...hop,
    mechanism: { kind: 'source address' },
    duration: { counts: 'idle', seconds },
    evidence: [timeout],
  };
}

/**
 * From a node to a pod. kube-proxy keeps a table per node and service port; an entry lives from the client's last new
 * connection.
 */
function kubeProxyHop(service: Service, sees: Hop['sees']): Hop {
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

function evidenceOf(located: { readonly kind: string }): Evidence[] {
  return located.kind === 'value' ? [located as Evidence] : [];
}
