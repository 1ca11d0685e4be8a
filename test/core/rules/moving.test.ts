import assert from 'node:assert/strict';
import type { LocatedFinding } from '../../../server/src/rules/engine.ts';
import { findingsIn, mendAll } from '../../support/analysis.ts';

/** Where moved affinity fields go, what comes along, and what nobody but the author can decide. */

const service = (metadata: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${metadata}spec:\n${spec}`;

const CONFIG = (seconds: number): string =>
  `  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: ${seconds}\n`;

const FLOW_CONFIG = 'sessionAffinityConfig: {clientIP: {timeoutSeconds: 600}}';

describe('moving affinity fields', () => {
  it('is not offered where two timeouts contradict each other', () => {
    const spec = `  sessionAffinity: ClientIP\n${CONFIG(600)}  ports:\n    - port: 80\n`;
    const [located, ...others] = findingsIn(service(CONFIG(300), spec));
    assert.equal(others.length, 0);
    assert.equal(located?.finding.rule.id, 'affinity-misplaced');
    assert.deepEqual(located.finding.fixes, []);
    assert.equal(mendAll(service(CONFIG(600), spec)), service('', spec));
  });

  it('takes the comments along to the word that it replaces', () => {
    const moved = '  # The carts live in memory.\n  sessionAffinity: ClientIP # per client\n';
    const ports = '  ports:\n    - port: 80\n';
    assert.equal(
      mendAll(service(moved, `  # Chosen by hand.\n  sessionAffinity: None\n${ports}`)),
      service('', `  # Chosen by hand.\n${moved}${ports}`),
    );
    assert.equal(
      mendAll(service(moved, `  sessionAffinity: None # for now\n${ports}`)),
      service('', `  # The carts live in memory.\n  # per client\n  sessionAffinity: ClientIP # for now\n${ports}`),
    );
  });

  it('leaves the fields first in spec where they were first', () => {
    const rest = '  # Open to all.\n  ports:\n    - port: 80\n  type: ClusterIP\n';
    const fixed = service('', `  # why\n  sessionAffinity: ClientIP # who\n${CONFIG(600)}${rest}`);
    const mapping = '  # why\n  sessionAffinity: # who\n    clientIP:\n      timeoutSeconds: 600\n';
    assert.equal(mendAll(service('', mapping + rest)), fixed);
    const flat = '  clientIP:\n    timeoutSeconds: 600\n';
    assert.equal(
      mendAll(service('', `${flat}${rest}  sessionAffinity: ClientIP\n`)),
      service('', `${rest}  sessionAffinity: ClientIP\n${CONFIG(600)}`),
    );
  });
});

describe('a spec that holds nothing but misplaced fields', () => {
  const head = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';
  const fixed = `${head}spec:\n  sessionAffinity: ClientIP\n${CONFIG(600)}`;
  for (const [title, bad, good] of [
    ['a mapping', `${head}spec:\n  sessionAffinity:\n    clientIP:\n      timeoutSeconds: 600\n`, fixed],
    [
      'a mapping at the end of the text',
      `${head}spec:\n  sessionAffinity:\n    clientIP: {timeoutSeconds: 600}`,
      fixed,
    ],
    ['the whole in braces', `${head}spec: {timeoutSeconds: 600}\n`, `${head}spec: {${FLOW_CONFIG}}\n`],
    [
      'a flat timeout with its comments',
      `${head}spec:\n  # how long\n  timeoutSeconds: 600 # s\n# end\n`,
      `${head}spec:\n  sessionAffinityConfig:\n    clientIP:\n      # how long\n      timeoutSeconds: 600 # s\n# end\n`,
    ],
    [
      'a selector',
      `${head}spec:\n  selector:\n    sessionAffinity: ClientIP\n`,
      `${head}spec:\n  sessionAffinity: ClientIP\n`,
    ],
  ] as const) {
    it(`keeps the text whole: ${title}`, () => {
      const isMove = ({ finding }: LocatedFinding): boolean => !/dropped/.test(finding.rule.id);
      assert.equal(mendAll(bad, isMove).trimEnd(), good.trimEnd());
    });
  }
});
