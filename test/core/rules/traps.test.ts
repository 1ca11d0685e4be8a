import assert from 'node:assert/strict';
import { findingsIn } from '../../support/analysis.ts';

/** What is legal, and what tools that shout at it are switched off for. */

const service = (spec: string, metadata = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${metadata}spec:\n${spec}  ports:\n    - port: 80\n`;

const SILENT: Readonly<Record<string, string>> = {
  'no affinity at all': service(''),
  'None, in all that stands for it': [
    service('  sessionAffinity: None\n'),
    service('  sessionAffinity: ""\n'),
    service('  sessionAffinity:\n'),
    service('  sessionAffinity: ~\n'),
    service('  sessionAffinity: null\n'),
  ].join('---\n'),
  'ClientIP without a config, and with every empty one': [
    service('  sessionAffinity: ClientIP\n'),
    service('  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n'),
    service('  sessionAffinity: ClientIP\n  sessionAffinityConfig: {}\n'),
    service('  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n'),
    service('  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP: {}\n'),
    service('  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds:\n'),
    service('  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: null\n'),
  ].join('---\n'),
  'the bounds of the timeout, and its odd but legal spellings': ['1', '86400', '600.0', '6e2', '10_800', '0x10', '010']
    .map((timeout) =>
      service(
        `  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: ${timeout}\n`,
      ),
    )
    .join('---\n'),
  'a block scalar that ends without a line break': service('  sessionAffinity: |-\n    ClientIP\n'),
  'two ports of one protocol': `${service('  sessionAffinity: ClientIP\n')}      name: a\n    - port: 81\n      name: b\n`,
  'TCP and UDP without affinity': `${service('')}      name: a\n    - port: 80\n      name: b\n      protocol: UDP\n`,
  'a custom resource with a config alone': `apiVersion: example.com/v1
kind: Egress
metadata:
  name: web
spec:
  sessionAffinity: Anything
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`,
  'a Knative Service, which is another kind of that name': `apiVersion: serving.knative.dev/v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: cookie
`,
  'values that a template fills in': service(
    [
      '  type: {{ .Values.type }}',
      '  clusterIP: {{ .Values.clusterIP | quote }}',
      '  sessionAffinity: {{ .Values.affinity }}',
      '  externalTrafficPolicy: "{{ .Values.policy }}"',
      '  healthCheckNodePort: {{ .Values.port }}',
      '  selector:',
      '    app: {{ .Release.Name }}',
      '',
    ].join('\n'),
    '  annotations:\n    example.com/port: {{ .Values.port }}\n',
  ),
  'values that something else fills in': service(
    `  type: \${TYPE}\n  clusterIP: <address>\n  sessionAffinity: $(AFFINITY)\n  healthCheckNodePort: \${PORT}\n`,
  ),
  'either side of a condition': `apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    {{- if .Values.new }}
    tier: front
    {{- else }}
    tier: back
    {{- end }}
spec:
  {{- if .Values.sticky }}
  sessionAffinity: ClientIP
  {{- else }}
  sessionAffinity: None
  {{- end }}
  type: NodePort
  ports:
    - port: 80
`,
  'fields that a block may bring along': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  {{- with .Values.spec }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
  healthCheckNodePort: 30000
  ports:
    - port: 80
      nodePort: 30080
`,
  'ports that a block may leave out': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
    {{- if .Values.udp }}
    - port: 80
      protocol: UDP
    {{- end }}
`,
  'the policy and the ports of a Service with external addresses': service(
    '  externalIPs: [192.0.2.10]\n  externalTrafficPolicy: Local\n  sessionAffinity: ClientIP\n',
  ),
  'ports of 0, as older objects were exported': `${service('  healthCheckNodePort: 0\n')}      nodePort: 0\n`,
  'fields of a balancer that are set to nothing': service(
    '  type: NodePort\n  loadBalancerClass:\n  allocateLoadBalancerNodePorts: null\n  loadBalancerSourceRanges: []\n',
  ),
  'a node port on an ExternalName': `${service('  type: ExternalName\n  externalName: a.example.com\n')}      nodePort: 30080\n`,
  'headless, with what goes with it': service(
    '  clusterIP: None\n  sessionAffinity: None\n  publishNotReadyAddresses: true\n',
  ),
  'the internal policy with affinity': service('  sessionAffinity: ClientIP\n  internalTrafficPolicy: Local\n'),
  'a Service that selects nothing': service('  selector: {}\n  sessionAffinity: ClientIP\n'),
  'labels that are spelt like fields of affinity': service('  selector:\n    clientIP: web\n'),
  'what is a string to every reader': service(
    '  selector:\n    app: "true"\n    version: v1\n',
    '  annotations:\n    a: "1"\n    b: \'on\'\n    c: |\n      1\n    d: !!str 5\n    e: 1.2.3\n    f: 10.0.0.0/8\n    g:\n    h: enabled\n',
  ),
  'what a merge brings and an own key replaces': `apiVersion: v1
kind: Service
metadata:
  name: web
  labels: &labels
    app: web
  annotations:
    <<: *labels
    <<: *labels
    app: other
spec:
  selector: *labels
  ports:
    - port: 80
`,
  'objects of a List, each by itself': `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata:
      name: a
    spec:
      sessionAffinity: ClientIP
      ports:
        - port: 80
  - apiVersion: v1
    kind: Service
    metadata:
      name: b
    spec:
      sessionAffinity: None
      ports:
        - port: 80
`,
};

const INFORMATION: Readonly<Record<string, string>> = {
  'affinity-per-node': service('  type: LoadBalancer\n  sessionAffinity: ClientIP\n'),
  'affinity-mixed-protocols': `${service('  sessionAffinity: ClientIP\n')}      name: a\n    - port: 80\n      name: b\n      protocol: UDP\n`,
};

const WARNINGS: Readonly<Record<string, string>> = {
  'affinity-config-dropped': service(
    '  sessionAffinity: None\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 600\n',
  ),
  'affinity-without-virtual-ip': service('  clusterIP: None\n  sessionAffinity: ClientIP\n'),
};

describe('traps: not a word about', () => {
  for (const [title, text] of Object.entries(SILENT)) {
    it(title, () => {
      assert.deepEqual(
        findingsIn(text).map(({ finding, span }) => `${finding.rule.id}: ${text.slice(span.start, span.end)}`),
        [],
      );
    });
  }
});

describe('traps: no more than', () => {
  for (const [severity, manifests] of Object.entries({ information: INFORMATION, warning: WARNINGS })) {
    for (const [rule, text] of Object.entries(manifests)) {
      it(`${severity}: ${rule}`, () => {
        assert.deepEqual(
          findingsIn(text).map((located) => [located.finding.rule.id, located.severity]),
          [[rule, severity]],
        );
      });
    }
  }

  it('errors for what the API server refuses: a timeout in quotes, of 0, of more than a day', () => {
    for (const timeout of ['"3600"', '0', '86401']) {
      const text = service(
        `  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: ${timeout}\n`,
      );
      assert.deepEqual(
        findingsIn(text).map((located) => [located.finding.rule.id, located.severity]),
        [['affinity-timeout-invalid', 'error']],
      );
    }
  });
});
