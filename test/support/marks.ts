/**
 * The language of fixtures and of rule examples.
 *
 * - A line of blanks, carets and a rule id says that the line above has a finding of that rule at exactly those
 *   columns: `      ^^^^^^ affinity-value-unsupported`. The line is removed before anything is read.
 * - `#- path/to/file.yaml` on a line of its own starts another file; without it there is one, `manifest.yaml`.
 */
export interface MarkedFile {
  readonly path: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Mark {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
}

const MARK = /^( *)(\^+) ([a-z][a-z-]*)$/;
const FILE = /^#- (\S+)$/;

export function readMarked(source: string): MarkedFile[] {
  const files: { path: string; lines: string[]; marks: Mark[] }[] = [];
  let file = { path: 'manifest.yaml', lines: [] as string[], marks: [] as Mark[] };
  for (const line of source.split('\n')) {
    const path = FILE.exec(line)?.[1];
    const mark = MARK.exec(line);
    if (path !== undefined) {
      if (file.lines.length > 0) {
        files.push(file);
      }
      file = { path, lines: [], marks: [] };
    } else if (mark === null) {
      file.lines.push(line);
    } else {
      const lineStart = file.lines.slice(0, -1).reduce((sum, above) => sum + above.length + 1, 0);
      const start = lineStart + (mark[1] ?? '').length;
      file.marks.push({ rule: mark[3] ?? '', start, end: start + (mark[2] ?? '').length });
    }
  }
  files.push(file);
  return files.map(({ path: name, lines, marks }) => ({ path: name, text: lines.join('\n'), marks }));
}

/** The text with its marks drawn in, which is what a failing comparison shows. */
export function drawMarks(text: string, marks: readonly Mark[]): string {
  const drawn: string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    drawn.push(line);
    for (const mark of marks.filter(
      (candidate) => candidate.start >= start && candidate.start <= start + line.length,
    )) {
      const carets = '^'.repeat(Math.max(1, mark.end - mark.start));
      drawn.push(`${' '.repeat(mark.start - start)}${carets} ${mark.rule}`);
    }
    start += line.length + 1;
  }
  return drawn.join('\n');
}
