import { mappingAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { removePairs, sourceOf } from '../yaml/edits.ts';
import { isMergeKey, keyText, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { areEditable } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { shown } from './support/words.ts';

export const duplicateKey: Rule = {
  id: 'duplicate-key',
  summary: 'A key is written twice in one mapping of a Service, an Ingress or a workload.',
  why:
    'kubectl turns YAML into JSON before it sends it, and the last of two equal keys silently wins; the API server ' +
    'never sees the other. Whoever posts the YAML itself is refused. With `sessionAffinity` or a block of ' +
    'annotations this is how a setting that stands in the file is not in the cluster. Seen with kubectl and ' +
    'kube-apiserver 1.36.',
  remedy: 'Keep the one that is meant, and merge what stands below the two.',
  links: [
    { title: 'YAML 1.2.2: mapping keys are unique', url: 'https://yaml.org/spec/1.2.2/#3212-node-comparison' },
    {
      title: 'Kubernetes: field validation',
      url: 'https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation',
    },
  ],
  messages: {
    scalar:
      '{key} is written twice: kubectl sends {last}, the last one, and drops {first} without a word.\n' +
      'The API server never sees what stands here.',
    empty: '{key} is written twice, here without a value; kubectl sends the last one only.',
    same: '{key} is written twice with the same value; kubectl sends the last one only.',
    collection:
      '{key} is written twice: kubectl sends the last one only, and drops all of this one without a word.\n' +
      'The API server never sees what stands here.',
    related: 'This one counts.',
    fix: 'Remove {first}, which is not sent anyway',
    fixCollection: 'Remove this {key} with all that stands below it, which is not sent anyway',
  },
  readsStructure: true,
  examples: [
    {
      title: 'The second one wins, and the Service has no affinity.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ^^^^^^^^^^^^^^^ duplicate-key
  ports:
    - port: 80
  sessionAffinity: None
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  sessionAffinity: None
`,
    },
    {
      title: 'Two blocks of annotations.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
  ^^^^^^^^^^^ duplicate-key
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: "1800"
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-bandwidth: "100"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-bandwidth: "100"
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'A key that replaces one of a merge is written once.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  labels: &labels
    app: web
    tier: front
spec:
  selector:
    <<: *labels
    tier: back
  ports:
    - port: 80
`,
    },
  ],
  *check(manifest): Iterable<Finding> {
    const seen = new Set<YamlMapping>();
    for (const { resource, mapping } of mappingsOf(manifest)) {
      if (hasRepeatedKey(mapping) && !seen.has(mapping)) {
        seen.add(mapping);
        yield* checkMapping(manifest, resource, mapping);
      }
    }
  },
};

function* checkMapping(manifest: Manifest, resource: Resource, mapping: YamlMapping): Iterable<Finding> {
  for (const pairs of pairsByKey(mapping).values()) {
    const last = pairs.at(-1);
    if (last === undefined || pairs.some((pair) => pair.conditional)) {
      continue;
    }
    for (const pair of pairs.slice(0, -1)) {
      yield findingOf(manifest, resource, mapping, pair, last);
    }
  }
}

/** A pair that loses to a later one with the same key. */
function findingOf(
  manifest: Manifest,
  resource: Resource,
  mapping: YamlMapping,
  pair: YamlPair,
  winner: YamlPair,
): Finding {
  const { text } = manifest.yaml;
  const [first, last] = [pair, winner].map(({ value }) => scalarSource(text, value));
  const losesNothing = textOf(text, pair) === '' || textOf(text, pair) === textOf(text, winner);
  const title = first === undefined ? 'fixCollection' : 'fix';
  const args = {
    key: keyText(pair) ?? '',
    first: first === '' ? 'the empty one' : (first ?? ''),
    last: last || 'nothing',
  };
  return {
    rule: duplicateKey,
    message: messageFor(first, last, losesNothing),
    arguments: { ...args, object: describeResource(resource) },
    certainty: losesNothing ? 'advice' : 'ineffective',
    span: pair.key.span,
    subject: resource,
    related: [{ span: winner.key.span, message: 'related', arguments: {} }],
    fixes: fixHere(manifest, { title, arguments: args, safety: losesNothing ? 'safe' : 'review' }, () =>
      areEditable([pair]) ? removePairs(manifest.yaml, mapping, [pair]) : undefined,
    ),
  };
}

function messageFor(first: string | undefined, last: string | undefined, losesNothing: boolean): string {
  if (losesNothing) {
    return first === '' ? 'empty' : 'same';
  }
  return first === undefined || last === undefined ? 'collection' : 'scalar';
}

function textOf(text: string, { value }: YamlPair): string {
  return text.slice(value.span.start, value.span.end);
}

/** A scalar as written, on one line; undefined for anything else. */
function scalarSource(text: string, value: YamlPair['value']): string | undefined {
  return value.kind === 'scalar' ? shown(sourceOf(text, value)) : undefined;
}

/** Nearly no mapping has one, and to find that out costs less than to sort its pairs. */
function hasRepeatedKey({ pairs }: YamlMapping): boolean {
  if (pairs.length < 2) {
    return false;
  }
  const keys = new Set<string>();
  for (const pair of pairs) {
    const key = keyText(pair);
    if (key !== undefined && keys.size === keys.add(key).size) {
      return true;
    }
  }
  return false;
}

/** Own pairs whose key is known, in the order of the text. */
function pairsByKey(mapping: YamlMapping): Map<string, YamlPair[]> {
  const result = new Map<string, YamlPair[]>();
  for (const pair of mapping.pairs) {
    const key = keyText(pair);
    if (key !== undefined && !isMergeKey(pair)) {
      result.set(key, [...(result.get(key) ?? []), pair]);
    }
  }
  return result;
}

/** The mappings in which persistence and what it depends on are written. */
function mappingsOf({ services, ingresses, workloads }: Manifest): { resource: Resource; mapping: YamlMapping }[] {
  const places: { resource: Resource; mapping: YamlMapping }[] = [];
  const add = (resource: Resource, mapping: YamlMapping | undefined): void => {
    if (mapping !== undefined) {
      places.push({ resource, mapping });
    }
  };
  for (const { resource } of [...services, ...ingresses, ...workloads]) {
    const { root, metadata, annotations, spec } = resource;
    for (const mapping of [root, metadata, annotations, mappingAt(metadata, 'labels'), spec]) {
      add(resource, mapping);
    }
  }
  for (const { resource, spec, ports } of services) {
    const config = mappingAt(spec, 'sessionAffinityConfig');
    for (const mapping of [mappingAt(spec, 'selector'), config, mappingAt(config, 'clientIP')]) {
      add(resource, mapping);
    }
    for (const { mapping } of ports) {
      add(resource, mapping);
    }
  }
  for (const { resource } of workloads) {
    const selector = mappingAt(resource.spec, 'selector');
    const template = mappingAt(resource.spec, 'template');
    const metadata = mappingAt(template, 'metadata');
    const labels = mappingAt(metadata, 'labels');
    const annotations = mappingAt(metadata, 'annotations');
    for (const mapping of [selector, mappingAt(selector, 'matchLabels'), template, metadata, labels, annotations]) {
      add(resource, mapping);
    }
  }
  return places;
}
