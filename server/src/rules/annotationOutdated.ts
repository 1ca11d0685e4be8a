import { shortName } from '../knowledge/address.ts';
import { type KnownSetting, settingsOfAnnotation } from '../knowledge/products.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { renameKey } from '../yaml/edits.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { certaintyOf } from './support/outcome.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';
import { removePlaced } from './support/removal.ts';
import { objectSettings } from './support/settings.ts';

export const annotationOutdated: Rule = {
  id: 'annotation-outdated',
  summary: 'An annotation is written in an older spelling, or its controller does not know it any more.',
  why:
    'Some older keys are still read, some are not, and some are hidden by the newer one beside them: where both are ' +
    'written, the newer counts, even when its value is empty. Manifests and charts keep such keys for years, and ' +
    'nothing tells which of them still do something.',
  remedy: 'Use the current key, and take out what no version reads any more.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: {
    gone:
      '{name}: no version of {product} reads this spelling any more.\n' +
      'Today it is {current}; {object} behaves as without it.',
    removed: '{name} does nothing on {object}: {product} does not know it any more.\n' + '{removed}',
    hidden:
      '{name} stands on {object} twice, and this older spelling is ignored.\n' + '{current} counts, whatever it says.',
    empty:
      '{name} is empty here and hides the older spelling on {object}, which says something.\n' +
      'The newer spelling counts as soon as it is there; empty it means nothing.',
    older:
      '{name}: this is an older spelling, which {product} still reads.\n' +
      'Today it is {current}, which wins where both are written.',
    rename: 'Rename it to {current}',
    remove: 'Remove {key}',
  },
  after: ['annotation-other-controller', 'service-type-contradiction'],
  examples: [
    {
      title: 'The older prefix still counts.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
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
      title: 'A choice of hashes that went years ago.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-hash: sha1
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-outdated
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
      title: 'Keys of today.',
      good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
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
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    for (const { resource, kind, inference } of objectSettings(manifest, context)) {
      const { annotations } = resource;
      for (const pair of annotations?.pairs ?? []) {
        const key = keyText(pair);
        if (annotations === undefined || key === undefined || pair.conditional) {
          continue;
        }
        const all = settingsOfAnnotation(key).filter(({ setting }) => setting.objects.includes(kind));
        // Of several that know the key, the one that serves the object decides.
        const served = all.filter(({ product }) => product === inference?.product);
        const known = served.length > 0 ? served : all;
        const outdated = known.length > 0 && known.every(isOutdated) ? known[0] : undefined;
        if (outdated !== undefined) {
          yield finding(manifest, resource, annotations, pair, outdated);
        }
      }
    }
  },
};

function isOutdated({ product, setting, spelling }: KnownSetting): boolean {
  if (setting.removed !== undefined || spelling?.status === 'no longer read') {
    return true;
  }
  // Another prefix that is read is outdated only where it is an older one; some products just have several.
  return (
    spelling?.status === 'read' && product.olderPrefixes?.some((prefix) => spelling.at.startsWith(prefix)) === true
  );
}

function finding(
  manifest: Manifest,
  resource: Resource,
  annotations: YamlMapping,
  pair: YamlPair,
  { product, setting, spelling }: KnownSetting,
): Finding {
  const current = setting.at;
  const other = annotations.pairs.find((candidate) => keyText(candidate) === current);
  const isHidden = spelling?.status === 'read' && other !== undefined;
  const value = resolveAlias(other?.value);
  const isEmpty = isHidden && value?.kind === 'scalar' && value.text === '';
  const message =
    setting.removed !== undefined
      ? 'removed'
      : isEmpty
        ? 'empty'
        : isHidden
          ? 'hidden'
          : spelling?.status === 'read'
            ? 'older'
            : 'gone';
  const key = keyText(pair) ?? '';
  const placed = isEmpty && other !== undefined ? other : pair;
  const remove = (title: string): Fix[] =>
    fixHere(manifest, { title: 'remove', arguments: { key: title }, safety: 'review' }, () =>
      removePlaced(manifest, resource, [{ pair: placed, mapping: annotations }]),
    );
  const rename = fixHere(manifest, { title: 'rename', arguments: { current }, safety: 'review' }, () =>
    other === undefined ? [renameKey(manifest.yaml, pair, current)] : undefined,
  );
  return {
    rule: annotationOutdated,
    message,
    arguments: {
      name: shortName(current, product),
      current,
      product: product.name,
      object: describeResource(resource),
      removed: setting.removed ?? '',
    },
    certainty: certaintyOf(message === 'older' ? 'advice' : 'ignored', setting),
    key,
    span: placed.key.span,
    subject: resource,
    related: [],
    fixes:
      message === 'older' || message === 'gone'
        ? rename
        : remove(isEmpty ? current : isHidden ? key : shortName(key, product)),
  };
}
