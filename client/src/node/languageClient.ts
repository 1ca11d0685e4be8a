import type { LogOutputChannel } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import type { ClientOptions } from '../../../server/src/protocol/messages.ts';
import { SECTION } from '../../../server/src/protocol/names.ts';
import { manifestDocuments } from '../common/documents.ts';
import { serveFiles } from '../common/workspaceFiles.ts';

/** A client of the server in a module, which is not started yet. */
export function createLanguageClient(
  module: string,
  outputChannel: LogOutputChannel,
  traceOutputChannel: LogOutputChannel,
): LanguageClient {
  const initializationOptions: ClientOptions = { readsFiles: true, showsPaths: true, showsStatus: true };
  const client = new LanguageClient(
    SECTION,
    'Kubernetes Session Persistence',
    { module, transport: TransportKind.ipc },
    { documentSelector: manifestDocuments(), initializationOptions, outputChannel, traceOutputChannel },
  );
  serveFiles(client);
  return client;
}
