import { type Analyzer, createAnalyzer } from '../analyzer.ts';
import { isProjectFile } from '../configuration/projectFile.ts';
import { placeOf } from '../features/fixes.ts';
import { pathsThrough } from '../persistence/workspacePaths.ts';
import { type ExplainedPath, explain, type PlacedEvidence } from '../rendering/explanation.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { LineIndex } from '../text/lines.ts';
import { canMatter } from '../workspace/readFile.ts';
import { describeUnread, load, uriOf } from './loading.ts';

/** A path with the files and lines of what decides it. */
export interface PathReport extends ExplainedPath {
  readonly namespace: string | undefined;
  readonly places: ReadonlyMap<PlacedEvidence, FilePlace>;
}

export interface FilePlace {
  readonly file: string;
  readonly line: number;
}

export interface ExplainOptions {
  /** Only the paths through Services of this name. */
  readonly service: string | undefined;
  warn(message: string): void;
}

/** Every path through the Services in the files, in the order of files and texts. */
export function explainFiles(
  named: readonly string[],
  options: ExplainOptions,
): { readonly paths: readonly PathReport[]; readonly failed: boolean } {
  const analyzer = createAnalyzer();
  const files = new Map<string, string>();
  let failed = false;
  const fail = (reason: string): void => {
    failed = true;
    options.warn(reason);
  };
  load(named, analyzer, {
    take(path, read) {
      if (read.kind === 'text') {
        files.set(uriOf(path), path);
        if (isProjectFile(uriOf(path)) || canMatter(uriOf(path), read.text)) {
          take(analyzer, path, read.text, fail);
        }
      } else {
        fail(read.kind === 'failed' ? read.reason : `${path}: it is ${describeUnread(read)}, so it was not read.`);
      }
    },
    tookProjectFile: () => undefined,
    warn: options.warn,
    fail,
  });
  return { paths: reportsOf(analyzer.snapshot(), files, options.service), failed };
}

function take(analyzer: Analyzer, path: string, text: string, fail: (reason: string) => void): void {
  try {
    analyzer.apply({ kind: 'set', uri: uriOf(path), text });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    fail(`${path}: it could not be read: ${reason}. This is a mistake of ours.`);
  }
}

function reportsOf(snapshot: Snapshot, files: ReadonlyMap<string, string>, wanted: string | undefined): PathReport[] {
  const lines = new Map<string, LineIndex>();
  const placed = ({ manifest, span }: PlacedEvidence): FilePlace | undefined => {
    const place = placeOf(snapshot, manifest);
    const text = place === undefined ? undefined : snapshot.files.get(place.uri)?.text;
    if (place === undefined || text === undefined) {
      return undefined;
    }
    const index = lines.get(place.uri) ?? new LineIndex(text);
    lines.set(place.uri, index);
    return { file: files.get(place.uri) ?? place.uri, line: index.at(fileSpan(place.placed, span).start).line + 1 };
  };
  return snapshot.index.services
    .filter(
      ({ item, uri }) =>
        !snapshot.configuration.isIgnored(uri) &&
        (wanted === undefined || (item.resource.name.kind === 'value' && item.resource.name.value === wanted)),
    )
    .flatMap((service) =>
      pathsThrough(service, snapshot.index, snapshot.viewFor(service.uri)).map((path): PathReport => {
        const explained = explain(path);
        const places = new Map<PlacedEvidence, FilePlace>();
        for (const evidence of [...explained.hops.flatMap((hop) => hop.evidence), ...explained.pods]) {
          const place = placed(evidence);
          if (place !== undefined) {
            places.set(evidence, place);
          }
        }
        const { namespace } = service.item.resource;
        return { ...explained, namespace: namespace.kind === 'value' ? namespace.value : undefined, places };
      }),
    );
}
