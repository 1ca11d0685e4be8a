import type { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyzer } from '../analyzer.ts';
import type { Snapshot } from '../snapshot.ts';
import { joinChanges, type TextChange } from '../text/change.ts';
import type { ManifestFile } from '../workspace/manifest.ts';
import { countObjects } from '../workspace/manifest.ts';
import type { TextBuffer } from './textBuffer.ts';

/**
 * Keeps the analyzer in step with the editor's buffers, and lets nobody say anything else of a file that is open. An
 * edit is only noted; the buffer is read when somebody next looks, so that a burst of edits to a large document costs
 * one reading.
 */
export class OpenFiles {
  readonly #analyzer: Analyzer;
  readonly #documents: TextDocuments<TextBuffer>;
  /** By their addresses the buffers to be read, each with the part that has changed since, where that is known. */
  readonly #edited = new Map<string, TextChange | undefined>();
  readonly #failures = new Map<string, unknown>();

  constructor(analyzer: Analyzer, documents: TextDocuments<TextBuffer>) {
    this.#analyzer = analyzer;
    this.#documents = documents;
  }

  /** @param changed the only part that this edit changed; undefined where all of the buffer may be new. */
  edited(uri: string, changed?: TextChange): void {
    const before = this.#edited.get(uri);
    const isFirst = !this.#edited.has(uri);
    this.#edited.set(uri, isFirst ? changed : before && changed && joinChanges(before, changed));
  }

  /** @param staysKnown somebody else says soon what the file holds; until then the last text counts. */
  closed(uri: string, staysKnown: boolean): void {
    this.#edited.delete(uri);
    this.#failures.delete(uri);
    if (!staysKnown) {
      this.#analyzer.apply({ kind: 'remove', uri });
    }
  }

  /**
   * A file that is not open holds this text; nothing happens where it is open.
   *
   * @returns how many objects that may matter stand in it.
   */
  setClosed(uri: string, text: string): number {
    if (this.isOpen(uri)) {
      return objectsIn(this.#analyzer.snapshot().files.get(uri));
    }
    try {
      this.#failures.delete(uri);
      if (this.#analyzer.snapshot().files.get(uri)?.text !== text) {
        this.#analyzer.apply({ kind: 'set', uri, text });
      }
      const file = this.#analyzer.snapshot().files.get(uri);
      readPods(file);
      return objectsIn(file);
    } catch (error) {
      this.#failures.set(uri, error);
      this.#analyzer.apply({ kind: 'remove', uri });
      return 0;
    }
  }

  /** A file that is not open is not there any more, or cannot matter. */
  removeClosed(uri: string): void {
    if (!this.isOpen(uri) && this.#analyzer.snapshot().files.has(uri)) {
      this.#analyzer.apply({ kind: 'remove', uri });
    }
  }

  /** The buffer of a file, or where it is not open its text as it is known. */
  documentOf(uri: string): TextDocument {
    return this.#documents.get(uri) ?? TextDocument.create(uri, 'yaml', 0, this.snapshot().files.get(uri)?.text ?? '');
  }

  isOpen(uri: string): boolean {
    return this.#documents.get(uri) !== undefined;
  }

  /** Everything as the buffers have it now. */
  snapshot(): Snapshot {
    for (const [uri, changed] of this.#edited) {
      this.#edited.delete(uri);
      this.#read(uri, changed);
    }
    return this.#analyzer.snapshot();
  }

  /** Why the buffer, as it is now, could not be read; undefined where it could. */
  failureOf(uri: string): unknown {
    return this.#failures.get(uri);
  }

  /** A text on which the engine fails is taken out, so that nothing is said about it from an older one. */
  #read(uri: string, changed: TextChange | undefined): void {
    const document = this.#documents.get(uri);
    if (document === undefined) {
      return;
    }
    try {
      this.#failures.delete(uri);
      if (changed === undefined) {
        this.#analyzer.apply({ kind: 'set', uri, text: document.getText() });
      } else {
        const inserted = document.textBetween(changed.start, changed.newEnd);
        this.#analyzer.apply({ kind: 'edit', uri, changed, inserted, text: () => document.getText() });
      }
    } catch (error) {
      this.#failures.set(uri, error);
      this.#analyzer.apply({ kind: 'remove', uri });
    }
  }
}

/** The first Service that is judged asks for the pods of all files, and whoever waits then would wait for them all. */
function readPods(file: ManifestFile | undefined): void {
  for (const { manifest } of file?.manifests ?? []) {
    void manifest.pods;
  }
}

function objectsIn(file: ManifestFile | undefined): number {
  return (file?.manifests ?? []).reduce(
    (sum, { manifest }) => sum + (manifest.relevance === 'none' ? 0 : countObjects(manifest)),
    0,
  );
}
