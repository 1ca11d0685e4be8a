import assert from 'node:assert/strict';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { analyze, applyFix, findingsIn, URI } from '../../support/analysis.ts';
import { checkCases, service } from '../../support/cases.ts';

describe('fields against types', () => {
  const FIELDS: Readonly<Record<string, string>> = {
    externalTrafficPolicy: 'externalTrafficPolicy: Local',
    healthCheckNodePort: 'healthCheckNodePort: 30000',
    loadBalancerClass: 'loadBalancerClass: example.com/inner',
    allocateLoadBalancerNodePorts: 'allocateLoadBalancerNodePorts: false',
    loadBalancerSourceRanges: 'loadBalancerSourceRanges: [192.0.2.0/24]',
    nodePort: '',
  };
  /** What kube-apiserver 1.36 refuses. */
  const REFUSED: Readonly<Record<string, readonly string[]>> = {
    ClusterIP: Object.keys(FIELDS),
    NodePort: ['healthCheckNodePort', 'loadBalancerClass', 'allocateLoadBalancerNodePorts', 'loadBalancerSourceRanges'],
    LoadBalancer: [],
    ExternalName: Object.keys(FIELDS).filter((field) => field !== 'nodePort'),
  };
  for (const [type, refused] of Object.entries(REFUSED)) {
    for (const [field, line] of Object.entries(FIELDS)) {
      it(`${field} with ${type}`, () => {
        const ports = field === 'nodePort' ? '  - port: 80\n    nodePort: 30080' : '  - port: 80';
        const found = findingsIn(service(`type: ${type}\n${line}\n`, ports))
          .filter(({ finding }) => finding.rule.id === 'service-type-contradiction')
          .map(({ severity }) => severity);
        assert.deepEqual(found, refused.includes(field) ? ['error'] : []);
      });
    }
  }
});

checkCases('service-type-contradiction', [
  {
    title: 'many fields, one finding at the first where no type is written',
    bad: service(
      [
        'externalTrafficPolicy: Local',
        '^^^^^^^^^^^^^^^^^^^^^ service-type-contradiction',
        'healthCheckNodePort: 30000',
        'loadBalancerClass: example.com/inner',
        'allocateLoadBalancerNodePorts: true',
        'loadBalancerSourceRanges:',
        '- 192.0.2.0/24',
        'selector: {app: web}',
      ].join('\n'),
    ),
    fixed: `${service(
      [
        'externalTrafficPolicy: Local',
        'healthCheckNodePort: 30000',
        'loadBalancerClass: example.com/inner',
        'allocateLoadBalancerNodePorts: true',
        'loadBalancerSourceRanges:',
        '- 192.0.2.0/24',
        'selector: {app: web}',
      ].join('\n'),
    )}  type: LoadBalancer\n`,
  },
  {
    title: 'a policy where the list of external addresses is empty',
    bad: service(
      'selector: {app: web}\nexternalIPs: []\nexternalTrafficPolicy: Local\n^^^^^^^^^^^^^^^^^^^^^ service-type-contradiction\n',
    ),
    fixed: `${service('selector: {app: web}\nexternalIPs: []\nexternalTrafficPolicy: Local\n')}  type: NodePort\n`,
  },
  {
    title: 'an address on an ExternalName',
    bad: service('type: ExternalName\n      ^^^^^^^^^^^^ service-type-contradiction\nclusterIP: 10.0.0.1\n'),
    fixed: service('type: ExternalName\n'),
  },
]);

describe('service-type-contradiction: a patch', () => {
  it('may add ports to a Service that has a type', () => {
    const text = service('', '  - port: 80\n    nodePort: 30080');
    assert.deepEqual(findingsIn(text), []);
  });
});

checkCases('headless-type-contradiction', [
  {
    title: 'a headless load balancer',
    bad: service(
      'clusterIP: "None" # no balancing\n           ^^^^^^ headless-type-contradiction\ntype: LoadBalancer\n',
    ),
    fixed: service('type: LoadBalancer\n'),
  },
]);

describe('headless-type-contradiction: the other way', () => {
  it('takes along what goes with the type only', () => {
    const text = service(
      'clusterIP: None\ntype: LoadBalancer\nexternalTrafficPolicy: Local\nhealthCheckNodePort: 30000\n',
      '  - port: 80\n    nodePort: 30080',
    );
    const analyzer = analyze(text);
    const [located] = findingsOf(analyzer.snapshot(), URI);
    const fix = located?.finding.fixes[1];
    assert(fix !== undefined);
    assert.equal(applyFix(text, fix, analyzer), service('clusterIP: None\ntype: ClusterIP\n'));
  });
});

checkCases('health-check-port-without-local', [
  {
    title: 'an empty policy is the default',
    bad: service(
      'type: LoadBalancer\nexternalTrafficPolicy: ""\nhealthCheckNodePort: 30000\n^^^^^^^^^^^^^^^^^^^ health-check-port-without-local\n',
    ),
    fixed: service('type: LoadBalancer\nexternalTrafficPolicy: "Local"\nhealthCheckNodePort: 30000\n'),
  },
]);

describe('health-check-port-without-local', () => {
  it('waits for a policy that is misspelt, and for a type that contradicts it', () => {
    for (const lines of ['type: LoadBalancer\nexternalTrafficPolicy: local', 'type: NodePort']) {
      const rules = findingsIn(service(`${lines}\nhealthCheckNodePort: 30000\n`)).map(({ finding }) => finding.rule.id);
      assert(!rules.includes('health-check-port-without-local'), rules.join());
      assert.equal(rules.length, 1);
    }
  });
});

checkCases('affinity-without-virtual-ip', [
  {
    title: 'without a config',
    bad: service(
      'clusterIP: None\nsessionAffinity: ClientIP # sticky\n                 ^^^^^^^^ affinity-without-virtual-ip\n',
    ),
    fixed: service('clusterIP: None\n'),
  },
]);

describe('affinity-config-dropped on a headless Service', () => {
  it('offers only to remove the config', () => {
    const [located] = findingsIn(
      service('clusterIP: None\nsessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: 600\n'),
    );
    assert.equal(located?.finding.rule.id, 'affinity-config-dropped');
    assert.deepEqual(
      located.finding.fixes.map(({ title }) => title),
      ['remove'],
    );
  });
});

describe('affinity-per-node', () => {
  const rulesOf = (lines: string): string[] => findingsIn(service(lines)).map(({ finding }) => finding.rule.id);

  it('is silent where only a node’s own pods are used, or the policy is not known', () => {
    for (const policy of ['Local', '{{ .Values.policy }}']) {
      assert.deepEqual(rulesOf(`type: NodePort\nsessionAffinity: ClientIP\nexternalTrafficPolicy: ${policy}\n`), []);
    }
  });

  it('waits for what refuses the Service', () => {
    assert.deepEqual(rulesOf('type: NodePort\nsessionAffinity: ClientIP\nselector:\n  app: 1\n'), [
      'value-not-a-string',
    ]);
  });
});
