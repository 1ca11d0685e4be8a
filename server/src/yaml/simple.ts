import type { ScalarStyle, YamlMapping, YamlNode, YamlPair, YamlScalar, YamlSequence } from './nodes.ts';
import { firstEndingAfter, type TemplateAction } from './template.ts';

/**
 * Reads the YAML that nearly all manifests are written in many times faster than the library: mappings and lists in
 * block style, scalars on one line, text blocks, short flow collections, comments. Answers with undefined for
 * any text that holds something else or that may be a mistake, however small; then the library has to read it. What
 * is answered is exactly what the library's reading would give, which a test shows on random texts.
 *
 * @param actions where the text is masked.
 */
export function parseSimple(text: string, actions: readonly TemplateAction[] = []): YamlNode | undefined {
  if (UNUSUAL.test(text)) {
    return undefined;
  }
  try {
    return new SimpleReader(text, actions).root();
  } catch (error) {
    if (error === NOT_SIMPLE) {
      return undefined;
    }
    throw error;
  }
}

/** Tabs and byte order marks count as white space in some places only, and a lone carriage return ends no line. */
const UNUSUAL = /[\t\uFEFF]|\r(?!\n)/;

/** Leads out of the deepest nesting at once; no failure, so it carries no stack. */
const NOT_SIMPLE = Symbol('not simple');

/** Deeper nesting than any manifest has is the library's business, and so are keys that it may refuse. */
const MAXIMUM_DEPTH = 50;
const MAXIMUM_KEY_LENGTH = 500;

const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const HASH = 0x23;
const SINGLE_QUOTE = 0x27;
const COMMA = 0x2c;
const DASH = 0x2d;
const COLON = 0x3a;
const GREATER = 0x3e;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const PIPE = 0x7c;
const CLOSE_BRACE = 0x7d;

/** What a key, and a plain scalar in a flow collection, is made of here. */
const WORD = new Uint8Array(128);
/** What a plain scalar in block style may begin with, apart from a dash. */
const FIRST = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const unit = String.fromCharCode(code);
  WORD[code] = /[\w./-]/.test(unit) ? 1 : 0;
  FIRST[code] = /[\w./$()+;<=^~\\]/.test(unit) ? 1 : 0;
}

function isWord(code: number): boolean {
  return code < 128 && WORD[code] === 1;
}

class SimpleReader {
  readonly #text: string;
  readonly #length: number;
  readonly #actions: readonly TemplateAction[];
  /** The start of the line that is being read. */
  #line = 0;
  /** Where its content begins, and in which column; behind the last line -1. */
  #position = 0;
  #column = -1;

  constructor(text: string, actions: readonly TemplateAction[]) {
    this.#text = text;
    this.#length = text.length;
    this.#actions = actions;
  }

  root(): YamlNode {
    const marker = this.#text.startsWith('---') ? this.#endOfLine(3) : 0;
    this.#goToContent(marker);
    if (this.#column === -1) {
      throw NOT_SIMPLE;
    }
    const root = this.#block(0);
    if (this.#column !== -1) {
      throw NOT_SIMPLE;
    }
    return root;
  }

  #code(at: number): number {
    return at < this.#length ? this.#text.charCodeAt(at) : NEWLINE;
  }

  /** Goes to the first line with content, from the start of a line on. */
  #goToContent(start: number): void {
    let line = start;
    while (line < this.#length) {
      const at = this.#skipSpaces(line);
      const code = this.#code(at);
      if (code === HASH) {
        const newline = this.#text.indexOf('\n', at);
        line = newline === -1 ? this.#length : newline + 1;
      } else if (code === NEWLINE) {
        line = at + 1;
      } else if (code === RETURN) {
        line = at + 2;
      } else {
        this.#line = line;
        this.#position = at;
        this.#column = at - line;
        return;
      }
    }
    this.#line = this.#length;
    this.#position = this.#length;
    this.#column = -1;
  }

  #skipSpaces(from: number): number {
    let at = from;
    while (this.#code(at) === SPACE) {
      at++;
    }
    return at;
  }

  /** The start of the line below, where nothing but blanks and a comment follows on this one. */
  #endOfLine(from: number): number {
    const at = this.#skipSpaces(from);
    const code = this.#code(at);
    if (code === HASH && at > from) {
      const newline = this.#text.indexOf('\n', at);
      return newline === -1 ? this.#length : newline + 1;
    }
    if (code !== NEWLINE && code !== RETURN) {
      throw NOT_SIMPLE;
    }
    return at + (code === RETURN ? 2 : 1);
  }

  #endsLine(from: number): boolean {
    const at = this.#skipSpaces(from);
    const code = this.#code(at);
    return code === NEWLINE || code === RETURN || (code === HASH && at > from);
  }

  #block(depth: number): YamlNode {
    if (depth > MAXIMUM_DEPTH) {
      throw NOT_SIMPLE;
    }
    return this.#isDash(this.#position) ? this.#sequence(depth) : this.#mapping(depth);
  }

  #isDash(at: number): boolean {
    return this.#code(at) === DASH && isSpaceOrLineEnd(this.#code(at + 1));
  }

  #isFlow(at: number): boolean {
    const code = this.#code(at);
    return code === OPEN_BRACE || code === OPEN_BRACKET;
  }

  #mapping(depth: number): YamlMapping {
    const column = this.#column;
    const start = this.#position;
    const pairs: YamlPair[] = [];
    let end = start;
    do {
      const pair = this.#pair(column, depth);
      pairs.push(pair);
      end = pair.span.end;
    } while (this.#column === column && !this.#isDash(this.#position));
    if (this.#column > column) {
      throw NOT_SIMPLE;
    }
    return { kind: 'mapping', span: { start, end }, style: 'block', pairs, open: this.#hasUnknownKey(pairs) };
  }

  #pair(column: number, depth: number): YamlPair {
    const start = this.#position;
    const colon = this.#endOfKey(start);
    if (colon === -1) {
      throw NOT_SIMPLE;
    }
    const key = this.#scalarAt(start, colon, 'plain', this.#text.slice(start, colon));
    const value = this.#valueOfPair(colon + 1, column, depth);
    return { key, value, span: { start, end: value.span.end }, conditional: false };
  }

  /** The colon behind a key; -1 where no simple key stands. */
  #endOfKey(start: number): number {
    let at = start;
    if (this.#code(at) === DASH) {
      return -1;
    }
    while (isWord(this.#code(at))) {
      at++;
    }
    const isKey = at > start && at - start <= MAXIMUM_KEY_LENGTH && this.#code(at) === COLON;
    return isKey && isSpaceOrLineEnd(this.#code(at + 1)) ? at : -1;
  }

  #valueOfPair(from: number, column: number, depth: number): YamlNode {
    if (!this.#endsLine(from)) {
      return this.#inline(this.#skipSpaces(from), column, depth);
    }
    this.#goToContent(this.#endOfLine(from));
    if (this.#column > column || (this.#column === column && this.#isDash(this.#position))) {
      return this.#isFlow(this.#position) ? this.#inline(this.#position, column, depth) : this.#block(depth + 1);
    }
    return this.#scalarAt(from, from, 'plain', '');
  }

  #sequence(depth: number): YamlSequence {
    const column = this.#column;
    const start = this.#position;
    const items: YamlNode[] = [];
    let end = start;
    do {
      const item = this.#item(this.#position + 1, column, depth);
      items.push(item);
      end = item.span.end;
    } while (this.#column === column && this.#isDash(this.#position));
    if (this.#column > column) {
      throw NOT_SIMPLE;
    }
    return { kind: 'sequence', span: { start, end }, style: 'block', items, open: false };
  }

  #item(from: number, column: number, depth: number): YamlNode {
    if (this.#endsLine(from)) {
      this.#goToContent(this.#endOfLine(from));
      if (this.#column <= column) {
        throw NOT_SIMPLE;
      }
      return this.#block(depth + 1);
    }
    const at = this.#skipSpaces(from);
    if (this.#endOfKey(at) === -1) {
      return this.#inline(at, column, depth);
    }
    this.#position = at;
    this.#column = at - this.#line;
    return this.#block(depth + 1);
  }

  /** What stands behind a colon or a dash on the same line, and nothing deeper below it. */
  #inline(at: number, column: number, depth: number): YamlNode {
    const code = this.#code(at);
    if (code === PIPE || code === GREATER) {
      return this.#textBlock(at, column);
    }
    const value = this.#isFlow(at)
      ? this.#flow(at, depth + 1)
      : code === DOUBLE_QUOTE || code === SINGLE_QUOTE
        ? this.#quoted(at, code)
        : this.#plain(at);
    this.#goToContent(this.#endOfLine(value.span.end));
    if (this.#column > column) {
      throw NOT_SIMPLE;
    }
    return value;
  }

  #scalarAt(start: number, end: number, style: ScalarStyle, text: string): YamlScalar {
    // Looked for in the empty list, they would take a tenth of the time of reading.
    const templated = this.#actions.length > 0 && firstEndingAfter(this.#actions, start, end) !== undefined;
    return { kind: 'scalar', span: { start, end }, text, style, tag: undefined, templated };
  }

  #hasUnknownKey(pairs: readonly YamlPair[]): boolean {
    return this.#actions.length > 0 && pairs.some(({ key }) => key.kind === 'scalar' && key.templated);
  }

  #plain(start: number): YamlScalar {
    const first = this.#code(start);
    const begins = first === DASH ? !isSpaceOrLineEnd(this.#code(start + 1)) : first >= 128 || FIRST[first] === 1;
    if (!begins) {
      throw NOT_SIMPLE;
    }
    let end = start;
    for (let at = start; ; at++) {
      const code = this.#code(at);
      if (code === NEWLINE || code === RETURN || (code === HASH && this.#code(at - 1) === SPACE)) {
        return this.#scalarAt(start, end, 'plain', this.#text.slice(start, end));
      }
      if (code === COLON && isSpaceOrLineEnd(this.#code(at + 1))) {
        throw NOT_SIMPLE;
      }
      if (code !== SPACE) {
        end = at + 1;
      }
    }
  }

  #quoted(start: number, quote: number): YamlScalar {
    for (let at = start + 1; ; at++) {
      const code = this.#code(at);
      if (code === NEWLINE || code === BACKSLASH) {
        throw NOT_SIMPLE;
      }
      if (code === quote) {
        if (this.#code(at + 1) === SINGLE_QUOTE) {
          throw NOT_SIMPLE;
        }
        const style = quote === DOUBLE_QUOTE ? 'double' : 'single';
        return this.#scalarAt(start, at + 1, style, this.#text.slice(start + 1, at));
      }
    }
  }

  /** A collection in brackets or braces that ends on its line. */
  #flow(start: number, depth: number): YamlMapping | YamlSequence {
    if (depth > MAXIMUM_DEPTH) {
      throw NOT_SIMPLE;
    }
    const isMapping = this.#code(start) === OPEN_BRACE;
    const close = isMapping ? CLOSE_BRACE : CLOSE_BRACKET;
    const pairs: YamlPair[] = [];
    const items: YamlNode[] = [];
    let at = this.#skipSpaces(start + 1);
    while (this.#code(at) !== close || pairs.length + items.length > 0) {
      const part = isMapping ? this.#flowPair(at, depth) : this.#flowValue(at, depth);
      if ('key' in part) {
        pairs.push(part);
      } else {
        items.push(part);
      }
      at = this.#skipSpaces(part.span.end);
      if (this.#code(at) === close) {
        break;
      }
      if (this.#code(at) !== COMMA) {
        throw NOT_SIMPLE;
      }
      at = this.#skipSpaces(at + 1);
    }
    const span = { start, end: at + 1 };
    return isMapping
      ? { kind: 'mapping', span, style: 'flow', pairs, open: this.#hasUnknownKey(pairs) }
      : { kind: 'sequence', span, style: 'flow', items, open: false };
  }

  #flowPair(start: number, depth: number): YamlPair {
    const key = this.#flowWord(start);
    if (this.#code(key.span.end) !== COLON || this.#code(key.span.end + 1) !== SPACE) {
      throw NOT_SIMPLE;
    }
    const value = this.#flowValue(this.#skipSpaces(key.span.end + 1), depth);
    return { key, value, span: { start, end: value.span.end }, conditional: false };
  }

  #flowValue(at: number, depth: number): YamlNode {
    const code = this.#code(at);
    if (this.#isFlow(at)) {
      return this.#flow(at, depth + 1);
    }
    return code === DOUBLE_QUOTE || code === SINGLE_QUOTE ? this.#quoted(at, code) : this.#flowWord(at);
  }

  #flowWord(start: number): YamlScalar {
    let end = start;
    while (isWord(this.#code(end))) {
      end++;
    }
    const isDash = end === start + 1 && this.#code(start) === DASH;
    if (end === start || isDash) {
      throw NOT_SIMPLE;
    }
    return this.#scalarAt(start, end, 'plain', this.#text.slice(start, end));
  }

  /** A text as `|`, `|-`, `>` and `>-` begin it; it ends where a line is indented less. */
  #textBlock(start: number, column: number): YamlScalar {
    const strips = this.#code(start + 1) === DASH;
    const folds = this.#code(start) === GREATER;
    let line = this.#endOfLine(start + (strips ? 2 : 1));
    const indent = this.#skipSpaces(line) - line;
    const lines: string[] = [];
    let end = start;
    // Lines of blanks are a part of the text where more of it follows.
    let blank: BlankLine[] = [];
    while (line < this.#length) {
      const at = this.#skipSpaces(line);
      const newline = this.#text.indexOf('\n', at);
      const lineEnd = newline === -1 ? this.#length : newline;
      if (at === lineEnd) {
        blank.push({ start: line, end: lineEnd, rest: this.#text.slice(line + indent, lineEnd) });
      } else if (at - line < indent) {
        break;
      } else {
        if (folds && (blank.length > 0 || at - line > indent)) {
          throw NOT_SIMPLE;
        }
        // There may be more of them than arguments fit into a call.
        for (const { rest } of blank) {
          lines.push(rest);
        }
        lines.push(this.#text.slice(line + indent, lineEnd));
        blank = [];
        end = lineEnd;
      }
      line = lineEnd + 1;
    }
    const contentEnd = end;
    for (const { end: lineEnd, rest } of this.#masked(blank)) {
      lines.push(rest);
      end = lineEnd;
    }
    const hasReturn = this.#text.slice(start, end).includes('\r');
    const isWhole = end < this.#length;
    const unfolded = folds && end !== contentEnd;
    if (unfolded || lines.length === 0 || lines[0]?.trim() === '' || indent <= column || hasReturn || !isWhole) {
      throw NOT_SIMPLE;
    }
    if (line < this.#length && this.#skipSpaces(line) - line > column) {
      throw NOT_SIMPLE;
    }
    this.#goToContent(Math.min(line, this.#length));
    const text = lines.join(folds ? ' ' : '\n') + (strips ? '' : '\n');
    return this.#scalarAt(start, end, folds ? 'folded' : 'literal', text);
  }

  /**
   * Of the blank lines at the end of a text those that belong to it: a template stands in the last one of them. Blanks
   * that somebody wrote there are a part of the text where they are indented more, which is left to the library.
   */
  #masked(blank: readonly BlankLine[]): readonly BlankLine[] {
    const hasAction = ({ start, end }: BlankLine): boolean => firstEndingAfter(this.#actions, start, end) !== undefined;
    const own = blank.slice(0, blank.findLastIndex(hasAction) + 1);
    if (blank.some((line, place) => (line.rest !== '' ? place >= own.length : hasAction(line)))) {
      throw NOT_SIMPLE;
    }
    return own;
  }
}

interface BlankLine {
  readonly start: number;
  readonly end: number;
  /** Its blanks behind the indentation of the text. */
  readonly rest: string;
}

function isSpaceOrLineEnd(code: number): boolean {
  return code === SPACE || code === NEWLINE || code === RETURN;
}
