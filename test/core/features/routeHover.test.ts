import assert from 'node:assert/strict';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { toPlainText } from '../../../server/src/rendering/markup.ts';
import { uriOf } from '../../support/analysis.ts';
import { readCursor } from '../../support/cursor.ts';
import { readMarked } from '../../support/marks.ts';

/** What is shown at the cursor, which stands in one of several files. */
function hover(files: string): string | undefined {
  const analyzer = createAnalyzer();
  let place: { readonly uri: string; readonly offset: number } | undefined;
  for (const { path, text: marked } of readMarked(files)) {
    const uri = uriOf(path);
    const cursor = marked.includes('<|>') ? readCursor(marked) : undefined;
    place = cursor === undefined ? place : { uri, offset: cursor.offset };
    analyzer.apply({ kind: 'set', uri, text: cursor?.text ?? marked });
  }
  assert(place !== undefined);
  const found = hoverAt(analyzer.snapshot(), place.uri, place.offset);
  return found && toPlainText(found.parts);
}

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity: ClientIP
  ports:
    - port: 80
`;

const ingress = (annotations: string, className = 'nginx'): string => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
${annotations}spec:
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

const COOKIE = `    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-max-age: "172800"
`;

describe('hovering over a route', () => {
  it('says what its settings come to, with the Service in another file', () => {
    const marked = ingress(COOKIE.replace('affinity', 'affin<|>ity'));
    const text = hover(`#- service.yaml\n${SERVICE}#- ingress.yaml\n${marked}`) ?? '';
    assert.match(text, /Here: Ingress shop: shop\.example\.com\/ → Service web 80: sticky 2 d: ingress-nginx cookie\./);
  });

  it('says nothing of it where the Service is not known, or another controller serves the Ingress', () => {
    const marked = ingress(COOKIE.replace('affinity', 'affin<|>ity'));
    assert.doesNotMatch(hover(`#- ingress.yaml\n${marked}`) ?? '', /Here:/);
    const other = marked.replace('ingressClassName: nginx', 'ingressClassName: contour');
    assert.doesNotMatch(hover(`#- service.yaml\n${SERVICE}#- ingress.yaml\n${other}`) ?? '', /Here:/);
  });

  it('says at the Service that what stands before it does not use the field', () => {
    const marked = SERVICE.replace('sessionAffinity', 'session<|>Affinity');
    const text = hover(`#- service.yaml\n${marked}#- ingress.yaml\n${ingress('    a: b\n')}`) ?? '';
    assert.match(text, /Here: directly: a client stays on its pod for 10800 s/);
    assert.match(text, /Here: Ingress shop: .* not sticky: ingress-nginx bypasses ClientIP\./);
  });

  it('says at a backend what becomes of its clients', () => {
    const marked = ingress(COOKIE).replace('name: web', 'name: w<|>eb');
    const text = hover(`#- service.yaml\n${SERVICE}#- ingress.yaml\n${marked}`) ?? '';
    assert.match(text, /^Service web, backend of Ingress shop\n\nHere: .*: sticky 2 d: ingress-nginx cookie\.$/);
    assert.equal(hover(`#- ingress.yaml\n${marked}`), undefined);
  });

  it('says at a class who serves it, and how that is known', () => {
    const marked = ingress('    a: b\n', 'ngi<|>nx');
    assert.match(
      hover(`#- ingress.yaml\n${marked}`) ?? '',
      /Served by ingress-nginx: guessed by the name of the class/,
    );
    const named = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
`;
    assert.match(
      hover(`#- class.yaml\n${named}#- ingress.yaml\n${marked}`) ?? '',
      /Served by ingress-nginx: an IngressClass of the workspace names its controller\./,
    );
    assert.equal(hover(`#- ingress.yaml\n${ingress('    a: b\n', 'int<|>ernal')}`), undefined);
  });

  it('says at a policy what it comes to on the routes for which it is', () => {
    const policy = `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata:
  name: web
spec:
  host: web
  trafficPolicy:
    loadBalancer:
      consistentHash:
        useSource<|>Ip: true
`;
    const route = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: shop
spec:
  hosts:
    - shop.example.com
  http:
    - route:
        - destination:
            host: web
`;
    const text = hover(`#- service.yaml\n${SERVICE}#- route.yaml\n${route}#- policy.yaml\n${policy}`) ?? '';
    assert.match(text, /Here: VirtualService shop: .*→ Service web: sticky: Istio .*hash/);
  });

  it('tells the worst of many first, and counts the others', () => {
    const rules = ['a', 'b', 'c', 'd', 'e']
      .map(
        (name) => `          - path: /${name}
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`,
      )
      .join('');
    const marked = ingress(COOKIE.replace('affinity', 'affin<|>ity'));
    const many = `${marked.slice(0, marked.indexOf('          - path'))}${rules}`;
    const text = hover(`#- service.yaml\n${SERVICE}#- ingress.yaml\n${many}`) ?? '';
    assert.equal(text.match(/Here:/g)?.length, 4);
    assert.match(text, /Here: and 2 more\./);
  });
});
