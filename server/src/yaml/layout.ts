import { lineContentEnd, lineStart, nextLineStart } from '../text/lines.ts';
import { resolveAlias, type YamlMapping, type YamlNode, type YamlPair } from './nodes.ts';

/** How a document is laid out: what new text copies so that it looks as if its author had written it. */

/** The column of an offset, in UTF-16 units. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** By how many columns a nested block mapping is indented; 2 where the document has none. */
export function indentationStep(text: string, root: YamlNode | undefined): number {
  const start = resolveAlias(root);
  const queue: YamlNode[] = start === undefined ? [] : [start];
  for (const node of queue) {
    if (node.kind === 'mapping' && node.style === 'block') {
      for (const { key, value } of node.pairs) {
        const nested = value.kind === 'mapping' && value.style === 'block' ? value.span.start : undefined;
        const step = nested === undefined ? 0 : columnOf(text, nested) - columnOf(text, key.span.start);
        if (step > 0) {
          return step;
        }
        queue.push(value);
      }
    } else if (node.kind === 'sequence') {
      queue.push(...node.items);
    }
    if (queue.length > 500) {
      break;
    }
  }
  return 2;
}

/** The comment lines right above a pair of a block mapping, at its own column: they speak of it. */
export function commentLinesAbove(
  text: string,
  pair: YamlPair,
): { readonly start: number; readonly comments: string[] } {
  const ownLine = lineStart(text, pair.span.start);
  const indent = text.slice(ownLine, pair.span.start);
  const comments: string[] = [];
  let start = ownLine;
  if (indent.trim() !== '') {
    return { start, comments };
  }
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const line = text.slice(above, lineContentEnd(text, above));
    if (!line.startsWith(`${indent}#`)) {
      break;
    }
    comments.unshift(line.slice(indent.length));
    start = above;
  }
  return { start, comments };
}

/** The comment behind a pair's value (or, for a nested value, behind its key), with the space before it. */
export function trailingComment(text: string, pair: YamlPair): string | undefined {
  const nested = pair.value.kind === 'mapping' || pair.value.kind === 'sequence';
  const isBlockScalar = pair.value.kind === 'scalar' && /literal|folded/.test(pair.value.style);
  const from = (nested && pair.value.style === 'block') || isBlockScalar ? pair.key.span.end : pair.span.end;
  const rest = text.slice(from, lineContentEnd(text, from));
  const comment = /^:?(?:[^\S\r\n]*[|>][-+0-9]*)?([^\S\r\n]+#.*)$/.exec(rest);
  return comment?.[1];
}

/** The lines that a pair of a block mapping fills: its comments above, its value, its comment behind. */
export function linesOfPair(text: string, pair: YamlPair): { readonly start: number; readonly end: number } {
  return { start: commentLinesAbove(text, pair).start, end: nextLineStart(text, lastOffsetOfPair(text, pair)) };
}

/** An offset in the last line of a pair of a block mapping. Comments below that are deeper than its key are its own. */
export function lastOffsetOfPair(text: string, pair: YamlPair): number {
  const { value } = pair;
  if ((value.kind !== 'mapping' && value.kind !== 'sequence') || value.style === 'flow') {
    return pair.span.end;
  }
  const column = columnOf(text, pair.span.start);
  let last = pair.span.end;
  for (let at = nextLineStart(text, last); at < text.length; at = nextLineStart(text, at)) {
    const line = text.slice(at, lineContentEnd(text, at));
    const indent = line.search(/[^ \t]/);
    if (indent !== -1 && (line[indent] !== '#' || indent <= column)) {
      break;
    }
    if (indent !== -1) {
      last = at + indent;
    }
  }
  return last;
}

/** The quote that all of a mapping's keys wear; undefined if one is plain or there are none. */
export function keyQuote(mapping: YamlMapping): '"' | "'" | undefined {
  return commonQuote(mapping.pairs.map((pair) => pair.key));
}

/** The quote that the mapping's quoted values wear. */
export function valueQuote(mapping: YamlMapping): '"' | "'" | undefined {
  return commonQuote(mapping.pairs.map((pair) => pair.value).filter((value) => quoteOf(value) !== undefined));
}

/** Whether words that need no quotes wear them here all the same. */
export function quotesWords(mapping: YamlMapping): boolean {
  const words = mapping.pairs
    .map((pair) => pair.value)
    .filter((value) => value.kind === 'scalar' && /^[A-Za-z][\w./-]*$/.test(value.text));
  return words.length > 0 && words.every((word) => quoteOf(word) !== undefined);
}

function commonQuote(nodes: readonly YamlNode[]): '"' | "'" | undefined {
  const quotes = new Set(nodes.map(quoteOf));
  return quotes.size === 1 ? [...quotes][0] : undefined;
}

function quoteOf(node: YamlNode): '"' | "'" | undefined {
  if (node.kind !== 'scalar') {
    return undefined;
  }
  return node.style === 'double' ? '"' : node.style === 'single' ? "'" : undefined;
}
