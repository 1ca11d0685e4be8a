import type { OfferedValue, ProductTable, Setting, ValueProblem } from '../product.ts';

const P = 'zalando.org/';

const SOURCE =
  'zalando/skipper dataclients/kubernetes/definitions/ingressv1.go, ingressvalidator.go; loadbalancer/algorithm.go';

const ALGORITHMS: readonly OfferedValue[] = [
  { value: 'consistentHash', meaning: 'by a hash of the client’s address or of consistentHashKey' },
  { value: 'roundRobin', meaning: 'in turn' },
  { value: 'random', meaning: 'at random' },
  { value: 'powerOfRandomNChoices', meaning: 'the one with fewer requests of some' },
  { value: 'weightedRoundRobin', meaning: 'in turn, by how well they answer' },
  { value: 'leastRequests', meaning: 'the one with the least load' },
];

const WORDS = ALGORITHMS.map(({ value }) => value);

const USES_HASH = /\bconsistentHash(?:Key|BalanceFactor)\s*\(/;

const BOUNDED = 'By the client’s address, with a bound';

/** Of the filters only those of the hash are looked at. */
function judgeFilters(text: string): ValueProblem | undefined {
  for (const [, argument = ''] of text.matchAll(/\bconsistentHashBalanceFactor\s*\(([^)]*)\)/g)) {
    const factor = argument.trim();
    if (!/^\d+(?:\.\d+)?$/.test(factor) || Number(factor) < 1) {
      return { expected: 'one number of at least 1 in consistentHashBalanceFactor(…)' };
    }
  }
  for (const [, argument = ''] of text.matchAll(/\bconsistentHashKey\s{0,10}\(([^)]{0,1000})\)/g)) {
    if (!/^\s*["`]/.test(argument)) {
      return { expected: 'one quoted text in consistentHashKey(…)' };
    }
  }
  return undefined;
}

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}skipper-loadbalancer`,
    objects: ['Ingress'],
    grammar: { kind: 'word', words: WORDS },
    onBadValue: 'refused by the controller',
    meaning: 'By what a pod is chosen; only `consistentHash` keeps a client on its pod.',
    default: 'roundRobin, unless a flag of Skipper says otherwise',
    values: ALGORITHMS,
    notes: [
      'Over a word that it does not know Skipper drops the routes of the Ingress and logs an error.',
      'The hash is of the first address in X-Forwarded-For, else of the client’s own.',
    ],
    misplaced: [
      { on: 'Service', outcome: 'ignored', why: 'Skipper reads it from the Ingress that leads to the Service.' },
    ],
    concept: 'source address switch',
    source: SOURCE,
    cases: [
      { bad: 'consistenthash', fixed: 'consistentHash' },
      { bad: 'consistent-hash', fixed: 'consistentHash' },
      { bad: 'cookie' },
      { good: 'random' },
    ],
  },
  {
    at: `${P}skipper-filter`,
    objects: ['Ingress'],
    grammar: { kind: 'own', what: 'filters of Skipper, joined by ->', judge: judgeFilters },
    onBadValue: 'refused by the controller',
    meaning:
      'Filters for the requests of the Ingress; `consistentHashKey("…")` says what the hash is of and ' +
      '`consistentHashBalanceFactor(1.25)` bounds the load of one pod.',
    values: [
      { value: `consistentHashKey("\${request.header.Authorization}")`, meaning: 'a hash of a header' },
      { value: `consistentHashKey("\${request.cookie.session}")`, meaning: 'a hash of a cookie' },
    ],
    notes: [
      'A key without a placeholder is the same for all, so that all requests go to one pod.',
      'Where a placeholder has no value, the key is the client’s address.',
    ],
    requires: [
      {
        whileTrue: [
          { at: `${P}skipper-filter`, matches: USES_HASH },
          { at: `${P}skipper-loadbalancer`, written: true },
        ],
        needs: { at: `${P}skipper-loadbalancer`, is: ['consistentHash'] },
        outcome: 'ignored',
        why: 'Only consistentHash looks at what these filters say.',
        offers: [{ set: [{ at: `${P}skipper-loadbalancer`, value: 'consistentHash' }] }],
      },
      {
        whileTrue: [{ at: `${P}skipper-filter`, matches: USES_HASH }],
        needs: { at: `${P}skipper-loadbalancer`, is: ['consistentHash'] },
        outcome: 'depends',
        why: 'Unless a flag of Skipper makes consistentHash the default, nothing looks at what these filters say.',
        offers: [{ set: [{ at: `${P}skipper-loadbalancer`, value: 'consistentHash' }] }],
      },
    ],
    source: 'zalando/skipper filters/consistenthash/key.go, balancefactor.go; docs/reference/filters.md',
    cases: [
      { sample: BOUNDED, bad: 'consistentHashBalanceFactor(0.5)' },
      { sample: BOUNDED, bad: 'consistentHashBalanceFactor("2")' },
      { sample: BOUNDED, bad: 'consistentHashKey(session)' },
      { sample: BOUNDED, good: 'consistentHashBalanceFactor(3)' },
      { sample: BOUNDED, good: 'ratelimit(20, "1m")' },
      {
        sample: BOUNDED,
        without: `${P}skipper-loadbalancer`,
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
      {
        sample: BOUNDED,
        beside: { at: `${P}skipper-loadbalancer`, value: 'random' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
  {
    at: 'spec.backends[].algorithm',
    objects: ['RouteGroup.zalando.org'],
    grammar: { kind: 'word', words: WORDS },
    onBadValue: 'refused by the API server',
    meaning: 'By what a pod of the backend is chosen; only `consistentHash` keeps a client on its pod.',
    default: 'roundRobin, unless a flag of Skipper says otherwise',
    values: ALGORITHMS,
    notes: ['What the hash is of, `consistentHashKey("…")` among the filters of a route says.'],
    source: 'zalando/skipper dataclients/kubernetes/deploy/apply/routegroups_crd.yaml',
    cases: [{ bad: 'ConsistentHash', fixed: 'consistentHash' }, { bad: 'ringHash' }],
  },
];

const HEAD = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
`;

const SPEC = `spec:
  ingressClassName: skipper
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

export const SKIPPER = {
  id: 'skipper',
  name: 'Skipper',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'zalando/skipper at 527238d1 (2026-08-21)',
  link: {
    title: 'Skipper: load balancer backends',
    url: 'https://opensource.zalando.com/skipper/reference/backends/#load-balancer-backend',
  },
  detection: { ingress: { controllers: ['zalando.org/skipper'], classNames: ['skipper'] } },
  annotationPrefixes: [P],
  insteadOfForeign: 'Skipper keeps clients by a hash only: zalando.org/skipper-loadbalancer: consistentHash.',
  otherAnnotations: [
    'backend-weights',
    'ratelimit',
    'routegroup.class',
    'skipper-backend',
    'skipper-backend-protocol',
    'skipper-ingress-path-mode',
    'skipper-ingress-redirect',
    'skipper-ingress-redirect-code',
    'skipper-predicate',
    'skipper-routes',
    'traffic-zone-aware',
  ],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'Skipper balances to the pods themselves, so it never meets the virtual IP.',
    source: 'zalando/skipper at 527238d1',
  },
  stickiness: [{ by: 'consistent hash', when: [{ at: `${P}skipper-loadbalancer`, is: ['consistentHash'] }] }],
  targets: [{ to: 'pods', when: [] }],
  notes: ['Skipper sets no cookie to keep a client; a hash moves some clients when pods come or go.'],
  recipes: [
    {
      title: 'by a hash of the client’s address',
      on: 'Ingress',
      set: [{ at: `${P}skipper-loadbalancer`, value: 'consistentHash' }],
    },
  ],
  mistakes: [
    'an annotation for a cookie looked for (zalando/skipper#546)',
    'what the hash is of not found (zalando/skipper#1711, #4192)',
  ],
  samples: [
    {
      title: 'By the client’s address',
      manifest: `${HEAD}    zalando.org/skipper-loadbalancer: "consistentHash"
${SPEC}`,
    },
    {
      title: 'By a header',
      manifest: `${HEAD}    zalando.org/skipper-loadbalancer: "consistentHash"
    zalando.org/skipper-filter: 'consistentHashKey("\${request.header.Authorization}")'
${SPEC}`,
    },
    {
      title: BOUNDED,
      manifest: `${HEAD}    zalando.org/skipper-loadbalancer: "consistentHash"
    zalando.org/skipper-filter: "consistentHashBalanceFactor(1.25)"
${SPEC}`,
    },
    {
      title: 'A RouteGroup',
      manifest: `apiVersion: zalando.org/v1
kind: RouteGroup
metadata:
  name: web
spec:
  hosts:
    - web.example.com
  backends:
    - name: web
      type: service
      serviceName: web
      servicePort: 80
      algorithm: consistentHash
  defaultBackends:
    - backendName: web
`,
    },
  ],
  source: 'zalando/skipper at 527238d1',
} as const satisfies ProductTable;
