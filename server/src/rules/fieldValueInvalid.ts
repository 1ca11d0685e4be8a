import { parseAddress } from '../knowledge/address.ts';
import type { Finding, Rule } from './rule.ts';
import { objectSettings } from './support/settings.ts';
import { VALUE_MESSAGES, valueFinding } from './support/valueProblems.ts';

export const fieldValueInvalid: Rule = {
  id: 'field-value-invalid',
  summary: 'A persistence field of a product’s own resource has a value that the product does not accept.',
  why:
    'Gateway API, Istio, Traefik and others have resources of their own for session persistence. Their definitions ' +
    'in the cluster check some values and let others pass; then the controller ignores the rule, or silently falls ' +
    'back to balancing in turn. What each accepts is in [the tables](../providers/README.md), with its source.',
  remedy: 'Write a value that the message names.',
  links: [],
  messages: VALUE_MESSAGES,
  after: ['annotation-other-controller'],
  examples: [
    {
      title: 'A time in days is no duration of Gateway API.',
      bad: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: edge
  rules:
    - backendRefs:
        - name: web
          port: 80
      sessionPersistence:
        type: cookie
              ^^^^^^ field-value-invalid
        sessionName: route
        absoluteTimeout: 1d
                         ^^ field-value-invalid
`,
      fixed: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: edge
  rules:
    - backendRefs:
        - name: web
          port: 80
      sessionPersistence:
        type: Cookie
        sessionName: route
        absoluteTimeout: 24h
`,
    },
    {
      title: 'Values that it knows.',
      good: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: edge
  rules:
    - backendRefs:
        - name: web
          port: 80
      sessionPersistence:
        type: Cookie
        sessionName: route
        absoluteTimeout: 24h
        cookieConfig:
          lifetimeType: Permanent
`,
    },
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    for (const object of objectSettings(manifest, context)) {
      // Fields of a core Service have rules of their own, which know more of it.
      for (const judged of object.judged) {
        const { kind } = parseAddress(judged.setting.at);
        if (kind !== 'annotation' && (object.service === undefined || hasOwnRange(judged.setting.at))) {
          yield* valueFinding(fieldValueInvalid, manifest, object, judged, kind === 'field');
        }
      }
    }
  },
};

/** The fields of a Service that every API server checks. */
function hasOwnRange(at: string): boolean {
  return !/^spec\.(?:type|sessionAffinity|externalTrafficPolicy|internalTrafficPolicy)$/.test(at);
}
