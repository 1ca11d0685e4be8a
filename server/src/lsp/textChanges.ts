import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { joinChanges, type TextChange } from '../text/change.ts';

/** Keeps the text of a buffer, and tells by each edit the only part that it changed. */
export class TextChanges {
  #changed: TextChange | undefined;

  create(uri: string, languageId: string, version: number, text: string): TextDocument {
    this.#changed = undefined;
    return TextDocument.create(uri, languageId, version, text);
  }

  /** Each change is relative to the text that the one before it leaves. */
  update(document: TextDocument, changes: TextDocumentContentChangeEvent[], version: number): TextDocument {
    this.#changed = undefined;
    let all: TextChange | undefined;
    let isKnown = true;
    for (const change of changes) {
      if ('range' in change) {
        const offsets = [document.offsetAt(change.range.start), document.offsetAt(change.range.end)];
        const start = Math.min(...offsets);
        const own = { start, oldEnd: Math.max(...offsets), newEnd: start + change.text.length };
        all = all === undefined ? own : joinChanges(all, own);
      } else {
        isKnown = false;
      }
      TextDocument.update(document, [change], version);
    }
    this.#changed = isKnown ? all : undefined;
    return document;
  }

  /** The part of the buffer that the last edit changed; undefined where all of it may be new. */
  take(): TextChange | undefined {
    const changed = this.#changed;
    this.#changed = undefined;
    return changed;
  }
}
