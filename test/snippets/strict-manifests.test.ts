import assert from 'node:assert/strict';
import { refusalsOf } from './strict-manifests.ts';

describe('the strict check of manifests', function () {
  // A start of the compiler takes well under a second, but not on a busy machine.
  this.timeout(60_000);

  const service = (spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' }, spec });
  const deployment = (container: object) => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: { matchLabels: { app: 'web' } }, template: { spec: { containers: [container] } } },
  });

  const cases: ReadonlyArray<readonly [string, unknown, RegExp | undefined]> = [
    ['accepts a Service', service({ ports: [{ port: 80, targetPort: 'http' }] }), undefined],
    ['accepts a Deployment', deployment({ name: 'web', image: 'nginx' }), undefined],
    ['refuses an unknown field of the spec', service({ timeoutSeconds: 10800 }), /"timeoutSeconds"' does not exist/],
    [
      'refuses an unknown field in depth',
      service({ sessionAffinityConfig: { clientIP: { timeout: 1 } } }),
      /"timeout"' does not exist/,
    ],
    [
      'refuses an unknown field in a list',
      service({ ports: [{ port: 80, sessionAffinity: 'None' }] }),
      /"sessionAffinity"' does not exist/,
    ],
    ['refuses an unknown field of a pod', deployment({ name: 'web', images: 'nginx' }), /"images"' does not exist/],
    [
      'refuses an unknown field at the root',
      { ...service({}), sessionAffinity: 'None' },
      /"sessionAffinity"' does not exist/,
    ],
    [
      'refuses a number for a string',
      service({ selector: { timeoutSeconds: 10800 } }),
      /'number' is not assignable to type 'string'/,
    ],
    ['refuses a string for a number', service({ ports: [{ port: '80' }] }), /'string' is not assignable/],
    [
      'refuses a number as an annotation',
      { ...service({}), metadata: { annotations: { timeout: 1800 } } },
      /'number' is not assignable/,
    ],
    ['refuses a word outside a closed set', service({ sessionAffinity: 'ClientIp' }), /"ClientIp"' is not assignable/],
    ['refuses a mapping for a list', service({ ports: { port: 80 } }), /does not exist in type 'StrictPort\[\]'/],
    ['refuses null', service({ sessionAffinityConfig: null }), /'null' is not assignable/],
    ['refuses a missing field', service({ ports: [{ targetPort: 80 }] }), /Property 'port' is missing/],
    ['refuses a kind that it does not know', { apiVersion: 'v1', kind: 'Deployment' }, /^No type for v1 Deployment\.$/],
    ['refuses what is no mapping', null, /^No type for undefined undefined\.$/],
  ];
  let refusals: string[][] = [];
  before(() => {
    refusals = refusalsOf(cases.map(([, document]) => document));
  });
  cases.forEach(([what, , reason], index) => {
    it(what, () => {
      const found = refusals[index];
      if (reason === undefined) assert.deepEqual(found, []);
      else assert.match(String(found?.[0]), reason);
    });
  });
});
