import type { Report } from '../report.ts';

/** For machines; its shape is a promise. */
export function formatJson({ files, documents, findings }: Report): string {
  return `${JSON.stringify({ files, documents, findings }, undefined, 2)}\n`;
}
