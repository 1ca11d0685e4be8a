import { commands, type Diagnostic, type Event, languages, type TextDocument, Uri, window, workspace } from 'vscode';

export const EXTENSION_ID = 'session-persistence.kubernetes-session-persistence';

const LONGEST_WAIT = 20_000;

/** A Service that the API server refuses, in ordinary characters. */
export const REFUSED_SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: refused
spec:
  selector:
    app: refused
    sessionAffinity: ClientIP
    sessionAffinityConfig:
      clientIP:
        timeoutSeconds: 10800
  ports:
    - port: 80
`;

/** The first and the last line, counted from 0, of what does not belong into its selector. */
export const REFUSED_LINES = [7, 10] as const;

/** The rule that finds fault with `REFUSED_SERVICE`. */
export const RULE_OF_REFUSED_SERVICE = 'affinity-in-selector';

export function sample(name: string): Uri {
  const folder = workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    throw new Error('The suite was started without a workspace.');
  }
  return Uri.joinPath(folder.uri, name);
}

/**
 * Opens a file as a person does. `workspace.openTextDocument` would keep the document open for minutes after its editor
 * is closed.
 */
export async function openFile(uri: Uri): Promise<TextDocument> {
  await commands.executeCommand('vscode.open', uri);
  return await until(`${uri} is open`, window.onDidChangeActiveTextEditor, () => {
    const document = window.activeTextEditor?.document;
    return document?.uri.toString() === uri.toString() ? document : undefined;
  });
}

export async function openUntitled(content: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ language: 'yaml', content });
  await window.showTextDocument(document);
  return document;
}

/** Closes every editor without asking and without saving. */
export async function closeEditors(): Promise<void> {
  while (window.tabGroups.all.some(({ tabs }) => tabs.length > 0)) {
    // The command means the editor with the focus, which may as well lie in the panel.
    await commands.executeCommand('workbench.action.focusActiveEditorGroup');
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

export function findingsOf(uri: Uri): Diagnostic[] {
  return languages.getDiagnostics(uri).filter(({ source }) => source === 'session-persistence');
}

export function rulesOf(findings: readonly Diagnostic[]): string[] {
  return findings.map(({ code }) => String(typeof code === 'object' ? code.value : code)).sort();
}

/** Answers with the findings of a document as soon as they are as expected. */
export function untilFindings(
  uri: Uri,
  what: string,
  isExpected: (findings: readonly Diagnostic[]) => boolean,
): Promise<readonly Diagnostic[]> {
  return until(`the findings of ${uri} ${what}`, languages.onDidChangeDiagnostics, () => {
    const findings = findingsOf(uri);
    return isExpected(findings) ? findings : undefined;
  });
}

export function untilFound(uri: Uri): Promise<readonly Diagnostic[]> {
  return untilFindings(uri, 'appear', (findings) => findings.length > 0);
}

export function untilCleared(uri: Uri): Promise<readonly Diagnostic[]> {
  return untilFindings(uri, 'disappear', (findings) => findings.length === 0);
}

/** Asks now and again after each event, and gives up after a while with a sentence that says what did not happen. */
export function until<Answer>(what: string, event: Event<unknown>, ask: () => Answer | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (): void => {
      const answer = ask();
      if (answer !== undefined) {
        clearTimeout(deadline);
        subscription.dispose();
        resolve(answer);
      }
    };
    const deadline = setTimeout(() => {
      subscription.dispose();
      reject(new Error(`Waited ${LONGEST_WAIT / 1000} seconds in vain until ${what}.`));
    }, LONGEST_WAIT);
    const subscription = event(settle);
    settle();
  });
}
