import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
  LSPErrorCodes,
  ResponseError,
  type TextDocuments,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { type TextEdit as LspTextEdit, TextDocument } from 'vscode-languageserver-textdocument';
import { editsOfFix, type FileEdits, fixesAt, includesCleaning, type OfferedFix } from '../features/fixes.ts';
import { ignoringEdit } from '../features/ignoring.ts';
import { mend } from '../features/mending.ts';
import { refactoringsAt, refactoringTitle } from '../features/refactorings.ts';
import { render } from '../messages/render.ts';
import { FIX_ALL_KIND } from '../protocol/names.ts';
import { findingsOf, type LocatedFinding } from '../rules/engine.ts';
import type { Fix } from '../rules/rule.ts';
import { lineStart, nextLineStart } from '../text/lines.ts';
import { type Span, touches } from '../text/span.ts';
import { toSpan, toTextEdit } from './convert.ts';
import type { OpenFiles } from './openFiles.ts';

/** What an offered action carries, so that its edit can be worked out when it is chosen. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  /** The fix that is meant. */
  readonly fix?: { readonly rule: string; readonly start: number; readonly index: number };
  /** The finding that is meant to be ignored. Without either, all safe fixes of the file are meant. */
  readonly ignored?: { readonly rule: string; readonly start: number };
  /** The place at which a change was offered that mends nothing. */
  readonly refactoring?: Span;
}

const FIX_ALL_TITLE = 'Apply every safe fix in this file';

/** Offers fixes without their edits; an edit is worked out when its action is chosen, on the document as it is then. */
export class CodeActions {
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #confirm: (uri: string) => Promise<string | undefined>;
  #resolves = false;
  #versionedEdits = false;

  /** @param confirm the text of a file that is not open, unless it is another one than was read. */
  constructor(
    files: OpenFiles,
    documents: TextDocuments<TextDocument>,
    confirm: (uri: string) => Promise<string | undefined>,
  ) {
    this.#files = files;
    this.#documents = documents;
    this.#confirm = confirm;
  }

  configure(capabilities: ClientCapabilities): void {
    const { codeAction } = capabilities.textDocument ?? {};
    this.#resolves =
      codeAction?.resolveSupport?.properties.includes('edit') === true && codeAction.dataSupport === true;
    this.#versionedEdits = capabilities.workspace?.workspaceEdit?.documentChanges === true;
  }

  async offer(params: CodeActionParams): Promise<CodeAction[]> {
    const document = this.#documents.get(params.textDocument.uri);
    if (document === undefined) {
      return [];
    }
    const { only, diagnostics } = params.context;
    const wanted = (kind: string): boolean => only === undefined || only.some((parent) => isWithin(kind, parent));
    const actions: Offer[] = [];
    if (wanted(CodeActionKind.QuickFix)) {
      const offered = fixesAt(this.#files.snapshot(), document.uri, toSpan(document, params.range));
      actions.push(...offered.map((fix) => this.#quickFix(document, fix, diagnostics)));
    }
    const safe = this.#safeFixes(document.uri);
    if (actions.length > 0 && safe > 1) {
      actions.push(...this.#fixAll(document, CodeActionKind.QuickFix));
    }
    if (only !== undefined && wanted(FIX_ALL_KIND) && safe > 0) {
      actions.push(...this.#fixAll(document, FIX_ALL_KIND));
    }
    if (wanted(CodeActionKind.QuickFix)) {
      actions.push(...this.#ignoring(document, toSpan(document, params.range)));
    }
    if (wanted(CodeActionKind.RefactorRewrite)) {
      actions.push(...this.#refactorings(document, toSpan(document, params.range)));
    }
    return await this.#withEdits(actions);
  }

  /** The action with its edit; `ContentModified` when the texts are no longer those for which it was offered. */
  async resolve(action: CodeAction): Promise<CodeAction | ResponseError<void>> {
    const data = action.data as ActionData | undefined;
    if (data === undefined || action.edit !== undefined) {
      return action;
    }
    const document = this.#documents.get(data.uri);
    if (document?.version === data.version) {
      const files = this.#editsOf(document, data, action.title);
      if (files !== undefined) {
        const edit = await this.#workspaceEdit(files);
        return typeof edit === 'string'
          ? new ResponseError<void>(LSPErrorCodes.ContentModified, edit)
          : { ...action, edit };
      }
    }
    return new ResponseError<void>(
      LSPErrorCodes.ContentModified,
      'The document has changed since the fix was offered.',
    );
  }

  #editsOf(document: TextDocument, data: ActionData, title: string): FileEdits[] | undefined {
    const { fix, ignored, refactoring } = data;
    if (refactoring !== undefined) {
      const snapshot = this.#files.snapshot();
      const found = refactoringsAt(snapshot, document.uri, refactoring).find((one) => refactoringTitle(one) === title);
      return found === undefined ? undefined : editsOfFix(snapshot, found);
    }
    if (fix !== undefined) {
      return this.#chosen(document.uri, fix, title);
    }
    return ignored === undefined ? this.#allSafe(document) : this.#ignoringEdits(document.uri, ignored);
  }

  /** The title names what the fix does, so another one means that another document has changed what it would do. */
  #chosen(uri: string, { rule, start, index }: Required<ActionData>['fix'], title: string): FileEdits[] | undefined {
    const snapshot = this.#files.snapshot();
    for (const located of findingsOf(snapshot, uri)) {
      const fix = located.finding.fixes[index];
      if (
        fix !== undefined &&
        located.finding.rule.id === rule &&
        located.span.start === start &&
        titleOf({ located, fix, index }) === title
      ) {
        return editsOfFix(snapshot, fix);
      }
    }
    return undefined;
  }

  #quickFix(document: TextDocument, offered: OfferedFix, diagnostics: readonly Diagnostic[]): Offer {
    const { located, fix, index } = offered;
    const rule = located.finding.rule.id;
    const mended = diagnosticsOf(document, located, diagnostics);
    const action: CodeAction = {
      title: titleOf(offered),
      kind: CodeActionKind.QuickFix,
      isPreferred: index === 0 && fix.safety === 'safe',
      ...(mended.length === 0 ? {} : { diagnostics: mended }),
    };
    if (!this.#resolves) {
      return { ...action, files: editsOfFix(this.#files.snapshot(), fix) };
    }
    const data: ActionData = {
      uri: document.uri,
      version: document.version,
      fix: { rule, start: located.span.start, index },
    };
    return { ...action, data };
  }

  /**
   * One action for each rule and line, behind whatever mends: hiding a mistake is nobody's first choice. They name no
   * diagnostic, since editors list those that do first.
   */
  #ignoring(document: TextDocument, span: Span): Offer[] {
    const snapshot = this.#files.snapshot();
    const actions = new Map<string, Offer>();
    for (const located of findingsOf(snapshot, document.uri).filter((one) => touches(one.span, span))) {
      const edit = ignoringEdit(snapshot, document.uri, located);
      const key = JSON.stringify(edit);
      if (edit !== undefined && !actions.has(key)) {
        const { uri, version } = document;
        const rule = located.finding.rule.id;
        const data: ActionData = { uri, version, ignored: { rule, start: located.span.start } };
        actions.set(key, {
          title: `Ignore ${rule} on this line`,
          kind: CodeActionKind.QuickFix,
          isPreferred: false,
          ...(this.#resolves ? { data } : { files: [{ uri, edits: [edit] }] }),
        });
      }
    }
    return [...actions.values()];
  }

  /** What adds persistence to an object, or says the same for another controller. */
  #refactorings(document: TextDocument, span: Span): Offer[] {
    const { uri, version } = document;
    const snapshot = this.#files.snapshot();
    return refactoringsAt(snapshot, uri, span).map((refactoring) => {
      const data: ActionData = { uri, version, refactoring: span };
      const action = { title: refactoringTitle(refactoring), kind: CodeActionKind.RefactorRewrite };
      return this.#resolves ? { ...action, data } : { ...action, files: editsOfFix(snapshot, refactoring) };
    });
  }

  #ignoringEdits(uri: string, { rule, start }: Required<ActionData>['ignored']): FileEdits[] | undefined {
    const snapshot = this.#files.snapshot();
    const located = findingsOf(snapshot, uri).find((one) => one.finding.rule.id === rule && one.span.start === start);
    const edit = located === undefined ? undefined : ignoringEdit(snapshot, uri, located);
    return edit === undefined ? undefined : [{ uri, edits: [edit] }];
  }

  #safeFixes(uri: string): number {
    return findingsOf(this.#files.snapshot(), uri).filter(({ finding }) => finding.fixes.some(isSafe)).length;
  }

  /** Editors ask for offers at every move of the cursor, and working out all fixes of a long file takes a while. */
  #fixAll(document: TextDocument, kind: string): Offer[] {
    if (this.#resolves) {
      const data: ActionData = { uri: document.uri, version: document.version };
      return [{ title: FIX_ALL_TITLE, kind, data }];
    }
    const files = this.#allSafe(document);
    return files.length === 0 ? [] : [{ title: FIX_ALL_TITLE, kind, files }];
  }

  /** @throws what a failing fix throws: a file that is mended in part would look like one that is mended. */
  #allSafe(document: TextDocument): FileEdits[] {
    const { uri } = document;
    const text = document.getText();
    const { texts, failure } = mend(this.#files.snapshot(), [uri], (_, fix) => isSafe(fix));
    if (failure !== undefined) {
      throw failure;
    }
    const mended = texts.get(uri) ?? text;
    return mended === text ? [] : [{ uri, edits: [difference(text, mended)] }];
  }

  /** Offers of which the client wants the edits at once; one whose edit cannot be made is none. */
  async #withEdits(offers: readonly Offer[]): Promise<CodeAction[]> {
    const actions: CodeAction[] = [];
    for (const { files, ...action } of offers) {
      const edit = files === undefined ? undefined : await this.#workspaceEdit(files);
      if (typeof edit !== 'string') {
        actions.push(edit === undefined ? action : { ...action, edit });
      }
    }
    return actions;
  }

  /** A file that is not open is edited as it is on the disk. Where that is not as it was read, a sentence says so. */
  async #workspaceEdit(files: readonly FileEdits[]): Promise<WorkspaceEdit | string> {
    const changes: { uri: string; version: number | null; edits: LspTextEdit[] }[] = [];
    for (const { uri, edits } of files) {
      const open = this.#documents.get(uri);
      const text = open === undefined ? await this.#confirm(uri) : undefined;
      if (open === undefined && text === undefined) {
        return `${uri} has changed on the disk since the fix was offered, so nothing was edited.`;
      }
      const document = open ?? TextDocument.create(uri, 'yaml', 0, text ?? '');
      const version = open?.version ?? null;
      changes.push({ uri, version, edits: edits.map((edit) => toTextEdit(document, edit)) });
    }
    return this.#versionedEdits
      ? { documentChanges: changes.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits })) }
      : { changes: Object.fromEntries(changes.map(({ uri, edits }) => [uri, edits])) };
  }
}

/** An action, with what it edits where the client wants to have that at once. */
type Offer = CodeAction & { readonly files?: readonly FileEdits[] };

/** Those of the client's diagnostics that say what a finding says. */
function diagnosticsOf(
  document: TextDocument,
  { finding, span }: LocatedFinding,
  diagnostics: readonly Diagnostic[],
): Diagnostic[] {
  const start = document.positionAt(span.start);
  return diagnostics.filter(
    ({ code, range }) =>
      code === finding.rule.id && range.start.line === start.line && range.start.character === start.character,
  );
}

function isSafe(fix: Fix): boolean {
  return fix.safety === 'safe';
}

function titleOf(offered: OfferedFix): string {
  const { located, fix } = offered;
  const title = render(located.finding.rule, fix.title, fix.arguments);
  return includesCleaning(offered) ? `${title}, and replace the pasted characters` : title;
}

/** Kinds form a tree whose levels are separated by dots; the empty kind is its root. */
function isWithin(kind: string, parent: string): boolean {
  return parent === CodeActionKind.Empty || kind === parent || kind.startsWith(`${parent}.`);
}

/** The one edit that leads from a text to another: whole lines, so that it begins and ends within no character. */
function difference(from: string, to: string): FileEdits['edits'][number] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) {
    start++;
  }
  start = lineStart(from, start);
  let tail = 0;
  while (
    tail < from.length - start &&
    tail < to.length - start &&
    from[from.length - 1 - tail] === to[to.length - 1 - tail]
  ) {
    tail++;
  }
  const end = from.length - tail;
  const fromEnd = lineStart(from, end) === end ? end : nextLineStart(from, end);
  return { span: { start, end: fromEnd }, newText: to.slice(start, to.length - (from.length - fromEnd)) };
}
