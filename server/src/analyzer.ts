import { type Configuration, createConfiguration } from './configuration/configuration.ts';
import { isProjectFile, type ProjectFile, readProjectFile } from './configuration/projectFile.ts';
import { type Choices, NO_CHOICES } from './configuration/settings.ts';
import { RULES } from './rules/registry.ts';
import { createSnapshot, type RuleWatch, type Snapshot } from './snapshot.ts';
import type { TextChange } from './text/change.ts';
import { FileTable } from './workspace/fileTable.ts';
import type { ManifestFile } from './workspace/manifest.ts';
import { readEditedFile, readManifestFile } from './workspace/readFile.ts';
import { indexFiles, type WorkspaceIndex } from './workspace/workspaceIndex.ts';

/** A change of what the analyzer knows. */
export type Change =
  /** The file has this text now, whether it was known before or not. A project file is one by its name. */
  | { readonly kind: 'set'; readonly uri: string; readonly text: string }
  /** The same for a text that differs in one part only from the last one. The whole is asked for where it is needed. */
  | {
      readonly kind: 'edit';
      readonly uri: string;
      readonly changed: TextChange;
      readonly inserted: string;
      text(): string;
    }
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
  /** From now on the host is told of rules that take long. */
  watchRules(watch: RuleWatch): void;
}

const KNOWN_RULES: ReadonlySet<string> = new Set(RULES.map(({ id }) => id));

export function createAnalyzer(): Analyzer {
  let files = FileTable.EMPTY;
  const written = new Map<string, ProjectFile>();
  const onDisk = new Map<string, ProjectFile>();
  let editor = NO_CHOICES;
  let revision = 0;
  let configuration: Configuration | undefined;
  let current: Snapshot | undefined;
  let index: WorkspaceIndex | undefined;
  let ruleWatch: RuleWatch | undefined;
  const lineage = {};

  /** Goes on from the last index that somebody asked for. */
  const indexOf = (all: FileTable): WorkspaceIndex => {
    index = indexFiles(all, index);
    return index;
  };
  const read = (uri: string, text: string): ManifestFile => readManifestFile(uri, text, files.get(uri));
  const keep = (uri: string, file: ManifestFile): void => {
    if (isProjectFile(uri)) {
      written.set(uri, readProjectFile(file, KNOWN_RULES));
      configuration = undefined;
    }
    files = files.with(file);
  };
  const take = (change: Change): void => {
    switch (change.kind) {
      case 'set':
        keep(change.uri, read(change.uri, change.text));
        break;
      case 'edit': {
        const { uri, changed, inserted } = change;
        const previous = files.get(uri);
        const file = previous && readEditedFile(previous, changed, inserted);
        keep(uri, file ?? read(uri, change.text()));
        break;
      }
      case 'remove':
        files = files.without(change.uri);
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
      current ??= createSnapshot(
        { revision, files, configuration, knownRules: KNOWN_RULES, lineage, ruleWatch },
        indexOf,
      );
      return current;
    },
    watchRules(watch) {
      ruleWatch = watch;
      current = undefined;
    },
  };
}
