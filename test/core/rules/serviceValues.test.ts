import { type Case, checkCases, service } from '../../support/cases.ts';

/** The value of a field with the mark below it, and the whole field after the fix. */
function value(field: string, written: string, rule: string, fixed?: string): Case {
  const line = `${field}: ${written}`;
  const bare = /^["']/.test(written) ? written : written.replace(/ #.*$/, '');
  const mark = `${' '.repeat(field.length + 2)}${'^'.repeat(bare.length)} ${rule}`;
  return {
    title: line,
    bad: service(`${line}\n${mark}\n`),
    ...(fixed === undefined ? {} : { fixed: service(`${field}: ${fixed}\n`) }),
  };
}

checkCases('affinity-value-unsupported', [
  ...[
    ['CLIENTIP', 'ClientIP'],
    ['client-ip', 'ClientIP'],
    ['ClientIp # per client', 'ClientIP # per client'],
    ['NONE', 'None'],
    ['"ClientIP "', '"ClientIP"'],
    ["'client ip'", "'ClientIP'"],
    ['ClientIP;', 'ClientIP'],
    ['ClientIP,', 'ClientIP'],
    ['__ClientIP__', 'ClientIP'],
    ['*ClientIP*', 'ClientIP'],
    ['ClientIP // per client # and port', 'ClientIP # per client # and port'],
    ['ClientIP -- per client', 'ClientIP # per client'],
    ['ClientIP (per client)', 'ClientIP # per client'],
    ['ClientIP#per client', 'ClientIP # per client'],
    ['"ClientIP # per client"', '"ClientIP" # per client'],
    ['ClusterIP', 'ClientIP'],
    ['Local', 'ClientIP'],
    ['sticky', 'ClientIP'],
    ['ClientAddress', 'ClientIP'],
    ['on', 'ClientIP'],
    ['5', 'None'],
  ].map(([written = '', fixed]) => value('sessionAffinity', written, 'affinity-value-unsupported', fixed)),
  {
    title: 'a block scalar, which ends with a line break',
    bad: service('sessionAffinity: |\n^^^^^^^^^^^^^^^ affinity-value-unsupported\n  ClientIP\n'),
    fixed: service('sessionAffinity: ClientIP\n'),
  },
  {
    title: 'in braces, where no comment can stand',
    bad: `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {sessionAffinity: ClientIP // a, ports: [{port: 80}]}
                        ^^^^^^^^^^^^^ affinity-value-unsupported
`,
    fixed: `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {sessionAffinity: ClientIP, ports: [{port: 80}]}
`,
  },
]);

checkCases('service-value-unsupported', [
  ...[
    ['type', 'nodeport', 'NodePort'],
    ['type', 'LoadBalancer // internal', 'LoadBalancer # internal'],
    ['type', 'LoadBalencer', 'LoadBalancer'],
    ['type', '"clusterIP"', '"ClusterIP"'],
    ['type', 'Ingress'],
    ['type', 'yes'],
    ['internalTrafficPolicy', 'LOCAL', 'Local'],
    ['internalTrafficPolicy', 'PreferLocal'],
  ].map(([field = '', written = '', fixed]) => value(field, written, 'service-value-unsupported', fixed)),
  {
    title: 'protocols of ports',
    bad: service(
      'type: NodePort',
      [
        '  - port: 80',
        '    protocol: udp',
        '              ^^^ service-value-unsupported',
        '  - {port: 443, protocol: https}',
        '                          ^^^^^ service-value-unsupported',
        '  - port: 53',
        '    protocol: ""',
      ].join('\n'),
    ),
    fixed: service(
      'type: NodePort',
      '  - port: 80\n    protocol: UDP\n  - {port: 443, protocol: TCP}\n  - port: 53\n    protocol: ""',
    ),
  },
]);

checkCases('cluster-ip-invalid', [
  ...['10.0.0.256', '1.2.3', 'x.x.x.x', '10.0.0.0/24', '10.1', 'true', '"10.0.0.1 "', 'fd00::1::2', '1:2:3'].map(
    (written): Case => ({
      ...value('clusterIP', written, 'cluster-ip-invalid'),
      fixed: service(''),
    }),
  ),
  ...[
    ['none', 'None'],
    ['"NONE"', '"None"'],
  ].map(([written = '', fixed]) => value('clusterIP', written, 'cluster-ip-invalid', fixed)),
  {
    title: 'the list together with the address, one finding',
    bad: service(
      'clusterIP: 10.x.x.1\n           ^^^^^^^^ cluster-ip-invalid\nclusterIPs:\n- 10.x.x.1\ntype: NodePort\n',
    ),
    fixed: service('type: NodePort\n'),
  },
]);
