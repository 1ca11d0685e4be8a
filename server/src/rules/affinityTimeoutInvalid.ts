import { AFFINITY_TIMEOUT, type Service, usesClientIP } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { replaceScalar, sourceOf } from '../yaml/edits.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { clientIPMapping } from './support/affinityFields.ts';
import { findingsWithValues } from './support/chartValues.ts';
import { fixHere } from './support/fixes.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';

export const affinityTimeoutInvalid: Rule = {
  id: 'affinity-timeout-invalid',
  summary: '`timeoutSeconds` is no integer, or lies outside 1 to 86400.',
  why:
    'The API server refuses the Service. It wants a whole number of seconds without quotes and without a unit; one ' +
    'day is the most it allows (86400 passes, although its message says “less than”). Seen on kube-apiserver 1.36.',
  remedy: 'Write whole seconds, from 1 to 86400.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    range: 'timeoutSeconds: {value} is out of range; the API server accepts 1 to 86400 seconds (one day).',
    type: 'timeoutSeconds takes a whole number of seconds without quotes or unit; the API server refuses {value}.',
    fix: 'Replace by {seconds}',
  },
  examples: [
    {
      title: 'More than a day.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 604800 # a week
                      ^^^^^^ affinity-timeout-invalid
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
      timeoutSeconds: 86400 # a week
  ports:
    - port: 80
`,
    },
    {
      title: 'A duration with a unit, as other products write it.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 3h
                      ^^ affinity-timeout-invalid
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
      timeoutSeconds: 10800
  ports:
    - port: 80
`,
    },
    {
      title: 'The longest that is allowed.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 86400
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services', 'values'],
  check: (manifest) => findingsWithValues(manifest, (service) => checkService(manifest, service)),
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  const timeout = service.timeoutSeconds;
  if (timeout.kind === 'invalid' && timeout.field.node.kind === 'scalar') {
    const scalar = timeout.field.node;
    yield finding(manifest, service, scalar, 'type', timeout.field.editable, secondsOf(scalar));
  } else if (timeout.kind === 'value' && usesClientIP(service) === true && clamp(timeout.value) !== timeout.value) {
    yield finding(manifest, service, timeout.scalar, 'range', timeout.field.editable, clamp(timeout.value));
  }
}

function finding(
  manifest: Manifest,
  service: Service,
  scalar: YamlScalar,
  message: 'range' | 'type',
  editable: boolean,
  seconds: number | undefined,
): Finding {
  const mapping = clientIPMapping(service);
  return {
    rule: affinityTimeoutInvalid,
    message,
    arguments: { value: sourceOf(manifest.yaml.text, scalar) },
    certainty: 'refused',
    span: scalar.span,
    subject: service.resource,
    related: [],
    fixes: fixHere(manifest, { title: 'fix', arguments: { seconds: seconds ?? '' }, safety: 'safe' }, () =>
      editable && mapping !== undefined && seconds !== undefined
        ? [replaceScalar(mapping, scalar, { kind: 'number', text: String(seconds) })]
        : undefined,
    ),
  };
}

function clamp(seconds: number): number {
  return Math.min(AFFINITY_TIMEOUT.maximum, Math.max(AFFINITY_TIMEOUT.minimum, Math.round(seconds)));
}

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds that the author most probably meant; undefined where that is anybody's guess. */
function secondsOf(scalar: YamlScalar): number | undefined {
  // An input method for Chinese or Japanese types full-width digits.
  const text = scalar.text.normalize('NFKC');
  const clock = /^(\d+):([0-5]\d):([0-5]\d)$/.exec(text);
  if (clock !== null) {
    return clamp(Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]));
  }
  const amount = /^(\d+(?:\.\d+)?)\s*([smhd]?)(?:ec(?:onds?|s)?|in(?:utes?|s)?|ours?|rs?|ays?)?$/.exec(text);
  const unit = UNITS[amount?.[2] ?? '-'];
  return amount === null || unit === undefined ? undefined : clamp(Number(amount[1]) * unit);
}
