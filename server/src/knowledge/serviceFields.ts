import { AFFINITY_TIMEOUT } from '../kubernetes/service.ts';

/**
 * What people are told about the fields of a Service that decide where a client's connections go.
 *
 * Observed on kube-apiserver and kube-proxy 1.36.2, in iptables and nftables mode; an entry's source names the code.
 */
export interface FieldKnowledge {
  /** From the Service down. */
  readonly path: readonly [string, ...string[]];
  /** One or two sentences. */
  readonly meaning: string;
  /** What counts where it is left out. */
  readonly default?: string;
  readonly range?: string;
  /** The values that are legal or, where there are too many, those worth offering; the one most wanted first. */
  readonly values?: readonly ValueKnowledge[];
  /** What few people know. */
  readonly notes: readonly string[];
  /** Whether what it does on a Service can be told from the Service's persistence paths. */
  readonly decidesPath: boolean;
  readonly link: { readonly title: string; readonly url: string };
  readonly source: string;
}

export interface ValueKnowledge {
  readonly value: string;
  /** A few words without a full stop. */
  readonly meaning: string;
}

const SESSION_AFFINITY_PAGE = {
  title: 'Kubernetes: session affinity',
  url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity',
};
const TRAFFIC_POLICIES_PAGE = {
  title: 'Kubernetes: traffic policies',
  url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#traffic-policies',
};

const SLIDING = 'Only a new connection starts the time again; one that stays open does not, however much it sends.';
const SCOPE =
  'Each node remembers for itself, and each port and protocol of the Service apart: through another node or port the ' +
  'same client may get another pod.';
const HUNDRED =
  'In iptables mode, the default on Linux, a node remembers 100 client addresses for each endpoint and forgets the ' +
  'oldest beyond that; nftables mode does not have this limit.';

export const SERVICE_FIELDS: readonly FieldKnowledge[] = [
  {
    path: ['spec', 'sessionAffinity'],
    meaning:
      'Whether kube-proxy sends a client’s new connections to the pod that served it before. It knows a client by ' +
      'the source address; everybody behind one address counts as one client.',
    default: 'None',
    values: [
      { value: 'ClientIP', meaning: 'the same address gets the same pod' },
      { value: 'None', meaning: 'any pod, for each new connection' },
    ],
    notes: [SCOPE, SLIDING, HUNDRED, 'A headless or ExternalName Service has no virtual IP; there it does nothing.'],
    decidesPath: true,
    link: SESSION_AFFINITY_PAGE,
    source:
      'pkg/proxy/types.go ServicePortName; pkg/proxy/iptables/proxier.go; pkg/proxy/util/utils.go ShouldSkipService',
  },
  {
    path: ['spec', 'sessionAffinityConfig'],
    meaning: 'How long `sessionAffinity: ClientIP` remembers a client.',
    default: `\`clientIP.timeoutSeconds: ${AFFINITY_TIMEOUT.default}\``,
    notes: ['Without `sessionAffinity: ClientIP` the API server drops it and says nothing.'],
    decidesPath: true,
    link: SESSION_AFFINITY_PAGE,
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Service',
  },
  {
    path: ['spec', 'sessionAffinityConfig', 'clientIP'],
    meaning: 'Settings of `sessionAffinity: ClientIP`: `timeoutSeconds`.',
    default: `\`timeoutSeconds: ${AFFINITY_TIMEOUT.default}\``,
    notes: ['Written directly under `spec` it is an unknown field; it belongs in `sessionAffinityConfig`.'],
    decidesPath: true,
    link: SESSION_AFFINITY_PAGE,
    source: 'pkg/apis/core/v1/defaults.go SetDefaults_Service',
  },
  {
    path: ['spec', 'sessionAffinityConfig', 'clientIP', 'timeoutSeconds'],
    meaning: 'For how many seconds after its last new connection a client is remembered.',
    default: `${AFFINITY_TIMEOUT.default} (3 hours)`,
    range: `${AFFINITY_TIMEOUT.minimum} to ${AFFINITY_TIMEOUT.maximum} (one day)`,
    values: [
      { value: '1800', meaning: '30 minutes' },
      { value: '600', meaning: '10 minutes' },
      { value: '3600', meaning: '1 hour, the most that Alibaba Cloud CLB remembers' },
      { value: '10800', meaning: '3 hours, the default' },
      { value: '86400', meaning: '1 day, the most' },
    ],
    notes: [
      SLIDING,
      'A pod that stops being ready loses its clients at once, and they do not come back to it.',
      HUNDRED,
      'kube-proxy on Windows ignores it.',
    ],
    decidesPath: true,
    link: SESSION_AFFINITY_PAGE,
    source: 'pkg/apis/core/validation/validation.go validateAffinityTimeout; pkg/proxy/winkernel/hns.go',
  },
  {
    path: ['spec', 'externalTrafficPolicy'],
    meaning: 'Which pods get traffic that comes from outside the cluster.',
    default: 'Cluster',
    values: [
      { value: 'Local', meaning: 'pods on the node that the traffic reached; they see the client’s address' },
      { value: 'Cluster', meaning: 'pods on any node; they see the address of a node' },
    ],
    notes: [
      'Under `Local` a node without a ready pod drops traffic from outside.',
      'Affinity is decided before kube-proxy replaces the client’s address, so `Cluster` does not break it on a ' +
        'node. But every node remembers for itself, and the balancer must keep a client on one node.',
      'Legal only with type LoadBalancer or NodePort, or with external IPs; refused elsewhere.',
    ],
    decidesPath: true,
    link: TRAFFIC_POLICIES_PAGE,
    source:
      'pkg/apis/core/validation/validation.go validateServiceExternalTrafficPolicy; pkg/proxy/iptables/proxier.go',
  },
  {
    path: ['spec', 'internalTrafficPolicy'],
    meaning: 'Which pods get traffic from inside the cluster to the Service’s cluster IP.',
    default: 'Cluster',
    values: [
      { value: 'Cluster', meaning: 'pods on any node' },
      { value: 'Local', meaning: 'pods on the client’s own node' },
    ],
    notes: ['Legal together with `sessionAffinity: ClientIP`, which then chooses among the pods of that node.'],
    decidesPath: false,
    link: TRAFFIC_POLICIES_PAGE,
    source: 'pkg/apis/core/validation/validation.go validateServiceInternalTrafficFieldsValue; pkg/proxy/topology.go',
  },
  {
    path: ['spec', 'healthCheckNodePort'],
    meaning:
      'The port on every node where a load balancer can ask whether the node has pods, for `externalTrafficPolicy: ' +
      'Local`.',
    default: 'chosen by the API server',
    range: 'the node ports of the cluster, 30000 to 32767 unless configured otherwise',
    notes: [
      'Refused unless the type is LoadBalancer and the policy `Local`; fixed once it is set.',
      'It has no part in session persistence, and the controller of Alibaba Cloud never uses it: leave it out.',
    ],
    decidesPath: false,
    link: {
      title: 'Kubernetes: create an external load balancer',
      url: 'https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/',
    },
    source:
      'pkg/apis/core/validation/validation.go validateServiceExternalTrafficFieldsUpdate; allocHealthCheckNodePort',
  },
  {
    path: ['spec', 'type'],
    meaning: 'From where the Service can be reached, and so over which hops its clients come.',
    default: 'ClusterIP',
    values: [
      {
        value: 'LoadBalancer',
        meaning: 'through a load balancer, which remembers clients or not by settings of its own',
      },
      { value: 'NodePort', meaning: 'on a port of every node; each node remembers clients for itself' },
      { value: 'ClusterIP', meaning: 'inside the cluster only' },
      { value: 'ExternalName', meaning: 'a DNS alias: nothing is proxied, so no affinity' },
    ],
    notes: ['Annotations of a load balancer have no effect unless the type is LoadBalancer.'],
    decidesPath: true,
    link: {
      title: 'Kubernetes: publishing Services',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
    },
    source: 'pkg/apis/core/validation/validation.go supportedServiceType; pkg/proxy/util/utils.go ShouldSkipService',
  },
];

/** What is known of the field at a path below a Service. */
export function serviceField(path: readonly string[]): FieldKnowledge | undefined {
  return SERVICE_FIELDS.find(
    (field) => field.path.length === path.length && field.path.every((key, index) => key === path[index]),
  );
}
