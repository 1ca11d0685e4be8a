import assert from 'node:assert/strict';
import { type Analyzer, createAnalyzer } from '../../../server/src/analyzer.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import type { Rule, RuleExample } from '../../../server/src/rules/rule.ts';
import { applyFix, mendAll, rulesIn, uriOf } from '../../support/analysis.ts';
import { drawMarks, type MarkedFile, readMarked } from '../../support/marks.ts';

/** Made by the engine, so that no manifest can serve as their example. */
const WITHOUT_EXAMPLES = new Set(['file-not-checked', 'internal-error']);

describe('the examples of the rules', () => {
  for (const rule of RULES.filter(({ id }) => !WITHOUT_EXAMPLES.has(id))) {
    describe(rule.id, () => {
      it('has a bad and a good one', () => {
        assert(rule.examples.some((example) => 'bad' in example));
        assert(rule.examples.some((example) => 'good' in example));
      });
      for (const example of rule.examples) {
        it(example.title, () => ('bad' in example ? checkBad(rule, example) : checkGood(example)));
      }
    });
  }
});

/** All files of an example, known together. */
function analyzeAll(files: readonly MarkedFile[]): Analyzer {
  const analyzer = createAnalyzer();
  for (const { path, text } of files) {
    analyzer.apply({ kind: 'set', uri: uriOf(path), text });
  }
  return analyzer;
}

function checkMarks(files: readonly MarkedFile[]): void {
  const snapshot = analyzeAll(files).snapshot();
  for (const { path, text, marks } of files) {
    const found = findingsOf(snapshot, uriOf(path)).map(({ finding, span }) => ({ rule: finding.rule.id, ...span }));
    assert.equal(drawMarks(text, found), drawMarks(text, marks));
  }
}

function checkGood(example: Extract<RuleExample, { good: string }>): void {
  const files = readMarked(example.good);
  assert(files.every(({ marks }) => marks.length === 0));
  checkMarks(files);
}

function checkBad(rule: Rule, example: Extract<RuleExample, { bad: string }>): void {
  const files = readMarked(example.bad);
  const marks = files.flatMap((file) => file.marks);
  assert(marks.length > 0, 'a bad example marks its findings');
  assert(marks.some((mark) => mark.rule === rule.id));
  checkMarks(files);
  for (const file of files) {
    checkEachFix(rule, files, file);
  }
  const [file] = files;
  if (example.fixed !== undefined && file !== undefined) {
    const uri = uriOf(file.path);
    assert.equal(
      mendAll(file.text, ({ finding }) => finding.rule === rule, uri),
      example.fixed,
    );
    assert(!rulesIn(example.fixed, uri).includes(rule.id), 'the fixed text has no finding of the rule');
  }
}

/** After a fix its finding is gone, and the only new ones are of rules that had been waiting for this one. */
function checkEachFix(rule: Rule, files: readonly MarkedFile[], { path, text }: MarkedFile): void {
  const analyzer = analyzeAll(files);
  const uri = uriOf(path);
  const findings = findingsOf(analyzer.snapshot(), uri);
  const before = findings.map(({ finding }) => finding.rule.id);
  for (const { finding } of findings.filter((located) => located.finding.rule === rule)) {
    for (const fix of finding.fixes) {
      const fixed = analyzeAll(files);
      fixed.apply({ kind: 'set', uri, text: applyFix(text, fix, analyzer, uri) });
      const after = findingsOf(fixed.snapshot(), uri);
      const ids = after.map((located) => located.finding.rule.id);
      const count = (list: readonly string[], id: string): number =>
        list.filter((candidate) => candidate === id).length;
      assert.equal(count(ids, rule.id), count(before, rule.id) - 1, `${fix.title} mends one finding`);
      for (const id of new Set(ids.filter((candidate) => count(ids, candidate) > count(before, candidate)))) {
        const caused = RULES.find((candidate) => candidate.id === id);
        assert(caused?.after?.includes(rule.id), `${fix.title} of ${rule.id} caused ${id}`);
      }
    }
  }
}
