import { shortName } from '../knowledge/address.ts';
import { holds } from '../knowledge/condition.ts';
import type { Condition, Conflict } from '../knowledge/product.ts';
import type { WrittenSetting } from '../knowledge/settingReading.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { certaintyOf } from './support/outcome.ts';
import { removeSetting } from './support/setSettings.ts';
import { type JudgedSetting, objectSettings, writtenOf } from './support/settings.ts';

export const settingsContradict: Rule = {
  id: 'settings-contradict',
  summary: 'Two settings of one controller do not go together: one cancels the other, or both are refused.',
  why:
    'Each of the two is legal by itself, so nothing warns. A proxy that is told to send everything to the cluster IP ' +
    'has one target only and nothing to choose from with its cookie; two ways to find the pod cannot both decide. ' +
    'What does not go together is in [the tables](../providers/README.md), with its source.',
  remedy: 'Decide for one of the two and take the other one out.',
  links: [],
  messages: {
    found: '{key} does not go with {other} on {object}.\n{why}',
    related: '{other} stands here.',
    remove: 'Remove {key}',
  },
  after: [
    'annotation-other-controller',
    'annotation-outdated',
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
      title: 'With the cluster IP as its only target, the proxy’s cookie has nothing to choose from.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    nginx.ingress.kubernetes.io/service-upstream: "true"
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
      title: 'Switched off, it is in nobody’s way.',
      good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/service-upstream: "false"
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
      title: 'What two settings cannot bear is told once.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ settings-contradict
    nginx.ingress.kubernetes.io/upstream-hash-by: $remote_addr
    nginx.ingress.kubernetes.io/service-upstream: "true"
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
      const told = new Set<string>();
      for (const setting of judged) {
        for (const conflict of conflictsOf(setting, resource)) {
          const other = otherOf(conflict.with, resource, setting);
          // Of two settings that each name the other, the first speaks, and once of one that several cannot bear.
          const isOther = conflict.remove === 'other' && other !== undefined;
          const cause = isOther ? other.at : [setting.setting.at, other?.at ?? ''].sort().join(' ');
          if (!told.has(cause)) {
            told.add(cause);
            yield finding(manifest, resource, setting, conflict, other);
          }
        }
      }
    }
  },
};

function conflictsOf({ product, setting, written }: JudgedSetting, resource: Resource): Conflict[] {
  return (setting.conflicts ?? []).filter((conflict) => {
    const counts = conflict.when === undefined ? written.text !== setting.off : conflict.when.includes(written.text);
    return counts && holds(conflict.with, resource, product, written.place.context) === true;
  });
}

interface Other {
  readonly at: string;
  readonly written: WrittenSetting | undefined;
}

/** The one of a condition's settings that makes it true. */
function otherOf(condition: Condition, resource: Resource, judged: JudgedSetting): Other | undefined {
  const { product, written } = judged;
  const context = written.place.context;
  const candidates = 'anyOf' in condition ? condition.anyOf : [condition];
  const one = candidates.find((candidate) => holds(candidate, resource, product, context) === true);
  return one === undefined || 'anyOf' in one
    ? undefined
    : { at: one.at, written: writtenOf(one, resource, product, context) };
}

function finding(
  manifest: Manifest,
  resource: Resource,
  { product, setting, written }: JudgedSetting,
  conflict: Conflict,
  other: Other | undefined,
): Finding {
  const key = shortName(setting.at, product);
  const otherKey = other === undefined ? 'another setting' : shortName(other.at, product);
  const otherText = other?.written?.text === undefined || other.written.text === '' ? '' : `: ${other.written.text}`;
  const removal = (name: string, place: WrittenSetting | undefined): Fix[] =>
    place === undefined
      ? []
      : fixHere(manifest, { title: 'remove', arguments: { key: name }, safety: 'review' }, () =>
          removeSetting(manifest, resource, place.place),
        );
  const own = removal(key, written);
  const others = removal(otherKey, other?.written);
  return {
    rule: settingsContradict,
    message: 'found',
    arguments: { key, other: otherKey + otherText, object: describeResource(resource), why: conflict.why },
    certainty: certaintyOf(conflict.outcome, setting),
    key,
    span: written.place.keySpan,
    subject: resource,
    related:
      other?.written === undefined
        ? []
        : [{ span: other.written.place.keySpan, message: 'related', arguments: { other: otherKey } }],
    fixes: conflict.remove === 'neither' ? [] : conflict.remove === 'this' ? [...own, ...others] : [...others, ...own],
  };
}
