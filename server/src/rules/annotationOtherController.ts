import { shortName } from '../knowledge/address.ts';
import { balancerOf, type ControllerView, type Inference } from '../knowledge/identify.ts';
import type { ProductTable } from '../knowledge/product.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { keyText } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { shortListOf } from './support/listing.ts';
import { certaintyOf, weaker } from './support/outcome.ts';
import { removePlaced } from './support/removal.ts';
import {
  classText,
  type ForeignSetting,
  type ObjectSettings,
  objectSettings,
  restsOnGuess,
} from './support/settings.ts';

export const annotationOtherController: Rule = {
  id: 'annotation-other-controller',
  summary: 'Persistence annotations are written for another controller than the one that serves the object.',
  why:
    'The most frequent of all mistakes: the right idea, addressed to a controller that is not there. Whoever serves ' +
    'the object ignores keys of another prefix, and says nothing. Which controller serves an Ingress, its class ' +
    'tells: for certain through an IngressClass of the workspace or a setting, by guess through the class’s name. ' +
    'Which cloud controller takes a Service, its `loadBalancerClass` tells.',
  remedy:
    'Use the keys of the controller that serves the object, or change the class. If another controller is in use ' +
    'than the message assumes, say so in the settings: `controllers: { ingressClasses: { nginx: traefik } }`.',
  links: [],
  messages: {
    certain:
      '{keys} {are} for {owner}; {object} has a class of {product}.\n' +
      'Class {class} belongs to {product}, which ignores {them} and tells nobody.',
    chosen:
      '{keys} {are} for {owner}; {object} is served by {product}.\n' +
      'The settings say so (controllers). {product} ignores {them} and tells nobody.',
    guess:
      '{keys} {are} for {owner}; {object} has class {class}, which seems to be {product}.\n' +
      'By its name, that is; {product} ignores {them}. If it is another one, say so in the settings (controllers).',
    service:
      '{keys} {are} for {owner}; {object} goes to {product}, which ignores {them}.\n' +
      'Its loadBalancerClass says so. {note}',
    claimed:
      '{keys} {are} for {owner}; {object} goes to {product}, which ignores {them}.\n' +
      'Another annotation says so. {note}',
    stranger:
      '{keys} {are} for {owner}; {object} seems to go to another controller.\n' +
      'Its loadBalancerClass {class} is none that {owner} is known to take; a flag of it may say otherwise.',
    left: '{keys} {are} for {owner}, which leaves {object} alone.\n' + 'Another annotation hands it to somebody else.',
    remove: 'Remove {keys}',
  },
  after: ['service-type-contradiction'],
  examples: [
    {
      title: 'The class belongs to another controller.',
      bad: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: web
spec:
  controller: haproxy.org/ingress-controller
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
    nginx.ingress.kubernetes.io/session-cookie-name: route
spec:
  ingressClassName: web
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
    {
      title: 'A class that belongs to the controller whose keys they are.',
      good: `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: web
spec:
  controller: k8s.io/ingress-nginx
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
spec:
  ingressClassName: web
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
    {
      title: 'A class that no table knows, which a flag may have given to this very controller.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
spec:
  type: LoadBalancer
  loadBalancerClass: example.com/ours
  ports:
    - port: 80
`,
    },
    {
      title: 'Another annotation hands the Service to somebody else.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/class: mine
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-other-controller
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
      const owners = new Set(object.foreign.map(({ product }) => product));
      for (const owner of owners) {
        const settings = object.foreign.filter(({ product }) => product === owner);
        const [first] = settings;
        if (first !== undefined) {
          yield finding(manifest, object, owner, first, settings, context.snapshot.viewFor(context.file.uri));
        }
      }
    }
  },
};

function finding(
  manifest: Manifest,
  object: ObjectSettings,
  owner: ProductTable,
  first: ForeignSetting,
  settings: readonly ForeignSetting[],
  view: ControllerView,
): Finding {
  const { resource, ingress, service } = object;
  const inference = service === undefined ? first.inference : balancerOf(service, view);
  const keys = settings.map(({ pair }) => keyText(pair) ?? '');
  const single = settings.length === 1;
  // Keys of both side by side are what a migration looks like.
  const isMigration = object.judged.some(
    ({ product }) =>
      product === inference?.product &&
      // Relatives with one prefix are no two controllers to move between; there the class is what it is.
      (ingress !== undefined ||
        !product.annotationPrefixes.some((prefix) => owner.annotationPrefixes.includes(prefix))),
  );
  const named = service?.loadBalancerClass;
  const balancerClass = named?.kind === 'value' ? named.value : '';
  // A class that no table knows may be one that a flag gave to this very controller.
  const certainty = certaintyOf(
    service !== undefined && inference === undefined && balancerClass !== '' ? 'depends' : 'ignored',
    {},
  );
  return {
    rule: annotationOtherController,
    message: service === undefined ? messageFor(inference) : messageForService(inference, balancerClass),
    arguments: {
      keys: shortListOf(keys.map((key) => shortName(key, owner))),
      are: single ? 'is' : 'are',
      them: single ? 'it' : 'them',
      owner: owner.name,
      object: describeResource(resource),
      class: ingress === undefined ? balancerClass : classText(ingress),
      product: inference?.product.name ?? '',
      note: inference?.product.insteadOfForeign ?? 'It tells nobody.',
    },
    certainty: isMigration || restsOnGuess(inference) ? weaker(certainty) : certainty,
    key: owner.id,
    span: first.pair.key.span,
    subject: resource,
    related: [],
    fixes: fixHere(
      manifest,
      { title: 'remove', arguments: { keys: shortListOf(keys.map((key) => shortName(key, owner))) }, safety: 'review' },
      () => {
        const { annotations } = resource;
        const placed = annotations === undefined ? [] : settings.map(({ pair }) => ({ pair, mapping: annotations }));
        return placed.length > 0 && settings.every(({ pair }) => !pair.conditional)
          ? removePlaced(manifest, resource, placed)
          : undefined;
      },
    ),
  };
}

function messageForService(inference: Inference | undefined, balancerClass: string): string {
  if (inference === undefined) {
    return balancerClass === '' ? 'left' : 'stranger';
  }
  return inference.by === 'choice' ? 'chosen' : inference.by === 'class' ? 'service' : 'claimed';
}

function messageFor(inference: Inference | undefined): string {
  return inference?.by === 'choice' ? 'chosen' : restsOnGuess(inference) ? 'guess' : 'certain';
}
