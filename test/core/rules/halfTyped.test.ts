import assert from 'node:assert/strict';
import { findingsIn, rulesIn } from '../../support/analysis.ts';

/** What is said while a line is being typed: the mistake itself, and nothing that only follows from it. */

const service = (spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n${spec}  ports:\n    - port: 80\n`;

const json = (line: string): string =>
  `{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},\n "spec": {\n${line}   "ports": [{"port": 80}]}}\n`;

describe('a half-typed manifest', () => {
  for (const [title, text] of Object.entries({
    'a value whose quote is open': service('  type: "NodePort\n'),
    'an affinity whose quote is open': service("  sessionAffinity: 'ClientIP\n"),
    'a traffic policy whose quote is open': service('  externalTrafficPolicy: "Local\n'),
    'a key whose quote is open, in JSON': json('   "sessionAffinity\n'),
    'a value whose quote is open, in JSON': json('   "type": "NodePort\n'),
    'a letter above a key': service('  s\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 600\n'),
  })) {
    it(`has one finding for ${title}`, () => {
      assert.deepEqual(
        findingsIn(text).map(({ finding }) => finding.rule.id),
        ['yaml-syntax-error'],
      );
    });
  }

  it('is not YAML with a backtick from a page of documentation; signs of other tools are theirs', () => {
    assert.deepEqual(rulesIn(service('  sessionAffinity: `ClientIP`\n')), ['yaml-syntax-error']);
    assert.deepEqual(rulesIn(service('  sessionAffinity: @AFFINITY@\n')), []);
    assert.deepEqual(rulesIn(service('  sessionAffinity: %AFFINITY%\n')), []);
  });
});
