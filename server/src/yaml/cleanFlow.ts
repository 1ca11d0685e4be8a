import type { KnownFields } from './clean.ts';
import { isUnicodeSpace, isZeroWidth, type Replacements, typographicPair } from './pasted.ts';

const INDICATOR = /[{}[\],:，：]/;
const NEXT_TO_SYNTAX = /[{}[\],:，："'“”‘’#]/;
const WORD_BEFORE = /[A-Za-z0-9_"'”’}\]]/;
const WORD_AFTER = /[A-Za-z0-9_"'“‘{[]/;
const NAME = /^[A-Za-z0-9_./-]+$/;

/**
 * Cleans flow collections (JSON too) and quoted scalars, line by line, since both may go on over lines. Tabs are legal
 * in them, and what stands in ASCII quotes is content.
 */
export class FlowCleaner {
  readonly #raw: string;
  readonly #knownFields: KnownFields;
  readonly #out: Replacements;
  #depth = 0;
  #quote: string | undefined;
  /** The key whose value comes next; empty where a key (or an item) is expected. */
  #key = '';
  #expectsKey = true;
  /** The key wore typographic quotes, so its value's are syntax too. */
  #keyWasPasted = false;
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
    return this.#depth > 0 || this.#quote !== undefined;
  }

  /** Reads one line, or the rest of one, from `start` to `end`. */
  line(start: number, end: number): void {
    if (!this.isOpen) {
      this.#beginEntry();
      this.#keyWasPasted = false;
    }
    this.#tokenStart = undefined;
    this.#lineStart = start;
    this.#lineEnd = end;
    const wasOpen = this.isOpen;
    for (let at = start; at < end; ) {
      at = this.#quote === undefined ? this.#outsideQuotes(at, wasOpen) : this.#insideQuotes(at);
    }
  }

  /** Returns where to go on. */
  #insideQuotes(at: number): number {
    const unit = this.#raw[at];
    if (unit === '\\' && this.#quote === '"') {
      return at + 2;
    }
    if (unit === this.#quote) {
      this.#quote = undefined;
      // What follows a quoted value of block style is a comment or nothing.
      return this.#depth === 0 ? this.#lineEnd : at + 1;
    }
    return at + 1;
  }

  #outsideQuotes(at: number, wasOpen: boolean): number {
    const unit = this.#raw[at] ?? '';
    if ((unit === '"' || unit === "'") && this.#tokenStart === undefined) {
      this.#quote = unit;
      this.#tokenStart = at;
      return at + 1;
    }
    if (unit === '#' && at > this.#lineStart && /\s/.test(this.#raw[at - 1] ?? '')) {
      return this.#lineEnd;
    }
    if (INDICATOR.test(unit)) {
      return this.#indicator(unit, at);
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

  #indicator(unit: string, at: number): number {
    if (unit === '{' || unit === '[') {
      this.#depth++;
      this.#beginEntry();
    } else if (unit === '}' || unit === ']') {
      this.#depth--;
      this.#tokenStart = undefined;
      if (this.#depth <= 0) {
        this.#depth = 0;
        return this.#lineEnd;
      }
    } else if (unit === ',' || unit === '，') {
      this.#comma(unit, at);
    } else {
      this.#colon(unit, at);
    }
    return at + 1;
  }

  #comma(unit: string, at: number): void {
    if (unit === '，') {
      if (!this.#separates(at)) {
        return;
      }
      this.#out.add(at, at + 1, this.#isSpaceAt(at + 1) ? ',' : ', ', 'full-width punctuation');
    }
    this.#beginEntry();
    this.#keyWasPasted = false;
  }

  #colon(unit: string, at: number): void {
    const name = this.#tokenText(at);
    if (unit === '：') {
      if (!this.#expectsKey || !NAME.test(name)) {
        return;
      }
      this.#out.add(at, at + 1, this.#isSpaceAt(at + 1) ? ':' : ': ', 'full-width punctuation');
    }
    if (this.#expectsKey) {
      this.#key = name;
      this.#expectsKey = false;
      this.#tokenStart = undefined;
    }
  }

  #beginEntry(): void {
    this.#expectsKey = true;
    this.#key = '';
    this.#tokenStart = undefined;
  }

  #tokenText(to: number): string {
    const from = this.#tokenStart;
    return from === undefined ? '' : this.#raw.slice(from, to).replace(/^["'“”‘’\s]+|["'“”‘’\s]+$/g, '');
  }

  /** A token in typographic quotes: syntax around a key, around the value of a known one, or after a pasted key. */
  #typographicToken(open: number): number {
    const close = this.#closingQuote(open);
    if (close === undefined || !(this.#expectsKey || this.#keyWasPasted || this.#knownFields(this.#key))) {
      return open + 1;
    }
    this.#keyWasPasted ||= this.#expectsKey;
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
    const besideSyntax = [before, after].some((neighbour) => NEXT_TO_SYNTAX.test(this.#raw[neighbour] ?? ''));
    for (let space = at; (atLineEdge || besideSyntax) && space < after; space++) {
      const code = this.#raw.charCodeAt(space);
      if (isZeroWidth(code)) {
        this.#out.add(space, space + 1, '', 'zero-width character');
      } else if (isUnicodeSpace(code)) {
        this.#out.add(space, space + 1, ' ', code === 0xa0 ? 'no-break space' : 'Unicode space');
      }
    }
    return after;
  }

  /** Whether a full-width comma stands between two entries and not within a text. */
  #separates(comma: number): boolean {
    let before = comma - 1;
    while (before >= this.#lineStart && this.#isSpaceAt(before)) {
      before--;
    }
    const after = this.#skipSpace(comma + 1);
    return (
      WORD_BEFORE.test(this.#raw[before] ?? '') && (after === this.#lineEnd || WORD_AFTER.test(this.#raw[after] ?? ''))
    );
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
