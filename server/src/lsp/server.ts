import {
  CodeActionKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analyzer, createAnalyzer } from '../analyzer.ts';
import { type PathsParams, REQUESTS } from '../protocol/messages.ts';
import { FIX_ALL_KIND } from '../protocol/names.ts';
import { CodeActions } from './codeActions.ts';
import { COMPLETION_OPTIONS, Completions } from './completions.ts';
import { Diagnostics } from './diagnostics.ts';
import { DocumentLinks } from './documentLinks.ts';
import { FileSource } from './fileSource.ts';
import { guarded } from './guarded.ts';
import { Hovers } from './hovers.ts';
import { Navigation } from './navigation.ts';
import { OpenFiles } from './openFiles.ts';
import { PathNews } from './pathNews.ts';
import { Paths } from './paths.ts';
import type { Runtime } from './runtime.ts';
import { SettingsSource } from './settingsSource.ts';
import { SlowRules } from './slowRules.ts';
import { TextBuffer } from './textBuffer.ts';
import { WorkspaceFiles } from './workspaceFiles.ts';

/** Views of other revisions and of live systems: nobody can mend anything there. */
const READ_ONLY_SCHEMES = new Set(['git', 'gitfs', 'gitlens', 'pr', 'review', 'output', 'vscode-scm', 'k8smsx']);

/** Serves one client until the connection ends. */
export function startServer(connection: Connection, runtime: Runtime, analyzer: Analyzer = createAnalyzer()): void {
  const documents = new TextDocuments({
    create: (uri, languageId, version, text) => new TextBuffer(uri, languageId, version, text),
    update: (document: TextBuffer, changes, version) => {
      document.update(changes, version);
      return document;
    },
  });
  const files = new OpenFiles(analyzer, documents);
  const slowRules = new SlowRules(connection, runtime, () => workspace.statusChanged());
  analyzer.watchRules(slowRules);
  const source = new FileSource(connection, runtime);
  const settings = new SettingsSource(connection, analyzer, source, () => diagnostics.schedule());
  const diagnostics = new Diagnostics(connection, files, documents, runtime, settings, () => {
    workspace.follow();
    pathNews.follow();
  });
  const workspace = new WorkspaceFiles(connection, files, source, runtime, settings, diagnostics, slowRules);
  const codeActions = new CodeActions(files, documents, (uri) => workspace.confirmed(uri));
  const hovers = new Hovers(files, documents);
  const completions = new Completions(files, documents);
  const paths = new Paths(files, documents);
  const pathNews = new PathNews(connection, files, runtime);
  const navigation = new Navigation(files, documents);
  const links = new DocumentLinks(files, documents, runtime.rulePages);

  connection.onInitialize((params: InitializeParams): InitializeResult => {
    codeActions.configure(params.capabilities);
    source.configure(params);
    settings.configure(params);
    workspace.configure(params);
    pathNews.configure(params);
    hovers.configure(params.capabilities);
    completions.configure(params.capabilities);
    return {
      capabilities: {
        positionEncoding: 'utf-16',
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL_KIND],
          resolveProvider: true,
        },
        hoverProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentHighlightProvider: true,
        workspaceSymbolProvider: true,
        codeLensProvider: { resolveProvider: true },
        completionProvider: COMPLETION_OPTIONS,
        documentLinkProvider: {},
      },
      serverInfo: { name: 'Kubernetes Session Persistence', version: process.env.PRODUCT_VERSION ?? 'source' },
    };
  });
  connection.onInitialized(() => {
    connection.console.info('Ready.');
    settings.start();
    workspace.watch();
    // Where no document is open, nobody waits for an answer, and this is the time to begin.
    diagnostics.schedule();
  });
  connection.onDidChangeConfiguration((params) => {
    settings.settingsChanged(params);
    void workspace.settingsChanged();
  });
  connection.onDidChangeWatchedFiles((params) => {
    settings.filesChanged(params);
    workspace.filesChanged(params.changes);
  });

  documents.onDidOpen(({ document }) => {
    if (isOurs(document)) {
      settings.opened(document.uri);
      workspace.opened(document.uri);
    }
  });
  documents.onDidChangeContent(({ document }) => {
    if (isOurs(document)) {
      files.edited(document.uri, document.changed);
      diagnostics.schedule(document.uri);
    }
  });
  documents.onDidClose(({ document }) => {
    if (isOurs(document)) {
      const staysKnown = workspace.takesOver(document.uri);
      files.closed(document.uri, staysKnown);
      settings.closed(document.uri);
      diagnostics.closed(document.uri, staysKnown);
      diagnostics.schedule(document.uri);
    }
  });

  connection.onCodeAction(guarded(connection, 'code actions', (params) => codeActions.offer(params)));
  connection.onCodeActionResolve(guarded(connection, 'a code action', (action) => codeActions.resolve(action)));
  connection.onHover(guarded(connection, 'a hover', (params) => hovers.answer(params)));
  connection.onCompletion(guarded(connection, 'completions', (params) => completions.answer(params)));
  connection.onDocumentLinks(guarded(connection, 'document links', (params) => links.answer(params)));

  connection.onDefinition(guarded(connection, 'definitions', (params) => navigation.definitions(params)));
  connection.onReferences(guarded(connection, 'references', (params) => navigation.references(params)));
  connection.onDocumentHighlight(guarded(connection, 'highlights', (params) => navigation.highlights(params)));
  connection.onWorkspaceSymbol(guarded(connection, 'symbols', (params) => navigation.symbols(params)));
  connection.onCodeLens(guarded(connection, 'code lenses', (params) => paths.lenses(params)));
  connection.onCodeLensResolve(guarded(connection, 'a code lens', (lens) => paths.resolveLens(lens)));
  connection.onRequest(
    REQUESTS.paths,
    guarded(connection, 'paths', (params: PathsParams) => paths.paths(params)),
  );
  connection.onRequest(
    REQUESTS.entries,
    guarded(connection, 'entries', () => paths.entries()),
  );

  documents.listen(connection);
  connection.listen();
}

function isOurs({ uri }: TextDocument): boolean {
  return !READ_ONLY_SCHEMES.has(uri.slice(0, Math.max(0, uri.indexOf(':'))));
}
