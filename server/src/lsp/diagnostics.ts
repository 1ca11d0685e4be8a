import type { Connection, Diagnostic, DiagnosticRelatedInformation, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyzer } from '../analyzer.ts';
import { render } from '../messages/render.ts';
import { DIAGNOSTIC_SOURCE } from '../protocol/names.ts';
import { fileSpan, findingsOf, type LocatedFinding } from '../rules/engine.ts';
import { DIAGNOSTIC_SEVERITY, toRange } from './convert.ts';
import { describeError } from './guarded.ts';
import type { Runtime } from './server.ts';

/** What a client was last told about a document. */
interface Published {
  readonly version: number;
  readonly content: string;
}

/**
 * Publishes the findings of open documents, always with the version that they belong to. Changes that arrive together
 * are answered together, from the newest snapshot; a document whose findings stayed as they were is not sent again,
 * unless it was edited itself.
 */
export class Diagnostics {
  readonly #connection: Connection;
  readonly #analyzer: Analyzer;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #runtime: Runtime;
  readonly #published = new Map<string, Published>();
  #scheduled = false;

  constructor(connection: Connection, analyzer: Analyzer, documents: TextDocuments<TextDocument>, runtime: Runtime) {
    this.#connection = connection;
    this.#analyzer = analyzer;
    this.#documents = documents;
    this.#runtime = runtime;
  }

  schedule(): void {
    if (this.#scheduled) {
      return;
    }
    this.#scheduled = true;
    this.#runtime.defer(() => {
      this.#scheduled = false;
      for (const document of this.#documents.all()) {
        this.#publish(document);
      }
    });
  }

  clear(uri: string): void {
    this.#published.delete(uri);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  #publish(document: TextDocument): void {
    const { uri, version } = document;
    if (this.#analyzer.snapshot().files.get(uri)?.text !== document.getText()) {
      return;
    }
    try {
      const diagnostics = findingsOf(this.#analyzer.snapshot(), uri).map((located) => this.#toLsp(document, located));
      const content = JSON.stringify(diagnostics);
      const last = this.#published.get(uri);
      if (last?.version !== version || last.content !== content) {
        this.#published.set(uri, { version, content });
        void this.#connection.sendDiagnostics({ uri, version, diagnostics });
      }
    } catch (error) {
      this.#connection.console.error(`The findings of ${uri} could not be worked out: ${describeError(error)}`);
    }
  }

  #toLsp(document: TextDocument, located: LocatedFinding): Diagnostic {
    const { finding, severity, span, placed } = located;
    const { rule } = finding;
    const related = finding.related.map(
      (place): DiagnosticRelatedInformation => ({
        location: {
          uri: document.uri,
          range: toRange(document, placed === undefined ? place.span : fileSpan(placed, place.span)),
        },
        message: render(rule, place.message, place.arguments),
      }),
    );
    return {
      range: toRange(document, span),
      severity: DIAGNOSTIC_SEVERITY[severity],
      code: rule.id,
      ...(this.#runtime.rulePages === undefined
        ? {}
        : { codeDescription: { href: `${this.#runtime.rulePages}${rule.id}.md` } }),
      source: DIAGNOSTIC_SOURCE,
      message: render(rule, finding.message, finding.arguments),
      ...(related.length === 0 ? {} : { relatedInformation: related }),
    };
  }
}
