import assert from 'node:assert/strict';
import { ruleReferences } from '../../../server/src/features/documentLinks.ts';
import { analyze, URI } from '../../support/analysis.ts';

function linked(text: string, uri = URI): string[] {
  return ruleReferences(analyze(text, uri).snapshot(), uri).map(({ span, rule }) => {
    assert.equal(text.slice(span.start, span.end), rule.id);
    return rule.id;
  });
}

describe('links to the pages of rules', () => {
  it('lead from comments that hide findings, wherever they stand', () => {
    const text = `a: 1
---
# session-persistence-ignore-file timeouts-disagree, no-such-rule
apiVersion: v1
kind: Service
spec:
  # session-persistence-ignore-next-line affinity-in-selector annotation-value-invalid(cookie) -- timeouts-disagree
  type: ClusterIP
`;
    assert.deepEqual(linked(text), ['timeouts-disagree', 'affinity-in-selector', 'annotation-value-invalid']);
  });

  it('are not confused by pasted characters', () => {
    assert.deepEqual(
      linked('kind: Service\nspec:\n\u00a0\u00a0type:\u00a0x # session-persistence-ignore-object timeouts-disagree\n'),
      ['timeouts-disagree'],
    );
  });

  it('lead from a project file', () => {
    const text = 'rules:\n  affinity-in-selector: off\n  no-such-rule: off\nignore: [timeouts-disagree]\n';
    assert.deepEqual(linked(text, 'file:///workspace/.session-persistence.yaml'), ['affinity-in-selector']);
    assert.deepEqual(linked(text), [], 'another file with the same text');
  });

  it('are not made of other comments, texts and files that nobody knows', () => {
    assert.deepEqual(linked('# affinity-in-selector\n'), []);
    assert.deepEqual(linked('a: |\n  # session-persistence-ignore-file affinity-in-selector\n'), []);
    assert.deepEqual(ruleReferences(analyze('').snapshot(), 'file:///unknown.yaml'), []);
  });
});
