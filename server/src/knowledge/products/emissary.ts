import type { ObjectKind, Outcome, ProductTable, Requirement, Sample, Setting } from '../product.ts';

const SOURCE =
  'emissary-ingress/emissary python/ambassador/src/ambassador/ir/irhttpmapping.py validate_load_balancer; ' +
  'pkg/api/getambassador.io/v3alpha1/crd_mapping.go';

const BY_COOKIE = 'By a cookie that Envoy sets';
const BY_HEADER = 'By a header';
const BY_ADDRESS = 'By the client’s address';

function forAll(title: string): string {
  return `${title}, for all Mappings`;
}

const STICKY = ['ring_hash', 'maglev'];

const ENDPOINTS: Requirement = {
  when: STICKY,
  needs: { at: 'spec.resolver', written: true },
  outcome: 'depends',
  why:
    'Unless the Module names a resolver for all, the default one knows a Service by its cluster IP only, and refuses ' +
    'the load balancer.',
  offers: [{ set: [{ at: 'spec.resolver', value: 'kubernetes-endpoint' }] }],
};

/**
 * The same block stands in a Mapping and, for all of them, in the Module named ambassador. The API server checks what
 * is in a Mapping; of a Module it takes anything.
 */
function balancer(at: string, kind: ObjectKind, isMapping: boolean): Setting[] {
  const refused: Outcome = isMapping ? 'refused by the API server' : 'refused by the controller';
  const whole = isMapping ? 'Mapping and answers its requests with 404' : 'whole Module';
  const [byCookie, byHeader, byAddress] = isMapping
    ? [BY_COOKIE, BY_HEADER, BY_ADDRESS]
    : [forAll(BY_COOKIE), forAll(BY_HEADER), forAll(BY_ADDRESS)];
  const common = { objects: [kind], source: SOURCE } as const;
  const oneKey = `Emissary takes exactly one of cookie, header and source_ip; otherwise it gives up the ${whole}.`;
  const needsPolicy: Requirement = {
    needs: { at: `${at}.policy`, is: STICKY },
    outcome: 'refused by the controller',
    why: `Only ring_hash and maglev hash anything; with another policy beside it Emissary gives up the ${whole}.`,
    offers: [{ set: [{ at: `${at}.policy`, value: 'ring_hash' }] }, { set: [{ at: `${at}.policy`, value: 'maglev' }] }],
    remove: 'last',
  };
  return [
    {
      ...common,
      at,
      grammar: { kind: 'object' },
      onBadValue: refused,
      meaning: 'How Envoy chooses among the pods.',
    },
    {
      ...common,
      at: `${at}.policy`,
      grammar: { kind: 'word', words: ['ring_hash', 'maglev', 'round_robin', 'least_request'] },
      onBadValue: refused,
      meaning: 'By what a pod is chosen; ring_hash and maglev keep a client on its pod.',
      default: 'round_robin',
      values: [
        { value: 'ring_hash', meaning: 'by a hash onto a ring' },
        { value: 'maglev', meaning: 'by a hash onto a maglev table' },
        { value: 'round_robin', meaning: 'in turn' },
        { value: 'least_request', meaning: 'the one with fewer requests' },
      ],
      requires: [
        {
          when: STICKY,
          needs: {
            anyOf: [
              { at: `${at}.cookie`, written: true },
              { at: `${at}.header`, written: true },
              { at: `${at}.source_ip`, written: true },
            ],
          },
          outcome: 'refused by the controller',
          why: oneKey,
          offers: [
            {
              set: [
                { at: `${at}.cookie.name`, value: 'route' },
                { at: `${at}.cookie.ttl`, value: '3600s' },
              ],
            },
            { set: [{ at: `${at}.source_ip`, value: 'true' }] },
          ],
        },
        ...(isMapping ? [ENDPOINTS] : []),
      ],
      cases: [
        { sample: byCookie, bad: 'ringhash', fixed: 'ring_hash' },
        { sample: byCookie, bad: 'Maglev', fixed: 'maglev' },
        { sample: byCookie, bad: 'sticky' },
        { sample: byCookie, without: `${at}.cookie`, rule: 'setting-companion-missing', mended: 'otherwise' },
        ...(isMapping
          ? ([
              { sample: byCookie, without: 'spec.resolver', rule: 'setting-companion-missing', mended: 'as it was' },
            ] as const)
          : []),
      ],
    },
    {
      ...common,
      at: `${at}.cookie`,
      grammar: { kind: 'object' },
      onBadValue: refused,
      meaning: 'Hashes a cookie.',
      notes: ['With `ttl` Envoy sets the cookie where a client has none.'],
      requires: [
        {
          needs: { at: `${at}.cookie.name`, written: true },
          outcome: refused,
          why: 'A cookie without a name cannot be hashed.',
          offers: [{ set: [{ at: `${at}.cookie.name`, value: 'route' }] }],
        },
        needsPolicy,
      ],
      conflicts: [
        {
          with: {
            anyOf: [
              { at: `${at}.header`, written: true },
              { at: `${at}.source_ip`, written: true },
            ],
          },
          outcome: 'refused by the controller',
          why: oneKey,
          remove: 'this',
        },
      ],
      cases: [
        {
          sample: byCookie,
          without: `${at}.cookie.name`,
          rule: 'setting-companion-missing',
          mended: 'as it was',
        },
        {
          sample: byCookie,
          beside: { at: `${at}.policy`, value: 'round_robin' },
          rule: 'setting-companion-missing',
          mended: 'as it was',
        },
        {
          sample: byCookie,
          without: `${at}.policy`,
          rule: 'setting-companion-missing',
          mended: 'as it was',
        },
        {
          sample: byCookie,
          beside: { at: `${at}.source_ip`, value: 'true' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${at}.cookie.name`,
      grammar: { kind: 'text', what: 'text' },
      onBadValue: refused,
      meaning: 'The name of the cookie.',
      values: [{ value: 'route', meaning: 'a name of your choice' }],
      concept: 'cookie name',
    },
    {
      ...common,
      at: `${at}.cookie.ttl`,
      grammar: { kind: 'duration', dialect: 'go' },
      onBadValue: 'depends',
      meaning: 'For how long the cookie lasts that Envoy sets; left out, it sets none.',
      values: [
        { value: '3600s', meaning: '1 hour' },
        { value: '86400s', meaning: '1 day' },
      ],
      notes: ['Emissary passes it on to Envoy as it is written.'],
      concept: 'cookie lifetime',
    },
    {
      ...common,
      at: `${at}.cookie.path`,
      grammar: { kind: 'text', what: 'text' },
      onBadValue: refused,
      meaning: 'The path for which a browser sends the cookie back.',
      values: [{ value: '/', meaning: 'every path of the host' }],
      concept: 'cookie path',
    },
    {
      ...common,
      at: `${at}.header`,
      grammar: { kind: 'text', what: 'text' },
      onBadValue: refused,
      meaning: 'Hashes a header of this name.',
      requires: [needsPolicy],
      conflicts: [
        {
          with: { at: `${at}.source_ip`, written: true },
          outcome: 'refused by the controller',
          why: oneKey,
          remove: 'this',
        },
      ],
      concept: 'hash key',
      cases: [
        {
          sample: byHeader,
          beside: { at: `${at}.source_ip`, value: 'true' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
        {
          sample: byHeader,
          beside: { at: `${at}.policy`, value: 'least_request' },
          rule: 'setting-companion-missing',
          mended: 'otherwise',
        },
      ],
    },
    {
      ...common,
      at: `${at}.source_ip`,
      grammar: { kind: 'boolean' },
      onBadValue: refused,
      meaning: 'Hashes the client’s address.',
      notes: ['`false` counts as a key, too: leave it out for another one.'],
      requires: [needsPolicy],
      concept: 'source address switch',
      cases: [
        { sample: byAddress, bad: 'enabled', fixed: 'true' },
        {
          sample: byAddress,
          beside: { at: `${at}.policy`, value: 'least_request' },
          rule: 'setting-companion-missing',
          mended: 'otherwise',
        },
      ],
    },
  ];
}

const SETTINGS: readonly Setting[] = [
  ...balancer('spec.load_balancer', 'Mapping.getambassador.io', true),
  {
    at: 'spec.resolver',
    objects: ['Mapping.getambassador.io'],
    grammar: { kind: 'text', what: 'the name of a resolver' },
    onBadValue: 'refused by the controller',
    meaning: 'How Emissary finds what a Service stands for: its cluster IP, or its pods.',
    default: 'the Module’s, else kubernetes-service, which is the cluster IP',
    values: [{ value: 'kubernetes-endpoint', meaning: 'the pods, by the resolver that Emissary brings along' }],
    notes: ['A hash needs pods to choose from: a KubernetesEndpointResolver or a ConsulResolver.'],
    conflicts: [
      {
        when: ['kubernetes-service'],
        with: { at: 'spec.load_balancer', written: true },
        outcome: 'refused by the controller',
        why: 'This resolver knows a Service by its cluster IP only, so Emissary gives up the Mapping.',
        remove: 'neither',
      },
    ],
    source: 'emissary-ingress/emissary python/ambassador/src/ambassador/ir/irserviceresolver.py',
    cases: [
      {
        sample: BY_COOKIE,
        beside: { at: 'spec.resolver', value: 'kubernetes-service' },
        rule: 'settings-contradict',
        mended: 'by hand',
      },
    ],
  },
  ...balancer('spec.config.load_balancer', 'Module.getambassador.io', false),
];

const MAPPING = `apiVersion: getambassador.io/v3alpha1
kind: Mapping
metadata:
  name: web
spec:
  hostname: web.example.com
  prefix: /
  service: web:80
  resolver: kubernetes-endpoint
  load_balancer:
`;

const MODULE = `apiVersion: getambassador.io/v3alpha1
kind: Module
metadata:
  name: ambassador
spec:
  config:
    resolver: kubernetes-endpoint
    load_balancer:
`;

function samples(titled: (title: string) => string, head: string, depth: number): Sample[] {
  const blocks: readonly (readonly [string, readonly string[]])[] = [
    [BY_COOKIE, ['policy: ring_hash', 'cookie:', '  name: route', '  path: /', '  ttl: 3600s']],
    [BY_HEADER, ['policy: maglev', 'header: x-session']],
    [BY_ADDRESS, ['policy: maglev', 'source_ip: true']],
  ];
  return blocks.map(([title, lines]) => ({
    title: titled(title),
    manifest: head + lines.map((line) => `${' '.repeat(depth)}${line}\n`).join(''),
  }));
}

export const EMISSARY = {
  id: 'emissary',
  name: 'Emissary-ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'emissary-ingress/emissary at 3ebe0f468 (2026-08-19)',
  link: { title: 'Emissary-ingress', url: 'https://www.emissary-ingress.dev/docs/' },
  detection: {
    ingress: { controllers: ['getambassador.io/ingress-controller'], classNames: ['ambassador'] },
  },
  annotationPrefixes: ['getambassador.io/'],
  insteadOfForeign: 'Emissary keeps clients by a Mapping, with load_balancer and an endpoint resolver.',
  otherAnnotations: ['ambassador-id', 'config'],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'With an endpoint resolver Envoy balances to the pods; otherwise the virtual IP sees Envoy’s address only.',
    source: 'emissary-ingress/emissary python/ambassador/src/ambassador/ir/irserviceresolver.py',
  },
  stickiness: [
    {
      by: 'consistent hash',
      when: [{ at: 'spec.load_balancer.policy', is: STICKY }],
      duration: { at: 'spec.load_balancer.cookie.ttl', counts: 'since it was set' },
    },
  ],
  targets: [
    { to: 'pods', when: [{ at: 'spec.resolver', is: ['kubernetes-endpoint', 'endpoint'] }] },
    { to: 'the cluster IP', when: [], assumed: true },
  ],
  notes: [
    'A load_balancer that is not valid takes its whole Mapping out of service.',
    'The Module named ambassador can state a load_balancer and a resolver for all Mappings, under `spec.config`.',
  ],
  recipes: [
    {
      title: 'by a cookie that Envoy sets',
      on: 'Mapping.getambassador.io',
      set: [
        { at: 'spec.resolver', value: 'kubernetes-endpoint' },
        { at: 'spec.load_balancer.policy', value: 'ring_hash' },
        { at: 'spec.load_balancer.cookie.name', value: 'route' },
        { at: 'spec.load_balancer.cookie.path', value: '/' },
        { at: 'spec.load_balancer.cookie.ttl', value: '3600s' },
      ],
    },
  ],
  mistakes: [
    'the default resolver left in place, so that the hash has one target (emissary-ingress/emissary#2165, #5132)',
    'ring_hash/maglev written as one word, or something hashed that is none of the three ' +
      '(emissary-ingress/emissary#1392, #2491)',
  ],
  samples: [...samples((title) => title, MAPPING, 4), ...samples(forAll, MODULE, 6)],
  source: 'emissary-ingress/emissary at 3ebe0f468',
} as const satisfies ProductTable;
