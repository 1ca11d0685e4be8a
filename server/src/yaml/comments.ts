import { Lexer } from 'yaml';
import type { Span } from '../text/span.ts';
import type { YamlDocument } from './document.ts';
import { maskTemplateActions } from './template.ts';

/** A comment as YAML sees it: from its `#` to the end of its line. */
export interface YamlComment {
  /** Relative to the document's text. */
  readonly span: Span;
  readonly text: string;
}

/** What the lexer puts before a plain or block scalar; it is no part of the text. */
const SCALAR = '\x1f';
/** The lexer's other marks without a text: the start of a document, the end of a broken flow collection. */
const MARKS = new Set(['\x02', '\x18']);

/**
 * The comments of a document, in order. What looks like one within a quoted text, a block scalar or a template comment
 * is none. It costs a pass over the text, so ask only where there is reason to believe that a comment matters.
 */
export function commentsOf({ text, templateActions }: YamlDocument): YamlComment[] {
  const masked = templateActions.length === 0 ? text : maskTemplateActions(text, templateActions);
  const comments: YamlComment[] = [];
  let at = 0;
  let isScalar = false;
  for (const token of new Lexer().lex(masked)) {
    if (!isScalar && (token === SCALAR || MARKS.has(token))) {
      isScalar = token === SCALAR;
      continue;
    }
    const end = at + token.length;
    if (!isScalar && token.startsWith('#')) {
      comments.push({ span: { start: at, end }, text: text.slice(at, end) });
    }
    at = end;
    isScalar = false;
  }
  return comments;
}
