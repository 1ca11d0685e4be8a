import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findingsIn, mendAll } from '../../support/analysis.ts';

const PRINTED = readFileSync('samples/service-as-printed.yaml', 'utf8');

/** What its author meant. How the cluster sends traffic to backends, no manifest can know. */
const MENDED = `apiVersion: v1
kind: Service
metadata:
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: '1800' # TCP session persistence must be enabled for the SLB instance.
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: 'wrr'
  name: session1
  namespace: default
spec:
  externalTrafficPolicy: Local # Local.
  ports:
  - port: 80
    protocol: TCP
    targetPort: 80
  selector:
    app: nginx
  sessionAffinity: ClientIP  # this field must be set to ClientIP.
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
  type: LoadBalancer
`;

describe('the Service as the page prints it', () => {
  it('is seen through its no-break spaces: each cause is named once', () => {
    assert.deepEqual(
      findingsIn(PRINTED).map(({ finding, severity }) => [finding.rule.id, severity]),
      [
        ['pasted-characters', 'error'],
        ['copied-from-live-object', 'hint'],
        ['affinity-in-selector', 'error'],
        ['service-type-contradiction', 'error'],
      ],
    );
  });

  it('means what its author meant after every first fix, and keeps the comments of the lines that stay', () => {
    assert.equal(mendAll(PRINTED), MENDED);
    assert.deepEqual(findingsIn(MENDED), []);
  });

  it('arrives there whatever the order of the fixes', () => {
    const rules = [
      'service-type-contradiction',
      'affinity-in-selector',
      'copied-from-live-object',
      'pasted-characters',
    ];
    for (const first of rules) {
      const started = mendAll(PRINTED, ({ finding }) => finding.rule.id === first);
      assert.equal(mendAll(started), MENDED, first);
    }
  });

  it('has nothing above a hint left when only warnings and errors are mended', () => {
    const mended = mendAll(PRINTED, ({ severity }) => severity === 'error' || severity === 'warning');
    assert.deepEqual(
      findingsIn(mended).filter(({ severity }) => severity !== 'hint'),
      [],
    );
  });
});
