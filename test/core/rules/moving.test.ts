import assert from 'node:assert/strict';
import { findingsIn, mendAll } from '../../support/analysis.ts';

/** Where moved affinity fields go, what comes along, and what nobody but the author can decide. */

const service = (metadata: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${metadata}spec:\n${spec}`;

const CONFIG = (seconds: number): string =>
  `  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: ${seconds}\n`;

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
