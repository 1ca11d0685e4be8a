import { mayBeOlderThan } from '../configuration/settings.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { hasVirtualIP, isHeadless, usesClientIP } from '../kubernetes/service.ts';
import { findPair } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { removeFields } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';

export const affinityWithoutVirtualIp: Rule = {
  id: 'affinity-without-virtual-ip',
  summary: '`sessionAffinity: ClientIP` is set on a headless or ExternalName Service, where nothing can apply it.',
  why:
    'kube-proxy pins clients at the address of the Service, and skips Services that have none. A headless Service ' +
    'makes DNS hand out the addresses of the pods, among which each client chooses; an ExternalName is an alias in ' +
    'DNS. The API server accepts the affinity on both; it warns for headless ones since Kubernetes 1.34, and for ' +
    'ExternalName not at all. Seen on kube-apiserver 1.36, read in kube-proxy.',
  remedy: 'Remove the affinity, or give clients a Service with an address of its own.',
  links: [
    {
      title: 'Kubernetes: headless Services',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#headless-services',
    },
    SESSION_AFFINITY_PAGE,
  ],
  messages: {
    headless:
      'ClientIP has no effect on {service}: it is headless, so DNS hands out pod addresses.\n' +
      'Each client chooses a pod itself; kube-proxy, which would pin it, is not asked. Kubernetes 1.34 and later warn.',
    headlessSilent:
      'ClientIP has no effect on {service}: it is headless, so DNS hands out pod addresses.\n' +
      'Each client chooses a pod itself; kube-proxy, which would pin it, is not asked. Before 1.34 nothing warns.',
    externalName:
      'ClientIP has no effect on {service}: an ExternalName is an alias in DNS.\n' +
      'No traffic passes through Kubernetes, and the API server accepts the affinity without a warning.',
    related: 'This leaves the Service without an address of its own.',
    remove: 'Remove {fields} (nothing changes for traffic)',
  },
  after: [
    'affinity-in-selector',
    'affinity-misplaced',
    'affinity-flattened',
    'affinity-key-misspelt',
    'affinity-shape-wrong',
    'affinity-value-unsupported',
    'duplicate-key',
    'headless-type-contradiction',
    'service-type-contradiction',
    'service-value-unsupported',
  ],
  examples: [
    {
      title: 'Headless: clients talk to the pods directly.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-without-virtual-ip
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  ports:
    - port: 80
`,
    },
    {
      title: 'An alias of an external name.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
  externalName: web.example.com
  sessionAffinity: ClientIP
                   ^^^^^^^^ affinity-without-virtual-ip
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ExternalName
  externalName: web.example.com
`,
    },
    {
      title: 'Saying that there is none is harmless.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  sessionAffinity: None
`,
    },
  ],
  judges: ['services'],
  *check(manifest, { file, snapshot }): Iterable<Finding> {
    const isSilent = mayBeOlderThan(snapshot.settingsFor(file.uri).kubernetesVersion, 34);
    for (const service of manifest.services) {
      const { sessionAffinity, spec } = service;
      if (usesClientIP(service) !== true || sessionAffinity.kind !== 'value' || hasVirtualIP(service) !== false) {
        continue;
      }
      const cause = isHeadless(service) ? service.clusterIP : service.type;
      const fields = ['sessionAffinity', 'sessionAffinityConfig'].filter((key) => findPair(spec, key) !== undefined);
      yield {
        rule: affinityWithoutVirtualIp,
        message: !isHeadless(service) ? 'externalName' : isSilent ? 'headlessSilent' : 'headless',
        arguments: { service: describeResource(service.resource) },
        certainty: 'ineffective',
        span: sessionAffinity.field.pair.value.span,
        subject: service.resource,
        related: cause.kind === 'value' ? [{ span: cause.span, message: 'related', arguments: {} }] : [],
        fixes: fixHere(manifest, { title: 'remove', arguments: { fields: listOf(fields) }, safety: 'review' }, () =>
          removeFields(manifest, spec, fields),
        ),
      };
    }
  },
};
