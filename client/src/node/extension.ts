import type { ExtensionContext } from 'vscode';
import {
  type EntriesResult,
  NOTIFICATIONS,
  type PathsResult,
  REQUESTS,
} from '../../../server/src/protocol/messages.ts';
import { EntriesTree } from '../common/entriesTree.ts';
import { PathView } from '../common/pathView.ts';
import { Session } from '../common/session.ts';
import { StatusItem } from '../common/statusItem.ts';

let session: Session | undefined;

/** Returns as soon as everything is registered: other extensions wait for that, and nobody for the server. */
export function activate(context: ExtensionContext): void {
  const { subscriptions } = context;
  const status = new StatusItem(subscriptions);
  const running = new Session(context, async (log, trace) => {
    // Most of what this extension is made of is the library behind this, which nothing else needs.
    const { createLanguageClient } = await import('./languageClient.ts');
    const client = createLanguageClient(context.asAbsolutePath('dist/server.js'), log, trace);
    status.follow(client);
    client.onNotification(NOTIFICATIONS.pathsChanged, () => {
      pathView.pathsChanged();
      entries.pathsChanged();
    });
    return client;
  });
  session = running;
  const pathView = new PathView(subscriptions, (params) => running.ask<PathsResult>(REQUESTS.paths, params));
  const entries = new EntriesTree(subscriptions, () => running.ask<EntriesResult>(REQUESTS.entries, {}));
  void running.followSetting();
}

export async function deactivate(): Promise<void> {
  await session?.stop();
}
