import type { Located } from '../kubernetes/field.ts';
import { stringAt } from '../kubernetes/field.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import { leadsTo, type Route } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import { contributionOf } from '../workspace/contributions.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { targetsOfPolicy } from '../workspace/policies.ts';
import type { Indexed, WorkspaceIndex } from '../workspace/workspaceIndex.ts';

/** A place in the text of a manifest of a file. */
export interface ManifestPlace {
  readonly uri: string;
  readonly manifest: Manifest;
  readonly span: Span;
}

/** One object names another, or selects it. */
interface Link {
  readonly from: ManifestPlace;
  readonly to: ManifestPlace;
}

/** What the words at a place stand for: the Service of a backend, the pods of a selector, the class of an Ingress. */
export function definitionsAt({ index }: Snapshot, place: ManifestPlace): ManifestPlace[] {
  return unique(linksFrom(index, place).flatMap(({ from, to }) => (holds(from, place) ? [to] : [])));
}

/** Where the object at a place, or the one that is named there, is named or selected; itself first if asked for. */
export function referencesAt({ index }: Snapshot, place: ManifestPlace, withItself: boolean): ManifestPlace[] {
  const own = linksFrom(index, place);
  const named = own.flatMap(({ from, to }) => (holds(from, place) ? [to] : []));
  const here = linksTo(index, place).flatMap(({ to }) => (holds(to, place) ? [to] : []));
  const targets = unique([...named, ...here]);
  const links = [...own, ...targets.flatMap((target) => linksTo(index, target))];
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
  const named = [...index.services, ...index.routes].map((one) => ({ ...one, resource: one.item.resource }));
  const policies = index.policies.map((policy) => ({ ...policy, resource: policy.item }));
  return [...named, ...policies].flatMap(({ uri, manifest, resource }): IndexedSymbol[] => {
    const { name, namespace, kind } = resource;
    return name.kind === 'value' && isSubsequence(query.toLowerCase(), describeResource(resource).toLowerCase())
      ? [
          {
            uri,
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

type ManifestAt = Pick<ManifestPlace, 'uri' | 'manifest'>;

/** What the objects of a manifest name and select. */
function linksFrom(index: WorkspaceIndex, { uri, manifest }: ManifestAt): Link[] {
  const { routes, services, policies } = contributionOf(manifest, uri);
  return [
    ...routes.flatMap((route) => [...backendLinks(index, route), ...classLinks(index, route)]),
    ...services.flatMap((service) => selectorLinks(index, service)),
    ...policies.flatMap((policy) => targetLinks(index, policy)),
  ];
}

/** What names or selects the objects of a manifest. */
function linksTo(index: WorkspaceIndex, { uri, manifest }: ManifestAt): Link[] {
  const { routes, services, workloads, classes } = contributionOf(manifest, uri);
  const naming: Indexed<unknown>[] = [
    ...services.flatMap((service) => [
      ...index.routesTo(service),
      ...index.policiesTargeting({ uri, item: service.item.resource }),
    ]),
    ...workloads.flatMap((workload) => index.servicesSelecting(workload)),
    ...routes.flatMap((route) => index.policiesTargeting({ uri, item: route.item.resource })),
    ...classes.flatMap((one) => index.routes.filter((route) => isOfClass(route, one))),
  ];
  const from = new Map(naming.map((one) => [one.manifest, one]));
  return [...from.values()].flatMap((one) => linksFrom(index, one).filter(({ to }) => to.manifest === manifest));
}

function backendLinks(index: WorkspaceIndex, { uri, manifest, item }: Indexed<Route>): Link[] {
  return item.rules.flatMap(({ backends }) =>
    backends.flatMap((backend): Link[] => {
      const { serviceName, namespace } = backend;
      if (serviceName.kind !== 'value') {
        return [];
      }
      const own = namespace.kind === 'absent' ? item.resource.namespace : namespace;
      return index
        .servicesNamed(serviceName.value, own, uri)
        .filter((service) => leadsTo(backend, item, service.item.resource))
        .flatMap((service) => linkTo({ uri, manifest, span: serviceName.span }, service, service.item.resource.name));
    }),
  );
}

function selectorLinks(index: WorkspaceIndex, service: Indexed<Service>): Link[] {
  const { uri, manifest, item } = service;
  const { selector, spec } = item;
  const pair = spec.pairs.find(({ value }) => value === selector?.mapping);
  const spans = selector === undefined ? [] : [selector.mapping.span, ...(pair === undefined ? [] : [pair.key.span])];
  return index.workloadsOf(service).flatMap((workload) => {
    const labels = workload.item.podLabels?.mapping.span;
    return labels === undefined
      ? []
      : spans.map((span) => ({
          from: { uri, manifest, span },
          to: { uri: workload.uri, manifest: workload.manifest, span: labels },
        }));
  });
}

function classLinks(index: WorkspaceIndex, route: Indexed<Route>): Link[] {
  const className = classNameOf(route.item);
  if (className?.kind !== 'value') {
    return [];
  }
  const { uri, manifest } = route;
  return index.classes
    .filter((one) => isOfClass(route, one))
    .flatMap((one) => linkTo({ uri, manifest, span: className.span }, one, one.item.name));
}

function classNameOf({ resource }: Route): Located<string> | undefined {
  return resource.kind === 'Ingress' ? stringAt(resource.spec, 'ingressClassName') : undefined;
}

function isOfClass({ item: route }: Indexed<Route>, { item: { kind, name } }: Indexed<Resource>): boolean {
  const className = classNameOf(route);
  return (
    className?.kind === 'value' && kind === 'IngressClass' && name.kind === 'value' && name.value === className.value
  );
}

function targetLinks(index: WorkspaceIndex, { uri, manifest, item: policy }: Indexed<Resource>): Link[] {
  return targetsOfPolicy(policy).flatMap(({ kind, name, span }) => {
    const from = { uri, manifest, span };
    const services = kind === 'Service' ? index.servicesNamed(name, policy.namespace, uri) : [];
    return [...services, ...index.routesNamed(kind, name, policy.namespace, uri)].flatMap((target) =>
      linkTo(from, target, target.item.resource.name),
    );
  });
}

function linkTo(from: ManifestPlace, { uri, manifest }: Indexed<unknown>, name: Located<string>): Link[] {
  return name.kind === 'value' ? [{ from, to: { uri, manifest, span: name.span } }] : [];
}

function holds(outer: ManifestPlace, { manifest, span }: ManifestPlace): boolean {
  return outer.manifest === manifest && outer.span.start <= span.start && span.end <= outer.span.end;
}

function isSame(one: ManifestPlace, other: ManifestPlace): boolean {
  return one.manifest === other.manifest && one.span.start === other.span.start && one.span.end === other.span.end;
}

function unique(places: readonly ManifestPlace[]): ManifestPlace[] {
  const seen = new Map<Manifest, Set<string>>();
  return places.filter(({ manifest, span: { start, end } }) => {
    const spans = seen.get(manifest) ?? new Set();
    seen.set(manifest, spans);
    return spans.size !== spans.add(`${start} ${end}`).size;
  });
}
