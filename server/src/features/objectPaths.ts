import type { Resource } from '../kubernetes/resource.ts';
import { readRoute } from '../kubernetes/route.ts';
import { verdictOf } from '../persistence/path.ts';
import { pathsThrough, type WorkspacePath } from '../persistence/workspacePaths.ts';
import { compareByVerdict } from '../rendering/explanation.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Manifest, PlacedManifest } from '../workspace/manifest.ts';
import { isPolicy, policiesNamedBy, targetsOfPolicy } from '../workspace/policies.ts';
import { manifestAt } from './servicePlace.ts';

/** The paths through the object at an offset of a file. */
export function pathsAt(snapshot: Snapshot, uri: string, offset: number): WorkspacePath[] {
  const placed = manifestAt(snapshot.files.get(uri)?.manifests ?? [], offset);
  const resource = placed && resourceAt(placed, offset);
  return placed === undefined || resource === undefined ? [] : pathsOf(snapshot, uri, placed.manifest, resource);
}

/** The paths through an object: a Service’s own, those of a route to its Services, those for which a policy speaks. */
export function pathsOf(snapshot: Snapshot, uri: string, manifest: Manifest, resource: Resource): WorkspacePath[] {
  const { index } = snapshot;
  const view = snapshot.viewFor(uri);
  const service = manifest.services.find((candidate) => candidate.resource === resource);
  if (service !== undefined) {
    return pathsThrough({ uri, manifest, item: service }, index, view);
  }
  const names = servicesNamedBy(resource, snapshot);
  return names.size === 0
    ? []
    : index.services
        .filter(({ item }) => item.resource.name.kind === 'value' && names.has(item.resource.name.value))
        .flatMap((one) => pathsThrough(one, index, view))
        .filter(({ through }) => through.kind === 'route' && isOnTheWay(resource, through));
}

function isOnTheWay(
  resource: Resource,
  { route, policies }: Extract<WorkspacePath['through'], { kind: 'route' }>,
): boolean {
  return route.item.resource === resource || policies.includes(resource);
}

/** The names of the Services to which a route leads or of which a policy speaks, itself or through a route. */
function servicesNamedBy(resource: Resource, { index }: Snapshot): ReadonlySet<string> {
  if (!isPolicy(resource)) {
    return new Set(backendsOf(resource));
  }
  const targets = targetsOfPolicy(resource);
  const own = targets.filter(({ kind }) => kind === 'Service').map(({ name }) => name);
  const routed = index.routes
    .filter(({ item }) =>
      targets.some(({ kind, name }) => kind === item.resource.kind && isCalled(item.resource, name)),
    )
    .flatMap(({ item }) => backendsOf(item.resource));
  const naming = index.services
    .filter(({ item }) =>
      policiesNamedBy(item.resource).some(({ kind, name }) => kind === resource.kind && isCalled(resource, name)),
    )
    .flatMap(({ item }) => (item.resource.name.kind === 'value' ? [item.resource.name.value] : []));
  return new Set([...own, ...routed, ...naming]);
}

function isCalled({ name }: Resource, wanted: string): boolean {
  return name.kind === 'value' && name.value === wanted;
}

function backendsOf(resource: Resource): string[] {
  return (readRoute(resource)?.rules ?? []).flatMap(({ backends }) =>
    backends.flatMap(({ serviceName }) => (serviceName.kind === 'value' ? [serviceName.value] : [])),
  );
}

/** In the order in which a person wants to know of them. */
export function worstFirst(paths: readonly WorkspacePath[]): WorkspacePath[] {
  return paths.toSorted((one, other) => compareByVerdict(verdictOf(one), verdictOf(other)));
}

/** The object whose text holds an offset, or begins behind it first. */
function resourceAt(placed: PlacedManifest, offset: number): Resource | undefined {
  const { resources } = placed.manifest;
  return resources.findLast(({ root }) => fileSpan(placed, root.span).start <= offset) ?? resources[0];
}
