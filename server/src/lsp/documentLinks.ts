import type { DocumentLink, DocumentLinkParams, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { ruleReferences } from '../features/documentLinks.ts';
import { toRange } from './convert.ts';
import type { OpenFiles } from './openFiles.ts';

/** Leads from the ids of rules to their pages; nowhere where the host has none. */
export class DocumentLinks {
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #rulePages: string | undefined;

  constructor(files: OpenFiles, documents: TextDocuments<TextDocument>, rulePages: string | undefined) {
    this.#files = files;
    this.#documents = documents;
    this.#rulePages = rulePages;
  }

  answer({ textDocument }: DocumentLinkParams): DocumentLink[] {
    const document = this.#documents.get(textDocument.uri);
    const pages = this.#rulePages;
    if (document === undefined || pages === undefined) {
      return [];
    }
    return ruleReferences(this.#files.snapshot(), document.uri).map(({ span, rule }) => ({
      range: toRange(document, span),
      target: `${pages}${rule.id}.md`,
      tooltip: rule.summary,
    }));
  }
}
