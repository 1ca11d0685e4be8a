import { shortName } from '../knowledge/address.ts';
import { identifyIngress } from '../knowledge/identify.ts';
import { INGRESS_NGINX } from '../knowledge/products/ingressNginx.ts';
import { readSetting, type SettingReading } from '../knowledge/settingReading.ts';
import { describeBackend, type Ingress, sharedBackends } from '../kubernetes/ingress.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Indexed } from '../workspace/workspaceIndex.ts';
import type { Finding, RelatedPlace, Rule, RuleContext } from './rule.ts';
import { shortListOf } from './support/listing.ts';
import { controllerView } from './support/settings.ts';

export const ingressesDisagree: Rule = {
  id: 'ingresses-disagree',
  summary: 'Two Ingresses lead to one backend and say different things about its persistence.',
  why:
    'ingress-nginx keeps one upstream for a Service and a port, whoever leads to it. Of several Ingresses the first ' +
    'that says anything decides the affinity and its mode, the last one processed the details of the cookie, and ' +
    'only the paths of those that ask for affinity set it. What counts then depends on their age ' +
    '(kubernetes/ingress-nginx#3168, #4208, #12399, #14042).',
  remedy: 'Write the same persistence settings on every Ingress that leads to the backend.',
  links: [],
  messages: {
    differ:
      '{ingress} and {other} lead to one backend and differ in {settings}.\n' +
      'Here it is {values}, there {otherValues}. ingress-nginx keeps one, by the age of the Ingresses.',
    alone:
      '{ingress} asks for affinity, and {other} leads to the same backend {port} without it.\n' +
      'Clients that come by the other one get no cookie; those that have one are kept.',
    related: '{other} leads to {port} as well.',
  },
  reads: 'workspace',
  after: ['annotation-other-controller', 'annotation-value-invalid', 'annotation-unknown-key', 'annotation-outdated'],
  examples: [
    {
      title: 'Two modes for one backend.',
      bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/affinity-mode: persistent
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: admin
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/affinity-mode: balanced
                                               ^^^^^^^^ ingresses-disagree
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
      title: 'They say the same.',
      good: `apiVersion: networking.k8s.io/v1
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
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: admin
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
  judges: ['ingresses'],
  *check(manifest, context): Iterable<Finding> {
    for (const ingress of manifest.ingresses) {
      if (isAsking(ingress) && isServedByNginx(ingress, context)) {
        yield* findingsOf(ingress, context);
      }
    }
  },
};

const [PREFIX] = INGRESS_NGINX.annotationPrefixes;

/** What a backend has once, however many Ingresses lead to it. */
const SHARED = ['affinity-mode', 'session-cookie-name', 'session-cookie-max-age', 'session-cookie-samesite'].map(
  (suffix) => `${PREFIX}${suffix}`,
);

function isAsking({ resource }: Ingress): boolean {
  const affinity = readSetting(resource, `${PREFIX}affinity`, INGRESS_NGINX);
  return affinity.kind === 'value' && affinity.text === 'cookie' && resource.view === 'whole';
}

/** A canary is made to stand beside another Ingress and to differ. */
function isCanary({ resource }: Ingress): boolean {
  return readSetting(resource, `${PREFIX}canary`, INGRESS_NGINX).kind !== 'absent';
}

function isServedByNginx(ingress: Ingress, context: RuleContext): boolean {
  return identifyIngress(ingress, controllerView(context))?.product.id === INGRESS_NGINX.id && !isCanary(ingress);
}

function* findingsOf(ingress: Ingress, context: RuleContext): Iterable<Finding> {
  const { index } = context.snapshot;
  const beside = index
    .ingressesBeside(ingress)
    .filter(({ item, uri }) => isServedByNginx(item, context) && isSameFolder(uri, context.file.uri));
  let isAlone = false;
  for (const other of beside) {
    const differing = isAsking(other.item) && index.comesBefore(other, ingress) ? differences(ingress, other.item) : [];
    if (differing.length > 0) {
      yield disagreeing(ingress, other, differing);
      return;
    }
    const isSilent = readSetting(other.item.resource, `${PREFIX}affinity`, INGRESS_NGINX).kind === 'absent';
    if (isSilent && other.item.resource.view === 'whole' && !isAlone) {
      isAlone = true;
      yield alone(ingress, other);
    }
  }
}

interface Difference {
  readonly at: string;
  readonly own: Written;
  readonly its: Written;
}

function differences(ingress: Ingress, other: Ingress): Difference[] {
  return SHARED.flatMap((at) => {
    const own = readSetting(ingress.resource, at, INGRESS_NGINX);
    const its = readSetting(other.resource, at, INGRESS_NGINX);
    return own.kind === 'value' && its.kind === 'value' && own.text !== its.text ? [{ at, own, its }] : [];
  });
}

type Written = Extract<SettingReading, { kind: 'value' }>;

/** What two Ingresses say differently is one mistake, however many settings it shows in. */
function disagreeing(ingress: Ingress, other: Indexed<Ingress>, all: readonly Difference[]): Finding {
  const [first] = all;
  const settings = shortListOf(all.map(({ at }) => shortName(at, INGRESS_NGINX)));
  return {
    rule: ingressesDisagree,
    message: 'differ',
    arguments: {
      settings,
      ingress: describeResource(ingress.resource),
      values: shortListOf(all.map(({ own }) => own.text)),
      other: describeResource(other.item.resource),
      otherValues: shortListOf(all.map(({ its }) => its.text)),
    },
    certainty: 'ineffective',
    key: settings,
    span: first?.own.place.valueSpan ?? ingress.resource.root.span,
    subject: ingress.resource,
    related: all.flatMap(({ its }) => relatedTo(other, its)),
    fixes: [],
  };
}

function alone(ingress: Ingress, other: Indexed<Ingress>): Finding {
  const own = readSetting(ingress.resource, `${PREFIX}affinity`, INGRESS_NGINX);
  const [shared] = sharedBackends(ingress, other.item);
  const port = (shared && describeBackend(shared)) ?? '';
  return {
    rule: ingressesDisagree,
    message: 'alone',
    arguments: {
      ingress: describeResource(ingress.resource),
      other: describeResource(other.item.resource),
      port,
    },
    certainty: 'assumed',
    key: 'affinity',
    span: own.kind === 'value' ? own.place.keySpan : ingress.resource.root.span,
    subject: ingress.resource,
    related: (shared === undefined ? [] : [shared]).map(({ mapping }) => ({
      manifest: other.manifest,
      span: mapping.pairs[0]?.key.span ?? mapping.span,
      message: 'related',
      arguments: { other: describeResource(other.item.resource), port },
    })),
    fixes: [],
  };
}

function relatedTo(other: Indexed<Ingress>, its: Written): RelatedPlace[] {
  const { manifest, item } = other;
  const args = { other: describeResource(item.resource), port: 'it' };
  return [{ manifest, span: its.place.valueSpan, message: 'related', arguments: args }];
}

/** What stands in another folder may be another environment, in which the same names mean other objects. */
function isSameFolder(one: string, other: string): boolean {
  return one.slice(0, one.lastIndexOf('/')) === other.slice(0, other.lastIndexOf('/'));
}
