import { type KubernetesVersion, mayBeOlderThan } from '../configuration/settings.ts';
import { type Located, stringAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { sourceOf } from '../yaml/edits.ts';
import type { YamlMapping } from '../yaml/nodes.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { findingsWithValues } from './support/chartValues.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';
import { type MeantWord, meantWord, replaceByWord, shown } from './support/words.ts';

export const serviceValueUnsupported: Rule = {
  id: 'service-value-unsupported',
  summary: 'The type, a traffic policy or a protocol of a Service has a value that the API server does not know.',
  why:
    'Each of these fields takes one of a few words, in exactly one case, and the API server refuses the Service ' +
    'for any other. Until it is mended nothing that depends on the type or the policy can be said. Seen on ' +
    'kube-apiserver 1.36.',
  remedy: 'Write one of the words that the message names, in its own case.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    found:
      '{field}: {value} is refused; the API server knows {words}.\n' +
      'It takes these words only, each in exactly this case.',
    application:
      '{field}: {value} is refused; the API server knows {words}.\n' +
      '{value} runs on top of TCP; the place to name it is appProtocol.',
    tooNew:
      '{field}: {value} is refused by Kubernetes {version}, which knows {words} only.\n' +
      'The word came with 1.34; kubernetesVersion in the settings says that these manifests meet an older one.',
    notText: '{field}: {value} is a {type} to the API server and refused; it knows {words}.',
    fix: 'Replace by {meant}',
  },
  examples: [
    {
      title: 'In the wrong case.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: Loadbalancer
        ^^^^^^^^^^^^ service-value-unsupported
  externalTrafficPolicy: local
                         ^^^^^ service-value-unsupported
  ports:
    - port: 80
      protocol: tcp
                ^^^ service-value-unsupported
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  ports:
    - port: 80
      protocol: TCP
`,
    },
    {
      title: 'Not the protocol of a port, but of what speaks on it.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      protocol: HTTP
                ^^^^ service-value-unsupported
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
      protocol: TCP
`,
    },
    {
      title: 'The empty string takes the default.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: ""
  internalTrafficPolicy: Local
  ports:
    - port: 80
      protocol: SCTP
`,
    },
  ],
  judges: ['services', 'values'],
  check: (manifest, { file, snapshot }) => {
    const { kubernetesVersion } = snapshot.settingsFor(file.uri);
    return findingsWithValues(manifest, (service) => checkService(manifest, service, kubernetesVersion));
  },
};

function* checkService(
  manifest: Manifest,
  service: Service,
  version: KubernetesVersion | undefined,
): Iterable<Finding> {
  const { spec } = service;
  const isOld = mayBeOlderThan(version, 33);
  yield* checkField(manifest, service, {
    field: 'trafficDistribution',
    words: isOld ? DISTRIBUTIONS.slice(0, 1) : DISTRIBUTIONS,
    mapping: spec,
    located: stringAt(spec, 'trafficDistribution'),
    ...(isOld ? { version: `${version?.major}.${version?.minor}` } : {}),
  });
  for (const [field, words] of Object.entries(WORDS)) {
    // A chart may have words of its own for the type, but it hands the policies on as they are.
    if (field !== 'type' || service.resource.view !== 'values') {
      yield* checkField(manifest, service, { field, words, mapping: spec, located: stringAt(spec, field) });
    }
  }
  for (const { mapping, protocol } of service.resource.view === 'values' ? [] : service.ports) {
    yield* checkField(manifest, service, { field: 'protocol', words: PROTOCOLS, mapping, located: protocol });
  }
}

function messageFor(located: Located<string>, isApplication: boolean, isTooNew: boolean): string {
  if (located.kind === 'invalid') {
    return 'notText';
  }
  return isApplication ? 'application' : isTooNew ? 'tooNew' : 'found';
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  type: ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'],
  externalTrafficPolicy: ['Cluster', 'Local'],
  internalTrafficPolicy: ['Cluster', 'Local'],
};

const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

/** Up to Kubernetes 1.32 there is the first only; the others came by default with 1.34, behind a gate with 1.33. */
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'];

interface CheckedField {
  readonly field: string;
  readonly words: readonly string[];
  readonly mapping: YamlMapping;
  readonly located: Located<string>;
  /** The version that knows these words only, where the user named one and it matters. */
  readonly version?: string;
}

function* checkField(
  manifest: Manifest,
  service: Service,
  { field, words, mapping, located, version }: CheckedField,
): Iterable<Finding> {
  if ((located.kind !== 'value' && located.kind !== 'invalid') || located.field.node.kind !== 'scalar') {
    return;
  }
  const scalar = located.field.node;
  if (located.kind === 'value' && (located.value === '' || words.includes(located.value))) {
    return;
  }
  const isApplication = field === 'protocol' && /^(https?|grpcs?|tls|ssl|wss?|websocket)$/i.test(scalar.text);
  const tcp: MeantWord = { word: 'TCP', safety: 'review' };
  const meant = isApplication ? tcp : located.kind === 'value' ? meantWord(located.value, words) : undefined;
  const type = located.kind === 'invalid' ? (located.found?.type ?? 'value') : '';
  yield {
    rule: serviceValueUnsupported,
    message: messageFor(located, isApplication, version !== undefined && DISTRIBUTIONS.includes(scalar.text)),
    arguments: {
      field,
      words: listOf(words),
      version: version ?? '',
      value: shown(sourceOf(manifest.yaml.text, scalar)),
      type,
      service: describeResource(service.resource),
    },
    certainty: 'refused',
    span: located.field.pair.value.span,
    subject: service.resource,
    related: [],
    fixes: meant === undefined || !located.field.editable ? [] : fixesOf(manifest, mapping, scalar, meant),
  };
}

function fixesOf(
  manifest: Manifest,
  mapping: YamlMapping,
  scalar: Parameters<typeof replaceByWord>[1],
  meant: MeantWord,
): Fix[] {
  const { word, safety } = meant;
  return fixHere(manifest, { title: 'fix', arguments: { meant: word }, safety }, () => [
    replaceByWord(mapping, scalar, meant),
  ]);
}
