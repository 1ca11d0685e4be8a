import type { Span } from '../text/span.ts';
import { FlowCleaner } from './cleanFlow.ts';
import {
  isUnicodeSpace,
  isZeroWidth,
  type PastedKind,
  type Replacement,
  Replacements,
  SUSPICIOUS,
  typographicPair,
} from './pasted.ts';

export type { PastedKind, Replacement };

/** Says of a key whether its value is one of ours, so that what surrounds the value stands for syntax. */
export type KnownFields = (key: string) => boolean;

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

/** A plain key is made of what Kubernetes names are made of. */
const NAME = /^[A-Za-z0-9_.$/-]+$/;
const BLOCK_SCALAR = /^[|>]([+-]?)(\d?)([+-]?)\s*(#.*)?$/;

/** Walks the lines of a document and knows of each whether it is syntax or the inside of a scalar. */
class LineCleaner {
  readonly #raw: string;
  readonly #knownFields: KnownFields;
  readonly #out = new Replacements();
  readonly #flow: FlowCleaner;
  #blockScalar: { readonly parentIndent: number; contentIndent: number | undefined } | undefined;
  /** The indentation of the line whose plain value may go on below it. */
  #plainValueIndent: number | undefined;

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
      this.#flow.line(start, end);
      return;
    }
    if (this.#blockScalar !== undefined && this.#insideBlockScalar(start, end)) {
      return;
    }
    this.#blockScalar = undefined;
    const content = this.#endOfWhiteSpace(start, end);
    if (content === end) {
      this.#dropPastedBlankLine(start, end);
      return;
    }
    if (this.#raw[content] === '#' && /^[ \t]*$/.test(this.#raw.slice(start, content))) {
      return;
    }
    const indent = this.#cleanIndentation(start, content);
    if (this.#raw[content] === '#') {
      return;
    }
    if (this.#plainValueIndent !== undefined && indent > this.#plainValueIndent && !this.#looksLikeKey(content, end)) {
      return;
    }
    this.#plainValueIndent = undefined;
    this.#blockLine(content, end, indent);
  }

  #endOfWhiteSpace(from: number, end: number): number {
    let at = from;
    while (at < end && isWhiteSpace(this.#raw, at)) {
      at++;
    }
    return at;
  }

  /** Pasted characters on an otherwise empty line would be read as a value. */
  #dropPastedBlankLine(start: number, end: number): void {
    if (!/^[ \t]*$/.test(this.#raw.slice(start, end))) {
      this.#out.add(start, end, '', kindOf(this.#raw, start, end));
    }
  }

  /** Makes the run before a line's content ordinary spaces; returns how many that are. */
  #cleanIndentation(start: number, content: number): number {
    let width = 0;
    for (let at = start; at < content; at++) {
      if (this.#raw[at] === '\t') {
        this.#out.add(at, at + 1, '  ', 'tab');
        width += 2;
      } else if (isZeroWidth(this.#raw.charCodeAt(at))) {
        this.#out.add(at, at + 1, '', 'zero-width character');
      } else {
        this.#cleanSpace(at);
        width++;
      }
    }
    return width;
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
    const content = this.#endOfWhiteSpace(start, end);
    if (scalar === undefined || content === end) {
      return scalar !== undefined;
    }
    let width = 0;
    let at = start;
    while (at < content && (scalar.contentIndent === undefined || width < scalar.contentIndent)) {
      if (this.#raw[at] === '\t' && width > scalar.parentIndent) {
        break;
      }
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
    let at = content;
    let indent = indentOfLine;
    let isItem = false;
    while (this.#isDash(at, end)) {
      isItem = true;
      if (this.#raw[at] !== '-') {
        this.#out.add(at, at + 1, '-', 'full-width punctuation');
      }
      const next = this.#endOfWhiteSpace(at + 1, end);
      for (let space = at + 1; space < next; space++) {
        this.#cleanSpace(space);
      }
      indent += next - at;
      at = next;
    }
    const key = findKey(this.#raw, at, end, isItem, this.#knownFields);
    if (key === undefined) {
      this.#value(at, end, indentOfLine, false);
      return;
    }
    this.#cleanKey(at, key);
    const value = this.#endOfWhiteSpace(key.colon + 1, end);
    for (let space = key.colon + 1; space < value; space++) {
      this.#cleanSpace(space);
    }
    if (this.#raw[key.colon] === '：') {
      const separated = value > key.colon + 1 || value === end;
      this.#out.add(key.colon, key.colon + 1, separated ? ':' : ': ', 'full-width punctuation');
    }
    this.#value(value, end, isItem ? indent : indentOfLine, key.pasted || this.#knownFields(key.name));
  }

  #isDash(at: number, end: number): boolean {
    const isDash = this.#raw[at] === '-' || this.#raw[at] === '－';
    return isDash && (at + 1 === end || isWhiteSpace(this.#raw, at + 1));
  }

  #looksLikeKey(at: number, end: number): boolean {
    const key = findKey(this.#raw, at, end, true, this.#knownFields);
    return key !== undefined && this.#knownFields(key.name);
  }

  #cleanKey(start: number, key: Key): void {
    for (let at = start; at < key.colon; at++) {
      const inName = at < key.nameEnd;
      const quote = inName && key.pasted ? typographicPair(this.#raw[at] ?? '') : undefined;
      if (quote !== undefined) {
        this.#out.add(at, at + 1, quote.ascii, 'typographic quote');
      } else if (isZeroWidth(this.#raw.charCodeAt(at)) || !inName) {
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
      const explicit = block[2] === undefined || block[2] === '' ? undefined : indent + Number(block[2]);
      this.#blockScalar = { parentIndent: indent, contentIndent: explicit };
    } else if (/^[{["']/.test(text)) {
      this.#flow.line(at, end);
    } else if (known) {
      this.#knownValue(at, end, indent);
    } else if (text !== '' && !text.startsWith('#')) {
      this.#plainValueIndent = indent;
    }
  }

  /** Typographic quotes around it, and pasted space behind it or before its comment. */
  #knownValue(start: number, end: number, indent: number): void {
    const text = this.#raw.slice(start, end);
    const comment = /[\s\u200b\u2060\ufeff]+#/.exec(text);
    let valueEnd = comment === null ? end : start + comment.index;
    while (valueEnd > start && isWhiteSpace(this.#raw, valueEnd - 1)) {
      valueEnd--;
    }
    const spaceEnd = comment === null ? end : start + comment.index + comment[0].length - 1;
    const opening = typographicPair(this.#raw[start] ?? '');
    const closing = typographicPair(this.#raw[valueEnd - 1] ?? '');
    const quoted = opening !== undefined && valueEnd - start >= 2 && closing?.ascii === opening.ascii;
    for (let at = start; at < valueEnd; at++) {
      if (quoted && (at === start || at === valueEnd - 1)) {
        this.#out.add(at, at + 1, opening.ascii, 'typographic quote');
      } else if (isZeroWidth(this.#raw.charCodeAt(at))) {
        this.#cleanSpace(at);
      }
    }
    if (comment === null) {
      this.#dropTrailingSpace(valueEnd, end);
    } else {
      for (let at = valueEnd; at < spaceEnd; at++) {
        this.#cleanSpace(at);
      }
    }
    if (valueEnd > start && !quoted) {
      this.#plainValueIndent = indent;
    }
  }

  #dropTrailingSpace(start: number, end: number): void {
    if (start < end && !/^[ \t]*$/.test(this.#raw.slice(start, end))) {
      this.#out.add(start, end, '', kindOf(this.#raw, start, end));
    }
  }
}

interface Key {
  readonly name: string;
  readonly nameEnd: number;
  readonly colon: number;
  /** Its quotes are typographic ones. */
  readonly pasted: boolean;
}

/** The key of a line of block style, if its first colon is one that separates a key from a value. */
function findKey(raw: string, start: number, end: number, isItem: boolean, known: KnownFields): Key | undefined {
  const first = raw[start];
  if (first === '"' || first === "'") {
    return findQuotedKey(raw, start, end, first);
  }
  if (first === undefined || /[{[|>#%@`]/.test(first)) {
    return undefined;
  }
  for (let colon = start; colon < end; colon++) {
    const unit = raw[colon];
    if (unit === '#' && colon > start && isWhiteSpace(raw, colon - 1)) {
      return undefined;
    }
    if (unit !== ':' && unit !== '：') {
      continue;
    }
    const afterOrdinary = colon + 1 === end || /[ \t]/.test(raw[colon + 1] ?? '');
    const afterPasted = isWhiteSpace(raw, colon + 1);
    if (unit === ':' && !afterOrdinary && !afterPasted) {
      continue;
    }
    let nameEnd = colon;
    while (nameEnd > start && isWhiteSpace(raw, nameEnd - 1)) {
      nameEnd--;
    }
    const written = raw.slice(start, nameEnd).replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '');
    const pasted = /^[“”„‟‘’‚‛].+[“”„‟‘’‚‛]$/.test(written);
    const name = pasted ? written.slice(1, -1) : written;
    const certain = unit === ':' && afterOrdinary;
    if (certain && !pasted) {
      return { name, nameEnd, colon, pasted };
    }
    return NAME.test(name) && (!isItem || known(name)) ? { name, nameEnd, colon, pasted } : undefined;
  }
  return undefined;
}

function findQuotedKey(raw: string, start: number, end: number, quote: string): Key | undefined {
  const close = raw.indexOf(quote, start + 1);
  if (close === -1 || close >= end) {
    return undefined;
  }
  let colon = close + 1;
  while (colon < end && isWhiteSpace(raw, colon)) {
    colon++;
  }
  const separates = raw[colon] === ':' && (colon + 1 >= end || isWhiteSpace(raw, colon + 1));
  return separates ? { name: raw.slice(start + 1, close), nameEnd: close + 1, colon, pasted: false } : undefined;
}

function isWhiteSpace(raw: string, at: number): boolean {
  const code = raw.charCodeAt(at);
  return code === 0x20 || code === 0x09 || isUnicodeSpace(code) || isZeroWidth(code);
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
