import { nearest } from '../../text/nearest.ts';
import type {
  Condition,
  NewSetting,
  ObjectKind,
  ProductTable,
  Requirement,
  Setting,
  ValueProblem,
} from '../product.ts';

const I = 'alb.ingress.kubernetes.io/';
/** What annotations of Services for a load balancer of AWS begin with, for this controller and the cloud provider. */
export const AWS_SERVICE_PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
const S = AWS_SERVICE_PREFIX;

const ALB_ATTRIBUTES = `${I}target-group-attributes`;
const NLB_ATTRIBUTES = `${S}target-group-attributes`;
const NLB_PORT_ATTRIBUTES = `${NLB_ATTRIBUTES}.*`;
const TARGET_TYPE = `${I}target-type`;
const NLB_TARGET_TYPE = `${S}nlb-target-type`;
const TYPE = `${S}type`;
const SCHEME = `${S}scheme`;
const ALB_ACTIONS = `${I}actions.*`;
const NLB_ACTIONS = 'service.beta.kubernetes.io/actions.*';

const CLASS = 'service.k8s.aws/nlb';

/** The same for clusters in EKS Auto Mode, whose own controller reads the same annotations, though not all of them. */
const AUTO_MODE = { service: 'eks.amazonaws.com/nlb', ingress: 'eks.amazonaws.com/alb' } as const;

/** The types that the cloud provider leaves to this controller. */
export const AWS_EXTERNAL_TYPES = ['external', 'nlb-ip'] as const;

/** What of a Service only this controller reads. */
export const AWS_CONTROLLER_KEYS = [NLB_TARGET_TYPE, SCHEME, NLB_PORT_ATTRIBUTES, NLB_ACTIONS] as const;

/** Attributes of target groups that are not about stickiness. */
const COMMON_ATTRIBUTES = [
  'deregistration_delay.timeout_seconds',
  'load_balancing.cross_zone.enabled',
  'target_group_health.dns_failover.minimum_healthy_targets.count',
  'target_group_health.dns_failover.minimum_healthy_targets.percentage',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
  'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage',
] as const;
const OTHER_ALB_ATTRIBUTES = [
  ...COMMON_ATTRIBUTES,
  'lambda.multi_value_headers.enabled',
  'load_balancing.algorithm.anomaly_mitigation',
  'load_balancing.algorithm.type',
  'slow_start.duration_seconds',
] as const;
const OTHER_NLB_ATTRIBUTES = [
  ...COMMON_ATTRIBUTES,
  'deregistration_delay.connection_termination.enabled',
  'preserve_client_ip.enabled',
  'proxy_protocol_v2.client_to_server.header_placement',
  'proxy_protocol_v2.enabled',
  'target_health_state.unhealthy.connection_termination.enabled',
  'target_health_state.unhealthy.draining_interval_seconds',
] as const;
const STICKY_ATTRIBUTES = [
  'stickiness.enabled',
  'stickiness.type',
  'stickiness.lb_cookie.duration_seconds',
  'stickiness.app_cookie.cookie_name',
  'stickiness.app_cookie.duration_seconds',
] as const;

const API = 'aws/aws-sdk-go-v2 service/elasticloadbalancingv2/types/types.go TargetGroupAttribute';
const REPOSITORY = 'kubernetes-sigs/aws-load-balancer-controller';
const INGRESS_PAGE = `${REPOSITORY} docs/guide/ingress/annotations.md`;
const SERVICE_PAGE = `${REPOSITORY} docs/guide/service/annotations.md`;
const PARSER = `${REPOSITORY} pkg/annotations/parser.go ParseStringMapAnnotation`;

const BY_COOKIE = 'ALB: a cookie of the balancer';
const BY_APPLICATION = 'ALB: the application’s cookie';
const WEIGHTED = 'ALB: two target groups by weight';
const BY_ADDRESS = 'NLB: by source address';
const BY_ADDRESS_AND_PORT = 'NLB: by source address, for one port';
const WITHOUT_CLASS = 'NLB without a class';

const LISTS = [
  'Items are `key=value`, separated by commas; one without `=` and nothing of the object is carried out any more.',
  'Names are not checked by the controller: a misspelt one goes to the cloud, which refuses it, again and again.',
  'Only what is written is set: taking the stickiness out leaves it on. Write `stickiness.enabled=false`.',
] as const;

/** A stickiness that is neither switched on nor off changes nothing. */
function needsSwitch(list: string): Requirement {
  return {
    needs: { at: `${list}#stickiness.enabled`, written: true },
    outcome: 'ignored',
    why: 'Stickiness is off unless stickiness.enabled=true says otherwise, and nothing tells.',
    offers: [{ set: [{ at: `${list}#stickiness.enabled`, value: 'true' }] }],
  };
}

const NEEDS_SWITCH = needsSwitch(ALB_ATTRIBUTES);
const WITHOUT_SWITCH = {
  without: `${ALB_ATTRIBUTES}#stickiness.enabled`,
  rule: 'setting-companion-missing',
  mended: 'otherwise',
} as const;

const IS_APPLICATION: Condition = { at: `${ALB_ATTRIBUTES}#stickiness.type`, is: ['app_cookie'] };
const NEEDS_APPLICATION: Requirement = {
  whileTrue: [{ at: `${ALB_ATTRIBUTES}#stickiness.enabled`, isNot: ['false'] }],
  needs: IS_APPLICATION,
  outcome: 'ignored',
  why: 'By default ALB uses a cookie of its own, and looks for no other.',
  offers: [{ set: [{ at: `${ALB_ATTRIBUTES}#stickiness.type`, value: 'app_cookie' }] }],
};

const DURATION = { kind: 'integer', minimum: 1, maximum: 604_800, unit: 'seconds' } as const;
const DURATIONS = [
  { value: '86400', meaning: '1 day' },
  { value: '3600', meaning: '1 hour' },
  { value: '604800', meaning: '1 week, the most' },
] as const;

const TO_PODS: NewSetting = { at: TARGET_TYPE, value: 'ip' };
const NEEDS_PODS = { needs: { at: TARGET_TYPE, is: ['ip'] }, offers: [{ set: [TO_PODS] }] } as const;

const ON_BOTH: readonly ObjectKind[] = ['Ingress', 'Service'];

const ALB_SETTINGS: readonly Setting[] = [
  {
    at: ALB_ATTRIBUTES,
    objects: ON_BOTH,
    grammar: { kind: 'attributes', otherKeys: OTHER_ALB_ATTRIBUTES, strict: true },
    onBadValue: 'refused by the controller',
    meaning: 'Attributes of the ALB’s target groups, among them how a client is kept on a target.',
    values: [
      {
        value: 'stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=86400',
        meaning: 'a cookie of the balancer, for a day',
      },
      {
        value: 'stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=JSESSIONID',
        meaning: 'the application’s cookie',
      },
      { value: 'stickiness.enabled=false', meaning: 'off; taking it out would leave it on' },
    ],
    notes: [
      ...LISTS,
      'On a Service behind the Ingress it holds for that Service’s target group, and wins over the Ingress.',
    ],
    source: `${INGRESS_PAGE}; ${PARSER}`,
    cases: [
      { bad: 'stickiness.enabled:true', fixed: 'stickiness.enabled=true' },
      { bad: 'stickiness.enabled=true,', fixed: 'stickiness.enabled=true' },
      { bad: 'stickiness.enabled' },
      { bad: 'stickness.enabled=true', fixed: 'stickiness.enabled=true', rule: 'annotation-unknown-key' },
      { good: 'deregistration_delay.timeout_seconds=30, stickiness.enabled = true' },
      { good: 'load_balancing.algorithm.type=least_outstanding_requests' },
    ],
  },
  {
    at: `${ALB_ATTRIBUTES}#stickiness.enabled`,
    objects: ON_BOTH,
    grammar: { kind: 'word', words: ['true', 'false'], on: 'true', off: 'false' },
    off: 'false',
    onBadValue: 'refused by the cloud',
    meaning: 'Whether ALB keeps a client on a target by a cookie.',
    default: 'false',
    values: [
      { value: 'true', meaning: 'by a cookie' },
      { value: 'false', meaning: 'each request may go to another target' },
    ],
    notes: ['Left out it stays as it is; only `false` switches it off.'],
    requires: [
      {
        ...NEEDS_PODS,
        whileTrue: [
          { at: TARGET_TYPE, is: ['instance'] },
          { at: 'spec.externalTrafficPolicy', isNot: ['Local'] },
        ],
        outcome: 'ignored',
        why: 'With target-type: instance the cookie names a node, and kube-proxy there chooses the pod anew each time.',
      },
      {
        ...NEEDS_PODS,
        whileTrue: [
          { at: 'kind', is: ['Ingress'] },
          { at: TARGET_TYPE, written: false },
        ],
        outcome: 'depends',
        why:
          'By default targets are nodes, where kube-proxy chooses the pod anew each time, unless the Service, ' +
          'IngressClassParams, a flag of the controller or EKS Auto Mode says otherwise.',
      },
    ],
    concept: 'cookie switch',
    source: `${INGRESS_PAGE}; ${API}`,
    cases: [
      { bad: 'True', fixed: 'true' },
      { bad: 'on', fixed: 'true' },
      { bad: 'lb_cookie' },
      { good: 'false' },
      { beside: { at: TARGET_TYPE, value: 'instance' }, rule: 'setting-companion-missing', mended: 'as it was' },
      { without: TARGET_TYPE, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: `${ALB_ATTRIBUTES}#stickiness.type`,
    objects: ON_BOTH,
    grammar: { kind: 'word', words: ['lb_cookie', 'app_cookie'] },
    onBadValue: 'refused by the cloud',
    meaning: 'Whose cookie it is that keeps a client on its target.',
    default: 'lb_cookie',
    values: [
      { value: 'lb_cookie', meaning: 'the balancer’s own, AWSALB' },
      { value: 'app_cookie', meaning: 'the application’s; needs stickiness.app_cookie.cookie_name' },
    ],
    notes: ['`source_ip` is for an NLB only.'],
    requires: [
      NEEDS_SWITCH,
      {
        when: ['app_cookie'],
        whileTrue: [{ at: `${ALB_ATTRIBUTES}#stickiness.enabled`, is: ['true'] }],
        needs: { at: `${ALB_ATTRIBUTES}#stickiness.app_cookie.cookie_name`, written: true },
        outcome: 'depends',
        why: 'ALB has to be told which cookie of the application to follow, unless it was told outside of this object.',
      },
    ],
    conflicts: [
      {
        when: ['app_cookie'],
        with: { at: `${ALB_ATTRIBUTES}#stickiness.lb_cookie.duration_seconds`, written: true },
        outcome: 'advice',
        why: 'With app_cookie it is stickiness.app_cookie.duration_seconds that counts.',
        remove: 'other',
      },
    ],
    source: `${INGRESS_PAGE}; ${API}`,
    cases: [
      { bad: 'source_ip' },
      { bad: 'lb-cookie', fixed: 'lb_cookie' },
      { bad: 'LB_COOKIE', fixed: 'lb_cookie' },
      WITHOUT_SWITCH,
      {
        sample: BY_APPLICATION,
        without: `${ALB_ATTRIBUTES}#stickiness.app_cookie.cookie_name`,
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
      {
        sample: BY_APPLICATION,
        beside: { at: `${ALB_ATTRIBUTES}#stickiness.lb_cookie.duration_seconds`, value: '3600' },
        rule: 'settings-contradict',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${ALB_ATTRIBUTES}#stickiness.lb_cookie.duration_seconds`,
    objects: ON_BOTH,
    grammar: DURATION,
    onBadValue: 'refused by the cloud',
    meaning: 'For how many seconds the balancer’s own cookie counts.',
    default: '86400',
    values: DURATIONS,
    requires: [NEEDS_SWITCH],
    concept: 'cookie lifetime',
    source: `${INGRESS_PAGE}; ${API}`,
    cases: [
      { bad: '0', fixed: '1' },
      { bad: '1000000', fixed: '604800' },
      { bad: '1h', fixed: '3600' },
      { bad: 'day' },
      WITHOUT_SWITCH,
    ],
  },
  {
    at: `${ALB_ATTRIBUTES}#stickiness.app_cookie.cookie_name`,
    objects: ON_BOTH,
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: 'not beginning with AWSALB',
      pattern: /^(?!AWSALB)/,
      minimumLength: 1,
    },
    onBadValue: 'refused by the cloud',
    meaning: 'The name of the application’s cookie that ALB follows.',
    values: [],
    notes: ['Names that begin with AWSALB are the balancer’s own.'],
    requires: [NEEDS_SWITCH, NEEDS_APPLICATION],
    source: `${INGRESS_PAGE}; ${API}`,
    cases: [
      { bad: 'AWSALB' },
      { bad: 'AWSALBAPP-0' },
      { good: 'JSESSIONID' },
      {
        without: `${ALB_ATTRIBUTES}#stickiness.type`,
        rule: 'setting-companion-missing',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${ALB_ATTRIBUTES}#stickiness.app_cookie.duration_seconds`,
    objects: ON_BOTH,
    grammar: DURATION,
    onBadValue: 'refused by the cloud',
    meaning: 'For how many seconds ALB follows the application’s cookie.',
    default: '86400',
    values: DURATIONS,
    requires: [NEEDS_SWITCH, NEEDS_APPLICATION],
    source: `${INGRESS_PAGE}; ${API}`,
    cases: [
      { bad: '0', fixed: '1' },
      { bad: '700000', fixed: '604800' },
      { bad: '60m', fixed: '3600' },
    ],
  },
  {
    at: TARGET_TYPE,
    objects: ON_BOTH,
    grammar: { kind: 'word', words: ['ip', 'instance'] },
    onBadValue: 'refused by the controller',
    meaning: 'Whether the targets are pods or the node ports of nodes.',
    default: 'instance, unless the controller was started with another',
    values: [
      { value: 'ip', meaning: 'to pods; needed for cookies to reach the same pod' },
      { value: 'instance', meaning: 'to nodes: kube-proxy there chooses the pod' },
    ],
    notes: ['IngressClassParams may set it for all Ingresses of a class, and wins.'],
    source: `${REPOSITORY} pkg/ingress/model_build_target_group.go buildTargetGroupTargetType`,
    cases: [{ bad: 'pod' }, { bad: 'IP', fixed: 'ip' }, { bad: 'nodes' }],
  },
  {
    at: ALB_ACTIONS,
    objects: ['Ingress'],
    grammar: { kind: 'own', what: 'JSON', judge: judgeAction },
    onBadValue: 'refused by the controller',
    meaning: 'What happens to requests for a backend of that name, in JSON.',
    values: [],
    notes: [
      'An action that forwards to several target groups needs `targetGroupStickinessConfig` to keep a client on one ' +
        'of them; `stickiness.enabled` keeps it on a target within one. With weights both are needed.',
      'Letters may be of any case in its keys.',
    ],
    requires: [
      {
        whileTrue: [
          { at: `${ALB_ATTRIBUTES}#stickiness.enabled`, is: ['true'] },
          { at: ALB_ACTIONS, matches: /^(?![\s\S]*"targetGroupStickinessConfig")[\s\S]*"weight"[\s\S]*"weight"/i },
        ],
        needs: { at: `${ALB_ACTIONS}#forwardConfig.targetGroupStickinessConfig`, written: true },
        outcome: 'depends',
        why:
          'stickiness.enabled keeps a client on a target of one group; between the groups of this action the weights ' +
          'choose anew. The documentation asks for both.',
      },
    ],
    source: `${INGRESS_PAGE}; ${REPOSITORY} pkg/ingress/config_types.go`,
    cases: [
      {
        bad: '{"type":"forward","forwardConfig":{"targetGroupStickinessConfig":{"enabled":true}}',
      },
      {
        bad:
          '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"a","servicePort":80,"weight":20},' +
          '{"serviceName":"b","servicePort":80,"weight":80}]}}',
        rule: 'setting-companion-missing',
      },
      {
        good:
          '{"type":"forward","forwardConfig":{"targetGroups":[{"serviceName":"a","servicePort":80,"weight":20},' +
          '{"serviceName":"b","servicePort":80,"weight":80}],"TargetGroupStickinessConfig":{"Enabled":true}}}',
      },
    ],
  },
  ...stickinessOfGroups(ALB_ACTIONS, 'Ingress', true),
];

/** What a forward action says of the stickiness between its target groups. */
function stickinessOfGroups(actions: string, on: ObjectKind, hasDuration: boolean): Setting[] {
  const at = `${actions}#forwardConfig.targetGroupStickinessConfig`;
  const source = `${REPOSITORY} pkg/ingress/config_types.go TargetGroupStickinessConfig`;
  const settings: Setting[] = [
    {
      at,
      objects: [on],
      grammar: { kind: 'object' },
      onBadValue: 'refused by the controller',
      meaning: 'Keeps a client on one of the target groups among which an action divides.',
      source,
    },
    {
      at: `${at}.enabled`,
      objects: [on],
      grammar: { kind: 'boolean' },
      onBadValue: 'refused by the controller',
      meaning: 'Whether a client is kept on one of the target groups.',
      source,
    },
    {
      at: `${at}.durationSeconds`,
      objects: [on],
      grammar: DURATION,
      onBadValue: 'refused by the cloud',
      meaning: 'For how many seconds a client is kept on its target group.',
      source: `${source}; aws/aws-sdk-go-v2 service/elasticloadbalancingv2/types/types.go TargetGroupStickinessConfig`,
    },
  ];
  return hasDuration ? settings : settings.slice(0, 2);
}

/** The list of attributes of an NLB’s target groups, for all ports or, with a port behind a dot, for one. */
function nlbAttributes(list: string, sample: string): Setting[] {
  const isForPort = list === NLB_PORT_ATTRIBUTES;
  const enabled = `${list}#stickiness.enabled`;
  const type = `${list}#stickiness.type`;
  const only = <T>(cases: readonly T[]): readonly T[] => (isForPort ? cases.slice(0, 1) : cases);
  return [
    {
      at: list,
      objects: ['Service'],
      grammar: { kind: 'attributes', otherKeys: OTHER_NLB_ATTRIBUTES, strict: true },
      onBadValue: 'refused by the controller',
      meaning: isForPort
        ? 'Attributes of the target group of one port, whose number follows the dot; they win over those for all.'
        : 'Attributes of the NLB’s target groups, among them whether a client is kept on a target.',
      values: [
        { value: 'stickiness.enabled=true,stickiness.type=source_ip', meaning: 'by the client’s address' },
        { value: 'stickiness.enabled=false', meaning: 'off; taking it out would leave it on' },
      ],
      notes: [...LISTS, ...(isForPort ? ['An empty value leaves the one for all ports in force.'] : [])],
      source: `${SERVICE_PAGE}; ${REPOSITORY} pkg/service/model_build_target_group.go buildTargetGroupAttributes`,
      cases: only([
        { sample, bad: 'stickiness.enabled:true', fixed: 'stickiness.enabled=true' },
        { sample, bad: 'stickiness.enabled=true,stickiness.type' },
        { sample, bad: 'stickness.enabled=true', fixed: 'stickiness.enabled=true', rule: 'annotation-unknown-key' },
        { sample, good: 'preserve_client_ip.enabled=true, deregistration_delay.timeout_seconds=120' },
      ]),
    },
    {
      at: enabled,
      objects: ['Service'],
      grammar: { kind: 'word', words: ['true', 'false'], on: 'true', off: 'false' },
      off: 'false',
      onBadValue: 'refused by the cloud',
      meaning: 'Whether NLB keeps a client on a target by its address.',
      default: 'false',
      values: [
        { value: 'true', meaning: 'by the client’s address' },
        { value: 'false', meaning: 'each connection may go to another target' },
      ],
      notes: ['Left out it stays as it is; only `false` switches it off.', 'It has no time of its own.'],
      conflicts: [
        {
          with: {
            anyOf: ['lb_cookie.duration_seconds', 'app_cookie.cookie_name', 'app_cookie.duration_seconds'].map(
              (part) => ({ at: `${list}#stickiness.${part}`, written: true }),
            ),
          },
          outcome: 'refused by the cloud',
          why: 'Cookies are a matter of an ALB; the target group of an NLB has no such attribute.',
          remove: 'other',
        },
      ],
      concept: 'source address switch',
      source: `${SERVICE_PAGE}; ${API}`,
      cases: only([
        { sample, bad: 'yes', fixed: 'true' },
        { sample, bad: 'source_ip' },
        { sample, good: 'false' },
        {
          sample,
          beside: { at: `${list}#stickiness.lb_cookie.duration_seconds`, value: '60' },
          rule: 'settings-contradict',
          mended: 'as it was',
        },
      ]),
    },
    {
      at: type,
      objects: ['Service'],
      grammar: { kind: 'own', what: 'source_ip', judge: judgeNlbType },
      onBadValue: 'refused by the cloud',
      meaning: 'By what a client is known; an NLB knows its address only.',
      values: [{ value: 'source_ip', meaning: 'by its address' }],
      notes: ['`lb_cookie` and `app_cookie` are for an ALB only.'],
      requires: [needsSwitch(list)],
      source: `${SERVICE_PAGE}; ${API}`,
      cases: only([
        { sample, bad: 'lb_cookie', fixed: 'source_ip' },
        { sample, bad: 'sourceIp', fixed: 'source_ip' },
        { sample, without: enabled, rule: 'setting-companion-missing', mended: 'otherwise' },
      ]),
    },
    ...['lb_cookie.duration_seconds', 'app_cookie.cookie_name', 'app_cookie.duration_seconds'].map(
      (part): Setting => ({
        at: `${list}#stickiness.${part}`,
        objects: ['Service'],
        grammar: { kind: 'text', what: 'nothing that an NLB knows' },
        onBadValue: 'refused by the cloud',
        meaning: 'An attribute of an ALB’s target groups, which those of an NLB do not have.',
        values: [],
        source: API,
      }),
    ),
  ];
}

const NLB_SETTINGS: readonly Setting[] = [
  ...nlbAttributes(NLB_ATTRIBUTES, BY_ADDRESS),
  ...nlbAttributes(NLB_PORT_ATTRIBUTES, BY_ADDRESS_AND_PORT),
  {
    at: NLB_TARGET_TYPE,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['ip', 'instance'], others: 'instance' },
    onBadValue: 'ignored',
    meaning: 'Whether the targets are pods or the node ports of nodes.',
    default: 'instance with a class; without one it has to be written',
    values: [
      { value: 'ip', meaning: 'to pods: NLB alone decides, kube-proxy has no part' },
      { value: 'instance', meaning: 'to nodes: kube-proxy there chooses the pod' },
    ],
    notes: [
      'With `ip`, `sessionAffinity` of the Service plays no part in traffic from outside.',
      'Client addresses are kept with `instance`, not with `ip`, unless `preserve_client_ip.enabled` says otherwise.',
    ],
    source: `${REPOSITORY} pkg/service/model_build_target_group.go buildTargetType`,
    cases: [
      { sample: BY_ADDRESS, bad: 'IP', fixed: 'ip' },
      { sample: BY_ADDRESS, bad: 'pod' },
    ],
  },
  {
    at: TYPE,
    objects: ['Service'],
    grammar: { kind: 'text', what: 'a type of load balancer' },
    onBadValue: 'ignored',
    meaning: 'Hands a Service without a class to this controller (`external`) and away from the cloud provider.',
    values: [
      { value: 'external', meaning: 'this controller; needs nlb-target-type' },
      { value: 'nlb-ip', meaning: 'this controller, to pods; an older way' },
    ],
    notes: [
      'A `loadBalancerClass` says more and makes it needless.',
      'It must not be added or changed once the Service exists: its load balancer would be left behind.',
    ],
    requires: [
      {
        when: ['external'],
        whileTrue: [{ at: 'spec.loadBalancerClass', written: false }],
        needs: { at: NLB_TARGET_TYPE, written: true },
        outcome: 'depends',
        why:
          'Without a class and without it no controller takes the Service, unless the controller’s webhook adds its ' +
          'class to new Services.',
        offers: [
          { set: [{ at: NLB_TARGET_TYPE, value: 'ip' }], remark: 'to pods' },
          { set: [{ at: NLB_TARGET_TYPE, value: 'instance' }], remark: 'to nodes' },
        ],
      },
    ],
    source: `${SERVICE_PAGE}; ${REPOSITORY} pkg/service/service_utils.go checkAWSLoadBalancerTypeAnnotation`,
    cases: [
      { sample: WITHOUT_CLASS, without: NLB_TARGET_TYPE, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: SCHEME,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['internal', 'internet-facing'] },
    onBadValue: 'refused by the controller',
    meaning: 'Whether the NLB is reached from the internet.',
    default: 'internal',
    values: [
      { value: 'internal', meaning: 'from inside' },
      { value: 'internet-facing', meaning: 'from the internet' },
    ],
    source: SERVICE_PAGE,
  },
  {
    at: NLB_ACTIONS,
    objects: ['Service'],
    grammar: { kind: 'own', what: 'JSON', judge: judgeAction },
    onBadValue: 'refused by the controller',
    meaning: 'What the listener of a port does, in JSON; the key ends in protocol and port, as `actions.TCP-80`.',
    values: [],
    notes: [
      'Where target groups of an action that divides are sticky, it needs `targetGroupStickinessConfig` as well.',
      'A TLS listener has no stickiness between target groups.',
    ],
    requires: [
      {
        whileTrue: [
          { at: `${NLB_ATTRIBUTES}#stickiness.enabled`, is: ['true'] },
          {
            at: NLB_ACTIONS,
            matches: /^(?![\s\S]*"targetGroupStickinessConfig")[\s\S]*"targetGroups"[\s\S]*"weight"/i,
          },
        ],
        needs: { at: `${NLB_ACTIONS}#forwardConfig.targetGroupStickinessConfig`, written: true },
        outcome: 'depends',
        why:
          'An action with several target groups of which one is sticky has to be sticky itself, by the documentation ' +
          'of the controller.',
      },
    ],
    source: `${SERVICE_PAGE}; ${REPOSITORY} pkg/service/model_build_listener.go`,
    cases: [
      { bad: '{"type":"forward","forwardConfig":{"targetGroupStickinessConfig":{"enabled":true}}' },
      {
        bad:
          '{"type":"forward","forwardConfig":{"baseServiceWeight":10,"targetGroups":[{"serviceName":"b",' +
          '"servicePort":80,"weight":20}]}}',
        rule: 'setting-companion-missing',
      },
    ],
  },
  ...stickinessOfGroups(NLB_ACTIONS, 'Service', false),
];

const RULES: readonly ObjectKind[] = ['ListenerRuleConfiguration.gateway.k8s.aws'];
const BALANCERS: readonly ObjectKind[] = ['LoadBalancerConfiguration.gateway.k8s.aws'];
const GROUPS: readonly ObjectKind[] = ['TargetGroupConfiguration.gateway.k8s.aws'];

const RULE_STICKINESS = 'spec.actions[].forwardConfig.targetGroupStickinessConfig';
const RULE_TYPES = `${REPOSITORY} apis/gateway/v1/listenerruleconfig_types.go TargetGroupStickinessConfig`;
const GROUP_TYPES = `${REPOSITORY} apis/gateway/v1/targetgroupconfig_types.go TargetGroupProps`;

/** Where a target group’s properties stand: for all routes, and for some. */
function groupProperties(at: string, cased: boolean): Setting[] {
  return [
    {
      at: `${at}.targetGroupAttributes`,
      objects: GROUPS,
      grammar: { kind: 'object' },
      onBadValue: 'refused by the API server',
      meaning: 'Attributes of the target group, as a list of `key` and `value`; the same as in the annotations.',
      notes: ['Values are text: `"true"`, `"3600"`.'],
      source: GROUP_TYPES,
    },
    {
      at: `${at}.targetGroupAttributes[].key`,
      objects: GROUPS,
      grammar: { kind: 'own', what: 'the name of an attribute', judge: judgeAttributeName },
      onBadValue: 'refused by the cloud',
      meaning: 'The name of an attribute, such as `stickiness.enabled`.',
      values: STICKY_ATTRIBUTES.map((value) => ({ value, meaning: ATTRIBUTE_MEANINGS[value] })),
      source: `${GROUP_TYPES}; ${API}`,
      cases: cased ? [{ bad: 'stickness.enabled', fixed: 'stickiness.enabled' }, { good: 'example.com' }] : [],
    },
    {
      at: `${at}.targetType`,
      objects: GROUPS,
      grammar: { kind: 'word', words: ['ip', 'instance'] },
      onBadValue: 'refused by the API server',
      meaning: 'Whether the targets are pods or the node ports of nodes.',
      values: [
        { value: 'ip', meaning: 'to pods' },
        { value: 'instance', meaning: 'to nodes: kube-proxy there chooses the pod' },
      ],
      source: GROUP_TYPES,
      cases: cased ? [{ bad: 'IP', fixed: 'ip' }, { bad: 'pod' }] : [],
    },
  ];
}

const ATTRIBUTE_MEANINGS: Readonly<Record<(typeof STICKY_ATTRIBUTES)[number], string>> = {
  'stickiness.enabled': 'whether a client is kept on a target',
  'stickiness.type': 'by what: lb_cookie or app_cookie on an ALB, source_ip on an NLB',
  'stickiness.lb_cookie.duration_seconds': 'for how long the balancer’s cookie counts',
  'stickiness.app_cookie.cookie_name': 'the application’s cookie',
  'stickiness.app_cookie.duration_seconds': 'for how long the application’s cookie is followed',
};

const GATEWAY_SETTINGS: readonly Setting[] = [
  {
    at: RULE_STICKINESS,
    objects: RULES,
    grammar: { kind: 'object' },
    onBadValue: 'refused by the API server',
    meaning: 'Keeps a client on one of the target groups among which a rule of an ALB divides.',
    source: RULE_TYPES,
  },
  {
    at: `${RULE_STICKINESS}.enabled`,
    objects: RULES,
    grammar: { kind: 'boolean' },
    off: 'false',
    onBadValue: 'refused by the API server',
    meaning: 'Whether a client is kept on one of the target groups.',
    default: 'false',
    source: RULE_TYPES,
    cases: [{ bad: 'lb_cookie' }],
  },
  {
    at: `${RULE_STICKINESS}.durationSeconds`,
    objects: RULES,
    grammar: DURATION,
    onBadValue: 'refused by the API server',
    meaning: 'For how many seconds a client is kept on its target group.',
    default: '3600',
    values: DURATIONS,
    requires: [
      {
        needs: { at: `${RULE_STICKINESS}.enabled`, written: true },
        outcome: 'ignored',
        why: 'Left out, enabled is false, and the time counts for nothing.',
        offers: [{ set: [{ at: `${RULE_STICKINESS}.enabled`, value: 'true' }] }],
      },
    ],
    source: RULE_TYPES,
    cases: [
      { bad: '0', fixed: '1' },
      { bad: '604801', fixed: '604800' },
      { without: `${RULE_STICKINESS}.enabled`, rule: 'setting-companion-missing', mended: 'as it was' },
    ],
  },
  {
    at: 'spec.listenerConfigurations[].targetGroupStickiness',
    objects: BALANCERS,
    grammar: { kind: 'boolean' },
    onBadValue: 'refused by the API server',
    meaning: 'Whether the listener of an NLB keeps a client on one of its weighted target groups.',
    source: `${REPOSITORY} apis/gateway/v1/loadbalancerconfig_types.go ListenerConfiguration`,
    cases: [{ bad: 'source_ip' }],
  },
  ...groupProperties('spec.defaultConfiguration', true),
  ...groupProperties('spec.routeConfigurations[].targetGroupProps', false),
];

/** A target group, and an action that divides among some and keeps a client on one of them. */
const group = (name: string, weight: number): string => `{"serviceName":"${name}","servicePort":80,"weight":${weight}}`;
const forward = (groups: string): string =>
  `{"type":"forward","forwardConfig":{"targetGroups":${groups},"targetGroupStickinessConfig":{"enabled":true}}}`;

/** An Ingress with these annotations. */
function ingress(annotations: string, backend = ''): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
${annotations}spec:
  ingressClassName: alb
  defaultBackend:
    service:
      name: ${backend === '' ? 'web' : backend}
      port:
        ${backend === '' ? 'number: 80' : 'name: use-annotation'}
`;
}

/** A Service with these annotations. */
function service(annotations: string, loadBalancerClass = '  loadBalancerClass: service.k8s.aws/nlb\n'): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
${annotations}spec:
  type: LoadBalancer
${loadBalancerClass}  selector:
    app: web
  ports:
    - port: 443
`;
}

export const AWS_LOAD_BALANCER_CONTROLLER = {
  id: 'aws-load-balancer-controller',
  name: 'AWS Load Balancer Controller',
  kind: 'load balancer',
  verification: 'source',
  basis: 'kubernetes-sigs/aws-load-balancer-controller at 225f44568 (2026-08-17); attributes from the AWS API',
  link: {
    title: 'AWS Load Balancer Controller: annotations of an Ingress',
    url: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  },
  detection: {
    service: {
      classes: [CLASS, AUTO_MODE.service],
      withoutClass: false,
      claimedBy: [
        {
          anyOf: [
            { at: TYPE, is: AWS_EXTERNAL_TYPES },
            ...AWS_CONTROLLER_KEYS.map((at): Condition => ({ at, written: true })),
          ],
        },
      ],
    },
    ingress: { controllers: ['ingress.k8s.aws/alb', AUTO_MODE.ingress], classNames: ['alb'] },
  },
  annotationPrefixes: [I],
  otherAnnotations: [
    'acm-pca-arn',
    'auth-idp-cognito',
    'auth-idp-oidc',
    'auth-on-unauthenticated-request',
    'auth-scope',
    'auth-session-cookie',
    'auth-session-timeout',
    'auth-type',
    'backend-protocol-version',
    'certificate-arn',
    'create-acm-cert',
    'customer-owned-ipv4-pool',
    'dry-run-plan',
    'enable-frontend-nlb',
    'frontend-nlb-attributes',
    'frontend-nlb-scheme',
    'frontend-nlb-subnets',
    'group.name',
    'group.order',
    'healthcheck-port',
    'inbound-cidrs',
    'ip-address-type',
    'ipam-ipv4-pool-id',
    'jwt-validation',
    'load-balancer-attributes',
    'load-balancer-name',
    'manage-backend-security-group-rules',
    'minimum-load-balancer-capacity',
    'multi-cluster-target-group',
    'mutual-authentication',
    'scheme',
    'security-group-prefix-lists',
    'security-groups',
    'shield-advanced-protection',
    'ssl-policy',
    'subnets',
    'success-codes',
    'tags',
    'target-control-port',
    'target-node-labels',
    'use-regex-path-match',
    'waf-acl-id',
    'wafv2-acl-arn',
    'wafv2-acl-name',
    'web-acl-id',
  ],
  settings: [...ALB_SETTINGS, ...NLB_SETTINGS, ...GATEWAY_SETTINGS],
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy does, where the targets are nodes.',
    source: 'kubernetes-sigs/aws-load-balancer-controller pkg/service: no reference to SessionAffinity',
  },
  stickiness: [
    {
      by: 'cookie',
      when: [
        { at: 'kind', is: ['Ingress'] },
        { at: `${ALB_ATTRIBUTES}#stickiness.enabled`, is: ['true'] },
        IS_APPLICATION,
      ],
      duration: {
        at: `${ALB_ATTRIBUTES}#stickiness.app_cookie.duration_seconds`,
        defaultSeconds: 86_400,
        counts: 'since it was set',
      },
    },
    {
      by: 'cookie',
      when: [
        { at: 'kind', is: ['Ingress'] },
        { at: `${ALB_ATTRIBUTES}#stickiness.enabled`, is: ['true'] },
      ],
      duration: {
        at: `${ALB_ATTRIBUTES}#stickiness.lb_cookie.duration_seconds`,
        defaultSeconds: 86_400,
        counts: 'since it was set',
      },
    },
    {
      by: 'source address',
      when: [
        { at: 'kind', is: ['Service'] },
        { at: `${NLB_ATTRIBUTES}#stickiness.enabled`, is: ['true'] },
      ],
    },
  ],
  targets: [
    {
      to: 'pods',
      when: [
        {
          anyOf: [
            { at: NLB_TARGET_TYPE, is: ['ip'] },
            { at: TYPE, is: ['nlb-ip'] },
            { at: TARGET_TYPE, is: ['ip'] },
          ],
        },
      ],
    },
    {
      to: 'nodes',
      when: [
        {
          anyOf: [
            { at: NLB_TARGET_TYPE, written: true },
            { at: TARGET_TYPE, written: true },
          ],
        },
      ],
    },
    { to: 'nodes', when: [], assumed: true },
  ],
  notes: [
    'An ALB stands for Ingresses and keeps clients by cookies; an NLB stands for Services and keeps them by address.',
    'Since 2.5 its webhook gives every new Service of type LoadBalancer its class, unless that was switched off.',
    'Only attributes that are written are set. To switch stickiness off, write `stickiness.enabled=false`.',
    'Annotations of a Service win over those of the Ingress that leads to it.',
    'The ALB Ingress controller of Alibaba Cloud has the same prefix; which of the two reads a key, the class decides.',
    'EKS Auto Mode has a controller of its own (classes of `eks.amazonaws.com`), which reads much of the same and ' +
      'has other defaults.',
  ],
  recipes: [
    {
      title: 'by a cookie of the balancer',
      on: 'Ingress',
      set: [
        TO_PODS,
        { at: ALB_ATTRIBUTES, value: 'stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=86400' },
      ],
    },
    {
      title: 'by the application’s cookie',
      on: 'Ingress',
      set: [
        TO_PODS,
        {
          at: ALB_ATTRIBUTES,
          value: 'stickiness.enabled=true,stickiness.type=app_cookie,stickiness.app_cookie.cookie_name=JSESSIONID',
        },
      ],
    },
    {
      title: 'by source address, with an NLB',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.loadBalancerClass', value: CLASS },
        { at: NLB_TARGET_TYPE, value: 'ip' },
        { at: NLB_ATTRIBUTES, value: 'stickiness.enabled=true,stickiness.type=source_ip' },
      ],
    },
  ],
  mistakes: [
    'misspelt attributes and no target-type: ip (kubernetes-sigs/aws-load-balancer-controller#895, #1313, #1614, #136)',
    'stickiness of target groups and of a forward action mixed up (kubernetes-sigs/aws-load-balancer-controller#2494)',
    'an annotation of its own looked for (kubernetes-sigs/aws-load-balancer-controller#300, #2778)',
    'an NLB that keeps a client on a node, not on a pod (kubernetes-sigs/aws-load-balancer-controller#1570)',
    'ClientIP of a Service expected to reach the balancer (zalando-incubator/kube-ingress-aws-controller#267)',
  ],
  samples: [
    {
      title: BY_COOKIE,
      manifest: ingress(`    ${TARGET_TYPE}: "ip"
    ${ALB_ATTRIBUTES}: "stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=3600"
`),
    },
    {
      title: BY_APPLICATION,
      manifest: ingress(`    ${TARGET_TYPE}: "ip"
    ${ALB_ATTRIBUTES}: "${[
      'stickiness.enabled=true',
      'stickiness.type=app_cookie',
      'stickiness.app_cookie.cookie_name=JSESSIONID',
      'stickiness.app_cookie.duration_seconds=3600',
    ].join()}"
`),
    },
    {
      title: 'ALB: attributes in several lines',
      manifest: ingress(`    ${TARGET_TYPE}: "ip"
    ${ALB_ATTRIBUTES}: >-
      stickiness.enabled=true,
      stickiness.type=lb_cookie,
      stickiness.lb_cookie.duration_seconds=3600,
      deregistration_delay.timeout_seconds=30
`),
    },
    {
      title: 'ALB: set on a Service behind the Ingress',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    ${TARGET_TYPE}: "ip"
    ${ALB_ATTRIBUTES}: "stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=3600"
spec:
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: WEIGHTED,
      manifest: ingress(
        `    ${TARGET_TYPE}: "ip"
    ${ALB_ATTRIBUTES}: "stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=3600"
    ${I}actions.divided: '${forward(`[${group('a', 50)},${group('b', 50)}]`)}'
`,
        'divided',
      ),
    },
    {
      title: BY_ADDRESS,
      manifest: service(`    ${SCHEME}: "internet-facing"
    ${NLB_TARGET_TYPE}: "ip"
    ${NLB_ATTRIBUTES}: "stickiness.enabled=true,stickiness.type=source_ip"
`),
    },
    {
      title: BY_ADDRESS_AND_PORT,
      manifest: service(`    ${NLB_TARGET_TYPE}: "ip"
    ${NLB_ATTRIBUTES}.443: "stickiness.enabled=true,stickiness.type=source_ip"
`),
    },
    {
      title: WITHOUT_CLASS,
      manifest: service(
        `    ${TYPE}: "external"
    ${NLB_TARGET_TYPE}: "ip"
    ${NLB_ATTRIBUTES}: "stickiness.enabled=true,stickiness.type=source_ip"
`,
        '',
      ),
    },
    {
      title: 'NLB: two target groups by weight',
      manifest: service(`    ${NLB_TARGET_TYPE}: "ip"
    ${NLB_ATTRIBUTES}: "stickiness.enabled=true,stickiness.type=source_ip"
    service.beta.kubernetes.io/actions.TCP-443: '${forward(`[${group('b', 20)}]`)}'
`),
    },
    {
      title: 'Gateway API: a rule that divides',
      manifest: `apiVersion: gateway.k8s.aws/v1
kind: ListenerRuleConfiguration
metadata:
  name: web
spec:
  actions:
    - type: forward
      forwardConfig:
        targetGroupStickinessConfig:
          enabled: true
          durationSeconds: 3600
`,
    },
    {
      title: 'Gateway API: an NLB with weighted target groups',
      manifest: `apiVersion: gateway.k8s.aws/v1
kind: LoadBalancerConfiguration
metadata:
  name: web
spec:
  listenerConfigurations:
    - protocolPort: TCP:443
      targetGroupStickiness: true
`,
    },
    {
      title: 'Gateway API: sticky targets',
      manifest: `apiVersion: gateway.k8s.aws/v1
kind: TargetGroupConfiguration
metadata:
  name: web
spec:
  targetReference:
    name: web
  defaultConfiguration:
    targetType: ip
    targetGroupAttributes:
      - key: stickiness.enabled
        value: "true"
      - key: stickiness.type
        value: lb_cookie
`,
    },
  ],
  source: 'kubernetes-sigs/aws-load-balancer-controller at 225f44568',
} as const satisfies ProductTable;

/** An action’s JSON that cannot be read; only what speaks of stickiness is any business of ours. */
function judgeAction(text: string): ValueProblem | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return /stickiness/i.test(text) ? { expected: 'an action in JSON' } : undefined;
  }
}

/** An NLB knows addresses only, so there is no doubt what to write instead of the words of an ALB. */
function judgeNlbType(text: string): ValueProblem | undefined {
  const isWord = /^(?:lb_?cookie|app_?cookie|source[_-]?ip|client[_-]?ip)$/i.test(text);
  const expected = 'source_ip on an NLB';
  return text === 'source_ip' ? undefined : isWord ? { expected, meant: 'source_ip' } : { expected };
}

/** Only names that are near to one that is known are surely wrong; the cloud has new ones now and then. */
function judgeAttributeName(text: string): ValueProblem | undefined {
  const known: readonly string[] = [...STICKY_ATTRIBUTES, ...OTHER_ALB_ATTRIBUTES, ...OTHER_NLB_ATTRIBUTES];
  const meant = known.includes(text) ? undefined : nearest(text, known);
  return meant === undefined ? undefined : { expected: `attributes such as ${meant}`, meant };
}
