import assert from 'node:assert/strict';
import { ConfigurationTarget, commands, DiagnosticSeverity, Range, Uri, window, workspace } from 'vscode';
import {
  closeEditors,
  findingsOf,
  openFile,
  openUntitled,
  REFUSED_LINES,
  REFUSED_SERVICE,
  RULE_OF_REFUSED_SERVICE,
  rulesOf,
  sample,
  untilCleared,
  untilFindings,
  untilFound,
} from './support.ts';

describe('Findings', () => {
  afterEach(closeEditors);

  it('appear in a file of the workspace, with severity, rule and place', async () => {
    const document = await openFile(sample('service-as-printed.yaml'));
    const findings = await untilFound(document.uri);
    const rules = rulesOf(findings);
    assert.ok(rules.includes(RULE_OF_REFUSED_SERVICE), rules.join(', '));
    const inSelector = findings.find((finding) => rulesOf([finding])[0] === RULE_OF_REFUSED_SERVICE);
    assert.ok(inSelector);
    assert.equal(inSelector.severity, DiagnosticSeverity.Error);
    assert.equal(document.getText(inSelector.range), 'sessionAffinity');
  });

  it('appear in a buffer without a file, follow its text and go when it is closed', async () => {
    const { uri } = await openUntitled(REFUSED_SERVICE);
    assert.deepEqual(rulesOf(await untilFound(uri)), [RULE_OF_REFUSED_SERVICE]);

    const editor = window.activeTextEditor;
    assert.ok(editor);
    const [firstLine, lastLine] = REFUSED_LINES;
    const refused = new Range(firstLine, 0, lastLine + 1, 0);
    const text = editor.document.getText(refused);
    await editor.edit((edit) => edit.delete(refused));
    await untilFindings(uri, 'follow the text', (findings) => !rulesOf(findings).includes(RULE_OF_REFUSED_SERVICE));
    // Not by `undo`, which would need the keyboard's focus in the editor.
    await editor.edit((edit) => edit.insert(refused.start, text));
    await untilFound(uri);

    await closeEditors();
    await untilCleared(uri);
  });

  it('appear in files that are not open', async () => {
    await openFile(sample('ack-corrected.yaml'));
    await untilFound(sample('service-as-printed.yaml'));
  });

  it('stay when a file is closed, unless files that are not open are to have none', async () => {
    const { uri } = await openFile(sample('service-as-printed.yaml'));
    await untilFound(uri);
    await closeEditors();
    await untilFound(uri);
    const settings = workspace.getConfiguration('sessionPersistence');
    await settings.update('checkUnopenedFiles', false, ConfigurationTarget.Workspace);
    try {
      await untilCleared(uri);
      await openFile(uri);
      await untilFound(uri);
      await closeEditors();
      await untilCleared(uri);
    } finally {
      await settings.update('checkUnopenedFiles', undefined, ConfigurationTarget.Workspace);
    }
  });

  it('do not appear in a revision of a file', async () => {
    const provider = workspace.registerTextDocumentContentProvider('git', {
      provideTextDocumentContent: () => REFUSED_SERVICE,
    });
    try {
      const revision = await openFile(Uri.parse('git:/service.yaml?HEAD'));
      assert.equal(revision.languageId, 'yaml');
      assert.equal(revision.getText(), REFUSED_SERVICE);
      // The server answers in order, so when this has its findings the other would have had them.
      const control = await openUntitled(REFUSED_SERVICE);
      await untilFound(control.uri);
      assert.deepEqual(findingsOf(revision.uri), []);
    } finally {
      provider.dispose();
    }
  });

  it('go with the setting and come back with it', async () => {
    const { uri } = await openFile(sample('service-as-printed.yaml'));
    const before = rulesOf(await untilFound(uri));
    await enable(false);
    try {
      await untilCleared(uri);
    } finally {
      await enable(undefined);
    }
    assert.deepEqual(rulesOf(await untilFound(uri)), before);
  });

  it('are the same after a restart of the server', async () => {
    const { uri } = await openFile(sample('service-as-printed.yaml'));
    const before = rulesOf(await untilFound(uri));
    const cleared = untilCleared(uri);
    await commands.executeCommand('sessionPersistence.restartServer');
    await cleared;
    assert.deepEqual(rulesOf(await untilFound(uri)), before);
  });
});

async function enable(value: boolean | undefined): Promise<void> {
  await workspace.getConfiguration().update('sessionPersistence.enable', value, ConfigurationTarget.Workspace);
}
