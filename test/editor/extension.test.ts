import assert from 'node:assert/strict';
import {
  type CompletionList,
  ConfigurationTarget,
  commands,
  type Extension,
  extensions,
  Position,
  Uri,
  workspace,
} from 'vscode';
import { closeEditors, EXTENSION_ID, openUntitled, until } from './support.ts';

describe('The extension', () => {
  afterEach(closeEditors);

  it('is the one under test', () => {
    const installedBelow = process.env.EDITOR_TEST_EXTENSION_FOLDER;
    assert.ok(installedBelow !== undefined && extension().extensionPath.startsWith(installedBelow));
  });

  it('registers the commands that it contributes', async () => {
    await extension().activate();
    const contributed: { command: string }[] = extension().packageJSON.contributes.commands;
    const registered = await commands.getCommands(true);
    assert.deepEqual(
      contributed.map(({ command }) => command).filter((command) => !registered.includes(command)),
      [],
    );
    assert.ok(registered.includes('sessionPersistence.restartServer'));
    assert.ok(registered.includes('sessionPersistence.showLog'));
  });

  it('offers its snippets in YAML', async () => {
    const { uri } = await openUntitled('');
    const offered = await commands.executeCommand<CompletionList>(
      'vscode.executeCompletionItemProvider',
      uri,
      new Position(0, 0),
    );
    const labels = offered.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    for (const prefix of await snippetPrefixes()) {
      assert.ok(labels.includes(prefix), `${prefix} is not among: ${labels.join(', ')}`);
    }
  });

  it('shows its log', async () => {
    await extension().activate();
    await commands.executeCommand('sessionPersistence.showLog');
    const isShown = (): true | undefined =>
      workspace.textDocuments.some(({ uri, getText }) => isOurLog(uri) && getText() !== '') || undefined;
    await until('the log has text', workspace.onDidChangeTextDocument, isShown);
    await commands.executeCommand('workbench.action.closePanel');
  });

  it('writes the messages to and from the server into its log as long as the setting asks for them', async () => {
    await extension().activate();
    const settings = workspace.getConfiguration('sessionPersistence');
    await settings.update('trace.server', 'messages', ConfigurationTarget.Global);
    try {
      await commands.executeCommand('sessionPersistence.showLog');
      await openUntitled('kind: Service');
      const isTraced = (): true | undefined =>
        workspace.textDocuments.some(
          (document) => isOurLog(document.uri) && document.getText().includes("'textDocument/didOpen'"),
        ) || undefined;
      await until('the log tells of the opened document', workspace.onDidChangeTextDocument, isTraced);
    } finally {
      await settings.update('trace.server', undefined, ConfigurationTarget.Global);
      await commands.executeCommand('workbench.action.closePanel');
    }
  });
});

function extension(): Extension<unknown> {
  const found = extensions.getExtension(EXTENSION_ID);
  assert.ok(found);
  return found;
}

function isOurLog(uri: Uri): boolean {
  return uri.scheme === 'output' && uri.path.includes(EXTENSION_ID);
}

async function snippetPrefixes(): Promise<string[]> {
  const contributed: { language: string; path: string }[] = extension().packageJSON.contributes.snippets;
  const prefixes: string[] = [];
  for (const { path } of contributed.filter(({ language }) => language === 'yaml')) {
    const text = await workspace.fs.readFile(Uri.joinPath(extension().extensionUri, path));
    const snippets: Record<string, { prefix: string | string[] }> = JSON.parse(Buffer.from(text).toString());
    prefixes.push(...Object.values(snippets).flatMap(({ prefix }) => prefix));
  }
  assert.ok(prefixes.length > 0);
  return prefixes;
}
