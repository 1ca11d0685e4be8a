import { shortName } from '../knowledge/address.ts';
import { isGuess } from '../knowledge/identify.ts';
import type { Outcome } from '../knowledge/product.ts';
import { isChecked, type KnownSetting, objectKindOf, settingsOfAnnotation } from '../knowledge/products.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import { comments, sourceOf } from '../yaml/edits.ts';
import { keyText, resolveAlias, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Fix, ManifestEdits, Rule, RuleContext } from './rule.ts';
import { fixAcross, fixHere } from './support/fixes.ts';
import { shortListOf } from './support/listing.ts';
import { certaintyOf } from './support/outcome.ts';
import { removePlaced } from './support/removal.ts';
import { insertAnnotations } from './support/setSettings.ts';
import { type ObjectSettings, objectSettings } from './support/settings.ts';

export const annotationWrongObject: Rule = {
  id: 'annotation-wrong-object',
  summary: 'A persistence annotation stands on an object from which its controller does not read it.',
  why:
    'Traefik reads its sticky settings from the Service, ingress-nginx from the Ingress, and each says nothing when ' +
    'it stands on the other one. It is one of the oldest mistakes there is; the threads go from 2017 to today.',
  remedy: 'Move the annotation to the object that the message names.',
  links: [],
  messages: {
    found: '{product} does not read {keys} from {object}.\n{why}',
    move: 'Move {keys} to {target}',
    remove: 'Remove {keys}',
  },
  reads: 'workspace',
  after: ['annotation-other-controller', 'service-type-contradiction'],
  examples: [
    {
      title: 'The cookie of ingress-nginx is a matter of the Ingress.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-object
spec:
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
`,
    },
    {
      title: 'On the Ingress it is read.',
      good: `apiVersion: networking.k8s.io/v1
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
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    for (const object of objectSettings(manifest, context)) {
      const kind = objectKindOf(object.resource);
      if ((kind === 'Service' || kind === 'Ingress') && object.resource.view !== 'values') {
        yield* checkObject(manifest, context, object);
      }
    }
  },
};

interface Misplaced {
  readonly pair: YamlPair;
  readonly known: KnownSetting;
}

function* checkObject(manifest: Manifest, context: RuleContext, object: ObjectSettings): Iterable<Finding> {
  const { annotations } = object.resource;
  const groups = new Map<string, [Misplaced, ...Misplaced[]]>();
  for (const pair of annotations?.pairs ?? []) {
    const all = pair.conditional ? [] : settingsOfAnnotation(keyText(pair) ?? '');
    const known = all.filter(({ spelling }) => spelling?.status !== 'no longer read');
    const isRead = known.some(({ setting }) => setting.objects.includes(object.kind));
    const own = known.find(({ setting }) => isChecked(setting) && setting.removed === undefined);
    // Of a key that another controller of the same name would read here, nothing is certain.
    const isOther =
      object.inference !== undefined && !isGuess(object.inference) && own?.product !== object.inference.product;
    if (own === undefined || isRead || isOther) {
      continue;
    }
    const group = groups.get(own.product.id);
    if (group === undefined) {
      groups.set(own.product.id, [{ pair, known: own }]);
    } else {
      group.push({ pair, known: own });
    }
  }
  for (const group of groups.values()) {
    if (annotations !== undefined) {
      yield finding(manifest, context, object, annotations, group);
    }
  }
}

function finding(
  manifest: Manifest,
  context: RuleContext,
  { resource, kind, ingress }: ObjectSettings,
  annotations: YamlMapping,
  group: readonly [Misplaced, ...Misplaced[]],
): Finding {
  const [{ pair, known }] = group;
  const misplaced = group.flatMap((one) => one.known.setting.misplaced ?? []).find(({ on }) => on === kind);
  const outcome: Outcome = misplaced?.outcome ?? 'ignored';
  const keys = shortListOf(group.map((one) => shortName(one.known.setting.at, one.known.product)));
  const why = misplaced?.why ?? `It reads them from: ${known.setting.objects.join(', ')}.`;
  const targets = targetsOf(context, resource, ingress, known.setting.objects);
  return {
    rule: annotationWrongObject,
    message: 'found',
    arguments: { product: known.product.name, keys, object: describeResource(resource), why },
    certainty: certaintyOf(outcome, known.setting),
    key: known.product.id,
    span: pair.key.span,
    subject: resource,
    related: [],
    fixes: [
      ...move(manifest, resource, annotations, group, targets, keys),
      ...fixHere(manifest, { title: 'remove', arguments: { keys }, safety: 'review' }, () =>
        removal(manifest, resource, annotations, group),
      ),
    ],
  };
}

interface Target {
  readonly manifest: Manifest;
  readonly resource: Resource;
}

/** The objects to which the annotations belong: the Services behind an Ingress, the Ingresses before a Service. */
function targetsOf(
  { snapshot, file: { uri } }: RuleContext,
  resource: Resource,
  ingress: Ingress | undefined,
  kinds: readonly string[],
): Target[] {
  if (ingress !== undefined && kinds.includes('Service')) {
    return snapshot.index.servicesBehind({ uri, item: ingress }).map(asTarget);
  }
  return kinds.includes('Ingress')
    ? snapshot.index
        .ingressesBefore({ uri, item: resource })
        .map(({ manifest, item }) => ({ manifest, resource: item.resource }))
    : [];
}

function asTarget({ manifest, item }: Indexed<Service>): Target {
  return { manifest, resource: item.resource };
}

function move(
  manifest: Manifest,
  resource: Resource,
  annotations: YamlMapping,
  group: readonly Misplaced[],
  targets: readonly Target[],
  keys: string,
): Fix[] {
  const pairs = group.flatMap(({ pair }) => {
    const value = resolveAlias(pair.value);
    const key = keyText(pair);
    return value?.kind === 'scalar' && key !== undefined
      ? [
          {
            key,
            value: { kind: 'source' as const, text: sourceOf(manifest.yaml.text, value) },
            ...comments(manifest.yaml.text, pair),
          },
        ]
      : [];
  });
  const isTaken = targets.some((target) =>
    target.resource.annotations?.pairs.some((other) => pairs.some(({ key }) => key === keyText(other))),
  );
  if (targets.length === 0 || isTaken || pairs.length !== group.length) {
    return [];
  }
  const target = shortListOf(targets.map((one) => describeResource(one.resource)));
  const manifests = [manifest, ...targets.map((one) => one.manifest)];
  return fixAcross([...new Set(manifests)], { title: 'move', arguments: { keys, target }, safety: 'review' }, () => {
    const removed = removal(manifest, resource, annotations, group);
    const inserted = targets.map((one) => ({
      manifest: one.manifest,
      edits: insertAnnotations(one.manifest, one.resource, pairs),
    }));
    return removed === undefined || inserted.some(({ edits }) => edits === undefined)
      ? undefined
      : [{ manifest, edits: removed }, ...(inserted as ManifestEdits[])];
  });
}

function removal(
  manifest: Manifest,
  resource: Resource,
  mapping: YamlMapping,
  group: readonly Misplaced[],
): TextEdit[] | undefined {
  return removePlaced(
    manifest,
    resource,
    group.map(({ pair }) => ({ pair, mapping })),
  );
}
