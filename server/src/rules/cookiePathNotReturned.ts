import { holds } from '../knowledge/condition.ts';
import { GO_TRUE } from '../knowledge/grammar.ts';
import { INGRESS_NGINX } from '../knowledge/products/ingressNginx.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Span } from '../text/span.ts';
import type { Finding, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { settingsEdits } from './support/setSettings.ts';
import { objectSettings } from './support/settings.ts';
import { shown } from './support/words.ts';

const [PREFIX] = INGRESS_NGINX.annotationPrefixes;

export const cookiePathNotReturned: Rule = {
  id: 'cookie-path-not-returned',
  summary: 'The cookie gets a regular expression for its path, which no browser sends back.',
  why:
    'ingress-nginx gives the cookie the path of the Ingress rule. With `use-regex` or `rewrite-target` that path is ' +
    'a regular expression, and a browser compares it letter by letter: the cookie never comes back, and each ' +
    'request gets a new one and another pod. The controller says so in its log only (kubernetes/ingress-nginx#3362, ' +
    '#8961).',
  remedy: 'Set session-cookie-path to a plain path, mostly "/".',
  links: [
    {
      title: 'ingress-nginx: session affinity',
      url: 'https://kubernetes.github.io/ingress-nginx/examples/affinity/cookie/',
    },
  ],
  messages: {
    found:
      'The cookie of {object} would get the path {path}, which no browser sends back.\n' +
      'It is a regular expression here ({why}). Set session-cookie-path.',
    related: 'This path is a regular expression.',
    fix: 'Set session-cookie-path: "/" (the cookie goes to every path of the host)',
  },
  after: ['annotation-other-controller', 'annotation-value-invalid', 'annotation-wrong-object', 'settings-contradict'],
  examples: [
    {
      title: 'A path that is rewritten.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cookie-path-not-returned
    nginx.ingress.kubernetes.io/rewrite-target: /$2
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - path: /api(/|$)(.*)
            pathType: ImplementationSpecific
            backend:
              service:
                name: web
                port:
                  number: 80
`,
      fixed: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-path: "/"
    nginx.ingress.kubernetes.io/rewrite-target: /$2
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - path: /api(/|$)(.*)
            pathType: ImplementationSpecific
            backend:
              service:
                name: web
                port:
                  number: 80
`,
    },
    {
      title: 'A plain path is one that a browser understands, rewritten or not.',
      good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/rewrite-target: /
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - path: /api
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`,
    },
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    for (const { resource, ingress, judged } of objectSettings(manifest, context)) {
      const affinity = judged.find(
        ({ product, setting, written }) =>
          product.id === INGRESS_NGINX.id && setting.concept === 'cookie switch' && written.text === 'cookie',
      );
      const at = `${PREFIX}session-cookie-path`;
      const why = ['use-regex', 'rewrite-target'].find((suffix) => {
        const condition = {
          at: `${PREFIX}${suffix}`,
          ...(suffix === 'use-regex' ? { is: GO_TRUE } : { written: true }),
        };
        return holds(condition, resource, INGRESS_NGINX) === true;
      });
      const path = ingress === undefined ? undefined : regularExpressionOf(ingress);
      const isOpen = resource.view !== 'whole' || readSetting(resource, at, INGRESS_NGINX).kind !== 'absent';
      if (affinity === undefined || why === undefined || path === undefined || isOpen) {
        continue;
      }
      const { pair, keySpan, context: place } = affinity.written.place;
      yield {
        rule: cookiePathNotReturned,
        message: 'found',
        arguments: { object: describeResource(resource), path: shown(path.value), why },
        certainty: 'ineffective',
        span: keySpan,
        subject: resource,
        related: [{ span: path.span, message: 'related', arguments: {} }],
        fixes: fixHere(manifest, { title: 'fix', safety: 'review' }, () =>
          settingsEdits({ manifest, resource, product: INGRESS_NGINX, context: place, after: pair }, [
            { at, value: '/' },
          ]),
        ),
      };
    }
  },
};

/** The first path that says something else as a regular expression than letter by letter. */
function regularExpressionOf({ paths }: Ingress): { readonly value: string; readonly span: Span } | undefined {
  return paths
    .flatMap(({ path }) => (path.kind === 'value' ? path : []))
    .find(({ value }) => /[()[\]*+?|^$\\]/.test(value));
}
