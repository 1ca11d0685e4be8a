import type { Located } from '../kubernetes/field.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';

/**
 * The persistence path: what decides, hop by hop, whether a client keeps reaching the same pod. Everything that is
 * said about more than one field is read from here; no rule works a path out for itself.
 */
export interface PersistencePath {
  /** Where clients enter: the Service port, and the listener in front of it where there is one. */
  readonly entry: PathEntry;
  readonly hops: readonly Hop[];
}

export interface PathEntry {
  readonly port: Located<number>;
  /** The listener's protocol; undefined where there is no balancer or it cannot be known. */
  readonly listener: string | undefined;
}

export interface Hop {
  readonly from: 'client' | 'balancer' | 'proxy' | 'node';
  readonly to: 'node' | 'pod';
  readonly mechanism: Mechanism;
  /** Whose address arrives here: behind a proxying balancer all clients share the balancer's own ones. */
  readonly sees: 'client' | 'balancer' | 'unknown';
  readonly duration: Duration | undefined;
  /** Within what a client is remembered. */
  readonly scope: 'listener' | 'node and service port' | 'host and path';
  /** The values in the manifest that decide it. */
  readonly evidence: readonly Evidence[];
}

export type Mechanism =
  | { readonly kind: 'source address' }
  | { readonly kind: 'cookie' }
  /** A hash of the client's address: the same client gets the same target as long as the targets stay. */
  | { readonly kind: 'consistent hash' }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** How long a target is remembered; in seconds. */
export interface Duration {
  /** Counted from the client's last packet, from its last new connection, or from when the cookie was set. */
  readonly counts: 'idle' | 'since the last new connection' | 'since it was set';
  readonly seconds: number;
}

/** A value in the manifest that decides a hop. */
export interface Evidence {
  /** Where it stands if not in the Service's own manifest. */
  readonly manifest?: Manifest;
  readonly span: Span;
}

/** The outcome of a whole path; always derived, never stored. */
export type Verdict =
  /** `seconds` is undefined where nothing but a change of targets ends it. */
  | { readonly kind: 'sticky'; readonly seconds: number | undefined; readonly weakest: Hop | undefined }
  | { readonly kind: 'sticky to the node only'; readonly weakest: Hop }
  /** A hop goes by an address that many clients share, so they count as one client. */
  | { readonly kind: 'collapsed'; readonly weakest: Hop }
  | { readonly kind: 'not sticky'; readonly weakest: Hop }
  | { readonly kind: 'unknown'; readonly weakest: Hop };

/** The weakest hop decides: one without a mechanism breaks the path, the shortest memory limits it. */
export function verdictOf(path: PersistencePath): Verdict {
  const broken = path.hops.findIndex((hop) => hop.mechanism.kind === 'none');
  const weakHop = path.hops[broken];
  if (weakHop !== undefined) {
    const before = path.hops.slice(0, broken);
    const reachesNode = before.length > 0 && before.every((hop) => hop.mechanism.kind !== 'unknown');
    return { kind: reachesNode ? 'sticky to the node only' : 'not sticky', weakest: weakHop };
  }
  const unknown = path.hops.find((hop) => hop.mechanism.kind === 'unknown');
  if (unknown !== undefined) {
    return { kind: 'unknown', weakest: unknown };
  }
  const collapsed = path.hops.find((hop) => hop.mechanism.kind === 'source address' && hop.sees !== 'client');
  if (collapsed !== undefined) {
    return { kind: collapsed.sees === 'balancer' ? 'collapsed' : 'unknown', weakest: collapsed };
  }
  const limited = path.hops.filter((hop) => hop.duration !== undefined);
  const weakest = limited.reduce<Hop | undefined>(
    (least, hop) => (least === undefined || secondsOf(hop) < secondsOf(least) ? hop : least),
    undefined,
  );
  return { kind: 'sticky', seconds: weakest?.duration?.seconds, weakest };
}

function secondsOf(hop: Hop): number {
  return hop.duration?.seconds ?? Number.POSITIVE_INFINITY;
}
