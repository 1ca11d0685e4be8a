import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const HEAD = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n';

async function open(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'yaml', content });
  await vscode.window.showTextDocument(document);
  return document;
}

/** The server may still be starting, and VS Code asks no provider that is not there yet. */
async function eventually<T>(ask: () => PromiseLike<T>, isAnswer: (result: T) => boolean): Promise<T> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const result = await ask();
    if (isAnswer(result) || Date.now() > deadline) {
      return result;
    }
  }
}

describe('editing help', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('offers what is missing, and inserts it nested', async () => {
    const document = await open(`${HEAD}  ports:\n    - port: 80\n  sess`);
    const end = document.positionAt(document.getText().length);
    const ask = () =>
      vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, end);
    const ours = ({ items }: vscode.CompletionList) =>
      items.find(({ label }) => labelOf(label) === 'sessionAffinityConfig');
    const item = ours(await eventually(ask, (list) => ours(list) !== undefined));
    assert(item?.insertText instanceof vscode.SnippetString);
    const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
    assert.deepEqual(range, new vscode.Range(end.translate(0, -4), end));
    assert.equal(item.keepWhitespace, true);
    assert.match(item.insertText.value, /^sessionAffinity: ClientIP\n {2}sessionAffinityConfig:\n {4}clientIP:\n/);
  });

  it('says at a field what it does on its Service', async () => {
    const document = await open(`${HEAD}  sessionAffinity: ClientIP\n  ports:\n    - port: 80\n`);
    const ask = () =>
      vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(5, 5),
      );
    const [hover] = await eventually(ask, (hovers) => hovers.length > 0);
    const [content] = hover?.contents ?? [];
    const text = content instanceof vscode.MarkdownString ? content.value : String(content);
    assert.match(text, /\*\*Here:\*\* a client stays on its pod for 10800 s after its last new connection/);
  });
});

function labelOf(label: string | vscode.CompletionItemLabel): string {
  return typeof label === 'string' ? label : label.label;
}
