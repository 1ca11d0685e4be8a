import { readRoute } from '../kubernetes/route.ts';
import { explain } from '../rendering/explanation.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { pathsAt, worstFirst } from './objectPaths.ts';

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
  const explained = worstFirst(paths).map(explain);
  const [worst] = explained;
  const same = new Set(explained.map(({ headline }) => headline)).size === 1;
  return worst === undefined ? undefined : same ? worst.headline : `${worst.headline} (worst of ${explained.length})`;
}
