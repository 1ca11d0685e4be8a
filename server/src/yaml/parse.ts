import { type Alias, isAlias, isMap, isScalar, type Pair, type ParsedNode, parseDocument, type Scalar } from 'yaml';
import { lineStart } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { countTrailing } from '../text/trailing.ts';
import {
  isMergeKey,
  resolveAlias,
  type ScalarStyle,
  type YamlMapping,
  type YamlNode,
  type YamlPair,
  type YamlScalar,
  type YamlSequence,
} from './nodes.ts';
import { parseSimple } from './simple.ts';
import {
  firstEndingAfter,
  firstStartingIn,
  indexOfFirst,
  maskTemplateActions,
  printsWithinLines,
  type TemplateAction,
} from './template.ts';

/** A place where the text is not YAML. What could be read of the rest stands in the tree all the same. */
export interface SyntaxProblem {
  /** The parser's own code, such as `BAD_INDENT`. */
  readonly code: string;
  readonly message: string;
  readonly span: Span;
}

export interface ParsedYaml {
  readonly root: YamlNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

/** Deeper nesting is not read: no manifest needs it, and it would exhaust the stack. */
const MAXIMUM_DEPTH = 100;

/**
 * The library recurses into what is nested. It notices when that exhausts the stack, but V8 may have ended the whole
 * process before, if a regular expression is compiled there for the first time.
 */
const MAXIMUM_NESTING = 500;

/**
 * Parses one document. Never throws: what cannot be read becomes a problem beside the part of the tree that can.
 *
 * Scalars stay text (`failsafe`), since no mode of the parser reads them as the API server does; duplicate keys are
 * kept, since kubectl lets the last one win.
 */
export function parseYaml(
  text: string,
  templateActions: readonly TemplateAction[],
  openTemplateBlocks: number,
): ParsedYaml {
  const simple = openTemplateBlocks === 0 ? parseSimpleTemplate(text, templateActions) : undefined;
  return simple === undefined
    ? parseWithLibrary(text, templateActions, openTemplateBlocks)
    : { root: simple, problems: [] };
}

/**
 * Reads what the fast reader can read and where templates change nothing but scalars, keys and comments. Undefined
 * where they may add to collections or make pairs conditional.
 */
export function parseSimpleTemplate(text: string, actions: readonly TemplateAction[]): YamlNode | undefined {
  const root = parseSimple(maskTemplateActions(text, actions), actions);
  const others = actions.filter((action) => !printsWithinLines(action));
  if (root === undefined || others.length === 0) {
    return root;
  }
  const start = root.span.start;
  const { conditional, wrapping } = blocksOf(actions, 0, root.span, text.length);
  const loose = others.filter(isLoose);
  const isAlone = others.some(({ span }) => span.start < start) || wrapping.size > 0;
  return isAlone || !isUntouched(root, conditional, loose) ? undefined : root;
}

/** Whether no pair stands in one of the spans, and what prints lines does so within scalars. */
function isUntouched(root: YamlNode, conditional: readonly Span[], loose: readonly TemplateAction[]): boolean {
  let within = 0;
  const nodes: YamlNode[] = [root];
  for (const node of nodes) {
    if (node.kind === 'mapping') {
      for (const { key, value, span } of node.pairs) {
        if (standsIn(conditional, span.start)) {
          return false;
        }
        nodes.push(key, value);
      }
    } else if (node.kind === 'sequence') {
      for (const item of node.items) {
        nodes.push(item);
      }
    } else {
      within += indexOfFirst(loose, node.span.end) - indexOfFirst(loose, node.span.start);
    }
  }
  return within === loose.length;
}

/** Whether an action prints lines of which nobody knows what they are. */
function isLoose({ printsLines, kind }: TemplateAction): boolean {
  return printsLines && kind !== 'silent';
}

/** The same, whatever the text holds. */
export function parseWithLibrary(
  text: string,
  templateActions: readonly TemplateAction[],
  openTemplateBlocks: number,
): ParsedYaml {
  const masked = maskTemplateActions(text, templateActions);
  if (mayNestDeeply(masked)) {
    return unreadable(`More than ${MAXIMUM_NESTING} brackets or levels may be open at once.`);
  }
  try {
    const document = parseDocument(masked, {
      schema: 'failsafe',
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    const problems = document.errors.map((error) => ({
      code: error.code,
      message: error.message,
      span: { start: error.pos[0], end: error.pos[1] },
    }));
    if (document.contents === null) {
      return { root: undefined, problems };
    }
    const content = { start: document.contents.range[0], end: lastContentOf(masked, document.contents.range[1]) };
    const broken = problems.length > 0;
    const reader = new TreeReader(text, templateActions, openTemplateBlocks, content, broken);
    const root = reader.root(document.contents);
    return { root, problems };
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function unreadable(message: string): ParsedYaml {
  return { root: undefined, problems: [{ code: 'UNREADABLE', message, span: { start: 0, end: 0 } }] };
}

/**
 * Whether more may be nested than the library can take: each level takes a bracket, or a column of indentation, or a
 * dash or colon on the same line without a comma between. What stands in quotes and comments counts too, since no text
 * has that many.
 */
function mayNestDeeply(text: string): boolean {
  let brackets = 0;
  let levels = 0;
  for (const [token] of text.matchAll(/(?:^|\n) *(?=\S)|[[\]{},]|[-?:](?=\s|$)/g)) {
    if (token === '[' || token === '{') {
      brackets++;
    } else if (token === ']' || token === '}') {
      brackets = Math.max(0, brackets - 1);
    } else if (token === '-' || token === '?' || token === ':') {
      levels++;
    } else {
      levels = token === ',' ? 0 : token.length;
    }
    if (brackets + levels > MAXIMUM_NESTING) {
      return true;
    }
  }
  return false;
}

/** Where what belongs to a node may stand: from its key or dash to the next thing that cannot belong to it. */
type Region = Span;

/** Turns the library's nodes into ours; the only place that knows how the library spells them. */
class TreeReader {
  readonly #text: string;
  readonly #actions: readonly TemplateAction[];
  readonly #loose: readonly TemplateAction[];
  readonly #conditionalSpans: readonly Span[];
  readonly #broken: boolean;
  readonly #anchors = new Map<string, YamlNode>();

  constructor(text: string, actions: readonly TemplateAction[], openBlocks: number, content: Span, broken: boolean) {
    this.#text = text;
    this.#actions = actions;
    const { conditional, wrapping } = blocksOf(actions, openBlocks, content, text.length);
    this.#loose = actions.filter((action) => isLoose(action) && !wrapping.has(action));
    this.#conditionalSpans = conditional;
    this.#broken = broken;
  }

  root(node: ParsedNode): YamlNode {
    return this.#node(node, { start: 0, end: this.#text.length }, 0);
  }

  #node(node: ParsedNode, region: Region, depth: number): YamlNode {
    const read = this.#read(node, region, depth);
    if (!isAlias(node) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, read);
    }
    return read;
  }

  #read(node: ParsedNode, region: Region, depth: number): YamlNode {
    if (isScalar(node)) {
      return node.range[0] === node.range[1] ? this.#emptyScalar(node, region) : this.#scalar(node);
    }
    if (isAlias(node)) {
      return this.#alias(node);
    }
    if (depth >= MAXIMUM_DEPTH) {
      const at = { start: node.range[0], end: node.range[1] };
      return { kind: 'scalar', span: at, text: '', style: 'plain', tag: undefined, templated: true };
    }
    return isMap(node) ? this.#mapping(node, region, depth) : this.#sequence(node, region, depth);
  }

  #scalar(node: Scalar.Parsed): YamlScalar {
    const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
    const [start, rangeEnd] = node.range;
    const end = style === 'literal' || style === 'folded' ? this.#endOfBlockScalar(start, rangeEnd) : rangeEnd;
    const at = { start, end };
    return {
      kind: 'scalar',
      span: at,
      text: String(node.value ?? ''),
      style,
      tag: node.tag,
      templated: firstEndingAfter(this.#actions, start, end) !== undefined || this.#isUnfinished(style, at),
    };
  }

  /** A quote that is never closed swallows what comes next, so that nobody knows where the text was to end. */
  #isUnfinished(style: ScalarStyle, { start, end }: Span): boolean {
    const quote = style === 'single' ? "'" : style === 'double' ? '"' : undefined;
    return this.#broken && quote !== undefined && (end - start < 2 || this.#text[end - 1] !== quote);
  }

  /** In a broken document a key that spans lines is two of which the first lacks its end. */
  #key(node: ParsedNode, region: Region, depth: number): YamlNode {
    const key = this.#node(node, region, depth);
    const spansLines =
      this.#broken && key.kind === 'scalar' && this.#text.slice(key.span.start, key.span.end).includes('\n');
    return spansLines ? { ...key, templated: true } : key;
  }

  /** Blank lines below a block scalar are none of its own, unless its header says that it keeps them (`|+`). */
  #endOfBlockScalar(start: number, rangeEnd: number): number {
    const header = /^[|>][0-9]?\+/.test(this.#text.slice(start, start + 3));
    let end = rangeEnd;
    for (let at = rangeEnd; at > start; at--) {
      const unit = this.#text[at - 1] ?? '';
      if (unit === '\n') {
        end = this.#text[at - 2] === '\r' ? at - 2 : at - 1;
        if (header) {
          break;
        }
      } else if (!/[ \t\r]/.test(unit)) {
        break;
      }
    }
    return end;
  }

  /** A value that is left out. A template that prints lines in its place makes it one that cannot be known. */
  #emptyScalar(node: Scalar.Parsed, region: Region): YamlScalar {
    let at = node.range[0];
    while (/\s/.test(this.#text[at - 1] ?? '')) {
      at--;
    }
    const hasProperties = node.anchor !== undefined || node.tag !== undefined;
    const place = hasProperties || at < region.start ? Math.max(at, region.start) : afterKey(this.#text, region.start);
    return {
      kind: 'scalar',
      span: { start: place, end: place },
      text: '',
      style: 'plain',
      tag: node.tag,
      templated: firstStartingIn(this.#loose, region.start, region.end) !== undefined,
    };
  }

  #alias(node: Alias.Parsed): YamlNode {
    return {
      kind: 'alias',
      span: { start: node.range[0], end: node.range[1] },
      target: this.#anchors.get(node.source),
    };
  }

  #mapping(node: Extract<ParsedNode, { items: Pair[] }>, region: Region, depth: number): YamlMapping {
    const items = node.items as readonly Pair<ParsedNode, ParsedNode | null>[];
    const flow = node.flow === true;
    const inside = flow ? { start: node.range[0], end: node.range[1] } : region;
    const pairs = items.map((item, index): YamlPair => {
      const nextKey = items[index + 1]?.key;
      const end = nextKey === undefined ? inside.end : this.#startOf(nextKey);
      const key = this.#key(item.key, { start: item.key.range[0], end }, depth + 1);
      const value: YamlNode =
        item.value === null
          ? emptyScalar(afterKey(this.#text, key.span.end))
          : this.#node(item.value, { start: key.span.end, end }, depth + 1);
      const at = { start: this.#startOf(item.key), end: Math.max(key.span.end, value.span.end) };
      return { key, value, span: at, conditional: this.#isConditional(at.start) };
    });
    const first = pairs[0];
    const last = pairs.at(-1);
    const hasUnknownKey = pairs.some(({ key }) => key.kind === 'scalar' && key.templated);
    return {
      kind: 'mapping',
      span: {
        start: flow || first === undefined ? node.range[0] : Math.min(node.range[0], first.span.start),
        end: flow || last === undefined ? node.range[1] : last.span.end,
      },
      style: flow ? 'flow' : 'block',
      pairs,
      open: this.#broken || hasUnknownKey || pairs.some(isUnresolvedMerge) || this.#hasLooseTemplate(inside, pairs),
    };
  }

  #sequence(node: Extract<ParsedNode, { items: unknown[] }>, region: Region, depth: number): YamlSequence {
    const children = node.items as readonly ParsedNode[];
    const flow = node.flow === true;
    const inside = flow ? { start: node.range[0], end: node.range[1] } : region;
    const items = children.map((child, index) => {
      const end = children[index + 1]?.range[0] ?? inside.end;
      return this.#node(child, { start: child.range[0], end }, depth + 1);
    });
    const last = items.at(-1);
    const end = flow || last === undefined ? node.range[1] : Math.max(node.range[0], last.span.end);
    return {
      kind: 'sequence',
      span: { start: node.range[0], end },
      style: flow ? 'flow' : 'block',
      items,
      open: this.#broken || this.#hasLooseTemplate(inside, items),
    };
  }

  /** The start of a key with its anchor and tag, of which the library does not say where they stand. */
  #startOf(key: ParsedNode): number {
    const start = key.range[0];
    if (isAlias(key) || (key.anchor === undefined && key.tag === undefined)) {
      return start;
    }
    const before = this.#text.slice(lineStart(this.#text, start), start);
    // Anchor and tag stand in any order, with blanks behind each.
    let own = before.length;
    for (;;) {
      const end = own - countTrailing(before, /\s/, own);
      const first = end - countTrailing(before, /[^\s,{}[\]]/, end);
      const mark = before.slice(first, end).search(/[&!]/);
      if (end === own || mark === -1) {
        return start - (before.length - own);
      }
      own = first + mark;
      if (mark > 0) {
        return start - (before.length - own);
      }
    }
  }

  /** Whether a template that prints lines may add to the collection itself, not to a part inside one. */
  #hasLooseTemplate(inside: Region, parts: readonly { span: Span }[]): boolean {
    let part = 0;
    for (let at = indexOfFirst(this.#loose, inside.start); at < this.#loose.length; at++) {
      const start = this.#loose[at]?.span.start ?? inside.end;
      if (start >= inside.end) {
        return false;
      }
      while (part < parts.length && (parts[part]?.span.end ?? 0) <= start) {
        part++;
      }
      const around = parts[part];
      if (around === undefined || start < around.span.start) {
        return true;
      }
    }
    return false;
  }

  #isConditional(offset: number): boolean {
    return standsIn(this.#conditionalSpans, offset);
  }
}

/** Whether a merge may bring keys that cannot be known here. */
function isUnresolvedMerge(pair: YamlPair): boolean {
  if (!isMergeKey(pair)) {
    return false;
  }
  const merged = resolveAlias(pair.value);
  const sources = merged?.kind === 'sequence' ? merged.items.map(resolveAlias) : [merged];
  return sources.some((source) => source?.kind !== 'mapping' || source.open);
}

const STYLES: Record<string, ScalarStyle> = {
  PLAIN: 'plain',
  QUOTE_SINGLE: 'single',
  QUOTE_DOUBLE: 'double',
  BLOCK_LITERAL: 'literal',
  BLOCK_FOLDED: 'folded',
};

function emptyScalar(at: number): YamlScalar {
  return {
    kind: 'scalar',
    span: { start: at, end: at },
    text: '',
    style: 'plain',
    tag: undefined,
    templated: false,
  };
}

/** The offset behind the colon that follows a key; the key's end where none does. */
function afterKey(text: string, keyEnd: number): number {
  let at = keyEnd;
  while (text[at] === ' ' || text[at] === '\t') {
    at++;
  }
  return text[at] === ':' ? at + 1 : keyEnd;
}

/** The end of what is written before an offset: behind it the parser counts blank lines to the content too. */
function lastContentOf(masked: string, end: number): number {
  return masked.slice(0, end).trimEnd().length;
}

/** What the template blocks of a document make of its content. */
interface TemplateBlocks {
  /** The parts that may or may not be there, in order and without overlaps. */
  readonly conditional: readonly Span[];
  /** What opens and closes blocks around the whole content. */
  readonly wrapping: ReadonlySet<TemplateAction>;
}

/**
 * A block that opens within the content makes what it holds conditional. One that opens before the content and closes
 * behind it wraps the object: it is there or not as a whole, and within it nothing is conditional, up to an `else` of
 * that block.
 */
function blocksOf(
  actions: readonly TemplateAction[],
  openBlocks: number,
  content: Span,
  length: number,
): TemplateBlocks {
  const conditional: Span[] = [];
  const wrapping = new Set<TemplateAction>();
  /** For each open block its action and where it makes conditional; both unknown of an earlier document's. */
  const open: { readonly opener: TemplateAction | undefined; start: number | undefined }[] = Array.from(
    { length: openBlocks },
    () => ({ opener: undefined, start: undefined }),
  );
  for (const action of actions) {
    const { kind, span } = action;
    const inside = span.start >= content.start;
    const block = open.at(-1);
    if (kind === 'open') {
      open.push({ opener: action, start: inside ? span.start : undefined });
    } else if (kind === 'middle' && inside && block !== undefined) {
      block.start ??= span.start;
    } else if (kind === 'close' && block !== undefined) {
      open.pop();
      if (block.start !== undefined) {
        conditional.push({ start: block.start, end: span.end });
      } else if (inside && span.end <= content.end) {
        conditional.push({ start: content.start, end: span.end });
      } else {
        wrapping.add(action);
        if (block.opener !== undefined) {
          wrapping.add(block.opener);
        }
      }
    }
  }
  for (const { opener, start } of open) {
    if (start !== undefined) {
      conditional.push({ start, end: length });
    } else if (opener !== undefined) {
      wrapping.add(opener);
    }
  }
  return { conditional: united(conditional), wrapping };
}

/** The same places as spans in order that do not overlap, so that many pairs can be looked up in many blocks. */
function united(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of spans.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else {
      result.push({ start, end });
    }
  }
  return result;
}

/** Whether an offset lies in one of the spans, which are in order and do not overlap. */
function standsIn(spans: readonly Span[], offset: number): boolean {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return (spans[low]?.start ?? Number.POSITIVE_INFINITY) <= offset;
}
