import { shortName } from '../knowledge/address.ts';
import { allHold, holds } from '../knowledge/condition.ts';
import type { Requirement } from '../knowledge/product.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, Rule, RuleContext } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { shortListOf } from './support/listing.ts';
import { certaintyOf } from './support/outcome.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';
import { removeSetting, settingsEdits } from './support/setSettings.ts';
import {
  describeCondition,
  isOnWrongLayer,
  type JudgedSetting,
  type ObjectSettings,
  objectSettings,
  writtenOf,
} from './support/settings.ts';

export const settingCompanionMissing: Rule = {
  id: 'setting-companion-missing',
  summary: 'A setting of a controller needs another one beside it, which is missing or says something else.',
  why:
    'Session persistence mostly takes several settings at once: a switch and the kind of cookie, a cookie and the ' +
    'protocol that carries it. The API server knows nothing of that. Some clouds refuse the listener for the missing ' +
    'half, after the (billed) instance was created; most controllers ignore the half that is there. Which setting ' +
    'needs what is in [the tables](../providers/README.md), with its source.',
  remedy: 'Write what the message names beside it, or take the setting out.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: {
    found: '{keys} on {object} {verb} {needed}, which is {there}.\n{why}',
    unverified: '{keys} on {object} {verb} {needed}, by what its vendor writes.\n{why}',
    set: '{verb} {settings}{remark}',
    remove: 'Remove {key}',
  },
  reads: 'workspace',
  after: [
    'annotation-other-controller',
    'annotation-outdated',
    'annotation-unknown-key',
    'annotation-value-invalid',
    'annotation-wrong-layer',
    'annotation-wrong-object',
    'field-unknown-key',
    'field-value-invalid',
    'service-type-contradiction',
    'value-not-a-string',
  ],
  examples: [
    {
      title: 'Whose cookie it is, and for how long it counts, is not said.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ setting-companion-missing
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
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'Switched off, it needs nothing.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "off"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'The Service behind the Ingress says it, and what it says counts.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    alb.ingress.kubernetes.io/target-type: ip
spec:
  ports:
    - port: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    alb.ingress.kubernetes.io/target-type: instance
    alb.ingress.kubernetes.io/target-group-attributes: stickiness.enabled=true,stickiness.type=lb_cookie
spec:
  ingressClassName: alb
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
      // What a patch leaves out may stand in the object under it.
      if (object.resource.view === 'whole') {
        for (const lack of lacksOf(object)) {
          if (!isSaidBehind(object, lack, context)) {
            yield finding(manifest, object, lack);
          }
        }
      }
    }
  },
};

/** Something that is missing, and all the settings that need it. */
interface Lack {
  readonly requirement: Requirement;
  readonly settings: readonly [JudgedSetting, ...JudgedSetting[]];
}

function lacksOf(object: ObjectSettings): Lack[] {
  const lacks = new Map<string, { requirement: Requirement; settings: [JudgedSetting, ...JudgedSetting[]] }>();
  for (const judged of object.judged) {
    if (isOnWrongLayer(judged, object.service)) {
      continue;
    }
    const requirement = judged.setting.requires?.find((candidate) => isMissing(candidate, judged, object));
    if (requirement === undefined) {
      continue;
    }
    const { items, key } = judged.written.place.context;
    const cause = JSON.stringify([judged.product.id, describeCondition(requirement.needs, judged.product), items, key]);
    const present = lacks.get(cause);
    if (present === undefined) {
      lacks.set(cause, { requirement, settings: [judged] });
    } else {
      present.settings.push(judged);
    }
  }
  return [...lacks.values()];
}

/** Whether a Service behind an Ingress says itself what the Ingress does not, where it is read from both. */
function isSaidBehind({ ingress }: ObjectSettings, { requirement, settings }: Lack, context: RuleContext): boolean {
  const [{ product }] = settings;
  const { needs } = requirement;
  const wanted = 'anyOf' in needs ? needs.anyOf : [needs];
  const isOnServices = product.settings.some(
    ({ at, objects }) => objects.includes('Service') && wanted.some((one) => 'at' in one && one.at === at),
  );
  return (
    ingress !== undefined &&
    isOnServices &&
    context.snapshot.index
      .servicesBehind({ uri: context.file.uri, item: ingress })
      .some(({ item: { resource } }) =>
        wanted.some((one) => 'at' in one && readSetting(resource, one.at, product).kind !== 'absent'),
      )
  );
}

function isMissing(requirement: Requirement, judged: JudgedSetting, { resource }: ObjectSettings): boolean {
  const { product, setting, written } = judged;
  const { when, whileTrue = [], needs } = requirement;
  const counts = when === undefined ? written.text !== setting.off : when.includes(written.text);
  const { context } = written.place;
  return (
    counts &&
    allHold(whileTrue, resource, product, context) === true &&
    holds(needs, resource, product, context) === false
  );
}

function finding(manifest: Manifest, object: ObjectSettings, { requirement, settings }: Lack): Finding {
  const [first] = settings;
  const { product, setting, written } = first;
  const otherwise = writtenOf(requirement.needs, object.resource, product, written.place.context)?.text;
  return {
    rule: settingCompanionMissing,
    message: setting.unverified === true ? 'unverified' : 'found',
    arguments: {
      keys: shortListOf([...new Set(settings.map((judged) => shortName(judged.setting.at, judged.product)))]),
      verb: settings.length === 1 ? 'needs' : 'need',
      object: describeResource(object.resource),
      needed: describeCondition(requirement.needs, product),
      there: otherwise === undefined ? 'not there' : `${otherwise} there`,
      why: requirement.why,
    },
    certainty: certaintyOf(requirement.outcome, setting),
    key: shortName(setting.at, product),
    span: written.place.keySpan,
    subject: object.resource,
    related: [],
    fixes: [
      ...(requirement.remove === 'first' ? removal(manifest, object, first) : []),
      ...(requirement.offers ?? []).flatMap((offer): Fix[] => {
        const set = offer.set.map(({ at, value }) => ({ at, value: value.replace('{value}', written.text) }));
        const place = {
          manifest,
          resource: object.resource,
          product,
          context: written.place.context,
          after: written.place.pair,
        };
        return fixHere(
          manifest,
          {
            title: 'set',
            arguments: {
              verb: otherwise === undefined ? 'Add' : 'Set',
              settings: shortListOf(set.map(({ at, value }) => `${shortName(at, product)}: ${value}`)),
              remark: offer.remark === undefined ? '' : ` (${offer.remark})`,
            },
            safety: offer.byHand === true ? 'by hand' : 'review',
          },
          () => settingsEdits(place, set),
        );
      }),
      ...(requirement.remove === 'last' ? removal(manifest, object, first) : []),
    ],
  };
}

function removal(
  manifest: Manifest,
  { resource }: ObjectSettings,
  { product, setting, written }: JudgedSetting,
): Fix[] {
  return fixHere(
    manifest,
    { title: 'remove', arguments: { key: shortName(setting.at, product) }, safety: 'review' },
    () => removeSetting(manifest, resource, written.place),
  );
}
