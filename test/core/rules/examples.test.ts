import assert from 'node:assert/strict';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import type { Rule, RuleExample } from '../../../server/src/rules/rule.ts';
import { analyze, applyFix, marksIn, mendAll, rulesIn, uriOf } from '../../support/analysis.ts';
import { drawMarks, readMarked } from '../../support/marks.ts';

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

function checkGood(example: Extract<RuleExample, { good: string }>): void {
  const [file] = readMarked(example.good);
  assert(file !== undefined);
  assert.equal(drawMarks(file.text, marksIn(file.text, uriOf(file.path))), file.text);
}

function checkBad(rule: Rule, example: Extract<RuleExample, { bad: string }>): void {
  const [file] = readMarked(example.bad);
  assert(file !== undefined && file.marks.length > 0, 'a bad example marks its findings');
  assert(file.marks.some((mark) => mark.rule === rule.id));
  const uri = uriOf(file.path);
  assert.equal(drawMarks(file.text, marksIn(file.text, uri)), drawMarks(file.text, file.marks));
  checkEachFix(rule, file.text, uri);
  if (example.fixed !== undefined) {
    assert.equal(
      mendAll(file.text, ({ finding }) => finding.rule === rule, uri),
      example.fixed,
    );
    assert(!rulesIn(example.fixed, uri).includes(rule.id), 'the fixed text has no finding of the rule');
  }
}

/** After a fix its finding is gone, and the only new ones are of rules that had been waiting for this one. */
function checkEachFix(rule: Rule, text: string, uri: string): void {
  const analyzer = analyze(text, uri);
  const findings = findingsOf(analyzer.snapshot(), uri);
  const before = findings.map(({ finding }) => finding.rule.id);
  for (const { finding } of findings.filter((located) => located.finding.rule === rule)) {
    for (const fix of finding.fixes) {
      const after = findingsOf(analyze(applyFix(text, fix, analyzer, uri), uri).snapshot(), uri);
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
