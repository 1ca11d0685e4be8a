import assert from 'node:assert/strict';
import { type CodeAction, CodeActionKind, commands, Range, type TextDocument, workspace } from 'vscode';
import {
  closeEditors,
  openFile,
  openUntitled,
  REFUSED_SERVICE,
  RULE_OF_REFUSED_SERVICE,
  rulesOf,
  sample,
  untilCleared,
  untilFindings,
  untilFound,
} from './support.ts';

describe('Fixes', () => {
  afterEach(closeEditors);

  it('are offered at a finding, and mend it', async () => {
    const document = await openUntitled(REFUSED_SERVICE);
    const [finding] = await untilFound(document.uri);
    assert.ok(finding);
    const actions = await offered(document, finding.range, CodeActionKind.QuickFix);
    const preferred = actions.find(({ isPreferred }) => isPreferred);
    assert.ok(preferred?.edit, actions.map(({ title }) => title).join(', '));

    assert.ok(await workspace.applyEdit(preferred.edit));
    assert.match(document.getText(), /^ {2}sessionAffinity: ClientIP$/m);
    await untilCleared(document.uri);
  });

  it('are not offered where nothing is wrong', async () => {
    const document = await openUntitled(REFUSED_SERVICE);
    await untilFound(document.uri);
    assert.deepEqual(await offered(document, new Range(0, 0, 0, 1), CodeActionKind.QuickFix), []);
  });

  it('that are safe are applied together, and undone together', async () => {
    const document = await openFile(sample('service-as-printed.yaml'));
    const asPrinted = document.getText();
    const before = rulesOf(await untilFound(document.uri));
    const wholeFile = new Range(0, 0, document.lineCount, 0);
    const [fixAll, ...others] = await offered(document, wholeFile, CodeActionKind.SourceFixAll);
    assert.ok(fixAll?.edit);
    assert.deepEqual(others, []);

    assert.ok(await workspace.applyEdit(fixAll.edit));
    const after = await untilFindings(document.uri, 'become fewer', (found) => found.length < before.length);
    assert.ok(!rulesOf(after).includes(RULE_OF_REFUSED_SERVICE));
    assert.doesNotMatch(document.getText(), /\u00a0/);

    await commands.executeCommand('undo');
    assert.equal(document.getText(), asPrinted);
    await untilFindings(document.uri, 'are back', (found) => found.length === before.length);
  });
});

async function offered(document: TextDocument, range: Range, kind: CodeActionKind): Promise<CodeAction[]> {
  const everyActionResolved = 100;
  const actions = await commands.executeCommand<CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
    kind.value,
    everyActionResolved,
  );
  return actions.filter((action) => action.kind !== undefined && kind.contains(action.kind));
}
