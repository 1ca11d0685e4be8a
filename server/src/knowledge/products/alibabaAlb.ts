import type { ProductTable, Requirement, Setting, ValueProblem } from '../product.ts';

const P = 'alb.ingress.kubernetes.io/';

const BUILDER =
  'alibaba/alibaba-load-balancer-controller ' +
  'pkg/controller/ingress/reconcile/builder/albconfig_manager/model_build_server_group.go';
const VALIDATOR = 'alibaba/alibaba-load-balancer-controller pkg/provider/alibaba/alb/server_group.go';

const CLB_KEYS = 'A CLB spells the same with `on` and in lower case, and on the Service.';

/** The cookie’s settings are read, but sent for nothing. */
const NEEDS_SWITCH: Requirement = {
  needs: { at: `${P}sticky-session`, written: true },
  outcome: 'ignored',
  why: 'Without sticky-session: "true" the server group has no cookie, and no event tells.',
  offers: [{ set: [{ at: `${P}sticky-session`, value: 'true' }] }],
};

const NEEDED = { without: `${P}sticky-session`, rule: 'setting-companion-missing', mended: 'as it was' } as const;

const BY_COOKIE = 'By a cookie of the balancer';
const BY_PARAMETER = 'By a hash of a parameter';

const ON_SERVICE = {
  on: 'Service',
  outcome: 'ignored',
  why: 'The ALB Ingress controller reads it from the Ingress that leads to the Service.',
} as const;

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}sticky-session`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: ['true', 'false'], on: 'true', off: 'false', others: 'false' },
    off: 'false',
    onBadValue: 'ignored',
    meaning: 'Whether ALB keeps a client on a server of the group by a cookie, for all paths of the Ingress.',
    default: 'false',
    values: [
      { value: 'true', meaning: 'by a cookie' },
      { value: 'false', meaning: 'each request may go to another server' },
    ],
    notes: [
      'Anything but the exact word `true` is off, and nothing tells.',
      CLB_KEYS,
      'The servers are pods only where the Service has network interfaces as backends; else they are nodes.',
      'The Ingress code in the cloud controller manager always switches it off; the ALB Ingress controller reads it.',
    ],
    conflicts: [
      {
        when: ['true'],
        with: { at: `${P}sticky-session-type`, is: ['Server'] },
        outcome: 'depends',
        why:
          'The open-source controller passes no cookie name and then refuses type Server for the lack of one; ' +
          'whether the vendor’s own does, is not known.',
        remove: 'other',
      },
    ],
    misplaced: [ON_SERVICE],
    concept: 'cookie switch',
    source: `${BUILDER} buildServerGroupStickySessionConfig`,
    cases: [
      { bad: 'on', fixed: 'true' },
      { bad: 'True', fixed: 'true' },
      { bad: 'cookie' },
      { sample: 'Switched off', good: 'false' },
      {
        beside: { at: `${P}sticky-session-type`, value: 'Server' },
        rule: 'settings-contradict',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${P}sticky-session-type`,
    objects: ['Ingress'],
    grammar: {
      kind: 'own',
      what: 'Insert or Server',
      judge: judgeType,
    },
    onBadValue: 'refused by the controller',
    meaning: 'Whose cookie it is that keeps a client on its server.',
    default: 'Insert',
    values: [
      { value: 'Insert', meaning: 'the balancer’s own, SERVERID' },
      { value: 'Server', meaning: 'the application’s, rewritten; see its notes' },
    ],
    notes: [
      CLB_KEYS,
      '`Server` needs the name of a cookie, which no annotation states: the open-source controller always refuses it.',
    ],
    requires: [NEEDS_SWITCH],
    misplaced: [ON_SERVICE],
    source: `${BUILDER} buildServerGroupStickySessionConfig; ${VALIDATOR} checkStickySessionConfigValid`,
    cases: [{ bad: 'insert', fixed: 'Insert' }, { bad: 'cookie' }, NEEDED],
  },
  {
    at: `${P}cookie-timeout`,
    objects: ['Ingress'],
    grammar: { kind: 'integer', minimum: 1, maximum: 86_400, unit: 'seconds', syntax: 'go' },
    onBadValue: 'refused by the controller',
    onUnreadableValue: 'default instead',
    meaning: 'For how many seconds the cookie counts that the balancer inserts.',
    default: '1000',
    values: [
      { value: '1800', meaning: '30 minutes' },
      { value: '3600', meaning: '1 hour' },
      { value: '86400', meaning: '1 day, the most' },
    ],
    requires: [NEEDS_SWITCH],
    misplaced: [ON_SERVICE],
    concept: 'cookie lifetime',
    source: `${BUILDER} buildServerGroupStickySessionConfig; ${VALIDATOR} checkStickySessionConfigValid`,
    cases: [
      { bad: '0', fixed: '1' },
      { bad: '172800', fixed: '86400' },
      { bad: '30m', fixed: '1800' },
      { bad: 'long' },
      { good: '86400' },
      NEEDED,
    ],
  },
  {
    at: `${P}backend-scheduler`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: ['wrr', 'wlc', 'sch', 'uch'] },
    onBadValue: 'refused by the controller',
    meaning: 'How ALB chooses a server for a request without a cookie.',
    default: 'wrr',
    values: [
      { value: 'wrr', meaning: 'in turn, by weight' },
      { value: 'wlc', meaning: 'the one with the fewest connections, by weight' },
      { value: 'sch', meaning: 'by a hash of the client’s address' },
      { value: 'uch', meaning: 'by a hash of a URL parameter; needs backend-scheduler-uch-value' },
    ],
    requires: [
      {
        when: ['uch'],
        needs: { at: `${P}backend-scheduler-uch-value`, written: true },
        outcome: 'refused by the controller',
        why: 'The hash needs the name of the parameter from which it is made.',
      },
    ],
    misplaced: [ON_SERVICE],
    source: `${BUILDER} checkBackendSchedulerAnnotations; ${VALIDATOR} checkUchConfigValid`,
    cases: [
      { bad: 'WRR', fixed: 'wrr' },
      { bad: 'ip_hash' },
      {
        sample: BY_PARAMETER,
        without: `${P}backend-scheduler-uch-value`,
        rule: 'setting-companion-missing',
        mended: 'by hand',
      },
    ],
  },
  {
    at: `${P}backend-scheduler-uch-value`,
    objects: ['Ingress'],
    grammar: { kind: 'text', what: 'the name of a URL parameter' },
    onBadValue: 'ignored',
    meaning: 'The URL parameter whose value decides the server, with `backend-scheduler: "uch"`.',
    values: [],
    requires: [
      {
        needs: { at: `${P}backend-scheduler`, is: ['uch'] },
        outcome: 'ignored',
        why: 'Only the hash uch looks at a parameter.',
        offers: [{ set: [{ at: `${P}backend-scheduler`, value: 'uch' }] }],
        remove: 'last',
      },
    ],
    misplaced: [ON_SERVICE],
    concept: 'hash key',
    source: `${BUILDER} buildServerGroupUchSchedulerConfig`,
    cases: [
      {
        sample: BY_PARAMETER,
        without: `${P}backend-scheduler`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: `${P}actions.*`,
    objects: ['Ingress'],
    grammar: { kind: 'text', what: 'a list of actions in JSON' },
    onBadValue: 'depends',
    meaning: 'What happens to requests for a backend of that name, as a list in JSON.',
    values: [],
    notes: [
      'An action that forwards to several server groups keeps a client on one of them with ' +
        '`ServerGroupStickySession` (`Enabled`, and `Timeout` of 1 to 86400 seconds).',
    ],
    source: 'alibaba/alibaba-load-balancer-controller pkg/model/alb/configcache/config_types.go ForwardActionConfig',
  },
];

/** An Ingress with these annotations. */
function manifest(annotations: readonly string[]): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
${annotations.map((annotation) => `    ${P}${annotation}\n`).join('')}spec:
  ingressClassName: alb
  rules:
    - host: web.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service:
                name: web
                port:
                  number: 80
`;
}

export const ALIBABA_ALB = {
  id: 'alibaba-alb',
  name: 'Alibaba Cloud ALB Ingress',
  kind: 'ingress controller',
  verification: 'partial',
  basis: 'alibaba/alibaba-load-balancer-controller at c277108 (2024-09-13); the vendor’s own controller may differ',
  link: {
    title: 'Alibaba Cloud: annotations of an ALB Ingress',
    url: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/alb-ingress-configuration-dictionary',
  },
  // Its class is called alb as well; that name alone stands for the other controller with this prefix, and keys tell.
  detection: { ingress: { controllers: ['ingress.k8s.alibabacloud/alb'], classNames: [] } },
  annotationPrefixes: [P],
  otherAnnotations: [
    'access-log',
    'address-allocated-mode',
    'address-type',
    'backend-keepalive',
    'backend-label',
    'canary',
    'canary-by-cookie',
    'canary-by-header',
    'canary-by-header-value',
    'canary-weight',
    'charge-type',
    'cors-allow-credentials',
    'cors-allow-headers',
    'cors-allow-methods',
    'cors-allow-origin',
    'cors-expose-headers',
    'cors-max-age',
    'edition',
    'enable-cors',
    'force-override-listeners',
    'healthcheck-code',
    'healthcheck-connect-port',
    'healthcheck-enabled',
    'healthcheck-httpcode',
    'healthcheck-httpversion',
    'healthcheck-method',
    'id',
    'name',
    'order',
    'remove-unscheduled-backend',
    'rewrite-target',
    'server-group-id',
    'traffic-limit-ip-qps',
    'traffic-limit-qps',
    'use-regex',
    'vswitch-ids',
  ],
  families: [{ prefix: `${P}sticky-session`, unknown: 'depends' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller never reads it; only kube-proxy does, where the servers of the group are nodes.',
    source: BUILDER,
  },
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${P}sticky-session`, is: ['true'] }],
      duration: { at: `${P}cookie-timeout`, defaultSeconds: 1000, counts: 'since it was set' },
    },
    { by: 'consistent hash', when: [{ at: `${P}backend-scheduler`, is: ['sch', 'uch'] }] },
  ],
  targets: [{ to: 'nodes', when: [], assumed: true }],
  hidesClientOn: ['HTTP', 'HTTPS'],
  notes: [
    'The cookie names a server of the group: a pod with network interfaces as backends, else a node, where ' +
      'kube-proxy chooses the pod for addresses of the balancer.',
    'With nodes as servers, `externalTrafficPolicy: Local` and one pod a node reach the same pod.',
    'Services of type ClusterIP need network interfaces as backends.',
    'The AWS Load Balancer Controller has the same prefix; which of the two reads a key, the IngressClass decides.',
    'One Ingress has one cookie setting for all of its backends.',
  ],
  recipes: [
    {
      title: 'by a cookie of the balancer',
      on: 'Ingress',
      set: [
        { at: `${P}sticky-session`, value: 'true' },
        { at: `${P}sticky-session-type`, value: 'Insert' },
        { at: `${P}cookie-timeout`, value: '1800' },
      ],
    },
  ],
  mistakes: [
    'words of a CLB, on and insert, for true and Insert (public manifests)',
    'keys of the AWS Load Balancer Controller, which has the same prefix (kubernetes/cloud-provider-alibaba-cloud)',
  ],
  samples: [
    {
      title: BY_COOKIE,
      manifest: manifest([
        'sticky-session: "true"',
        'sticky-session-type: "Insert"',
        'cookie-timeout: "1800"',
        'backend-scheduler: "wrr"',
      ]),
    },
    { title: 'Switched off', manifest: manifest(['sticky-session: "false"', 'cookie-timeout: "1800"']) },
    {
      title: BY_PARAMETER,
      manifest: manifest(['backend-scheduler: "uch"', 'backend-scheduler-uch-value: "session"']),
    },
  ],
  source: 'alibaba/alibaba-load-balancer-controller at c277108',
} as const satisfies ProductTable;

/** The controller lets any case pass and hands on what is written; what the cloud makes of that, nobody says. */
function judgeType(text: string): ValueProblem | undefined {
  const meant = ['Insert', 'Server'].find((word) => word.toLowerCase() === text.toLowerCase());
  const expected = 'Insert or Server';
  return meant === text ? undefined : meant === undefined ? { expected } : { expected, meant, outcome: 'depends' };
}
