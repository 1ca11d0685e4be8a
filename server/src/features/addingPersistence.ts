import { balancerOf, type ControllerView, identifyIngress } from '../knowledge/identify.ts';
import type { ProductTable, Recipe } from '../knowledge/product.ts';
import { PRODUCTS, productById } from '../knowledge/products.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, hasVirtualIP, type Service, usesClientIP } from '../kubernetes/service.ts';
import { verdictOf } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import { fixAcross, fixHere } from '../rules/support/fixes.ts';
import { describeRecipe, missingOf, recipeEdits, recipesFor } from '../rules/support/recipes.ts';

import type { Manifest } from '../workspace/manifest.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import { insertPairs } from '../yaml/edits.ts';
import type { Refactoring } from './refactorings.ts';

/** Ways to give a Service persistence that it does not have yet, the one of its own provider first. */
export function persistenceForService(manifest: Manifest, service: Service, view: ControllerView): Refactoring[] {
  if (hasVirtualIP(service) !== true || service.resource.view !== 'whole') {
    return [];
  }
  const isSticky = pathsOfService(service, view).some((path) => verdictOf(path).kind.startsWith('sticky'));
  if (isSticky) {
    return [];
  }
  const balancer = balancerOf(service, view)?.product;
  const isBalanced = effectiveType(service) === 'LoadBalancer';
  // Where nothing tells whose load balancer it is, the first cloud of the tables is offered.
  const candidates = balancer ?? (isBalanced ? productById('alibaba-clb') : undefined);
  const recipes = candidates === undefined ? [] : recipesFor(candidates, 'Service');
  return [
    ...recipes.flatMap((recipe) => fromRecipe(manifest, service, candidates, recipe)),
    ...(balancer?.sessionAffinity?.effect === 'refused' ? [] : clientIP(manifest, service)),
  ];
}

function fromRecipe(
  manifest: Manifest,
  { resource }: Service,
  product: ProductTable | undefined,
  recipe: Recipe,
): Refactoring[] {
  if (product === undefined) {
    return [];
  }
  const missing = missingOf(resource, product, recipe);
  const head = {
    title: 'recipe',
    arguments: {
      object: describeResource(resource),
      product: product.name,
      recipe: recipe.title,
      settings: describeRecipe(product, { set: missing }),
    },
    safety: 'review',
  } as const;
  return fixHere(manifest, head, () => recipeEdits(manifest, resource, product, recipe));
}

function clientIP(manifest: Manifest, service: Service): Refactoring[] {
  const { spec, resource, sessionAffinity } = service;
  if (usesClientIP(service) !== false || sessionAffinity.kind !== 'absent') {
    return [];
  }
  const head = { title: 'clientIP', arguments: { object: describeResource(resource) }, safety: 'review' } as const;
  return fixHere(manifest, head, () =>
    insertPairs(manifest.yaml, spec, [
      { key: 'sessionAffinity', value: { kind: 'word', text: 'ClientIP' } },
      {
        key: 'sessionAffinityConfig',
        value: {
          kind: 'mapping',
          pairs: [
            {
              key: 'clientIP',
              value: { kind: 'mapping', pairs: [{ key: 'timeoutSeconds', value: { kind: 'number', text: '10800' } }] },
            },
          ],
        },
      },
    ]),
  );
}

/** The same for an Ingress. Some controllers read their settings from the Services behind it. */
export function persistenceForIngress(
  manifest: Manifest,
  ingress: Ingress,
  services: readonly Indexed<Service>[],
  view: ControllerView,
): Refactoring[] {
  const { resource } = ingress;
  const known = identifyIngress(ingress, view)?.product;
  if (resource.view !== 'whole' || manifest.yaml.problems.length > 0) {
    return [];
  }
  const products = known === undefined ? PRODUCTS.filter(({ detection }) => detection.ingress !== undefined) : [known];
  return products.flatMap((product) => [
    ...recipesFor(product, 'Ingress').flatMap((recipe) => onIngress(manifest, ingress, product, recipe)),
    ...recipesFor(product, 'Service').flatMap((recipe) => onServices(services, product, recipe)),
  ]);
}

function onIngress(manifest: Manifest, { resource }: Ingress, product: ProductTable, recipe: Recipe): Refactoring[] {
  const missing = missingOf(resource, product, recipe);
  // Whoever has the switch has chosen; what is missing beside it is a matter of taste.
  const [first] = recipe.set;
  if (first === undefined || !missing.includes(first)) {
    return [];
  }
  const head = {
    title: 'recipe',
    arguments: {
      object: describeResource(resource),
      product: product.name,
      recipe: recipe.title,
      settings: describeRecipe(product, { set: missing }),
    },
    safety: 'review',
  } as const;
  return fixHere(manifest, head, () => recipeEdits(manifest, resource, product, recipe));
}

function onServices(services: readonly Indexed<Service>[], product: ProductTable, recipe: Recipe): Refactoring[] {
  const due = services.filter(({ item }) => {
    const [first] = recipe.set;
    return first !== undefined && missingOf(item.resource, product, recipe).includes(first);
  });
  if (product.kind === 'load balancer' || due.length === 0) {
    return [];
  }
  const head = {
    title: 'recipe',
    arguments: {
      object: due.map(({ item }) => describeResource(item.resource)).join(', '),
      product: product.name,
      recipe: recipe.title,
      settings: describeRecipe(product, recipe),
    },
    safety: 'review',
  } as const;
  const manifests = [...new Set(due.map((one) => one.manifest))];
  return fixAcross(manifests, head, () => {
    const edits = due.map((one) => ({
      manifest: one.manifest,
      edits: recipeEdits(one.manifest, one.item.resource, product, recipe),
    }));
    const known = edits.flatMap((one) => (one.edits === undefined ? [] : [{ ...one, edits: one.edits }]));
    return known.length === edits.length ? known : undefined;
  });
}
