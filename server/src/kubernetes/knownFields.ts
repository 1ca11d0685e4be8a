/**
 * The keys whose values the product reads. Around such a value, pasted space and typographic quotes stand for syntax;
 * around any other they may be content.
 */
const FIELDS = new Set([
  'apiVersion',
  'kind',
  'metadata',
  'name',
  'namespace',
  'annotations',
  'labels',
  'spec',
  'type',
  'selector',
  'ports',
  'port',
  'targetPort',
  'nodePort',
  'protocol',
  'clusterIP',
  'externalIPs',
  'loadBalancerClass',
  'sessionAffinity',
  'sessionAffinityConfig',
  'clientIP',
  'timeoutSeconds',
  'externalTrafficPolicy',
  'internalTrafficPolicy',
  'healthCheckNodePort',
  'ingressClassName',
  'replicas',
]);

const ANNOTATION_PREFIX =
  /^(service\.beta\.kubernetes\.io|alb\.ingress\.kubernetes\.io|nginx\.ingress\.kubernetes\.io)\//;

export function isKnownField(key: string): boolean {
  return FIELDS.has(key) || ANNOTATION_PREFIX.test(key);
}
