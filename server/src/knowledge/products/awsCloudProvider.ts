import type { Resource } from '../../kubernetes/resource.ts';
import { readService } from '../../kubernetes/service.ts';
import type { Condition, ProductTable, Setting, ValueProblem } from '../product.ts';
import { attributesOf } from '../settingReading.ts';
import { AWS_CONTROLLER_KEYS, AWS_EXTERNAL_TYPES, AWS_SERVICE_PREFIX } from './awsLoadBalancerController.ts';

const P = AWS_SERVICE_PREFIX;

const TYPE = `${P}type`;
const ATTRIBUTES = `${P}target-group-attributes`;

const VALIDATIONS =
  'kubernetes/cloud-provider-aws pkg/providers/v1/aws_validations.go validateServiceAnnotationTargetGroupAttributes';

const WITH_ATTRIBUTES = 'An NLB with attributes';

const SETTINGS: readonly Setting[] = [
  {
    at: ATTRIBUTES,
    objects: ['Service'],
    grammar: { kind: 'own', what: 'attributes of an NLB’s target groups', judge: judgeAttributes },
    onBadValue: 'refused by the controller',
    meaning: 'Attributes of the NLB’s target groups; this provider knows two, and none about stickiness.',
    values: [
      { value: 'preserve_client_ip.enabled=true', meaning: 'targets see the client’s address' },
      { value: 'proxy_protocol_v2.enabled=true', meaning: 'targets are told it in the PROXY protocol' },
    ],
    notes: [
      '`stickiness.*` is for the AWS Load Balancer Controller, which reads the same annotation.',
      'A classic load balancer has no target groups: `aws-load-balancer-type: "nlb"` has to stand beside it.',
    ],
    requires: [
      {
        whileTrue: [{ at: ATTRIBUTES, matches: /(?:^|,)\s*stickiness\./ }],
        needs: { at: TYPE, is: AWS_EXTERNAL_TYPES },
        outcome: 'depends',
        why:
          'The cloud provider knows no stickiness and then makes no load balancer at all. The AWS Load Balancer ' +
          'Controller does; where it is not the one that takes new Services, type or class have to name it.',
        offers: [{ set: [{ at: TYPE, value: 'external' }], remark: 'for a Service that is made anew', byHand: true }],
      },
      {
        needs: { at: TYPE, written: true },
        outcome: 'depends',
        why:
          'Without aws-load-balancer-type: "nlb" the cloud provider makes a classic load balancer, for which it ' +
          'refuses this annotation.',
        offers: [{ set: [{ at: TYPE, value: 'nlb' }], remark: 'for a Service that is made anew', byHand: true }],
      },
    ],
    source: `${VALIDATIONS}, validateServiceAnnotations; docs/service_controller.md`,
    cases: [
      { bad: 'preserve_client_ip.enabled=' },
      { bad: 'preserve_client_ip.enabled=yes', fixed: 'preserve_client_ip.enabled=true' },
      { bad: 'preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=60' },
      { good: 'preserve_client_ip.enabled=true, proxy_protocol_v2.enabled=true' },
      { without: TYPE, rule: 'setting-companion-missing', mended: 'otherwise' },
    ],
  },
  {
    at: TYPE,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['nlb', ...AWS_EXTERNAL_TYPES] },
    onBadValue: 'ignored',
    meaning: 'Asks for a network load balancer, or hands the Service to the AWS Load Balancer Controller.',
    default: 'a classic load balancer',
    values: [
      { value: 'nlb', meaning: 'a network load balancer of the cloud provider' },
      { value: 'external', meaning: 'left to the AWS Load Balancer Controller; needs nlb-target-type' },
    ],
    notes: ['Any other word means a classic load balancer.', 'It must not change once the load balancer exists.'],
    source: 'kubernetes/cloud-provider-aws pkg/providers/v1/aws_loadbalancer.go isNLB, isLBExternal',
    cases: [
      { sample: 'An NLB', bad: 'NLB', fixed: 'nlb' },
      { sample: 'An NLB', bad: 'alb', fixed: 'nlb' },
      { sample: 'An NLB', bad: 'network' },
      {
        sample: 'An NLB',
        beside: { at: ATTRIBUTES, value: 'stickiness.enabled=true,stickiness.type=source_ip' },
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
];

/** A Service with these annotations. */
function manifest(annotations: string): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
${annotations}spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 443
`;
}

export const AWS_CLOUD_PROVIDER = {
  id: 'aws-ccm',
  name: 'AWS cloud provider',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes/cloud-provider-aws at 63ec440c (2026-07-07)',
  link: {
    title: 'AWS cloud provider: the service controller',
    url: 'https://cloud-provider-aws.sigs.k8s.io/service_controller/',
  },
  detection: {
    service: {
      classes: [],
      withoutClass: true,
      conditions: [
        { at: TYPE, isNot: AWS_EXTERNAL_TYPES },
        ...AWS_CONTROLLER_KEYS.map((at): Condition => ({ at, written: false })),
      ],
    },
  },
  annotationPrefixes: [P],
  otherAnnotations: [
    'access-log-emit-interval',
    'access-log-enabled',
    'access-log-s3-bucket-name',
    'access-log-s3-bucket-prefix',
    'additional-resource-tags',
    'alpn-policy',
    'attributes',
    'backend-protocol',
    'connection-draining-enabled',
    'connection-draining-timeout',
    'connection-idle-timeout',
    'cross-zone-load-balancing-enabled',
    'disable-nlb-sg',
    'eip-allocations',
    'enable-icmp-for-path-mtu-discovery',
    'enable-prefix-for-ipv6-source-nat',
    'enable-tcp-udp-listener',
    'extra-security-groups',
    'healthcheck-healthy-threshold',
    'healthcheck-interval',
    'healthcheck-path',
    'healthcheck-port',
    'healthcheck-protocol',
    'healthcheck-success-codes',
    'healthcheck-timeout',
    'healthcheck-unhealthy-threshold',
    'inbound-sg-rules-on-private-link-traffic',
    'internal',
    'ip-address-type',
    'ipv6-addresses',
    'listener-attributes',
    'manage-backend-security-group-rules',
    'minimum-load-balancer-capacity',
    'multi-cluster-target-group',
    'name',
    'private-ipv4-addresses',
    'proxy-protocol',
    'proxy-protocol-per-target-group',
    'quic-enabled-ports',
    'security-group-prefix-lists',
    'security-groups',
    'source-nat-ipv6-prefixes',
    'ssl-cert',
    'ssl-negotiation-policy',
    'ssl-ports',
    'subnets',
    'target-node-labels',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'refused',
    what: 'The provider answers ClientIP with an error and makes no load balancer, neither a classic one nor an NLB.',
    unless: 'Where the AWS Load Balancer Controller gives Services its class, it takes this one and ignores ClientIP.',
    source: 'kubernetes/cloud-provider-aws pkg/providers/v1/aws.go EnsureLoadBalancer',
  },
  stickiness: [],
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'It keeps no client anywhere: it has no stickiness for NLBs, and no annotation for cookies of classic balancers.',
    'Cookies take an ALB, which the AWS Load Balancer Controller makes for an Ingress, or a proxy behind the balancer.',
    'Where the AWS Load Balancer Controller gives new Services its class, this provider never sees them.',
    '`sessionAffinity: ClientIP` keeps the Service pending: its address is never filled in.',
  ],
  mistakes: [
    'ClientIP on a Service of type LoadBalancer (kubernetes/kubernetes#13892, kubernetes/website#6276, ' +
      'rancher/rancher#6525, cilium/cilium#32646, coder/enterprise-helm#272, dremio/dremio-cloud-tools#6, ' +
      'Place1/wg-access-server#153)',
    'stickiness attributes of the AWS Load Balancer Controller in a cluster without it (kubernetes/cloud-provider-aws)',
  ],
  samples: [
    { title: 'An NLB', manifest: manifest(`    ${TYPE}: "nlb"\n`) },
    {
      title: WITH_ATTRIBUTES,
      manifest: manifest(`    ${TYPE}: "nlb"
    ${ATTRIBUTES}: "preserve_client_ip.enabled=true,proxy_protocol_v2.enabled=true"
`),
    },
    { title: 'A classic load balancer', manifest: manifest(`    ${P}cross-zone-load-balancing-enabled: "true"\n`) },
  ],
  source: 'kubernetes/cloud-provider-aws at 63ec440c',
} as const satisfies ProductTable;

const KNOWN_ATTRIBUTES = ['preserve_client_ip.enabled', 'proxy_protocol_v2.enabled'];

/**
 * The first attribute that is not among the two that the provider knows, or that has another value than true or false.
 * Stickiness is left out: what to do about that, a requirement tells.
 */
function judgeAttributes(text: string, resource: Resource): ValueProblem | undefined {
  const all = attributesOf(text).filter(({ key }) => key !== '');
  if (all.some(({ key }) => key.startsWith('stickiness.'))) {
    return undefined;
  }
  const expected = 'preserve_client_ip.enabled and proxy_protocol_v2.enabled, each =true or =false';
  const isKnown = all.every(({ key }) => KNOWN_ATTRIBUTES.includes(key));
  const meant = all.map(({ key, value }) => `${key}=${SWITCHES[(value ?? '').toLowerCase()] ?? '?'}`).join(',');
  if (!isKnown || all.some(({ value }) => value !== 'true' && value !== 'false')) {
    return isKnown && !meant.includes('?') ? { expected, meant } : { expected };
  }
  const keepsNoAddress = all.some(({ key, value }) => key === 'preserve_client_ip.enabled' && value === 'false');
  const hasUdp = readService(resource)?.ports.some(
    ({ protocol }) => protocol.kind === 'value' && protocol.value === 'UDP',
  );
  return keepsNoAddress && hasUdp === true
    ? { expected: 'preserve_client_ip.enabled=true for a Service with a UDP port' }
    : undefined;
}

const SWITCHES: Readonly<Record<string, string>> = {
  true: 'true',
  on: 'true',
  yes: 'true',
  '1': 'true',
  false: 'false',
  off: 'false',
  no: 'false',
  '0': 'false',
};
