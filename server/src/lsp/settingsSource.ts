import {
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  DidChangeWatchedFilesNotification,
  type DidChangeWatchedFilesParams,
  FileChangeType,
  type InitializeParams,
  MessageType,
  ShowMessageNotification,
  type ShowMessageParams,
} from 'vscode-languageserver';
import type { Analyzer } from '../analyzer.ts';
import { foldersAbove } from '../configuration/configuration.ts';
import { inputOfJson } from '../configuration/input.ts';
import { isProjectFile, PROJECT_FILE } from '../configuration/projectFile.ts';
import { readSettings, type SettingsProblem } from '../configuration/readSettings.ts';
import {
  DEFAULT_WORKSPACE_SETTINGS,
  readWorkspaceSettings,
  type WorkspaceSettings,
} from '../configuration/readWorkspaceSettings.ts';
import { render } from '../messages/render.ts';
import { SECTION, SETTINGS } from '../protocol/names.ts';
import { settingsInvalid, settingsMessage } from '../rules/settingsInvalid.ts';
import type { FileSource } from './fileSource.ts';
import { describeError } from './guarded.ts';

/** The names below the section, up to the first dot: `trace` stands for all of its own. */
const EDITOR_KEYS = new Set(Object.values(SETTINGS).map((name) => name.split('.')[1] ?? ''));

/** What an editor hides from its own searches, and so from us. */
export const EXCLUDING_SETTINGS = ['files.exclude', 'search.exclude'];

/** More problems than these are in the log; a message that fills the screen is not read. */
const PROBLEMS_IN_MESSAGE = 3;

/**
 * Keeps the analyzer's settings in step with the editor's and with the project files on the disk: those in the folders
 * of open documents, within their workspace folder. Whoever waits for findings waits until these are known, so that
 * nothing flickers.
 */
export class SettingsSource {
  readonly #connection: Connection;
  readonly #analyzer: Analyzer;
  readonly #source: FileSource;
  readonly #changed: () => void;
  #roots: readonly string[] = [];
  #workspace = DEFAULT_WORKSPACE_SETTINGS;
  #asks = false;
  #registersConfiguration = false;
  #watches = false;
  /** Settings can change while an answer is under way; only the last answer counts. */
  #asked = 0;
  #answered = false;
  #complaint = '';
  readonly #files = new Map<string, ReadFile>();

  /** @param changed is called when findings may have become others, or can be worked out at last. */
  constructor(connection: Connection, analyzer: Analyzer, source: FileSource, changed: () => void) {
    this.#connection = connection;
    this.#analyzer = analyzer;
    this.#source = source;
    this.#changed = changed;
  }

  configure({ capabilities, workspaceFolders, rootUri }: InitializeParams): void {
    const { configuration, didChangeConfiguration, didChangeWatchedFiles } = capabilities.workspace ?? {};
    this.#asks = configuration === true;
    this.#answered = !this.#asks;
    this.#registersConfiguration = didChangeConfiguration?.dynamicRegistration === true;
    this.#watches = didChangeWatchedFiles?.dynamicRegistration === true;
    const folders = workspaceFolders?.map(({ uri }) => uri) ?? (typeof rootUri === 'string' ? [rootUri] : []);
    this.#roots = folders.map((uri) => (uri.endsWith('/') ? uri : `${uri}/`));
  }

  /** The folders of the workspace, each ending in a slash. */
  get roots(): readonly string[] {
    return this.#roots;
  }

  /** Whether it is known what the editor's settings say, as far as they can be asked for. */
  get isAnswered(): boolean {
    return this.#answered;
  }

  /** What the editor's settings say of files that are not open. */
  get workspace(): WorkspaceSettings {
    return this.#workspace;
  }

  /** To be called once the client takes requests. */
  start(): void {
    if (this.#registersConfiguration) {
      this.#attempt('register for settings', () =>
        this.#connection.client.register(DidChangeConfigurationNotification.type, {
          section: [SECTION, ...EXCLUDING_SETTINGS],
        }),
      );
    }
    if (this.#watches) {
      const watchers = [{ globPattern: `**/${PROJECT_FILE}` }];
      this.#attempt('watch project files', () =>
        this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }),
      );
    }
    if (this.#asks) {
      this.#ask();
    }
  }

  /** Whether all settings are known that hold for a document. */
  isReady(uri: string): boolean {
    return this.#answered && this.#projectFilesOf(uri).every((file) => this.#files.get(file)?.known === true);
  }

  /** The same for a file that was found: project files that were not found with it do not exist. */
  isReadyFor(uri: string): boolean {
    return this.#answered && this.#projectFilesOf(uri).every((file) => this.#files.get(file)?.known !== false);
  }

  /** A project file was found. */
  found(uri: string): void {
    if (!this.#files.has(uri)) {
      this.#read(uri);
    }
  }

  /** A document was opened: project files above it begin to matter. */
  opened(uri: string): void {
    for (const file of this.#projectFilesOf(uri)) {
      // Without a watcher nobody says when the file changes, so this is the time to look.
      if (!this.#files.has(file) || !this.#watches) {
        this.#read(file);
      }
    }
  }

  /** A buffer was closed; its file may hold another text than was last seen. */
  closed(uri: string): void {
    if (this.#files.has(uri)) {
      this.#read(uri);
    }
  }

  filesChanged({ changes }: DidChangeWatchedFilesParams): void {
    for (const { uri, type } of changes) {
      // A folder is told of once, whatever is in it.
      const below =
        type === FileChangeType.Deleted ? [...this.#files.keys()].filter((file) => file.startsWith(`${uri}/`)) : [];
      for (const file of below) {
        this.#read(file);
      }
      if (isProjectFile(uri) && (this.#files.has(uri) || this.#roots.some((root) => uri.startsWith(root)))) {
        this.#read(uri);
      }
    }
  }

  /** Clients that cannot be asked send their settings along; of others this is a sign that asking is worth while. */
  settingsChanged({ settings }: DidChangeConfigurationParams): void {
    if (this.#asks) {
      this.#ask();
    } else {
      const all: unknown = settings;
      const isObject = typeof all === 'object' && all !== null;
      this.#take(isObject ? (all as Record<string, unknown>)[SECTION] : undefined);
    }
  }

  #ask(): void {
    this.#asked++;
    const turn = this.#asked;
    this.#attempt('ask for the settings', async () => {
      try {
        const value: unknown = await this.#connection.workspace.getConfiguration(SECTION);
        if (turn === this.#asked) {
          this.#take(value);
        }
      } finally {
        // Of several questions only the last one tells how things are.
        if (turn === this.#asked) {
          this.#answered = true;
          this.#changed();
        }
      }
    });
  }

  #take(value: unknown): void {
    const { knownRules } = this.#analyzer.snapshot();
    const { choices, problems } = readSettings(inputOfJson(value), { knownRules, keys: EDITOR_KEYS });
    this.#analyzer.apply({ kind: 'settings', choices });
    const workspace = readWorkspaceSettings(inputOfJson(value));
    this.#workspace = workspace.settings;
    this.#complain([...problems.map(describe), ...workspace.problems.map((problem) => `${SECTION}.${problem}`)]);
    this.#changed();
  }

  /** Says it once, as long as the mistakes stay the same. */
  #complain(complaints: readonly string[]): void {
    const all = complaints.join('\n');
    if (all === this.#complaint) {
      return;
    }
    this.#complaint = all;
    for (const complaint of complaints) {
      this.#connection.console.warn(complaint);
    }
    if (complaints.length > 0) {
      const rest = complaints.length - PROBLEMS_IN_MESSAGE;
      const more = rest > 0 ? [`There are ${rest} more; see the log.`] : [];
      const message = [...complaints.slice(0, PROBLEMS_IN_MESSAGE), ...more].join(' ');
      const params: ShowMessageParams = { type: MessageType.Warning, message };
      this.#attempt('show a message', () => this.#connection.sendNotification(ShowMessageNotification.type, params));
    }
  }

  /** Where project files of a document may lie; a document outside of all workspace folders has none. */
  #projectFilesOf(uri: string): string[] {
    return [...foldersAbove(uri)]
      .filter((folder) => this.#roots.some((root) => folder.startsWith(root)))
      .map((folder) => folder + PROJECT_FILE);
  }

  #read(uri: string): void {
    const file = this.#files.get(uri) ?? { turn: 0, known: false, text: undefined };
    this.#files.set(uri, file);
    file.turn++;
    const { turn } = file;
    this.#attempt(`read ${uri}`, async () => {
      try {
        const text = await this.#source.read(uri);
        if (turn === file.turn && text !== file.text) {
          file.text = text;
          this.#analyzer.apply({ kind: 'projectFile', uri, text });
        }
      } finally {
        file.known = true;
        this.#changed();
      }
    });
  }

  #attempt(what: string, run: () => Promise<unknown>): void {
    run().catch((error: unknown) => {
      this.#connection.console.error(`The attempt to ${what} failed: ${describeError(error)}`);
    });
  }
}

interface ReadFile {
  /** Grows with every reading; the result of an older one is dropped. */
  turn: number;
  known: boolean;
  /** What the analyzer was told last. */
  text: string | undefined;
}

function describe(problem: SettingsProblem): string {
  const { message, arguments: args } = settingsMessage(problem);
  const name = [SECTION, ...problem.path].join('.');
  return `${name}: ${render(settingsInvalid, message, args).replace('\n', ' ')}`;
}
