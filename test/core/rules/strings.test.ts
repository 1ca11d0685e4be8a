import assert from 'node:assert/strict';
import { findingsIn } from '../../support/analysis.ts';
import { checkCases, service } from '../../support/cases.ts';

checkCases('value-not-a-string', [
  ...['1', '1.5', '1e3', '0x10', '010', '-7', 'true', 'False', 'on', 'Off', 'yes', 'NO', 'y', 'n', '1_000', '0b11'].map(
    (written) => ({
      title: `${written}, as it is written`,
      bad: service(`selector:\n  app: ${written} # why\n       ${'^'.repeat(written.length)} value-not-a-string\n`),
      fixed: service(`selector:\n  app: "${written}" # why\n`),
    }),
  ),
  {
    title: 'in braces and in JSON',
    bad: service(
      'selector: {app: 1, "tier": true}\n                ^ value-not-a-string\n                           ^^^^ value-not-a-string\n',
    ),
    fixed: service('selector: {app: "1", "tier": "true"}\n'),
  },
  {
    title: 'a mapping or a list has no fix',
    bad: service(
      'selector:\n  app:\n  ^^^ value-not-a-string\n    name: web\n  tier: [a]\n  ^^^^ value-not-a-string\n',
    ),
  },
  {
    title: 'a value that is anchored may be wanted as a number elsewhere',
    bad: service('selector:\n  app: &port 80\n             ^^ value-not-a-string\n', '  - port: *port'),
  },
  {
    title: 'a value that comes by an alias is named where it is used',
    bad: service('healthCheckNodePort: &zero 0\nselector:\n  app: *zero\n       ^^^^^ value-not-a-string\n'),
  },
  {
    title: 'only the one of two that is sent',
    bad: service('selector:\n  app: 1\n  ^^^ duplicate-key\n  app: web\n'),
  },
  {
    title: 'in an Ingress',
    bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  labels:
    version: 2
             ^ value-not-a-string
  annotations:
    nginx.ingress.kubernetes.io/session-cookie-max-age: 3600
                                                        ^^^^ value-not-a-string
spec: {}
`,
    fixed: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  labels:
    version: "2"
  annotations:
    nginx.ingress.kubernetes.io/session-cookie-max-age: "3600"
spec: {}
`,
  },
]);

describe('value-not-a-string', () => {
  const severityOf = (value: string): string | undefined =>
    findingsIn(service(`selector:\n  app: ${value}\n`)).map(({ severity }) => severity)[0];

  it('is an error for what every reader takes for no string, a warning for the words of YAML 1.1', () => {
    assert.deepEqual(['true', '1', '010'].map(severityOf), ['error', 'error', 'error']);
    assert.deepEqual(['on', 'N', '1_0'].map(severityOf), ['warning', 'warning', 'warning']);
  });

  it('takes no indentation for granted in a document with syntax errors', () => {
    const text = 'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    app: web\n      tier: front\nspec: {}\n';
    assert(!findingsIn(text).some(({ finding }) => finding.rule.id === 'value-not-a-string'));
  });

  it('leaves fields of affinity in a selector to their own rule', () => {
    const text = service('selector:\n  sessionAffinity: ClientIP\n  timeoutSeconds: 600\n');
    assert.deepEqual(
      findingsIn(text).map(({ finding }) => finding.rule.id),
      ['affinity-in-selector'],
    );
  });
});

checkCases('selector-not-flat', [
  {
    title: 'a comment behind the key stays, and labels beside it',
    bad: service(
      'selector:\n  tier: front\n  matchLabels: # of the pods\n  ^^^^^^^^^^^ selector-not-flat\n    app: web\n',
    ),
    fixed: service('selector:\n  tier: front\n  # of the pods\n  app: web\n'),
  },
  {
    title: 'braces in a block',
    bad: service('selector:\n    matchLabels: {app: web, "tier": front}\n    ^^^^^^^^^^^ selector-not-flat\n'),
    fixed: service('selector:\n    app: web\n    "tier": front\n'),
  },
  {
    title: 'a label that stands there already is not written twice',
    bad: service('selector:\n  app: web\n  matchLabels:\n  ^^^^^^^^^^^ selector-not-flat\n    app: api\n'),
  },
  {
    title: 'expressions have no place on a Service',
    bad: service(
      'selector:\n  matchExpressions:\n  ^^^^^^^^^^^^^^^^ selector-not-flat\n  - {key: app, operator: In, values: [web]}\n',
    ),
  },
]);

checkCases('duplicate-key', [
  {
    title: 'three times: both losers are named',
    bad: service(
      [
        'sessionAffinity: None',
        '^^^^^^^^^^^^^^^ duplicate-key',
        '"sessionAffinity": ""',
        '^^^^^^^^^^^^^^^^^ duplicate-key',
        'sessionAffinity: ClientIP',
      ].join('\n'),
    ),
    fixed: service('sessionAffinity: ClientIP\n'),
  },
  {
    title: 'a config whose first half is lost',
    bad: service(
      [
        'sessionAffinity: ClientIP',
        'sessionAffinityConfig:',
        '^^^^^^^^^^^^^^^^^^^^^ duplicate-key',
        '  clientIP:',
        '    timeoutSeconds: 0',
        'sessionAffinityConfig:',
        '  clientIP:',
        '    timeoutSeconds: 600',
        '    ^^^^^^^^^^^^^^ duplicate-key',
        '    timeoutSeconds: 700',
      ].join('\n'),
    ),
    fixed: service('sessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: 700\n'),
  },
  {
    title: 'in a port, behind its dash',
    bad: service('type: NodePort', '  - port: 80\n    ^^^^ duplicate-key\n    name: a\n    port: 81'),
    fixed: service('type: NodePort', '  - name: a\n    port: 81'),
  },
]);

describe('duplicate-key', () => {
  it('is a hint, mended safely, where both say the same', () => {
    for (const twice of ['type: NodePort\n', 'selector:\n  app: web\n']) {
      const [located] = findingsIn(service(twice + twice));
      assert.equal(located?.severity, 'hint');
      assert.equal(located.finding.fixes[0]?.safety, 'safe');
    }
  });

  it('is silent in a document with syntax errors', () => {
    const text = service('selector: {app: web\ntype: NodePort\ntype: NodePort\n');
    assert(!findingsIn(text).some(({ finding }) => finding.rule.id === 'duplicate-key'));
  });
});
