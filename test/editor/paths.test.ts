import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeEditors, openUntitled, until } from './support.ts';

const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-name: route
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;

describe('Paths in the editor', () => {
  afterEach(closeEditors);

  it('stand above the objects, and a click opens the view beside them', async () => {
    const { uri } = await openUntitled(MANIFEST);
    const titles = async (): Promise<vscode.CodeLens[]> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10)).filter(
        ({ command }) => command?.command === 'sessionPersistence.showPath',
      );
    const lenses = await eventually(titles, (found) => found.length === 2);
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['sticky 3 h: ClientIP (worst of 2)', 'sticky: ingress-nginx cookie'],
    );
    const command = lenses[1]?.command;
    assert(command !== undefined);
    await vscode.commands.executeCommand(command.command, ...(command.arguments ?? []));
    const isView = ({ input }: vscode.Tab): boolean =>
      input instanceof vscode.TabInputWebview && input.viewType.includes('sessionPersistence.path');
    await until('the path view is open', vscode.window.tabGroups.onDidChangeTabs, () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(isView),
    );
  });

  it('lead from a backend to its Service', async () => {
    const { uri } = await openUntitled(MANIFEST);
    const ask = () =>
      vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        uri,
        new vscode.Position(20, 13),
      );
    const [found] = await eventually(ask, (locations) => locations.length > 0);
    const range = found instanceof vscode.Location ? found.range : found?.targetRange;
    assert.deepEqual(range?.start, new vscode.Position(3, 8));
  });

  it('are said for another controller by a code action', async () => {
    const document = await openUntitled(MANIFEST);
    const ask = () =>
      vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        new vscode.Range(10, 2, 10, 2),
        vscode.CodeActionKind.RefactorRewrite.value,
        10,
      );
    const toTraefik = ({ title }: vscode.CodeAction): boolean =>
      title.startsWith('Convert session persistence to Traefik');
    const action = (await eventually(ask, (actions) => actions.some(toTraefik))).find(toTraefik);
    assert(action?.edit !== undefined);
    assert(await vscode.workspace.applyEdit(action.edit));
    assert.match(document.getText(), /traefik\.ingress\.kubernetes\.io\/service\.sticky\.cookie\.name: "route"/);
    assert.doesNotMatch(document.getText(), /nginx\.ingress\.kubernetes\.io/);
  });
});

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
