import { parentOf, shortName } from '../knowledge/address.ts';
import type { Concept, Setting } from '../knowledge/product.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Finding, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { settingsEdits } from './support/setSettings.ts';
import { type JudgedSetting, objectSettings } from './support/settings.ts';

export const cookieSamesiteInsecure: Rule = {
  id: 'cookie-samesite-insecure',
  summary: 'The cookie is for other sites as well (SameSite=None) and not Secure, so browsers drop it.',
  why:
    'Browsers drop a cookie with `SameSite=None` that is not `Secure`. Each request then comes without it, gets a ' +
    'new one and goes to another pod. Where TLS ends before the controller, it sees plain HTTP and adds no Secure ' +
    'by itself (kubernetes/ingress-nginx#1759, #4878, #6812).',
  remedy: 'Make the cookie Secure, or choose Lax.',
  links: [
    {
      title: 'MDN: Set-Cookie, SameSite',
      url: 'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Set-Cookie#samesitesamesite-value',
    },
  ],
  messages: {
    certain:
      'Browsers drop the cookie of {object}: it has SameSite None and is not Secure.\n' +
      'Each request then comes without it and may reach another pod.',
    assumed:
      'Browsers drop the cookie of {object} where a request came by plain HTTP: SameSite None without Secure.\n' +
      '{product} adds Secure only to answers on HTTPS that it ends itself; behind a balancer that ends TLS it does ' +
      'not.',
    fix: 'Add {setting}: true',
  },
  after: [
    'annotation-other-controller',
    'annotation-value-invalid',
    'annotation-wrong-object',
    'field-value-invalid',
    'setting-companion-missing',
    'value-not-a-string',
  ],
  examples: [
    {
      title: 'Nothing says that it is Secure.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-samesite: "None"
                                                         ^^^^^^ cookie-samesite-insecure
spec:
  ingressClassName: nginx
  defaultBackend:
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
    nginx.ingress.kubernetes.io/session-cookie-samesite: "None"
    nginx.ingress.kubernetes.io/session-cookie-secure: "true"
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
    {
      title: 'Secure, as browsers want it.',
      good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/session-cookie-samesite: "None"
    nginx.ingress.kubernetes.io/session-cookie-secure: "true"
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    for (const { resource, judged } of objectSettings(manifest, context)) {
      for (const sameSite of judged.filter(({ setting }) => setting.concept === 'cookie same-site')) {
        const secure = companionOf(sameSite, 'cookie secure');
        const { product, written } = sameSite;
        const { context: place } = written.place;
        const reading = secure === undefined ? undefined : readSetting(resource, secure.at, product, place);
        const isSecure = reading?.kind === 'value' && /^(?:true|t|1)$/i.test(reading.text);
        if (written.text.toLowerCase() !== 'none' || secure === undefined || isSecure || reading?.kind === 'unknown') {
          continue;
        }
        // Where the product decides by the request, TLS at the controller does, which no field has to name.
        const isOff = reading?.kind === 'value' && secure.offMeansDefault !== true;
        const assumed = secure.default !== 'false' && !isOff;
        yield {
          rule: cookieSamesiteInsecure,
          message: assumed ? 'assumed' : 'certain',
          arguments: { object: describeResource(resource), product: product.name },
          certainty: assumed ? 'assumed' : 'ineffective',
          key: product.id,
          span: written.place.valueSpan,
          subject: resource,
          related: [],
          fixes: fixHere(
            manifest,
            { title: 'fix', arguments: { setting: shortName(secure.at, product) }, safety: 'review' },
            () =>
              settingsEdits({ manifest, resource, product, context: place, after: written.place.pair }, [
                { at: secure.at, value: 'true' },
              ]),
          ),
        };
      }
    }
  },
};

/** The setting of the same cookie that says something else of it. */
function companionOf({ product, setting }: JudgedSetting, concept: Concept): Setting | undefined {
  return product.settings.find(
    (other) =>
      other.concept === concept &&
      parentOf(other.at) === parentOf(setting.at) &&
      other.objects.some((kind) => setting.objects.includes(kind)),
  );
}
