import { type Alias, isAlias, isMap, isScalar, type Pair, type ParsedNode, parseDocument, type Scalar } from 'yaml';
import type { Span } from '../text/span.ts';
import type { ScalarStyle, YamlMapping, YamlNode, YamlPair, YamlScalar, YamlSequence } from './nodes.ts';
import { maskTemplateActions, type TemplateAction } from './template.ts';

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
  const masked = templateActions.length === 0 ? text : maskTemplateActions(text, templateActions);
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
    const reader = new TreeReader(text, templateActions, openTemplateBlocks, problems.length > 0);
    const root = document.contents === null ? undefined : reader.node(document.contents, text.length, 0);
    return { root, problems };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { root: undefined, problems: [{ code: 'UNREADABLE', message, span: { start: 0, end: 0 } }] };
  }
}

/** Turns the library's nodes into ours; the only place that knows how the library spells them. */
class TreeReader {
  readonly #text: string;
  readonly #actions: readonly TemplateAction[];
  readonly #alone: readonly TemplateAction[];
  readonly #conditionalSpans: readonly Span[];
  readonly #broken: boolean;
  readonly #anchors = new Map<string, YamlNode>();

  constructor(text: string, actions: readonly TemplateAction[], openBlocks: number, broken: boolean) {
    this.#text = text;
    this.#actions = actions;
    this.#alone = actions.filter((action) => action.standsAlone && action.kind !== 'silent');
    this.#conditionalSpans = conditionalSpans(actions, openBlocks, text.length);
    this.#broken = broken;
  }

  /** `regionEnd` is where the next thing that cannot belong to the node begins. */
  node(node: ParsedNode, regionEnd: number, depth: number): YamlNode {
    const read = this.#read(node, regionEnd, depth);
    if (!isAlias(node) && node.anchor !== undefined) {
      this.#anchors.set(node.anchor, read);
    }
    return read;
  }

  #read(node: ParsedNode, regionEnd: number, depth: number): YamlNode {
    if (isScalar(node)) {
      return this.#scalar(node);
    }
    if (isAlias(node)) {
      return this.#alias(node);
    }
    if (depth >= MAXIMUM_DEPTH) {
      const at = { start: node.range[0], end: node.range[1] };
      return { kind: 'scalar', span: at, text: '', style: 'plain', tag: undefined, templated: true };
    }
    return isMap(node) ? this.#mapping(node, regionEnd, depth) : this.#sequence(node, regionEnd, depth);
  }

  #scalar(node: Scalar.Parsed): YamlScalar {
    const style = STYLES[node.type ?? 'PLAIN'] ?? 'plain';
    let end = node.range[1];
    if (style === 'literal' || style === 'folded') {
      while (end > node.range[0] && /[\r\n]/.test(this.#text[end - 1] ?? '')) {
        end--;
      }
    }
    const at = { start: node.range[0], end };
    return {
      kind: 'scalar',
      span: at,
      text: String(node.value ?? ''),
      style,
      tag: node.tag,
      templated: this.#actions.some((action) => action.span.start < at.end && at.start < action.span.end),
    };
  }

  #alias(node: Alias.Parsed): YamlNode {
    return {
      kind: 'alias',
      span: { start: node.range[0], end: node.range[1] },
      target: this.#anchors.get(node.source),
    };
  }

  #mapping(node: Extract<ParsedNode, { items: Pair[] }>, regionEnd: number, depth: number): YamlMapping {
    const items = node.items as readonly Pair<ParsedNode, ParsedNode | null>[];
    const flow = node.flow === true;
    const inside = flow ? node.range[1] : regionEnd;
    const pairs = items.map((item, index): YamlPair => {
      const next = items[index + 1]?.key?.range[0] ?? inside;
      const key = this.node(item.key, next, depth + 1);
      const value: YamlNode =
        item.value === null ? emptyScalar(afterKey(this.#text, key.span.end)) : this.node(item.value, next, depth + 1);
      const at = { start: key.span.start, end: Math.max(key.span.end, value.span.end) };
      return { key, value, span: at, conditional: this.#isConditional(at.start) };
    });
    const last = pairs.at(-1);
    const end = flow || last === undefined ? node.range[1] : last.span.end;
    return {
      kind: 'mapping',
      span: { start: node.range[0], end },
      style: flow ? 'flow' : 'block',
      pairs,
      open: this.#broken || this.#hasLooseTemplate(node.range[0], inside, pairs),
    };
  }

  #sequence(node: Extract<ParsedNode, { items: unknown[] }>, regionEnd: number, depth: number): YamlSequence {
    const children = node.items as readonly ParsedNode[];
    const flow = node.flow === true;
    const inside = flow ? node.range[1] : regionEnd;
    const items = children.map((child, index) => this.node(child, children[index + 1]?.range[0] ?? inside, depth + 1));
    const last = items.at(-1);
    const end = flow || last === undefined ? node.range[1] : last.span.end;
    const parts = items.map((item) => ({ span: item.span, value: item }));
    return {
      kind: 'sequence',
      span: { start: node.range[0], end },
      style: flow ? 'flow' : 'block',
      items,
      open: this.#broken || this.#hasLooseTemplate(node.range[0], inside, parts),
    };
  }

  /** Whether a template that stands on lines of its own may add to the collection itself, not to a part inside one. */
  #hasLooseTemplate(start: number, end: number, parts: readonly { span: Span; value: YamlNode }[]): boolean {
    return this.#alone.some(({ span: { start: at } }) => {
      if (at < start || at >= end) {
        return false;
      }
      return !parts.some(({ span, value }) => span.start <= at && at < span.end && value.kind !== 'scalar');
    });
  }

  #isConditional(offset: number): boolean {
    return this.#conditionalSpans.some((block) => block.start <= offset && offset < block.end);
  }
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

function afterKey(text: string, keyEnd: number): number {
  return text[keyEnd] === ':' ? keyEnd + 1 : keyEnd;
}

/** From the first template block that opens to where the last one of its nest closes. */
function conditionalSpans(actions: readonly TemplateAction[], openBlocks: number, length: number): Span[] {
  const result: Span[] = [];
  let depth = openBlocks;
  let start = 0;
  for (const action of actions) {
    if (action.kind === 'open') {
      if (depth === 0) {
        start = action.span.start;
      }
      depth++;
    } else if (action.kind === 'close' && depth > 0) {
      depth--;
      if (depth === 0) {
        result.push({ start, end: action.span.end });
      }
    }
  }
  if (depth > 0) {
    result.push({ start, end: length });
  }
  return result;
}
