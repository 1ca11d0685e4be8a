import { DEFAULT_SETTINGS, type Settings } from './configuration/settings.ts';
import type { ManifestFile } from './workspace/manifest.ts';
import { indexFiles, type WorkspaceIndex } from './workspace/workspaceIndex.ts';

/** An immutable view of everything that is known at one revision. Results belong to the snapshot they came from. */
export interface Snapshot {
  /** Grows with every change. */
  readonly revision: number;
  readonly files: ReadonlyMap<string, ManifestFile>;
  readonly index: WorkspaceIndex;
  /** The settings that hold for a file. */
  settingsFor(uri: string): Settings;
}

export function createSnapshot(revision: number, files: ReadonlyMap<string, ManifestFile>): Snapshot {
  return { revision, files, index: indexFiles(files.values()), settingsFor: () => DEFAULT_SETTINGS };
}
