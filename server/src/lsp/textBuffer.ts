import type { Position, Range, TextDocument, TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { joinChanges, type TextChange } from '../text/change.ts';

/**
 * The text of an open document, kept as lines, so that a key in a long file costs what its line costs. The whole text
 * is put together only when somebody asks for it. Lines end as the protocol says: with `\n`, `\r\n` or `\r`.
 */
export class TextBuffer implements TextDocument {
  readonly uri: string;
  readonly languageId: string;
  #version: number;
  /** Each with its end; together they are the text. The last one has none, and may be empty. */
  #lines: string[];
  /** The offset of each line. Behind an edit all are shifted, which costs far less in numbers of one size. */
  #starts: Int32Array;
  #text: string | undefined;
  #changed: TextChange | undefined;

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.uri = uri;
    this.languageId = languageId;
    this.#version = version;
    this.#text = text;
    this.#lines = linesOf(text);
    this.#starts = startsOf(this.#lines, 0);
  }

  get version(): number {
    return this.#version;
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /** The only part that the last update changed; undefined where all of the text may be new. */
  get changed(): TextChange | undefined {
    return this.#changed;
  }

  getText(range?: Range): string {
    if (range !== undefined) {
      return this.textBetween(this.offsetAt(range.start), this.offsetAt(range.end));
    }
    this.#text ??= this.#lines.join('');
    return this.#text;
  }

  textBetween(start: number, end: number): string {
    const first = this.#lineAt(start);
    const last = this.#lineAt(end);
    const offset = this.#starts[first] ?? 0;
    return this.#lines
      .slice(first, last + 1)
      .join('')
      .slice(start - offset, end - offset);
  }

  positionAt(offset: number): Position {
    const bounded = Math.max(0, Math.min(offset, this.#length()));
    const line = this.#lineAt(bounded);
    const character = bounded - (this.#starts[line] ?? 0);
    return { line, character: Math.min(character, this.#contentLength(line)) };
  }

  offsetAt({ line, character }: Position): number {
    if (line >= this.#lines.length) {
      return this.#length();
    }
    const start = line < 0 ? undefined : this.#starts[line];
    return start === undefined ? 0 : start + Math.max(0, Math.min(character, this.#contentLength(line)));
  }

  getLineRange(line: number): Range {
    const known = Math.max(0, Math.min(line, this.#lines.length - 1));
    return {
      start: { line: known, character: 0 },
      end: { line: known, character: line < 0 ? 0 : this.#contentLength(known) },
    };
  }

  getEOLCharacters(line: number): string {
    return (this.#lines[line] ?? '').slice(this.#contentLength(line));
  }

  /** Each change is relative to the text that the one before it leaves. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): void {
    this.#version = version;
    let all: TextChange | undefined;
    let isKnown = true;
    for (const change of changes) {
      if ('range' in change) {
        const offsets = [this.offsetAt(change.range.start), this.offsetAt(change.range.end)];
        const own = this.#replace(Math.min(...offsets), Math.max(...offsets), change.text);
        all = all === undefined ? own : joinChanges(all, own);
      } else {
        this.#lines = linesOf(change.text);
        this.#starts = startsOf(this.#lines, 0);
        this.#text = change.text;
        isKnown = false;
      }
    }
    this.#changed = isKnown ? all : undefined;
  }

  #replace(start: number, oldEnd: number, inserted: string): TextChange {
    // A line feed may come to stand behind a carriage return, or lose its own, so the lines around are split anew too.
    const first = Math.max(0, this.#lineAt(start) - 1);
    const last = Math.min(this.#lines.length - 1, this.#lineAt(oldEnd) + 1);
    const offset = this.#starts[first] ?? 0;
    const old = this.#lines.slice(first, last + 1).join('');
    const lines = linesOf(old.slice(0, start - offset) + inserted + old.slice(oldEnd - offset));
    if (last < this.#lines.length - 1) {
      // What follows is a line that is there already, not the empty one behind an end.
      lines.pop();
    }
    const removed = last - first + 1;
    splice(this.#lines, first, removed, lines);
    this.#starts = replaced(this.#starts, first, removed, startsOf(lines, offset));
    shiftAll(this.#starts, first + lines.length, inserted.length - (oldEnd - start));
    this.#text = undefined;
    return { start, oldEnd, newEnd: start + inserted.length };
  }

  #length(): number {
    return (this.#starts[this.#starts.length - 1] ?? 0) + (this.#lines.at(-1)?.length ?? 0);
  }

  /** How much of a line stands before its end. */
  #contentLength(line: number): number {
    const text = this.#lines[line] ?? '';
    let length = text.length;
    while (length > 0 && (text[length - 1] === '\n' || text[length - 1] === '\r')) {
      length--;
    }
    return length;
  }

  #lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n|\r(?!\n))/).concat(/[\n\r]$/.test(text) ? [''] : []);
}

function startsOf(lines: readonly string[], offset: number): Int32Array {
  const starts = new Int32Array(lines.length);
  let start = offset;
  for (let line = 0; line < lines.length; line++) {
    starts[line] = start;
    start += lines[line]?.length ?? 0;
  }
  return starts;
}

function shiftAll(starts: Int32Array, first: number, by: number): void {
  for (let line = by === 0 ? starts.length : first; line < starts.length; line++) {
    starts[line] = (starts[line] ?? 0) + by;
  }
}

/** With some values in the place of others. */
function replaced(all: Int32Array, start: number, removed: number, values: Int32Array): Int32Array {
  if (values.length === removed) {
    all.set(values, start);
    return all;
  }
  const result = new Int32Array(all.length - removed + values.length);
  result.set(all.subarray(0, start));
  result.set(values, start);
  result.set(all.subarray(start + removed), start + values.length);
  return result;
}

/** More values than these are too many arguments for one call. */
const MAXIMUM_ARGUMENTS = 10_000;

/** Replaces some values of a list by others, in place. */
function splice<T>(list: T[], start: number, removed: number, values: readonly T[]): void {
  list.splice(start, removed, ...values.slice(0, MAXIMUM_ARGUMENTS));
  for (let done = MAXIMUM_ARGUMENTS; done < values.length; done += MAXIMUM_ARGUMENTS) {
    list.splice(start + done, 0, ...values.slice(done, done + MAXIMUM_ARGUMENTS));
  }
}
