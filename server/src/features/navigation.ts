import type { Located } from '../kubernetes/field.ts';
import { stringAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { targetsOfPolicy } from '../workspace/policies.ts';
import type { Indexed, WorkspaceIndex } from '../workspace/workspaceIndex.ts';

/** A place in the text of a manifest. */
export interface ManifestPlace {
  readonly manifest: Manifest;
  readonly span: Span;
}

/** One object names another, or selects it. */
interface Link {
  readonly from: ManifestPlace;
  readonly to: ManifestPlace;
}

/** What the words at a place stand for: the Service of a backend, the pods of a selector, the class of an Ingress. */
export function definitionsAt(snapshot: Snapshot, place: ManifestPlace): ManifestPlace[] {
  return unique(linksOf(snapshot).flatMap(({ from, to }) => (holds(from, place) ? [to] : [])));
}

/** Where the object at a place, or the one that is named there, is named or selected; itself first if asked for. */
export function referencesAt(snapshot: Snapshot, place: ManifestPlace, withItself: boolean): ManifestPlace[] {
  const links = linksOf(snapshot);
  const targets = unique(links.flatMap(({ from, to }) => (holds(from, place) || holds(to, place) ? [to] : [])));
  const naming = links.flatMap(({ from, to }) => (targets.some((target) => isSame(target, to)) ? [from] : []));
  return unique([...(withItself ? targets : []), ...naming]);
}

/** An object of which paths are made, for the list of symbols. */
export interface IndexedSymbol extends ManifestPlace {
  readonly name: string;
  readonly kind: string;
  readonly namespace: string | undefined;
}

/** The Services, routes and workloads whose names hold all letters of a query in their order. */
export function symbolsMatching({ index }: Snapshot, query: string): IndexedSymbol[] {
  const services = index.services.map(({ manifest, item }) => ({ manifest, resource: item.resource }));
  const routes = index.routes.map(({ manifest, item }) => ({ manifest, resource: item.resource }));
  const policies = index.policies.map(({ manifest, item }) => ({ manifest, resource: item }));
  return [...services, ...routes, ...policies].flatMap(({ manifest, resource }): IndexedSymbol[] => {
    const { name, namespace, kind } = resource;
    return name.kind === 'value' && isSubsequence(query.toLowerCase(), describeResource(resource).toLowerCase())
      ? [
          {
            manifest,
            span: name.span,
            name: name.value,
            kind,
            namespace: namespace.kind === 'value' ? namespace.value : undefined,
          },
        ]
      : [];
  });
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

const known = new WeakMap<Snapshot, Link[]>();

function linksOf(snapshot: Snapshot): Link[] {
  let links = known.get(snapshot);
  if (links === undefined) {
    links = [
      ...backendLinks(snapshot.index),
      ...selectorLinks(snapshot.index),
      ...classLinks(snapshot.index),
      ...policyLinks(snapshot.index),
    ];
    known.set(snapshot, links);
  }
  return links;
}

function backendLinks({ routes, services }: WorkspaceIndex): Link[] {
  const byName = new Map<string, ManifestPlace[]>();
  for (const { manifest, item } of services) {
    const { name } = item.resource;
    if (name.kind === 'value') {
      const key = keyOf(item.resource.namespace, name.value);
      byName.set(key, [...(byName.get(key) ?? []), { manifest, span: name.span }]);
    }
  }
  return routes.flatMap(({ manifest, item }) =>
    item.rules.flatMap(({ backends }) =>
      backends.flatMap(({ serviceName, namespace }) => {
        const own = namespace.kind === 'absent' ? item.resource.namespace : namespace;
        const targets = serviceName.kind === 'value' ? (byName.get(keyOf(own, serviceName.value)) ?? []) : [];
        return serviceName.kind === 'value'
          ? targets.map((to) => ({ from: { manifest, span: serviceName.span }, to }))
          : [];
      }),
    ),
  );
}

function selectorLinks(index: WorkspaceIndex): Link[] {
  return index.services.flatMap((service) => {
    const { manifest, item } = service;
    const { selector, spec } = item;
    const pair = spec.pairs.find(({ value }) => value === selector?.mapping);
    const spans = selector === undefined ? [] : [selector.mapping.span, ...(pair === undefined ? [] : [pair.key.span])];
    return index.workloadsOf(service).flatMap((workload) => {
      const labels = workload.item.podLabels?.mapping.span;
      return labels === undefined
        ? []
        : spans.map((span) => ({ from: { manifest, span }, to: { manifest: workload.manifest, span: labels } }));
    });
  });
}

function classLinks({ classes, routes }: WorkspaceIndex): Link[] {
  return routes.flatMap(({ manifest, item: { resource } }) => {
    const className = resource.kind === 'Ingress' ? stringAt(resource.spec, 'ingressClassName') : undefined;
    return classes.flatMap(({ manifest: other, item: { kind, name } }) =>
      className?.kind === 'value' && kind === 'IngressClass' && name.kind === 'value' && name.value === className.value
        ? [{ from: { manifest, span: className.span }, to: { manifest: other, span: name.span } }]
        : [],
    );
  });
}

function policyLinks(index: WorkspaceIndex): Link[] {
  const targets: readonly Indexed<Resource>[] = [
    ...index.services.map((service) => ({ ...service, item: service.item.resource })),
    ...index.routes.map((route) => ({ ...route, item: route.item.resource })),
  ];
  return index.policies.flatMap(({ manifest, item }) =>
    targetsOfPolicy(item).flatMap(({ kind, name, span }) =>
      targets
        .filter(
          (target) =>
            target.item.kind === kind &&
            target.item.name.kind === 'value' &&
            target.item.name.value === name &&
            keyOf(target.item.namespace, '') === keyOf(item.namespace, ''),
        )
        .flatMap((target) =>
          target.item.name.kind === 'value'
            ? [{ from: { manifest, span }, to: { manifest: target.manifest, span: target.item.name.span } }]
            : [],
        ),
    ),
  );
}

function keyOf(namespace: Located<string>, name: string): string {
  return `${namespace.kind} ${namespace.kind === 'value' ? namespace.value : ''} ${name}`;
}

function holds(outer: ManifestPlace, { manifest, span }: ManifestPlace): boolean {
  return outer.manifest === manifest && outer.span.start <= span.start && span.end <= outer.span.end;
}

function isSame(one: ManifestPlace, other: ManifestPlace): boolean {
  return one.manifest === other.manifest && one.span.start === other.span.start && one.span.end === other.span.end;
}

function unique(places: readonly ManifestPlace[]): ManifestPlace[] {
  return places.filter((place, index) => places.findIndex((other) => isSame(place, other)) === index);
}
