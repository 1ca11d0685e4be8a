import assert from 'node:assert/strict';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { editsOfFix } from '../../../server/src/features/fixes.ts';
import { refactoringsAt, refactoringTitle } from '../../../server/src/features/refactorings.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { uriOf } from '../../support/analysis.ts';
import { readCursor } from '../../support/cursor.ts';
import { readMarked } from '../../support/marks.ts';

interface Offered {
  readonly title: string;
  /** The texts of all files after it, by their paths. */
  readonly texts: Readonly<Record<string, string>>;
  /** What is found in them. */
  readonly rules: readonly string[];
}

/** What is offered at the cursor, in files that are parted as in the examples of rules. */
function offered(marked: string): Offered[] {
  const files = readMarked(marked).map(({ path, text }) => {
    const isHere = text.includes('<|>');
    const { text: plain, offset } = isHere ? readCursor(text) : { text, offset: -1 };
    return { path, uri: uriOf(path), text: plain, offset };
  });
  const analyzer = createAnalyzer();
  for (const { uri, text } of files) {
    analyzer.apply({ kind: 'set', uri, text });
  }
  const snapshot = analyzer.snapshot();
  const here = files.find(({ offset }) => offset >= 0);
  assert(here !== undefined);
  return refactoringsAt(snapshot, here.uri, { start: here.offset, end: here.offset }).map((refactoring) => {
    const edits = new Map(editsOfFix(snapshot, refactoring).map((file) => [file.uri, file.edits]));
    const texts = files.map(({ path, uri, text }) => [path, applyEdits(text, edits.get(uri) ?? [])] as const);
    const after = createAnalyzer();
    for (const [path, text] of texts) {
      after.apply({ kind: 'set', uri: uriOf(path), text });
    }
    const found = texts.flatMap(([path]) => findingsOf(after.snapshot(), uriOf(path)));
    return {
      title: refactoringTitle(refactoring),
      texts: Object.fromEntries(texts),
      rules: found.map(({ finding }) => finding.rule.id),
    };
  });
}

function only(marked: string, title: RegExp): Offered {
  const all = offered(marked);
  const found = all.filter((one) => title.test(one.title));
  assert.equal(found.length, 1, all.map((one) => one.title).join('\n'));
  return found[0] as Offered;
}

const BALANCED = `apiVersion: v1
kind: Ser<|>vice
metadata:
  name: web
spec:
  type: LoadBalancer
  ports:
    - port: 80
`;

const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ing<|>ress
metadata:
  name: shop
  annotations:
    example.com/owner: team-a
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/affinity-mode: "persistent"
    nginx.ingress.kubernetes.io/session-cookie-name: "route"
    nginx.ingress.kubernetes.io/session-cookie-max-age: "172800"
spec:
  ingressClassName: nginx
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

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`;

describe('adding session persistence', () => {
  it('to a Service with a balancer writes what its cloud and the nodes need', () => {
    const { texts, rules } = only(BALANCED, /Alibaba Cloud CLB/);
    assert.equal(
      texts['manifest.yaml'],
      `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 80
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
`,
    );
    assert.deepEqual(rules, []);
  });

  it('to a Service inside the cluster pins clients by their address', () => {
    const inside = BALANCED.replace('  type: LoadBalancer\n', '');
    const { title, texts } = only(inside, /./);
    assert.match(title, /^Add session persistence to Service web: on each node/);
    assert.match(texts['manifest.yaml'] ?? '', /sessionAffinity: ClientIP\n {2}sessionAffinityConfig:\n/);
  });

  it('is not offered for a Service that has it, or has no address, or where the cursor is elsewhere', () => {
    assert.deepEqual(
      offered(BALANCED.replace('spec:\n', 'spec:\n  sessionAffinity: ClientIP\n').replace('LoadBalancer', 'ClusterIP')),
      [],
    );
    assert.deepEqual(offered(BALANCED.replace('type: LoadBalancer', 'clusterIP: None')), []);
    assert.deepEqual(offered(BALANCED.replace('<|>', '').replace('port: 80', 'po<|>rt: 80')), []);
  });

  it('to an Ingress writes the settings of its controller, and of each that might serve it', () => {
    const plain = INGRESS.replace(/ {2}annotations:\n(?: {4}.*\n)+/, '');
    const { texts, rules } = only(plain, /ingress-nginx/);
    assert.match(
      texts['manifest.yaml'] ?? '',
      /name: shop\n {2}annotations:\n {4}nginx.ingress.kubernetes.io\/affinity: "cookie"\n/,
    );
    assert.deepEqual(rules, []);
    const unknown = offered(plain.replace('  ingressClassName: nginx\n', ''));
    assert(unknown.length > 1, 'without a class every controller is offered');
  });
});

describe('converting session persistence', () => {
  it('to Gateway API adds a route and names what is lost', () => {
    const { title, texts } = only(INGRESS, /HTTPRoute/);
    assert.match(title, /without affinity-mode: persistent$/);
    assert.equal(
      texts['manifest.yaml'],
      `${INGRESS.replace('<|>', '')}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
spec:
  parentRefs:
    - name: <gateway>
  hostnames:
    - shop.example.com
  rules:
    - matches:
        - path:
            type: PathPrefix
            value: /
      backendRefs:
        - name: web
          port: 80
      sessionPersistence:
        type: Cookie
        sessionName: route
        absoluteTimeout: 48h
        cookieConfig:
          lifetimeType: Permanent
`,
    );
  });

  it('follows the version of Gateway API that the settings name', () => {
    const settings = '#- .session-persistence.yaml\nproductVersions:\n  gateway-api: "1.7"\n#- shop.yaml\n';
    const { texts } = only(settings + INGRESS, /HTTPRoute/);
    assert.match(
      texts['shop.yaml'] ?? '',
      /absoluteTimeout: 48h\n {8}cookie:\n {10}name: route\n {10}lifetimeType: Permanent\n$/,
    );
  });

  it('is not offered for an Ingress without persistence', () => {
    const plain = INGRESS.replace(/ {4}nginx.*\n/g, '');
    assert.deepEqual(
      offered(plain).filter(({ title }) => /Convert|HTTPRoute/.test(title)),
      [],
    );
  });

  it('to a controller that reads the Service is offered only where the Service is seen', () => {
    assert.deepEqual(
      offered(INGRESS).filter(({ title }) => /Convert .*Traefik/.test(title)),
      [],
    );
    const { title, texts, rules } = only(`#- shop.yaml\n${INGRESS}#- web.yaml\n${SERVICE}`, /Convert .*Traefik/);
    assert.match(title, /on Service web\); it has nothing like affinity-mode: persistent$/);
    assert.match(
      texts['web.yaml'] ?? '',
      /annotations:\n {4}traefik\.ingress\.kubernetes\.io\/service\.sticky\.cookie: "true"\n/,
    );
    assert.match(texts['web.yaml'] ?? '', /sticky\.cookie\.name: "route"\n {4}.*sticky\.cookie\.maxage: "172800"\n/);
    assert(!(texts['shop.yaml'] ?? '').includes('nginx.ingress.kubernetes.io'));
    assert.deepEqual(rules, []);
  });

  it('to HAProxy and to NGINX of F5 stays on the Ingress', () => {
    const haproxy = only(INGRESS, /Convert .*HAProxy Ingress/);
    assert.match(haproxy.texts['manifest.yaml'] ?? '', /haproxy-ingress\.github\.io\/session-cookie-name: "route"\n/);
    const nginx = only(INGRESS, /Convert .*F5/);
    assert.match(
      nginx.texts['manifest.yaml'] ?? '',
      /nginx\.org\/sticky-cookie-services: "serviceName=web route expires=172800s httponly"\n/,
    );
    assert.match(nginx.texts['manifest.yaml'] ?? '', /example\.com\/owner: team-a\n/);
  });
});
