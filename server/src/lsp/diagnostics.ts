import {
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type PublishDiagnosticsParams,
  type TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { placeOf } from '../features/fixes.ts';
import { render } from '../messages/render.ts';
import { DIAGNOSTIC_SOURCE } from '../protocol/names.ts';
import { fileSpan, findingsOf, type LocatedFinding } from '../rules/engine.ts';
import { internalError } from '../rules/internalError.ts';
import { DIAGNOSTIC_SEVERITY, toRange } from './convert.ts';
import { describeError } from './guarded.ts';
import type { OpenFiles } from './openFiles.ts';
import type { Runtime } from './runtime.ts';
import type { SettingsSource } from './settingsSource.ts';

/** What a client was last told about a document. */
interface Published {
  /** Undefined for a file that is not open. */
  readonly version: number | undefined;
  readonly content: string;
}

/**
 * Publishes the findings of open documents, with the version that they belong to, and of project files that hold for
 * these. Changes that arrive together are answered together, from the newest snapshot; a document whose findings stayed
 * as they were is not sent again, unless it was edited itself.
 */
export class Diagnostics {
  readonly #connection: Connection;
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #runtime: Runtime;
  readonly #settings: SettingsSource;
  readonly #published = new Map<string, Published>();
  #scheduled = false;

  constructor(
    connection: Connection,
    files: OpenFiles,
    documents: TextDocuments<TextDocument>,
    runtime: Runtime,
    settings: SettingsSource,
  ) {
    this.#connection = connection;
    this.#files = files;
    this.#documents = documents;
    this.#runtime = runtime;
    this.#settings = settings;
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
      this.#publishClosedProjectFiles();
    });
  }

  clear(uri: string): void {
    this.#published.delete(uri);
    this.#send({ uri, diagnostics: [] });
  }

  /** A mistake in a project file shows in findings that are missed elsewhere, so it is said even while it is closed. */
  #publishClosedProjectFiles(): void {
    const { projectFiles } = this.#files.snapshot().configuration;
    for (const [uri, { file }] of projectFiles) {
      if (this.#documents.get(uri) === undefined && this.#settings.isReady(uri)) {
        const diagnostics = this.#diagnosticsOf(TextDocument.create(uri, 'yaml', 0, file.text)) ?? [];
        const content = JSON.stringify(diagnostics);
        if ((this.#published.get(uri)?.content ?? '[]') !== content) {
          this.#published.set(uri, { version: undefined, content });
          this.#send({ uri, diagnostics });
        }
      }
    }
    for (const [uri, { version }] of this.#published) {
      if (version === undefined && !projectFiles.has(uri)) {
        this.clear(uri);
      }
    }
  }

  #publish(document: TextDocument): void {
    const { uri, version } = document;
    if (!this.#settings.isReady(uri)) {
      return;
    }
    const diagnostics = this.#diagnosticsOf(document);
    if (diagnostics === undefined) {
      return;
    }
    const content = JSON.stringify(diagnostics);
    const last = this.#published.get(uri);
    if (last?.version !== version || last.content !== content) {
      this.#published.set(uri, { version, content });
      this.#send({ uri, version, diagnostics });
    }
  }

  /** Nobody waits for findings once the connection has ended. */
  #send(params: PublishDiagnosticsParams): void {
    this.#connection.sendDiagnostics(params).catch(() => undefined);
  }

  /** Undefined for a document that is none of ours. A failure of ours is said instead of findings, never nothing. */
  #diagnosticsOf(document: TextDocument): Diagnostic[] | undefined {
    const { uri } = document;
    try {
      const snapshot = this.#files.snapshot();
      const failure = this.#files.failureOf(uri);
      if (failure !== undefined) {
        throw failure;
      }
      return snapshot.files.has(uri) || snapshot.configuration.projectFiles.has(uri)
        ? findingsOf(snapshot, uri).map((located) => this.#toLsp(document, located))
        : undefined;
    } catch (error) {
      this.#connection.console.error(`The findings of ${uri} could not be worked out: ${describeError(error)}`);
      return [failureDiagnostic(error)];
    }
  }

  /** Another document as the findings saw it, open or not. */
  #textOf(uri: string): TextDocument {
    return TextDocument.create(uri, 'yaml', 0, this.#files.snapshot().files.get(uri)?.text ?? '');
  }

  #toLsp(document: TextDocument, located: LocatedFinding): Diagnostic {
    const { finding, severity, span, placed } = located;
    const { rule } = finding;
    const related = finding.related.flatMap((place): DiagnosticRelatedInformation[] => {
      const elsewhere = place.manifest === undefined ? undefined : placeOf(this.#files.snapshot(), place.manifest);
      if (place.manifest !== undefined && elsewhere === undefined) {
        return [];
      }
      const other = elsewhere === undefined || elsewhere.uri === document.uri ? document : this.#textOf(elsewhere.uri);
      const home = elsewhere?.placed ?? placed;
      const range = toRange(other, home === undefined ? place.span : fileSpan(home, place.span));
      return [{ location: { uri: other.uri, range }, message: render(rule, place.message, place.arguments) }];
    });
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

function failureDiagnostic(error: unknown): Diagnostic {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    code: internalError.id,
    source: DIAGNOSTIC_SOURCE,
    message: `This file could not be checked: ${reason}. This is a mistake of ours, not of the manifest.`,
  };
}
