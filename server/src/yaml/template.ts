import type { Span } from '../text/span.ts';

/**
 * One template action, `{{ … }}`, as Helm and other Go-template users write it.
 *
 * - `value` prints something where it stands; what it prints is unknown.
 * - `open`, `middle` and `close` delimit a block (`if`, `range`, `with`, `define`, `block`; `else`; `end`).
 * - `silent` prints nothing: a comment or an assignment.
 */
export interface TemplateAction {
  readonly span: Span;
  readonly kind: 'value' | 'open' | 'middle' | 'close' | 'silent';
  /** Nothing but white space and other actions share its lines. */
  readonly standsAlone: boolean;
}

const COMMENT_START = /^\{\{(?:- )?\s*\/\*/;
const KEYWORD = /^\{\{-?\s*(if|range|with|define|block|else|end|\$[\w]*\s*:?=)?(?![\w.])/;

/**
 * Finds the template actions of a text in one pass. An action that is never closed ends with its line, so that a
 * half-typed one leaves the rest of the file readable.
 */
export function findTemplateActions(text: string): TemplateAction[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('{{'); at !== -1; ) {
    const end = endOfAction(text, at);
    spans.push({ start: at, end });
    at = text.indexOf('{{', end);
  }
  const byStart = new Map(spans.map((action) => [action.start, action]));
  const byEnd = new Map(spans.map((action) => [action.end, action]));
  return spans.map((action) => ({
    span: action,
    kind: kindOf(text.slice(action.start, action.end)),
    standsAlone: onlySpaceBefore(text, action.start, byEnd) && onlySpaceAfter(text, action.end, byStart),
  }));
}

function endOfAction(text: string, start: number): number {
  if (COMMENT_START.test(text.slice(start, start + 16))) {
    const close = /\*\/\s*-?\}\}/g;
    close.lastIndex = start;
    const found = close.exec(text);
    return found === null ? text.length : found.index + found[0].length;
  }
  let quote = '';
  for (let at = start + 2; at < text.length; at++) {
    const unit = text[at];
    if (quote !== '') {
      if (unit === '\\' && quote !== '`') {
        at++;
      } else if (unit === quote || (unit === '\n' && quote !== '`')) {
        quote = '';
      }
    } else if (unit === '"' || unit === '`' || unit === "'") {
      quote = unit;
    } else if (unit === '}' && text[at + 1] === '}') {
      return at + 2;
    } else if (unit === '{' && text[at + 1] === '{') {
      break;
    }
  }
  const newline = text.indexOf('\n', start);
  return newline === -1 ? text.length : newline;
}

function kindOf(action: string): TemplateAction['kind'] {
  if (COMMENT_START.test(action)) {
    return 'silent';
  }
  const keyword = KEYWORD.exec(action)?.[1];
  switch (keyword) {
    case undefined:
      return 'value';
    case 'else':
      return 'middle';
    case 'end':
      return 'close';
    default:
      return keyword.startsWith('$') ? 'silent' : 'open';
  }
}

function onlySpaceBefore(text: string, from: number, byEnd: ReadonlyMap<number, Span>): boolean {
  for (let at = from; at > 0 && text[at - 1] !== '\n'; ) {
    const neighbour = byEnd.get(at);
    if (neighbour !== undefined) {
      at = neighbour.start;
    } else if (text[at - 1] === ' ' || text[at - 1] === '\t') {
      at--;
    } else {
      return false;
    }
  }
  return true;
}

function onlySpaceAfter(text: string, from: number, byStart: ReadonlyMap<number, Span>): boolean {
  for (let at = from; at < text.length && text[at] !== '\n'; ) {
    const neighbour = byStart.get(at);
    if (neighbour !== undefined) {
      at = neighbour.end;
    } else if (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') {
      at++;
    } else {
      return false;
    }
  }
  return true;
}

/**
 * A text of the same length in which no action remains: one that stands alone becomes white space, one inside a line
 * becomes a word that is legal wherever a plain or quoted scalar is. Line ends stay.
 */
export function maskTemplateActions(text: string, actions: readonly TemplateAction[]): string {
  let masked = '';
  let position = 0;
  for (const { span, standsAlone: alone, kind } of actions) {
    const filler = alone || kind !== 'value' ? ' ' : 'x';
    masked += text.slice(position, span.start);
    masked += text.slice(span.start, span.end).replace(/[^\r\n]+/g, (run) => filler.repeat(run.length));
    position = span.end;
  }
  return masked + text.slice(position);
}
