import { balancerOf } from '../knowledge/identify.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { removeAffinity } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { recipeEdits, recipesFor } from './support/recipes.ts';
import { controllerView } from './support/settings.ts';

export const affinityRefusedByCloud: Rule = {
  id: 'affinity-refused-by-cloud',
  summary: 'The cloud’s controller refuses sessionAffinity: ClientIP on a Service with a load balancer.',
  why:
    'Some clouds cannot remember client addresses in their load balancers and make that an error: the Service keeps ' +
    'waiting for its address, and only an event tells why. Read in the controllers’ sources; dozens of charts had to ' +
    'take ClientIP out for it.',
  remedy: 'Take sessionAffinity out, and use what the cloud offers instead.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    found: '{product} refuses ClientIP, so {service} never gets a load balancer.\n{what}',
    depends: '{product} refuses ClientIP, and then {service} never gets a load balancer.\n{what} {unless}',
    unverified: '{product} may refuse ClientIP for {service}.\n{what} This could not be checked against its source.',
    instead: 'Take sessionAffinity out and use {recipe} instead',
    remove: 'Remove sessionAffinity (clients are then not kept on a pod)',
  },
  after: ['affinity-value-unsupported', 'service-type-contradiction', 'annotation-other-controller'],
  examples: [
    {
      title: 'The in-tree controller of AWS.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-refused-by-cloud
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'None is what everybody takes.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/aws-load-balancer-internal: "true"
spec:
  type: LoadBalancer
  sessionAffinity: None
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest, context): Iterable<Finding> {
    const view = controllerView(context);
    for (const service of manifest.services) {
      const { sessionAffinity, resource } = service;
      const inference = balancerOf(service, view);
      const product = inference?.product;
      const effect = product?.sessionAffinity;
      if (
        sessionAffinity.kind !== 'value' ||
        sessionAffinity.value !== 'ClientIP' ||
        effect?.effect !== 'refused' ||
        product === undefined
      ) {
        continue;
      }
      const depends = effect.unless !== undefined && inference?.by === 'annotations';
      const remove = () => removeAffinity(manifest, service);
      const instead = recipesFor(product, 'Service').flatMap((recipe): Fix[] =>
        fixHere(manifest, { title: 'instead', arguments: { recipe: recipe.title }, safety: 'review' }, () => {
          const set = recipeEdits(manifest, resource, product, recipe);
          const removed = remove();
          return set === undefined || removed === undefined ? undefined : [...removed, ...set];
        }),
      );
      yield {
        rule: affinityRefusedByCloud,
        message: effect.unverified === true ? 'unverified' : depends ? 'depends' : 'found',
        arguments: {
          product: product.name,
          service: describeResource(resource),
          what: effect.what,
          unless: effect.unless ?? '',
        },
        certainty: effect.unverified === true ? 'advice' : depends ? 'assumed' : 'refused',
        span: sessionAffinity.span,
        subject: resource,
        related: [],
        fixes: [...instead, ...fixHere(manifest, { title: 'remove', safety: 'review' }, remove)],
      };
    }
  },
};
