import assert from 'node:assert/strict';
import { marksIn, mendAll } from './analysis.ts';
import { drawMarks, readMarked } from './marks.ts';

/**
 * A Service with marks under the lines of its `spec`, and what the first fixes of the marked findings make of it; a
 * case without `fixed` has no fix.
 */
export interface Case {
  readonly title: string;
  readonly bad: string;
  readonly fixed?: string;
}

/** Checks that the findings are exactly the marked ones, and what their first fixes make of the text. */
export function checkCases(rule: string, cases: readonly Case[]): void {
  describe(rule, () => {
    for (const { title, bad, fixed } of cases) {
      it(title, () => {
        const [file] = readMarked(bad);
        assert(file !== undefined);
        assert.equal(drawMarks(file.text, marksIn(file.text)), drawMarks(file.text, file.marks));
        const mended = mendAll(file.text, ({ finding }) => finding.rule.id === rule);
        assert.equal(mended, fixed ?? file.text);
      });
    }
  });
}

/** A Service with these lines, indented by two, in its `spec`. */
export function service(lines: string, ports = '  - port: 80'): string {
  const spec = lines.trimEnd().replace(/^(?=.)(.*)$/gm, '  $1');
  const before = spec === '' ? '' : `${spec}\n`;
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n${before}  ports:\n${ports}\n`;
}
