/** A short text in parts, for a host to show as Markdown or as plain text. Texts may hold `code` in backticks. */
export type MarkupPart =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly lead?: string; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'link'; readonly title: string; readonly url: string };

export function toMarkdown(parts: readonly MarkupPart[]): string {
  return parts.map(partAsMarkdown).join('\n\n');
}

export function toPlainText(parts: readonly MarkupPart[]): string {
  return parts.map(partAsText).join('\n\n');
}

function partAsMarkdown(part: MarkupPart): string {
  switch (part.kind) {
    case 'heading':
      return `**${escapeMarkdown(part.text)}**`;
    case 'paragraph':
      return `${part.lead === undefined ? '' : `**${part.lead}** `}${escapeMarkdown(part.text)}`;
    case 'list':
      return part.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'link':
      return `[${escapeMarkdown(part.title)}](${part.url})`;
  }
}

function partAsText(part: MarkupPart): string {
  switch (part.kind) {
    case 'heading':
      return part.text;
    case 'paragraph':
      return `${part.lead === undefined ? '' : `${part.lead} `}${part.text.replaceAll('`', '')}`;
    case 'list':
      return part.items.map((item) => `- ${item.replaceAll('`', '')}`).join('\n');
    case 'link':
      return `${part.title}: ${part.url}`;
  }
}

/** Escapes what Markdown would take for markup, outside of `code`. */
function escapeMarkdown(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[\\*_[\]<>#]/g, '\\$&')))
    .join('');
}
