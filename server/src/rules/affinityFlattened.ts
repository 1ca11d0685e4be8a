import { mappingAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { keyText, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import {
  type AffinityKey,
  affinityKeyOf,
  affinityPairs,
  type Misplaced,
  moveAffinityIntoSpec,
} from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';

export const affinityFlattened: Rule = {
  id: 'affinity-flattened',
  summary: '`clientIP` or `timeoutSeconds` stands one or two levels too shallow.',
  why:
    'The timeout lives at `spec.sessionAffinityConfig.clientIP.timeoutSeconds`. One level up it is an unknown ' +
    'field: kubectl refuses it; where validation is less strict it is dropped, and the default of 10800 seconds ' +
    'hides the loss. Seen on kube-apiserver 1.36.',
  remedy: 'Nest `clientIP` under `sessionAffinityConfig`, and `timeoutSeconds` under `clientIP`.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    found:
      '{key} stands too shallow: {service} gets the default timeout of 10800 s, or is refused.\n' +
      'Its place is sessionAffinityConfig.clientIP.timeoutSeconds under spec.',
    fix: 'Nest it under sessionAffinityConfig.clientIP',
  },
  readsStructure: true,
  examples: [
    {
      title: 'Flattened: the three keys stand side by side.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
  clientIP:
  ^^^^^^^^ affinity-flattened
  # Three hours.
  timeoutSeconds: 10800
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      # Three hours.
      timeoutSeconds: 10800
  ports:
    - port: 80
`,
    },
    {
      title: 'One level is missing.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    timeoutSeconds: 600
    ^^^^^^^^^^^^^^ affinity-flattened
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
  ports:
    - port: 80
`,
    },
    {
      title: 'Without a config the timeout is 10800 seconds.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      yield* checkService(manifest, service);
    }
  },
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  const shallow = tooShallow(service);
  if (shallow === undefined) {
    return;
  }
  const { misplaced, first } = shallow;
  yield {
    rule: affinityFlattened,
    message: 'found',
    arguments: { key: keyText(first) ?? '', service: describeResource(service.resource) },
    certainty: 'refused',
    span: first.key.span,
    subject: service.resource,
    related: [],
    fixes: fixHere(manifest, { title: 'fix', safety: 'safe' }, () => {
      const moved = moveAffinityIntoSpec({ manifest, misplaced }, { manifest, service });
      return moved === undefined ? undefined : [...moved.removal, ...moved.insertion];
    }),
  };
}

/** The inner keys beside those of `spec`, or the timeout beside `clientIP`'s place; and the first to point at. */
function tooShallow(service: Service): { readonly misplaced: Misplaced; readonly first: YamlPair } | undefined {
  const { spec } = service;
  const pairs = affinityPairs(spec).filter((pair) => keyText(pair) !== 'sessionAffinity');
  const inSpec = pairs.find((pair) => isKey(pair, ['clientIP', 'timeoutSeconds']));
  if (inSpec !== undefined) {
    return { misplaced: { mapping: spec, pairs }, first: inSpec };
  }
  const config = mappingAt(spec, 'sessionAffinityConfig');
  const inConfig = affinityPairs(config).find((pair) => isKey(pair, ['timeoutSeconds']));
  const owner = spec.pairs.find((pair) => pair.value === config);
  return inConfig === undefined || owner === undefined
    ? undefined
    : { misplaced: { mapping: spec, pairs: [owner] }, first: inConfig };
}

function isKey(pair: YamlPair, keys: readonly AffinityKey[]): boolean {
  const key = affinityKeyOf(keyText(pair));
  return key !== undefined && keys.includes(key);
}
