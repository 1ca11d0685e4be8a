import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { type Cleaning, cleanPastedText, type KnownFields, type Replacement } from './clean.ts';
import type { DocumentSlice } from './documents.ts';
import type { YamlNode } from './nodes.ts';
import { parseYaml, type SyntaxProblem } from './parse.ts';
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

/** The cleaning of everything that the edits leave, and the edits at their places in the raw text. */
function withCleaning(cleaning: Cleaning, edits: readonly TextEdit[]): TextEdit[] {
  const moved = edits.map((edit) => ({ span: cleaning.toRaw(edit.span), newText: edit.newText }));
  const remaining = cleaning.replacements.filter(
    ({ span }) => !moved.some((edit) => span.start < edit.span.end && edit.span.start < span.end),
  );
  return [...remaining, ...moved];
}
