import { type MarkupContent, MarkupKind } from 'vscode-languageserver';
import { type MarkupPart, toMarkdown, toPlainText } from '../rendering/markup.ts';

/** The format of the two that a client likes best; plain text where it says nothing. */
export function preferredFormat(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.find((format) => format === MarkupKind.Markdown || format === MarkupKind.PlainText) ?? 'plaintext';
}

export function toMarkup(parts: readonly MarkupPart[], format: MarkupKind): MarkupContent {
  return { kind: format, value: format === MarkupKind.Markdown ? toMarkdown(parts) : toPlainText(parts) };
}
