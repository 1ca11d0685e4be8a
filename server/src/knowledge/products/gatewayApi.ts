import type { ObjectKind, ProductTable, Sample, Setting } from '../product.ts';

const SOURCE = 'kubernetes-sigs/gateway-api apis/v1/shared_types.go SessionPersistence, CookieConfig; geps/gep-1619';

/** What HTTP calls a token, which names of cookies and of headers are. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;

/** The release after 1.6, of which there is no more than the main branch. */
const NEXT = '1.7';

const OLDER = 'A cookie, up to 1.6';
const IDLE = 'A cookie, up to 1.5, with an idle time';
const NEWER = 'A cookie, after 1.6';
const HEADER = 'A header, after 1.6';

/** A block of the same shape stands in the rules of a route and in a policy for a Service. */
interface Place {
  readonly at: string;
  readonly objects: readonly ObjectKind[];
  /** How the titles of its samples end. */
  readonly where: string;
  readonly head: string;
  readonly indent: string;
  readonly since: string;
}

function persistence({ at, objects, where, since }: Place): Setting[] {
  const older = `${OLDER}${where}`;
  const idle = `${IDLE}${where}`;
  const newer = `${NEWER}${where}`;
  const header = `${HEADER}${where}`;
  return [
    {
      at,
      objects,
      grammar: { kind: 'object', closed: true },
      onBadValue: 'refused by the API server',
      meaning: 'Keeps a client on its backend by a cookie or a header.',
      notes: [
        'It exists in the experimental channel of Gateway API only; other definitions drop or refuse it.',
        'Not every implementation honours it, even where the field is accepted.',
      ],
      since,
      source: SOURCE,
    },
    {
      at: `${at}.type`,
      objects,
      grammar: { kind: 'word', words: ['Cookie', 'Header'] },
      onBadValue: 'refused by the API server',
      meaning: 'What carries the token by which a client is known.',
      default: 'Cookie',
      values: [
        { value: 'Cookie', meaning: 'a cookie' },
        { value: 'Header', meaning: 'a header, for clients without cookies' },
      ],
      source: SOURCE,
      cases: [
        { sample: older, bad: 'cookie', fixed: 'Cookie' },
        { sample: older, bad: 'SourceIP' },
      ],
    },
    {
      at: `${at}.absoluteTimeout`,
      objects,
      grammar: { kind: 'duration', dialect: 'gep-2257' },
      onBadValue: 'refused by the API server',
      meaning: 'For how long a session lasts in all.',
      values: [
        { value: '1h', meaning: '1 hour' },
        { value: '24h', meaning: '1 day' },
      ],
      notes: ['Needed where the cookie is to be permanent.'],
      source: SOURCE,
      cases: [
        { sample: older, bad: '1d', fixed: '24h' },
        { sample: older, bad: '1.5h', fixed: '1h30m' },
        { sample: older, bad: 'forever' },
        { sample: older, good: '1h30m' },
      ],
    },
    {
      at: `${at}.idleTimeout`,
      objects,
      grammar: { kind: 'duration', dialect: 'gep-2257' },
      onBadValue: 'refused by the API server',
      meaning: 'For how long a session lasts without a request.',
      until: '1.6',
      source: SOURCE,
      cases: [{ sample: idle, bad: '2', fixed: '2s' }],
    },
    {
      at: `${at}.sessionName`,
      objects,
      grammar: { kind: 'text', what: 'a name', allowed: 'up to 128 characters', maximumLength: 128 },
      onBadValue: 'refused by the API server',
      meaning: 'The name of the cookie or of the header; up to 1.6, `cookie.name` and `header.name` after it.',
      values: [{ value: 'route', meaning: 'a name of your choice' }],
      until: NEXT,
      conflicts: [
        {
          with: {
            anyOf: [
              { at: `${at}.cookie.name`, written: true },
              { at: `${at}.header.name`, written: true },
            ],
          },
          outcome: 'refused by the API server',
          why: 'No release has both: sessionName went when the names moved into cookie and header.',
          remove: 'this',
        },
      ],
      source: SOURCE,
      cases: [
        { sample: older, bad: 'x'.repeat(129) },
        {
          sample: idle,
          beside: { at: `${at}.cookie.name`, value: 'route' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      at: `${at}.cookieConfig`,
      objects,
      grammar: { kind: 'object', closed: true },
      onBadValue: 'refused by the API server',
      meaning: 'How the cookie is made, up to 1.6; `cookie` after it.',
      until: NEXT,
      conflicts: [
        {
          with: { at: `${at}.type`, is: ['Header'] },
          outcome: 'refused by the API server',
          why:
            'Settings of a cookie go with type Cookie only: since 1.5 the API server refuses them with another, ' +
            'before they did nothing.',
          remove: 'this',
        },
        {
          with: {
            anyOf: [
              { at: `${at}.cookie`, written: true },
              { at: `${at}.header`, written: true },
            ],
          },
          outcome: 'refused by the API server',
          why: 'No release has both: cookieConfig went when cookie and header came.',
          remove: 'this',
        },
      ],
      source: SOURCE,
      cases: [
        {
          sample: older,
          beside: { at: `${at}.type`, value: 'Header' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
        {
          sample: older,
          beside: { at: `${at}.cookie.path`, value: '/' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      at: `${at}.cookieConfig.lifetimeType`,
      objects,
      grammar: { kind: 'word', words: ['Session', 'Permanent'] },
      onBadValue: 'refused by the API server',
      meaning: 'Whether the cookie ends with the browser session or at a time.',
      default: 'Session',
      requires: [permanentNeeds(at)],
      until: NEXT,
      source: SOURCE,
      cases: [
        { sample: older, bad: 'permanent', fixed: 'Permanent' },
        { sample: older, without: `${at}.absoluteTimeout`, rule: 'setting-companion-missing', mended: 'otherwise' },
      ],
    },
    {
      at: `${at}.cookie`,
      objects,
      grammar: { kind: 'object', closed: true },
      onBadValue: 'refused by the API server',
      meaning: 'The cookie, after 1.6.',
      since: NEXT,
      conflicts: [
        {
          with: { at: `${at}.type`, is: ['Header'] },
          outcome: 'refused by the API server',
          why: 'Settings of a cookie go with type Cookie only.',
          remove: 'this',
        },
      ],
      source: SOURCE,
      cases: [
        {
          sample: newer,
          beside: { at: `${at}.type`, value: 'Header' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
    {
      at: `${at}.cookie.lifetimeType`,
      objects,
      grammar: { kind: 'word', words: ['Session', 'Permanent'] },
      onBadValue: 'refused by the API server',
      meaning: 'Whether the cookie ends with the browser session or at a time.',
      default: 'Session',
      requires: [permanentNeeds(at)],
      since: NEXT,
      source: SOURCE,
      cases: [
        { sample: newer, bad: 'session', fixed: 'Session' },
        { sample: newer, without: `${at}.absoluteTimeout`, rule: 'setting-companion-missing', mended: 'otherwise' },
      ],
    },
    {
      at: `${at}.cookie.name`,
      objects,
      grammar: {
        kind: 'text',
        what: 'a cookie name',
        allowed: 'up to 256 letters, digits and marks without blanks',
        pattern: TOKEN,
      },
      onBadValue: 'refused by the API server',
      meaning: 'The name of the cookie, after 1.6.',
      values: [{ value: 'route', meaning: 'a name of your choice' }],
      since: NEXT,
      source: SOURCE,
      cases: [
        { sample: newer, bad: 'my cookie' },
        { sample: newer, bad: 'a;b' },
      ],
    },
    {
      at: `${at}.cookie.path`,
      objects,
      grammar: { kind: 'text', what: 'a path', allowed: 'up to 1024 characters', maximumLength: 1024 },
      onBadValue: 'refused by the API server',
      meaning: 'The path for which a browser sends the cookie back, after 1.6.',
      default: '/',
      since: NEXT,
      source: SOURCE,
      cases: [{ sample: newer, bad: `/${'x'.repeat(1024)}` }],
    },
    {
      at: `${at}.header`,
      objects,
      grammar: { kind: 'object', closed: true },
      onBadValue: 'refused by the API server',
      meaning: 'The header, after 1.6.',
      since: NEXT,
      requires: [
        {
          needs: { at: `${at}.type`, is: ['Header'] },
          outcome: 'refused by the API server',
          why: 'Without a type it is Cookie, and a header does not go with that.',
          offers: [{ set: [{ at: `${at}.type`, value: 'Header' }] }],
        },
        {
          needs: { at: `${at}.header.name`, written: true },
          outcome: 'refused by the API server',
          why: 'The definition of the resource asks for the name of the header.',
          offers: [{ set: [{ at: `${at}.header.name`, value: 'X-Session' }] }],
        },
      ],
      source: SOURCE,
      cases: [
        { sample: header, without: `${at}.type`, rule: 'setting-companion-missing', mended: 'as it was' },
        { sample: header, without: `${at}.header.name`, rule: 'setting-companion-missing', mended: 'otherwise' },
      ],
    },
    {
      at: `${at}.header.name`,
      objects,
      grammar: {
        kind: 'text',
        what: 'a header name',
        allowed: 'up to 256 letters, digits and marks, no blanks and no colon',
        pattern: TOKEN,
      },
      onBadValue: 'refused by the API server',
      meaning: 'The name of the header, after 1.6.',
      since: NEXT,
      source: SOURCE,
      cases: [{ sample: header, bad: 'X-Session: id' }],
    },
  ];
}

/** The policy’s first form had what 1.1 and 1.2 have; it is judged as the later one is. */
function formerPolicy(): Setting[] {
  return persistence(FORMER_POLICY)
    .filter(({ since }) => since !== NEXT)
    .map((setting) => ({
      ...setting,
      until: '1.3',
      // Nobody who still writes it meets the fields that came later.
      cases: (setting.cases ?? []).filter((one) => !('beside' in one && /\.cookie\./.test(one.beside.at))),
    }));
}

function permanentNeeds(at: string) {
  return {
    when: ['Permanent'],
    needs: { at: `${at}.absoluteTimeout`, written: true },
    outcome: 'refused by the API server',
    why: 'A permanent cookie has to end at some time, so the definition of the resource asks for it.',
    offers: [{ set: [{ at: `${at}.absoluteTimeout`, value: '24h' }] }],
  } as const;
}

const TARGET = `metadata:
  name: web
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: web
  sessionPersistence:
`;

const ROUTE: Place = {
  at: 'spec.rules[].sessionPersistence',
  objects: ['HTTPRoute.gateway.networking.k8s.io', 'GRPCRoute.gateway.networking.k8s.io'],
  where: '',
  head: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  parentRefs:
    - name: edge
  rules:
    - backendRefs:
        - name: web
          port: 80
      sessionPersistence:
`,
  indent: ' '.repeat(8),
  since: '1.1',
};

const POLICY: Place = {
  at: 'spec.sessionPersistence',
  objects: ['XBackendTrafficPolicy.gateway.networking.x-k8s.io'],
  where: ', for a Service',
  head: `apiVersion: gateway.networking.x-k8s.io/v1alpha1
kind: XBackendTrafficPolicy
${TARGET}`,
  indent: ' '.repeat(4),
  since: '1.3',
};

const FORMER_POLICY: Place = {
  at: 'spec.sessionPersistence',
  objects: ['BackendLBPolicy.gateway.networking.k8s.io'],
  where: ', for a Service, in 1.1 and 1.2',
  head: `apiVersion: gateway.networking.k8s.io/v1alpha2
kind: BackendLBPolicy
${TARGET}`,
  indent: ' '.repeat(4),
  since: '1.1',
};

const OLDER_BLOCKS: readonly (readonly [title: string, lines: readonly string[]])[] = [
  [OLDER, ['type: Cookie', 'sessionName: route', 'absoluteTimeout: 24h', 'cookieConfig:', '  lifetimeType: Permanent']],
  [IDLE, ['type: Cookie', 'sessionName: route', 'idleTimeout: 2h']],
];

const BLOCKS: typeof OLDER_BLOCKS = [
  ...OLDER_BLOCKS,
  [
    NEWER,
    ['type: Cookie', 'absoluteTimeout: 24h', 'cookie:', '  name: route', '  path: /', '  lifetimeType: Permanent'],
  ],
  [HEADER, ['type: Header', 'header:', '  name: X-Session']],
];

function samplesAt({ where, head, indent }: Place, blocks: typeof BLOCKS): Sample[] {
  return blocks.map(([title, lines]) => ({
    title: `${title}${where}`,
    manifest: head + lines.map((line) => `${indent}${line}\n`).join(''),
  }));
}

export const GATEWAY_API = {
  id: 'gateway-api',
  name: 'Gateway API',
  kind: 'gateway',
  verification: 'source',
  basis: 'kubernetes-sigs/gateway-api tags v1.1.0 to v1.6.1 and main at 4564255ac (2026-08-21)',
  link: { title: 'Gateway API: session persistence', url: 'https://gateway-api.sigs.k8s.io/geps/gep-1619/' },
  detection: {},
  annotationPrefixes: [],
  settings: [...persistence(ROUTE), ...persistence(POLICY), ...formerPolicy()],
  stickiness: [
    {
      by: 'cookie',
      when: [
        { at: 'spec.rules[].sessionPersistence', written: true },
        { at: 'spec.rules[].sessionPersistence.type', is: ['Cookie'], orAbsent: true },
      ],
      duration: { at: 'spec.rules[].sessionPersistence.absoluteTimeout', counts: 'since it was set' },
    },
    { by: 'header', when: [{ at: 'spec.rules[].sessionPersistence', written: true }] },
    {
      by: 'cookie',
      when: [{ at: 'spec.sessionPersistence', written: true }],
      duration: { at: 'spec.sessionPersistence.absoluteTimeout', counts: 'since it was set' },
    },
  ],
  targets: [{ to: 'pods', when: [] }],
  notes: [
    'The field exists in the experimental channel only; definitions of the standard channel drop or refuse it.',
    'Up to 1.6 it has sessionName and cookieConfig; the release after it has cookie and header instead, one of which ' +
      'has to be there. Both shapes are accepted here unless productVersions says which one is in use.',
    'In 1.1 a mistake of the definition asked for absoluteTimeout wherever cookieConfig was missing.',
    'What a rule of a route says wins over what a policy for its Service says.',
    'The policy was called BackendLBPolicy in 1.1 and 1.2 and is XBackendTrafficPolicy since; later both the field ' +
      'and the policy are to move to a resource called Backend.',
    'Rules of one host need names of their own, or each overwrites the cookie of the other.',
    'Envoy Gateway and kgateway honour it, Cilium in its newest releases, and NGINX Gateway Fabric with NGINX Plus. ' +
      'Traefik, APISIX and Contour do not, and GKE has policies of its own.',
  ],
  recipes: [
    {
      title: 'by a cookie, up to 1.6',
      on: 'HTTPRoute.gateway.networking.k8s.io',
      set: [
        { at: 'spec.rules[].sessionPersistence.type', value: 'Cookie' },
        { at: 'spec.rules[].sessionPersistence.sessionName', value: 'route' },
        { at: 'spec.rules[].sessionPersistence.absoluteTimeout', value: '24h' },
        { at: 'spec.rules[].sessionPersistence.cookieConfig.lifetimeType', value: 'Permanent' },
      ],
    },
    {
      title: 'by a cookie, after 1.6',
      on: 'HTTPRoute.gateway.networking.k8s.io',
      set: [
        { at: 'spec.rules[].sessionPersistence.type', value: 'Cookie' },
        { at: 'spec.rules[].sessionPersistence.cookie.name', value: 'route' },
        { at: 'spec.rules[].sessionPersistence.absoluteTimeout', value: '24h' },
        { at: 'spec.rules[].sessionPersistence.cookie.lifetimeType', value: 'Permanent' },
      ],
    },
  ],
  mistakes: [
    'accepted and passed over by the implementation (kgateway-dev/kgateway#10461, cilium/cilium#47089, ' +
      'traefik/traefik#11243, projectcontour/contour#6427, bjw-s-labs/helm-charts#400)',
    'definitions of the standard channel, which refuse the field (openshift/openshift-docs#109005)',
    'names of fields that changed between versions (kubernetes-sigs/gateway-api#4873, #5046, ' +
      'kgateway-dev/kgateway#14681)',
    'one sessionName in several rules of a host (kubernetes-sigs/gateway-api#4649, envoyproxy/gateway#9950)',
    'type Header, which 1.1 took with a time only (kubernetes-sigs/gateway-api#3214)',
  ],
  samples: [...samplesAt(ROUTE, BLOCKS), ...samplesAt(POLICY, BLOCKS), ...samplesAt(FORMER_POLICY, OLDER_BLOCKS)],
  source: 'kubernetes-sigs/gateway-api apis/v1/shared_types.go',
} as const satisfies ProductTable;
