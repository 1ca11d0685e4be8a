import type { Span } from '../text/span.ts';
import { findKey, type Key, NAME } from './blockKey.ts';
import { FlowCleaner } from './cleanFlow.ts';
import {
  isOrdinarySpace,
  isStrayZeroWidth,
  isUnicodeSpace,
  isWhiteSpace,
  isZeroWidth,
  type KnownFields,
  type PastedKind,
  type Replacement,
  Replacements,
  SUSPICIOUS,
  typographicPair,
} from './pasted.ts';

/** A document in which pasted characters were replaced by the ones that YAML reads, and the way back. */
export interface Cleaning {
  readonly text: string;
  readonly replacements: readonly Replacement[];
  toRaw(span: Span): Span;
}

/**
 * Replaces characters that came in by pasting, but only where they stand for syntax: as indentation, as the separator
 * around a key's colon, around the value of a known field. Comments, quoted text, block scalars and other values are
 * content and stay. Returns undefined where there is nothing to clean.
 */
export function cleanPastedText(raw: string, knownFields: KnownFields): Cleaning | undefined {
  if (!SUSPICIOUS.test(raw)) {
    return undefined;
  }
  const replacements = new LineCleaner(raw, knownFields).run();
  return replacements.length === 0 ? undefined : apply(raw, replacements);
}

function apply(raw: string, replacements: readonly Replacement[]): Cleaning {
  let text = '';
  let position = 0;
  const anchors = replacements.map((replacement) => {
    text += raw.slice(position, replacement.span.start);
    const start = text.length;
    text += replacement.newText;
    position = replacement.span.end;
    return { start, end: text.length, raw: replacement.span };
  });
  text += raw.slice(position);
  const toRaw = (offset: number, edge: 'start' | 'end'): number => {
    let low = 0;
    let high = anchors.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const anchor = anchors[middle];
      const before = anchor !== undefined && (edge === 'start' ? anchor.start < offset : anchor.start <= offset);
      if (before) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const anchor = anchors[low - 1];
    if (anchor === undefined) {
      return offset;
    }
    if (edge === 'end' && anchor.start === offset && anchor.end > anchor.start) {
      return anchor.raw.start;
    }
    if (offset < anchor.end) {
      return edge === 'start' ? anchor.raw.start : anchor.raw.end;
    }
    return anchor.raw.end + (offset - anchor.end);
  };
  return {
    text,
    replacements,
    toRaw: (span) => ({ start: toRaw(span.start, 'start'), end: toRaw(span.end, 'end') }),
  };
}

const BLOCK_SCALAR = /^[|>](?:([+-]?)(\d?)|(\d)[+-])(?=$|[^\w+-])/;

/** A plain value that may go on in the lines below it. */
interface PlainValue {
  /** Lines that are indented deeper than this may belong to it. */
  readonly indent: number;
  /** It is the value of a field that we know; those never take more than one line. */
  readonly known: boolean;
}

/** Walks the lines of a document and knows of each whether it is syntax or the inside of a scalar. */
class LineCleaner {
  readonly #raw: string;
  readonly #knownFields: KnownFields;
  readonly #out = new Replacements();
  readonly #flow: FlowCleaner;
  #blockScalar: { readonly parentIndent: number; contentIndent: number | undefined } | undefined;
  #plainValue: PlainValue | undefined;
  /** The line above is a key without a value, and whether we know it: what comes next may be a text on its own line. */
  #awaitedValue: PlainValue | undefined;

  constructor(raw: string, knownFields: KnownFields) {
    this.#raw = raw;
    this.#knownFields = knownFields;
    this.#flow = new FlowCleaner(raw, knownFields, this.#out);
  }

  run(): readonly Replacement[] {
    let start = this.#raw.charCodeAt(0) === 0xfeff ? 1 : 0;
    while (start < this.#raw.length) {
      const newline = this.#raw.indexOf('\n', start);
      const next = newline === -1 ? this.#raw.length : newline + 1;
      let end = newline === -1 ? this.#raw.length : newline;
      if (end > start && this.#raw[end - 1] === '\r') {
        end--;
      }
      this.#line(start, end);
      start = next;
    }
    return this.#out.sorted();
  }

  #line(start: number, end: number): void {
    if (this.#flow.isOpen) {
      this.#finish(this.#flow.line(start, end), end);
      return;
    }
    if (this.#blockScalar !== undefined && this.#insideBlockScalar(start, end)) {
      return;
    }
    this.#blockScalar = undefined;
    const content = this.#endOfWhiteSpace(start, end);
    const spaces = this.#endOfSpaces(start, content) - start;
    const above = this.#plainValue;
    if (above !== undefined && spaces > above.indent && !this.#looksLikeKey(above, content, end)) {
      return;
    }
    if (content === end) {
      this.#dropPastedBlankLine(start, end);
      return;
    }
    if (this.#raw[content] === '#') {
      this.#cleanCommentIndentation(start, content);
      return;
    }
    if (this.#isTextOnItsOwnLine(content, end, spaces)) {
      return;
    }
    this.#plainValue = undefined;
    const marker = content === start ? this.#endOfMarker(start, end) : undefined;
    if (marker !== undefined) {
      this.#awaitedValue = undefined;
      this.#value(marker, end, -1, false);
      return;
    }
    this.#blockLine(content, end, this.#cleanIndentation(start, content));
  }

  /** Whether a line is the text that the key above it awaits. */
  #isTextOnItsOwnLine(content: number, end: number, spaces: number): boolean {
    const awaited = this.#awaitedValue;
    const isText =
      awaited !== undefined &&
      !awaited.known &&
      spaces > awaited.indent &&
      !/["'&!*|>{[]/.test(this.#raw[content] ?? '') &&
      !this.#isDash(content, end) &&
      findKey(this.#raw, content, end, true, this.#knownFields) === undefined;
    if (isText) {
      this.#awaitedValue = undefined;
      this.#plainValue = awaited;
    }
    return isText;
  }

  /** Behind the marker that begins or ends a document, and the space after it; undefined where the line has none. */
  #endOfMarker(start: number, end: number): number | undefined {
    const three = this.#raw.slice(start, start + 3);
    if ((three !== '---' && three !== '...') || (start + 3 < end && !isWhiteSpace(this.#raw, start + 3))) {
      return undefined;
    }
    const value = this.#endOfWhiteSpace(start + 3, end);
    if (value === end) {
      this.#dropTrailingSpace(start + 3, end);
    } else {
      this.#cleanSpaces(start + 3, value);
    }
    return value;
  }

  #endOfWhiteSpace(from: number, end: number): number {
    let at = from;
    while (at < end && isWhiteSpace(this.#raw, at)) {
      at++;
    }
    return at;
  }

  #endOfSpaces(from: number, end: number): number {
    let at = from;
    while (at < end && this.#raw[at] === ' ') {
      at++;
    }
    return at;
  }

  /** Pasted characters on an otherwise empty line would be read as a value. */
  #dropPastedBlankLine(start: number, end: number): void {
    this.#dropTrailingSpace(start, end);
  }

  /** YAML allows tabs before a comment. */
  #cleanCommentIndentation(start: number, content: number): void {
    if (!/^[ \t]*$/.test(this.#raw.slice(start, content))) {
      this.#cleanIndentation(start, content);
    }
  }

  /** Makes the run before a line's content ordinary spaces; returns how many that are. */
  #cleanIndentation(start: number, content: number): number {
    let width = 0;
    for (let at = start; at < content; at++) {
      if (this.#raw[at] === '\t') {
        this.#out.add(at, at + 1, '  ', 'tab');
        width += 2;
      } else {
        this.#cleanSpace(at);
        width += isZeroWidth(this.#raw.charCodeAt(at)) ? 0 : 1;
      }
    }
    return width;
  }

  #cleanSpaces(start: number, end: number): void {
    for (let at = start; at < end; at++) {
      this.#cleanSpace(at);
    }
  }

  #cleanSpace(at: number): void {
    const code = this.#raw.charCodeAt(at);
    if (isUnicodeSpace(code)) {
      this.#out.add(at, at + 1, ' ', code === 0xa0 ? 'no-break space' : 'Unicode space');
    } else if (isZeroWidth(code)) {
      this.#out.add(at, at + 1, '', 'zero-width character');
    }
  }

  #insideBlockScalar(start: number, end: number): boolean {
    const scalar = this.#blockScalar;
    if (scalar === undefined) {
      return false;
    }
    const content = this.#endOfWhiteSpace(start, end);
    const spaces = this.#endOfSpaces(start, content) - start;
    const isContent = spaces >= (scalar.contentIndent ?? scalar.parentIndent + 1);
    if (content === end) {
      // A blank line may be indented less than the text, but what looks blank only ends the scalar.
      if (!isContent) {
        this.#dropPastedBlankLine(start, end);
      }
      return true;
    }
    if (isContent) {
      scalar.contentIndent ??= spaces;
      return true;
    }
    let width = 0;
    let at = start;
    while (at < content && (scalar.contentIndent === undefined || width < scalar.contentIndent)) {
      width += this.#raw[at] === '\t' ? 2 : isZeroWidth(this.#raw.charCodeAt(at)) ? 0 : 1;
      at++;
    }
    if (width <= scalar.parentIndent) {
      return false;
    }
    scalar.contentIndent ??= width;
    this.#cleanIndentation(start, at);
    return true;
  }

  /** A line of block style: indicators, then perhaps a key, then a value. */
  #blockLine(content: number, end: number, indentOfLine: number): void {
    const awaited = this.#awaitedValue;
    this.#awaitedValue = undefined;
    let at = content;
    let indent = indentOfLine;
    let dash = -1;
    while (this.#isDash(at, end)) {
      dash = indent;
      if (this.#raw[at] !== '-') {
        this.#out.add(at, at + 1, '-', 'full-width punctuation');
      }
      const next = this.#endOfWhiteSpace(at + 1, end);
      this.#cleanSpaces(at + 1, next);
      this.#cleanTabsBehindDash(at + 1, next, end);
      indent += next - at;
      at = next;
    }
    const isItem = dash >= 0;
    const mayBeText = isItem || (awaited !== undefined && !awaited.known && indent > awaited.indent);
    const key = findKey(this.#raw, at, end, mayBeText, this.#knownFields);
    if (key === undefined) {
      this.#value(at, end, isItem ? dash : Math.min(awaited?.indent ?? indent, indent), false);
      return;
    }
    this.#cleanKey(at, key);
    const value = this.#endOfWhiteSpace(key.colon + 1, end);
    const known = key.pasted || this.#knownFields(key.name);
    if (NAME.test(key.name) || !isOrdinarySpace(this.#raw[key.colon + 1])) {
      this.#cleanSpaces(key.colon + 1, value);
    }
    if (this.#raw[key.colon] === '：') {
      const separated = value > key.colon + 1 || value === end;
      this.#out.add(key.colon, key.colon + 1, separated ? ':' : ': ', 'full-width punctuation');
    }
    if (value === end || this.#raw[value] === '#') {
      this.#awaitedValue = { indent, known };
    }
    this.#value(value, end, indent, known);
  }

  /** A tab behind a dash is legal before a text, but not where a key or another dash needs a column of its own. */
  #cleanTabsBehindDash(from: number, next: number, end: number): void {
    const beforeColumn =
      this.#isDash(next, end) || findKey(this.#raw, next, end, true, this.#knownFields) !== undefined;
    for (let at = from; at < next && beforeColumn; at++) {
      if (this.#raw[at] === '\t') {
        this.#out.add(at, at + 1, ' ', 'tab');
      }
    }
  }

  #isDash(at: number, end: number): boolean {
    const isDash = this.#raw[at] === '-' || this.#raw[at] === '－';
    return isDash && at < end && (at + 1 === end || isWhiteSpace(this.#raw, at + 1));
  }

  /** Whether a line that could go on with the value above is a key that was indented too far. */
  #looksLikeKey(above: PlainValue, at: number, end: number): boolean {
    const key = above.known ? findKey(this.#raw, at, end, true, this.#knownFields) : undefined;
    return key !== undefined && this.#knownFields(key.name);
  }

  #cleanKey(start: number, key: Key): void {
    for (let at = start; at < key.colon; at++) {
      const inName = at < key.nameEnd;
      const quote = inName && key.pasted ? typographicPair(this.#raw[at] ?? '') : undefined;
      if (quote !== undefined) {
        this.#out.add(at, at + 1, quote.ascii, 'typographic quote');
      } else if (inName ? !key.quoted && isStrayZeroWidth(this.#raw, at) : key.quoted || NAME.test(key.name)) {
        this.#cleanSpace(at);
      }
    }
  }

  /** The value after a key or a dash; only what surrounds the value of a known field is cleaned. */
  #value(start: number, end: number, indent: number, known: boolean): void {
    let at = start;
    const properties = /^(?:[&!][^\s]*\s+)+/.exec(this.#raw.slice(at, end));
    at += properties?.[0].length ?? 0;
    const text = this.#raw.slice(at, end);
    const block = BLOCK_SCALAR.exec(text);
    if (block !== null) {
      const digit = block[2] || block[3];
      const explicit = digit === undefined ? undefined : Math.max(indent, 0) + Number(digit);
      this.#blockScalar = { parentIndent: indent, contentIndent: explicit };
      this.#finish(at + block[0].length, end);
    } else if (/^[{["']/.test(text)) {
      this.#finish(this.#flow.line(at, end, known), end);
    } else if (text === '' || text.startsWith('#')) {
      return;
    } else if (known) {
      this.#knownValue(at, end, indent);
    } else {
      this.#plainValue = { indent, known: false };
    }
  }

  /** Behind a quoted text, a flow collection or a block scalar's header only space and a comment can follow. */
  #finish(from: number | undefined, end: number): void {
    if (from === undefined) {
      return;
    }
    const next = this.#endOfWhiteSpace(from, end);
    if (next === end) {
      this.#dropTrailingSpace(from, end);
    } else if (this.#raw[next] === '#') {
      this.#cleanSpaces(from, next);
    }
  }

  /** Typographic quotes around it, and pasted space behind it or before its comment. */
  #knownValue(start: number, end: number, indent: number): void {
    const comment = this.#startOfComment(start, end);
    let valueEnd = comment ?? end;
    while (valueEnd > start && isWhiteSpace(this.#raw, valueEnd - 1)) {
      valueEnd--;
    }
    const opening = typographicPair(this.#raw[start] ?? '');
    const closing = typographicPair(this.#raw[valueEnd - 1] ?? '');
    const quoted = opening !== undefined && valueEnd - start >= 2 && closing?.ascii === opening.ascii;
    for (let at = start; at < valueEnd; at++) {
      if (quoted && (at === start || at === valueEnd - 1)) {
        this.#out.add(at, at + 1, opening.ascii, 'typographic quote');
      } else if (isStrayZeroWidth(this.#raw, at)) {
        this.#cleanSpace(at);
      }
    }
    if (comment === undefined) {
      this.#dropTrailingSpace(valueEnd, end);
    } else {
      this.#cleanSpaces(valueEnd, comment);
    }
    if (!quoted) {
      this.#plainValue = { indent, known: true };
    }
  }

  /** The `#` of a comment behind a value, whatever space stands before it. */
  #startOfComment(start: number, end: number): number | undefined {
    for (let at = this.#raw.indexOf('#', start); at !== -1 && at < end; at = this.#raw.indexOf('#', at + 1)) {
      if (at > start && isWhiteSpace(this.#raw, at - 1)) {
        return at;
      }
    }
    return undefined;
  }

  #dropTrailingSpace(start: number, end: number): void {
    if (start < end && !/^[ \t]*$/.test(this.#raw.slice(start, end))) {
      this.#out.add(start, end, '', kindOf(this.#raw, start, end));
    }
  }
}

function kindOf(raw: string, start: number, end: number): PastedKind {
  for (let at = start; at < end; at++) {
    const code = raw.charCodeAt(at);
    if (isUnicodeSpace(code)) {
      return code === 0xa0 ? 'no-break space' : 'Unicode space';
    }
  }
  return 'zero-width character';
}
