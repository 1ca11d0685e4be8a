import { type Configuration, createConfiguration } from './configuration/configuration.ts';
import { isProjectFile, readProjectFile } from './configuration/projectFile.ts';
import type { Settings } from './configuration/settings.ts';
import type { ControllerView } from './knowledge/identify.ts';
import type { FileTable } from './workspace/fileTable.ts';
import { readManifestFile } from './workspace/readFile.ts';
import { indexFiles, type Readings, type WorkspaceIndex } from './workspace/workspaceIndex.ts';

/** An immutable view of everything that is known at one revision. Results belong to the snapshot they came from. */
export interface Snapshot {
  /** Grows with every change. */
  readonly revision: number;
  /** Nothing but this very snapshot has it, so that something can be kept for it without keeping all that is known. */
  readonly identity: object;
  /** In the order of their addresses. */
  readonly files: FileTable;
  readonly index: WorkspaceIndex;
  readonly configuration: Configuration;
  /** The ids of all rules. */
  readonly knownRules: ReadonlySet<string>;
  /** The same for all snapshots of one analyzer, so that something can be kept from one to the next. */
  readonly lineage: object;
  /** Who is told of rules that take long; undefined where nobody is. */
  readonly ruleWatch: RuleWatch | undefined;
  /** The settings that hold for a file. */
  settingsFor(uri: string): Settings;
  /** What tells which controllers are in use where a file lies. */
  viewFor(uri: string): ControllerView;
}

interface SnapshotParts {
  readonly revision: number;
  readonly files: FileTable;
  readonly configuration: Configuration;
  readonly knownRules: ReadonlySet<string>;
  readonly lineage: object;
  readonly ruleWatch: RuleWatch | undefined;
}

/** A host with a clock, which the engine has not. */
export interface RuleWatch {
  /** Milliseconds since some moment. */
  now(): number;
  /** Told each time that a rule took far longer on a document than all rules together usually do. */
  tookLong(rule: string, uri: string, milliseconds: number): void;
}

/** @param indexOf called when somebody first asks for the index, which may never happen. */
export function createSnapshot(parts: SnapshotParts, indexOf: (files: FileTable) => WorkspaceIndex): Snapshot {
  return new View({ ...parts, identity: {} }, () => indexOf(parts.files));
}

/** The same snapshot, which notes what somebody reads in its index. */
export function noting(snapshot: Snapshot, readings: Readings): Snapshot {
  return new View(snapshot, () => snapshot.index.noting(readings));
}

/** Each rule that reads the workspace gets one of its own for each manifest, so making one has to cost nothing. */
class View implements Snapshot {
  readonly #parts: SnapshotParts & Pick<Snapshot, 'identity'>;
  readonly #makeIndex: () => WorkspaceIndex;
  #index: WorkspaceIndex | undefined;

  constructor(parts: SnapshotParts & Pick<Snapshot, 'identity'>, makeIndex: () => WorkspaceIndex) {
    this.#parts = parts;
    this.#makeIndex = makeIndex;
  }

  get index(): WorkspaceIndex {
    this.#index ??= this.#makeIndex();
    return this.#index;
  }

  get revision(): number {
    return this.#parts.revision;
  }

  get identity(): object {
    return this.#parts.identity;
  }

  get files(): FileTable {
    return this.#parts.files;
  }

  get configuration(): Configuration {
    return this.#parts.configuration;
  }

  get knownRules(): ReadonlySet<string> {
    return this.#parts.knownRules;
  }

  get lineage(): object {
    return this.#parts.lineage;
  }

  get ruleWatch(): RuleWatch | undefined {
    return this.#parts.ruleWatch;
  }

  settingsFor(uri: string): Settings {
    return this.#parts.configuration.settingsFor(uri);
  }

  viewFor(uri: string): ControllerView {
    const { index } = this;
    return {
      chosen: this.settingsFor(uri).controllers,
      controllerOfClass: (name) => index.controllerOfClass(name),
    };
  }
}

/** What would be known if files, by their URIs, had other texts. */
export function withTexts(snapshot: Snapshot, texts: ReadonlyMap<string, string>): Snapshot {
  const { revision, knownRules, configuration, ruleWatch } = snapshot;
  let { files } = snapshot;
  const projectFiles = new Map(configuration.projectFiles);
  let speaksOfSettings = false;
  for (const [uri, text] of texts) {
    const file = readManifestFile(uri, text, snapshot.files.get(uri));
    files = files.with(file);
    if (isProjectFile(uri)) {
      projectFiles.set(uri, readProjectFile(file, knownRules));
      speaksOfSettings = true;
    }
  }
  const parts = {
    revision,
    knownRules,
    ruleWatch,
    lineage: {},
    files,
    configuration: speaksOfSettings ? createConfiguration(configuration.editor, projectFiles) : configuration,
  };
  return createSnapshot(parts, (all) => indexFiles(all, snapshot.index));
}
