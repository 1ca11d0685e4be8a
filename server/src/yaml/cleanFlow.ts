import { countTrailing } from '../text/trailing.ts';
import {
  isStrayZeroWidth,
  isUnicodeSpace,
  isZeroWidth,
  type KnownFields,
  type Replacements,
  typographicPair,
} from './pasted.ts';

const INDICATOR = /[{}[\],:，：]/;
const NEXT_TO_SYNTAX = /[{}[\],:"'“”‘’#]/;
const WORD_BEFORE = /[A-Za-z0-9_"'”’}\]]/;
const WORD_AFTER = /[A-Za-z0-9_"'“‘{[]/;
const QUOTED_OR_NUMBER = /^(?:["'“‘{[].*|[0-9.]+)$/;
const NAME = /^[A-Za-z0-9_./-]+$/;
/** No key of an annotation is longer; longer tokens are text, and looking at them again and again would take long. */
const MAXIMUM_WORD = 320;
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/;

/** A collection that is open, and how far its current entry was read. */
interface Collection {
  readonly style: '{' | '[';
  /** Its value belongs to a key that we know, or to one in typographic quotes. */
  readonly known: boolean;
  /** The key whose value comes next; undefined where a key (or an item) is expected. */
  key: string | undefined;
  /** That key wore typographic quotes, so its value's are syntax too. */
  keyWasPasted: boolean;
}

/**
 * Cleans flow collections (JSON too) and quoted scalars, line by line, since both may go on over lines. Tabs are legal
 * in them, and what stands in ASCII quotes is content.
 */
export class FlowCleaner {
  readonly #raw: string;
  readonly #knownFields: KnownFields;
  readonly #out: Replacements;
  readonly #open: Collection[] = [];
  #quote: string | undefined;
  #tokenStart: number | undefined;
  #lineStart = 0;
  #lineEnd = 0;

  constructor(raw: string, knownFields: KnownFields, out: Replacements) {
    this.#raw = raw;
    this.#knownFields = knownFields;
    this.#out = out;
  }

  /** Whether a collection or a quoted scalar is still open. */
  get isOpen(): boolean {
    return this.#open.length > 0 || this.#quote !== undefined;
  }

  /**
   * Reads one line, or the rest of one, from `start` to `end`. Returns where the outermost collection or quoted scalar
   * ends, or undefined while it is open.
   *
   * @param known Whether it is the value of a key that we know.
   */
  line(start: number, end: number, known = false): number | undefined {
    const wasOpen = this.isOpen;
    this.#tokenStart = undefined;
    this.#lineStart = start;
    this.#lineEnd = end;
    for (let at = start; at < end; ) {
      at = this.#quote === undefined ? this.#outsideQuotes(at, wasOpen, known) : this.#insideQuotes(at);
      if (!this.isOpen) {
        return at;
      }
    }
    return undefined;
  }

  /** Returns where to go on. */
  #insideQuotes(at: number): number {
    const unit = this.#raw[at];
    if (unit === '\\' && this.#quote === '"') {
      return at + 2;
    }
    if (unit !== this.#quote) {
      return at + 1;
    }
    if (unit === "'" && this.#raw[at + 1] === "'") {
      return at + 2;
    }
    this.#quote = undefined;
    return at + 1;
  }

  #outsideQuotes(at: number, wasOpen: boolean, known: boolean): number {
    const unit = this.#raw[at] ?? '';
    if ((unit === '"' || unit === "'") && this.#tokenStart === undefined) {
      this.#quote = unit;
      this.#tokenStart = at;
      return at + 1;
    }
    if (unit === '#' && at > this.#lineStart && this.#isSpaceAt(at - 1)) {
      return this.#lineEnd;
    }
    if (unit === '#' && at === this.#lineStart && wasOpen) {
      return this.#lineEnd;
    }
    if (INDICATOR.test(unit)) {
      this.#indicator(unit, at, known);
      return at + 1;
    }
    if (isUnicodeSpace(unit.charCodeAt(0)) || isZeroWidth(unit.charCodeAt(0))) {
      return this.#pastedSpace(at, wasOpen);
    }
    if (this.#tokenStart === undefined && !/\s/.test(unit)) {
      this.#tokenStart = at;
      return typographicPair(unit) === undefined ? at + 1 : this.#typographicToken(at);
    }
    return at + 1;
  }

  #indicator(unit: string, at: number, known: boolean): void {
    if (unit === '{' || unit === '[') {
      const around = this.#open.at(-1);
      const valueIsKnown = around === undefined ? known : this.#expectsSyntax(around);
      this.#open.push({ style: unit, known: valueIsKnown, key: undefined, keyWasPasted: false });
      this.#tokenStart = undefined;
    } else if (unit === '}' || unit === ']') {
      this.#open.pop();
      this.#tokenStart = undefined;
    } else if (unit === ',' || unit === '，') {
      this.#comma(unit, at);
    } else {
      this.#colon(unit, at);
    }
  }

  /** Whether typographic quotes and full-width punctuation around what comes next stand for syntax. */
  #expectsSyntax({ style, known, key, keyWasPasted }: Collection): boolean {
    return key === undefined ? style === '[' && known : keyWasPasted || this.#knownFields(key);
  }

  #comma(unit: string, at: number): void {
    const collection = this.#open.at(-1);
    if (collection === undefined) {
      return;
    }
    if (unit === '，') {
      if (!this.#separates(at, collection)) {
        this.#tokenStart ??= at;
        return;
      }
      this.#out.add(at, at + 1, this.#isSpaceAt(at + 1) ? ',' : ', ', 'full-width punctuation');
    }
    collection.key = undefined;
    collection.keyWasPasted = false;
    this.#tokenStart = undefined;
  }

  #colon(unit: string, at: number): void {
    const collection = this.#open.at(-1);
    const name = this.#tokenText(at);
    const isSyntax = collection?.style === '{' ? NAME.test(name) : this.#knownFields(name);
    if (collection === undefined || collection.key !== undefined || (unit === '：' && !isSyntax)) {
      this.#tokenStart ??= at;
      return;
    }
    const followsQuote = /["'”’]/.test(this.#raw[this.#tokenStart ?? at] ?? '');
    if (unit === '：') {
      this.#out.add(at, at + 1, this.#isSpaceAt(at + 1) ? ':' : ': ', 'full-width punctuation');
    } else if (!this.#isSpaceAt(at + 1) && !followsQuote && !/[,[\]{}]/.test(this.#raw[at + 1] ?? '')) {
      // As in `http://`, it is part of a word.
      return;
    }
    collection.key = name;
    this.#tokenStart = undefined;
  }

  /** The text of the token that ends at `to`, without quotes; empty where it is too long to be a key or a number. */
  #tokenText(to: number): string {
    const token = this.#token(to);
    return token.slice(0, token.length - countTrailing(token, /["'“”‘’\s]/)).replace(/^["'“”‘’\s]+/, '');
  }

  #token(to: number): string {
    const from = this.#tokenStart ?? to;
    return to - from > MAXIMUM_WORD ? '' : this.#raw.slice(from, to);
  }

  /**
   * A token in typographic quotes: syntax around a key and around the value of a known or pasted one, and where only
   * ASCII stands in them, around an item, which is what a copied command looks like.
   */
  #typographicToken(open: number): number {
    const collection = this.#open.at(-1);
    const close = this.#closingQuote(open);
    if (collection === undefined || close === undefined) {
      return open + 1;
    }
    const inside = this.#raw.slice(open + 1, close);
    const isKeyOrItem = collection.key === undefined && PRINTABLE_ASCII.test(inside);
    if (!isKeyOrItem && !this.#expectsSyntax(collection)) {
      return open + 1;
    }
    collection.keyWasPasted ||= collection.key === undefined && collection.style === '{';
    for (const at of [open, close]) {
      const ascii = typographicPair(this.#raw[at] ?? '')?.ascii ?? '"';
      this.#out.add(at, at + 1, ascii, 'typographic quote');
    }
    return close + 1;
  }

  /** The typographic quote that closes the one at `open`, if an indicator or the line's end follows it. */
  #closingQuote(open: number): number | undefined {
    const ascii = typographicPair(this.#raw[open] ?? '')?.ascii;
    for (let at = open + 1; at < this.#lineEnd; at++) {
      if (typographicPair(this.#raw[at] ?? '')?.ascii === ascii) {
        const after = this.#skipSpace(at + 1);
        return after === this.#lineEnd || INDICATOR.test(this.#raw[after] ?? '') ? at : undefined;
      }
    }
    return undefined;
  }

  /** A run of pasted space is syntax where it stands beside an indicator, a quote or the line's edge. */
  #pastedSpace(at: number, wasOpen: boolean): number {
    let before = at - 1;
    while (before >= this.#lineStart && this.#isSpaceAt(before)) {
      before--;
    }
    const after = this.#skipSpace(at);
    const atLineEdge = (before < this.#lineStart && wasOpen) || after >= this.#lineEnd;
    const besideSyntax = [before, after].some((neighbour) => this.#isSyntaxAt(neighbour));
    for (let space = at; (atLineEdge || besideSyntax) && space < after; space++) {
      const code = this.#raw.charCodeAt(space);
      if (isZeroWidth(code)) {
        if (isStrayZeroWidth(this.#raw, space)) {
          this.#out.add(space, space + 1, '', 'zero-width character');
        }
      } else if (isUnicodeSpace(code)) {
        this.#out.add(space, space + 1, ' ', code === 0xa0 ? 'no-break space' : 'Unicode space');
      }
    }
    return after;
  }

  /** Full-width punctuation counts where it was just read as syntax. */
  #isSyntaxAt(at: number): boolean {
    const unit = this.#raw[at] ?? '';
    return NEXT_TO_SYNTAX.test(unit) || (/[，：]/.test(unit) && at < this.#lineEnd && this.#tokenStart === undefined);
  }

  /** Whether a full-width comma stands between two entries and not within a text. */
  #separates(comma: number, collection: Collection): boolean {
    let before = comma - 1;
    while (before >= this.#lineStart && this.#isSpaceAt(before)) {
      before--;
    }
    const after = this.#skipSpace(comma + 1);
    const isBetweenWords =
      WORD_BEFORE.test(this.#raw[before] ?? '') && (after === this.#lineEnd || WORD_AFTER.test(this.#raw[after] ?? ''));
    if (!isBetweenWords || after === this.#lineEnd || this.#expectsSyntax(collection)) {
      return isBetweenWords;
    }
    if (collection.style === '{') {
      return /^["'“‘]?[A-Za-z0-9_./-]+["'”’]?\s*[:：]/.test(this.#raw.slice(after, this.#lineEnd));
    }
    return QUOTED_OR_NUMBER.test(this.#token(before + 1)) && QUOTED_OR_NUMBER.test(this.#nextToken(after));
  }

  #nextToken(from: number): string {
    let to = from;
    while (to < this.#lineEnd && to - from < MAXIMUM_WORD && !/[\],，}\s]/.test(this.#raw[to] ?? '')) {
      to++;
    }
    return this.#raw.slice(from, to);
  }

  #skipSpace(from: number): number {
    let at = from;
    while (at < this.#lineEnd && this.#isSpaceAt(at)) {
      at++;
    }
    return at;
  }

  #isSpaceAt(at: number): boolean {
    const code = this.#raw.charCodeAt(at);
    return code === 0x20 || code === 0x09 || isUnicodeSpace(code) || isZeroWidth(code) || at >= this.#lineEnd;
  }
}
