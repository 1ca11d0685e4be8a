import type { CodeLens, CodeLensParams, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { lensPlaces, lensTitle } from '../features/codeLenses.ts';
import { placeOf } from '../features/fixes.ts';
import { pathsAt, worstFirst } from '../features/objectPaths.ts';
import { pathsThrough, type WorkspacePath } from '../persistence/workspacePaths.ts';
import type { EntriesResult, EntryView, PathsParams, PathsResult, PathView, Place } from '../protocol/messages.ts';
import { COMMANDS } from '../protocol/names.ts';
import { type ExplainedPath, explain, type PlacedEvidence } from '../rendering/explanation.ts';
import { pathPicture } from '../rendering/pathPicture.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { toRange } from './convert.ts';
import type { OpenFiles } from './openFiles.ts';

interface LensData {
  readonly uri: string;
  readonly version: number;
}

/** Answers what becomes of clients: above each object, in the path view, and in the list of all entries. */
export class Paths {
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;

  constructor(files: OpenFiles, documents: TextDocuments<TextDocument>) {
    this.#files = files;
    this.#documents = documents;
  }

  lenses({ textDocument: { uri } }: CodeLensParams): CodeLens[] {
    const document = this.#documents.get(uri);
    if (document === undefined) {
      return [];
    }
    const data: LensData = { uri, version: document.version };
    return lensPlaces(this.#files.snapshot(), uri).map(({ span }) => ({ range: toRange(document, span), data }));
  }

  /** The words of a lens are worked out for those that are seen. */
  resolveLens(lens: CodeLens): CodeLens {
    const { uri, version } = lens.data as LensData;
    const document = this.#documents.get(uri);
    const title =
      document?.version === version
        ? lensTitle(this.#files.snapshot(), uri, document.offsetAt(lens.range.start))
        : undefined;
    const position = lens.range.start;
    return {
      ...lens,
      command: { title: title ?? 'no path is known', command: COMMANDS.showPath, arguments: [uri, position] },
    };
  }

  paths({ uri, position }: PathsParams): PathsResult {
    const snapshot = this.#files.snapshot();
    const document = this.#files.documentOf(uri);
    const found =
      position === undefined
        ? lensPlaces(snapshot, uri).flatMap(({ span }) => pathsAt(snapshot, uri, span.start))
        : pathsAt(snapshot, uri, document.offsetAt(position));
    const explained = found.map(explain);
    const places = new Places((evidence) => this.#placeOf(snapshot, evidence));
    const views = explained.map((path) => viewOf(path, places));
    const picture = pathPicture(explained, (evidence) => {
      const number = places.numberOf(evidence);
      return number === undefined ? undefined : `#evidence-${number}`;
    });
    return { paths: views, picture, places: places.all };
  }

  entries(): EntriesResult {
    const snapshot = this.#files.snapshot();
    const paths = snapshot.index.services.flatMap((service) => {
      const { uri } = service;
      return snapshot.configuration.isIgnored(uri) ? [] : pathsThrough(service, snapshot.index, snapshot.viewFor(uri));
    });
    const entries = worstFirst(paths).map((path) => this.#entryOf(snapshot, path));
    return { entries: entries.filter((entry) => entry !== undefined) };
  }

  #entryOf(snapshot: Snapshot, path: WorkspacePath): EntryView | undefined {
    const { verdict, headline, reason, entry, service } = explain(path);
    const { through } = path;
    const { namespace, name, root } = path.service.item.resource;
    const at: PlacedEvidence =
      through.kind === 'route'
        ? { manifest: through.route.manifest, span: through.span }
        : { manifest: path.service.manifest, span: name.kind === 'value' ? name.span : root.span };
    const place = this.#placeOf(snapshot, at);
    return (
      place && {
        verdict,
        headline,
        reason,
        entry,
        service,
        namespace: namespace.kind === 'value' ? namespace.value : undefined,
        place,
      }
    );
  }

  #placeOf(snapshot: Snapshot, { manifest, span }: PlacedEvidence): Place | undefined {
    const place = placeOf(snapshot, manifest);
    return place && { uri: place.uri, ...toRange(this.#files.documentOf(place.uri), fileSpan(place.placed, span)) };
  }
}

/** Numbers the places of evidence, each once. */
class Places {
  readonly all: Place[] = [];
  readonly #numbers = new Map<PlacedEvidence, number>();
  readonly #find: (evidence: PlacedEvidence) => Place | undefined;

  constructor(find: (evidence: PlacedEvidence) => Place | undefined) {
    this.#find = find;
  }

  numberOf(evidence: PlacedEvidence): number | undefined {
    const known = this.#numbers.get(evidence);
    const place = known === undefined ? this.#find(evidence) : undefined;
    if (place === undefined) {
      return known;
    }
    this.#numbers.set(evidence, this.all.length);
    return this.all.push(place) - 1;
  }
}

function viewOf(path: ExplainedPath, places: Places): PathView {
  return {
    verdict: path.verdict,
    headline: path.headline,
    reason: path.reason,
    entry: path.entry,
    service: path.service,
    hops: path.hops.map(({ evidence, ...hop }) => ({
      ...hop,
      evidence: evidence.flatMap((one) => places.numberOf(one) ?? []),
    })),
    pods: path.pods.map((pods) => ({ name: pods.name, replicas: pods.replicas, place: places.numberOf(pods) })),
  };
}
