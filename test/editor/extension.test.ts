import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  it('is there', () => {
    assert.ok(vscode.extensions.getExtension('session-persistence.kubernetes-session-persistence'));
  });
});
