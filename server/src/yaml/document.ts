import { applyEdits, normalizeEdits, type TextEdit } from '../text/edit.ts';
import { type Span, shift } from '../text/span.ts';
import { type Cleaning, cleanPastedText } from './clean.ts';
import type { DocumentSlice } from './documents.ts';
import type { YamlNode } from './nodes.ts';
import { parseYaml, type SyntaxProblem } from './parse.ts';
import type { KnownFields, Replacement } from './pasted.ts';
import { findTemplateActions, type TemplateAction } from './template.ts';

/**
 * One parsed document. It does not know where in its file it stands, so that typing above it changes nothing in it.
 *
 * Every span of nodes, findings and fixes is relative to `text`, the document as it would be with pasted characters
 * cleaned; `toRaw` and `editsOfRaw` lead back to what really stands in the file.
 */
export interface YamlDocument {
  readonly raw: string;
  readonly text: string;
  /** The pasted characters that were cleaned, in order; spans are relative to `raw`. */
  readonly replacements: readonly Replacement[];
  readonly templateActions: readonly TemplateAction[];
  readonly openTemplateBlocks: number;
  readonly root: YamlNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Where a span of `text` stands in `raw`; grown so that it covers characters which cleaning would delete. */
  toRaw(span: Span): Span;
  /** Edits of `text` as edits of `raw`, with the whole cleaning included. */
  editsOfRaw(edits: readonly TextEdit[]): TextEdit[];
}

export function readDocument(slice: DocumentSlice, knownFields: KnownFields): YamlDocument {
  const cleaning = cleanPastedText(slice.text, knownFields);
  const text = cleaning?.text ?? slice.text;
  const templateActions =
    cleaning === undefined || slice.templateActions.length === 0 ? slice.templateActions : findTemplateActions(text);
  const { root, problems } = parseYaml(text, templateActions, slice.openTemplateBlocks);
  return {
    raw: slice.text,
    text,
    replacements: cleaning?.replacements ?? [],
    templateActions,
    openTemplateBlocks: slice.openTemplateBlocks,
    root,
    problems,
    toRaw: (span) => (cleaning === undefined ? span : cleaning.toRaw(span)),
    editsOfRaw: (edits) => (cleaning === undefined ? [...edits] : withCleaning(cleaning, edits)),
  };
}

/**
 * The cleaning of everything that the edits leave, and the edits at their places in the raw text. Where an edit begins
 * or ends inside of what one replacement put there, the two become one edit.
 */
function withCleaning(cleaning: Cleaning, edits: readonly TextEdit[]): TextEdit[] {
  const anchors = anchorsOf(cleaning);
  const merged = new Set<Anchor>();
  const groups: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of normalizeEdits(edits)) {
    const own = anchors.filter((anchor) => isTouched(anchor, edit.span));
    const start = Math.min(edit.span.start, ...own.map((anchor) => anchor.start));
    const end = Math.max(edit.span.end, ...own.map((anchor) => anchor.end));
    const group = groups.at(-1);
    if (group !== undefined && own.some((anchor) => merged.has(anchor))) {
      group.end = Math.max(group.end, end);
      group.edits.push(edit);
    } else {
      groups.push({ start, end, edits: [edit] });
    }
    for (const anchor of own) {
      merged.add(anchor);
    }
  }
  const remaining = anchors.filter((anchor) => !merged.has(anchor)).map(({ replacement }) => replacement);
  const moved = groups.map((group) => ({
    span: cleaning.toRaw(group),
    newText: applyEdits(
      cleaning.text.slice(group.start, group.end),
      group.edits.map(({ span, newText }) => ({ span: shift(span, -group.start), newText })),
    ),
  }));
  return [...remaining, ...moved];
}

/** Where the text of a replacement stands in the cleaned text. */
interface Anchor {
  readonly start: number;
  readonly end: number;
  readonly replacement: Replacement;
}

function anchorsOf(cleaning: Cleaning): Anchor[] {
  let gained = 0;
  return cleaning.replacements.map((replacement) => {
    const start = replacement.span.start + gained;
    const end = start + replacement.newText.length;
    gained += replacement.newText.length - (replacement.span.end - replacement.span.start);
    return { start, end, replacement };
  });
}

function isTouched({ start, end }: Anchor, edited: Span): boolean {
  return start === end ? edited.start <= start && start <= edited.end : start < edited.end && edited.start < end;
}
