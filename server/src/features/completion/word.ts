import { lineContentEnd, lineStart } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import { findTemplateActions, maskTemplateActions } from '../../yaml/template.ts';

/** The word at the cursor, as its line alone shows it: the rest of the document may be half-typed as well. */
export interface Word {
  /** Its quotes included; empty where nothing is typed yet. */
  readonly span: Span;
  /** What stands between its start (or its opening quote) and the cursor. */
  readonly typed: string;
  readonly quote: '"' | "'" | undefined;
  /** Nothing stands before it on its line but blanks and the dashes of list items. */
  readonly startsLine: boolean;
  /** Its line goes on with a colon, so that it is a key already. */
  readonly colonFollows: boolean;
  /** A colon stands right before it, which is none to YAML without a blank. */
  readonly needsSpace: boolean;
}

type TokenKind = 'blank' | 'comment' | 'quoted' | 'punctuation' | 'colon' | 'dash' | 'plain';

interface Token extends Span {
  readonly kind: TokenKind;
}

/**
 * The word at an offset of a document; undefined in a comment, in a template expression and where a word that begins or
 * ends there would not be a key or a value of its own.
 */
export function wordAt(text: string, offset: number): Word | undefined {
  const actions = text.includes('{{') ? findTemplateActions(text) : [];
  const isInAction = actions.some(
    ({ span }) =>
      span.start < offset && (offset < span.end || (offset === span.end && !text.startsWith('}}', offset - 2))),
  );
  if (isInAction) {
    return undefined;
  }
  const start = lineStart(text, offset);
  const masked = actions.length === 0 ? text : maskTemplateActions(text, actions);
  const tokens = tokensOf(masked.slice(start, lineContentEnd(masked, offset)), start);
  const own = tokens.find(({ kind, start: from, end }) => isWord(kind) && from <= offset && offset <= end);
  if (tokens.some(({ kind, start: from, end }) => kind === 'comment' && from <= offset && offset <= end)) {
    return undefined;
  }
  const before = tokens.filter((token) => token.end <= (own?.start ?? offset));
  const after = tokens.filter((token) => token.start >= (own?.end ?? offset));
  const next = after.find(({ kind }) => kind !== 'blank');
  const previous = before.at(-1);
  if (own === undefined) {
    if ((previous?.kind === 'dash' && previous.end === offset) || (next !== undefined && !endsEntry(text, next))) {
      return undefined;
    }
  } else if (own.kind === 'quoted' ? !isInsideQuotes(text, own, offset) : /^[*&!|>%@`]/.test(text.slice(own.start))) {
    return undefined;
  } else if (next !== undefined && next.kind !== 'colon' && !endsEntry(text, next)) {
    return undefined;
  }
  const quote = own?.kind === 'quoted' ? (text[own.start] === '"' ? '"' : "'") : undefined;
  const span = { start: own?.start ?? offset, end: own?.end ?? offset };
  return {
    span,
    typed: text.slice(span.start + (quote === undefined ? 0 : 1), offset),
    quote,
    startsLine: before.every(({ kind }) => kind === 'blank' || kind === 'dash'),
    colonFollows: next?.kind === 'colon',
    needsSpace: own === undefined && previous?.kind === 'colon' && previous.end === offset,
  };
}

function isWord(kind: TokenKind): boolean {
  return kind === 'plain' || kind === 'quoted';
}

function endsEntry(text: string, token: Token): boolean {
  return token.kind === 'comment' || (token.kind === 'punctuation' && /[,}\]]/.test(text[token.start] ?? ''));
}

/** Behind the opening quote, and not behind a closing one. */
function isInsideQuotes(text: string, token: Token, offset: number): boolean {
  const quote = text[token.start];
  const isClosed = token.end - token.start > 1 && text[token.end - 1] === quote;
  return token.start < offset && (offset < token.end || !isClosed);
}

const PATTERNS: readonly (readonly [TokenKind, RegExp])[] = [
  ['blank', /\s+/y],
  ['quoted', /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/y],
  ['punctuation', /[{}[\],]/y],
  ['colon', /:(?=[\s{}[\],]|$)/y],
  ['plain', /(?:[^\s:{}[\],]|:(?![\s{}[\],]|$))+/y],
];

/** The tokens of a line as YAML would read them, in block and in flow style alike. */
function tokensOf(line: string, shift: number): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < line.length; ) {
    const previous = tokens.at(-1)?.kind;
    const kind = specialKind(line, at, previous);
    const [found, end] =
      kind === undefined ? match(line, at, previous) : [kind, kind === 'comment' ? line.length : at + 1];
    tokens.push({ kind: found, start: shift + at, end: shift + end });
    at = end;
  }
  return tokens;
}

function specialKind(line: string, at: number, previous: TokenKind | undefined): TokenKind | undefined {
  const follows = previous === undefined || previous === 'blank';
  if (line[at] === '#' && follows) {
    return 'comment';
  }
  if (line[at] === ':' && previous === 'quoted') {
    return 'colon';
  }
  const isDash = line[at] === '-' && /^(?:\s|$)/.test(line.slice(at + 1));
  return isDash && /^[\s-]*$/.test(line.slice(0, at)) ? 'dash' : undefined;
}

function match(line: string, at: number, previous: TokenKind | undefined): [TokenKind, number] {
  for (const [kind, pattern] of PATTERNS) {
    // A quote within a plain word is a letter of it.
    if (kind !== 'quoted' || previous !== 'plain') {
      pattern.lastIndex = at;
      if (pattern.test(line)) {
        return [kind, pattern.lastIndex];
      }
    }
  }
  return ['plain', at + 1];
}
