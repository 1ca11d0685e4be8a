import type { ProductTable } from '../knowledge/product.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { type Evidence, type Hop, type Verdict, verdictOf } from '../persistence/path.ts';
import type { PathThrough, WorkspacePath } from '../persistence/workspacePaths.ts';
import type { Manifest } from '../workspace/manifest.ts';

/** A path in words, for every view of it: the code lens, the picture, `explain`. */
export interface ExplainedPath {
  readonly verdict: Verdict['kind'];
  /** The verdict in at most ten words. */
  readonly headline: string;
  /** Why the weakest hop is the weakest, in a sentence; empty where nothing is weak. */
  readonly reason: string;
  /** Where clients come in: `CLB listener 80 (TCP)`, `Ingress shop: shop.example.com/`. */
  readonly entry: string;
  readonly hops: readonly ExplainedHop[];
  /** `Service web`. */
  readonly service: string;
  readonly pods: readonly ExplainedPods[];
}

export interface ExplainedHop {
  /** Who decides: `ingress-nginx`, `kube-proxy`. */
  readonly who: string;
  /** `remembers the client’s address`. */
  readonly does: string;
  /** `node` or `pod`. */
  readonly to: Hop['to'];
  readonly state: 'keeps' | 'loses' | 'unknown' | 'collapses';
  /** `30 min without traffic`; undefined where no time is stated. */
  readonly duration: string | undefined;
  /** `per node and Service port`. */
  readonly scope: string;
  readonly isWeakest: boolean;
  readonly evidence: readonly PlacedEvidence[];
}

export interface ExplainedPods {
  /** `Deployment web`. */
  readonly name: string;
  readonly replicas: number | undefined;
  readonly manifest: Manifest;
  readonly span: Evidence['span'];
}

/** Evidence with the manifest in which it stands. */
export interface PlacedEvidence {
  readonly manifest: Manifest;
  readonly span: Evidence['span'];
}

export function explain(path: WorkspacePath): ExplainedPath {
  const verdict = verdictOf(path);
  const names = path.hops.map((hop) => nameOf(hop, path.through));
  const hops = path.hops.map((hop, index) => explainHop(hop, names[index] ?? '', path, verdict));
  return {
    verdict: verdict.kind,
    headline: headlineOf(path, verdict, names),
    reason: reasonOf(path, verdict, names),
    entry: entryOf(path),
    hops,
    service: describeResource(path.service.item.resource),
    pods: path.pods.map(({ item, manifest }) => ({
      name: describeResource(item.resource),
      replicas: item.replicas.kind === 'value' ? item.replicas.value : item.replicas.kind === 'absent' ? 1 : undefined,
      manifest,
      span: item.resource.name.kind === 'value' ? item.resource.name.span : item.resource.root.span,
    })),
  };
}

/** How two paths stand in a list, the worst first; of two that keep a client, the one that does so for less time. */
export function compareByVerdict(one: Verdict, other: Verdict): number {
  return RANK[one.kind] - RANK[other.kind] || secondsOf(one) - secondsOf(other);
}

function secondsOf(verdict: Verdict): number {
  return (verdict.kind === 'sticky' ? verdict.seconds : undefined) ?? Number.MAX_SAFE_INTEGER;
}

const RANK: Readonly<Record<Verdict['kind'], number>> = {
  collapsed: 0,
  'not sticky': 1,
  'sticky to the node only': 2,
  unknown: 3,
  sticky: 4,
};

/** A short name for a product: `CLB`, `ingress-nginx`. */
export function shortProduct({ name }: ProductTable): string {
  return name.replace(/^(?:Alibaba Cloud|Google Cloud) /, '').replace(/ \(.*\)$/, '');
}

function nameOf(hop: Hop, through: PathThrough): string {
  if (hop.scope === 'node and service port') {
    return 'kube-proxy';
  }
  if (through.kind === 'route') {
    return through.product === undefined || through.product.id === 'gateway-api'
      ? 'the proxy'
      : shortProduct(through.product);
  }
  return through.kind === 'load balancer' && through.product !== undefined
    ? shortProduct(through.product)
    : 'the load balancer';
}

function entryOf({ through, entry, service }: WorkspacePath): string {
  const port = entry.port.kind === 'value' ? ` ${entry.port.value}` : '';
  switch (through.kind) {
    case 'load balancer': {
      const name = through.product === undefined ? 'load balancer' : shortProduct(through.product);
      return `${name} listener${port}${entry.listener === undefined ? '' : ` (${entry.listener})`}`;
    }
    case 'node port':
      return `node port of Service port${port}`;
    case 'cluster':
      return `pods of the cluster, Service port${port}`;
    case 'route': {
      const { hosts, paths } = through.rule;
      const host = hosts.length === 0 ? 'any host' : hosts.join(', ');
      const from = describeResource(through.route.item.resource);
      return `${from}: ${host}${paths.join(', ')} → ${describeResource(service.item.resource)}${port}`;
    }
  }
}

const SHORT: Readonly<Record<Hop['mechanism']['kind'], string>> = {
  'source address': 'source IP',
  cookie: 'cookie',
  'consistent hash': 'hash',
  none: 'any',
  unknown: 'unknown',
};

function headlineOf(path: WorkspacePath, verdict: Verdict, names: readonly string[]): string {
  const chain = path.hops.map((hop, index) => link(hop, names[index] ?? '')).join(' → ');
  switch (verdict.kind) {
    case 'sticky':
      return `sticky${verdict.seconds === undefined ? '' : ` ${timeText(verdict.seconds)}`}: ${chain}`;
    case 'sticky to the node only':
      return `sticky to the node only: ${chain}`;
    case 'collapsed':
      return `all clients count as one: ${chain}`;
    case 'not sticky':
      return `not sticky: ${weakText(path, verdict.weakest, names)}`;
    case 'unknown':
      return `unknown: ${weakText(path, verdict.weakest, names)}`;
  }
}

/** `CLB source IP → node`, `ClientIP`. */
function link(hop: Hop, name: string): string {
  if (name === 'kube-proxy') {
    return hop.mechanism.kind === 'source address' ? 'ClientIP' : `kube-proxy ${SHORT[hop.mechanism.kind]} pod`;
  }
  const target = hop.to === 'node' ? ' → node' : '';
  return `${name} ${SHORT[hop.mechanism.kind]}${target}`;
}

function weakText(path: WorkspacePath, weakest: Hop, names: readonly string[]): string {
  const name = names[path.hops.indexOf(weakest)] ?? '';
  const isPinned =
    path.service.item.sessionAffinity.kind === 'value' && path.service.item.sessionAffinity.value === 'ClientIP';
  if (path.through.kind === 'route' && weakest.mechanism.kind === 'none' && isPinned && path.hops.length === 1) {
    return `${name} bypasses ClientIP`;
  }
  return weakest.mechanism.kind === 'none' ? `${name} picks any ${weakest.to}` : `what ${name} does does not show here`;
}

function reasonOf(path: WorkspacePath, verdict: Verdict, names: readonly string[]): string {
  const { weakest } = verdict;
  if (weakest === undefined) {
    return '';
  }
  const name = names[path.hops.indexOf(weakest)] ?? '';
  switch (verdict.kind) {
    case 'sticky':
      return verdict.seconds === undefined || path.hops.length < 2
        ? ''
        : `${capital(name)} forgets first: ${lasting(weakest)}.`;
    case 'sticky to the node only':
    case 'not sticky':
      return `${capital(name)} picks any ${weakest.to} for each new connection.`;
    case 'collapsed':
      return `${capital(name)} goes by an address that many clients share.`;
    case 'unknown':
      return `What ${name} does with a client is not in these manifests.`;
  }
}

function capital(text: string): string {
  return text.startsWith('the ') ? `T${text.slice(1)}` : text;
}

const DOES: Readonly<Record<Hop['mechanism']['kind'], string>> = {
  'source address': 'remembers the client’s address',
  cookie: 'knows the client by a cookie',
  'consistent hash': 'hashes what it knows of the client',
  none: 'picks anew for each connection',
  unknown: 'may remember; it does not show here',
};

const SCOPES: Readonly<Record<Hop['scope'], string>> = {
  listener: 'per listener',
  'node and service port': 'per node and Service port',
  'host and path': 'per host and path',
};

function explainHop(hop: Hop, who: string, path: WorkspacePath, verdict: Verdict): ExplainedHop {
  const collapses = verdict.kind === 'collapsed' && verdict.weakest === hop;
  return {
    who,
    does: DOES[hop.mechanism.kind],
    to: hop.to,
    state: collapses
      ? 'collapses'
      : hop.mechanism.kind === 'none'
        ? 'loses'
        : hop.mechanism.kind === 'unknown'
          ? 'unknown'
          : 'keeps',
    duration: hop.duration === undefined ? undefined : lasting(hop),
    scope: SCOPES[hop.scope],
    isWeakest: verdict.weakest === hop,
    evidence: hop.evidence.map(({ manifest = path.service.manifest, span }) => ({ manifest, span })),
  };
}

function lasting({ duration }: Hop): string {
  if (duration === undefined) {
    return '';
  }
  const time = timeText(duration.seconds);
  switch (duration.counts) {
    case 'idle':
      return `${time} without traffic`;
    case 'since the last new connection':
      return `${time} after the last new connection`;
    case 'since it was set':
      return `${time} from the first request`;
  }
}

/** `30 min`, `3 h`, `2 d`, `90 s`. */
export function timeText(seconds: number): string {
  for (const [unit, size] of [
    ['d', 86_400],
    ['h', 3600],
    ['min', 60],
  ] as const) {
    if (seconds >= size && seconds % size === 0) {
      return `${seconds / size} ${unit}`;
    }
  }
  return `${seconds} s`;
}
