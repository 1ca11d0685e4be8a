import { findingsOf, type LocatedFinding } from '../rules/engine.ts';
import type { Fix } from '../rules/rule.ts';
import type { Snapshot } from '../snapshot.ts';
import { normalizeEdits, type TextEdit } from '../text/edit.ts';
import { type Span, shift, touches } from '../text/span.ts';
import type { Manifest, PlacedManifest } from '../workspace/manifest.ts';

/** Edits of one file, relative to its text as the snapshot holds it. */
export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/** A fix and the finding that it mends. */
export interface OfferedFix {
  readonly located: LocatedFinding;
  readonly fix: Fix;
  /** The place of the fix among those of its finding. */
  readonly index: number;
}

/** The fixes of the findings that touch a span of a file, in the order in which they are offered. */
export function fixesAt(snapshot: Snapshot, uri: string, span: Span): OfferedFix[] {
  return findingsOf(snapshot, uri)
    .filter((located) => touches(located.span, span))
    .flatMap((located) => located.finding.fixes.map((fix, index) => ({ located, fix, index })));
}

/**
 * What a fix changes, file by file. On a document with pasted characters the edits include their cleaning, since the
 * fix was worked out on the cleaned text.
 */
export function editsOfFix(snapshot: Snapshot, fix: Fix): FileEdits[] {
  const byFile = new Map<string, TextEdit[]>();
  for (const { manifest, edits } of fix.edits()) {
    const place = placeOf(snapshot, manifest);
    if (place !== undefined) {
      const moved = manifest.yaml
        .editsOfRaw(normalizeEdits(edits))
        .map((edit) => ({ span: shift(edit.span, place.start), newText: edit.newText }));
      byFile.set(place.uri, [...(byFile.get(place.uri) ?? []), ...moved]);
    }
  }
  return [...byFile].map(([uri, edits]) => ({ uri, edits: normalizeEdits(edits) }));
}

/** Whether the fix also cleans pasted characters that it would otherwise have nothing to do with. */
export function includesCleaning({ located, fix }: OfferedFix): boolean {
  const cleans = located.finding.rule.id === 'pasted-characters';
  return !cleans && fix.edits().some(({ manifest }) => manifest.yaml.replacements.length > 0);
}

/** Where a manifest stands; undefined for one that is of no file any more. */
export function placeOf(snapshot: Snapshot, manifest: Manifest): PlaceOfManifest | undefined {
  let known = places.get(snapshot);
  if (known === undefined) {
    known = new Map();
    for (const { uri, manifests } of snapshot.files.values()) {
      for (const placed of manifests) {
        known.set(placed.manifest, { uri, start: placed.start, placed });
      }
    }
    places.set(snapshot, known);
  }
  return known.get(manifest);
}

const places = new WeakMap<Snapshot, Map<Manifest, PlaceOfManifest>>();

export interface PlaceOfManifest {
  readonly uri: string;
  readonly start: number;
  readonly placed: PlacedManifest;
}
