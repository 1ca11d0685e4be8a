import type { Report } from '../report.ts';

/** A block a finding, which editors and terminals recognise by `file:line:column`, and a closing count. */
export function formatText({ files, documents, findings }: Report): string {
  const blocks = findings.map(({ file, line, column, severity, message, rule, fixes }) =>
    [
      `${file}:${line}:${column} ${severity} ${rule}`,
      `  ${message}`,
      ...fixes.map(({ title, safe }) => `  fix: ${title}${safe ? '' : ' (review)'}`),
      '',
    ].join('\n'),
  );
  const summary = [count(files, 'file'), count(documents, 'document'), count(findings.length, 'finding')].join(', ');
  return [...blocks, `${summary}.`, ''].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
