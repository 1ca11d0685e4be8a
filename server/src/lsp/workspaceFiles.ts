import {
  type ConfigurationItem,
  type Connection,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
  WatchKind,
  type WorkDoneProgressReporter,
} from 'vscode-languageserver';
import { Exclusions } from '../configuration/exclusions.ts';
import { isProjectFile } from '../configuration/projectFile.ts';
import { MAXIMUM_UNOPENED_BYTES } from '../configuration/readWorkspaceSettings.ts';
import {
  type ClientOptions,
  MANIFEST_FILES,
  NOTIFICATIONS,
  type SkippedFiles,
  type WorkspaceStatus,
} from '../protocol/messages.ts';
import { canMatter, isManifestName } from '../workspace/readFile.ts';
import type { Diagnostics } from './diagnostics.ts';
import { canonicalUri, type FileSource, isIgnoreFile } from './fileSource.ts';
import { describeError } from './guarded.ts';
import type { OpenFiles } from './openFiles.ts';
import { FileTooLarge, type Runtime } from './runtime.ts';
import { EXCLUDING_SETTINGS, type SettingsSource } from './settingsSource.ts';
import type { SlowRules } from './slowRules.ts';

/** How many files are read at a time: waiting for the disk is much of the work. */
const FILES_AT_A_TIME = 16;

/** Milliseconds of work after which whoever waits for an answer comes first. */
const SLICE = 4;

/** Reading more files than that takes long enough to be shown. */
const FILES_WORTH_PROGRESS = 500;

/** How many files of each kind of skipped ones the client is told. */
const EXAMPLES = 20;

/**
 * Keeps the analyzer in step with the files of the workspace's folders that are not open. They are read in small slices
 * whenever nobody waits for an answer; of those that cannot matter nothing is kept. A buffer wins over its file.
 */
export class WorkspaceFiles {
  readonly #connection: Connection;
  readonly #files: OpenFiles;
  readonly #source: FileSource;
  readonly #runtime: Runtime;
  readonly #settings: SettingsSource;
  readonly #diagnostics: Diagnostics;
  readonly #slowRules: SlowRules;
  #watches = false;
  #showsProgress = false;
  #showsStatus = false;
  #asksForExclusions = false;
  #started = false;
  /** By the URIs of the workspace's folders. */
  readonly #exclusions = new Map<string, Exclusions>();
  /** What the editor hid in them at the last search. */
  readonly #hidden = new Map<string, string>();
  /** Files whose buffers have another spelling of their addresses. */
  readonly #openElsewhere = new Set<string>();
  /** The files that were found, and how many objects that matter stand in each. */
  readonly #known = new Map<string, number>();
  readonly #due = new Set<string>();
  readonly #tooLarge = new Set<string>();
  readonly #unreadable = new Map<string, string>();
  #excluded: readonly string[] = [];
  #hasMore = false;
  #searchIsDue = false;
  #isAtWork = false;
  /** What the last search was made for. */
  #searchedWith = '';
  #state: WorkspaceStatus['state'] = 'reading';
  #lastStatus = '';

  constructor(
    connection: Connection,
    files: OpenFiles,
    source: FileSource,
    runtime: Runtime,
    settings: SettingsSource,
    diagnostics: Diagnostics,
    slowRules: SlowRules,
  ) {
    this.#connection = connection;
    this.#files = files;
    this.#source = source;
    this.#runtime = runtime;
    this.#settings = settings;
    this.#diagnostics = diagnostics;
    this.#slowRules = slowRules;
  }

  configure({ capabilities, initializationOptions }: InitializeParams): void {
    this.#watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    this.#showsProgress = capabilities.window?.workDoneProgress === true;
    this.#asksForExclusions = capabilities.workspace?.configuration === true;
    this.#showsStatus = (initializationOptions as ClientOptions | undefined)?.showsStatus === true;
  }

  /** To be called once the client takes requests. */
  watch(): void {
    if (this.#watches && this.#settings.roots.length > 0) {
      const watchers = [
        { globPattern: MANIFEST_FILES },
        { globPattern: '**/.gitignore' },
        // With a folder its files go, of which nobody tells one by one.
        { globPattern: '**/*', kind: WatchKind.Delete },
      ];
      this.#connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error: unknown) => this.#log('The files of the workspace cannot be watched', error));
    }
  }

  /** To be called whenever nobody waits for an answer and settings may have changed; the first time, it begins. */
  follow(): void {
    if (!this.#settings.isAnswered || this.#settings.roots.length === 0) {
      return;
    }
    const { exclude, maximumFiles } = this.#settings.workspace;
    const wanted = JSON.stringify([exclude, maximumFiles]);
    this.#started = true;
    if (wanted !== this.#searchedWith) {
      this.#searchedWith = wanted;
      this.#search();
    }
  }

  /** The editor's settings have changed, perhaps those that hide files. */
  async settingsChanged(): Promise<void> {
    if (this.#started && this.#asksForExclusions) {
      for (const root of this.#settings.roots.map(canonicalUri)) {
        const globs = JSON.stringify(await this.#hidingGlobs(root));
        if (globs !== this.#hidden.get(root)) {
          this.#search();
        }
      }
    }
  }

  /** A buffer wins over its file, whose address the editor may spell in another way. */
  opened(uri: string): void {
    const own = canonicalUri(uri);
    if (own !== uri) {
      this.#openElsewhere.add(own);
      this.#files.removeClosed(own);
      this.#diagnostics.closedChanged(own);
      this.#work();
    }
  }

  /** Takes over a file whose buffer was closed; no where it is none of ours. */
  takesOver(uri: string): boolean {
    const own = canonicalUri(uri);
    this.#openElsewhere.delete(own);
    if (this.#started && this.#isOurs(own)) {
      this.#request(own);
      return own === uri;
    }
    return false;
  }

  filesChanged(changes: readonly FileEvent[]): void {
    if (!this.#started) {
      return;
    }
    for (const { uri: written, type } of changes) {
      const uri = canonicalUri(written);
      if (isIgnoreFile(uri)) {
        this.#search();
      } else if (type === FileChangeType.Deleted) {
        this.#deleted(uri);
      } else if (this.#isOurs(uri)) {
        this.#request(uri);
      }
    }
  }

  /** The text of a file that is not open, as it is now; undefined where it has gone or is not that of the analyzer. */
  async confirmed(uri: string): Promise<string | undefined> {
    const text = await this.#source.read(uri);
    if (text === this.#files.snapshot().files.get(uri)?.text) {
      return text;
    }
    this.#request(uri);
    return undefined;
  }

  #isOurs(uri: string): boolean {
    const root = this.#rootOf(uri);
    return (
      root !== undefined &&
      isManifestName(uri) &&
      !isProjectFile(uri) &&
      this.#exclusions.get(root)?.excludes(uri) !== true &&
      (this.#known.has(uri) || this.#known.size < this.#settings.workspace.maximumFiles)
    );
  }

  #rootOf(uri: string): string | undefined {
    return this.#settings.roots.map(canonicalUri).find((root) => uri.startsWith(root));
  }

  #request(uri: string): void {
    if (!this.#known.has(uri)) {
      this.#known.set(uri, 0);
    }
    this.#due.add(uri);
    this.#work();
  }

  #search(): void {
    this.#searchIsDue = true;
    this.#work();
  }

  #deleted(uri: string): void {
    const gone = this.#known.has(uri) ? [uri] : [...this.#known.keys()].filter((known) => known.startsWith(`${uri}/`));
    for (const one of gone) {
      this.#forget(one);
    }
    if (gone.length > 0) {
      // Even where nothing is to be read, what others say may have changed.
      this.#work();
    }
  }

  #forget(uri: string): void {
    this.#known.delete(uri);
    this.#due.delete(uri);
    this.#tooLarge.delete(uri);
    this.#unreadable.delete(uri);
    this.#files.removeClosed(uri);
    this.#diagnostics.closedChanged(uri);
  }

  /** One thing after the other, whatever is asked for meanwhile. */
  #work(): void {
    if (this.#isAtWork) {
      return;
    }
    this.#isAtWork = true;
    this.#runtime.defer(async () => {
      try {
        while (this.#searchIsDue || this.#due.size > 0) {
          if (this.#searchIsDue) {
            this.#searchIsDue = false;
            await this.#find();
          }
          await this.#readDue();
        }
      } catch (error) {
        this.#log('The files of the workspace cannot be read', error);
      } finally {
        this.#isAtWork = false;
        this.#report('ready');
        this.#diagnostics.closedSettled();
      }
    }, 0);
  }

  async #find(): Promise<void> {
    this.#report('reading');
    const { workspace } = this.#settings;
    // What is told of meanwhile was perhaps not there yet when its folder was listed.
    const before = [...this.#known.keys()];
    const found = new Set<string>();
    const excluded: string[] = [];
    this.#unreadable.clear();
    this.#hasMore = false;
    for (const root of this.#settings.roots.map(canonicalUri)) {
      const hidden = await this.#hidingGlobs(root);
      this.#hidden.set(root, JSON.stringify(hidden));
      const exclusions = new Exclusions(root, [...workspace.exclude, ...hidden]);
      this.#exclusions.set(root, exclusions);
      try {
        const files = await this.#source.find(root, exclusions, workspace.maximumFiles - found.size);
        for (const uri of files.manifests) {
          found.add(uri);
        }
        for (const uri of files.projectFiles) {
          this.#settings.found(uri);
        }
        for (const [uri, reason] of files.unreadable) {
          this.#unreadable.set(uri, reason);
        }
        excluded.push(...files.excluded);
        this.#hasMore ||= files.hasMore;
      } catch (error) {
        this.#unreadable.set(root, error instanceof Error ? error.message : String(error));
      }
    }
    this.#excluded = excluded;
    for (const uri of before.filter((known) => !found.has(known))) {
      this.#forget(uri);
    }
    for (const uri of found) {
      this.#known.set(uri, this.#known.get(uri) ?? 0);
      this.#due.add(uri);
    }
  }

  /** What the editor hides in a folder of the workspace. */
  async #hidingGlobs(root: string): Promise<string[]> {
    if (!this.#asksForExclusions) {
      return [];
    }
    try {
      const items = EXCLUDING_SETTINGS.map((section): ConfigurationItem => ({ section, scopeUri: root.slice(0, -1) }));
      const answers: unknown[] = await this.#connection.workspace.getConfiguration(items);
      return answers.flatMap(globsIn);
    } catch (error) {
      this.#log('What the editor hides is not known', error);
      return [];
    }
  }

  async #readDue(): Promise<void> {
    const total = this.#due.size;
    const progress = total > FILES_WORTH_PROGRESS ? await this.#beginProgress() : undefined;
    let sliceStart = this.#runtime.now();
    for (let done = 0; this.#due.size > 0 && !this.#searchIsDue; ) {
      const batch = [...firstOf(this.#due, FILES_AT_A_TIME)];
      for (const uri of batch) {
        this.#due.delete(uri);
      }
      const texts = await Promise.all(batch.map((uri) => this.#read(uri)));
      for (const [index, uri] of batch.entries()) {
        try {
          this.#take(uri, texts[index]);
        } catch (error) {
          this.#log(`${uri} cannot be looked at`, error);
        }
        if (this.#runtime.now() - sliceStart > SLICE || this.#diagnostics.isDue) {
          await this.#pause();
          sliceStart = this.#runtime.now();
        }
      }
      done += batch.length;
      progress?.report(Math.floor((100 * done) / Math.max(total, done)), `${done} of ${total} files`);
    }
    progress?.done();
  }

  /** Whoever waits for an answer gets it before more is read. */
  async #pause(): Promise<void> {
    do {
      await new Promise<void>((resolve) => this.#runtime.defer(resolve, 0));
    } while (this.#diagnostics.isDue);
  }

  async #read(uri: string): Promise<string | undefined> {
    this.#tooLarge.delete(uri);
    this.#unreadable.delete(uri);
    try {
      return await this.#source.read(uri, MAXIMUM_UNOPENED_BYTES);
    } catch (error) {
      if (error instanceof FileTooLarge) {
        this.#tooLarge.add(uri);
      } else {
        this.#unreadable.set(uri, error instanceof Error ? error.message : String(error));
      }
      return undefined;
    }
  }

  #take(uri: string, text: string | undefined): void {
    if (!this.#known.has(uri)) {
      // It was deleted while it was read.
      return;
    }
    if (this.#openElsewhere.has(uri)) {
      return;
    }
    if (text === undefined && !this.#tooLarge.has(uri) && !this.#unreadable.has(uri)) {
      this.#known.delete(uri);
    }
    if (text !== undefined && canMatter(uri, text)) {
      this.#known.set(uri, this.#files.setClosed(uri, text));
    } else {
      this.#files.removeClosed(uri);
    }
    this.#diagnostics.closedChanged(uri);
  }

  async #beginProgress(): Promise<(WorkDoneProgressReporter & { done(): void }) | undefined> {
    if (!this.#showsProgress) {
      return undefined;
    }
    try {
      const progress = await this.#connection.window.createWorkDoneProgress();
      progress.begin('Session persistence: reading the workspace', 0);
      return progress;
    } catch {
      // Without it the work is the same.
      return undefined;
    }
  }

  /** Something is to be told that has not to do with files. */
  statusChanged(): void {
    this.#report(this.#state);
  }

  #report(state: WorkspaceStatus['state']): void {
    this.#state = state;
    if (!this.#showsStatus) {
      return;
    }
    const status: WorkspaceStatus = {
      state,
      files: this.#known.size,
      objects: [...this.#known.values()].reduce((sum, objects) => sum + objects, 0),
      skipped: this.#skipped(),
      slowRules: this.#slowRules.all,
    };
    const text = JSON.stringify(status);
    if (text !== this.#lastStatus) {
      this.#lastStatus = text;
      this.#connection.sendNotification(NOTIFICATIONS.workspaceStatus, status).catch(() => undefined);
    }
  }

  #skipped(): SkippedFiles[] {
    const { maximumFiles } = this.#settings.workspace;
    const all = [
      skipped(`larger than ${MAXIMUM_UNOPENED_BYTES / 1_000_000} MB`, [...this.#tooLarge], false),
      skipped('cannot be read', [...this.#unreadable.keys()], false),
      skipped('excluded by the settings or a .gitignore file', this.#excluded, true),
    ];
    const reason = `beyond the first ${maximumFiles} files`;
    const beyond = { isWanted: false, reason, count: undefined, uris: [] };
    return [...(this.#hasMore ? [beyond] : []), ...all.filter(({ count }) => count !== 0)];
  }

  #log(what: string, error: unknown): void {
    this.#connection.console.error(`${what}: ${describeError(error)}`);
  }
}

function skipped(reason: string, uris: readonly string[], isWanted: boolean): SkippedFiles {
  return { isWanted, reason, count: uris.length, uris: uris.slice(0, EXAMPLES) };
}

/** The globs of a setting such as `files.exclude`; one that depends on files beside it is left to the editor. */
function globsIn(value: unknown): string[] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([glob, isOn]) => (isOn === true ? [glob] : []))
    : [];
}

function* firstOf<T>(values: Iterable<T>, count: number): Iterable<T> {
  let taken = 0;
  for (const value of values) {
    if (taken++ === count) {
      return;
    }
    yield value;
  }
}
