import { fieldAt, type Located, stringAt } from '../kubernetes/field.ts';
import type { Service, ServicePort } from '../kubernetes/service.ts';
import type { AnnotationHelp, ListenerProtocol, ProductTable } from './product.ts';

/**
 * Alibaba Cloud's Classic Load Balancer, as the cloud controller manager (CCM) sets it up for a Service.
 *
 * Read in kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6 (2026-04-10, v2.14.0); ranges from the SLB API.
 */
export const ALIBABA_CLB = {
  id: 'alibaba-clb',
  name: 'Alibaba Cloud CLB',
  annotationPrefixes: [
    'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-',
    'service.beta.kubernetes.io/alicloud-loadbalancer-',
  ],
  settings: [
    {
      suffix: 'persistence-timeout',
      grammar: { kind: 'integer', minimum: 0, maximum: 3600, unit: 'seconds' },
      off: '0',
      listeners: ['TCP'],
      onBadValue: 'refused by the cloud',
      meaning:
        'For how many seconds without traffic a TCP listener keeps sending a client’s address to the same backend.',
      default: '0 (off)',
      values: [
        { value: '1800', meaning: '30 minutes' },
        { value: '600', meaning: '10 minutes' },
        { value: '3600', meaning: '1 hour, the most' },
        { value: '0', meaning: 'off' },
      ],
      notes: [
        'Only TCP listeners use it; HTTP and HTTPS listeners have cookies instead.',
        'Taking the annotation out leaves the listener as it was: write "0" to switch it off.',
        'With nodes as backends it keeps a client on a node; which pod there, `sessionAffinity` decides.',
        'It is no timeout of connections; that is `established-timeout`.',
      ],
      source: 'CCM pkg/controller/service/clbv1/listeners.go setTCPListenerValue; CreateLoadBalancerTCPListener',
    },
    {
      suffix: 'cookie-timeout',
      grammar: { kind: 'integer', minimum: 1, maximum: 86_400, unit: 'seconds' },
      listeners: ['HTTP', 'HTTPS'],
      onBadValue: 'refused by the cloud',
      meaning: 'For how many seconds the cookie counts that the listener inserts (`sticky-session-type: "insert"`).',
      values: [
        { value: '1800', meaning: '30 minutes' },
        { value: '600', meaning: '10 minutes' },
        { value: '3600', meaning: '1 hour' },
        { value: '10800', meaning: '3 hours' },
        { value: '86400', meaning: '1 day, the most' },
      ],
      notes: ['Needed with `sticky-session: "on"` and type `insert`; only HTTP and HTTPS listeners use it.'],
      source: 'CCM pkg/controller/service/clbv1/listeners.go setHTTPListenerValue; CreateLoadBalancerHTTPListener',
    },
  ],
  described: [
    {
      name: { suffix: 'sticky-session' },
      listeners: ['HTTP', 'HTTPS'],
      meaning: 'Whether an HTTP or HTTPS listener keeps a client on its backend by a cookie.',
      default: 'off',
      values: [
        { value: 'on', meaning: 'by a cookie; needs sticky-session-type' },
        { value: 'off', meaning: 'each request may go to another backend' },
      ],
      notes: [
        'Without `protocol-port` every listener is TCP or UDP, and cookies do nothing.',
        'With nodes as backends the cookie names a node, not a pod.',
      ],
      source: 'CCM pkg/controller/service/clbv1/listeners.go setHTTPListenerValue',
    },
    {
      name: { suffix: 'sticky-session-type' },
      listeners: ['HTTP', 'HTTPS'],
      meaning: 'Whose cookie it is that keeps a client on its backend.',
      values: [
        { value: 'insert', meaning: 'the listener’s own, SERVERID; needs cookie-timeout' },
        { value: 'server', meaning: 'the application’s, rewritten; needs cookie' },
      ],
      notes: ['Needed with `sticky-session: "on"`.'],
      source: 'CCM annotation SessionStickType; CreateLoadBalancerHTTPListener',
    },
    {
      name: { suffix: 'cookie' },
      listeners: ['HTTP', 'HTTPS'],
      meaning: 'The name of the application’s cookie that the listener rewrites (`sticky-session-type: "server"`).',
      values: [],
      notes: ['Needed with type `server`; 1 to 200 characters.'],
      source: 'CCM annotation Cookie; CreateLoadBalancerHTTPListener',
    },
    {
      name: { suffix: 'protocol-port' },
      listeners: ['TCP', 'UDP', 'HTTP', 'HTTPS'],
      meaning: 'Which protocol the listener of a port speaks, as `protocol:port`, several separated by commas.',
      default: 'the protocol of the port itself, TCP or UDP',
      values: [],
      notes: [
        'HTTP and HTTPS listeners ignore `persistence-timeout` and use cookies; TCP and UDP listeners the reverse.',
        'Lower case and no blanks; the ports are those of the Service. `https` needs a `cert-id`.',
        'A change makes a new listener and drops the connections of the old one.',
      ],
      source: 'CCM pkg/controller/service/clbv1/listeners.go protocol',
    },
    {
      name: { suffix: 'scheduler' },
      listeners: ['TCP', 'UDP', 'HTTP', 'HTTPS'],
      meaning: 'How a listener chooses a backend for a client that it does not remember.',
      default: 'rr',
      values: [
        { value: 'wrr', meaning: 'in turn, by weight; the one for externalTrafficPolicy: Local' },
        { value: 'rr', meaning: 'in turn; ignores how many pods a node has' },
        {
          value: 'sch',
          meaning: 'by a hash of the client’s address: sticky without a timeout',
          listeners: ['TCP', 'UDP'],
        },
        { value: 'tch', meaning: 'by a hash of the connection: not sticky for a client', listeners: ['TCP', 'UDP'] },
      ],
      notes: [
        'A listener cannot be switched between `wrr` or `rr` and a hash; it has to be made anew.',
        'The hashes are for guaranteed-performance instances only.',
      ],
      source: 'CCM setDefaultValueForListener; CreateLoadBalancerTCPListener, SetLoadBalancerTCPListenerAttribute',
    },
    {
      name: { key: 'service.beta.kubernetes.io/backend-type' },
      listeners: ['TCP', 'UDP', 'HTTP', 'HTTPS'],
      meaning: 'Whether the load balancer sends traffic to nodes or straight to pods.',
      default: 'by cluster: `ecs` with Flannel and on Terway clusters made before August 2020, `eni` on newer ones',
      values: [
        { value: 'eni', meaning: 'to pods: CLB alone decides, kube-proxy has no part (Terway only)' },
        { value: 'ecs', meaning: 'to nodes: kube-proxy there chooses the pod' },
      ],
      source: 'CCM pkg/controller/helper/service_utils.go IsENIBackendType',
    },
  ],
  link: {
    title: 'Alibaba Cloud: annotations of a CLB',
    url: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/add-annotations-to-the-yaml-file-of-a-service-to-configure-clb-instances',
  },
  source: 'kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6, pkg/controller/service',
} as const satisfies ProductTable;

/**
 * An annotation of CLB on a Service. The current prefix wins where it is written, even with an empty value.
 *
 * Source: CCM pkg/controller/service/reconcile/annotation/annotations.go, AnnotationRequest.Get.
 */
export function clbAnnotation(service: Service, suffix: string): Located<string> {
  const [current, legacy] = ALIBABA_CLB.annotationPrefixes;
  const { annotations } = service.resource;
  return fieldAt(annotations, current + suffix).kind === 'absent'
    ? stringAt(annotations, legacy + suffix)
    : stringAt(annotations, current + suffix);
}

/** An annotation of CLB that is explained and offered. */
export interface KnownClbAnnotation extends AnnotationHelp {
  /** As people call it, without the prefix. */
  readonly name: string;
  /** As it is written today. */
  readonly key: string;
  readonly listeners: readonly ListenerProtocol[];
  readonly range: string | undefined;
}

export const CLB_ANNOTATIONS: readonly KnownClbAnnotation[] = [
  ...ALIBABA_CLB.settings.map((setting) => ({
    ...setting,
    name: setting.suffix,
    key: ALIBABA_CLB.annotationPrefixes[0] + setting.suffix,
    range: `${setting.grammar.minimum} to ${setting.grammar.maximum} ${setting.grammar.unit}`,
  })),
  ...ALIBABA_CLB.described.map((described) => ({
    ...described,
    name: 'key' in described.name ? described.name.key.replace(/^.*\//, '') : described.name.suffix,
    key: 'key' in described.name ? described.name.key : ALIBABA_CLB.annotationPrefixes[0] + described.name.suffix,
    range: undefined,
  })),
];

/** What is known of an annotation by its key, in the current or the older spelling. */
export function knownClbAnnotation(key: string): KnownClbAnnotation | undefined {
  const [current, legacy] = ALIBABA_CLB.annotationPrefixes;
  const today = key.startsWith(legacy) ? current + key.slice(legacy.length) : key;
  return CLB_ANNOTATIONS.find((annotation) => annotation.key === today);
}

/** Whether any annotation of CLB is written on the Service. */
export function hasClbAnnotation(service: Service): boolean {
  return (service.resource.annotations?.pairs ?? []).some(
    ({ key }) => key.kind === 'scalar' && ALIBABA_CLB.annotationPrefixes.some((prefix) => key.text.startsWith(prefix)),
  );
}

/** An integer as the CCM reads it: Go's `strconv.Atoi`, which allows a sign and leading zeros and nothing else. */
export function parseGoInteger(text: string): number | undefined {
  return /^[+-]?[0-9]+$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

/**
 * The protocol of the listener that the CCM makes for a port: what `protocol-port` says of it, else the port's own.
 * `undefined` where a template or a malformed entry leaves it open.
 *
 * Source: CCM pkg/controller/service/clbv1/listeners.go, protocol: entries are scanned until the port matches.
 */
export function clbListenerProtocol(service: Service, port: ServicePort): ListenerProtocol | undefined {
  const protocolPort = clbAnnotation(service, 'protocol-port');
  if (protocolPort.kind === 'unknown' || protocolPort.kind === 'invalid' || port.port.kind !== 'value') {
    return undefined;
  }
  const entries = protocolPort.kind === 'value' && protocolPort.value !== '' ? protocolPort.value.split(',') : [];
  for (const entry of entries) {
    const [protocol, number] = entry.split(':');
    if (protocol === undefined || number === undefined || !/^(tcp|udp|http|https)$/.test(protocol)) {
      return undefined;
    }
    if (parseGoInteger(number) === port.port.value) {
      return protocol.toUpperCase() as ListenerProtocol;
    }
  }
  if (port.protocol.kind === 'absent') {
    return 'TCP';
  }
  const own = port.protocol.kind === 'value' ? port.protocol.value : undefined;
  return own === 'TCP' || own === 'UDP' ? own : undefined;
}

/**
 * Whether CLB sends traffic straight to pods (`eni`) or to nodes; undefined where the cluster's default decides, which
 * depends on its network plug-in and its age.
 *
 * Source: CCM pkg/controller/helper, IsENIBackendType; the vendor's page on annotations of a CLB.
 */
export function clbBackends(service: Service): 'pods' | 'nodes' | undefined {
  const backendType = stringAt(service.resource.annotations, 'service.beta.kubernetes.io/backend-type');
  if (backendType.kind !== 'value' || backendType.value === '') {
    return undefined;
  }
  return backendType.value === 'eni' ? 'pods' : 'nodes';
}
