import { lineContentEnd, lineStart, nextLineStart } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { countTrailing } from '../text/trailing.ts';

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
  /**
   * What it prints are lines of their own: nothing but white space and other actions share its lines, or it ends the
   * line of a key whose value goes on below (`labels: {{- include "labels" . | nindent 4 }}`).
   */
  readonly printsLines: boolean;
}

const COMMENT_START = /^\{\{(?:-(?=\s))?\s*\/\*/;
const KEYWORD = /^\{\{-?\s*(if|range|with|define|block|else|end|\$[\w]*\s*:?=)?(?![\w.])/;

/**
 * Finds the template actions of a text in one pass. An action that is never closed ends with its line, so that a
 * half-typed one leaves the rest of the file readable.
 */
export function findTemplateActions(text: string): TemplateAction[] {
  const spans: Span[] = [];
  const finder = new EndFinder(text);
  for (let at = text.indexOf('{{'); at !== -1; ) {
    const end = finder.endOfAction(at);
    spans.push({ start: at, end });
    at = text.indexOf('{{', end);
  }
  const startsLine = spans.map(() => false);
  for (const [index, { start }] of spans.entries()) {
    const before = spans[index - 1];
    const blank = blankStart(text, start);
    startsLine[index] =
      before !== undefined && blank <= before.end
        ? startsLine[index - 1] === true
        : blank === 0 || text[blank - 1] === '\n';
  }
  const endsLine = spans.map(() => false);
  for (const [index, { end }] of [...spans.entries()].reverse()) {
    const after = spans[index + 1];
    const blank = blankEnd(text, end);
    endsLine[index] =
      after !== undefined && blank >= after.start
        ? endsLine[index + 1] === true
        : blank === text.length || text[blank] === '\n';
  }
  let endsKeyLine = false;
  return spans.map((action, index) => {
    const before = spans[index - 1];
    const continues = before !== undefined && blankStart(text, action.start) <= before.end;
    endsKeyLine = endsLine[index] === true && (continues ? endsKeyLine : hasBlockBelow(text, action.start));
    return {
      span: action,
      kind: kindOf(text.slice(action.start, action.end)),
      printsLines: endsLine[index] === true && (startsLine[index] === true || endsKeyLine),
    };
  });
}

/** Where the blanks before `from` begin. */
function blankStart(text: string, from: number): number {
  let at = from;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') {
    at--;
  }
  return at;
}

/** Where the blanks from `from` on end. */
function blankEnd(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') {
    at++;
  }
  return at;
}

/** Whether a key and its colon stand before `from`, and the next line with content is a pair or an item inside it. */
function hasBlockBelow(text: string, from: number): boolean {
  const column = columnOfKey(text.slice(lineStart(text, from), from));
  if (column === undefined) {
    return false;
  }
  for (let at = nextLineStart(text, from); at < text.length; at = nextLineStart(text, at)) {
    const line = text.slice(at, lineContentEnd(text, at));
    const indent = line.search(/[^ \t]/);
    if (indent !== -1 && line[indent] !== '#') {
      const isItem = /^-(?:\s|$)/.test(line.slice(indent));
      const isPair = /^(?:\{\{|[^\s].*:(?:\s|$))/.test(line.slice(indent));
      return (isItem && indent >= column) || (isPair && indent > column);
    }
  }
  return false;
}

/** In which column a key stands of which the colon is the last thing on the line; undefined where none does. */
function columnOfKey(line: string): number | undefined {
  const blanks = countTrailing(line, /[ \t]/);
  const [lead = ''] = /^[ \t]*(?:- +)*/.exec(line) ?? [];
  const key = line.slice(lead.length, line.length - blanks);
  const isKey = blanks > 0 && key.length > 1 && key.endsWith(':') && !key.includes('#');
  return isKey ? lead.length : undefined;
}

/** Finds where actions end, and searches for what is not there only once. */
class EndFinder {
  readonly #text: string;
  #commentsClose = true;

  constructor(text: string) {
    this.#text = text;
  }

  endOfAction(start: number): number {
    const text = this.#text;
    if (COMMENT_START.test(text.slice(start, start + 16))) {
      const end = this.#commentsClose ? this.#endOfComment(start) : undefined;
      return end ?? lineContentEnd(text, start);
    }
    let quote = '';
    for (let at = start + 2; at < text.length; at++) {
      const unit = text[at];
      if (quote !== '') {
        if (unit === '\n' && quote !== '`') {
          break;
        }
        if (unit === '\\' && quote !== '`') {
          at++;
        } else if (unit === quote) {
          quote = '';
        }
      } else if (unit === '\\') {
        // In a text in quotes, as a chart's values hold it, those of the template are escaped.
        at++;
      } else if (unit === '"' || unit === '`' || unit === "'") {
        quote = unit;
      } else if (unit === '}' && text[at + 1] === '}') {
        return at + 2;
      } else if (unit === '{' && text[at + 1] === '{') {
        break;
      }
    }
    return lineContentEnd(text, start);
  }

  #endOfComment(start: number): number | undefined {
    const close = /\*\/\s*-?\}\}/g;
    close.lastIndex = start;
    const found = close.exec(this.#text);
    this.#commentsClose = found !== null;
    return found === null ? undefined : found.index + found[0].length;
  }
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

/**
 * A text of the same length in which no action remains: one that prints lines, and one that prints nothing, becomes
 * white space; any other becomes a word that is legal wherever a plain or quoted scalar is. Line ends stay.
 */
export function maskTemplateActions(text: string, actions: readonly TemplateAction[]): string {
  if (actions.length === 0) {
    return text;
  }
  let masked = '';
  let position = 0;
  for (const { span, printsLines, kind } of actions) {
    const filler = printsLines || kind === 'silent' ? ' ' : 'x';
    masked += text.slice(position, span.start);
    masked += text.slice(span.start, span.end).replace(/[^\r\n]+/g, (run) => filler.repeat(run.length));
    position = span.end;
  }
  return masked + text.slice(position);
}

/** Whether an action makes a part of a scalar, a key or a comment unknown and leaves all else as it is. */
export function printsWithinLines({ kind, printsLines }: TemplateAction): boolean {
  return kind === 'value' && !printsLines;
}

/** The index of the first action that starts at `offset` or behind it. */
export function indexOfFirst(actions: readonly TemplateAction[], offset: number): number {
  let low = 0;
  let high = actions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((actions[middle]?.span.start ?? 0) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export function firstStartingIn(
  actions: readonly TemplateAction[],
  start: number,
  end: number,
): TemplateAction | undefined {
  const first = actions[indexOfFirst(actions, start)];
  return first !== undefined && first.span.start < end ? first : undefined;
}

/** An action that shares a unit with the span. Actions do not overlap, so only one can begin before it. */
export function firstEndingAfter(
  actions: readonly TemplateAction[],
  start: number,
  end: number,
): TemplateAction | undefined {
  const index = indexOfFirst(actions, start);
  const before = actions[index - 1];
  return before !== undefined && before.span.end > start ? before : firstStartingIn(actions, start, end);
}
