import assert from 'node:assert/strict';
import { findingsIn, mendAll } from '../../support/analysis.ts';
import { drawMarks, readMarked } from '../../support/marks.ts';

const URI = 'file:///chart/values.yaml';

function check(marked: string): void {
  const [file] = readMarked(marked);
  assert(file !== undefined);
  const marks = findingsIn(file.text, URI).map(({ finding, span }) => ({ rule: finding.rule.id, ...span }));
  assert.equal(drawMarks(file.text, marks), drawMarks(file.text, file.marks));
}

describe('a chart’s values', () => {
  it('are checked where they become fields of a Service', () => {
    check(`web:
  service:
    type: LoadBalancer
    sessionAffinity: clientIP
                     ^^^^^^^^ affinity-value-unsupported
    externalTrafficPolicy: local
                           ^^^^^ service-value-unsupported
`);
    check(`service:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 3h
                      ^^ affinity-timeout-invalid
`);
    check(`service:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIp:
    ^^^^^^^^ affinity-key-misspelt
      timeoutSeconds: 600
`);
    check(`service:
  type: LoadBalancer
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "7200"
                                                                               ^^^^^^ annotation-value-invalid
`);
  });

  it('say with None and a config that the config is dropped', () =>
    check(`service:
  sessionAffinity: None
  sessionAffinityConfig:
  ^^^^^^^^^^^^^^^^^^^^^ affinity-config-dropped
    clientIP:
      timeoutSeconds: 600
`));

  it('are silent on what only the chart knows', () => {
    check(`service:
  type: ClusterIP
  externalTrafficPolicy: Cluster
  healthCheckNodePort: ""
  nodePorts:
    http: 30080
  sessionAffinity: None
  sessionAffinityConfig: {}
  sessionAffinityEnabled: true
`);
    check('service:\n  type: loadbalancer\n  port: 80\n  protocol: http\n');
    check('service:\n  sessionAffinity: ""\n');
    check('service:\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 600\n');
  });

  it('weigh one step less, and no fix in them is safe', () => {
    const text = 'service:\n  sessionAffinity: clientIP\n';
    const [found] = findingsIn(text, URI);
    assert.equal(found?.severity, 'warning');
    assert.deepEqual(
      found?.finding.fixes.map(({ safety }) => safety),
      ['review'],
    );
    assert.equal(
      mendAll(text, () => true, URI),
      'service:\n  sessionAffinity: ClientIP\n',
    );
  });

  it('count within a Flux HelmRelease and an Argo CD Application as well', () => {
    check(`apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
spec:
  values:
    service:
      sessionAffinity: Cookie
                       ^^^^^^ affinity-value-unsupported
`);
    check(`apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: web
spec:
  source:
    helm:
      values: |
        service:
          sessionAffinity: Cookie
                           ^^^^^^ affinity-value-unsupported
`);
  });
});
