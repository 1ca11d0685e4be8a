import type { TextEdit } from '../text/edit.ts';
import { lineContentEnd, lineEndOf, lineStart, nextLineStart } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import {
  columnOf,
  commentLinesAbove,
  indentationStep,
  keyQuote,
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
 * The text copies the mapping's style: block or
 * flow, indentation, quotes of keys and values, line ends.
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
    ? [insertIntoFlow(document, mapping, pairs, after)]
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
  const at = lineContentEnd(text, (after?.span ?? mapping.span).end);
  return { span: { start: at, end: at }, newText: lines.map((line) => eol + line).join('') };
}

/** Prints pairs in block style with the quotes of the mapping into which they go. */
class BlockPrinter {
  readonly #step: number;
  readonly #quotes: FlowQuotes;

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

interface FlowQuotes {
  readonly key: '"' | "'" | undefined;
  readonly value: '"' | "'" | undefined;
  readonly words: boolean;
  /** Keys in double quotes within braces: the document may be JSON, where every word is quoted. */
  readonly json: boolean;
}

function quotesOf(mapping: YamlMapping): FlowQuotes {
  const key = keyQuote(mapping);
  return {
    key,
    value: valueQuote(mapping),
    words: quotesWords(mapping),
    json: mapping.style === 'flow' && key === '"',
  };
}

function quoteKey(key: string, quotes: FlowQuotes): string {
  return quotes.key === undefined ? key : quotes.key + key + quotes.key;
}

function printScalar(value: Exclude<NewValue, { kind: 'mapping' }>, quotes: FlowQuotes): string {
  switch (value.kind) {
    case 'number':
      return value.text;
    case 'string':
      return quoted(value.text, quotes.json ? '"' : (quotes.value ?? '"'));
    case 'word':
      return quotes.json || quotes.words ? quoted(value.text, quotes.json ? '"' : (quotes.value ?? '"')) : value.text;
    case 'source':
      return quotes.json && !/^(".*"|-?\d+(\.\d+)?)$/.test(value.text)
        ? JSON.stringify(value.text.replace(/^'(.*)'$/, '$1'))
        : value.text;
  }
}

function quoted(text: string, quote: '"' | "'"): string {
  return quote === '"' ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}

function insertIntoFlow(
  { text, root }: EditedDocument,
  mapping: YamlMapping,
  pairs: readonly NewPair[],
  after: Anchor | undefined,
): TextEdit {
  const quotes = quotesOf(mapping.pairs.length > 0 || root?.kind !== 'mapping' ? mapping : { ...root, style: 'flow' });
  const first = mapping.pairs[0];
  const spread = first !== undefined && text.slice(mapping.span.start, first.span.start).includes('\n');
  const step = spread ? Math.max(1, columnOf(text, first.span.start) - lineIndent(text, mapping.span.start)) : 0;
  const indent = spread ? text.slice(lineStart(text, first.span.start), first.span.start) : '';
  const unit = indent.includes('\t') ? '\t' : ' '.repeat(step);
  const eol = lineEndOf(text);
  const print = (list: readonly NewPair[], margin: string): string =>
    list
      .map(({ key, value }) => {
        const inner =
          value.kind !== 'mapping'
            ? printScalar(value, quotes)
            : spread
              ? `{${eol}${print(value.pairs, margin + unit)}${eol}${margin}}`
              : `{${print(value.pairs, '')}}`;
        return `${spread ? margin : ''}${quoteKey(key, quotes)}: ${inner}`;
      })
      .join(spread ? `,${eol}` : ', ');
  const printed = print(pairs, indent);
  if (after === undefined) {
    const at = mapping.span.start + 1;
    return { span: { start: at, end: at }, newText: printed };
  }
  const at = after.span.end;
  return { span: { start: at, end: at }, newText: spread ? `,${eol}${printed}` : `, ${printed}` };
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
    ? removeFromFlow(mapping, pairs)
    : removeFromBlock(document.text, mapping, pairs, remaining);
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
      // The mapping begins behind a dash: what remains moves up to it.
      edits.push({ span: { start: run[0].span.start, end: firstKept.span.start }, newText: '' });
    } else {
      edits.push({ span: spanOfRun(text, run), newText: '' });
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

function spanOfRun(text: string, run: Run): Span {
  let start = linesOfPair(text, run[0]).start;
  const end = nextLineStart(text, (run.at(-1) ?? run[0]).span.end);
  const reachesEnd = end === text.length && !text.endsWith('\n');
  if (reachesEnd && start > 0) {
    start = lineContentEnd(text, lineStart(text, start - 1));
    return { start, end };
  }
  const lineAbove = start === 0 ? undefined : text.slice(lineStart(text, start - 1), start);
  const lineBelow = text.slice(end, nextLineStart(text, end));
  if (lineAbove !== undefined && lineAbove.trim() === '' && lineBelow.trim() === '') {
    start -= lineAbove.length;
  }
  return { start, end };
}

function removeFromFlow(mapping: YamlMapping, pairs: readonly YamlPair[]): TextEdit[] {
  return runsOf(mapping.pairs, pairs).map((run) => {
    const last = run.at(-1) ?? run[0];
    const next = mapping.pairs[mapping.pairs.indexOf(last) + 1];
    const previous = mapping.pairs[mapping.pairs.indexOf(run[0]) - 1];
    if (next !== undefined) {
      return { span: { start: run[0].span.start, end: next.span.start }, newText: '' };
    }
    return { span: { start: previous?.span.end ?? run[0].span.start, end: last.span.end }, newText: '' };
  });
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

/** Sets a scalar: over the one that stands there (an empty one too), else as a new pair behind `after`. */
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
  return after === undefined
    ? insertPairs(document, mapping, [{ key, value }])
    : insertPairs(document, mapping, [{ key, value }], after);
}
