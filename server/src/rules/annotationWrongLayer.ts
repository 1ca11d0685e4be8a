import { shortName } from '../knowledge/address.ts';
import type { Offer, OfferedValue } from '../knowledge/product.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { listOf, shortListOf } from './support/listing.ts';
import { certaintyOf } from './support/outcome.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';
import { removeSetting, settingsEdits } from './support/setSettings.ts';
import {
  isOnWrongLayer,
  type JudgedSetting,
  listenersOf,
  type ObjectSettings,
  objectSettings,
  relatedPorts,
} from './support/settings.ts';

export const annotationWrongLayer: Rule = {
  id: 'annotation-wrong-layer',
  summary: 'A setting for listeners of one protocol stands on a Service whose listeners have another.',
  why:
    'A listener of layer 4 remembers addresses, one of layer 7 hands out cookies, and each ignores the settings of ' +
    'the other. Alibaba Cloud’s controller sends `persistence-timeout` to TCP listeners only and the cookie ' +
    'settings to HTTP and HTTPS ones, and says nothing when there is none. The protocol of a listener is that of ' +
    'the Service port, unless an annotation such as `protocol-port` makes it another. Read in the controllers’ ' +
    'sources.',
  remedy: 'Use the settings of the listeners that are there, or make the listeners what the settings need.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: {
    found:
      '{keys} {work} on {wanted} listeners only, and {service} has only {protocols} listeners.\n' +
      'The controller ignores {them} without a word, so the load balancer keeps no client on one backend.',
    value:
      '{value} works on {wanted} listeners only, and {service} has {protocols} listeners.\n' +
      'The controller sends it all the same, and the cloud lists no such value there.',
    related: 'Port {port} gets a {protocol} listener.',
    instead: 'Use {settings} instead{remark}',
    add: 'Add {settings}{remark}',
    remove: 'Remove {key}',
  },
  after: [
    'annotation-other-controller',
    'service-type-contradiction',
    'service-value-unsupported',
    'value-not-a-string',
  ],
  examples: [
    {
      title: '`protocol-port` makes the only port an HTTPS listener.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ annotation-wrong-layer
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 443
`,
    },
    {
      title: 'One port of two is a TCP listener, which uses it.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - name: tls
      port: 443
    - name: mqtt
      port: 1883
`,
    },
    {
      title: 'A hash of addresses is nothing that an HTTP listener can do.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "sch"
                                                                     ^^^^^ annotation-wrong-layer
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
      const { service } = object;
      if (service !== undefined && object.resource.view === 'whole') {
        yield* uselessSettings(manifest, object, service);
        yield* uselessValues(object, service);
      }
    }
  },
};

/** The settings that no listener can use, those for the same listeners together. */
function* uselessSettings(manifest: Manifest, object: ObjectSettings, service: Service): Iterable<Finding> {
  const useless = object.judged.filter(
    (judged) => judged.written.text !== judged.setting.off && isOnWrongLayer(judged, service),
  );
  for (const group of groupedByListeners(useless)) {
    const [first] = group;
    const present = listenersOf(first.product, service) ?? [];
    const single = group.length === 1;
    yield {
      rule: annotationWrongLayer,
      message: 'found',
      arguments: {
        keys: shortListOf(group.map(({ setting, product }) => shortName(setting.at, product))),
        work: single ? 'works' : 'work',
        them: single ? 'it' : 'them',
        wanted: listOf(first.setting.listeners ?? []),
        service: describeResource(object.resource),
        protocols: listOf([...new Set(present)]),
      },
      certainty: certaintyOf('ignored', first.setting),
      key: shortName(first.setting.at, first.product),
      span: first.written.place.keySpan,
      subject: object.resource,
      related: relatedPorts(service, present),
      fixes: fixesOf(manifest, object, group),
    };
  }
}

type Group = [JudgedSetting, ...JudgedSetting[]];

function groupedByListeners(settings: readonly JudgedSetting[]): Group[] {
  const groups = new Map<string, Group>();
  for (const judged of settings) {
    const key = [judged.product.id, ...(judged.setting.listeners ?? [])].join(' ');
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [judged]);
    } else {
      group.push(judged);
    }
  }
  return [...groups.values()];
}

/** Values of a setting for all listeners that not every listener of the Service knows. */
function* uselessValues(object: ObjectSettings, service: Service): Iterable<Finding> {
  for (const { product, setting, written } of object.judged) {
    const values: readonly OfferedValue[] = setting.values ?? [];
    const known = values.find(({ value }) => value === written.text)?.listeners;
    const present = listenersOf(product, service) ?? [];
    const missing = present.filter((listener) => known !== undefined && !known.includes(listener));
    if (known !== undefined && missing.length > 0) {
      yield {
        rule: annotationWrongLayer,
        message: 'value',
        arguments: {
          value: `${shortName(setting.at, product)}: ${written.text}`,
          wanted: listOf(known),
          service: describeResource(object.resource),
          protocols: listOf([...new Set(missing)]),
        },
        certainty: certaintyOf('ignored', setting),
        key: shortName(setting.at, product),
        span: written.place.valueSpan,
        subject: object.resource,
        related: relatedPorts(service, present),
        fixes: [],
      };
    }
  }
}

function fixesOf(manifest: Manifest, { resource, service }: ObjectSettings, group: Group): Fix[] {
  const [first] = group;
  const { product, setting, written } = first;
  const key = shortName(setting.at, product);
  const present = listenersOf(product, service) ?? [];
  const offers = (setting.insteadOnOtherListeners ?? [])
    .filter(({ listeners }) => listeners === undefined || present.some((one) => listeners.includes(one)))
    .flatMap((offer) => offered(manifest, resource, group, offer));
  const remove = fixHere(manifest, { title: 'remove', arguments: { key }, safety: 'review' }, () =>
    group.length === 1 ? removeSetting(manifest, resource, written.place) : undefined,
  );
  return product.listeners === undefined ? [] : [...offers, ...remove];
}

/** An offer that repeats none of the settings takes their place; one that adds to them lets them stand. */
function offered(manifest: Manifest, resource: ObjectSettings['resource'], group: Group, offer: Offer): Fix[] {
  const [{ product, written }] = group;
  const { pair, mapping, context } = written.place;
  const set = offer.set.map(({ at, value }) => ({ at, value: value.replace('{value}', written.text) }));
  const replaces = offer.set.some(({ value }) => value.includes('{value}'));
  const head = {
    title: replaces ? 'instead' : 'add',
    arguments: {
      settings: shortListOf(set.map(({ at, value }) => `${shortName(at, product)}: ${value}`)),
      remark: offer.remark === undefined ? '' : ` (${offer.remark})`,
    },
    safety: offer.byHand === true ? 'by hand' : 'review',
  } as const;
  return fixHere(manifest, head, () => {
    const after = replaces ? before(mapping.pairs, pair) : pair;
    const added = settingsEdits({ manifest, resource, product, context, after }, set);
    const removed = replaces ? removeSetting(manifest, resource, written.place) : [];
    const clash = replaces && mapping.pairs.length === 1;
    return added === undefined || removed === undefined || clash ? undefined : [...removed, ...added];
  });
}

/** The neighbour behind which new pairs take the place of one that goes. */
function before<T>(all: readonly T[], going: T): T | undefined {
  const index = all.indexOf(going);
  return all[index - 1] ?? all.at(-1);
}
