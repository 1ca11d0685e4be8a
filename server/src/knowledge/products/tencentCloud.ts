import type { ProductTable, Setting } from '../product.ts';

const SERVICE_CONFIG = 'service.cloud.tencent.com/tke-service-config';
const INGRESS_CONFIG = 'ingress.cloud.tencent.com/tke-service-config';

const CONFIG = 'TkeServiceConfig.cloud.tencent.com';

const REFERENCE = 'Tencent Cloud documentation: Service CLB configuration, product/457/36834';
const INGRESS_REFERENCE = 'Tencent Cloud documentation: Ingress with a TkeServiceConfig, product/457/45700';

const L4 = 'Layer 4: a Service and its configuration';
const L7 = 'Layer 7: an Ingress and its configuration';

/** The name of a TkeServiceConfig and the switch that makes one, on a Service or an Ingress. */
function references(key: string, kind: 'Service' | 'Ingress', source: string): Setting[] {
  const sample = kind === 'Service' ? L4 : L7;
  const other = kind === 'Service' ? 'Ingress' : 'Service';
  const misplaced = {
    on: other,
    outcome: 'ignored',
    why: `The key for an ${other} is ${kind === 'Service' ? INGRESS_CONFIG : SERVICE_CONFIG}.`.replace('an S', 'a S'),
  } as const;
  return [
    {
      at: key,
      objects: [kind],
      grammar: {
        kind: 'text',
        what: 'the name of a TkeServiceConfig',
        allowed: 'not ending in -auto-service-config or -auto-ingress-config',
        pattern: /^(?!.*-auto-(?:service|ingress)-config$)[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
      },
      onBadValue: 'depends',
      meaning: `The TkeServiceConfig, in the same namespace, that sets up the listeners of the ${kind}.`,
      values: [],
      notes: [
        'Session persistence stands in that object: `session.enable` and `session.sessionExpireTime`.',
        'Taking the annotation out leaves the load balancer as it is.',
      ],
      conflicts: [
        {
          with: { at: `${key}-auto`, is: ['true'] },
          outcome: 'depends',
          why: 'A configuration is either named or made by TKE; the vendor says that both cannot be used together.',
          remove: 'other',
        },
      ],
      spellings: kind === 'Service' ? [{ at: 'service.kubernetes.io/tke-service-config', status: 'wrong' }] : [],
      misplaced: [misplaced],
      source,
      cases: [
        { sample, bad: 'web-auto-service-config' },
        { sample, bad: 'Web' },
        { sample, beside: { at: `${key}-auto`, value: 'true' }, rule: 'settings-contradict', mended: 'as it was' },
        ...(kind === 'Service'
          ? ([
              {
                sample,
                beside: { at: 'service.kubernetes.io/tke-service-config', value: 'web' },
                rule: 'annotation-unknown-key',
                mended: 'by hand',
              },
            ] as const)
          : []),
      ],
    },
    {
      at: `${key}-auto`,
      objects: [kind],
      grammar: { kind: 'word', words: ['true', 'false'], on: 'true', off: 'false' },
      off: 'false',
      onBadValue: 'depends',
      meaning: `Whether TKE makes a TkeServiceConfig for the ${kind} and keeps its listeners up to date.`,
      values: [
        { value: 'true', meaning: 'TKE makes and keeps it' },
        { value: 'false', meaning: 'it does not' },
      ],
      notes: [`It is called after the ${kind}, with -auto-${kind.toLowerCase()}-config behind.`],
      misplaced: [misplaced],
      source,
      cases: [
        { sample: `${sample}, made by TKE`, bad: 'on', fixed: 'true' },
        { sample: `${sample}, made by TKE`, bad: 'True', fixed: 'true' },
      ],
    },
  ];
}

/** The block that keeps clients, in a layer-4 listener or a layer-7 rule. */
function session(at: string, sample: string, maximum: number, source: string): Setting[] {
  const isLayer4 = at.includes('l4Listeners');
  const what = isLayer4 ? 'the TCP or UDP listener' : 'the rule for a domain and a URL';
  return [
    {
      at: `${at}.enable`,
      objects: [CONFIG],
      grammar: { kind: 'boolean' },
      off: 'false',
      onBadValue: 'depends',
      meaning: `Whether ${what} keeps a client on its backend.`,
      notes: ['Needed within `session`. A sample of the vendor says `enabled`, which is no field.'],
      spellings: [{ at: `${at}.enabled`, status: 'wrong' }],
      source,
      cases: [
        { sample, bad: 'enabled', fixed: 'true' },
        { sample, bad: 'yes-please' },
        { sample, good: 'false' },
        { sample, beside: { at: `${at}.enabled`, value: 'true' }, rule: 'field-unknown-key', mended: 'by hand' },
      ],
    },
    {
      at: `${at}.sessionExpireTime`,
      objects: [CONFIG],
      grammar: { kind: 'integer', minimum: 30, maximum, unit: 'seconds' },
      onBadValue: 'depends',
      meaning: `For how many seconds ${what} remembers a client.`,
      default: '30',
      values: [
        { value: '1800', meaning: '30 minutes' },
        { value: '600', meaning: '10 minutes' },
        { value: '3600', meaning: '1 hour' },
      ],
      notes: isLayer4
        ? ['30 to 3600.']
        : ['TKE documents 30 to 3600; the API of the load balancer takes up to 86400 today.'],
      requires: [
        {
          // Whoever wrote that it is off may keep the time for later.
          whileTrue: [{ at: `${at}.enable`, isNot: ['false'] }],
          needs: { at: `${at}.enable`, is: ['true'] },
          outcome: 'ignored',
          why: 'The time means nothing while session persistence is off, and enable is needed within session.',
          offers: [{ set: [{ at: `${at}.enable`, value: 'true' }] }],
        },
      ],
      source,
      cases: [
        { sample, bad: '10', fixed: '30' },
        { sample, bad: String(maximum + 1), fixed: String(maximum) },
        { sample, bad: '30m', fixed: '1800' },
        { sample, good: String(maximum) },
        { sample, without: `${at}.enable`, rule: 'setting-companion-missing', mended: 'as it was' },
      ],
    },
  ];
}

const SETTINGS: readonly Setting[] = [
  ...references(SERVICE_CONFIG, 'Service', REFERENCE),
  ...references(INGRESS_CONFIG, 'Ingress', INGRESS_REFERENCE),
  ...session('spec.loadBalancer.l4Listeners[].session', L4, 3600, REFERENCE),
  ...session('spec.loadBalancer.l7Listeners[].domains[].rules[].session', L7, 86_400, INGRESS_REFERENCE),
  {
    at: 'spec.loadBalancer.l4Listeners[].scheduler',
    objects: [CONFIG],
    grammar: { kind: 'word', words: ['WRR', 'LEAST_CONN', 'IP_HASH'] },
    onBadValue: 'depends',
    meaning: 'How the listener chooses a backend for a client that is not pinned.',
    default: 'WRR',
    values: [
      { value: 'WRR', meaning: 'in turn, by weight' },
      { value: 'LEAST_CONN', meaning: 'the backend with the fewest connections, by weight' },
    ],
    notes: ['IP_HASH is explained by the vendor, but not among the values that are listed.'],
    source: REFERENCE,
  },
];

export const TENCENT_CLOUD = {
  id: 'tencent-tke',
  name: 'Tencent Cloud TKE',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'the vendor’s pages 457/36834, 457/45490 and 457/45700; TencentCloud/tencentcloud-cloud-controller-manager',
  link: {
    title: 'Tencent Cloud: Service CLB configuration',
    url: 'https://www.tencentcloud.com/document/product/457/36834',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.cloud.tencent.com/'],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'refused',
    what:
      'The old open controller fails over anything but None; what the managed one does could not be checked. ' +
      'Persistence is set in a TkeServiceConfig.',
    unverified: true,
    source: 'TencentCloud/tencentcloud-cloud-controller-manager tencentcloud/loadbalancer.go',
  },
  notes: [
    'Stickiness stands in an object of its own, a TkeServiceConfig, which an annotation names.',
    'What the object does not mention stays as it is on the load balancer.',
    'Protocol and port of a listener in it say which listener is meant; they set up none.',
  ],
  recipes: [
    {
      title: 'by a configuration that TKE makes',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: `${SERVICE_CONFIG}-auto`, value: 'true' },
      ],
    },
  ],
  mistakes: [
    'session.enabled instead of session.enable (a sample in the vendor’s English documentation)',
    'the prefix service.kubernetes.io/; a name that ends in -auto-service-config (the vendor’s page 457/36834)',
  ],
  samples: [
    {
      title: L4,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.cloud.tencent.com/tke-service-config: "web"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
---
apiVersion: cloud.tencent.com/v1alpha1
kind: TkeServiceConfig
metadata:
  name: web
spec:
  loadBalancer:
    l4Listeners:
      - protocol: TCP
        port: 80
        session:
          enable: true
          sessionExpireTime: 1800
        scheduler: WRR
`,
    },
    {
      title: L7,
      manifest: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    ingress.cloud.tencent.com/tke-service-config: "web"
spec:
  rules:
    - host: example.com
      http:
        paths:
          - path: /
            pathType: ImplementationSpecific
            backend:
              service:
                name: web
                port:
                  number: 80
---
apiVersion: cloud.tencent.com/v1alpha1
kind: TkeServiceConfig
metadata:
  name: web
spec:
  loadBalancer:
    l7Listeners:
      - protocol: HTTP
        port: 80
        domains:
          - domain: example.com
            rules:
              - url: /
                session:
                  enable: true
                  sessionExpireTime: 1800
`,
    },
    {
      title: `${L4}, made by TKE`,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.cloud.tencent.com/tke-service-config-auto: "true"
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - port: 80
`,
    },
    {
      title: `${L7}, made by TKE`,
      manifest: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
    ingress.cloud.tencent.com/tke-service-config-auto: "true"
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
    },
  ],
  source: REFERENCE,
} as const satisfies ProductTable;
