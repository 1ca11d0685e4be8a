import { SEVERITIES, type Severity } from '../../configuration/severity.ts';
import type { Report, ReportedFinding } from '../report.ts';

/** What the place where the text is read can do. */
export interface Page {
  /** Columns; undefined where lines are not to be broken, since a program may be reading. */
  readonly width: number | undefined;
  readonly colour: boolean;
}

/** For people: a block a finding, under `file:line:column`, which terminals make a link, and a closing count. */
export function formatText(report: Report, page: Page): string {
  const { findings, mended } = report;
  const paint = page.colour ? coloured : (_: Style, text: string) => text;
  const blocks = findings.map((finding) => `${block(finding, page, paint)}\n`);
  const closing = [...mended.map((file) => `Mended ${printable(file)}.`), summary(report), ...advice(findings)];
  return [...blocks, ...closing, ''].join('\n');
}

type Style = Severity | 'place' | 'rule';
type Paint = (style: Style, text: string) => string;

function block(finding: ReportedFinding, { width }: Page, paint: Paint): string {
  const { file, line, column, severity, rule, message, fixes } = finding;
  const place = paint('place', `${printable(file)}:${line}:${column}`);
  return [
    `${place} ${paint(severity, severity)} ${paint('rule', rule)}`,
    ...message.split('\n').flatMap((paragraph) => wrap(printable(paragraph), '  ', '  ', width)),
    ...fixes.flatMap(({ title, safe }) =>
      wrap(printable(title), safe ? '  safe fix: ' : '  fix to review: ', '    ', width),
    ),
  ].join('\n');
}

function summary({ files, objects, findings }: Report): string {
  if (files === 0) {
    return 'No file was checked.';
  }
  const counts = SEVERITIES.flatMap((severity) => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [severity === 'information' ? `${number} ${severity}` : count(number, severity)];
  });
  const looked = `Checked ${count(objects, 'Kubernetes object')} in ${count(files, 'file')}`;
  return `${looked}: ${counts.length === 0 ? 'no findings' : counts.join(', ')}.`;
}

/** What to type next; nothing where typing it would change nothing. */
function advice(findings: readonly ReportedFinding[]): string[] {
  const safe = findings.filter(({ fixes }) => fixes.some((fix) => fix.safe)).length;
  const others = findings.filter(
    ({ severity, fixes }) =>
      (severity === 'error' || severity === 'warning') && fixes.length > 0 && !fixes.some((fix) => fix.safe),
  ).length;
  return [
    ...(safe === 0 ? [] : [`--fix mends ${safe} of them safely.`]),
    ...(others === 0 ? [] : [`--unsafe-fixes mends ${others}${safe === 0 ? '' : ' more'}; review what it changes.`]),
  ];
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** No line of running text is easier to read for being longer than this. */
const LONGEST_LINE = 100;

function wrap(text: string, first: string, others: string, width: number | undefined): string[] {
  if (width === undefined) {
    return [first + text];
  }
  const room = Math.max(40, Math.min(width, LONGEST_LINE));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && line.length + 1 + word.length > room) {
      lines.push(line);
      line = others;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}

/** Messages quote manifests, and a manifest must not steer the terminal of whoever checks it. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  place: [1, 22],
  rule: [2, 22],
  error: [31, 39],
  warning: [33, 39],
  information: [36, 39],
  hint: [36, 39],
};

function coloured(style: Style, text: string): string {
  const [on, off] = CODES[style];
  return `\u001b[${on}m${text}\u001b[${off}m`;
}
