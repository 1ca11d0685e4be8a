import { fieldAt, type Located, stringAt } from '../../kubernetes/field.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import { readService, type Service, type ServicePort } from '../../kubernetes/service.ts';
import { parseInteger } from '../grammar.ts';
import type { ListenerProtocol, Offer, ProductTable, Requirement, Setting, ValueProblem } from '../product.ts';

/** The current prefix of the annotations, for CLB and for NLB, and the one before September 2019, which is read too. */
export const ALIBABA_PREFIXES = [
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-',
  'service.beta.kubernetes.io/alicloud-loadbalancer-',
] as const;

const [P] = ALIBABA_PREFIXES;

export const BACKEND_TYPE = 'service.beta.kubernetes.io/backend-type';

const LISTENERS_GO = 'kubernetes/cloud-provider-alibaba-cloud pkg/controller/service/clbv1/listeners.go';

const CLB_LISTENERS: ListenerWords = {
  words: { tcp: 'TCP', udp: 'UDP', http: 'HTTP', https: 'HTTPS' },
  anyCase: false,
  expected: 'entries protocol:port such as http:80,https:443 (tcp, udp, http and https, no blanks)',
};

const COOKIE_LISTENERS = ['HTTP', 'HTTPS'] as const;

/** For a Service whose listeners are all HTTP or HTTPS. */
const INSERTED_COOKIE: Offer = {
  listeners: ['HTTP', 'HTTPS'],
  set: [
    { at: `${P}sticky-session`, value: 'on' },
    { at: `${P}sticky-session-type`, value: 'insert' },
    { at: `${P}cookie-timeout`, value: '{value}' },
  ],
};

/** A UDP listener remembers nobody, but the hash of an address always comes out the same. */
const ADDRESS_HASH: Offer = {
  listeners: ['UDP'],
  set: [{ at: `${P}scheduler`, value: 'sch' }],
  remark: 'needs a guaranteed-performance instance and a new listener',
  byHand: true,
};

/** With nodes as backends, which the weights are about. */
const WEIGHED: Requirement = {
  when: ['Local'],
  needs: { anyOf: [{ at: `${P}scheduler`, is: ['wrr', 'wlc', 'sch', 'tch', 'qch'] }] },
  outcome: 'advice',
  why: 'With Local a node weighs as much as it has pods, and the default rr ignores weights: pods get uneven shares.',
  offers: [{ set: [{ at: `${P}scheduler`, value: 'wrr' }] }],
};

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}persistence-timeout`,
    objects: ['Service'],
    grammar: { kind: 'integer', minimum: 0, maximum: 3600, unit: 'seconds', syntax: 'go' },
    off: '0',
    listeners: ['TCP'],
    insteadOnOtherListeners: [INSERTED_COOKIE, ADDRESS_HASH],
    onBadValue: 'refused by the cloud',
    onUnreadableValue: 'refused by the controller',
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
    conflicts: [
      {
        with: { at: `${P}scheduler`, is: ['wlc'] },
        outcome: 'advice',
        why: 'The vendor advises against least connections with persistence: pinned clients make the counts lie.',
        remove: 'neither',
      },
    ],
    source: `${LISTENERS_GO} setTCPListenerValue; CreateLoadBalancerTCPListener`,
    cases: [
      { bad: '7200', fixed: '3600' },
      { bad: '-1', fixed: '0' },
      { bad: '1800s', fixed: '1800' },
      { bad: '1h', fixed: '3600' },
      { bad: '3.5k' },
      { sample: 'Layer 4: pods as backends', good: '0' },
      { sample: 'Layer 4: pods as backends', good: '+600' },
      { beside: { at: `${P}scheduler`, value: 'wlc' }, rule: 'settings-contradict', mended: 'by hand' },
    ],
  },
  {
    at: `${P}cookie-timeout`,
    objects: ['Service'],
    grammar: { kind: 'integer', minimum: 1, maximum: 86_400, unit: 'seconds', syntax: 'go' },
    listeners: COOKIE_LISTENERS,
    onBadValue: 'refused by the cloud',
    onUnreadableValue: 'refused by the controller',
    meaning: 'For how many seconds the cookie counts that the listener inserts (`sticky-session-type: "insert"`).',
    values: [
      { value: '1800', meaning: '30 minutes' },
      { value: '600', meaning: '10 minutes' },
      { value: '3600', meaning: '1 hour' },
      { value: '10800', meaning: '3 hours' },
      { value: '86400', meaning: '1 day, the most' },
    ],
    notes: [
      'Needed with `sticky-session: "on"` and type `insert`; only HTTP and HTTPS listeners use it.',
      '`"0"` is the same as leaving it out.',
    ],
    conflicts: [
      {
        with: { at: `${P}sticky-session-type`, is: ['server'] },
        outcome: 'advice',
        why: 'With type server the application decides how long its cookie counts, so this time is not needed.',
        remove: 'this',
      },
    ],
    source: `${LISTENERS_GO} setHTTPListenerValue; CreateLoadBalancerHTTPListener`,
    cases: [
      { bad: '90000', fixed: '86400' },
      { bad: '0', fixed: '1' },
      { bad: '30m', fixed: '1800' },
      { bad: 'long' },
      { good: '86400' },
    ],
  },
  {
    at: `${P}sticky-session`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['on', 'off'], on: 'on', off: 'off' },
    off: 'off',
    listeners: COOKIE_LISTENERS,
    onBadValue: 'refused by the cloud',
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
    requires: [
      {
        when: ['on'],
        needs: { at: `${P}sticky-session-type`, written: true },
        outcome: 'refused by the cloud',
        why: 'The cloud wants to know whose cookie it is, so it refuses the listener.',
        offers: [
          {
            set: [
              { at: `${P}sticky-session-type`, value: 'insert' },
              { at: `${P}cookie-timeout`, value: '1800' },
            ],
          },
        ],
      },
    ],
    conflicts: [
      {
        with: { at: `${P}scheduler`, is: ['wlc'] },
        outcome: 'advice',
        why: 'The vendor advises against least connections with persistence: pinned clients make the counts lie.',
        remove: 'neither',
      },
    ],
    concept: 'cookie switch',
    source: `${LISTENERS_GO} setHTTPListenerValue`,
    cases: [
      { bad: 'true', fixed: 'on' },
      { bad: 'On', fixed: 'on' },
      { bad: 'cookie' },
      { good: 'off' },
      { beside: { at: `${P}scheduler`, value: 'wlc' }, rule: 'settings-contradict', mended: 'by hand' },
      {
        sample: 'Layer 7: an inserted cookie, pods as backends',
        without: `${P}sticky-session-type`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}sticky-session-type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['insert', 'server'] },
    listeners: COOKIE_LISTENERS,
    onBadValue: 'refused by the cloud',
    meaning: 'Whose cookie it is that keeps a client on its backend.',
    values: [
      { value: 'insert', meaning: 'the listener’s own, SERVERID; needs cookie-timeout' },
      { value: 'server', meaning: 'the application’s, rewritten; needs cookie' },
    ],
    notes: ['Needed with `sticky-session: "on"`.', 'ALB Ingress spells the same words with a capital.'],
    requires: [
      {
        when: ['insert'],
        whileTrue: [{ at: `${P}sticky-session`, is: ['on'] }],
        needs: { at: `${P}cookie-timeout`, written: true },
        outcome: 'refused by the cloud',
        why: 'The cloud wants to know for how long the cookie counts, so it refuses the listener.',
        offers: [{ set: [{ at: `${P}cookie-timeout`, value: '1800' }] }],
      },
      {
        when: ['server'],
        whileTrue: [{ at: `${P}sticky-session`, is: ['on'] }],
        needs: { at: `${P}cookie`, written: true },
        outcome: 'refused by the cloud',
        why: 'The cloud wants the name of the application’s cookie, so it refuses the listener.',
      },
    ],
    source: 'CCM annotation SessionStickType; CreateLoadBalancerHTTPListener',
    cases: [
      { bad: 'Insert', fixed: 'insert' },
      { bad: 'cookie' },
      {
        sample: 'Layer 7: an inserted cookie, pods as backends',
        without: `${P}cookie-timeout`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: 'Layer 7: the application’s cookie',
        without: `${P}cookie`,
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${P}cookie`,
    objects: ['Service'],
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: '1 to 200 ASCII characters without blanks, commas and semicolons, not beginning with $',
      pattern: /^(?!\$)[!-+\--:<-~]+$/,
      minimumLength: 1,
      maximumLength: 200,
    },
    listeners: COOKIE_LISTENERS,
    onBadValue: 'refused by the cloud',
    meaning: 'The name of the application’s cookie that the listener rewrites (`sticky-session-type: "server"`).',
    values: [],
    notes: [
      'Needed with type `server`; 1 to 200 characters.',
      'Sources disagree on `-` and `_`; the controller’s own tests use a hyphen.',
    ],
    conflicts: [
      {
        with: { at: `${P}sticky-session-type`, is: ['insert'] },
        outcome: 'advice',
        why: 'With type insert the listener names its cookie SERVERID, so this name is not needed.',
        remove: 'this',
      },
    ],
    source: 'CCM annotation Cookie; CreateLoadBalancerHTTPListener',
    cases: [
      { bad: 'my cookie' },
      { bad: 'a;b' },
      { bad: '$session' },
      { bad: 'session ', fixed: 'session' },
      { good: 'JSESSIONID' },
      { good: 'my-app_session' },
    ],
  },
  {
    at: `${P}scheduler`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['wrr', 'rr', 'wlc', 'sch', 'tch', 'qch'] },
    onBadValue: 'refused by the cloud',
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
      { value: 'qch', meaning: 'by the QUIC connection id', listeners: ['UDP'] },
    ],
    notes: [
      'A listener cannot be switched between `wrr` or `rr` and a hash; it has to be made anew.',
      'The hashes are for guaranteed-performance instances only.',
      'Sources disagree on whether `wlc` is still known.',
    ],
    source: 'CCM setDefaultValueForListener; CreateLoadBalancerTCPListener, SetLoadBalancerTCPListenerAttribute',
    cases: [{ bad: 'WRR', fixed: 'wrr' }, { bad: 'source' }, { bad: 'qch', rule: 'annotation-wrong-layer' }],
  },
  {
    at: `${P}protocol-port`,
    objects: ['Service'],
    grammar: {
      kind: 'own',
      what: 'entries such as http:80,https:443',
      judge: (text, resource) => judgeProtocolPort(CLB_LISTENERS, text, resource),
    },
    onBadValue: 'refused by the controller',
    meaning: 'Which protocol the listener of a port speaks, as `protocol:port`, several separated by commas.',
    default: 'the protocol of the port itself, TCP or UDP',
    values: [],
    notes: [
      'HTTP and HTTPS listeners ignore `persistence-timeout` and use cookies; TCP and UDP listeners the reverse.',
      'Lower case and no blanks; the ports are those of the Service. `https` needs a `cert-id`.',
      'A change makes a new listener and drops the connections of the old one.',
    ],
    requires: [
      {
        whileTrue: [{ at: `${P}protocol-port`, matches: /(?:^|,)https:/ }],
        needs: { at: `${P}cert-id`, written: true },
        outcome: 'refused by the cloud',
        why: 'An HTTPS listener cannot be made without a certificate, by its id in the cloud.',
      },
    ],
    source: `${LISTENERS_GO} protocol`,
    cases: [
      { bad: 'HTTP:80', fixed: 'http:80' },
      { bad: 'http: 80', fixed: 'http:80' },
      { bad: 'http80' },
      { bad: 'tls:443' },
      { bad: 'http:80,http:8080' },
      {
        sample: 'Layer 7 with TLS: an inserted cookie',
        without: `${P}cert-id`,
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${P}id`,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'the id of a load balancer' },
    onBadValue: 'ignored',
    meaning: 'The id of an existing load balancer to use instead of a new one.',
    values: [],
    notes: ['Its listeners stay as they are unless `force-override-listeners` is exactly "true".'],
    requires: [
      {
        whileTrue: [
          {
            anyOf: ['persistence-timeout', 'sticky-session', 'scheduler'].map((suffix) => ({
              at: `${P}${suffix}`,
              written: true,
            })),
          },
        ],
        needs: { at: `${P}force-override-listeners`, is: ['true'] },
        outcome: 'ignored',
        why:
          'Without it the controller leaves the listeners of a reused load balancer alone, so the persistence ' +
          'settings beside it do nothing.',
        offers: [
          {
            set: [{ at: `${P}force-override-listeners`, value: 'true' }],
            remark: 'overwrites listeners that were set up in the console',
            byHand: true,
          },
        ],
      },
    ],
    source: 'CCM clbv1/model_applier.go: listener override is false, skip reconcile listeners',
    cases: [
      {
        sample: 'A reused load balancer',
        without: `${P}force-override-listeners`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}force-override-listeners`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['true', 'false'], on: 'true', off: 'false' },
    off: 'false',
    onBadValue: 'ignored',
    meaning: 'Whether the listeners of a reused load balancer are set up as the Service says.',
    default: 'false',
    values: [
      { value: 'true', meaning: 'the Service decides; listeners from the console are overwritten' },
      { value: 'false', meaning: 'they stay as they are, and annotations about them do nothing' },
    ],
    source: 'CCM clbv1/model_applier.go',
    cases: [
      { sample: 'A reused load balancer', bad: 'True', fixed: 'true' },
      { sample: 'A reused load balancer', bad: 'on', fixed: 'true' },
    ],
  },
  {
    at: BACKEND_TYPE,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['eni', 'ecs'], others: 'ecs' },
    onBadValue: 'ignored',
    meaning: 'Whether the load balancer sends traffic to nodes or straight to pods.',
    default: 'by cluster: `ecs` with Flannel and on Terway clusters made before August 2020, `eni` on newer ones',
    values: [
      { value: 'eni', meaning: 'to pods: CLB alone decides, kube-proxy has no part (Terway only)' },
      { value: 'ecs', meaning: 'to nodes: kube-proxy there chooses the pod' },
    ],
    notes: ['Any text but the exact word `eni` means nodes.', 'It has no spelling with an older prefix.'],
    source: 'CCM pkg/controller/helper/service_utils.go IsENIBackendType',
    cases: [
      { sample: 'Layer 4: pods as backends', bad: 'ENI', fixed: 'eni' },
      { sample: 'Layer 4: pods as backends', bad: 'pod' },
    ],
  },
  {
    at: `${P}spec`,
    objects: ['Service'],
    grammar: {
      kind: 'word',
      words: ['slb.s1.small', 'slb.s2.small', 'slb.s2.medium', 'slb.s3.small', 'slb.s3.medium', 'slb.s3.large'],
    },
    onBadValue: 'refused by the cloud',
    meaning: 'The size of the instance; it has nothing to do with the protocol of its listeners.',
    notes: ['Billing by size is no longer sold; billing by use (PayByCLCU) does not allow a size.'],
    requires: [
      {
        needs: { at: `${P}instance-charge-type`, matches: /^paybyspec$/i },
        outcome: 'advice',
        why: 'A size counts only for an instance that is billed by it, and such instances are no longer sold.',
        remove: 'first',
        offers: [
          { set: [{ at: `${P}instance-charge-type`, value: 'PayBySpec' }], remark: 'for an instance that has it' },
        ],
      },
    ],
    source: 'CCM setRequest; the vendor’s page on annotations of a CLB',
    cases: [
      {
        sample: 'An instance that is billed by its size',
        without: `${P}instance-charge-type`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}instance-charge-type`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['PayByCLCU', 'PayBySpec'], anyCase: true },
    onBadValue: 'refused by the cloud',
    meaning: 'How the instance is billed.',
    default: 'PayByCLCU with newer controllers; sources disagree since which version',
    source: 'CCM model.InstanceChargeType',
    cases: [{ sample: 'An instance that is billed by its size', bad: 'PayBySize', fixed: 'PayBySpec' }],
  },
  {
    at: 'spec.externalTrafficPolicy',
    objects: ['Service'],
    grammar: { kind: 'word', words: ['Local', 'Cluster'] },
    onBadValue: 'refused by the API server',
    meaning: 'Which nodes get traffic: with Local only those that have pods.',
    requires: [
      { ...WEIGHED, whileTrue: [{ at: BACKEND_TYPE, is: ['ecs'] }] },
      // Left out, the network of the cluster decides; who pins clients on nodes has nodes as backends.
      {
        ...WEIGHED,
        whileTrue: [
          { at: BACKEND_TYPE, isNot: ['eni'] },
          { at: 'spec.sessionAffinity', is: ['ClientIP'] },
        ],
      },
    ],
    source: 'CCM clbv1/vgroups.go podNumberAlgorithm; the vendor’s page on annotations of a CLB',
    cases: [
      {
        sample: 'Layer 4: nodes as backends',
        without: `${P}scheduler`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  ...(
    [
      ['cert-id', 'The id of the certificate of an HTTPS listener.'],
      ['forward-port', 'Which HTTP listeners only redirect to an HTTPS one, as `80:443`; those carry no stickiness.'],
      ['vgroup-port', 'Backend groups that somebody else fills, as `group:port`; with a reused load balancer.'],
      ['hostname', 'A name to publish instead of the address, so that pods of the cluster go through CLB as well.'],
      ['connection-drain', 'Whether connections of a backend that goes may end by themselves.'],
      ['connection-drain-timeout', 'For how many seconds connections of a backend that goes may last.'],
      ['remove-unscheduled-backend', 'Whether cordoned nodes leave the backends, which breaks the sessions on them.'],
      ['proxy-protocol', 'Whether backends are told the client’s address in the PROXY protocol.'],
      ['established-timeout', 'After how many idle seconds a TCP connection ends; 10 to 900.'],
      ['idle-timeout', 'After how many idle seconds a connection of an HTTP listener ends; 1 to 60.'],
      ['request-timeout', 'For how many seconds an HTTP listener waits for an answer; 1 to 180.'],
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
      source: 'the vendor’s page on annotations of a CLB',
    }),
  ),
];

const CLB = [
  'Annotations hold for all listeners of the Service; to mix layers, split it into two.',
  'Taking an annotation out undoes nothing: unset means that the listener stays as it is. Write "0" or "off".',
  'A value that is no integer stops the whole Service; one out of range is sent to the cloud, which refuses it after ' +
    'the (billed) instance was made.',
  'With HTTP and HTTPS listeners nodes see addresses of the balancer, so `sessionAffinity: ClientIP` tells no ' +
    'clients apart.',
  'Changing the type away from LoadBalancer deletes the balancer that the controller made.',
  'The cookie of type insert is called SERVERID and comes with the first answer, but not with one of 4xx.',
  'Without a health check, which is off for HTTP and HTTPS listeners, dead backends keep their clients.',
  'A pod that calls the balancer’s address is led past it by kube-proxy, unless `hostname` is set.',
  'A port’s protocol that changes by `protocol-port` gets a new listener: connections drop.',
];

export const ALIBABA_CLB = {
  id: 'alibaba-clb',
  name: 'Alibaba Cloud CLB',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6 (2026-04-10, v2.14.0); ranges from the SLB API',
  link: {
    title: 'Alibaba Cloud: annotations of a CLB',
    url: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/add-annotations-to-the-yaml-file-of-a-service-to-configure-clb-instances',
  },
  detection: {
    service: {
      classes: [],
      withoutClass: true,
      conditions: [{ at: 'service.beta.kubernetes.io/class', written: false }],
    },
  },
  annotationPrefixes: ALIBABA_PREFIXES,
  olderPrefixes: [ALIBABA_PREFIXES[1]],
  otherAnnotations: [
    'acl-id',
    'acl-status',
    'acl-type',
    'additional-cert-ids',
    'additional-resource-tags',
    'backend-ip-version',
    'backend-label',
    'bandwidth',
    'charge-type',
    'default-weight',
    'delete-protection',
    'domain-extensions',
    'eip-tags',
    'enable-http2',
    'external-ip-type',
    'health-check-connect-port',
    'health-check-connect-timeout',
    'health-check-domain',
    'health-check-flag',
    'health-check-httpcode',
    'health-check-interval',
    'health-check-method',
    'health-check-switch',
    'health-check-timeout',
    'health-check-type',
    'health-check-uri',
    'healthy-threshold',
    'http2-enabled',
    'ignore-weight-update',
    'ip',
    'ip-version',
    'master-zoneid',
    'modification-protection',
    'name',
    'network-type',
    'ppv2-pvl-ep-id-enabled',
    'ppv2-pvl-eps-id-enabled',
    'ppv2-pvl-vpc-id-enabled',
    'preserve-lb-on-delete',
    'private-zone-id',
    'private-zone-name',
    'private-zone-record-name',
    'private-zone-record-ttl',
    'remark',
    'resource-group-id',
    'security-group-ids',
    'slave-zoneid',
    'slb-network-type',
    'tls-cipher-policy',
    'tunnel-type',
    'type',
    'unhealthy-threshold',
    'vswitch-id',
    'weight',
    'xforwardedfor-clientsrcport',
    'xforwardedfor-proto',
    'xforwardedfor-slbid',
    'xforwardedfor-slbip',
    'xforwardedfor-slbport',
    'zone-maps',
    'cps',
    'preserve-client-ip',
    'server-group-type',
    'listener-port-range',
    'cacert',
    'cacert-id',
    'alpn',
    'alpn-policy',
    'bandwidth-package-id',
    'ipv6-address-type',
    'cross-zone-enabled',
  ],
  families: [{ prefix: P, unknown: 'depends' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy does, where traffic comes through a node.',
    source: 'CCM: no reference under pkg/ and cmd/; GetServiceHash leaves it out',
  },
  stickiness: [
    { by: 'cookie', listeners: ['HTTP', 'HTTPS'], when: [{ at: `${P}sticky-session`, is: ['on'] }] },
    { by: 'consistent hash', listeners: ['TCP', 'UDP'], when: [{ at: `${P}scheduler`, is: ['sch'] }] },
    {
      by: 'source address',
      listeners: ['TCP'],
      when: [
        { at: `${P}persistence-timeout`, written: true },
        { at: `${P}persistence-timeout`, matches: /^\+?0*[1-9][0-9]*$/ },
      ],
      duration: { at: `${P}persistence-timeout`, counts: 'idle' },
    },
  ],
  targets: [
    { to: 'pods', when: [{ at: BACKEND_TYPE, is: ['eni'] }] },
    { to: 'nodes', when: [{ at: BACKEND_TYPE, written: true }] },
    { to: 'nodes', when: [], assumed: true },
  ],
  hidesClientOn: ['HTTP', 'HTTPS'],
  listeners: (service) => service.ports.map((port) => listenerProtocol(CLB_LISTENERS, service, port)),
  notes: CLB,
  recipes: [
    {
      title: 'by source address, for a TCP listener',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${P}persistence-timeout`, value: '1800' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
        { at: 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', value: '1800' },
      ],
    },
  ],
  mistakes: [
    'persistence-timeout next to protocol-port "https:443", where it has no effect (public manifests)',
    'id without force-override-listeners (public manifests; the vendor’s FAQ about Services)',
    'persistence-timeout meant as an idle timeout of connections (kubernetes/cloud-provider-alibaba-cloud#291, #296)',
    'persistence switched off with 0 before v1.9.3.276 (denverdino/aliyungo#389)',
  ],
  samples: [
    {
      title: 'Layer 4: nodes as backends',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler: "wrr"
    service.beta.kubernetes.io/backend-type: "ecs"
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  selector:
    app: web
  ports:
    - port: 80
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 1800
`,
    },
    {
      title: 'Layer 4: pods as backends',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'Layer 7: an inserted cookie, pods as backends',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'Layer 7 with TLS: an inserted cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80,https:443"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cert-id: "1234567890-cn-hangzhou"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "insert"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - name: http
      port: 80
    - name: https
      port: 443
`,
    },
    {
      title: 'Layer 7: the application’s cookie',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port: "http:80"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session-type: "server"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie: "JSESSIONID"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'A reused load balancer',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id: "lb-bp1abcdefghijklmn"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-force-override-listeners: "true"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: 'An instance that is billed by its size',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec: "slb.s1.small"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-instance-charge-type: "PayBySpec"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
    service.beta.kubernetes.io/backend-type: "eni"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: 'kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6, pkg/controller/service',
} as const satisfies ProductTable;

/** The protocols that `protocol-port` knows. */
export interface ListenerWords {
  readonly words: Readonly<Record<string, ListenerProtocol>>;
  /** Whether the controller takes them in any case. */
  readonly anyCase: boolean;
  /** What the annotation has to be, for a message. */
  readonly expected: string;
}

/**
 * What is wrong with `protocol-port`. The controller scans the entries until a port matches and gives up at the first
 * that it cannot read; an entry for a port that the Service does not have is never looked at.
 *
 * Source: CCM pkg/controller/service/clbv1/listeners.go, protocol; nlbv2/listeners.go, nlbListenerProtocol.
 */
export function judgeProtocolPort(known: ListenerWords, text: string, resource: Resource): ValueProblem | undefined {
  const { expected } = known;
  const entries = text.split(',');
  const areEntries = (candidates: readonly string[]): boolean =>
    candidates.every((entry) => /^[A-Za-z]+:\d+(?::.*)?$/.test(entry) && protocolOf(known, entry) !== undefined);
  if (!areEntries(entries)) {
    const meant = entries.map((entry) => (known.anyCase ? entry : entry.toLowerCase()).replace(/\s+/g, ''));
    const isMeant = areEntries(meant) && meant.every((entry) => entry.split(':').length === 2);
    return isMeant ? { expected, meant: meant.join() } : { expected };
  }
  const service = readService(resource);
  const ports = (service?.ports ?? []).map(({ port }) => (port.kind === 'value' ? port.value : undefined));
  const isOpen = service === undefined || service.portsOpen || ports.length === 0 || ports.includes(undefined);
  const strangers = entries.filter((entry) => !ports.includes(parseInteger(entry.split(':')[1] ?? '', 'go')));
  return isOpen || strangers.length === 0
    ? undefined
    : { expected: 'entries for ports of the Service only', outcome: 'ignored' };
}

function protocolOf({ words, anyCase }: ListenerWords, entry: string): ListenerProtocol | undefined {
  const [written = ''] = entry.split(':');
  const word = Object.keys(words).find((one) => one === written || (anyCase && one === written.toLowerCase()));
  return word === undefined ? undefined : words[word];
}

/**
 * The protocol of the listener that the CCM makes for a port: what `protocol-port` says of it, else the port's own.
 * `undefined` where a template or a malformed entry leaves it open.
 *
 * Source: CCM pkg/controller/service/clbv1/listeners.go, protocol: entries are scanned until the port matches.
 */
export function listenerProtocol(
  known: ListenerWords,
  service: Service,
  port: ServicePort,
): ListenerProtocol | undefined {
  const protocolPort = annotation(service, 'protocol-port');
  if (protocolPort.kind === 'unknown' || protocolPort.kind === 'invalid' || port.port.kind !== 'value') {
    return undefined;
  }
  const entries = protocolPort.kind === 'value' && protocolPort.value !== '' ? protocolPort.value.split(',') : [];
  for (const entry of entries) {
    const protocol = protocolOf(known, entry);
    const number = parseInteger(entry.split(':')[1] ?? '', 'go');
    if (protocol === undefined || number === undefined) {
      return undefined;
    }
    if (number === port.port.value) {
      return protocol;
    }
  }
  if (port.protocol.kind === 'absent') {
    return 'TCP';
  }
  const own = port.protocol.kind === 'value' ? port.protocol.value : undefined;
  return own === 'TCP' || own === 'UDP' ? own : undefined;
}

/** The current prefix wins where it is written, even with an empty value. Source: CCM AnnotationRequest.Get. */
function annotation({ resource: { annotations } }: Service, suffix: string): Located<string> {
  const [current, legacy] = ALIBABA_PREFIXES;
  const isCurrent = fieldAt(annotations, current + suffix).kind !== 'absent';
  return stringAt(annotations, (isCurrent ? current : legacy) + suffix);
}
