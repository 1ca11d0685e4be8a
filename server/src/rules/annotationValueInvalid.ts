import { ALIBABA_CLB, clbAnnotation, parseGoInteger } from '../knowledge/alibabaClb.ts';
import type { AnnotationSetting } from '../knowledge/product.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { effectiveType, type Service } from '../kubernetes/service.ts';
import type { Evidence } from '../persistence/path.ts';
import { pathsOfService } from '../persistence/servicePaths.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { replaceScalar } from '../yaml/edits.ts';
import type { Finding, Rule } from './rule.ts';
import { findingsWithValues } from './support/chartValues.ts';
import { fixHere } from './support/fixes.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';

export const annotationValueInvalid: Rule = {
  id: 'annotation-value-invalid',
  summary: 'An annotation’s value is not one that its controller or cloud accepts.',
  why:
    'The API server takes any text for an annotation; the controller finds out later. The Alibaba Cloud controller ' +
    'reads its numbers with Go’s `strconv.Atoi` and gives up the whole Service over one it cannot read; a number ' +
    'out of range goes to the cloud’s API as it is, which refuses it after the (billed) instance was created.',
  remedy: 'Write a value within the range that the message names, in digits only, in quotes.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: {
    range: '{key}: {product} accepts {minimum} to {maximum} {unit}, so it refuses {value} for {service}.',
    integer:
      '{key} takes digits only; the controller cannot read {value} and gives up {service}.\n' +
      'Nothing of the Service reaches {product} until that is mended.',
    clamp: 'Set it to {bound}, the {which} that is accepted',
    digits: 'Replace by {digits}',
  },
  after: ['value-not-a-string', 'service-value-unsupported'],
  examples: [
    {
      title: 'CLB remembers a client for an hour at most.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: '7200'
                                                                               ^^^^^^ annotation-value-invalid
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
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: '3600'
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'A unit stops the controller.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: 1800s
                                                                               ^^^^^ annotation-value-invalid
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
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'Off, and the most that is allowed; the older prefix is read as well.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alicloud-loadbalancer-persistence-timeout: "3600"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
  ],
  check: (manifest) => findingsWithValues(manifest, (service) => checkService(manifest, service)),
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  if (effectiveType(service) !== 'LoadBalancer' || service.loadBalancerClass.kind === 'value') {
    return;
  }
  for (const setting of ALIBABA_CLB.settings) {
    const located = clbAnnotation(service, setting.suffix);
    if (located.kind === 'value' && located.value !== '') {
      yield* checkInteger(manifest, service, setting, located, located.value);
    }
  }
}

function* checkInteger(
  manifest: Manifest,
  service: Service,
  setting: AnnotationSetting,
  located: Evidence,
  value: string,
): Iterable<Finding> {
  const { minimum, maximum, unit } = setting.grammar;
  const number = parseGoInteger(value);
  const common = {
    rule: annotationValueInvalid,
    certainty: 'refused',
    key: setting.suffix,
    span: located.span,
    subject: service.resource,
    related: [],
  } as const;
  const args = {
    key: setting.suffix,
    product: ALIBABA_CLB.name,
    service: describeResource(service.resource),
    value,
    minimum,
    maximum,
    unit,
  };
  if (number === undefined) {
    const digits = /^\s*(\d+)\s*s?(?:ec(?:onds?)?)?\s*$/.exec(value)?.[1];
    const fixes = digits === undefined ? [] : replaceBy(manifest, service, located, digits, 'digits', { digits });
    yield { ...common, message: 'integer', arguments: args, fixes };
  } else if (isOutOfRange(setting, number, value) && reachesListener(service, setting)) {
    const bound = String(number > maximum ? maximum : minimum);
    const which = number > maximum ? 'most' : 'least';
    yield {
      ...common,
      message: 'range',
      arguments: args,
      fixes: replaceBy(manifest, service, located, bound, 'clamp', { bound, which }),
    };
  }
}

function isOutOfRange({ grammar, off }: AnnotationSetting, number: number, value: string): boolean {
  return value !== off && (number < grammar.minimum || number > grammar.maximum);
}

/** A number is sent to the cloud only for a listener that can use it. */
function reachesListener(service: Service, setting: AnnotationSetting): boolean {
  return (
    service.ports.length === 0 ||
    pathsOfService(service).some(
      ({ entry: { listener } }) =>
        listener === undefined || setting.listeners.some((protocol) => protocol === listener),
    )
  );
}

function replaceBy(
  manifest: Manifest,
  service: Service,
  located: Evidence,
  text: string,
  title: 'clamp' | 'digits',
  args: Readonly<Record<string, string>>,
) {
  const mapping = service.resource.annotations;
  return fixHere(manifest, { title, arguments: args, safety: 'review' }, () =>
    mapping !== undefined && located.field.editable
      ? [replaceScalar(mapping, located.scalar, { kind: 'string', text })]
      : undefined,
  );
}
