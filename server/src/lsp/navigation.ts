import {
  type DefinitionParams,
  type DocumentHighlight,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
  SymbolKind,
  type TextDocumentPositionParams,
  type TextDocuments,
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { placeOf } from '../features/fixes.ts';
import { definitionsAt, type ManifestPlace, referencesAt, symbolsMatching } from '../features/navigation.ts';
import { fileSpan } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { toRange } from './convert.ts';
import type { OpenFiles } from './openFiles.ts';

/** More symbols than these are no answer to a query. */
const MAXIMUM_SYMBOLS = 200;

/** Leads from one object to another: backends, selectors, classes, policies. */
export class Navigation {
  readonly #files: OpenFiles;
  readonly #documents: TextDocuments<TextDocument>;

  constructor(files: OpenFiles, documents: TextDocuments<TextDocument>) {
    this.#files = files;
    this.#documents = documents;
  }

  definitions(params: DefinitionParams): Location[] {
    const snapshot = this.#files.snapshot();
    const place = this.#placeAt(snapshot, params);
    return place === undefined ? [] : this.#locations(snapshot, definitionsAt(snapshot, place));
  }

  references(params: ReferenceParams): Location[] {
    const snapshot = this.#files.snapshot();
    const place = this.#placeAt(snapshot, params);
    const { includeDeclaration } = params.context;
    return place === undefined ? [] : this.#locations(snapshot, referencesAt(snapshot, place, includeDeclaration));
  }

  highlights(params: DocumentHighlightParams): DocumentHighlight[] | null {
    const snapshot = this.#files.snapshot();
    const place = this.#placeAt(snapshot, params);
    const all = place === undefined ? [] : this.#locations(snapshot, referencesAt(snapshot, place, true));
    const here = all.filter(({ uri }) => uri === params.textDocument.uri);
    // Where nothing of ours is, the editor marks equal words as it always does.
    return here.length < 2 ? null : here.map(({ range }) => ({ range }));
  }

  symbols({ query }: WorkspaceSymbolParams): WorkspaceSymbol[] {
    const snapshot = this.#files.snapshot();
    return symbolsMatching(snapshot, query)
      .slice(0, MAXIMUM_SYMBOLS)
      .flatMap((symbol) => {
        const [location] = this.#locations(snapshot, [symbol]);
        const container = symbol.namespace === undefined ? symbol.kind : `${symbol.kind} in ${symbol.namespace}`;
        return location === undefined
          ? []
          : [{ name: symbol.name, kind: SymbolKind.Object, containerName: container, location }];
      });
  }

  #placeAt(snapshot: Snapshot, { textDocument, position }: TextDocumentPositionParams): ManifestPlace | undefined {
    const document = this.#documents.get(textDocument.uri);
    const offset = document?.offsetAt(position);
    const placed = snapshot.files
      .get(textDocument.uri)
      ?.manifests.findLast(({ start }) => offset !== undefined && start <= offset);
    if (placed === undefined || offset === undefined || placed.manifest.yaml.replacements.length > 0) {
      return undefined;
    }
    const at = offset - placed.start;
    return { uri: textDocument.uri, manifest: placed.manifest, span: { start: at, end: at } };
  }

  #locations(snapshot: Snapshot, places: readonly ManifestPlace[]): Location[] {
    return places.flatMap(({ manifest, span }) => {
      const place = placeOf(snapshot, manifest);
      if (place === undefined) {
        return [];
      }
      return [{ uri: place.uri, range: toRange(this.#files.documentOf(place.uri), fileSpan(place.placed, span)) }];
    });
  }
}
