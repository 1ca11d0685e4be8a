import { allHold } from '../knowledge/condition.ts';
import { balancerOf, type Inference, isGuess } from '../knowledge/identify.ts';
import { objectKindOf } from '../knowledge/products.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Route } from '../kubernetes/route.ts';
import { type Service, usesClientIP } from '../kubernetes/service.ts';
import { pathsThrough, type WorkspacePath } from '../persistence/workspacePaths.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import type { Finding, Fix, RelatedPlace, Rule, RuleContext } from './rule.ts';
import { removeAffinity } from './support/fields.ts';
import { fixAcross, fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { describeRecipe, missingOf, recipeEdits, recipesFor } from './support/recipes.ts';
import { controllerView } from './support/settings.ts';

export const affinityBypassed: Rule = {
  id: 'affinity-bypassed',
  summary: '`sessionAffinity: ClientIP` stands on a Service whose traffic never meets its virtual IP.',
  why:
    'ClientIP is a matter of kube-proxy, and of nothing else. An Ingress controller reads the addresses of the pods ' +
    'and connects to them itself; a load balancer with pods as backends does the same. What such a proxy does not ' +
    'do, no field of the Service makes it do. It is the second most frequent of all mistakes in the field ' +
    '(kubernetes/ingress-nginx#11864, apolloconfig/apollo#2337, grafana/helm-charts#3857).',
  remedy: 'Set persistence where the traffic comes from: a cookie on the Ingress, the load balancer’s own setting.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    route:
      'ClientIP of {service} does not apply to what comes through {route}.\n' +
      '{product} ({how}) connects to the pods itself. Keep clients there instead; in the cluster ClientIP still holds.',
    unknown:
      'ClientIP of {service} does not apply to what comes through {route}, with most controllers.\n' +
      'They connect to the pods themselves. Keep clients there instead, by a cookie.',
    pods:
      'ClientIP of {service} has no part in traffic from outside: {product} sends it straight to pods.\n' +
      'It still holds for pods of the cluster that use the Service.',
    related: '{route} leads to this Service.',
    cookie: 'Let {route} set a cookie ({recipe})',
    remove: 'Remove sessionAffinity (pods that use the Service lose it as well)',
  },
  reads: 'workspace',
  after: [
    'affinity-config-dropped',
    'affinity-flattened',
    'affinity-in-selector',
    'affinity-key-misspelt',
    'affinity-misplaced',
    'affinity-refused-by-cloud',
    'affinity-shape-wrong',
    'affinity-value-unsupported',
    'affinity-without-virtual-ip',
    'service-type-contradiction',
  ],
  examples: [
    {
      title: 'The Ingress leads past it.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-bypassed
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: outside
spec:
  controller: k8s.io/ingress-nginx
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: outside
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: outside
spec:
  controller: k8s.io/ingress-nginx
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/affinity: "cookie"
    nginx.ingress.kubernetes.io/affinity-mode: "persistent"
    nginx.ingress.kubernetes.io/session-cookie-name: "route"
    nginx.ingress.kubernetes.io/session-cookie-path: "/"
    nginx.ingress.kubernetes.io/session-cookie-max-age: "172800"
spec:
  ingressClassName: outside
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
    {
      title: 'The Ingress keeps clients by itself; what ClientIP does for others is nobody’s loss.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
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
  judges: ['services'],
  *check(manifest, context): Iterable<Finding> {
    for (const service of manifest.services) {
      const { sessionAffinity } = service;
      if (usesClientIP(service) !== true || sessionAffinity.kind !== 'value' || service.resource.view !== 'whole') {
        continue;
      }
      const behind = behindRoute(manifest, context, service, sessionAffinity.field.pair.value.span);
      const found = behind ?? behindPods(manifest, context, service, sessionAffinity.field.pair.value.span);
      if (found !== undefined) {
        yield found;
      }
    }
  },
};

function behindRoute(manifest: Manifest, context: RuleContext, service: Service, span: Span): Finding | undefined {
  const { index } = context.snapshot;
  const own = { uri: context.file.uri, manifest, item: service };
  const isRouted = index.routesTo(own).length > 0;
  const paths = isRouted ? pathsThrough(own, index, controllerView(context)).filter(bypasses) : [];
  const first = paths[0]?.through;
  if (first?.kind !== 'route') {
    return undefined;
  }
  const { route, inference } = first;
  const name = describeResource(route.item.resource);
  const isKnown = inference !== undefined && inference.product.id !== 'gateway-api';
  return {
    rule: affinityBypassed,
    message: isKnown ? 'route' : 'unknown',
    arguments: {
      service: describeResource(service.resource),
      route: name,
      product: inference?.product.name ?? '',
      how: inference === undefined ? '' : HOW[inference.by].replace('{word}', inference.word),
    },
    certainty: isKnown && !isGuess(inference) ? 'ineffective' : 'assumed',
    span,
    subject: service.resource,
    related: paths.flatMap(relatedPlaces),
    fixes: [...cookieFixes(route, inference, name), ...removal(manifest, service)],
  };
}

const HOW: Readonly<Record<Inference['by'], string>> = {
  choice: 'by the settings',
  kind: 'which alone has {word}s',
  IngressClass: 'class {word}',
  class: 'class {word}',
  'class name': 'taken from the name of class {word}',
  annotations: 'taken from its annotations',
};

/** Whether the proxy goes past the virtual IP and keeps no client where it is, as far as that can be known. */
function bypasses({ through, hops }: WorkspacePath): boolean {
  const [hop, ...others] = hops;
  if (through.kind !== 'route' || hop === undefined || others.length > 0) {
    return false;
  }
  return hop.mechanism.kind === 'none' || (hop.mechanism.kind === 'unknown' && through.product === undefined);
}

function relatedPlaces({ through }: WorkspacePath): RelatedPlace[] {
  return through.kind === 'route'
    ? [
        {
          manifest: through.route.manifest,
          span: through.span,
          message: 'related',
          arguments: { route: describeResource(through.route.item.resource) },
        },
      ]
    : [];
}

/** The settings that make the route sticky, written into it wherever it stands. */
function cookieFixes({ manifest, item }: Indexed<Route>, inference: Inference | undefined, route: string): Fix[] {
  if (inference === undefined || isGuess(inference)) {
    return [];
  }
  const { product } = inference;
  const { resource } = item;
  return recipesFor(product, objectKindOf(resource)).flatMap((recipe) => {
    const missing = missingOf(resource, product, recipe);
    const head = {
      title: 'cookie',
      arguments: { route, recipe: describeRecipe(product, { set: missing }) },
      safety: 'review',
    } as const;
    return fixAcross([manifest], head, () => {
      const edits = recipeEdits(manifest, resource, product, recipe);
      return edits === undefined ? undefined : [{ manifest, edits }];
    });
  });
}

function behindPods(manifest: Manifest, context: RuleContext, service: Service, span: Span): Finding | undefined {
  const product = balancerOf(service, controllerView(context))?.product;
  const targets = product?.targets?.find(({ when }) => allHold(when, service.resource, product) === true);
  if (product === undefined || targets?.to !== 'pods' || targets.assumed === true) {
    return undefined;
  }
  return {
    rule: affinityBypassed,
    message: 'pods',
    arguments: { service: describeResource(service.resource), product: product.name },
    certainty: 'advice',
    span,
    subject: service.resource,
    related: [],
    fixes: removal(manifest, service),
  };
}

function removal(manifest: Manifest, service: Service): Fix[] {
  return fixHere(manifest, { title: 'remove', safety: 'review' }, () => removeAffinity(manifest, service));
}
