import { mappingAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { renameKey } from '../yaml/edits.ts';
import { findPair, keyText, type YamlMapping } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { type AffinityKey, clientIPMapping, misspeltKey } from './support/affinityFields.ts';
import { findingsWithValues } from './support/chartValues.ts';
import { fixHere } from './support/fixes.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';

export const affinityKeyMisspelt: Rule = {
  id: 'affinity-key-misspelt',
  summary: 'The name of an affinity field is spelt or cased in a way that the API server does not know.',
  why:
    'Field names are case-sensitive. `sessionaffinity`, `clientIp` and `timeout` are unknown fields: kubectl ' +
    'refuses them; where validation is less strict they are dropped and the default takes their place. Seen on ' +
    'kube-apiserver 1.36.',
  remedy: 'Write `sessionAffinity`, `sessionAffinityConfig`, `clientIP` and `timeoutSeconds` exactly so.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    found:
      '{written} is no field of {service}; did you mean {meant}?\n' +
      'The API server refuses what it does not know, or drops it.',
    fix: 'Rename to {meant}',
  },
  examples: [
    {
      title: 'Two names in the wrong case.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionaffinity: ClientIP
  ^^^^^^^^^^^^^^^ affinity-key-misspelt
  sessionAffinityConfig:
    clientIp:
    ^^^^^^^^ affinity-key-misspelt
      timeoutSeconds: 600
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
      title: 'The unit got lost.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeout: 600
      ^^^^^^^ affinity-key-misspelt
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
      title: 'Other fields of a Service are left alone.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  sessionAffinity: None
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services', 'values'],
  check: (manifest) => findingsWithValues(manifest, (service) => checkService(manifest, service)),
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  for (const { mapping, expected, alsoMeant } of levels(service)) {
    for (const pair of mapping?.pairs ?? []) {
      const written = keyText(pair) ?? '';
      const meant = misspeltKey(written, expected) ?? alsoMeant.get(written.toLowerCase());
      if (mapping === undefined || meant === undefined || pair.conditional) {
        continue;
      }
      yield {
        rule: affinityKeyMisspelt,
        message: 'found',
        arguments: { written, meant, service: describeResource(service.resource) },
        certainty: 'refused',
        span: pair.key.span,
        subject: service.resource,
        related: [],
        fixes: fixHere(manifest, { title: 'fix', arguments: { meant }, safety: 'safe' }, () =>
          findPair(mapping, meant) === undefined ? [renameKey(manifest.yaml, pair, meant)] : undefined,
        ),
      };
    }
  }
}

interface Level {
  readonly mapping: YamlMapping | undefined;
  readonly expected: readonly AffinityKey[];
  readonly alsoMeant: ReadonlyMap<string, AffinityKey>;
}

const NOTHING_ELSE: ReadonlyMap<string, AffinityKey> = new Map();

/** Words that people write for `timeoutSeconds` and that are too far from it to count as a slip of the finger. */
const TIMEOUTS: ReadonlyMap<string, AffinityKey> = new Map(
  ['timeout', 'timeoutsecs', 'timeoutsec', 'seconds', 'ttl'].map((word) => [word, 'timeoutSeconds']),
);

/** Where each name is expected; what stands too deep or too shallow is another rule's. */
function levels(service: Service): Level[] {
  const config = mappingAt(service.spec, 'sessionAffinityConfig');
  const clientIP = clientIPMapping(service) ?? onlyMapping(config);
  const outer: Level = {
    mapping: service.spec,
    expected: ['sessionAffinity', 'sessionAffinityConfig'],
    alsoMeant: NOTHING_ELSE,
  };
  return [
    // In a chart's values a similar name may be the chart's own.
    ...(service.resource.view === 'values' ? [] : [outer]),
    { mapping: config, expected: ['clientIP'], alsoMeant: NOTHING_ELSE },
    { mapping: clientIP, expected: ['timeoutSeconds'], alsoMeant: TIMEOUTS },
  ];
}

/** The value of a misspelt `clientIP`, so that what stands in it is checked as well. */
function onlyMapping(config: YamlMapping | undefined): YamlMapping | undefined {
  const [only, ...others] = config?.pairs ?? [];
  return others.length === 0 && only?.value.kind === 'mapping' ? only.value : undefined;
}
