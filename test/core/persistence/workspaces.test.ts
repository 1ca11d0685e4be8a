import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type Analyzer, createAnalyzer } from '../../../server/src/analyzer.ts';
import { pathsThrough } from '../../../server/src/persistence/workspacePaths.ts';
import { explain } from '../../../server/src/rendering/explanation.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import type { Snapshot } from '../../../server/src/snapshot.ts';
import { analyze, uriOf } from '../../support/analysis.ts';
import { readMarked } from '../../support/marks.ts';

/** A small workspace: its files, parted as in the examples of rules. */
function open(files: string): Analyzer {
  const analyzer = createAnalyzer();
  for (const { path, text } of readMarked(files)) {
    analyzer.apply({ kind: 'set', uri: uriOf(path), text });
  }
  return analyzer;
}

/** Every path of a workspace: where it begins, its verdict in words, and the pods at its end. */
function pathsOf(analyzer: Analyzer): string[] {
  const snapshot = analyzer.snapshot();
  const { index } = snapshot;
  return index.services.flatMap((service) =>
    pathsThrough(service, index, snapshot.viewFor(service.uri)).map((path) => {
      const { entry, headline, pods } = explain(path);
      return `${entry} | ${headline} | ${pods.map(({ name }) => name).join(', ')}`;
    }),
  );
}

function rulesIn(analyzer: Analyzer, path: string): string[] {
  return findingsOf(analyzer.snapshot(), uriOf(path)).map(({ finding }) => finding.rule.id);
}

const workload = (name: string, labels: string, namespace = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${namespace}spec:
  replicas: 2
  selector:
    matchLabels:
      app: ${labels}
  template:
    metadata:
      labels:
        app: ${labels}
    spec:
      containers:
        - name: web
          image: nginx
`;

const service = (spec: string, annotations = '', namespace = ''): string => `apiVersion: v1
kind: Service
metadata:
  name: web
${namespace}${annotations === '' ? '' : `  annotations:\n${annotations}`}spec:
${spec}  selector:
    app: web
  ports:
    - port: 80
`;

const ingress = (name: string, annotations: string, className = 'nginx'): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
${annotations === '' ? '' : `  annotations:\n${annotations}`}spec:
  ingressClassName: ${className}
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`;

const CLIENT_IP = '  sessionAffinity: ClientIP\n';

describe('Namespaces', () => {
  const inNamespace = (namespace: string): string => `  namespace: ${namespace}\n`;
  const headline = (snapshot: Snapshot): string[] =>
    snapshot.index.services.flatMap((one) => {
      const { namespace } = one.item.resource;
      return pathsThrough(one, snapshot.index, snapshot.viewFor(one.uri)).map((path) => {
        const { entry, headline } = explain(path);
        return `${namespace.kind === 'value' ? namespace.value : ''}: ${entry}, ${headline}`;
      });
    });

  it('tell apart the Services of one name to which the rules of a route lead', () => {
    const rule = (path: string, namespace: string): string =>
      `    - matches:\n        - path: {value: ${path}}\n      backendRefs: [{name: web, namespace: ${namespace}, port: 80}]\n`;
    const route = `apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata:\n  name: both
  namespace: edge\nspec:\n  rules:\n${rule('/one', 'one')}${rule('/two', 'two')}`;
    const services = ['one', 'two'].map((name) => service('', '', inNamespace(name)));
    const found = headline(analyze([...services, route].join('---\n')).snapshot());
    assert.deepEqual(
      found.map((line) => line.replace(/ → .*/, '')),
      ['one: HTTPRoute both: any host/one', 'two: HTTPRoute both: any host/two'],
    );
  });

  it('in the host of a DestinationRule are those of the Service', () => {
    const overlay = (host: string): string => `apiVersion: networking.istio.io/v1\nkind: DestinationRule\nmetadata:
  name: web\n  namespace: prod\nspec:\n  host: ${host}\n  trafficPolicy:\n    loadBalancer:\n      consistentHash:
        useSourceIp: true\n`;
    const virtual = `apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata:\n  name: web\n  namespace: prod
spec:\n  hosts: [web]\n  http:\n    - route:\n        - destination: {host: web}\n`;
    const verdicts = (host: string): string[] =>
      headline(analyze([service('', '', inNamespace('prod')), virtual, overlay(host)].join('---\n')).snapshot());
    assert.match(verdicts('web.prod.svc.cluster.local').join(), /VirtualService web[^,]*, sticky/);
    assert.match(verdicts('web.staging.svc.cluster.local').join(), /VirtualService web[^,]*, not sticky/);
    assert.match(verdicts('web.example.com').join(), /VirtualService web[^,]*, not sticky/);
  });
});

describe('the paths of a workspace', () => {
  it('of the page: one Service before two Deployments with one label', () => {
    const analyzer = open(
      `#- deployments.yaml\n${workload('nginx', 'web')}---\n${workload('web', 'web')}#- service.yaml\n${service('')}`,
    );
    assert.deepEqual(pathsOf(analyzer), [
      'pods of the cluster, Service port 80 | not sticky: kube-proxy picks any pod | Deployment nginx, Deployment web',
    ]);
  });

  it('of the page, mended: it says that clients may stay with either of the two', () => {
    const text = readFileSync('samples/ack-corrected.yaml', 'utf8');
    const analyzer = open(
      `#- deployments.yaml\n${workload('nginx', 'nginx', '  namespace: default\n')}---\n${workload('web', 'nginx', '  namespace: default\n')}#- service.yaml\n${text}`,
    );
    assert.deepEqual(pathsOf(analyzer), [
      'CLB listener 80 (TCP) | sticky 30 min: CLB source IP → node → ClientIP | Deployment nginx, Deployment web',
    ]);
    assert.deepEqual(rulesIn(analyzer, 'service.yaml'), ['selector-matches-several']);
  });

  it('on ACK: nodes with Local, and pods as backends', () => {
    const prefix = '    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
    const timeout = `${prefix}persistence-timeout: "600"\n`;
    const local = service(
      `  type: LoadBalancer\n  externalTrafficPolicy: Local\n${CLIENT_IP}`,
      `${timeout}${prefix}scheduler: "wrr"\n    service.beta.kubernetes.io/backend-type: "ecs"\n`,
    );
    const pods = service('  type: LoadBalancer\n', `${timeout}    service.beta.kubernetes.io/backend-type: "eni"\n`);
    assert.deepEqual(pathsOf(open(`#- a.yaml\n${local}`)), [
      'CLB listener 80 (TCP) | sticky 10 min: CLB source IP → node → ClientIP | ',
    ]);
    assert.deepEqual(pathsOf(open(`#- a.yaml\n${pods}#- b.yaml\n${workload('web', 'web')}`)), [
      'CLB listener 80 (TCP) | sticky 10 min: CLB source IP | Deployment web',
    ]);
  });

  it('through ingress-nginx, before and after: an edit of one file changes findings in the other', () => {
    const analyzer = open(
      `#- service.yaml\n${service(CLIENT_IP)}#- ingress.yaml\n${ingress('shop', '')}#- class.yaml\napiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: nginx\nspec:\n  controller: k8s.io/ingress-nginx\n`,
    );
    const cluster = 'pods of the cluster, Service port 80 | sticky 3 h: ClientIP | ';
    const before = 'Ingress shop: shop.example.com/ → Service web 80 | not sticky: ingress-nginx bypasses ClientIP | ';
    assert.deepEqual(pathsOf(analyzer), [before, cluster]);
    assert.deepEqual(rulesIn(analyzer, 'service.yaml'), ['affinity-bypassed']);
    const cookie = '    nginx.ingress.kubernetes.io/affinity: cookie\n';
    analyzer.apply({ kind: 'set', uri: uriOf('ingress.yaml'), text: ingress('shop', cookie) });
    const after = 'Ingress shop: shop.example.com/ → Service web 80 | sticky: ingress-nginx cookie | ';
    assert.deepEqual(pathsOf(analyzer), [after, cluster]);
    assert.deepEqual(rulesIn(analyzer, 'service.yaml'), []);
    const upstream = `${cookie}    nginx.ingress.kubernetes.io/service-upstream: "true"\n`;
    analyzer.apply({ kind: 'set', uri: uriOf('ingress.yaml'), text: ingress('shop', upstream) });
    assert.match(pathsOf(analyzer)[0] ?? '', /\| not sticky: /);
  });

  it('through an ALB of AWS: its cookie names a node, or with ip targets a pod', () => {
    const sticky =
      '    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,stickiness.type=lb_cookie\n';
    const instance = `${sticky}    alb.ingress.kubernetes.io/target-type: instance\n`;
    const pods = `${sticky}    alb.ingress.kubernetes.io/target-type: ip\n`;
    const paths = (annotations: string): string[] =>
      pathsOf(open(`#- a.yaml\n${service('')}#- b.yaml\n${ingress('shop', annotations, 'alb')}`));
    assert.match(paths(instance)[0] ?? '', /\| sticky to the node only: AWS Load Balancer Controller cookie → node/);
    assert.match(paths(pods)[0] ?? '', /\| sticky 1 d: AWS Load Balancer Controller cookie \|/);
  });

  it('through Gateway API: what the rule says, whoever the Gateway is', () => {
    const route = (persistence: string): string => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
spec:
  parentRefs:
    - name: edge
  hostnames: [shop.example.com]
  rules:
    - backendRefs:
        - name: web
          port: 80
${persistence}`;
    const persistence = '      sessionPersistence:\n        sessionName: route\n';
    const paths = (text: string): string[] => pathsOf(open(`#- a.yaml\n${service('')}#- b.yaml\n${text}`));
    assert.deepEqual(paths(route(persistence)), [
      'HTTPRoute shop: shop.example.com → Service web 80 | sticky: the proxy cookie | ',
    ]);
    assert.deepEqual(paths(route('')), [
      'HTTPRoute shop: shop.example.com → Service web 80 | not sticky: the proxy picks any pod | ',
    ]);
  });

  it('of a chart: what templates fill in is unknown, not wrong', () => {
    const analyzer = open(`#- chart/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: {{ include "web.fullname" . }}
spec:
  type: {{ .Values.service.type }}
  sessionAffinity: {{ .Values.service.sessionAffinity }}
  selector:
    app: web
  ports:
    - port: 80
`);
    assert.match(pathsOf(analyzer)[0] ?? '', /\| unknown: /);
    assert.deepEqual(rulesIn(analyzer, 'chart/templates/service.yaml'), []);
  });

  it('of a Kustomize base and two overlays: patches are no Services of their own', () => {
    const patch = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  sessionAffinity: ClientIP\n';
    const analyzer = open(
      `#- base/service.yaml\n${service('')}#- overlays/a/patch.yaml\n${patch}#- overlays/b/patch.yaml\n${patch}#- base/deployment.yaml\n${workload('web', 'web')}`,
    );
    const [base] = pathsOf(analyzer);
    assert.match(base ?? '', /not sticky: kube-proxy picks any pod \| Deployment web$/);
    assert.deepEqual(rulesIn(analyzer, 'overlays/a/patch.yaml'), []);
  });

  it('of three namespaces with equal names: each is one of its own', () => {
    const parts = ['', '  namespace: one\n', '  namespace: two\n'].map(
      (namespace, index) =>
        `#- ${index}.yaml\n${service(index === 1 ? CLIENT_IP : '', '', namespace)}---\n${workload(`web-${index}`, 'web', namespace)}`,
    );
    assert.deepEqual(pathsOf(open(parts.join(''))), [
      'pods of the cluster, Service port 80 | not sticky: kube-proxy picks any pod | Deployment web-0',
      'pods of the cluster, Service port 80 | sticky 3 h: ClientIP | Deployment web-1',
      'pods of the cluster, Service port 80 | not sticky: kube-proxy picks any pod | Deployment web-2',
    ]);
  });
});
