import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const RULE = 'affinity-value-unsupported';
const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: Cookie
  ports:
    - port: 80
`;

/** Answers once the findings of a file have these severities; tells what they are if they never do. */
function severities(uri: vscode.Uri, ...expected: vscode.DiagnosticSeverity[]): Promise<void> {
  const current = () => vscode.languages.getDiagnostics(uri).map(({ severity }) => severity);
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (JSON.stringify(current()) === JSON.stringify(expected)) {
        clearTimeout(timer);
        listening.dispose();
        resolve();
      }
    };
    const timer = setTimeout(() => {
      listening.dispose();
      reject(new Error(`The severities are ${current().join()}, not ${expected.join()}.`));
    }, 15_000);
    const listening = vscode.languages.onDidChangeDiagnostics(look);
    look();
  });
}

describe('settings', () => {
  const { Error: error, Warning: warning, Hint: hint } = vscode.DiagnosticSeverity;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
  const manifest = vscode.Uri.joinPath(folder, 'set', 'web.yaml');
  const projectFile = vscode.Uri.joinPath(folder, '.session-persistence.yaml');
  const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const choose = (rules: object | undefined) =>
    vscode.workspace.getConfiguration('sessionPersistence').update('rules', rules, vscode.ConfigurationTarget.Global);

  before(async () => {
    await write(manifest, MANIFEST);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(manifest));
    await severities(manifest, error);
  });
  after(async () => {
    await choose(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, 'set'), { recursive: true });
  });

  it('of the editor take effect without a reload', async () => {
    await choose({ [RULE]: 'hint' });
    await severities(manifest, hint);
    await choose(undefined);
    await severities(manifest, error);
  });

  it('of a project file take effect when it is created, edited and deleted', async () => {
    await write(projectFile, `rules:\n  ${RULE}: warning\n`);
    await severities(manifest, warning);
    const document = await vscode.workspace.openTextDocument(projectFile);
    const edit = new vscode.WorkspaceEdit();
    edit.replace(projectFile, document.lineAt(1).range, `  ${RULE}: of`);
    assert(await vscode.workspace.applyEdit(edit));
    await severities(projectFile, warning);
    await severities(manifest, error);
    await document.save();
    await vscode.workspace.fs.delete(projectFile);
    await severities(manifest, error);
  });

  it('are not needed for one line: the light bulb writes a comment', async () => {
    const [finding] = vscode.languages.getDiagnostics(manifest);
    assert.ok(finding !== undefined);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      manifest,
      finding.range,
      vscode.CodeActionKind.QuickFix.value,
      20,
    );
    const ignoring = actions.find(({ title }) => title === `Ignore ${RULE} on this line`);
    assert.ok(ignoring?.edit !== undefined, actions.map(({ title }) => title).join());
    assert(await vscode.workspace.applyEdit(ignoring.edit));
    await severities(manifest);
  });
});
