import { nextLineStart } from '../text/lines.ts';
import { findTemplateActions, type TemplateAction } from './template.ts';

/** The text of one YAML document with its own markers, comments and directives; together the slices make the file. */
export interface DocumentSlice {
  /** Offset of the slice in the file. */
  readonly start: number;
  readonly text: string;
  /** The template actions that begin in this slice; spans relative to the slice. */
  readonly templateActions: readonly TemplateAction[];
  /** How many template blocks are open where the slice begins. */
  readonly openTemplateBlocks: number;
}

/**
 * Splits a file into its documents before anything is parsed, so that an unclosed quote in one of them cannot swallow
 * the next. A marker is `---` or `...` at the very start of a line, followed by white space or nothing; lines end with
 * `\n` only, which is why U+2028 is none here. A marker inside a template action is text.
 */
export function splitDocuments(text: string): DocumentSlice[] {
  const actions = text.includes('{{') ? findTemplateActions(text) : [];
  const starts = documentStarts(text, actions);
  let actionIndex = 0;
  let openBlocks = 0;
  return starts.map((start, index) => {
    const end = starts[index + 1] ?? text.length;
    const openTemplateBlocks = openBlocks;
    const own: TemplateAction[] = [];
    for (let action = actions[actionIndex]; action !== undefined && action.span.start < end; ) {
      own.push({ ...action, span: { start: action.span.start - start, end: Math.min(action.span.end, end) - start } });
      openBlocks = Math.max(0, openBlocks + (action.kind === 'open' ? 1 : action.kind === 'close' ? -1 : 0));
      actionIndex++;
      action = actions[actionIndex];
    }
    return { start, text: text.slice(start, end), templateActions: own, openTemplateBlocks };
  });
}

function documentStarts(text: string, actions: readonly TemplateAction[]): number[] {
  const starts = [0];
  let current = 0;
  let actionIndex = 0;
  for (let line = 0; line < text.length; ) {
    const at = line === 0 && text.charCodeAt(0) === 0xfeff ? 1 : line;
    const marker = markerAt(text, at);
    if (marker !== '') {
      for (let action = actions[actionIndex]; action !== undefined && action.span.end <= at; ) {
        actionIndex++;
        action = actions[actionIndex];
      }
      const action = actions[actionIndex];
      const insideAction = action !== undefined && action.span.start < at;
      if (!insideAction && marker === '...') {
        current = nextLineStart(text, at);
        starts.push(current);
      } else if (!insideAction && line > current && !holdsOnlyDirectives(text, current, line)) {
        current = line;
        starts.push(current);
      }
    }
    line = nextMarkerCandidate(text, line);
  }
  return starts.filter((start, index) => index === 0 || start < text.length);
}

/** The start of the next line that begins like a marker; the end of the text if there is none. */
function nextMarkerCandidate(text: string, from: number): number {
  const dashes = text.indexOf('\n---', from);
  const dots = dashes === -1 ? text.indexOf('\n...', from) : text.slice(from, dashes).indexOf('\n...');
  if (dashes === -1) {
    return dots === -1 ? text.length : dots + 1;
  }
  return dots === -1 ? dashes + 1 : from + dots + 1;
}

function markerAt(text: string, at: number): '---' | '...' | '' {
  const three = text.slice(at, at + 3);
  if (three !== '---' && three !== '...') {
    return '';
  }
  const after = text[at + 3];
  return after === undefined || /\s/.test(after) ? three : '';
}

/** Whether everything from `from` to `to` is directives, comments and blank lines, with at least one directive. */
function holdsOnlyDirectives(text: string, from: number, to: number): boolean {
  let directives = 0;
  for (let at = from; at < to; at = nextLineStart(text, at)) {
    const line = text
      .slice(at, nextLineStart(text, at))
      .replace(/^\uFEFF/, '')
      .trim();
    if (line.startsWith('%')) {
      directives++;
    } else if (line !== '' && !line.startsWith('#')) {
      return false;
    }
  }
  return directives > 0;
}
