import { type Configuration, createConfiguration } from './configuration/configuration.ts';
import { isProjectFile, type ProjectFile, readProjectFile } from './configuration/projectFile.ts';
import { type Choices, NO_CHOICES } from './configuration/settings.ts';
import { RULES } from './rules/registry.ts';
import { createSnapshot, type Snapshot } from './snapshot.ts';
import type { TextChange } from './text/change.ts';
import type { ManifestFile } from './workspace/manifest.ts';
import { readManifestFile } from './workspace/readFile.ts';

/** A change of what the analyzer knows. */
export type Change =
  /**
   * The file has this text now, whether it was known before or not. A project file is one by its name. Whoever knows
   * the only part that differs from the text that was set last saves the search for it.
   */
  | { readonly kind: 'set'; readonly uri: string; readonly text: string; readonly changed?: TextChange | undefined }
  | { readonly kind: 'remove'; readonly uri: string }
  /** What the editor's settings say for every file. */
  | { readonly kind: 'settings'; readonly choices: Choices }
  /**
   * A project file as it lies on the disk, undefined where there is none. It counts without being one of the files, but
   * one of the files with its name wins over it: that is the buffer in which somebody writes.
   */
  | { readonly kind: 'projectFile'; readonly uri: string; readonly text: string | undefined };

/** The door to the engine: `apply` is the only mutation, `snapshot` the only view. */
export interface Analyzer {
  /** Costs no more than reading what changed, however many files are known. */
  apply(change: Change): void;
  snapshot(): Snapshot;
}

const KNOWN_RULES: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

export function createAnalyzer(): Analyzer {
  const files = new Map<string, ManifestFile>();
  const written = new Map<string, ProjectFile>();
  const onDisk = new Map<string, ProjectFile>();
  let editor = NO_CHOICES;
  let revision = 0;
  let configuration: Configuration | undefined;
  let current: Snapshot | undefined;

  const read = (uri: string, text: string, changed?: TextChange): ManifestFile =>
    readManifestFile(uri, text, files.get(uri), changed);
  const take = (change: Change): void => {
    switch (change.kind) {
      case 'set': {
        const file = read(change.uri, change.text, change.changed);
        if (isProjectFile(change.uri)) {
          written.set(change.uri, readProjectFile(file, KNOWN_RULES));
          configuration = undefined;
        }
        files.set(change.uri, file);
        break;
      }
      case 'remove':
        files.delete(change.uri);
        if (written.delete(change.uri)) {
          configuration = undefined;
        }
        break;
      case 'settings':
        editor = change.choices;
        configuration = undefined;
        break;
      case 'projectFile':
        if (change.text === undefined) {
          onDisk.delete(change.uri);
        } else {
          onDisk.set(change.uri, readProjectFile(read(change.uri, change.text), KNOWN_RULES));
        }
        configuration = undefined;
        break;
    }
  };
  return {
    apply(change) {
      take(change);
      revision++;
      current = undefined;
    },
    snapshot() {
      configuration ??= createConfiguration(editor, new Map([...onDisk, ...written]));
      current ??= createSnapshot({ revision, files: new Map(files), configuration, knownRules: KNOWN_RULES });
      return current;
    },
  };
}
