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

/** What a client says of itself at the start, as its initialization options. All of it may be left out. */
export interface ClientOptions {
  /** It answers `listFiles` and `readFile` for folders that do not lie on a disk. */
  readonly readsFiles?: boolean;
  /** It shows paths or entries outside of the text, and asks for them again after `pathsChanged`. */
  readonly showsPaths?: boolean;
  /** It shows `workspaceStatus`. */
  readonly showsStatus?: boolean;
}

/** Asks the client for the manifests and .gitignore files below a folder that does not lie on a disk. */
export interface ListFilesParams {
  readonly folder: string;
  readonly maximum: number;
}

export interface ListFilesResult {
  readonly uris: readonly string[];
}

/** Asks the client for the text of a file that does not lie on a disk. */
export interface ReadFileParams {
  readonly uri: string;
  readonly maximumBytes: number;
}

/** `text` is missing where there is no such file, and where it has more bytes than that. */
export interface ReadFileResult {
  readonly text?: string;
  readonly bytes?: number;
}

/** What is known of the files of the workspace, open or not. */
export interface WorkspaceStatus {
  readonly state: 'reading' | 'ready';
  /** Files that are looked at. */
  readonly files: number;
  /** Objects in them that matter to session persistence. */
  readonly objects: number;
  readonly skipped: readonly SkippedFiles[];
  readonly slowRules: readonly SlowRule[];
}

/** A rule that took far too long on a document of a file, the first time that it did. */
export interface SlowRule {
  readonly rule: string;
  readonly uri: string;
  readonly milliseconds: number;
}

/** Files that are not looked at, and why, as a clause. */
export interface SkippedFiles {
  /** Somebody wanted them left out. */
  readonly isWanted: boolean;
  readonly reason: string;
  /** Undefined where nobody knows. */
  readonly count: number | undefined;
  /** A few of them. */
  readonly uris: readonly string[];
}

/** To the server. */
export const REQUESTS = {
  paths: 'sessionPersistence/paths',
  entries: 'sessionPersistence/entries',
} as const;

/** To the client. */
export const CLIENT_REQUESTS = {
  listFiles: 'sessionPersistence/listFiles',
  readFile: 'sessionPersistence/readFile',
} as const;

export const NOTIFICATIONS = {
  /** Tells the client that entries and paths may be others now. */
  pathsChanged: 'sessionPersistence/pathsChanged',
  /** Tells the client what is known of the workspace. */
  workspaceStatus: 'sessionPersistence/workspaceStatus',
} as const;

/** Names of files that may hold manifests. */
export const MANIFEST_FILES = '**/*.{yaml,yml,json}';
