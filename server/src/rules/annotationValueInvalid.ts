import { parseAddress } from '../knowledge/address.ts';
import type { Finding, Rule } from './rule.ts';
import { CLB_ANNOTATIONS_PAGE } from './support/pages.ts';
import { isOnWrongLayer, objectSettings } from './support/settings.ts';
import { VALUE_MESSAGES, valueFinding } from './support/valueProblems.ts';

export const annotationValueInvalid: Rule = {
  id: 'annotation-value-invalid',
  summary: 'An annotation’s value is not one that its controller or cloud accepts.',
  why:
    'The API server takes any text for an annotation; the controller finds out later, and mostly tells nobody. Some ' +
    'give up the whole object over a number that they cannot read, some send it to the cloud’s API, which refuses ' +
    'it after the (billed) instance was created, and most act as if nothing were written. Each product has a ' +
    'dialect of its own: `on` or `true` or `cookie`, seconds or minutes, `1h` or `3600`, `insert` or `Insert`. What ' +
    'each accepts is in [the tables](../providers/README.md), with its source.',
  remedy: 'Write a value that the message names, in quotes.',
  links: [CLB_ANNOTATIONS_PAGE],
  messages: VALUE_MESSAGES,
  after: ['value-not-a-string', 'service-value-unsupported', 'annotation-other-controller', 'annotation-wrong-object'],
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
      title: 'Off, and the most that is allowed; signs and zeros are read as Go reads them.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "+03600"
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
      for (const judged of object.judged) {
        const { place } = judged.written;
        const isAnnotation =
          parseAddress(judged.setting.at).kind === 'annotation' && place.pair.value.kind !== 'mapping';
        // A value that is read all the same, to be sent nowhere, only stops a controller that cannot read it.
        const isSent = !isOnWrongLayer(judged, object.service);
        if (isAnnotation) {
          const findings = [...valueFinding(annotationValueInvalid, manifest, object, judged, false)];
          yield* isSent ? findings : findings.filter(({ message }) => message === 'controller');
        }
      }
    }
  },
};
