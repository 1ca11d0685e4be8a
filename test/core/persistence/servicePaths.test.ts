import assert from 'node:assert/strict';
import { type PersistencePath, type Verdict, verdictOf } from '../../../server/src/persistence/path.ts';
import { pathsOfService } from '../../../server/src/persistence/servicePaths.ts';
import { analyze, URI } from '../../support/analysis.ts';

const PREFIX = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';

interface Written {
  readonly type?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly affinity?: string;
  readonly ports?: string;
}

/** The verdicts on a Service's ports, each with what limits it. */
function verdicts(written: Written): string[] {
  return pathsOf(written).map((path) => told(verdictOf(path)));
}

function pathsOf({
  type = 'LoadBalancer',
  annotations = {},
  affinity = '',
  ports = '  - port: 80',
}: Written): PersistencePath[] {
  const lines = Object.entries(annotations).map(([key, value]) => `    ${key}: "${value}"\n`);
  const text = [
    'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
    lines.length === 0 ? '' : `  annotations:\n${lines.join('')}`,
    `spec:\n  type: ${type}\n${affinity}  ports:\n${ports}\n`,
  ].join('');
  const [placed] = analyze(text).snapshot().files.get(URI)?.manifests ?? [];
  const [service] = placed?.manifest.services ?? [];
  assert(service !== undefined);
  return pathsOfService(service);
}

function told(verdict: Verdict): string {
  const by = verdict.weakest === undefined ? '' : ` by ${verdict.weakest.from}`;
  return verdict.kind === 'sticky' ? `sticky ${verdict.seconds ?? 'for good'}${by}` : `${verdict.kind}${by}`;
}

const CLIENT_IP = '  sessionAffinity: ClientIP\n';
const TEN_MINUTES = `${CLIENT_IP}  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 600\n`;
const HALF_AN_HOUR = { [`${PREFIX}persistence-timeout`]: '1800' };

describe('the paths into a Service', () => {
  const cases: readonly (readonly [string, Written, readonly string[]])[] = [
    ['without affinity', { type: 'ClusterIP' }, ['not sticky by client']],
    ['with ClientIP within the cluster', { type: 'ClusterIP', affinity: CLIENT_IP }, ['sticky 10800 by client']],
    ['with ClientIP and a time', { type: 'ClusterIP', affinity: TEN_MINUTES }, ['sticky 600 by client']],
    ['headless', { type: 'ClusterIP', affinity: `${CLIENT_IP}  clusterIP: None\n` }, ['not sticky by client']],
    ['behind a balancer of which nothing is known', { affinity: CLIENT_IP }, ['unknown by client']],
    ['behind such a one without affinity', {}, ['not sticky by node']],
    ['through CLB to a node only', { annotations: HALF_AN_HOUR }, ['sticky to the node only by node']],
    ['through CLB to a pod', { annotations: HALF_AN_HOUR, affinity: CLIENT_IP }, ['sticky 1800 by client']],
    [
      'through CLB, the node forgetting first',
      { annotations: HALF_AN_HOUR, affinity: TEN_MINUTES },
      ['sticky 600 by node'],
    ],
    [
      'through CLB without a memory',
      { annotations: { [`${PREFIX}scheduler`]: 'wrr' }, affinity: CLIENT_IP },
      ['not sticky by client'],
    ],
    [
      'through CLB by a hash',
      { annotations: { [`${PREFIX}scheduler`]: 'sch' }, affinity: CLIENT_IP },
      ['sticky 10800 by node'],
    ],
    [
      'through CLB straight to pods',
      { annotations: { ...HALF_AN_HOUR, 'service.beta.kubernetes.io/backend-type': 'eni' } },
      ['sticky 1800 by client'],
    ],
    [
      'through a cookie, kube-proxy seeing the balancer’s addresses',
      {
        annotations: { [`${PREFIX}protocol-port`]: 'http:80', [`${PREFIX}sticky-session`]: 'on' },
        affinity: CLIENT_IP,
      },
      ['collapsed by node'],
    ],
    [
      'port by port',
      {
        annotations: { ...HALF_AN_HOUR, [`${PREFIX}protocol-port`]: 'https:443' },
        affinity: CLIENT_IP,
        ports: '  - {name: a, port: 80}\n  - {name: b, port: 443}\n  - {name: c, port: 53, protocol: UDP}',
      },
      ['sticky 1800 by client', 'not sticky by client', 'not sticky by client'],
    ],
  ];
  for (const [title, written, expected] of cases) {
    it(title, () => assert.deepEqual(verdicts(written), expected));
  }
});

describe('kube-proxy, as it was observed at work', () => {
  const inCluster = { type: 'ClusterIP', affinity: TEN_MINUTES };
  const hopsOf = (written: Written) => pathsOf(written).flatMap(({ hops }) => hops);

  it('counts from the last new connection, not from the last packet', () =>
    assert.deepEqual(hopsOf(inCluster)[0]?.duration, { counts: 'since the last new connection', seconds: 600 }));

  it('remembers for three hours where nothing is said', () =>
    assert.equal(hopsOf({ ...inCluster, affinity: CLIENT_IP })[0]?.duration?.seconds, 10_800));

  it('remembers on each node by itself and for each port by itself', () => {
    const ports = '  - {name: a, port: 80}\n  - {name: b, port: 81}';
    assert.deepEqual(
      pathsOf({ ...inCluster, ports }).map(({ entry, hops }) => [
        entry.port.kind === 'value' && entry.port.value,
        hops.map(({ scope }) => scope),
      ]),
      [
        [80, ['node and service port']],
        [81, ['node and service port']],
      ],
    );
  });

  it('does the same for traffic from outside, whatever the traffic policy is', () => {
    for (const policy of ['Cluster', 'Local']) {
      const affinity = `${TEN_MINUTES}  externalTrafficPolicy: ${policy}\n`;
      const last = hopsOf({ type: 'NodePort', affinity }).at(-1);
      assert.deepEqual([last?.duration?.seconds, last?.scope, last?.sees], [600, 'node and service port', 'client']);
    }
  });

  it('has no part in headless Services and aliases', () => {
    assert.deepEqual(verdicts({ type: 'ClusterIP', affinity: `${CLIENT_IP}  clusterIP: None\n` }), [
      'not sticky by client',
    ]);
    assert.deepEqual(verdicts({ type: 'ExternalName', affinity: `${CLIENT_IP}  externalName: example.com\n` }), [
      'not sticky by client',
    ]);
  });
});
