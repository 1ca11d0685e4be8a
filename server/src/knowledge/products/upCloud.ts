import { type Located, stringAt } from '../../kubernetes/field.ts';
import type { Service, ServicePort } from '../../kubernetes/service.ts';
import type { ListenerProtocol, ProductTable, Setting, ValueProblem } from '../product.ts';

const P = 'service.beta.kubernetes.io/upcloud-load-balancer-';

const CONFIG = `${P}config`;

const UTILS_GO = 'UpCloudLtd/upcloud-cloud-controller-manager internal/loadbalancer/utils.go';

const COOKIE = 'A cookie for one port';

/** With the controller’s defaults, whose place the properties take. */
const STICKY_BACKEND =
  '{"backends": [{"properties": {"timeout_server": 10, "timeout_tunnel": 3600, "health_check_type": "tcp", ' +
  '"health_check_interval": 10, "health_check_fall": 3, "health_check_rise": 3, ' +
  '"sticky_session_cookie_name": "lb-session"}}]}';

const SETTINGS: readonly Setting[] = [
  {
    at: CONFIG,
    objects: ['Service'],
    grammar: { kind: 'own', what: 'JSON', judge: judgeJson },
    onBadValue: 'refused by the controller',
    meaning: 'How the load balancer is set up, as JSON: its name and plan, its frontends and its backends.',
    values: [],
    notes: [
      'A frontend or backend is for the port of the Service whose name it has.',
      '`properties` of a backend take the place of all its defaults, so write the ones that matter.',
    ],
    source: `${UTILS_GO} mergeLoadBalancerConfigFromServiceAnnotations`,
    cases: [
      { sample: COOKIE, bad: '{name: web}' },
      { sample: COOKIE, bad: '{"name": "web",}' },
      { sample: COOKIE, good: '{}' },
    ],
  },
  {
    at: `${CONFIG}#backends[].properties.sticky_session_cookie_name`,
    objects: ['Service'],
    grammar: {
      kind: 'text',
      what: 'a cookie name',
      allowed: 'letters, digits and marks, without blanks, commas and semicolons',
      pattern: /^[A-Za-z0-9!#$%&'*+\-.^_|~]+$/,
    },
    listeners: ['HTTP', 'HTTPS'],
    onBadValue: 'depends',
    meaning: 'The name of the cookie that keeps a client on a member of the backend; none switches it off.',
    default: 'none: clients are not kept',
    notes: ['Only a frontend in mode http, the default, can carry a cookie.'],
    concept: 'cookie name',
    source: `${UTILS_GO} loadBalancerBackendFromServicePort; README.md`,
    cases: [
      { sample: COOKIE, bad: 'my cookie' },
      { sample: COOKIE, bad: 'route ', fixed: 'route' },
      {
        sample: 'A cookie, with a frontend of its own',
        beside: { at: `${CONFIG}#frontends[].mode`, value: 'tcp' },
        rule: 'annotation-wrong-layer',
        mended: 'otherwise',
      },
    ],
  },
  {
    at: `${CONFIG}#frontends[].mode`,
    objects: ['Service'],
    grammar: { kind: 'word', words: ['http', 'tcp'] },
    onBadValue: 'depends',
    meaning: 'Whether the frontend speaks HTTP or passes on plain TCP.',
    default: 'http',
    values: [
      { value: 'http', meaning: 'cookies work' },
      { value: 'tcp', meaning: 'for everything that is not HTTP; no cookies' },
    ],
    notes: ['With nothing written each port of the Service is HTTP, also that of a database.'],
    source: `${UTILS_GO} loadBalancerFrontendFromServicePort, mergeLoadBalancerFrontends`,
    cases: [
      { sample: 'A cookie, with a frontend of its own', bad: 'HTTP', fixed: 'http' },
      { sample: 'A cookie, with a frontend of its own', bad: 'https', fixed: 'http' },
      { sample: 'A cookie, with a frontend of its own', bad: 'layer7' },
    ],
  },
];

export const UP_CLOUD = {
  id: 'upcloud',
  name: 'UpCloud',
  kind: 'load balancer',
  verification: 'source',
  basis: 'UpCloudLtd/upcloud-cloud-controller-manager at d04f4e8 (2026-07-22), internal/loadbalancer and README.md',
  link: {
    title: 'UpCloud cloud controller manager: service controller',
    url: 'https://github.com/UpCloudLtd/upcloud-cloud-controller-manager#service-controller',
  },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: [P],
  otherAnnotations: ['id', 'name', 'node-selector'],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'Nothing says that the load balancer is told of it; only kube-proxy on the nodes reads it.',
    unverified: true,
    source: 'UpCloudLtd/upcloud-cloud-controller-manager README.md',
  },
  stickiness: [
    {
      by: 'cookie',
      listeners: ['HTTP', 'HTTPS'],
      when: [{ at: `${CONFIG}#backends[].properties.sticky_session_cookie_name`, written: true }],
    },
  ],
  targets: [{ to: 'nodes', when: [] }],
  hidesClientOn: ['HTTP', 'HTTPS'],
  listeners: (service) => service.ports.map((port) => listenerProtocol(service, port)),
  notes: [
    'Everything about the load balancer stands in one annotation, as JSON without comments.',
    'Frontends are in mode http unless they say tcp.',
  ],
  recipes: [
    {
      title: 'by a cookie, for the only port',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: CONFIG, value: STICKY_BACKEND },
      ],
    },
  ],
  mistakes: [
    'TCP behind the default mode http, or a cookie on a frontend in mode tcp (by the source; no thread found)',
  ],
  samples: [
    {
      title: COOKIE,
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    ${CONFIG}: '{"backends": [{"name": "http", "properties": {"sticky_session_cookie_name": "lb-session"}}]}'
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - name: http
      port: 80
`,
    },
    {
      title: 'A cookie, with a frontend of its own',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    ${CONFIG}: ${frontendAndBackend('http')}
spec:
  type: LoadBalancer
  selector:
    app: web
  ports:
    - name: http
      port: 80
`,
    },
    {
      title: 'TCP on one port',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: database
  annotations:
    service.beta.kubernetes.io/upcloud-load-balancer-config: |
      {
        "frontends": [{ "name": "sql", "mode": "tcp" }]
      }
spec:
  type: LoadBalancer
  selector:
    app: database
  ports:
    - name: sql
      port: 5432
`,
    },
  ],
  source: 'UpCloudLtd/upcloud-cloud-controller-manager at d04f4e8, internal/loadbalancer',
} as const satisfies ProductTable;

/** On one line, as an editor can change it in place. */
function frontendAndBackend(mode: string): string {
  const config = {
    frontends: [{ name: 'http', mode }],
    backends: [{ name: 'http', properties: { sticky_session_cookie_name: 'lb-session' } }],
  };
  return `'${JSON.stringify(config)}'`;
}

function judgeJson(text: string): ValueProblem | undefined {
  return parsed(text) === undefined ? { expected: 'a JSON object without comments' } : undefined;
}

interface Config {
  readonly frontends?: readonly {
    readonly name?: unknown;
    readonly mode?: unknown;
    readonly tls_configs?: unknown;
  }[];
}

function parsed(text: string): Config | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The protocol of the frontend for a port: HTTP unless the frontend of its name says tcp. TLS ends there on port 443
 * and where certificates are written. Undefined where the JSON or the name of the port cannot be known.
 *
 * Source: loadBalancerFrontendFromServicePort and mergeLoadBalancerFrontends in internal/loadbalancer/utils.go.
 */
function listenerProtocol(service: Service, port: ServicePort): ListenerProtocol | undefined {
  const text = stringAt(service.resource.annotations, CONFIG);
  const config: Located<string> | Config | undefined =
    text.kind === 'value' ? parsed(text.value) : text.kind === 'absent' ? {} : undefined;
  const name = nameOf(port);
  if (config === undefined || name === undefined || port.port.kind !== 'value') {
    return undefined;
  }
  const frontends = 'frontends' in config && Array.isArray(config.frontends) ? config.frontends : [];
  const isOnly = frontends.length === 1 && service.ports.length === 1;
  const frontend = frontends.find((one) => one?.name === name || (isOnly && !one?.name));
  const mode = frontend?.mode ?? 'http';
  if (mode === 'tcp') {
    return 'TCP';
  }
  const hasTls = port.port.value === 443 || frontend?.tls_configs !== undefined;
  return mode === 'http' || mode === '' ? (hasTls ? 'HTTPS' : 'HTTP') : undefined;
}

/** What the controller calls the frontend of a port. */
function nameOf({ name, port }: ServicePort): string | undefined {
  if (name.kind === 'value' && name.value !== '') {
    return name.value;
  }
  return (name.kind === 'absent' || name.kind === 'value') && port.kind === 'value'
    ? `config_${port.value}`
    : undefined;
}
