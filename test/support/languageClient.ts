import { PassThrough } from 'node:stream';
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  CodeActionRequest,
  CodeActionResolveRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyzer } from '../../server/src/analyzer.ts';
import type { Runtime } from '../../server/src/lsp/runtime.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import type { ClientOptions } from '../../server/src/protocol/messages.ts';

/** Milliseconds after which a message that has not come will not come: far more than anything here takes. */
const DEADLINE = 15_000;

/** What VS Code says that it can do, as far as this server asks. */
export const CAPABLE: ClientCapabilities = {
  textDocument: {
    codeAction: {
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
    },
    publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
  },
  workspace: { workspaceEdit: { documentChanges: true } },
};

/** A server defers in tests as in Node, but knows of no pages unless a test says where they are. */
export const TEST_RUNTIME: Runtime = {
  defer: (run) => setImmediate(run),
  now: () => 0,
  rulePages: 'file:///docs/rules/',
  readFile: async () => undefined,
  listFolder: async () => [],
};

/** An editor of documents, as a server sees it: it keeps their texts and versions and collects what it is told. */
export class LanguageClient {
  readonly connection: ProtocolConnection;
  /** Every publication, in the order of arrival. */
  readonly publications: PublishDiagnosticsParams[] = [];
  /** What the server wrote into its log. */
  readonly log: string[] = [];
  readonly #documents = new Map<string, TextDocument>();
  readonly #waiting = new Set<() => void>();

  constructor(connection: ProtocolConnection) {
    this.connection = connection;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.publications.push(params);
      for (const look of [...this.#waiting]) {
        look();
      }
    });
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      this.log.push(message);
    });
    connection.listen();
  }

  async initialize(
    capabilities: ClientCapabilities = CAPABLE,
    rootUri: string | null = null,
    initializationOptions?: ClientOptions,
  ): Promise<InitializeResult> {
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri,
      capabilities,
      initializationOptions,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  async open(uri: string, text: string, version = 1, languageId = 'yaml'): Promise<void> {
    this.#documents.set(uri, TextDocument.create(uri, languageId, version, text));
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version, text },
    });
  }

  /** Sends the changes in one notification, each relative to the text that the one before it leaves. */
  async change(uri: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const version = this.document(uri).version + 1;
    this.#documents.set(uri, TextDocument.update(this.document(uri), contentChanges, version));
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** The change that replaces the first occurrence of `from`. */
  replacing(uri: string, from: string, to: string): TextDocumentContentChangeEvent {
    const document = this.document(uri);
    const start = document.getText().indexOf(from);
    if (start === -1) {
      throw new Error(`There is no ${JSON.stringify(from)} in ${uri}.`);
    }
    const range = { start: document.positionAt(start), end: document.positionAt(start + from.length) };
    return { range, text: to };
  }

  async close(uri: string): Promise<void> {
    this.#documents.delete(uri);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  document(uri: string): TextDocument {
    const document = this.#documents.get(uri);
    if (document === undefined) {
      throw new Error(`${uri} is not open.`);
    }
    return document;
  }

  /** The findings of a document as it is now, as soon as the server has sent them. */
  async diagnostics(uri: string): Promise<Diagnostic[]> {
    const { version } = this.document(uri);
    const published = await this.published((params) => params.uri === uri && params.version === version);
    return published.diagnostics;
  }

  /** The last publication that fits, awaited if there is none yet. */
  published(fits: (params: PublishDiagnosticsParams) => boolean): Promise<PublishDiagnosticsParams> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.publications.findLast(fits);
        if (found !== undefined) {
          clearTimeout(timer);
          this.#waiting.delete(look);
          resolve(found);
        }
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        const came = this.publications.map(({ uri, version }) => `${uri} ${version}`).join(', ');
        reject(new Error(`The awaited diagnostics did not come; there were: ${came || 'none'}.`));
      }, DEADLINE);
      this.#waiting.add(look);
      look();
    });
  }

  async codeActions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const result = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range,
      context: { diagnostics: [], ...context },
    });
    return (result ?? []) as CodeAction[];
  }

  async resolve(action: CodeAction): Promise<CodeAction> {
    return await this.connection.sendRequest(CodeActionResolveRequest.type, action);
  }

  /** Answers once the server has taken in everything that was sent before, and published what follows from it. */
  async settle(): Promise<void> {
    const uri = `untitled:settled-${this.publications.length}-${this.#documents.size}`;
    await this.open(uri, '');
    await this.diagnostics(uri);
    await this.close(uri);
    await this.published((params) => params.uri === uri && params.version === undefined);
  }

  /** The text of every document that an edit changes, by its address; an edit for another version is refused. */
  textsAfter(edit: WorkspaceEdit): Map<string, string> {
    const texts = new Map<string, string>();
    for (const change of edit.documentChanges ?? []) {
      if (!('textDocument' in change)) {
        throw new Error('An edit of the server creates, renames or deletes a file.');
      }
      const document = this.document(change.textDocument.uri);
      if (change.textDocument.version !== document.version) {
        throw new Error(`The edit is for version ${change.textDocument.version}, not ${document.version}.`);
      }
      const edits = change.edits.filter((candidate) => 'newText' in candidate);
      texts.set(document.uri, TextDocument.applyEdits(document, edits));
    }
    for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
      texts.set(uri, TextDocument.applyEdits(this.document(uri), edits));
    }
    return texts;
  }

  async shutdown(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
  }
}

/** The words of a finding; ours are always plain text. */
export function messageOf(diagnostic: Diagnostic | undefined): string {
  const message = diagnostic?.message ?? '';
  if (typeof message !== 'string') {
    throw new Error('A finding has a message that is not plain text.');
  }
  return message;
}

export interface InMemory {
  readonly client: LanguageClient;
  /** Keeps back what the client sends from now on, until it is released in one go. */
  hold(): void;
  release(): void;
  dispose(): void;
}

/** A client and a server in this process, joined by two streams. */
export function startInMemory(runtime: Runtime = TEST_RUNTIME, analyzer?: Analyzer): InMemory {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, runtime, analyzer);
  const client = new LanguageClient(
    createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
  );
  return {
    client,
    hold: () => {
      toServer.pause();
    },
    release: () => {
      toServer.resume();
    },
    dispose: () => {
      client.connection.dispose();
      server.dispose();
    },
  };
}
