import { describeResource } from '../kubernetes/resource.ts';
import { hasVirtualIP, type Service, usesClientIP } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { removePairs } from '../yaml/edits.ts';
import type { Finding, Rule } from './rule.ts';
import { findingsWithValues } from './support/chartValues.ts';
import { setWord } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';

export const affinityConfigDropped: Rule = {
  id: 'affinity-config-dropped',
  summary: '`sessionAffinityConfig` is written without `sessionAffinity: ClientIP`.',
  why:
    'Defaulting sets a missing affinity to `None` and, for `None`, throws the config away before anything is ' +
    'validated. The Service is accepted without a word and has no affinity at all. Seen on kube-apiserver 1.36.',
  remedy: 'Add `sessionAffinity: ClientIP`, or remove the config.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    found:
      'sessionAffinityConfig of {service} is dropped: sessionAffinity is None{byDefault}.\n' +
      'Kubernetes accepts it without a word, and the Service has no affinity.',
    setClientIP: 'Set sessionAffinity: ClientIP (clients are pinned to a pod)',
    remove: 'Remove sessionAffinityConfig',
  },
  after: [
    'affinity-in-selector',
    'affinity-misplaced',
    'affinity-flattened',
    'affinity-key-misspelt',
    'affinity-shape-wrong',
    'affinity-value-unsupported',
    'duplicate-key',
  ],
  examples: [
    {
      title: 'The timeout is there, the affinity is not.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  sessionAffinityConfig:
  ^^^^^^^^^^^^^^^^^^^^^ affinity-config-dropped
    clientIP:
      timeoutSeconds: 600
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`,
    },
    {
      title: 'With the affinity beside it.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`,
    },
    {
      title: 'A patch may carry the config alone.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`,
    },
  ],
  judges: ['services', 'values'],
  check: (manifest) => findingsWithValues(manifest, (service) => checkService(manifest, service)),
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  const config = service.sessionAffinityConfig;
  if (config.kind !== 'present' || usesClientIP(service) !== false || !saysSomething(service)) {
    return;
  }
  const { sessionAffinity, spec } = service;
  const position = spec.pairs.indexOf(config.pair);
  yield {
    rule: affinityConfigDropped,
    message: 'found',
    arguments: {
      service: describeResource(service.resource),
      byDefault: sessionAffinity.kind === 'absent' ? ' (the default)' : '',
    },
    certainty: 'ineffective',
    span: config.pair.key.span,
    subject: service.resource,
    related: [],
    fixes: [
      ...fixHere(manifest, { title: 'setClientIP', safety: 'review' }, () => {
        // Without an address of its own the Service has no use for either.
        if (!config.editable || hasVirtualIP(service) === false) {
          return undefined;
        }
        return setWord(manifest, spec, 'sessionAffinity', 'ClientIP', spec.pairs[position - 1]);
      }),
      ...fixHere(manifest, { title: 'remove', safety: 'review' }, () =>
        config.editable ? removePairs(manifest.yaml, spec, [config.pair]) : undefined,
      ),
    ],
  };
}

/** An empty config says nothing, so nothing is lost with it. */
function saysSomething(service: Service): boolean {
  const config = service.sessionAffinityConfig;
  return (
    config.kind === 'present' &&
    config.node.kind === 'mapping' &&
    config.node.pairs.some(({ value }) => value.kind !== 'scalar' || value.text !== '')
  );
}
