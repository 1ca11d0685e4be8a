import { type Field, fieldAt, isUnknownScalar } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { readScalar } from '../kubernetes/scalar.ts';
import type { Service } from '../kubernetes/service.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { YamlPair } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { type AffinityKey, moveAffinityIntoSpec } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';

export const affinityShapeWrong: Rule = {
  id: 'affinity-shape-wrong',
  summary: 'An affinity field holds a mapping or a list where a word or a number belongs, or the other way round.',
  why:
    'The API server cannot read such a value at all and refuses the Service (seen on kube-apiserver 1.36). The ' +
    'word `ClientIP` and the mapping `clientIP` are easily taken for one thing: the first switches affinity on, ' +
    'the second, two levels below another key, only holds its timeout.',
  remedy: 'Write `sessionAffinity: ClientIP`, and the timeout as `sessionAffinityConfig.clientIP.timeoutSeconds`.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    found:
      '{key} takes {wanted}, not {found}; the API server refuses {service}.\n' +
      'Affinity is sessionAffinity: ClientIP; its timeout is sessionAffinityConfig.clientIP.timeoutSeconds.',
    fix: 'Rewrite it in the shape that the API server takes',
  },
  after: ['affinity-flattened', 'affinity-key-misspelt'],
  readsStructure: true,
  examples: [
    {
      title: 'The word and its configuration in one.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity:
  ^^^^^^^^^^^^^^^ affinity-shape-wrong
    clientIP:
      timeoutSeconds: 600 # ten minutes
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600 # ten minutes
  ports:
    - port: 80
`,
    },
    {
      title: 'With a type, as other products have it.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity:
  ^^^^^^^^^^^^^^^ affinity-shape-wrong
    type: ClientIP
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
    {
      title: 'The timeout where a mapping belongs.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig: 600
  ^^^^^^^^^^^^^^^^^^^^^ affinity-shape-wrong
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
      title: 'Empty mappings take the default timeout.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP: {}
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      // A chart may give its own values any shape.
      const wrong = service.resource.view === 'values' ? undefined : wrongShape(service);
      if (wrong === undefined) {
        continue;
      }
      const { pair, key, found, outer } = wrong;
      yield {
        rule: affinityShapeWrong,
        message: 'found',
        arguments: { key, wanted: WANTED[key], found, service: describeResource(service.resource) },
        certainty: 'refused',
        span: pair.key.span,
        subject: service.resource,
        related: [],
        fixes: fixHere(manifest, { title: 'fix', safety: 'safe' }, () => rewrite(manifest, service, outer)),
      };
    }
  },
};

const WANTED: Readonly<Record<AffinityKey, string>> = {
  sessionAffinity: 'a word (ClientIP or None)',
  sessionAffinityConfig: 'a mapping',
  clientIP: 'a mapping',
  timeoutSeconds: 'a number',
};

interface WrongShape {
  readonly key: AffinityKey;
  readonly pair: YamlPair;
  readonly found: string;
  /** The pair of `spec` in which it stands. */
  readonly outer: YamlPair;
}

/** The outermost of them: what stands below it is rewritten together with it. */
function wrongShape({ spec }: Service): WrongShape | undefined {
  const config = fieldAt(spec, 'sessionAffinityConfig');
  const fields: readonly (readonly [AffinityKey, Field])[] = [
    ['sessionAffinity', fieldAt(spec, 'sessionAffinity')],
    ['sessionAffinityConfig', config],
    ['clientIP', fieldAt(spec, 'sessionAffinityConfig', 'clientIP')],
    ['timeoutSeconds', fieldAt(spec, 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds')],
  ];
  for (const [key, field] of fields) {
    const found = field.kind === 'present' ? misfit(key, field) : undefined;
    if (field.kind === 'present' && found !== undefined) {
      const outer = key !== 'sessionAffinity' && config.kind === 'present' ? config.pair : field.pair;
      return { key, pair: field.pair, found, outer };
    }
  }
  return undefined;
}

/** What stands there instead of what belongs there. Wrong words and numbers are other rules’. */
function misfit(key: AffinityKey, { node }: Extract<Field, { kind: 'present' }>): string | undefined {
  if (node.kind === 'sequence') {
    return 'a list';
  }
  if (key === 'sessionAffinity' || key === 'timeoutSeconds') {
    return node.kind === 'mapping' ? 'a mapping' : undefined;
  }
  if (node.kind === 'mapping' || isUnknownScalar(node) || node.text === '') {
    return undefined;
  }
  const { type } = readScalar(node);
  return type === 'null' ? undefined : type === 'string' ? 'a word' : `a ${type}`;
}

/** Undefined where the meaning is not plain, or the word that stands beside it says something else. */
function rewrite(manifest: Manifest, service: Service, outer: YamlPair): TextEdit[] | undefined {
  const { sessionAffinity, spec } = service;
  const contradicts = sessionAffinity.kind === 'value' && sessionAffinity.value !== 'ClientIP';
  const misplaced = { mapping: spec, pairs: [outer] };
  const moved = contradicts ? undefined : moveAffinityIntoSpec({ manifest, misplaced }, { manifest, service });
  return moved === undefined ? undefined : [...moved.removal, ...moved.insertion];
}
