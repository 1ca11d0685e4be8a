import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionOptions,
  type CompletionParams,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Completion, plainText, snippetText } from '../features/completion/insertion.ts';
import { completionsAt } from '../features/completion.ts';
import { toRange } from './convert.ts';
import { preferredFormat, toMarkup } from './markup.ts';
import type { OpenFiles } from './openFiles.ts';

/** Besides letters, what begins a key, a value, a quoted one, and the part of an annotation behind its prefix. */
export const COMPLETION_OPTIONS: CompletionOptions = { triggerCharacters: [' ', ':', '"', "'", '/'] };

const KINDS: Record<Completion['kind'], CompletionItemKind> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  rule: CompletionItemKind.Constant,
};

/** Answers what can be written at the cursor. */
export class Completions {
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;
  #format: MarkupKind = MarkupKind.PlainText;
  #snippets = false;
  #keepsWhitespace = false;
  #labelDetails = false;

  constructor(files: OpenFiles, documents: TextDocuments<TextDocument>) {
    this.#files = files;
    this.#documents = documents;
  }

  configure(capabilities: ClientCapabilities): void {
    const item = capabilities.textDocument?.completion?.completionItem;
    this.#format = preferredFormat(item?.documentationFormat);
    this.#labelDetails = item?.labelDetailsSupport === true;
    this.#snippets = item?.snippetSupport === true;
    this.#keepsWhitespace = item?.insertTextModeSupport?.valueSet.includes(InsertTextMode.asIs) === true;
  }

  answer({ textDocument, position }: CompletionParams): CompletionList {
    const document = this.#documents.get(textDocument.uri);
    const found =
      document === undefined ? [] : completionsAt(this.#files.snapshot(), document.uri, document.offsetAt(position));
    return {
      isIncomplete: found.some(({ changesWithTyping }) => changesWithTyping === true),
      items: document === undefined ? [] : found.map((completion, index) => this.#toLsp(document, completion, index)),
    };
  }

  #toLsp(document: TextDocument, completion: Completion, index: number): CompletionItem {
    const { label, kind, span, insertion, filter, detail, documentation } = completion;
    const hasStops = insertion.some((part) => typeof part !== 'string');
    const isSnippet = this.#snippets && hasStops;
    return {
      label,
      kind: KINDS[kind],
      // A detail is shown for the chosen suggestion alone, and it is what tells them apart.
      ...(detail === '' ? {} : this.#labelDetails ? { labelDetails: { description: detail } } : { detail }),
      ...(documentation.length === 0 ? {} : { documentation: toMarkup(documentation, this.#format) }),
      // Our order is the one in which they are wanted, not that of the alphabet.
      sortText: String(index).padStart(3, '0'),
      filterText: filter,
      insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
      // The lines are indented already; an editor that adds the indentation of the first one would nest them wrongly.
      ...(this.#keepsWhitespace ? { insertTextMode: InsertTextMode.asIs } : {}),
      textEdit: {
        range: toRange(document, span),
        newText: isSnippet ? snippetText(insertion) : plainText(insertion),
      },
    };
  }
}
