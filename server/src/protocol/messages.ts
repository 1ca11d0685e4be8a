/**
 * What client and server say to each other beyond the Language Server Protocol. Lines and columns count from 0, as they
 * do there.
 */

export interface Place {
  readonly uri: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** Asks for the paths through the object at a place; without a position, for those of the whole file. */
export interface PathsParams {
  readonly uri: string;
  readonly position?: { readonly line: number; readonly character: number };
}

export interface PathsResult {
  readonly paths: readonly PathView[];
  /** A picture of them as SVG, with `#evidence-N` for links, which count through `places`. */
  readonly picture: string;
  readonly places: readonly Place[];
}

export interface PathView {
  readonly verdict: VerdictKind;
  readonly headline: string;
  readonly reason: string;
  readonly entry: string;
  readonly service: string;
  readonly hops: readonly HopView[];
  readonly pods: readonly {
    readonly name: string;
    readonly replicas: number | undefined;
    readonly place: number | undefined;
  }[];
}

export type VerdictKind = 'sticky' | 'sticky to the node only' | 'collapsed' | 'not sticky' | 'unknown';

export interface HopView {
  readonly who: string;
  readonly does: string;
  readonly to: string;
  readonly state: 'keeps' | 'loses' | 'unknown' | 'collapses';
  readonly duration: string | undefined;
  readonly scope: string;
  readonly isWeakest: boolean;
  /** Numbers of `places`. */
  readonly evidence: readonly number[];
}

/** Every entry of the workspace, worst first. */
export interface EntriesResult {
  readonly entries: readonly EntryView[];
}

export interface EntryView {
  readonly entry: string;
  readonly service: string;
  readonly namespace: string | undefined;
  readonly verdict: VerdictKind;
  readonly headline: string;
  readonly reason: string;
  readonly place: Place;
}

export const REQUESTS = {
  paths: 'sessionPersistence/paths',
  entries: 'sessionPersistence/entries',
} as const;

/** Tells the client that entries and paths may be others now. */
export const NOTIFICATIONS = {
  pathsChanged: 'sessionPersistence/pathsChanged',
} as const;
