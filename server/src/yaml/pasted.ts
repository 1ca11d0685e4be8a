import type { Span } from '../text/span.ts';

/** What a replaced character was, in words that a message can count. */
export type PastedKind =
  | 'no-break space'
  | 'Unicode space'
  | 'zero-width character'
  | 'tab'
  | 'typographic quote'
  | 'full-width punctuation';

/** Characters of the raw text that stand for syntax and are not what YAML reads there. */
export interface Replacement {
  readonly span: Span;
  readonly newText: string;
  readonly kind: PastedKind;
}

/** A text without any of these has nothing to clean; most texts have none, so this is all they cost. */
export const SUSPICIOUS =
  /[\t\u00a0\u00ad\u1680\u2000-\u200f\u2018-\u201f\u202f\u205f\u2060\u3000\ufeff\uff0c\uff0d\uff1a]/;

export function isUnicodeSpace(code: number): boolean {
  return (
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

export function isZeroWidth(code: number): boolean {
  return (code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff || code === 0xad;
}

/**
 * Whether the unit is a zero-width character that joins or parts nothing. Within Persian, Indic and right-to-left text
 * and in emoji such characters are spelling.
 */
export function isStrayZeroWidth(text: string, at: number): boolean {
  return isZeroWidth(text.charCodeAt(at)) && !(isSpelling(text, at, -1) || isSpelling(text, at, 1));
}

/** More of them in a row are no spelling. */
const MAXIMUM_JOINERS = 4;

/** Whether the nearest character on one side of a zero-width one is of a script that may need it. */
function isSpelling(text: string, from: number, step: 1 | -1): boolean {
  for (let at = from + step; Math.abs(at - from) <= MAXIMUM_JOINERS; at += step) {
    const code = text.charCodeAt(at);
    if (!isZeroWidth(code)) {
      return code >= 0x80 && !SUSPICIOUS.test(text[at] ?? '');
    }
  }
  return false;
}

/** The ASCII quote that a typographic one was meant to be; undefined for any other character. */
export function typographicPair(character: string): { readonly ascii: '"' | "'" } | undefined {
  if (/^[“”„‟]$/.test(character)) {
    return { ascii: '"' };
  }
  return /^[‘’‚‛]$/.test(character) ? { ascii: "'" } : undefined;
}

/** Collects replacements in whatever order they are found. */
export class Replacements {
  readonly #list: Replacement[] = [];

  add(start: number, end: number, newText: string, kind: PastedKind): void {
    this.#list.push({ span: { start, end }, newText, kind });
  }

  /** All of them in the order of the text. */
  sorted(): readonly Replacement[] {
    return this.#list.sort((a, b) => a.span.start - b.span.start);
  }
}

/** Says of a key whether its value is one of ours, so that what surrounds the value stands for syntax. */
export type KnownFields = (key: string) => boolean;

export function isOrdinarySpace(unit: string | undefined): boolean {
  return unit === ' ' || unit === '\t';
}

export function isWhiteSpace(raw: string, at: number): boolean {
  const code = raw.charCodeAt(at);
  return code === 0x20 || code === 0x09 || isUnicodeSpace(code) || isZeroWidth(code);
}
