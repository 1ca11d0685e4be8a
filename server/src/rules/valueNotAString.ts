import { isUnknownScalar, mappingAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import { readScalar } from '../kubernetes/scalar.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { sourceOf } from '../yaml/edits.ts';
import {
  allPairs,
  findPair,
  keyText,
  resolveAlias,
  type YamlMapping,
  type YamlPair,
  type YamlScalar,
} from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { affinityInSelectorPairs, nestedSelectorPairs } from './support/selector.ts';

export const valueNotAString: Rule = {
  id: 'value-not-a-string',
  summary: 'A number, a boolean, a list or a mapping is the value of an annotation, a label or a selector.',
  why:
    'These are maps of strings, and the API server refuses the whole object over a value of another type (seen on ' +
    'kube-apiserver 1.36). Settings of a load balancer hit this all the time: they are annotations, and their ' +
    'values look like numbers, `true` or `on`. To the reader of YAML 1.1 that kubectl uses, `on`, `off`, `yes`, ' +
    '`no`, `y` and `n` are booleans as well; to that of Kustomize they are words.',
  remedy: 'Put the value into double quotes.',
  links: [
    {
      title: 'Kubernetes: annotations',
      url: 'https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/',
    },
  ],
  messages: {
    scalar:
      '{value} is a {type}, and {map} take strings only: {object} is refused.\n' +
      'In quotes it is a string, and the API server takes it.',
    yaml11:
      'kubectl reads {value} as a {type}, and {map} take strings only: {object} is refused.\n' +
      'That is YAML 1.1; other readers, such as that of Kustomize, see a string. In quotes it is one to all of them.',
    collection:
      '{key} has a {type} for its value, and {map} take strings only: {object} is refused.\n' +
      'Perhaps what stands below it is indented by one level too many.',
    fix: 'Put {value} into quotes',
  },
  examples: [
    {
      title: 'A number and, to kubectl, a boolean.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: on
                                                                          ^^ value-not-a-string
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: 1800 # half an hour
                                                                          ^^^^ value-not-a-string
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
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-sticky-session: "on"
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-cookie-timeout: "1800" # half an hour
spec:
  type: LoadBalancer
  ports:
    - port: 80
`,
    },
    {
      title: 'In a selector and in the labels that it looks for.',
      bad: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      release: 0x10
               ^^^^ value-not-a-string
  template:
    metadata:
      labels: {release: 0x10}
                        ^^^^ value-not-a-string
    spec:
      containers: []
`,
      fixed: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      release: "0x10"
  template:
    metadata:
      labels: {release: "0x10"}
    spec:
      containers: []
`,
    },
    {
      title: 'What looks like a number and is none, and nothing at all.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    version: 1.2.3
    empty:
  annotations:
    "true": yes, please
    time: 3:00:00
spec:
  ports:
    - port: 80
`,
    },
  ],
  *check(manifest): Iterable<Finding> {
    const seen = new Set<YamlPair>();
    for (const { resource, map, mapping, taken } of stringMaps(manifest)) {
      for (const { pair } of allPairs(mapping)) {
        if (isText(pair) || seen.has(pair) || taken.includes(pair)) {
          continue;
        }
        const key = keyText(pair);
        if (key === undefined || findPair(mapping, key)?.pair === pair) {
          seen.add(pair);
          yield* checkPair(manifest, resource, map, pair);
        }
      }
    }
  },
};

interface PlacedMap {
  readonly resource: Resource;
  /** What a message calls it, in the plural. */
  readonly map: 'annotations' | 'labels' | 'selectors';
  readonly mapping: YamlMapping;
  /** Pairs that have no place there at all, of which another rule speaks. */
  readonly taken: readonly YamlPair[];
}

function stringMaps({ services, ingresses, workloads }: Manifest): PlacedMap[] {
  const maps: PlacedMap[] = [];
  const add = (resource: Resource, map: PlacedMap['map'], mapping: YamlMapping | undefined): void => {
    if (mapping !== undefined) {
      maps.push({ resource, map, mapping, taken: [] });
    }
  };
  for (const { resource } of [...services, ...ingresses, ...workloads]) {
    add(resource, 'annotations', resource.annotations);
    add(resource, 'labels', mappingAt(resource.metadata, 'labels'));
  }
  for (const { resource, spec } of services) {
    const mapping = mappingAt(spec, 'selector');
    if (mapping !== undefined) {
      const taken = [...affinityInSelectorPairs(mapping), ...nestedSelectorPairs(mapping)];
      maps.push({ resource, map: 'selectors', mapping, taken });
    }
  }
  for (const { resource } of workloads) {
    add(resource, 'selectors', mappingAt(resource.spec, 'selector', 'matchLabels'));
    add(resource, 'labels', mappingAt(resource.spec, 'template', 'metadata', 'labels'));
    add(resource, 'annotations', mappingAt(resource.spec, 'template', 'metadata', 'annotations'));
  }
  return maps;
}

/** Nearly every value is one, and of those nothing else has to be known. */
function isText({ value }: YamlPair): boolean {
  return value.kind === 'scalar' && !value.templated && readScalar(value).type === 'string';
}

function* checkPair(manifest: Manifest, resource: Resource, map: PlacedMap['map'], pair: YamlPair): Iterable<Finding> {
  const value = resolveAlias(pair.value);
  const common = {
    rule: valueNotAString,
    subject: resource,
    related: [],
  } as const;
  const args = { map, object: describeResource(resource) };
  if (value?.kind === 'mapping' || value?.kind === 'sequence') {
    // In a broken document the tree may put under a key what the author wrote beside it.
    if (manifest.yaml.problems.length > 0) {
      return;
    }
    yield {
      ...common,
      message: 'collection',
      arguments: { ...args, key: keyText(pair) ?? 'A key', type: value.kind === 'mapping' ? 'mapping' : 'list' },
      certainty: 'refused',
      span: pair.key.span,
      fixes: [],
    };
  } else if (value !== undefined && !isUnknownScalar(value) && !/string|null/.test(readScalar(value).type)) {
    const source = sourceOf(manifest.yaml.text, value);
    const only11 = isOnlyYaml11(value.text);
    yield {
      ...common,
      message: only11 ? 'yaml11' : 'scalar',
      arguments: { ...args, value: source, type: readScalar(value).type },
      certainty: only11 ? 'ineffective' : 'refused',
      span: pair.value.span,
      fixes: fixHere(manifest, { title: 'fix', arguments: { value: source }, safety: 'safe' }, () =>
        value === pair.value && !hasProperties(manifest.yaml.text, value)
          ? [{ span: value.span, newText: `"${source}"` }]
          : undefined,
      ),
    };
  }
}

/** Words and spellings of numbers that YAML gave up with its version 1.2, but not the reader of kubectl. */
function isOnlyYaml11(text: string): boolean {
  return /^(y|yes|n|no|on|off)$/i.test(text) || /_|^[-+]?0[bB]/.test(text);
}

/** A tag says another type than quotes would, and what an anchor names may be wanted as a number elsewhere. */
function hasProperties(text: string, scalar: YamlScalar): boolean {
  const before = text.slice(Math.max(0, scalar.span.start - 100), scalar.span.start);
  return scalar.tag !== undefined || /\s[&!]\S*\s+$/.test(before);
}
