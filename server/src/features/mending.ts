import { findingsOf, type LocatedFinding } from '../rules/engine.ts';
import type { Fix, ManifestEdits } from '../rules/rule.ts';
import { type Snapshot, withTexts } from '../snapshot.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { editsOfFix } from './fixes.ts';

export interface Mended {
  /** The new texts of the files that changed, by their URIs. */
  readonly texts: ReadonlyMap<string, string>;
  /** What a fix threw that was left out therefore, the first one of several; undefined where none did. */
  readonly failure: unknown;
}

/** More rounds than any object has findings; a guard against two fixes that undo each other. */
const MAXIMUM_ROUNDS = 500;

/**
 * Applies the first accepted fix of each finding in some files, again and again until none is left. A fix that reaches
 * into any other file is left out, since that file is not ours to change here.
 */
export function mend(
  snapshot: Snapshot,
  uris: readonly string[],
  accepts: (located: LocatedFinding, fix: Fix) => boolean,
): Mended {
  const ours = new Set(uris);
  const texts = new Map<string, string>();
  let failure: unknown;
  let current = snapshot;
  let due = uris;
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const next = nextRound(current, due, ours, accepts);
    failure ??= next.failure;
    if (next.edits.size > 0) {
      const changed = [...next.edits].map(([uri, edits]) => [uri, applyEdits(textOf(current, uri), edits)] as const);
      for (const [uri, text] of changed) {
        texts.set(uri, text);
      }
      current = withTexts(current, new Map(changed));
      // Most of what is left stands where something was mended just now; the others are asked once more at the end.
      due = changed.map(([uri]) => uri);
    } else if (due === uris) {
      break;
    } else {
      due = uris;
    }
  }
  return { texts, failure };
}

interface Round {
  /** By the URIs of the files. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  readonly failure: unknown;
}

/** One fix for each object: the next one of it is worked out on the text that this one leaves. */
function nextRound(
  snapshot: Snapshot,
  due: readonly string[],
  ours: ReadonlySet<string>,
  accepts: (located: LocatedFinding, fix: Fix) => boolean,
): Round {
  const claims = new Claims();
  const byFile = new Map<string, TextEdit[]>();
  let failure: unknown;
  for (const located of due.flatMap((uri) => findingsOf(snapshot, uri))) {
    const fix = located.finding.fixes.find((candidate) => accepts(located, candidate));
    if (fix === undefined) {
      continue;
    }
    try {
      const changes = fix.edits();
      const files = editsOfFix(snapshot, fix);
      if (files.length > 0 && files.every(({ uri }) => ours.has(uri)) && claims.claim(changes, located)) {
        for (const { uri, edits } of files) {
          byFile.set(uri, [...(byFile.get(uri) ?? []), ...edits]);
        }
      }
    } catch (error) {
      failure ??= error;
    }
  }
  return { edits: byFile, failure };
}

/** The objects that the fixes of a round change: two fixes of one object may each count on the other's absence. */
class Claims {
  readonly #claimed = new Map<Manifest, Set<number>>();

  /** Claims every object that a fix changes, or none of them and answers no where one is claimed already. */
  claim(changes: readonly ManifestEdits[], { placed, finding }: LocatedFinding): boolean {
    const wanted = changes.map(({ manifest, edits }) => {
      const found = placed?.manifest === manifest ? [finding.span] : [];
      return { manifest, objects: objectsAt(manifest, [...found, ...edits.map(({ span }) => span)]) };
    });
    const isFree = wanted.every(({ manifest, objects }) => {
      const claimed = this.#claimed.get(manifest);
      return claimed === undefined || objects.every((object) => !claimed.has(object));
    });
    if (isFree) {
      for (const { manifest, objects } of wanted) {
        this.#claimed.set(manifest, new Set([...(this.#claimed.get(manifest) ?? []), ...objects]));
      }
    }
    return isFree;
  }
}

/**
 * The numbers of the objects in a manifest whose lines the spans touch, where 0 is what stands before the first. An
 * object's lines reach to the next object, so that a comment behind it and what is inserted there belong to it.
 */
function objectsAt({ yaml, resources }: Manifest, spans: readonly Span[]): number[] {
  const starts = [0, ...resources.map(({ root }) => root.span.start).sort((a, b) => a - b)];
  // The cleaning of pasted characters, which is then a part of every fix, changes the whole document.
  const isWhole = yaml.replacements.length > 0;
  return [...starts.keys()].filter((object) => {
    const end = starts[object + 1] ?? Number.POSITIVE_INFINITY;
    return isWhole || spans.some((span) => span.end >= (starts[object] ?? 0) && span.start < end);
  });
}

function textOf(snapshot: Snapshot, uri: string): string {
  return snapshot.files.get(uri)?.text ?? '';
}
