import { readRoute } from '../kubernetes/route.ts';
import type { Verdict } from '../persistence/path.ts';
import { pathsThrough, type WorkspacePath } from '../persistence/workspacePaths.ts';
import { explain } from '../rendering/explanation.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Manifest, PlacedManifest } from '../workspace/manifest.ts';

/** Where a line above an object says what becomes of clients there. */
export interface LensPlace {
  /** In the file. */
  readonly span: Span;
}

/** One place for each Service and each route of a file, in the order of the text. */
export function lensPlaces(snapshot: Snapshot, uri: string): LensPlace[] {
  const manifests = snapshot.configuration.isIgnored(uri) ? [] : (snapshot.files.get(uri)?.manifests ?? []);
  return manifests.flatMap((placed) =>
    heads(placed.manifest).map((span): LensPlace => ({ span: fileSpan(placed, span) })),
  );
}

function heads(manifest: Manifest): Span[] {
  if (manifest.relevance !== 'all') {
    return [];
  }
  const { services, resources } = manifest;
  const routes = resources.filter((resource) => readRoute(resource) !== undefined);
  const all = [
    ...services.filter(({ resource }) => resource.view === 'whole').map(({ resource }) => resource),
    ...routes,
  ];
  return all.map(({ root }) => root.pairs[0]?.key.span ?? root.span).sort((a, b) => a.start - b.start);
}

/** What is said at such a place, of the worst path where there are several; undefined where no path is known. */
export function lensTitle(snapshot: Snapshot, uri: string, offset: number): string | undefined {
  const paths = pathsAt(snapshot, uri, offset);
  const explained = paths.map(explain).sort((a, b) => RANK[a.verdict] - RANK[b.verdict]);
  const [worst] = explained;
  const same = new Set(explained.map(({ headline }) => headline)).size === 1;
  return worst === undefined ? undefined : same ? worst.headline : `${worst.headline} (worst of ${explained.length})`;
}

/** Worst first. */
export const RANK: Readonly<Record<Verdict['kind'], number>> = {
  collapsed: 0,
  'not sticky': 1,
  'sticky to the node only': 2,
  unknown: 3,
  sticky: 4,
};

/** The paths through the object at an offset of a file: a Service's own, or those of a route to its Services. */
export function pathsAt(snapshot: Snapshot, uri: string, offset: number): WorkspacePath[] {
  const file = snapshot.files.get(uri);
  const placed = file?.manifests.findLast(({ start }) => start <= offset);
  if (file === undefined || placed === undefined) {
    return [];
  }
  const resource = resourceAt(placed, offset);
  const service = placed.manifest.services.find((candidate) => candidate.resource === resource);
  const { index } = snapshot;
  const view = snapshot.viewFor(uri);
  if (service !== undefined) {
    return pathsThrough({ uri, manifest: placed.manifest, item: service }, index, view);
  }
  const route = resource === undefined ? undefined : readRoute(resource);
  const names = new Set(
    (route?.rules ?? []).flatMap(({ backends }) =>
      backends.flatMap(({ serviceName }) => (serviceName.kind === 'value' ? serviceName.value : [])),
    ),
  );
  return index.services
    .filter(({ item }) => item.resource.name.kind === 'value' && names.has(item.resource.name.value))
    .flatMap((one) => pathsThrough(one, index, view))
    .filter(({ through }) => through.kind === 'route' && through.route.item.resource === resource);
}

/** The object whose text holds an offset, or begins behind it first. */
function resourceAt(placed: PlacedManifest, offset: number): Manifest['resources'][number] | undefined {
  const { resources } = placed.manifest;
  return resources.findLast(({ root }) => fileSpan(placed, root.span).start <= offset) ?? resources[0];
}
