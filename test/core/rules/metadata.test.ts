import assert from 'node:assert/strict';
import { render } from '../../../server/src/messages/render.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import { findingsIn, uriOf } from '../../support/analysis.ts';
import { readMarked } from '../../support/marks.ts';

describe('the registry of rules', () => {
  it('is in alphabetical order, each id once', () => {
    const ids = RULES.map(({ id }) => id);
    assert.deepEqual(ids, [...new Set(ids)].sort());
  });
  for (const rule of RULES) {
    describe(rule.id, () => {
      it('is named subject-problem', () => assert.match(rule.id, /^[a-z]+(-[a-z]+)+$/));
      it('says what, why and what to do in whole sentences', () => {
        assert.match(rule.summary, /^[A-Z`][^\n]*\.$/);
        assert(rule.summary.length <= 130, 'the summary fits a line');
        assert.match(rule.why, /\.$/);
        assert.match(rule.remedy, /\.$/);
      });
      it('waits only for rules that exist', () => {
        for (const id of rule.after ?? []) {
          assert(
            RULES.some((other) => other.id === id),
            id,
          );
        }
      });
      it('links to pages by https', () => {
        for (const { url } of rule.links) {
          assert.match(url, /^https:\/\//);
        }
      });
    });
  }
});

describe('messages', () => {
  for (const rule of RULES) {
    const bad = rule.examples.flatMap((example) => ('bad' in example ? readMarked(example.bad) : []));
    const findings = bad
      .flatMap(({ text, path }) => findingsIn(text, uriOf(path)))
      .filter(({ finding }) => finding.rule === rule);
    for (const { finding } of findings) {
      const message = render(rule, finding.message, finding.arguments);
      it(`${rule.id}: ${message.replace('\n', ' ')}`, () => {
        assert.doesNotMatch(message, /[{}]|undefined/, 'every argument is filled in');
        const [first = '', ...rest] = message.split('\n');
        assert(first.length <= 120, `the first line has ${first.length} characters`);
        assert(rest.length <= 1, 'one line says what is wrong, one why it matters and what to do');
        for (const fix of finding.fixes) {
          const title = render(rule, fix.title, fix.arguments);
          assert.doesNotMatch(title, /[{}]|undefined|\.$/);
          assert(title.length <= 110, title);
        }
      });
    }
  }
});
