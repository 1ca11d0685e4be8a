import { createSnapshot, type Snapshot } from './snapshot.ts';
import type { ManifestFile } from './workspace/manifest.ts';
import { readManifestFile } from './workspace/readFile.ts';

/** A change of what the analyzer knows. */
export type Change =
  /** The file has this text now, whether it was known before or not. */
  | { readonly kind: 'set'; readonly uri: string; readonly text: string }
  | { readonly kind: 'remove'; readonly uri: string };

/** The door to the engine: `apply` is the only mutation, `snapshot` the only view. */
export interface Analyzer {
  apply(change: Change): void;
  snapshot(): Snapshot;
}

export function createAnalyzer(): Analyzer {
  let current = createSnapshot(0, new Map());
  return {
    apply(change) {
      const files = new Map<string, ManifestFile>(current.files);
      if (change.kind === 'remove') {
        files.delete(change.uri);
      } else {
        files.set(change.uri, readManifestFile(change.uri, change.text, files.get(change.uri)));
      }
      current = createSnapshot(current.revision + 1, files);
    },
    snapshot: () => current,
  };
}
