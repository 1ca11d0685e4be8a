import type { Resource } from '../../kubernetes/resource.ts';
import type { Condition, ProductTable, Setting, ValueProblem } from '../product.ts';
import {
  ALIBABA_PREFIXES,
  BACKEND_TYPE,
  judgeProtocolPort,
  type ListenerWords,
  listenerProtocol,
} from './alibabaClb.ts';

const [P] = ALIBABA_PREFIXES;

const CLASS = 'spec.loadBalancerClass';
const NLB = 'alibabacloud.com/nlb';

const CCM = 'kubernetes/cloud-provider-alibaba-cloud pkg/controller/service/nlbv2';
const LISTENERS_GO = `${CCM}/listeners.go`;
const GROUPS_GO = `${CCM}/server_groups.go`;

const NLB_LISTENERS: ListenerWords = {
  words: { tcp: 'TCP', udp: 'UDP', tcpssl: 'TLS' },
  anyCase: true,
  expected: 'entries protocol:port such as TCPSSL:443 (TCP, UDP and TCPSSL, no blanks)',
};

const TO_PODS: Condition = { at: BACKEND_TYPE, is: ['eni'] };

const FULL = 'By a hash of the address, with everything that can be set';
const TLS = 'With TLS at the balancer';

/** The controller compares with `on`; `"true"`, which other clouds take, is off. */
function flag(suffix: string, meaning: string, values: { on: string; off: string }, notes: readonly string[]): Setting {
  return {
    at: `${P}${suffix}`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['on', 'off'], anyCase: true, on: 'on', off: 'off', others: 'off' },
    off: 'off',
    onBadValue: 'ignored',
    meaning,
    values: [
      { value: 'on', meaning: values.on },
      { value: 'off', meaning: values.off },
    ],
    notes: ['Only `on`, in any case, is on: `"true"` switches it off, and nothing tells.', ...notes],
    source: `${CCM}: strings.EqualFold with model.OnFlag`,
    cases: [{ bad: 'true', fixed: 'on' }, { bad: 'enabled', fixed: 'on' }, { bad: '*' }, { good: 'ON' }],
  };
}

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}scheduler`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['wrr', 'rr', 'wlc', 'sch', 'tch', 'qch'], anyCase: true },
    onBadValue: 'refused by the cloud',
    meaning: 'How the server group chooses a backend; `sch` is NLB’s only way to keep a client on one.',
    default: 'wrr',
    values: [
      { value: 'sch', meaning: 'by a hash of the client’s address: sticky without a timeout' },
      { value: 'wrr', meaning: 'in turn, by weight' },
      { value: 'rr', meaning: 'in turn; ignores how many pods a node has' },
      { value: 'wlc', meaning: 'the one with the fewest connections, by weight' },
      { value: 'tch', meaning: 'by a hash of the connection: not sticky for a client' },
      { value: 'qch', meaning: 'by the QUIC connection id', listeners: ['UDP'] },
    ],
    notes: [
      'It belongs to the server group, so with a reused NLB it counts without `force-override-listeners` as well.',
      'It can be changed at any time, which on a CLB takes a new listener.',
      'With nodes as backends it keeps a client on a node; which pod there, `sessionAffinity` decides.',
      'Clients that share an address share a backend; how long they are silent plays no part.',
    ],
    concept: 'source address switch',
    source: `${GROUPS_GO} setServerGroupAttributeFromAnno; CreateServerGroup of the NLB API`,
    cases: [
      { bad: 'source' },
      { bad: 'sch ', fixed: 'sch' },
      { bad: 'schh', fixed: 'sch' },
      { bad: 'qch', rule: 'annotation-wrong-layer' },
      { good: 'SCH' },
    ],
  },
  {
    at: `${P}protocol-port`,
    objects: ['Service'],
    grammar: {
      kind: 'own',
      what: 'entries such as TCPSSL:443',
      judge: (text, resource) => judgeProtocolPort(NLB_LISTENERS, text, resource),
    },
    onBadValue: 'refused by the controller',
    meaning: 'Which protocol the listener of a port speaks, as `protocol:port`, several separated by commas.',
    default: 'the protocol of the port itself, TCP or UDP',
    values: [],
    notes: [
      'TCP, UDP and TCPSSL in any case; `http` and `https` are for a CLB and stop the whole Service.',
      'With TCPSSL backends see addresses of the balancer, so `sessionAffinity: ClientIP` tells no clients apart.',
    ],
    source: `${LISTENERS_GO} nlbListenerProtocol`,
    cases: [
      { sample: TLS, bad: 'https:443' },
      { sample: TLS, bad: 'TCPSSL: 443', fixed: 'TCPSSL:443' },
      { sample: TLS, bad: 'TCPSSL443' },
      { sample: TLS, bad: 'TCPSSL:443,TCP:8080' },
      { sample: TLS, good: 'tcpSSL:443' },
    ],
  },
  {
    at: CLASS,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'the name of a class' },
    onBadValue: 'ignored',
    meaning: 'The class of load balancer; `alibabacloud.com/nlb` asks for an NLB.',
    values: [{ value: NLB, meaning: 'a network load balancer (NLB)' }],
    notes: [
      'It needs Kubernetes 1.24 and controller 2.5.0, and can never be changed: an NLB does not become a CLB.',
      'Services with any other class are nobody’s business here, and no event tells.',
    ],
    requires: [
      {
        when: [NLB],
        whileTrue: [{ at: `${P}id`, written: false }],
        needs: { at: `${P}zone-maps`, written: true },
        outcome: 'refused by the controller',
        why: 'The controller makes no NLB without the zones and virtual switches in which it is to stand.',
      },
    ],
    source: `${CCM}/loadbalancer.go BuildLocalModel; pkg/controller/helper/service_utils.go NeedNLB`,
    cases: [
      { sample: FULL, without: `${P}zone-maps`, rule: 'setting-companion-missing', mended: 'by hand' },
      { sample: 'A reused NLB', good: NLB },
    ],
  },
  {
    at: `${P}zone-maps`,
    objects: ['Service'],
    grammar: { kind: 'own', what: 'zones and their virtual switches', judge: judgeZoneMaps },
    onBadValue: 'refused by the controller',
    meaning: 'In which zones the NLB stands, as `zone:vSwitch`, several separated by commas.',
    values: [],
    notes: [
      'Needed unless `id` names an NLB that exists; the vendor wants two zones at least.',
      'An address and the id of an elastic one may follow: `zone:vSwitch:address:eip`.',
    ],
    source: `${CCM}/loadbalancer.go parseZoneMappings`,
    cases: [{ bad: 'cn-hangzhou-j' }, { bad: 'cn-hangzhou-j:vsw-1,cn-hangzhou-k' }, { good: 'cn-hangzhou-j:vsw-1' }],
  },
  {
    at: `${P}server-group-type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['Instance', 'Ip'], anyCase: true },
    onBadValue: 'refused by the controller',
    meaning: 'Whether backends are registered as instances and interfaces or by their addresses.',
    default: 'Instance',
    values: [
      { value: 'Instance', meaning: 'as instances or network interfaces' },
      { value: 'Ip', meaning: 'by address; still nodes unless backend-type is eni' },
    ],
    notes: ['Since controller 2.8.0.', 'It does not decide between pods and nodes; `backend-type` does.'],
    source: `${GROUPS_GO} setServerGroupAttributeFromAnno, buildLocalBackends, updateENIBackends`,
    cases: [{ bad: 'Pod' }, { bad: 'Instances', fixed: 'Instance' }, { good: 'ip' }],
  },
  {
    at: BACKEND_TYPE,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['eni', 'ecs'], others: 'ecs' },
    onBadValue: 'ignored',
    meaning: 'Whether the load balancer sends traffic to nodes or straight to pods.',
    default: 'by cluster: `ecs` with Flannel and on Terway clusters made before August 2020, `eni` on newer ones',
    values: [
      { value: 'eni', meaning: 'to pods: NLB alone decides, kube-proxy has no part (Terway only)' },
      { value: 'ecs', meaning: 'to nodes: kube-proxy there chooses the pod' },
    ],
    notes: ['Any text but the exact word `eni` means nodes.'],
    source: 'kubernetes/cloud-provider-alibaba-cloud pkg/controller/helper/service_utils.go IsENIBackendType',
    cases: [{ bad: 'ENI', fixed: 'eni' }, { bad: 'pod' }],
  },
  flag(
    'preserve-client-ip',
    'Whether backends see the client’s address.',
    { on: 'backends see the client', off: 'backends see the balancer' },
    [
      'Off, `sessionAffinity: ClientIP` sees addresses of the balancer and tells no clients apart.',
      'Sources disagree on what holds where it is left out; the vendor’s newest page says on.',
      'TCPSSL listeners cannot have it.',
    ],
  ),
  flag(
    'proxy-protocol',
    'Whether backends are told the client’s address in the PROXY protocol.',
    { on: 'the backends have to understand it', off: 'nothing is added' },
    ['kube-proxy does not read it, so `sessionAffinity` has nothing of it.'],
  ),
  flag(
    'connection-drain',
    'Whether connections of a backend that goes may end by themselves.',
    { on: 'for as long as connection-drain-timeout says', off: 'they end at once' },
    [],
  ),
  flag(
    'cacert',
    'Whether a TCPSSL listener asks clients for a certificate.',
    { on: 'it asks', off: 'it does not' },
    [],
  ),
  flag('alpn', 'Whether a TCPSSL listener negotiates a protocol.', { on: 'see alpn-policy', off: 'it does not' }, []),
  ...(
    [
      ['id', 'The id of an existing NLB to use instead of a new one.'],
      [
        'force-override-listeners',
        'Whether the listeners of a reused NLB are set up as the Service says; `"true"` only.',
      ],
      ['vgroup-port', 'Server groups that somebody else fills, as `group:port`; `scheduler` does not reach those.'],
      ['cert-id', 'The ids of the certificates of a TCPSSL listener.'],
      ['connection-drain-timeout', 'For how many seconds connections of a backend that goes may last; 0 to 900.'],
      ['idle-timeout', 'After how many idle seconds a connection ends; 10 to 900, by default 900.'],
      ['cps', 'How many new connections a second a listener takes; 0 to 1000000.'],
      ['listener-port-range', 'Ranges of ports for one listener, as `1000-2000:80`; with pods as backends only.'],
      ['address-type', 'Whether the address is reached from the internet or from inside: `internet` or `intranet`.'],
    ] as const
  ).map(
    ([suffix, meaning]): Setting => ({
      at: `${P}${suffix}`,
      objects: ['Service'],
      grammar: { kind: 'text', what: 'text' },
      onBadValue: 'depends',
      meaning,
      values: [],
      source: `${CCM}; the vendor’s page on annotations of an NLB`,
    }),
  ),
];

/** A Service of the class; `annotations` and `ports` in the indentation of the manifest. */
function manifest(annotations: string, spec = '', ports = '    - port: 80\n'): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
${annotations}spec:
  type: LoadBalancer
  loadBalancerClass: alibabacloud.com/nlb
${spec}  selector:
    app: web
  ports:
${ports}`;
}

export const ALIBABA_NLB = {
  id: 'alibaba-nlb',
  name: 'Alibaba Cloud NLB',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6 (2026-04-10, v2.14.0); values from the NLB API',
  link: {
    title: 'Alibaba Cloud: annotations of an NLB',
    url: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/configure-nlb-instances-by-using-annotations',
  },
  detection: { service: { classes: [NLB], withoutClass: false } },
  annotationPrefixes: ALIBABA_PREFIXES,
  olderPrefixes: [ALIBABA_PREFIXES[1]],
  insteadOfForeign: 'An NLB has neither persistence nor cookies; scheduler: sch chooses by the client’s address.',
  otherAnnotations: [
    'additional-cert-ids',
    'additional-resource-tags',
    'alpn-policy',
    'backend-label',
    'bandwidth-package-id',
    'cacert-id',
    'cross-zone-enabled',
    'default-weight',
    'health-check-connect-port',
    'health-check-connect-timeout',
    'health-check-domain',
    'health-check-flag',
    'health-check-httpcode',
    'health-check-interval',
    'health-check-method',
    'health-check-type',
    'health-check-uri',
    'healthy-threshold',
    'ignore-weight-update',
    'ip-version',
    'ipv6-address-type',
    'name',
    'ppv2-pvl-ep-id-enabled',
    'ppv2-pvl-eps-id-enabled',
    'ppv2-pvl-vpc-id-enabled',
    'preserve-lb-on-delete',
    'remove-unscheduled-backend',
    'resource-group-id',
    'security-group-ids',
    'tls-cipher-policy',
    'unhealthy-threshold',
    'weight',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy does, where traffic comes through a node.',
    source: 'kubernetes/cloud-provider-alibaba-cloud: no reference under pkg/ and cmd/',
  },
  stickiness: [{ by: 'consistent hash', when: [{ at: `${P}scheduler`, matches: /^sch$/i }] }],
  targets: [
    { to: 'pods', when: [TO_PODS] },
    { to: 'nodes', when: [{ at: BACKEND_TYPE, written: true }] },
    { to: 'nodes', when: [], assumed: true },
  ],
  hidesClientOn: ['TLS'],
  listeners: (service) => service.ports.map((port) => listenerProtocol(NLB_LISTENERS, service, port)),
  notes: [
    'The annotations of a CLB for persistence and cookies are ignored on an NLB, and no event tells.',
    'On and off are `on` and `off` in any case; `"true"` is off, whatever the vendor’s page says of booleans.',
    'With nodes as backends `scheduler: sch` needs `sessionAffinity: ClientIP` beside it, to reach the same pod.',
    'The NLB is published by a name, so calls from pods of the cluster go through it as well.',
    'Whether `preserve-client-ip` is on where it is left out, sources disagree.',
  ],
  recipes: [
    {
      title: 'by a hash of the address',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: CLASS, value: NLB },
        // Zones and their vSwitches are the author’s to name.
        { at: `${P}zone-maps`, value: '<zone-maps>' },
        { at: `${P}scheduler`, value: 'sch' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
  ],
  mistakes: [
    'persistence-timeout or cookies of a CLB on a Service of this class (the NLB API has no such fields)',
    'preserve-client-ip: "true", which is off (read in the controller’s source)',
  ],
  samples: [
    {
      title: FULL,
      manifest: manifest(`    ${P}zone-maps: "cn-hangzhou-j:vsw-1111111111,cn-hangzhou-k:vsw-2222222222"
    ${P}scheduler: "sch"
    ${P}server-group-type: "Ip"
    ${P}preserve-client-ip: "on"
    ${P}proxy-protocol: "off"
    ${P}connection-drain: "on"
    ${P}connection-drain-timeout: "30"
    service.beta.kubernetes.io/backend-type: "eni"
`),
    },
    {
      title: 'By a hash of the address, nodes as backends',
      manifest: manifest(
        `    ${P}zone-maps: "cn-hangzhou-j:vsw-1111111111,cn-hangzhou-k:vsw-2222222222"
    ${P}scheduler: "sch"
    service.beta.kubernetes.io/backend-type: "ecs"
`,
        `  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
`,
      ),
    },
    {
      title: TLS,
      manifest: manifest(
        `    ${P}zone-maps: "cn-hangzhou-j:vsw-1111111111,cn-hangzhou-k:vsw-2222222222"
    ${P}protocol-port: "TCPSSL:443"
    ${P}cert-id: "1234567890-cn-hangzhou"
    ${P}cacert: "off"
    ${P}alpn: "off"
    ${P}scheduler: "sch"
    service.beta.kubernetes.io/backend-type: "eni"
`,
        '',
        '    - port: 443\n',
      ),
    },
    {
      title: 'A reused NLB',
      manifest: manifest(`    ${P}id: "nlb-1111111111111111"
    ${P}force-override-listeners: "true"
    ${P}scheduler: "sch"
    service.beta.kubernetes.io/backend-type: "eni"
`),
    },
  ],
  source: 'kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6, pkg/controller/service/nlbv2',
} as const satisfies ProductTable;

/** The controller wants a zone and a virtual switch in every entry, and counts no entries. */
function judgeZoneMaps(text: string, _resource: Resource): ValueProblem | undefined {
  return text.split(',').every((entry) => entry.includes(':'))
    ? undefined
    : { expected: 'entries zone:vSwitch such as cn-hangzhou-j:vsw-1,cn-hangzhou-k:vsw-2' };
}
