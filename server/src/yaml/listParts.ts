/**
 * A `List` is one document, but each of its items is an object of its own, and some have thousands. So that a key in
 * one of them does not cost reading them all, a List in block style is split at its items, each of which is YAML by
 * itself: a sequence with one entry.
 */
export interface ListPart {
  /** What stands before the items, one of them with the comments above it, or what follows them. */
  readonly role: 'head' | 'item' | 'tail';
  /** The column of the dashes. */
  readonly indent: number;
}

/** A part at its place in the text. */
export interface PlacedPart {
  readonly start: number;
  readonly part: ListPart;
}

/** The parts of a document that is a List; undefined for any other one, and where it does not show for certain. */
export function listPartsOf(text: string): PlacedPart[] | undefined {
  const items =
    text.includes('\nitems:') && KIND.test(text) && VERSION.test(text) && !REACHES_FAR.test(text)
      ? ITEMS.exec(text)
      : null;
  if (items === null) {
    return undefined;
  }
  const start = items.index + items[0].length;
  const [, indentation] = FIRST_ITEM.exec(text.slice(start, start + FIRST_ITEM_WITHIN)) ?? [];
  if (indentation === undefined) {
    return undefined;
  }
  const indent = indentation.length;
  const parts = itemsFrom(text, start, indent);
  const last = parts?.at(-1);
  const tail = last?.part.role === 'tail' ? text.slice(last.start) : '';
  // A key that comes again begins another object, whose marker was forgotten.
  const keys = [...keysOf(text.slice(0, start)), ...keysOf(tail)];
  return parts === undefined || new Set(keys).size < keys.length
    ? undefined
    : [{ start: 0, part: { role: 'head', indent } }, ...parts];
}

function keysOf(text: string): string[] {
  return [...text.matchAll(/^[A-Za-z]\w*(?=:)/gm)].map(([key]) => key);
}

/** The same for a text that begins with one of the items of a List, or with the comments above it. */
export function continuedListParts(text: string, indent: number): PlacedPart[] | undefined {
  return REACHES_FAR.test(text) ? undefined : itemsFrom(text, 0, indent);
}

const KIND = /^kind: \w*List[ \t]*\r?$/m;
const VERSION = /^apiVersion: /m;
const ITEMS = /^items:[ \t]*\r?\n/m;
const FIRST_ITEM = /^(?:[ \t]*(?:\r?\n|#[^\n]*\n))*( *)-[ \r\n]/;
/** Who writes a longer comment above the first item waits a little longer. */
const FIRST_ITEM_WITHIN = 10_000;

/** Templates, aliases and directives join what stands in different items, and so do comments for a whole document. */
const REACHES_FAR = /\{\{|[\s[{,][&*]\w|^%|<<|#[ \t]*session-persistence-/m;

/** Undefined where something else stands before the first item. */
function itemsFrom(text: string, from: number, indent: number): PlacedPart[] | undefined {
  const parts: PlacedPart[] = [];
  /** Where comments begin that stand right above what comes next. */
  let comments: number | undefined;
  for (let at = from; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const end = newline === -1 ? text.length : newline + 1;
    let content = at;
    while (text.charCodeAt(content) === SPACE) {
      content++;
    }
    const column = content - at;
    const first = text[content];
    const isBlank = content >= end || first === '\n' || first === '\r';
    if (first === '#' && column <= indent) {
      comments ??= at;
    } else if (!isBlank) {
      if (column === indent && first === '-' && /[ \r\n]/.test(text[content + 1] ?? '\n')) {
        parts.push({ start: comments ?? at, part: { role: 'item', indent } });
      } else if (parts.length === 0) {
        return undefined;
      } else if (column === 0 && KEY.test(text.slice(at, end))) {
        // Another key of the List, behind which no items follow. Anything else is a mistake in the item above it.
        parts.push({ start: comments ?? at, part: { role: 'tail', indent } });
        break;
      }
      comments = undefined;
    }
    at = end;
  }
  const [first, ...others] = parts;
  return first === undefined ? undefined : [{ ...first, start: from }, ...others];
}

const SPACE = 32;
const KEY = /^[A-Za-z]\w*:(?:[ \r\n]|$)/;
