import type { Span } from './span.ts';

/** Replaces the text under `span` by `newText`. An empty span inserts, an empty text deletes. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export class OverlappingEditsError extends Error {
  override readonly name = 'OverlappingEditsError';
}

/**
 * Puts edits into order and joins those that touch, so that no host has to decide what an insertion at the edge of a
 * deletion means. Insertions at one place keep the order in which they were given.
 *
 * @throws OverlappingEditsError if two edits change the same text.
 */
export function normalizeEdits(edits: readonly TextEdit[]): TextEdit[] {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index);
  const result: TextEdit[] = [];
  for (const { edit } of ordered) {
    const previous = result.at(-1);
    if (previous === undefined || previous.span.end < edit.span.start) {
      result.push(edit);
    } else if (previous.span.end === edit.span.start) {
      result[result.length - 1] = {
        span: { start: previous.span.start, end: edit.span.end },
        newText: previous.newText + edit.newText,
      };
    } else {
      throw new OverlappingEditsError(`Two edits change the text at ${edit.span.start}.`);
    }
  }
  return result.filter((edit) => edit.newText !== '' || edit.span.start !== edit.span.end);
}

/** @throws OverlappingEditsError if two edits change the same text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = '';
  let position = 0;
  for (const edit of normalizeEdits(edits)) {
    result += text.slice(position, edit.span.start) + edit.newText;
    position = edit.span.end;
  }
  return result + text.slice(position);
}
