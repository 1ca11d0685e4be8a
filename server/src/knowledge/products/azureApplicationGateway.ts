import type { ProductTable, Setting } from '../product.ts';

const P = 'appgw.ingress.kubernetes.io/';

const SOURCE = 'Azure/application-gateway-kubernetes-ingress pkg/appgw/backendhttpsettings.go; docs/annotations.md';

const EVENT = 'the event InvalidAnnotation';

const SETTINGS: readonly Setting[] = [
  {
    at: `${P}cookie-based-affinity`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'ignored',
    toldBy: EVENT,
    meaning: 'Whether the gateway keeps a client on its pod by a cookie.',
    default: 'false',
    values: [
      { value: 'true', meaning: 'keep a client on its pod by a cookie' },
      { value: 'false', meaning: 'each request may go to another pod' },
    ],
    notes: ['The cookie’s name cannot be chosen.'],
    misplaced: [
      { on: 'Service', outcome: 'ignored', why: 'The controller reads it from the Ingress that leads to the Service.' },
    ],
    concept: 'cookie switch',
    source: SOURCE,
    cases: [
      { bad: 'enabled', fixed: 'true' },
      { bad: 'on', fixed: 'true' },
      { bad: 'cookie' },
      { sample: 'By a cookie', good: 'True' },
      { sample: 'By a cookie', good: '1' },
    ],
  },
  {
    at: `${P}cookie-based-affinity-distinct-name`,
    objects: ['Ingress'],
    grammar: { kind: 'boolean', syntax: 'go' },
    off: 'false',
    onBadValue: 'ignored',
    toldBy: EVENT,
    meaning: 'Whether each backend has a cookie of its own, `appgw-affinity-` and a hash.',
    default: 'false',
    notes: ['Without it the paths of one host share a cookie, and each overwrites that of the other.'],
    requires: [
      {
        when: ['true', 'True', 'TRUE', 't', 'T', '1'],
        needs: { at: `${P}cookie-based-affinity`, is: ['true', 'True', 'TRUE', 't', 'T', '1'] },
        outcome: 'ignored',
        why: 'It names a cookie that the gateway sets with cookie-based-affinity only.',
        offers: [{ set: [{ at: `${P}cookie-based-affinity`, value: 'true' }] }],
        remove: 'last',
      },
    ],
    source: SOURCE,
    cases: [
      { bad: 'yes', fixed: 'true' },
      { bad: 'appgw-affinity-web' },
      { without: `${P}cookie-based-affinity`, rule: 'setting-companion-missing', mended: 'as it was' },
      {
        beside: { at: `${P}cookie-based-affinity`, value: 'false' },
        rule: 'setting-companion-missing',
        mended: 'as it was',
      },
    ],
  },
];

const HEAD = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations:
`;

const SPEC = `spec:
  ingressClassName: azure-application-gateway
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

export const AZURE_APPLICATION_GATEWAY = {
  id: 'azure-agic',
  name: 'Azure Application Gateway',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'Azure/application-gateway-kubernetes-ingress at f42103da (2026-03-24)',
  link: {
    title: 'Application Gateway Ingress Controller: annotations',
    url: 'https://azure.github.io/application-gateway-kubernetes-ingress/annotations/',
  },
  detection: {
    ingress: {
      controllers: ['azure/application-gateway'],
      classNames: ['azure-application-gateway', 'azure/application-gateway'],
    },
  },
  annotationPrefixes: [P],
  insteadOfForeign:
    'The Application Gateway keeps clients by appgw.ingress.kubernetes.io/cookie-based-affinity: "true".',
  otherAnnotations: [
    'appgw-ssl-certificate',
    'appgw-ssl-profile',
    'appgw-trusted-root-certificate',
    'backend-hostname',
    'backend-path-prefix',
    'backend-protocol',
    'connection-draining',
    'connection-draining-timeout',
    'health-probe-hostname',
    'health-probe-interval',
    'health-probe-path',
    'health-probe-port',
    'health-probe-status-codes',
    'health-probe-timeout',
    'health-probe-unhealthy-threshold',
    'hostname-extension',
    'override-frontend-port',
    'request-timeout',
    'rewrite-rule-set',
    'rewrite-rule-set-custom-resource',
    'rule-priority',
    'ssl-redirect',
    'use-private-ip',
    'waf-policy-for-path',
  ],
  families: [{ prefix: `${P}cookie-based-affinity`, unknown: 'depends' }],
  settings: SETTINGS,
  sessionAffinity: {
    effect: 'ignored',
    what: 'The gateway sends requests to the pods themselves, so it never meets the virtual IP.',
    source: 'Azure/application-gateway-kubernetes-ingress at f42103da',
  },
  stickiness: [
    {
      by: 'cookie',
      when: [{ at: `${P}cookie-based-affinity`, is: ['true', 'True', 'TRUE', 't', 'T', '1'] }],
    },
  ],
  targets: [{ to: 'pods', when: [] }],
  recipes: [
    {
      title: 'by a cookie for each backend',
      on: 'Ingress',
      set: [
        { at: `${P}cookie-based-affinity`, value: 'true' },
        { at: `${P}cookie-based-affinity-distinct-name`, value: 'true' },
      ],
    },
  ],
  mistakes: [
    'a name of one’s own for the cookie (Azure/application-gateway-kubernetes-ingress#772)',
    'one cookie for several paths, which overwrite it (Azure/application-gateway-kubernetes-ingress#1280)',
  ],
  samples: [
    {
      title: 'By a cookie',
      manifest: `${HEAD}    appgw.ingress.kubernetes.io/cookie-based-affinity: "true"
${SPEC}`,
    },
    {
      title: 'By a cookie for each backend',
      manifest: `${HEAD}    appgw.ingress.kubernetes.io/cookie-based-affinity: "true"
    appgw.ingress.kubernetes.io/cookie-based-affinity-distinct-name: "true"
${SPEC}`,
    },
  ],
  source: 'Azure/application-gateway-kubernetes-ingress at f42103da',
} as const satisfies ProductTable;
