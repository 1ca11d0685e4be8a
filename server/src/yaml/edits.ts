import type { TextEdit } from '../text/edit.ts';
import { lineContentEnd, lineEndOf, lineStart, nextLineStart } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import {
  columnOf,
  commentLinesAbove,
  indentationStep,
  keyQuote,
  lastOffsetOfPair,
  linesOfPair,
  quotesWords,
  trailingComment,
  valueQuote,
} from './layout.ts';
import type { YamlMapping, YamlNode, YamlPair, YamlScalar } from './nodes.ts';

/** The text that is edited and the tree that was read from it. */
export interface EditedDocument {
  readonly text: string;
  readonly root: YamlNode | undefined;
}

/**
 * A value to write.
 *
 * - `word`: text that needs no quotes; it gets them where its siblings wear them and in JSON.
 * - `string`: text that must stay a string, such as an annotation's `"1800"`: always quoted.
 * - `number`: written as it is.
 * - `source`: the source text of a scalar, taken over letter by letter (in JSON it is quoted if it is no number).
 */
export type NewValue =
  | { readonly kind: 'word' | 'string' | 'number' | 'source'; readonly text: string }
  | { readonly kind: 'mapping'; readonly pairs: readonly NewPair[] };

export interface NewPair {
  readonly key: string;
  readonly value: NewValue;
  /** Whole comments with their `#`, one a line. */
  readonly commentsAbove?: readonly string[];
  /** The comment behind the value (or the key of a mapping) with the space before its `#`. */
  readonly comment?: string | undefined;
}

/** What stands before an insertion. */
export type Anchor = Pick<YamlPair, 'span'>;

/** The parts of a pair that move with it when it is written anew elsewhere. */
export function comments(text: string, pair: YamlPair): Pick<NewPair, 'commentsAbove' | 'comment'> {
  return { commentsAbove: commentLinesAbove(text, pair).comments, comment: trailingComment(text, pair) };
}

/** The source text of a scalar, quotes included. */
export function sourceOf(text: string, scalar: YamlScalar): string {
  return text.slice(scalar.span.start, scalar.span.end);
}

/**
 * Inserts pairs behind `after`, a pair of the mapping or (in block style) a part of one, or at the end of the mapping.
 * The text copies the mapping's style: block or flow, indentation, quotes of keys and values, line ends, the space
 * around commas and colons.
 */
export function insertPairs(
  document: EditedDocument,
  mapping: YamlMapping,
  pairs: readonly NewPair[],
  after: Anchor | undefined = mapping.pairs.at(-1),
): TextEdit[] {
  if (pairs.length === 0) {
    return [];
  }
  return mapping.style === 'flow'
    ? insertIntoFlow(document, mapping, pairs, after)
    : [insertIntoBlock(document, mapping, pairs, after)];
}

function insertIntoBlock(
  { text, root }: EditedDocument,
  mapping: YamlMapping,
  pairs: readonly NewPair[],
  after: Anchor | undefined,
): TextEdit {
  const eol = lineEndOf(text);
  const printer = new BlockPrinter(indentationStep(text, root), mapping);
  const lines = printer.lines(pairs, columnOf(text, mapping.span.start));
  const own = mapping.pairs.find((pair) => pair === after);
  const at = lineContentEnd(text, own === undefined ? (after?.span ?? mapping.span).end : lastOffsetOfPair(text, own));
  return { span: { start: at, end: at }, newText: lines.map((line) => eol + line).join('') };
}

/** Prints pairs in block style with the quotes of the mapping into which they go. */
class BlockPrinter {
  readonly #step: number;
  readonly #quotes: Quotes;

  constructor(step: number, mapping: YamlMapping) {
    this.#step = step;
    this.#quotes = quotesOf(mapping);
  }

  lines(pairs: readonly NewPair[], column: number): string[] {
    const indent = ' '.repeat(column);
    return pairs.flatMap(({ key, value, commentsAbove = [], comment = '' }) => {
      const head = `${indent}${quoteKey(key, this.#quotes)}:`;
      const above = commentsAbove.map((line) => indent + line);
      return value.kind === 'mapping'
        ? [...above, head + comment, ...this.lines(value.pairs, column + this.#step)]
        : [...above, `${head} ${printScalar(value, this.#quotes)}${comment}`];
    });
  }
}

interface Quotes {
  readonly flow: boolean;
  readonly key: '"' | "'" | undefined;
  readonly value: '"' | "'" | undefined;
  readonly words: boolean;
  /** Keys in double quotes within braces: the document may be JSON, where every word is quoted. */
  readonly json: boolean;
}

function quotesOf(mapping: YamlMapping): Quotes {
  const key = keyQuote(mapping);
  return {
    flow: mapping.style === 'flow',
    key,
    value: valueQuote(mapping),
    words: quotesWords(mapping),
    json: mapping.style === 'flow' && key === '"',
  };
}

function quoteKey(key: string, quotes: Quotes): string {
  return quotes.key === undefined ? key : quotes.key + key + quotes.key;
}

function printScalar(value: Exclude<NewValue, { kind: 'mapping' }>, quotes: Quotes): string {
  switch (value.kind) {
    case 'number':
      return value.text;
    case 'string':
      return quoted(value.text, quotes.json ? '"' : (quotes.value ?? '"'));
    case 'word':
      return quotes.json || quotes.words ? quoted(value.text, quotes.json ? '"' : (quotes.value ?? '"')) : value.text;
    case 'source':
      return printSource(value.text, quotes);
  }
}

function printSource(source: string, quotes: Quotes): string {
  const isQuoted = /^["']/.test(source);
  if (quotes.json && !source.startsWith('"') && !/^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false|null)$/.test(source)) {
    return JSON.stringify(isQuoted ? source.slice(1, -1).replaceAll("''", "'") : source);
  }
  // Between braces, a comma or a bracket would end a plain scalar.
  return quotes.flow && !isQuoted && /[,[\]{}]/.test(source) ? JSON.stringify(source) : source;
}

function quoted(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

function insertIntoFlow(
  { text, root }: EditedDocument,
  mapping: YamlMapping,
  pairs: readonly NewPair[],
  after: Anchor | undefined,
): TextEdit[] {
  const quotes = quotesOf(mapping.pairs.length > 0 || root?.kind !== 'mapping' ? mapping : { ...root, style: 'flow' });
  const eol = lineEndOf(text);
  const first = mapping.pairs[0];
  const spread = first !== undefined && text.slice(mapping.span.start, first.span.start).includes('\n');
  const { comma, colon } = separatorsOf(text, mapping, root);
  if (first === undefined || !spread) {
    const print = (list: readonly NewPair[]): string =>
      list
        .map(({ key, value }) => {
          const printed = value.kind === 'mapping' ? `{${print(value.pairs)}}` : printScalar(value, quotes);
          return `${quoteKey(key, quotes)}${colon}${printed}`;
        })
        .join(comma);
    const at = after?.span.end ?? mapping.span.start + 1;
    return [{ span: { start: at, end: at }, newText: after === undefined ? print(pairs) : comma + print(pairs) }];
  }
  const indent = text.slice(lineStart(text, first.span.start), first.span.start);
  const step = Math.max(1, columnOf(text, first.span.start) - lineIndent(text, mapping.span.start));
  const unit = indent.includes('\t') ? '\t' : ' '.repeat(step);
  const print = (list: readonly NewPair[], margin: string): string =>
    list
      .map(({ key, value }) => {
        const inner =
          value.kind === 'mapping'
            ? `{${eol}${print(value.pairs, margin + unit)}${eol}${margin}}`
            : printScalar(value, quotes);
        return `${margin}${quoteKey(key, quotes)}${colon}${inner}`;
      })
      .join(`,${eol}`);
  const printed = print(pairs, indent);
  const before = mapping.pairs.find((pair) => pair === after) ?? mapping.pairs.at(-1) ?? first;
  const separator = /^\s*,/.exec(text.slice(before.span.end));
  const end = before.span.end + (separator?.[0].length ?? 0);
  const behind = /^[^\S\r\n]+#.*/.exec(text.slice(end, lineContentEnd(text, end)))?.[0] ?? '';
  const at = end + behind.length;
  const insertion = { span: { start: at, end: at }, newText: `${eol}${printed}${separator === null ? '' : ','}` };
  return separator === null ? [{ span: { start: end, end }, newText: ',' }, insertion] : [insertion];
}

/** How the pairs of a flow mapping (of the root where it has none to copy) are parted, such as `,` in compact JSON. */
function separatorsOf(
  text: string,
  mapping: YamlMapping,
  root: YamlNode | undefined,
): { readonly comma: string; readonly colon: string } {
  const model = mapping.pairs.length > 0 || root?.kind !== 'mapping' || root.style === 'block' ? mapping : root;
  const [first, second] = model.pairs;
  const colon =
    first === undefined ? undefined : /^:[ \t]*$/.exec(text.slice(first.key.span.end, first.value.span.start));
  const comma =
    first === undefined || second === undefined
      ? undefined
      : /^,[ \t]*$/.exec(text.slice(first.span.end, second.span.start));
  const compact = colon?.[0] === ':' && first?.value.span.start !== first?.value.span.end;
  return { colon: compact ? ':' : ': ', comma: comma?.[0] ?? (compact ? ',' : ', ') };
}

function lineIndent(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return text.slice(start).search(/[^ \t]/);
}

/**
 * Removes pairs with their comments, and leaves no gap. When nothing remains in the mapping, `owner`, the pair whose
 * value it is, goes as well; without an owner an empty mapping stays.
 */
export function removePairs(
  document: EditedDocument,
  mapping: YamlMapping,
  pairs: readonly YamlPair[],
  owner?: { readonly mapping: YamlMapping; readonly pair: YamlPair },
): TextEdit[] {
  const remaining = mapping.pairs.filter((pair) => !pairs.includes(pair));
  if (remaining.length === 0) {
    return owner === undefined
      ? [{ span: mapping.span, newText: '{}' }]
      : removePairs(document, owner.mapping, [owner.pair]);
  }
  return mapping.style === 'flow'
    ? removeFromFlow(document.text, mapping, pairs)
    : removeFromBlock(document.text, mapping, pairs, remaining);
}

/** Writes other pairs in place of all that a mapping holds, where removing and inserting would meet in nothing. */
export function replaceAllPairs(document: EditedDocument, mapping: YamlMapping, pairs: readonly NewPair[]): TextEdit[] {
  const { text } = document;
  const [first] = mapping.pairs;
  const last = mapping.pairs.at(-1);
  if (mapping.style === 'flow' || first === undefined || last === undefined) {
    const printed = insertPairs(document, { ...mapping, pairs: [] }, pairs).map(({ newText }) => newText);
    return [{ span: mapping.span, newText: `{${printed.join('')}}` }];
  }
  const printed = insertIntoBlock(document, mapping, pairs, last).newText.slice(lineEndOf(text).length);
  const { start } = linesOfPair(text, first);
  return [{ span: { start, end: lineContentEnd(text, lastOffsetOfPair(text, last)) }, newText: printed }];
}

function removeFromBlock(
  text: string,
  mapping: YamlMapping,
  pairs: readonly YamlPair[],
  remaining: readonly YamlPair[],
): TextEdit[] {
  const first = mapping.pairs[0];
  const firstKept = remaining[0];
  const edits: TextEdit[] = [];
  for (const run of runsOf(mapping.pairs, pairs)) {
    const sharesLine =
      run[0] === first && text.slice(lineStart(text, run[0].span.start), run[0].span.start).trim() !== '';
    if (sharesLine && firstKept !== undefined) {
      // The mapping begins behind a dash: what remains moves up to it, led by the comments that speak of it.
      const { start, comments: kept } = commentLinesAbove(text, firstKept);
      const end = kept.length > 0 ? start + columnOf(text, firstKept.span.start) : firstKept.span.start;
      edits.push({ span: { start: run[0].span.start, end }, newText: '' });
    } else {
      edits.push({ span: spanOfRun(text, mapping, run), newText: '' });
    }
  }
  return edits;
}

type Run = readonly [YamlPair, ...YamlPair[]];

/** The pairs to remove, those that follow each other together. */
function runsOf(all: readonly YamlPair[], removed: readonly YamlPair[]): Run[] {
  const runs: [YamlPair, ...YamlPair[]][] = [];
  let open = false;
  for (const pair of all) {
    const run = runs.at(-1);
    if (!removed.includes(pair)) {
      open = false;
    } else if (open && run !== undefined) {
      run.push(pair);
    } else {
      runs.push([pair]);
      open = true;
    }
  }
  return runs;
}

/** The lines of a run, and the blank ones that would be left over: none at an edge of the mapping, one between. */
function spanOfRun(text: string, mapping: YamlMapping, run: Run): Span {
  const last = run.at(-1) ?? run[0];
  let start = linesOfPair(text, run[0]).start;
  let end = nextLineStart(text, lastOffsetOfPair(text, last));
  const reachesEnd = end === text.length && !text.endsWith('\n');
  const previous = mapping.pairs[mapping.pairs.indexOf(run[0]) - 1];
  // The blank lines below a block scalar may be part of it.
  const blankAbove = startOfBlankLines(
    text,
    start,
    previous === undefined ? 0 : nextLineStart(text, previous.span.end),
  );
  const blankBelow = endOfBlankLines(text, end);
  if (last === mapping.pairs.at(-1) && run[0] !== mapping.pairs[0]) {
    start = blankAbove;
  } else if (run[0] === mapping.pairs[0]) {
    end = blankBelow;
  } else if (blankAbove < start && blankBelow > end) {
    start = blankAbove;
  }
  const scalarAbove = lastBlockScalar(previous?.value);
  if (scalarAbove !== undefined && /^[|>][0-9]?\+/.test(text.slice(scalarAbove.span.start))) {
    // It keeps the blank lines below it, so that it would take these for its own.
    end = blankBelow;
  }
  // Without a line end at the end of the file, the one above goes.
  const dropsLineEnd = reachesEnd && start > 0 && scalarAbove === undefined;
  return { start: dropsLineEnd ? lineContentEnd(text, lineStart(text, start - 1)) : start, end };
}

/** The block scalar with which a value ends; its last line end is part of its text. */
function lastBlockScalar(value: YamlNode | undefined): YamlScalar | undefined {
  let last = value;
  while (last?.kind === 'mapping' || last?.kind === 'sequence') {
    last = last.kind === 'mapping' ? last.pairs.at(-1)?.value : last.items.at(-1);
  }
  return last?.kind === 'scalar' && (last.style === 'literal' || last.style === 'folded') ? last : undefined;
}

function startOfBlankLines(text: string, from: number, bound: number): number {
  let start = from;
  while (start > bound) {
    const above = lineStart(text, start - 1);
    if (text.slice(above, start).trim() !== '') {
      break;
    }
    start = above;
  }
  return start;
}

function endOfBlankLines(text: string, from: number): number {
  let end = from;
  while (end < text.length) {
    const below = nextLineStart(text, end);
    if (text.slice(end, below).trim() !== '') {
      break;
    }
    end = below;
  }
  return end;
}

function removeFromFlow(text: string, mapping: YamlMapping, pairs: readonly YamlPair[]): TextEdit[] {
  return runsOf(mapping.pairs, pairs).flatMap((run) => {
    const last = run.at(-1) ?? run[0];
    const next = mapping.pairs[mapping.pairs.indexOf(last) + 1];
    const previous = mapping.pairs[mapping.pairs.indexOf(run[0]) - 1];
    const lines = linesOfFlowRun(text, run);
    if (lines !== undefined) {
      const comma = previous === undefined ? -1 : text.indexOf(',', previous.span.end);
      const hasComma = text.slice(last.span.end, lines.end).trimStart().startsWith(',');
      const isLeftOver = next === undefined && !hasComma && comma !== -1 && comma < lines.start;
      const removal = { span: lines, newText: '' };
      return isLeftOver ? [{ span: { start: comma, end: comma + 1 }, newText: '' }, removal] : [removal];
    }
    if (next !== undefined) {
      return [{ span: { start: run[0].span.start, end: next.span.start }, newText: '' }];
    }
    return [{ span: { start: previous?.span.end ?? run[0].span.start, end: last.span.end }, newText: '' }];
  });
}

/** The lines of pairs in braces that share them with nothing but their own commas and comments. */
function linesOfFlowRun(text: string, run: Run): Span | undefined {
  const { start } = commentLinesAbove(text, run[0]);
  const last = run.at(-1) ?? run[0];
  const isFirst = text.slice(lineStart(text, run[0].span.start), run[0].span.start).trim() === '';
  const behind = text.slice(last.span.end, lineContentEnd(text, last.span.end));
  const end = nextLineStart(text, last.span.end);
  return isFirst && /^[ \t]*(?:,[ \t]*)?(?:#.*)?$/.test(behind) && end > last.span.end ? { start, end } : undefined;
}

/** Writes another value over a scalar; quotes are kept where the value must stay a string. */
export function replaceScalar(
  mapping: YamlMapping,
  scalar: YamlScalar,
  value: Exclude<NewValue, { kind: 'mapping' }>,
): TextEdit {
  const own = scalar.style === 'double' ? '"' : scalar.style === 'single' ? "'" : undefined;
  const needsSpace = scalar.span.start === scalar.span.end;
  const quotes = quotesOf(mapping);
  const printed =
    own !== undefined && value.kind !== 'number' && value.kind !== 'source'
      ? quoted(value.text, own)
      : printScalar(value, quotes);
  return { span: scalar.span, newText: needsSpace ? ` ${printed}` : printed };
}

/** Gives a key another name and keeps its quotes. */
export function renameKey(document: EditedDocument, pair: YamlPair, key: string): TextEdit {
  const written = document.text.slice(pair.key.span.start, pair.key.span.end);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return { span: pair.key.span, newText: quote + key + quote };
}

/** Sets a scalar: over whatever value stands there (an empty one too), else as a new pair behind `after`. */
export function setScalar(
  document: EditedDocument,
  mapping: YamlMapping,
  key: string,
  value: Exclude<NewValue, { kind: 'mapping' }>,
  after?: Anchor,
): TextEdit[] {
  const present = mapping.pairs.findLast((pair) => pair.key.kind === 'scalar' && pair.key.text === key);
  if (present?.value.kind === 'scalar') {
    return [replaceScalar(mapping, present.value, value)];
  }
  if (present !== undefined) {
    const start = present.value.kind === 'alias' ? present.value.span.start : endOfColon(document.text, present);
    const gap = start === present.value.span.start ? '' : ' ';
    return [{ span: { start, end: present.value.span.end }, newText: gap + printScalar(value, quotesOf(mapping)) }];
  }
  return after === undefined
    ? insertPairs(document, mapping, [{ key, value }])
    : insertPairs(document, mapping, [{ key, value }], after);
}

function endOfColon(text: string, pair: YamlPair): number {
  return text.indexOf(':', pair.key.span.end) + 1;
}
