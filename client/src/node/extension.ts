import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import {
  type ClientOptions,
  type EntriesResult,
  NOTIFICATIONS,
  type PathsResult,
  REQUESTS,
} from '../../../server/src/protocol/messages.ts';
import { SECTION } from '../../../server/src/protocol/names.ts';
import { manifestDocuments } from '../common/documents.ts';
import { EntriesTree } from '../common/entriesTree.ts';
import { PathView } from '../common/pathView.ts';
import { Session } from '../common/session.ts';
import { StatusItem } from '../common/statusItem.ts';
import { serveFiles } from '../common/workspaceFiles.ts';

let session: Session | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const { subscriptions } = context;
  const module = context.asAbsolutePath('dist/server.js');
  const status = new StatusItem(subscriptions);
  const initializationOptions: ClientOptions = { readsFiles: true, showsPaths: true, showsStatus: true };
  session = new Session(context, (outputChannel, traceOutputChannel) => {
    const client = new LanguageClient(
      SECTION,
      'Kubernetes Session Persistence',
      { module, transport: TransportKind.ipc },
      { documentSelector: manifestDocuments(), initializationOptions, outputChannel, traceOutputChannel },
    );
    serveFiles(client);
    status.follow(client);
    client.onNotification(NOTIFICATIONS.pathsChanged, () => {
      pathView.pathsChanged();
      entries.pathsChanged();
    });
    return client;
  });
  const running = session;
  const pathView = new PathView(subscriptions, (params) => running.ask<PathsResult>(REQUESTS.paths, params));
  const entries = new EntriesTree(subscriptions, () => running.ask<EntriesResult>(REQUESTS.entries, {}));
  await session.followSetting();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}
