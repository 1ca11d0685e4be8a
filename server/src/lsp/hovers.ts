import {
  type ClientCapabilities,
  type Hover,
  type HoverParams,
  MarkupKind,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { hoverAt } from '../features/hover.ts';
import { toRange } from './convert.ts';
import { preferredFormat, toMarkup } from './markup.ts';
import type { OpenFiles } from './openFiles.ts';

/** Answers what the field under the pointer means. */
export class Hovers {
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;
  #format: MarkupKind = MarkupKind.PlainText;

  constructor(files: OpenFiles, documents: TextDocuments<TextDocument>) {
    this.#files = files;
    this.#documents = documents;
  }

  configure(capabilities: ClientCapabilities): void {
    this.#format = preferredFormat(capabilities.textDocument?.hover?.contentFormat);
  }

  answer({ textDocument, position }: HoverParams): Hover | null {
    const document = this.#documents.get(textDocument.uri);
    const hover =
      document === undefined ? undefined : hoverAt(this.#files.snapshot(), document.uri, document.offsetAt(position));
    return document === undefined || hover === undefined
      ? null
      : { contents: toMarkup(hover.parts, this.#format), range: toRange(document, hover.span) };
  }
}
