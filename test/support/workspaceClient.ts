import {
  ApplyWorkspaceEditRequest,
  type ClientCapabilities,
  ConfigurationRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  InitializedNotification,
  InitializeRequest,
  RegistrationRequest,
  WorkDoneProgressCreateRequest,
} from 'vscode-languageserver/node';
import { FileTooLarge, type FolderEntry, type Runtime } from '../../server/src/lsp/runtime.ts';
import { NOTIFICATIONS, type WorkspaceStatus } from '../../server/src/protocol/messages.ts';
import { CAPABLE, type InMemory, startInMemory, TEST_RUNTIME } from './languageClient.ts';

export const ROOT = 'file:///workspace/';

const ABLE: ClientCapabilities = {
  ...CAPABLE,
  workspace: { ...CAPABLE.workspace, configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  window: { workDoneProgress: true },
};

/** An editor with folders on a disk that a test can change. */
export class Workspace {
  /** Texts by their URIs; a number is the size of a file that is too large. */
  readonly disk = new Map<string, string | number>();
  readonly settings = new Map<string, unknown>();
  readonly statuses: WorkspaceStatus[] = [];
  readonly registered: string[] = [];
  readonly progress: string[] = [];
  readonly roots: string[];
  readonly #memory: InMemory;
  readonly #waiting = new Set<() => void>();

  constructor(roots = [ROOT], runtime: Partial<Runtime> = {}) {
    this.roots = roots;
    this.#memory = startInMemory({
      ...TEST_RUNTIME,
      readFile: async (uri, maximumBytes) => this.read(uri, maximumBytes),
      listFolder: async (uri) => this.list(uri),
      ...runtime,
    });
    const { connection } = this.client;
    connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => this.settings.get(section ?? '') ?? null),
    );
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registered.push(...registrations.map(({ registerOptions }) => JSON.stringify(registerOptions)));
    });
    connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
      this.progress.push(String(token));
    });
    connection.onRequest(ApplyWorkspaceEditRequest.type, () => ({ applied: true }));
    connection.onNotification(NOTIFICATIONS.workspaceStatus, (status: WorkspaceStatus) => {
      this.statuses.push(status);
      for (const look of [...this.#waiting]) {
        look();
      }
    });
  }

  get client() {
    return this.#memory.client;
  }

  read(uri: string, maximumBytes = Number.POSITIVE_INFINITY): string | undefined {
    const content = this.disk.get(uri);
    if (typeof content === 'number' && content > maximumBytes) {
      throw new FileTooLarge(content);
    }
    return content === undefined ? undefined : String(content);
  }

  list(folder: string): FolderEntry[] {
    const entries = new Map<string, FolderEntry>();
    for (const uri of this.disk.keys()) {
      if (uri.startsWith(folder)) {
        const [name = '', ...below] = decodeURIComponent(uri.slice(folder.length)).split('/');
        entries.set(name, { name, kind: below.length === 0 ? 'file' : 'folder' });
      }
    }
    return [...entries.values()];
  }

  async start(settings: unknown = {}, initializationOptions: unknown = { showsStatus: true }): Promise<void> {
    this.settings.set('sessionPersistence', settings);
    await this.client.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders: this.roots.map((uri) => ({ uri: uri.slice(0, -1), name: uri })),
      capabilities: ABLE,
      initializationOptions,
    });
    await this.client.connection.sendNotification(InitializedNotification.type, {});
  }

  /** The next status, from now on, in which everything is read. */
  async ready(fits: (status: WorkspaceStatus) => boolean = () => true): Promise<WorkspaceStatus> {
    return await new Promise((resolve) => {
      const look = (): void => {
        const status = this.statuses.at(-1);
        if (status?.state === 'ready' && fits(status)) {
          this.#waiting.delete(look);
          resolve(status);
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  async write(uri: string, text: string | number | undefined): Promise<void> {
    const isKnown = this.disk.has(uri);
    const changed = isKnown ? FileChangeType.Changed : FileChangeType.Created;
    const type = text === undefined ? FileChangeType.Deleted : changed;
    if (text === undefined) {
      this.disk.delete(uri);
    } else {
      this.disk.set(uri, text);
    }
    await this.tell(uri, type);
  }

  async tell(uri: string, type: FileChangeType): Promise<void> {
    await this.client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type }] });
  }

  async set(section: string, value: unknown): Promise<void> {
    this.settings.set(section, value);
    await this.client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  /** As soon as the last findings of a file are of exactly these rules. */
  async rules(uri: string, ...expected: string[]): Promise<readonly Diagnostic[]> {
    const from = this.client.publications.findLast((params) => params.uri === uri);
    const fits = (diagnostics: readonly Diagnostic[]): boolean =>
      JSON.stringify(diagnostics.map(({ code }) => code)) === JSON.stringify(expected);
    if (from !== undefined && fits(from.diagnostics)) {
      return from.diagnostics;
    }
    const start = this.client.publications.length;
    const { diagnostics } = await this.client.published(
      (params) => params.uri === uri && fits(params.diagnostics) && this.client.publications.indexOf(params) >= start,
    );
    return diagnostics;
  }

  /** What was ever said of a file. */
  about(uri: string): Diagnostic[] {
    return this.client.publications.filter((params) => params.uri === uri).flatMap(({ diagnostics }) => diagnostics);
  }

  dispose(): void {
    this.#memory.dispose();
  }
}
