import { type Hop, type PersistencePath, verdictOf } from '../persistence/path.ts';

/** What a path is told with. */
export interface PathNames {
  /** What the load balancer is called, such as `CLB`. */
  readonly balancer: string;
}

const DEFAULT_NAMES: PathNames = { balancer: 'the load balancer' };

/** What a client experiences on the paths of a Service: one sentence if all ports are alike, else one for each port. */
export function pathsText(paths: readonly PersistencePath[], names: PathNames = DEFAULT_NAMES): string[] {
  const texts = paths.map((path) => ({ port: path.entry.port, text: pathText(path, names) }));
  if (new Set(texts.map(({ text }) => text)).size <= 1) {
    return texts.slice(0, 1).map(({ text }) => text);
  }
  return texts.map(({ port, text }) => (port.kind === 'value' ? `port ${port.value}: ${text}` : text));
}

/** What a client experiences on a path, and which hop decides it: one clause without a capital and a full stop. */
export function pathText(path: PersistencePath, names: PathNames = DEFAULT_NAMES): string {
  const [first, second] = path.hops;
  if (first === undefined) {
    return 'it does not show where clients are sent';
  }
  if (second === undefined) {
    return isKubeProxy(first) ? kubeProxyAlone(first) : balancerToPod(first, names.balancer);
  }
  return throughNode(path, first, second, names.balancer);
}

function isKubeProxy(hop: Hop): boolean {
  return hop.scope === 'node and service port';
}

function kubeProxyAlone(hop: Hop): string {
  switch (hop.mechanism.kind) {
    case 'none':
      return 'not sticky: kube-proxy picks a pod for each new connection';
    case 'unknown':
      return 'whether kube-proxy remembers a client does not show here';
    default:
      return `a client stays on its pod ${lasting(hop)}`;
  }
}

function balancerToPod(hop: Hop, balancer: string): string {
  switch (hop.mechanism.kind) {
    case 'none':
      return `not sticky: ${balancer} picks a pod for each new connection`;
    case 'unknown':
      return `whether ${balancer} remembers a client does not show here`;
    default:
      return `a client stays on its pod ${lasting(hop)}: ${remembers(balancer, hop)}, and kube-proxy has no part in it`;
  }
}

function throughNode(path: PersistencePath, toNode: Hop, toPod: Hop, balancer: string): string {
  if (toNode.mechanism.kind === 'unknown') {
    const ending = `whether ${balancer} keeps a client on one node does not show here`;
    switch (toPod.mechanism.kind) {
      case 'none':
        return 'not sticky: on the node kube-proxy picks a pod for each new connection';
      case 'unknown':
        return ending;
      default:
        return `each node keeps a client on its pod ${lasting(toPod)}; ${ending}`;
    }
  }
  if (toNode.mechanism.kind === 'none') {
    const then = toPod.mechanism.kind === 'source address' ? ', and each node remembers clients for itself' : '';
    return `not sticky: ${balancer} picks a node for each new connection${then}`;
  }
  if (toPod.mechanism.kind === 'none') {
    const kept = `${remembers(balancer, toNode)}${toNode.duration === undefined ? '' : ` ${lasting(toNode)}`}`;
    return `sticky to the node only: ${kept}, but there kube-proxy picks a pod for each new connection`;
  }
  if (toPod.mechanism.kind === 'unknown') {
    return `${remembers(balancer, toNode)}; whether kube-proxy there remembers a client does not show here`;
  }
  if (verdictOf(path).kind === 'collapsed') {
    const shared = `addresses of ${balancer}, which many clients share`;
    return `${remembers(balancer, toNode)}, but kube-proxy there sees ${shared}`;
  }
  const { weakest } = verdictOf(path);
  const hops = [
    `${remembers(balancer, toNode)}${forSeconds(toNode)}`,
    `kube-proxy the pod${forSeconds(toPod)} after the last new connection`,
  ];
  return `a client stays on its pod ${lasting(weakest ?? toPod)}: ${hops.join(', ')}`;
}

/** How a balancer knows its target again. */
function remembers(balancer: string, hop: Hop): string {
  switch (hop.mechanism.kind) {
    case 'cookie':
      return `${balancer} knows the ${hop.to} by a cookie`;
    case 'consistent hash':
      return `${balancer} finds the ${hop.to} by a hash of the client’s address`;
    default:
      return `${balancer} remembers the ${hop.to}`;
  }
}

function forSeconds({ duration }: Hop): string {
  return duration === undefined ? '' : ` for ${duration.seconds} s`;
}

/** For how long a hop keeps a client where it is. */
function lasting({ duration, mechanism }: Hop): string {
  if (duration === undefined) {
    return mechanism.kind === 'consistent hash'
      ? 'as long as the backends stay the same'
      : 'as long as its cookie counts';
  }
  switch (duration.counts) {
    case 'idle':
      return `for ${duration.seconds} s without traffic`;
    case 'since it was set':
      return `for ${duration.seconds} s from its first request`;
    default:
      return `for ${duration.seconds} s after its last new connection`;
  }
}
