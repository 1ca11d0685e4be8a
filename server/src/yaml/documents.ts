import { lineContentEnd, lineStart, nextLineStart } from '../text/lines.ts';
import { continuedListParts, type ListPart, listPartsOf } from './listParts.ts';
import { isUnicodeSpace, isZeroWidth } from './pasted.ts';
import { findTemplateActions, type TemplateAction } from './template.ts';

/**
 * The text of one YAML document with its own markers, comments and directives, or of a part of a long List; together
 * the slices make the file.
 */
export interface DocumentSlice {
  /** Offset of the slice in the file. */
  readonly start: number;
  readonly text: string;
  /** The template actions that begin in this slice; spans relative to the slice. */
  readonly templateActions: readonly TemplateAction[];
  /** How many template blocks are open where the slice begins. */
  readonly openTemplateBlocks: number;
  /** What it is of a List that is read item by item; undefined for a whole document. */
  readonly listPart: ListPart | undefined;
}

/**
 * Splits a file into its documents before anything is parsed, so that an unclosed quote in one of them cannot swallow
 * the next. A marker is `---` or `...` at the very start of a line, followed by white space or nothing; lines end with
 * `\n` only, which is why U+2028 is none here. A marker inside a template action is text.
 *
 * @param continued where the text begins with an item of a List: how the items of that List are written.
 */
export function splitDocuments(text: string, continued?: ListPart): DocumentSlice[] {
  const actions = text.includes('{{') ? findTemplateActions(text) : [];
  const starts = documentStarts(text, actions);
  let actionIndex = 0;
  let openBlocks = 0;
  return starts.flatMap((start, index) => {
    const end = starts[index + 1] ?? text.length;
    const openTemplateBlocks = openBlocks;
    const own: TemplateAction[] = [];
    for (let action = actions[actionIndex]; action !== undefined && action.span.start < end; ) {
      own.push({ ...action, span: { start: action.span.start - start, end: Math.min(action.span.end, end) - start } });
      openBlocks = Math.max(0, openBlocks + (action.kind === 'open' ? 1 : action.kind === 'close' ? -1 : 0));
      actionIndex++;
      action = actions[actionIndex];
    }
    const whole = {
      start,
      text: text.slice(start, end),
      templateActions: own,
      openTemplateBlocks,
      listPart: undefined,
    };
    return openTemplateBlocks === 0 && own.length === 0
      ? splitList(whole, index === 0 ? continued : undefined)
      : [whole];
  });
}

function splitList(whole: DocumentSlice, continued: ListPart | undefined): DocumentSlice[] {
  const { text } = whole;
  const parts = continued === undefined ? listPartsOf(text) : continuedListParts(text, continued.indent);
  return parts === undefined
    ? [whole]
    : parts.map(({ start, part }, index) => ({
        ...whole,
        start: whole.start + start,
        text: text.slice(start, parts[index + 1]?.start),
        listPart: part,
      }));
}

function documentStarts(text: string, actions: readonly TemplateAction[]): number[] {
  const starts = [0];
  let current = 0;
  let actionIndex = 0;
  for (const line of markerCandidates(text)) {
    const at = text.charCodeAt(line) === BYTE_ORDER_MARK ? line + 1 : line;
    const marker = markerAt(text, at);
    if (marker === '') {
      continue;
    }
    for (let action = actions[actionIndex]; action !== undefined && action.span.end <= at; ) {
      actionIndex++;
      action = actions[actionIndex];
    }
    const action = actions[actionIndex];
    const insideAction = action !== undefined && action.span.start < at;
    if (insideAction) {
      continue;
    }
    const start = marker === '...' ? nextLineStart(text, at) : startWithDirectives(text, current, line);
    if (start > current) {
      current = start;
      starts.push(current);
    }
  }
  return starts.filter((start, index) => index === 0 || start < text.length);
}

const BYTE_ORDER_MARK = 0xfeff;

/** The starts of the lines that begin like a marker, perhaps behind a byte order mark that joining files left there. */
function* markerCandidates(text: string): Iterable<number> {
  yield 0;
  const candidate = /\n(?=\uFEFF?(?:---|\.\.\.))/g;
  while (candidate.exec(text) !== null) {
    yield candidate.lastIndex;
  }
}

/** Pasted space behind a marker is taken for the blank that its author sees; cleaning replaces it. */
function markerAt(text: string, at: number): '---' | '...' | '' {
  const three = text.slice(at, at + 3);
  if (three !== '---' && three !== '...') {
    return '';
  }
  const after = text.charCodeAt(at + 3);
  const ends =
    Number.isNaN(after) || /[ \t\r\n]/.test(text[at + 3] ?? '') || isUnicodeSpace(after) || isZeroWidth(after);
  return ends ? three : '';
}

/**
 * Where the document begins whose `---` stands at `marker`: at the first of the directives right above it, between
 * which comments and blank lines may stand; at `current` if nothing else stands there.
 */
function startWithDirectives(text: string, current: number, marker: number): number {
  let start = marker;
  for (let at = marker; at > current; ) {
    at = lineStart(text, at - 1);
    const line = text.slice(at, lineContentEnd(text, at)).replace(/^\uFEFF/, '');
    if (/^%(?:YAML|TAG)[ \t]/.test(line)) {
      start = at;
    } else if (!/^[ \t]*(?:#|$)/.test(line)) {
      return start;
    }
  }
  return start < marker ? current : marker;
}
