import {
  type Connection,
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type PublishDiagnosticsParams,
  type TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Configuration } from '../configuration/configuration.ts';
import { isProjectFile } from '../configuration/projectFile.ts';
import { placeOf } from '../features/fixes.ts';
import { render } from '../messages/render.ts';
import { DIAGNOSTIC_SOURCE } from '../protocol/names.ts';
import { dependsOnOtherFiles, fileSpan, findingsOf, type LocatedFinding } from '../rules/engine.ts';
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
  /** The findings that it was told; undefined where it was told of a failure. While they are the same, all is said. */
  readonly located: readonly LocatedFinding[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Editors show no more than 1,000 findings of a file, and do not say so. Those who get that many want a summary. */
const MAXIMUM_DIAGNOSTICS = 500;

/** Milliseconds that nobody notices; an answer that takes less is given at once, however fast somebody types. */
const CHEAP = 8;

/** Milliseconds for which changes that come in a row keep an answer back. */
const PATIENCE = 8;

/** Milliseconds without a change after which files that are not open are looked at again. */
const QUIET = 150;

/** Milliseconds of work after which whoever waits for an answer comes first. */
const SLICE = 4;

/** No answer is kept back for longer than that, in milliseconds. */
const LONGEST_REST = 300;

/**
 * Publishes the findings of open documents, with the version that they belong to, of project files that hold for these,
 * and, once nobody types, those of files that are not open. Changes that arrive together are answered together, from
 * the newest snapshot; a document whose findings stayed as they were is not sent again, unless it was edited itself.
 * After two answers that took long the next one waits for as long again, so that keys which come in the meantime cost
 * one answer and the server listens half of the time.
 */
export class Diagnostics {
  readonly #connection: Connection;
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #runtime: Runtime;
  readonly #settings: SettingsSource;
  readonly #published = new Map<string, Published>();
  #scheduled = false;
  /** How many changes were told of so far. */
  #arrivals = 0;
  #restsUntil = 0;
  #lastTook = 0;
  /** The documents that were edited since the last round, unless something has changed for all of them. */
  readonly #edited = new Set<string>();
  #allAreDue = false;
  /** Those whose findings may change with other documents. */
  readonly #dependent = new Set<string>();
  #configuration: Configuration | undefined;
  /** Files that are not open whose findings may have changed. */
  readonly #closedDue = new Set<string>();
  /** Those whose findings may change with other files. */
  readonly #closedDependent = new Set<string>();
  #closedAreAllDue = false;
  #closedScheduled = false;
  /** The last round was for an edit of an open document. */
  #isTyping = false;
  /** Files that are not open are being read, and what is known of them is not all. */
  #closedSettled = true;
  readonly #answered: () => void;

  constructor(
    connection: Connection,
    files: OpenFiles,
    documents: TextDocuments<TextDocument>,
    runtime: Runtime,
    settings: SettingsSource,
    answered: () => void,
  ) {
    this.#connection = connection;
    this.#files = files;
    this.#documents = documents;
    this.#runtime = runtime;
    this.#settings = settings;
    this.#answered = answered;
  }

  /** Whether somebody waits for the findings of an open document. */
  get isDue(): boolean {
    return this.#scheduled;
  }

  /** What is known of a file that is not open has changed, and is going to change further until it has settled. */
  closedChanged(uri: string): void {
    this.#closedSettled = false;
    this.#closedDue.add(uri);
  }

  /** All files that are not open are known as they are: time to say what follows from them. */
  closedSettled(): void {
    if (!this.#closedSettled) {
      this.#closedSettled = true;
      this.#closedAreAllDue = true;
      this.schedule([...this.#closedDue][0]);
    }
  }

  /** To be called when a document has changed; without one, when something has changed for all of them. */
  schedule(uri?: string): void {
    if (uri === undefined) {
      this.#allAreDue = true;
    } else {
      this.#edited.add(uri);
    }
    this.#arrivals++;
    if (!this.#scheduled) {
      this.#scheduled = true;
      const now = this.#runtime.now();
      const rest = Math.max(0, this.#restsUntil - now);
      this.#runtime.defer(() => this.#publishOnceQuiet(0, now + rest + PATIENCE), rest);
    }
  }

  /** Messages are handed over one by one, so those that arrived together are taken in while no round is started. */
  #publishOnceQuiet(seen: number, until: number): void {
    const arrivals = this.#arrivals;
    if (arrivals !== seen && this.#runtime.now() <= until) {
      this.#runtime.defer(() => this.#publishOnceQuiet(arrivals, until), 0);
      return;
    }
    this.#scheduled = false;
    const start = this.#runtime.now();
    this.#publishDue();
    const end = this.#runtime.now();
    const took = end - start;
    // The first answer for a file takes long, and says nothing of the next.
    const expected = Math.min(took, this.#lastTook);
    this.#lastTook = took;
    this.#restsUntil = expected < CHEAP ? 0 : end + Math.min(expected, LONGEST_REST);
    this.#scheduleClosed();
    this.#answered();
  }

  /** Nobody waits for what files say that are not open, so it is worked out once nobody types. */
  #scheduleClosed(): void {
    if (!this.#closedScheduled && this.#closedSettled && (this.#closedDue.size > 0 || this.#closedAreAllDue)) {
      this.#closedScheduled = true;
      const arrivals = this.#arrivals;
      this.#runtime.defer(() => this.#publishClosed(arrivals), this.#isTyping ? QUIET : 0);
    }
  }

  /** In slices, between which whoever waits for an answer comes first. */
  #publishClosed(seen: number): void {
    if (this.#scheduled || seen !== this.#arrivals || !this.#closedSettled) {
      this.#closedScheduled = false;
      if (!this.#scheduled) {
        this.#scheduleClosed();
      }
      return;
    }
    if (this.#closedAreAllDue) {
      this.#closedAreAllDue = false;
      for (const uri of this.#closedDependent) {
        this.#closedDue.add(uri);
      }
    }
    const start = this.#runtime.now();
    for (const uri of this.#closedDue) {
      this.#closedDue.delete(uri);
      this.#publishClosedFile(uri);
      if (this.#runtime.now() - start > SLICE) {
        break;
      }
    }
    if (this.#closedDue.size > 0) {
      this.#runtime.defer(() => this.#publishClosed(seen), 0);
    } else {
      this.#closedScheduled = false;
    }
  }

  #publishClosedFile(uri: string): void {
    if (this.#files.isOpen(uri)) {
      this.#closedDependent.delete(uri);
      return;
    }
    const file = this.#files.snapshot().files.get(uri);
    const isSilent = !this.#settings.workspace.checkUnopenedFiles;
    if (isSilent || (file === undefined && this.#files.failureOf(uri) === undefined)) {
      this.#closedDependent.delete(uri);
      if (this.#published.has(uri)) {
        this.clear(uri);
      }
      return;
    }
    if (!this.#settings.isReadyFor(uri)) {
      // As soon as its settings are known, all are due again.
      this.#closedDependent.add(uri);
      return;
    }
    const last = this.#published.get(uri);
    const answer = this.#answerFor(TextDocument.create(uri, 'yaml', 0, file?.text ?? ''), last, this.#closedDependent);
    const { located, diagnostics } = answer ?? { located: [], diagnostics: [] };
    if (isSame(last?.diagnostics ?? [], diagnostics)) {
      if (last !== undefined) {
        this.#published.set(uri, { version: undefined, located, diagnostics });
      }
    } else {
      this.#published.set(uri, { version: undefined, located, diagnostics });
      this.#send({ uri, diagnostics: [...diagnostics] });
    }
  }

  #publishDue(): void {
    const { configuration } = this.#files.snapshot();
    const all = this.#allAreDue || configuration !== this.#configuration;
    const due = all ? this.#documents.keys() : new Set([...this.#edited, ...this.#dependent]);
    if (configuration !== this.#configuration) {
      // Files that had no findings until now, because their settings hid them, are asked as well.
      for (const uri of this.#files.snapshot().files.keys()) {
        this.#closedDue.add(uri);
      }
    }
    this.#closedAreAllDue ||= all || this.#edited.size > 0;
    this.#isTyping = [...this.#edited].some((uri) => this.#files.isOpen(uri));
    this.#configuration = configuration;
    this.#allAreDue = false;
    this.#edited.clear();
    for (const uri of due) {
      const document = this.#documents.get(uri);
      if (document !== undefined) {
        this.#publish(document);
      }
    }
    this.#publishClosedProjectFiles();
  }

  /** A document was closed; its file may go on to have findings. */
  closed(uri: string, staysKnown: boolean): void {
    if (staysKnown && this.#settings.workspace.checkUnopenedFiles) {
      this.#dependent.delete(uri);
      this.#closedDue.add(uri);
    } else {
      this.clear(uri);
    }
  }

  clear(uri: string): void {
    this.#published.delete(uri);
    this.#dependent.delete(uri);
    this.#closedDependent.delete(uri);
    this.#send({ uri, diagnostics: [] });
  }

  /** A mistake in a project file shows in findings that are missed elsewhere, so it is said even while it is closed. */
  #publishClosedProjectFiles(): void {
    const { projectFiles } = this.#files.snapshot().configuration;
    for (const [uri, { file }] of projectFiles) {
      if (this.#documents.get(uri) === undefined && this.#settings.isReadyFor(uri)) {
        const document = TextDocument.create(uri, 'yaml', 0, file.text);
        const { located, diagnostics } = this.#answerFor(document) ?? { located: [], diagnostics: [] };
        if (!isSame(this.#published.get(uri)?.diagnostics ?? [], diagnostics)) {
          this.#published.set(uri, { version: undefined, located, diagnostics });
          this.#send({ uri, diagnostics: [...diagnostics] });
        }
      }
    }
    for (const [uri, { version }] of this.#published) {
      if (version === undefined && isProjectFile(uri) && !projectFiles.has(uri)) {
        this.clear(uri);
      }
    }
  }

  #publish(document: TextDocument): void {
    const { uri, version } = document;
    if (!this.#settings.isReady(uri)) {
      return;
    }
    const last = this.#published.get(uri);
    const answer = this.#answerFor(document, last);
    if (answer === undefined || (answer === last && last.version === version)) {
      return;
    }
    const { located, diagnostics } = answer;
    const isSaid = last?.version === version && isSame(last.diagnostics, diagnostics);
    this.#published.set(uri, { version, located, diagnostics });
    if (!isSaid) {
      this.#send({ uri, version, diagnostics: [...diagnostics] });
    }
  }

  /** Nobody waits for findings once the connection has ended. */
  #send(params: PublishDiagnosticsParams): void {
    this.#connection.sendDiagnostics(params).catch(() => undefined);
  }

  /**
   * What is to be said of a document; `last`, where that still says it. Undefined for a document that is none of ours.
   * A failure of ours is said instead of findings, never nothing.
   */
  #answerFor(
    document: TextDocument,
    last?: Published,
    dependent = this.#dependent,
  ): Omit<Published, 'version'> | undefined {
    const { uri } = document;
    try {
      const snapshot = this.#files.snapshot();
      const failure = this.#files.failureOf(uri);
      if (failure !== undefined) {
        throw failure;
      }
      if (!snapshot.files.has(uri) && !snapshot.configuration.projectFiles.has(uri)) {
        return undefined;
      }
      const located = findingsOf(snapshot, uri);
      if (dependsOnOtherFiles(snapshot, uri)) {
        dependent.add(uri);
      } else {
        dependent.delete(uri);
      }
      const diagnostics = (): Diagnostic[] => {
        const shown = mostSevere(located).map((one) => this.#toLsp(document, one));
        return shown.length < located.length ? [...shown, remainder(located.length - shown.length)] : shown;
      };
      return located === last?.located ? last : { located, diagnostics: diagnostics() };
    } catch (error) {
      this.#connection.console.error(`The findings of ${uri} could not be worked out: ${describeError(error)}`);
      return { located: undefined, diagnostics: [failureDiagnostic(error)] };
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

function isSame(a: readonly Diagnostic[], b: readonly Diagnostic[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}

/** As many as are shown, in the order of the text; of many, those that matter most. */
function mostSevere(located: readonly LocatedFinding[]): readonly LocatedFinding[] {
  if (located.length <= MAXIMUM_DIAGNOSTICS) {
    return located;
  }
  const bySeverity = located.toSorted((a, b) => DIAGNOSTIC_SEVERITY[a.severity] - DIAGNOSTIC_SEVERITY[b.severity]);
  const shown = new Set(bySeverity.slice(0, MAXIMUM_DIAGNOSTICS));
  return located.filter((one) => shown.has(one));
}

function remainder(count: number): Diagnostic {
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    source: DIAGNOSTIC_SOURCE,
    message:
      `And ${count} more: no more than ${MAXIMUM_DIAGNOSTICS} findings of a file are shown, the most severe ones.\n` +
      'Others take their place as these are mended; session-persistence check prints all of them.',
  };
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
