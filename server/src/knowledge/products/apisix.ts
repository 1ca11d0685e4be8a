import type { ObjectKind, ProductTable, Setting } from '../product.ts';

const UPSTREAM: ObjectKind = 'ApisixUpstream.apisix.apache.org';
const POLICY: ObjectKind = 'BackendTrafficPolicy.apisix.apache.org';

const SOURCE =
  'apache/apisix-ingress-controller api/v2/apisixupstream_types.go; api/v1alpha1/backendtrafficpolicy_types.go; ' +
  'internal/adc/translator/apisixupstream.go';

/** The same block stands in three places; `parent` leads to it, and the samples are named after them. */
function balancer(parent: string, kind: ObjectKind, sample: string): Setting[] {
  const at = `${parent}.loadbalancer`;
  const isPolicy = kind === POLICY;
  const common = { objects: [kind], onBadValue: 'refused by the API server', source: SOURCE } as const;
  const byAddress = `${sample}: by the address`;
  return [
    {
      ...common,
      at,
      grammar: { kind: 'object' },
      meaning: 'How APISIX chooses among the pods; the word has no capital in it.',
      spellings: [{ at: `${parent}.loadBalancer`, status: 'wrong' }],
      requires: [
        {
          needs: { at: `${at}.type`, written: true },
          outcome: 'refused by the API server',
          why: 'The definition of the resource asks for the type.',
          offers: [{ set: [{ at: `${at}.type`, value: 'chash' }] }],
        },
      ],
      cases: [
        {
          sample,
          beside: { at: `${parent}.loadBalancer.type`, value: 'chash' },
          rule: 'field-unknown-key',
          mended: 'by hand',
        },
      ],
    },
    {
      ...common,
      at: `${at}.type`,
      grammar: { kind: 'word', words: ['chash', 'roundrobin', 'ewma', 'least_conn'] },
      meaning: 'By what a pod is chosen; only `chash` keeps a client on its pod.',
      default: 'roundrobin',
      values: [
        { value: 'chash', meaning: 'by a consistent hash of hashOn and key' },
        { value: 'roundrobin', meaning: 'in turn' },
        { value: 'ewma', meaning: 'the one that answered fastest of late' },
        { value: 'least_conn', meaning: 'the one with the fewest connections' },
      ],
      cases: [
        { sample, bad: 'cHash', fixed: 'chash' },
        { sample, bad: 'round_robin', fixed: 'roundrobin' },
        { sample, bad: 'ip_hash' },
      ],
    },
    {
      ...common,
      at: `${at}.hashOn`,
      grammar: { kind: 'word', words: ['vars', 'header', 'cookie', 'consumer', 'vars_combinations'] },
      meaning: 'What `key` is the name of.',
      default: 'vars',
      values: [
        { value: 'vars', meaning: 'a variable such as remote_addr' },
        { value: 'cookie', meaning: 'a cookie that the application sets' },
        { value: 'header', meaning: 'a header' },
        { value: 'consumer', meaning: 'who signed in; needs no key' },
        { value: 'vars_combinations', meaning: 'several variables' },
      ],
      notes: ['APISIX sets no cookie: one that nobody else sets is never there to be hashed.'],
      requires: [
        {
          needs: { at: `${at}.type`, is: ['chash'] },
          outcome: 'ignored',
          why: 'Only chash hashes anything; other types never look at it.',
          offers: [{ set: [{ at: `${at}.type`, value: 'chash' }] }],
          remove: 'last',
        },
        {
          when: ['header', 'cookie', 'vars_combinations'],
          needs: { at: `${at}.key`, written: true },
          outcome: 'default instead',
          why: 'Without a key APISIX does not know what to hash and takes the client’s address.',
        },
      ],
      cases: [
        { sample, bad: 'Cookie', fixed: 'cookie' },
        { sample, bad: 'ip' },
        {
          sample,
          beside: { at: `${at}.type`, value: 'ewma' },
          rule: 'setting-companion-missing',
          mended: 'as it was',
        },
        { sample, without: `${at}.key`, rule: 'setting-companion-missing', mended: 'by hand' },
      ],
    },
    {
      ...common,
      at: `${at}.key`,
      grammar: { kind: 'text', what: 'text' },
      meaning: 'The variable, the header or the cookie that is hashed, without a dollar sign.',
      values: [{ value: 'remote_addr', meaning: 'the client’s address' }],
      notes: ['Left out, the client’s address is hashed.'],
      requires: [
        {
          needs: { at: `${at}.type`, is: ['chash'] },
          outcome: isPolicy ? 'refused by the API server' : 'ignored',
          why: isPolicy
            ? 'The definition of the policy allows a key with chash only.'
            : 'Only chash hashes anything; other types never look at it.',
          offers: [{ set: [{ at: `${at}.type`, value: 'chash' }] }],
          remove: 'last',
        },
      ],
      conflicts: [
        {
          with: { at: `${at}.hashOn`, is: ['consumer'] },
          outcome: 'advice',
          why: 'A consumer is hashed by its name, so the key is not needed.',
          remove: 'this',
        },
      ],
      concept: 'hash key',
      cases: [
        {
          sample: byAddress,
          beside: { at: `${at}.type`, value: 'least_conn' },
          rule: 'setting-companion-missing',
          mended: 'as it was',
        },
        {
          sample,
          beside: { at: `${at}.hashOn`, value: 'consumer' },
          rule: 'settings-contradict',
          mended: 'otherwise',
        },
      ],
    },
  ];
}

const SAMPLE_UPSTREAM = 'An upstream';
const SAMPLE_PORT = 'One port of an upstream';
const SAMPLE_POLICY = 'A policy';

const UPSTREAM_HEAD = `apiVersion: apisix.apache.org/v2
kind: ApisixUpstream
metadata:
  name: web
spec:
`;

const POLICY_HEAD = `apiVersion: apisix.apache.org/v1alpha1
kind: BackendTrafficPolicy
metadata:
  name: web
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: web
`;

const BY_COOKIE = `  loadbalancer:
    type: chash
    hashOn: cookie
    key: JSESSIONID
`;

const BY_ADDRESS = `  loadbalancer:
    type: chash
    key: remote_addr
`;

export const APISIX = {
  id: 'apisix',
  name: 'Apache APISIX',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'apache/apisix-ingress-controller at d510f665 (2026-08-18)',
  link: {
    title: 'APISIX Ingress Controller',
    url: 'https://apisix.apache.org/docs/ingress-controller/overview/',
  },
  detection: {
    ingress: { controllers: ['apisix.apache.org/apisix-ingress-controller'], classNames: ['apisix'] },
    gateway: { controllers: ['apisix.apache.org/apisix-ingress-controller'] },
  },
  annotationPrefixes: ['k8s.apisix.apache.org/'],
  insteadOfForeign:
    'APISIX keeps clients by an ApisixUpstream or a BackendTrafficPolicy, with loadbalancer type chash.',
  otherAnnotations: [
    'allowlist-source-range',
    'auth-client-headers',
    'auth-request-headers',
    'auth-ssl-verify',
    'auth-type',
    'auth-upstream-headers',
    'auth-uri',
    'blocklist-source-range',
    'cors-allow-headers',
    'cors-allow-methods',
    'cors-allow-origin',
    'csrf-key',
    'enable-cors',
    'enable-csrf',
    'enable-response-rewrite',
    'enable-websocket',
    'http-allow-methods',
    'http-block-methods',
    'http-redirect',
    'http-redirect-code',
    'http-to-https',
    'plugin-config-name',
    'response-rewrite-add-header',
    'response-rewrite-body',
    'response-rewrite-body-base64',
    'response-rewrite-remove-header',
    'response-rewrite-set-header',
    'response-rewrite-status-code',
    'rewrite-target',
    'rewrite-target-regex',
    'rewrite-target-regex-template',
    'svc-namespace',
    'upstream-connect-timeout',
    'upstream-read-timeout',
    'upstream-retries',
    'upstream-scheme',
    'upstream-send-timeout',
    'use-regex',
  ],
  settings: [
    ...balancer('spec', UPSTREAM, SAMPLE_UPSTREAM),
    ...balancer('spec.portLevelSettings[]', UPSTREAM, SAMPLE_PORT),
    ...balancer('spec', POLICY, SAMPLE_POLICY),
  ],
  sessionAffinity: {
    effect: 'ignored',
    what: 'APISIX balances to the pods themselves, so it never meets the virtual IP.',
    source: 'apache/apisix-ingress-controller at d510f665',
  },
  stickiness: [{ by: 'consistent hash', when: [{ at: 'spec.loadbalancer.type', is: ['chash'] }] }],
  targets: [{ to: 'pods', when: [] }],
  notes: [
    'APISIX sets no cookie: a hash of a cookie needs one that the application sets.',
    'It does not support sessionPersistence of Gateway API.',
    'Envoy Gateway has a BackendTrafficPolicy as well, in which the field is called loadBalancer.',
  ],
  recipes: [
    {
      title: 'by a hash of the client’s address',
      on: UPSTREAM,
      set: [
        { at: 'spec.loadbalancer.type', value: 'chash' },
        { at: 'spec.loadbalancer.hashOn', value: 'vars' },
        { at: 'spec.loadbalancer.key', value: 'remote_addr' },
      ],
    },
  ],
  mistakes: [
    'a sticky cookie expected that APISIX would set (apache/apisix#881, #6268)',
    'a hash of remote_addr behind a CDN, or an upstream that is one DNS name (apache/apisix#12204, #9794)',
  ],
  samples: [
    { title: SAMPLE_UPSTREAM, manifest: `${UPSTREAM_HEAD}${BY_COOKIE}` },
    { title: `${SAMPLE_UPSTREAM}: by the address`, manifest: `${UPSTREAM_HEAD}${BY_ADDRESS}` },
    {
      title: SAMPLE_PORT,
      manifest: `${UPSTREAM_HEAD}  portLevelSettings:
    - port: 8080
      loadbalancer:
        type: chash
        hashOn: header
        key: x-session
`,
    },
    {
      title: `${SAMPLE_PORT}: by the address`,
      manifest: `${UPSTREAM_HEAD}  portLevelSettings:
    - port: 8080
      loadbalancer:
        type: chash
        key: remote_addr
`,
    },
    { title: SAMPLE_POLICY, manifest: `${POLICY_HEAD}${BY_COOKIE}` },
    { title: `${SAMPLE_POLICY}: by the address`, manifest: `${POLICY_HEAD}${BY_ADDRESS}` },
  ],
  source: 'apache/apisix-ingress-controller at d510f665',
} as const satisfies ProductTable;
