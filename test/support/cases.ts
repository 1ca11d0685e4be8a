import assert from 'node:assert/strict';
import { createAnalyzer } from '../../server/src/analyzer.ts';
import type { Severity } from '../../server/src/configuration/severity.ts';
import { mend } from '../../server/src/features/mending.ts';
import { findingsOf } from '../../server/src/rules/engine.ts';
import { marksIn, mendAll, uriOf } from './analysis.ts';
import { lineDiff } from './lineDiff.ts';
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

/** Manifests as people write them, with what is found in them. */
export interface RealCase {
  /** The number under which the sources list what it shows. */
  readonly id: string;
  readonly title: string;
  /** Of the marked findings, in their order. */
  readonly severities: readonly Severity[];
  /** With marks, and with `#- path` before each of several files. */
  readonly marked: string;
  /** The lines that the first fixes of the marked findings change, with `#- path` where there are several files. */
  readonly fix?: string;
}

/** Checks that the findings in all files are exactly the marked ones, how severe they are, and what is made of them. */
export function checkRealCase({ severities, marked, fix = '' }: RealCase): void {
  const files = readMarked(marked).map((file) => ({ ...file, uri: uriOf(file.path) }));
  const analyzer = createAnalyzer();
  for (const { uri, text } of files) {
    analyzer.apply({ kind: 'set', uri, text });
  }
  const snapshot = analyzer.snapshot();
  const found = files.map(({ uri }) => findingsOf(snapshot, uri));
  for (const [index, { text, marks }] of files.entries()) {
    const drawn = (found[index] ?? []).map(({ finding, span }) => ({ rule: finding.rule.id, ...span }));
    assert.equal(drawMarks(text, drawn), drawMarks(text, marks));
  }
  assert.deepEqual(
    found.flat().map(({ severity }) => severity),
    severities,
  );
  const rules = new Set(files.flatMap(({ marks }) => marks.map(({ rule }) => rule)));
  const { texts, failure } = mend(
    snapshot,
    files.map(({ uri }) => uri),
    ({ finding }, candidate) => rules.has(finding.rule.id) && candidate === finding.fixes[0],
  );
  assert.equal(failure, undefined);
  const changes = files
    .filter(({ uri }) => texts.has(uri))
    .map(({ path, uri, text }) => (files.length > 1 ? `#- ${path}\n` : '') + lineDiff(text, texts.get(uri) ?? text));
  assert.equal(changes.join(''), fix);
}
