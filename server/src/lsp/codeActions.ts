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
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyzer } from '../analyzer.ts';
import { editsOfFix, type FileEdits, fixesAt, includesCleaning, mend, type OfferedFix } from '../features/fixes.ts';
import { render } from '../messages/render.ts';
import { FIX_ALL_KIND } from '../protocol/names.ts';
import { findingsOf } from '../rules/engine.ts';
import type { Fix } from '../rules/rule.ts';
import { toSpan, toTextEdit } from './convert.ts';

/** What an offered action carries, so that its edit can be worked out again when it is chosen. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly rule: string;
  readonly start: number;
  readonly fix: number;
}

const FIX_ALL_TITLE = 'Apply every safe fix in this file';

/** Offers fixes without their edits; an edit is worked out when its action is chosen, on the document as it is then. */
export class CodeActions {
  readonly #analyzer: Analyzer;
  readonly #documents: TextDocuments<TextDocument>;
  #resolves = false;
  #versionedEdits = false;

  constructor(analyzer: Analyzer, documents: TextDocuments<TextDocument>) {
    this.#analyzer = analyzer;
    this.#documents = documents;
  }

  configure(capabilities: ClientCapabilities): void {
    const { codeAction } = capabilities.textDocument ?? {};
    this.#resolves =
      codeAction?.resolveSupport?.properties.includes('edit') === true && codeAction.dataSupport === true;
    this.#versionedEdits = capabilities.workspace?.workspaceEdit?.documentChanges === true;
  }

  offer(params: CodeActionParams): CodeAction[] {
    const document = this.#documents.get(params.textDocument.uri);
    if (document === undefined) {
      return [];
    }
    const { only, diagnostics } = params.context;
    const wants = (kind: string): boolean =>
      only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
    const actions: CodeAction[] = [];
    if (wants(CodeActionKind.QuickFix)) {
      const offered = fixesAt(this.#analyzer.snapshot(), document.uri, toSpan(document, params.range));
      actions.push(...offered.map((fix) => this.#quickFix(document, fix, diagnostics)));
    }
    if (only?.some((kind) => FIX_ALL_KIND.startsWith(kind)) === true) {
      actions.push(...this.#fixAll(document, FIX_ALL_KIND));
    } else if (actions.length > 0 && this.#safeFixes(document.uri) > 1) {
      actions.push(...this.#fixAll(document, CodeActionKind.QuickFix));
    }
    return actions;
  }

  /** @throws ResponseError `ContentModified` when the document is no longer the one for which the action was offered. */
  resolve(action: CodeAction): CodeAction {
    const data = action.data as ActionData | undefined;
    if (data === undefined || action.edit !== undefined) {
      return action;
    }
    const document = this.#documents.get(data.uri);
    const offered = findingsOf(this.#analyzer.snapshot(), data.uri).find(
      ({ finding, span }) => finding.rule.id === data.rule && span.start === data.start,
    );
    const fix = offered?.finding.fixes[data.fix];
    if (document?.version !== data.version || fix === undefined) {
      throw new ResponseError<void>(
        LSPErrorCodes.ContentModified,
        'The document has changed since the fix was offered.',
      );
    }
    return { ...action, edit: this.#workspaceEdit(editsOfFix(this.#analyzer.snapshot(), fix)) };
  }

  #quickFix(document: TextDocument, offered: OfferedFix, diagnostics: readonly Diagnostic[]): CodeAction {
    const { located, fix, index } = offered;
    const { rule } = located.finding;
    const start = document.positionAt(located.span.start);
    const mended = diagnostics.filter(
      ({ code, range }) =>
        code === rule.id && range.start.line === start.line && range.start.character === start.character,
    );
    const title = render(rule, fix.title, fix.arguments);
    const data: ActionData = {
      uri: document.uri,
      version: document.version,
      rule: rule.id,
      start: located.span.start,
      fix: index,
    };
    return {
      title: includesCleaning(offered) ? `${title}, and replace the pasted characters` : title,
      kind: CodeActionKind.QuickFix,
      isPreferred: index === 0 && fix.safety === 'safe',
      ...(mended.length === 0 ? {} : { diagnostics: mended }),
      ...(this.#resolves ? { data } : { edit: this.#workspaceEdit(editsOfFix(this.#analyzer.snapshot(), fix)) }),
    };
  }

  #safeFixes(uri: string): number {
    return findingsOf(this.#analyzer.snapshot(), uri).filter(({ finding }) => finding.fixes.some(isSafe)).length;
  }

  #fixAll(document: TextDocument, kind: string): CodeAction[] {
    const text = document.getText();
    const mended = mend(this.#analyzer.snapshot(), document.uri, (_, fix) => isSafe(fix));
    if (mended === undefined || mended === text) {
      return [];
    }
    const edit = this.#workspaceEdit([{ uri: document.uri, edits: [difference(text, mended)] }]);
    return [{ title: FIX_ALL_TITLE, kind, edit }];
  }

  #workspaceEdit(files: readonly FileEdits[]): WorkspaceEdit {
    const changes = files.flatMap(({ uri, edits }) => {
      const document = this.#documents.get(uri);
      return document === undefined ? [] : [{ document, edits: edits.map((edit) => toTextEdit(document, edit)) }];
    });
    return this.#versionedEdits
      ? {
          documentChanges: changes.map(({ document: { uri, version }, edits }) => ({
            textDocument: { uri, version },
            edits,
          })),
        }
      : { changes: Object.fromEntries(changes.map(({ document: { uri }, edits }) => [uri, edits])) };
  }
}

function isSafe(fix: Fix): boolean {
  return fix.safety === 'safe';
}

/** The one edit that leads from a text to another, without the parts that both begin and end with. */
function difference(from: string, to: string): FileEdits['edits'][number] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) {
    start++;
  }
  let fromEnd = from.length;
  let toEnd = to.length;
  while (fromEnd > start && toEnd > start && from[fromEnd - 1] === to[toEnd - 1]) {
    fromEnd--;
    toEnd--;
  }
  return { span: { start, end: fromEnd }, newText: to.slice(start, toEnd) };
}
