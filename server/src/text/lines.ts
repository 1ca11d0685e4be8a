/** Lines as YAML sees them here: only `\n` and `\r\n` end a line. */

/** The offset of the first unit of the line that holds `offset`. */
export function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}

/** The offset of the line end (`\r\n`, `\n` or the end of the text) of the line that holds `offset`. */
export function lineContentEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline === -1) {
    return text.length;
  }
  return newline > offset && text[newline - 1] === '\r' ? newline - 1 : newline;
}

/** The offset of the first unit of the next line, or the end of the text. */
export function nextLineStart(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

/** The line end that the text uses; of a text without one, `\n`. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const newline = text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}

/** Zero-based line number and column (UTF-16 units). Only hosts at the edge ask for these. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Turns offsets of one text into lines and columns. Building it costs one pass over the text. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.#starts.push(at + 1);
    }
  }

  at(offset: number): LineColumn {
    const bounded = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= bounded) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { line: low, column: bounded - (this.#starts[low] ?? 0) };
  }
}
