import assert from 'node:assert/strict';
import { findingsIn, mendAll } from '../../support/analysis.ts';
import { checkRealCase } from '../../support/cases.ts';

/** What is legal, and what tools that shout at it are switched off for. */

const service = (spec: string, metadata = ''): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${metadata}spec:\n${spec}  ports:\n    - port: 80\n`;

interface IngressParts {
  readonly name?: string;
  readonly annotations: string;
  readonly className?: string;
  readonly service?: string;
}

const ingress = ({ name = 'web', annotations, className, service: backend = 'web' }: IngressParts): string =>
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  annotations:
    ${annotations}
spec:
${className === undefined ? '' : `  ingressClassName: ${className}\n`}  defaultBackend:
    service:
      name: ${backend}
      port:
        number: 80
`;

/** With pods as backends. */
const alibaba = (...annotations: readonly string[]): string =>
  service(
    '  type: LoadBalancer\n',
    `  annotations:\n${annotations
      .map((one) => `    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-${one}\n`)
      .join('')}    service.beta.kubernetes.io/backend-type: "eni"\n`,
  );

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
  'a class called nginx, which may be the one of F5': ingress({
    annotations: 'nginx.org/sticky-cookie-services: "serviceName=web srv_id expires=1h"',
    className: 'nginx',
  }),
  'an Ingress without a class, with keys of several controllers': ingress({
    annotations: [
      'nginx.ingress.kubernetes.io/affinity: cookie',
      'ingress.kubernetes.io/affinity: cookie',
      'haproxy-ingress.github.io/affinity: cookie',
    ].join('\n    '),
  }),
  'a class that nobody knows': ingress({
    annotations: 'nginx.ingress.kubernetes.io/affinity: cookie',
    className: 'corporate-edge',
  }),
  'Traefik, which reads keys of ingress-nginx': ingress({
    annotations: 'nginx.ingress.kubernetes.io/affinity: cookie',
    className: 'traefik',
  }),
  'the prefix that two ALB controllers share, each with its own keys': [
    ingress({
      annotations:
        'alb.ingress.kubernetes.io/sticky-session: "true"\n    alb.ingress.kubernetes.io/sticky-session-type: "Insert"',
      className: 'alb',
    }),
    ingress({
      name: 'shop',
      annotations:
        'alb.ingress.kubernetes.io/target-type: ip\n    ' +
        'alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true',
      className: 'alb',
    }),
  ].join('---\n'),
  'ClientIP on the Service of an Ingress controller itself': service(
    '  type: LoadBalancer\n  externalTrafficPolicy: Local\n  sessionAffinity: ClientIP\n' +
      '  selector:\n    app.kubernetes.io/component: controller\n',
  ),
  'keys that are right on a Service': [
    'traefik.ingress.kubernetes.io/service.sticky.cookie: "true"',
    'haproxy-ingress.github.io/affinity: cookie',
    'haproxy.org/cookie-persistence: node',
    'alb.ingress.kubernetes.io/target-type: ip\n    ' +
      'alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true',
  ]
    .map((annotations) => service('  selector:\n    app: web\n', `  annotations:\n    ${annotations}\n`))
    .join('---\n'),
  'Ingresses of a List that lead to backends of their own': `apiVersion: v1
kind: List
items:
${['a', 'b']
  .map((name) =>
    ingress({ name, annotations: `nginx.ingress.kubernetes.io/affinity: cookie`, className: 'nginx', service: name })
      .trimEnd()
      .replace(/^/gm, '    ')
      .replace('    apiVersion', '  - apiVersion'),
  )
  .join('\n')}
`,
  'values of annotations that a template fills in': ingress({
    annotations: [
      'nginx.ingress.kubernetes.io/affinity: {{ .Values.affinity | quote }}',
      'nginx.ingress.kubernetes.io/session-cookie-max-age: "{{ .Values.maxAge }}"',
      '{{- with .Values.ingress.annotations }}',
      '{{- toYaml . | nindent 4 }}',
      '{{- end }}',
    ].join('\n    '),
    className: '{{ .Values.className }}',
  }),
  'times and listeners on Alibaba Cloud that a template fills in': alibaba(
    'persistence-timeout: "{{ .Values.timeout }}"',
    'sticky-session: {{ .Values.sticky | quote }}',
    'protocol-port: "https:{{ .Values.port }}"',
  ),
  'a cookie on Alibaba Cloud whose name has - and _': alibaba(
    'protocol-port: "http:80"',
    'sticky-session: "on"',
    'sticky-session-type: "server"',
    'cookie: "my-app_session"',
  ),
  'a network of which nothing is written, so that pods may be the backends': service(
    '  type: LoadBalancer\n  externalTrafficPolicy: Local\n',
    '  annotations:\n    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"\n',
  ),
  'stickiness on Alibaba Cloud that is off, alone': alibaba('sticky-session: "off"'),
  'settings of both layers on Alibaba Cloud, with listeners of both': `${alibaba(
    'protocol-port: "http:80,tcp:5432"',
    'persistence-timeout: "1800"',
    'sticky-session: "on"',
    'sticky-session-type: "insert"',
    'cookie-timeout: "1800"',
  )}      name: http\n    - port: 5432\n      name: database\n`,
  'annotations of several clouds on a Service that goes to any of them': service(
    '  type: LoadBalancer\n  externalTrafficPolicy: Local\n  sessionAffinity: ClientIP\n',
    `  annotations:
    service.beta.kubernetes.io/aws-load-balancer-type: nlb
    service.beta.kubernetes.io/azure-load-balancer-internal: "true"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-address-type: intranet
    service.beta.kubernetes.io/oci-load-balancer-shape: flexible
    load-balancer.hetzner.cloud/location: fsn1
`,
  ),
  'a canary, which is made to differ': [
    ingress({ annotations: 'nginx.ingress.kubernetes.io/affinity: cookie', className: 'nginx' }),
    ingress({
      name: 'canary',
      annotations: 'nginx.ingress.kubernetes.io/canary: "true"\n    nginx.ingress.kubernetes.io/canary-weight: "10"',
      className: 'nginx',
    }),
  ].join('---\n'),
  'one service among which Traefik has nothing to choose': `apiVersion: traefik.io/v1alpha1
kind: TraefikService
metadata:
  name: web
spec:
  weighted:
    services:
      - name: web
        port: 80
        sticky:
          cookie:
            name: route
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

/** Several files, as `#- path` parts them. */
const SILENT_TOGETHER: Readonly<Record<string, string>> = {
  'an Ingress in a base and in its overlay': ['base', 'overlays/prod']
    .map(
      (folder) =>
        `#- ${folder}/ingress.yaml\n${ingress({
          annotations:
            'nginx.ingress.kubernetes.io/affinity: cookie\n    ' +
            `nginx.ingress.kubernetes.io/session-cookie-name: ${folder === 'base' ? 'A' : 'B'}`,
          className: 'nginx',
        })}`,
    )
    .join(''),
  'the same object twice in one folder': ['ingress', 'ingress-prod']
    .map(
      (file) =>
        `#- web/${file}.yaml\n${ingress({
          annotations:
            'nginx.ingress.kubernetes.io/affinity: cookie\n    ' +
            `nginx.ingress.kubernetes.io/session-cookie-name: ${file.toUpperCase()}`,
          className: 'nginx',
        })}`,
    )
    .join(''),
  'a Service and an Ingress of another namespace': `#- service.yaml
${service('  sessionAffinity: ClientIP\n', '  namespace: a\n')}#- ingress.yaml
${ingress({ annotations: 'example.com/a: b', className: 'nginx' }).replace('  name: web\n', '  name: web\n  namespace: b\n')}`,
  'an Ingress that goes through the virtual IP': `#- service.yaml
${service('  sessionAffinity: ClientIP\n')}#- ingress.yaml
${ingress({ annotations: 'nginx.ingress.kubernetes.io/service-upstream: "true"', className: 'nginx' })}`,
  'a patch that holds the config alone': `#- overlays/prod/kustomization.yaml
resources:
  - ../../base
patches:
  - path: timeout.yaml
#- overlays/prod/timeout.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`,
};

describe('traps: not a word in several files about', () => {
  for (const [title, text] of Object.entries(SILENT_TOGETHER)) {
    it(title, () => checkRealCase({ id: '', title, severities: [], marked: text }));
  }
});

describe('traps: no more than', () => {
  it('a hint: a word of another dialect that leaves a switch off, as it is meant', () => {
    for (const word of ['none', 'off', 'false']) {
      const text = ingress({ annotations: `nginx.ingress.kubernetes.io/affinity: "${word}"` });
      assert.deepEqual(
        findingsIn(text).map((located) => [located.finding.rule.id, located.severity]),
        [['annotation-value-invalid', 'hint']],
      );
    }
  });

  it('the same spelling of a number, now in quotes', () => {
    const values = ['1e3', '0x10', '007', '1_000'];
    const lines = (quote: string): string =>
      values.map((value, index) => `    example.com/${index}: ${quote}${value}${quote}\n`).join('');
    const manifest = (quote: string): string => service('', `  annotations:\n${lines(quote)}`);
    assert.equal(mendAll(manifest('')), manifest('"'));
  });

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
