import { distance } from 'fastest-levenshtein';
import type { Outcome, ProductTable } from '../knowledge/product.ts';
import { isChecked, PRODUCTS, productsOfPrefix, settingsOfAnnotation } from '../knowledge/products.ts';
import { attributesOf, textStartOf } from '../knowledge/settingReading.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { nearest } from '../text/nearest.ts';
import { type Span, shift } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { renameKey } from '../yaml/edits.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { certaintyOf } from './support/outcome.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';
import { type ObjectSettings, objectSettings } from './support/settings.ts';

export const annotationUnknownKey: Rule = {
  id: 'annotation-unknown-key',
  summary: 'An annotation about session persistence has a key that its controller does not know.',
  why:
    'An unknown annotation is legal, so nobody refuses it and nobody reads it: `affinity-node` for `affinity-mode`, ' +
    '`stickness.enabled` for `stickiness.enabled`. Real cases have three misspellings in one line. Traefik goes ' +
    'further and drops the whole backend over a key of its own that it does not know.',
  remedy: 'Write the key as its controller does.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: {
    meant:
      '{key} is no annotation of {product}; did you mean {meant}?\n' +
      'An annotation that nobody knows is accepted and ignored, so {object} behaves as without it.',
    attribute:
      '{key} is no attribute that {product} knows; did you mean {meant}?\n' +
      'The controller passes it on, and the cloud refuses it.',
    unknown:
      '{key} is no annotation of {product} that is known here.\n' +
      'If it is misspelt, it is ignored without a word. If it is new, ignore this with a comment.',
    fatal:
      '{key} is no setting of {product}, which then refuses {object} as a whole.\n' +
      'Its decoder knows the exact names only; a log line is all that tells.',
    fatalMeant:
      '{key} is no setting of {product}; did you mean {meant}?\n' +
      'Its decoder then refuses {object} as a whole; a log line is all that tells.',
    fix: 'Replace by {meant}',
  },
  after: ['annotation-other-controller'],
  examples: [
    {
      title: 'A key that the vendor’s older documentation cut off.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-time: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'A mode that is meant, and a letter that is missing.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/affinity-node: persistent
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
    nginx.ingress.kubernetes.io/sesion-cookie-name: route
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-unknown-key
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
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/affinity-mode: persistent
    nginx.ingress.kubernetes.io/session-cookie-name: route
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
      title: 'What has nothing to do with persistence is nobody’s business here.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-bandwidth: "100"
    example.com/sesion-cookie-name: route
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    for (const object of objectSettings(manifest, context)) {
      const { annotations } = object.resource;
      for (const pair of annotations?.pairs ?? []) {
        const key = keyText(pair);
        if (annotations === undefined || key === undefined || pair.conditional || !key.includes('/')) {
          continue;
        }
        const known = settingsOfAnnotation(key);
        if (known.every(({ spelling }) => spelling?.status === 'wrong')) {
          yield* unknownKey(manifest, object, annotations, pair, key);
        } else {
          yield* unknownAttributes(manifest, object, pair, known[0]?.product);
        }
      }
    }
  },
};

function* unknownKey(
  manifest: Manifest,
  object: ObjectSettings,
  annotations: YamlMapping,
  pair: YamlPair,
  key: string,
): Iterable<Finding> {
  const { resource, kind } = object;
  const found = unknownIn(key, kind);
  if (found === undefined) {
    return;
  }
  const { product, meant, outcome } = found;
  const fatal = outcome === 'refused by the controller';
  const isThere = annotations.pairs.some((other) => keyText(other) === meant);
  yield {
    rule: annotationUnknownKey,
    message: fatal ? (meant === undefined ? 'fatal' : 'fatalMeant') : meant === undefined ? 'unknown' : 'meant',
    arguments: {
      key: shortKey(key, product),
      product: product.name,
      meant: meant === undefined ? '' : shortKey(meant, product),
      object: describeResource(resource),
    },
    certainty: certaintyOf(meant !== undefined && !fatal ? 'ignored' : outcome, {}),
    key,
    span: pair.key.span,
    subject: resource,
    related: [],
    fixes:
      meant === undefined || isThere
        ? []
        : fixHere(manifest, { title: 'fix', arguments: { meant: shortKey(meant, product) }, safety: 'review' }, () => [
            renameKey(manifest.yaml, pair, meant),
          ]),
  };
}

/** Without the prefix; a misspelt prefix is shown, since that is what is wrong. */
function shortKey(key: string, { annotationPrefixes }: ProductTable): string {
  const prefix = annotationPrefixes.find((candidate) => key.startsWith(candidate));
  return prefix === undefined ? key : key.slice(prefix.length);
}

interface Unknown {
  readonly product: ProductTable;
  readonly meant: string | undefined;
  readonly outcome: Outcome;
}

function unknownIn(key: string, kind: string): Unknown | undefined {
  const wrong = settingsOfAnnotation(key).find(({ setting }) => setting.objects.includes(kind) && isChecked(setting));
  if (wrong !== undefined) {
    const { product, setting } = wrong;
    return { product, meant: setting.at, outcome: familyOf(product, key, kind) ?? 'ignored' };
  }
  for (const product of PRODUCTS) {
    for (const prefix of product.annotationPrefixes) {
      const suffix = key.startsWith(prefix) ? key.slice(prefix.length) : '';
      const found = suffix === '' || isOther(key) ? undefined : unknownUnder(product, prefix, suffix, kind);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return productsOfPrefix(key).length > 0 ? undefined : misspeltPrefix(key, kind);
}

/** Whether one of the products that share its prefix knows the key as something that is not about persistence. */
function isOther(key: string): boolean {
  return productsOfPrefix(key).some(({ annotationPrefixes, otherAnnotations = [] }) =>
    annotationPrefixes.some((prefix) => key.startsWith(prefix) && otherAnnotations.includes(key.slice(prefix.length))),
  );
}

/** A key under a product's own prefix that is none of its own. */
function unknownUnder(product: ProductTable, prefix: string, suffix: string, kind: string): Unknown | undefined {
  const [current = ''] = product.annotationPrefixes;
  const suffixes = annotationsOf(product, kind)
    .filter((at) => at.startsWith(current))
    .map((at) => at.slice(current.length));
  const others = product.otherAnnotations ?? [];
  const meant = nearKey(suffix, [...suffixes, ...others]);
  if (meant !== undefined) {
    return suffixes.includes(meant)
      ? { product, meant: prefix + meant, outcome: familyOf(product, current + suffix, kind) ?? 'ignored' }
      : undefined;
  }
  const outcome = familyOf(product, current + suffix, kind);
  return outcome === undefined ? undefined : { product, meant: undefined, outcome };
}

/** A family counts on objects from which the product reads one of its keys; elsewhere it reads none. */
function familyOf(product: ProductTable, key: string, kind: string): Outcome | undefined {
  const keys = annotationsOf(product, kind);
  return product.families?.find(({ prefix }) => key.startsWith(prefix) && keys.some((at) => at.startsWith(prefix)))
    ?.unknown;
}

function annotationsOf({ settings }: ProductTable, kind: string): string[] {
  return settings
    .filter(
      ({ at, objects }) => at.includes('/') && !/[#*]/.test(at) && !at.startsWith('label:') && objects.includes(kind),
    )
    .map(({ at }) => at);
}

/** One or two slips of the finger; a word of which half is missing or too much counts as well. */
function nearKey(written: string, known: readonly string[]): string | undefined {
  const near = nearest(written, known);
  if (near !== undefined && Math.abs(near.length - written.length) <= 3) {
    return near;
  }
  return undefined;
}

/** Our key behind a prefix of which one or two letters are wrong. */
function misspeltPrefix(key: string, kind: string): Unknown | undefined {
  const slash = key.indexOf('/') + 1;
  for (const product of PRODUCTS) {
    for (const at of annotationsOf(product, kind)) {
      const prefix = at.slice(0, at.indexOf('/') + 1);
      const isSameName = at.slice(prefix.length) === key.slice(slash);
      if (isSameName && prefix !== key.slice(0, slash) && distance(prefix, key.slice(0, slash)) <= 2) {
        return { product, meant: at, outcome: 'ignored' };
      }
    }
  }
  return undefined;
}

/** Attributes within a value such as `stickness.enabled=true,stickiness.type=lb_cookie`. */
function* unknownAttributes(
  manifest: Manifest,
  { resource }: ObjectSettings,
  pair: YamlPair,
  product: ProductTable | undefined,
): Iterable<Finding> {
  const key = keyText(pair) ?? '';
  const whole = settingsOfAnnotation(key).find(({ setting }) => setting.grammar.kind === 'attributes');
  const scalar = resolveAlias(pair.value);
  if (whole?.setting.grammar.kind !== 'attributes' || scalar?.kind !== 'scalar' || scalar.templated || !product) {
    return;
  }
  const { otherKeys } = whole.setting.grammar;
  const known = PRODUCTS.flatMap(({ settings }) => settings)
    .filter(({ at }) => at.startsWith(`${whole.setting.at}#`))
    .map(({ at }) => at.slice(whole.setting.at.length + 1));
  const start = textStartOf(scalar);
  for (const attribute of attributesOf(scalar.text)) {
    const isKnown = known.includes(attribute.key) || otherKeys.includes(attribute.key) || attribute.key === '';
    const meant = isKnown ? undefined : nearest(attribute.key, [...known, ...otherKeys]);
    if (meant !== undefined && known.includes(meant)) {
      const span: Span = start === undefined ? scalar.span : shift(attribute.keySpan, start);
      const fixes: Fix[] =
        start === undefined || attributesOf(scalar.text).some((other) => other.key === meant)
          ? []
          : fixHere(manifest, { title: 'fix', arguments: { meant }, safety: 'review' }, () => [
              { span, newText: meant },
            ]);
      yield {
        rule: annotationUnknownKey,
        message: 'attribute',
        arguments: { key: attribute.key, product: product.name, meant },
        certainty: certaintyOf('refused by the cloud', {}),
        key: attribute.key,
        span,
        subject: resource,
        related: [],
        fixes,
      };
    }
  }
}
