import type { ObjectKind, ProductTable, Setting } from '../product.ts';

const ROUTES: readonly ObjectKind[] = ['HTTPRoute.gateway.networking.k8s.io', 'GRPCRoute.gateway.networking.k8s.io'];
const POLICY: readonly ObjectKind[] = ['XBackendTrafficPolicy.gateway.networking.x-k8s.io'];
/** What the policy was called in 1.1 and 1.2. */
const FORMER_POLICY: readonly ObjectKind[] = ['BackendLBPolicy.gateway.networking.k8s.io'];

const SOURCE = 'kubernetes-sigs/gateway-api apis/v1/shared_types.go SessionPersistence, CookieConfig; geps/gep-1619';

/** What HTTP calls a token, which names of cookies and of headers are. */
const TOKEN = /^[A-Za-z0-9!#$%&'*+\-.^_`|~]{1,256}$/;

/** The release after 1.6, of which there is no more than the main branch. */
const NEXT = '1.7';

/** The same block stands in the rules of a route and in a policy for a Service; `at` leads to it. */
function persistence(at: string, objects: readonly ObjectKind[], isRoute: boolean): Setting[] {
  const only = <T>(cases: readonly T[]): readonly T[] => (isRoute ? cases : cases.slice(0, 1));
  const older = isRoute ? 'A cookie, up to 1.6' : 'A policy for a Service, up to 1.6';
  const newer = isRoute ? 'A cookie, after 1.6' : 'A policy for a Service, after 1.6';
  const header = 'A header, after 1.6';
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
      since: isRoute ? '1.1' : '1.3',
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
      cases: only([
        { sample: older, bad: 'cookie', fixed: 'Cookie' },
        { sample: older, bad: 'SourceIP' },
      ]),
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
      cases: only([
        { sample: older, bad: '1d', fixed: '24h' },
        { sample: older, bad: '1.5h', fixed: '1h30m' },
        { sample: older, bad: 'forever' },
        { sample: older, good: '1h30m' },
      ]),
    },
    {
      at: `${at}.idleTimeout`,
      objects,
      grammar: { kind: 'duration', dialect: 'gep-2257' },
      onBadValue: 'refused by the API server',
      meaning: 'For how long a session lasts without a request.',
      until: '1.6',
      source: SOURCE,
      cases: [{ sample: `${older}, with an idle time`, bad: '2', fixed: '2s' }],
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
      cases: only([{ sample: older, bad: 'x'.repeat(129) }]),
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
      cases: isRoute
        ? [
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
          ]
        : [],
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
      cases: only([
        { sample: older, bad: 'permanent', fixed: 'Permanent' },
        { sample: older, without: `${at}.absoluteTimeout`, rule: 'setting-companion-missing', mended: 'otherwise' },
      ]),
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
      cases: isRoute
        ? [
            {
              sample: newer,
              beside: { at: `${at}.type`, value: 'Header' },
              rule: 'settings-contradict',
              mended: 'otherwise',
            },
          ]
        : [],
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
      cases: only([
        { sample: newer, bad: 'session', fixed: 'Session' },
        { sample: newer, without: `${at}.absoluteTimeout`, rule: 'setting-companion-missing', mended: 'otherwise' },
      ]),
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
      cases: only([
        { sample: newer, bad: 'my cookie' },
        { sample: newer, bad: 'a;b' },
      ]),
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
      cases: only([{ sample: newer, bad: `/${'x'.repeat(1024)}` }]),
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
      cases: isRoute
        ? [
            { sample: header, without: `${at}.type`, rule: 'setting-companion-missing', mended: 'as it was' },
            { sample: header, without: `${at}.header.name`, rule: 'setting-companion-missing', mended: 'otherwise' },
          ]
        : [],
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
      cases: isRoute ? [{ sample: header, bad: 'X-Session: id' }] : [],
    },
  ];
}

/** The policy’s first form had what 1.1 and 1.2 have; it is known, and judged as the later one is. */
function formerPolicy(): Setting[] {
  const sample = 'A policy for a Service, in 1.1 and 1.2';
  return persistence('spec.sessionPersistence', FORMER_POLICY, false)
    .filter(({ since }) => since !== NEXT)
    .map((setting) => ({
      ...setting,
      since: '1.1',
      until: '1.3',
      cases: (setting.cases ?? []).map((one) => ({ ...one, sample })),
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

const ROUTE = `apiVersion: gateway.networking.k8s.io/v1
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
`;

const TRAFFIC_POLICY = `apiVersion: gateway.networking.x-k8s.io/v1alpha1
kind: XBackendTrafficPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: web
  sessionPersistence:
`;

export const GATEWAY_API = {
  id: 'gateway-api',
  name: 'Gateway API',
  kind: 'gateway',
  verification: 'source',
  basis: 'kubernetes-sigs/gateway-api tags v1.1.0 to v1.6.1 and main at 4564255ac (2026-08-21)',
  link: { title: 'Gateway API: session persistence', url: 'https://gateway-api.sigs.k8s.io/geps/gep-1619/' },
  detection: {},
  annotationPrefixes: [],
  settings: [
    ...persistence('spec.rules[].sessionPersistence', ROUTES, true),
    ...persistence('spec.sessionPersistence', POLICY, false),
    ...formerPolicy(),
  ],
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
  samples: [
    {
      title: 'A cookie, up to 1.6',
      manifest: `${ROUTE}        type: Cookie
        sessionName: route
        absoluteTimeout: 24h
        cookieConfig:
          lifetimeType: Permanent
`,
    },
    {
      title: 'A cookie, up to 1.6, with an idle time',
      manifest: `${ROUTE}        type: Cookie
        sessionName: route
        idleTimeout: 2h
`,
    },
    {
      title: 'A cookie, after 1.6',
      manifest: `${ROUTE}        type: Cookie
        absoluteTimeout: 24h
        cookie:
          name: route
          path: /
          lifetimeType: Permanent
`,
    },
    {
      title: 'A header, after 1.6',
      manifest: `${ROUTE}        type: Header
        header:
          name: X-Session
`,
    },
    {
      title: 'A policy for a Service, up to 1.6',
      manifest: `${TRAFFIC_POLICY}    type: Cookie
    sessionName: route
    absoluteTimeout: 24h
    cookieConfig:
      lifetimeType: Permanent
`,
    },
    {
      title: 'A policy for a Service, up to 1.6, with an idle time',
      manifest: `${TRAFFIC_POLICY}    type: Cookie
    sessionName: route
    idleTimeout: 2h
`,
    },
    {
      title: 'A policy for a Service, in 1.1 and 1.2',
      manifest: `apiVersion: gateway.networking.k8s.io/v1alpha2
kind: BackendLBPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: web
  sessionPersistence:
    type: Cookie
    sessionName: route
    absoluteTimeout: 24h
    idleTimeout: 1h
    cookieConfig:
      lifetimeType: Permanent
`,
    },
    {
      title: 'A policy for a Service, after 1.6',
      manifest: `${TRAFFIC_POLICY}    type: Cookie
    absoluteTimeout: 24h
    cookie:
      name: route
      path: /
      lifetimeType: Permanent
`,
    },
  ],
  source: 'kubernetes-sigs/gateway-api apis/v1/shared_types.go',
} as const satisfies ProductTable;
