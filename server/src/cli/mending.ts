import type { Analyzer } from '../analyzer.ts';
import { editsOfFix, mend } from '../features/fixes.ts';
import { findingsOf, type LocatedFinding } from '../rules/engine.ts';
import type { Fix } from '../rules/rule.ts';
import { applyEdits } from '../text/edit.ts';

export type Accepts = (located: LocatedFinding, fix: Fix) => boolean;

/** More rounds than any chain of findings needs; a guard against fixes that undo each other. */
const MAXIMUM_ROUNDS = 100;

/**
 * Applies the accepted fixes of all files in memory, until none is left: first those that stay in their file, then
 * those that reach into another one.
 *
 * @throws what a failing fix throws; the files that were mended before it stay mended.
 */
export function mendFiles(analyzer: Analyzer, uris: readonly string[], accepts: Accepts): void {
  for (let round = 0; round < MAXIMUM_ROUNDS; round++) {
    const snapshot = analyzer.snapshot();
    for (const uri of uris) {
      const text = mend(snapshot, uri, accepts);
      if (text !== undefined && text !== snapshot.files.get(uri)?.text) {
        analyzer.apply({ kind: 'set', uri, text });
      }
    }
    for (const uri of uris) {
      mendAcross(analyzer, uri, accepts);
    }
    if (analyzer.snapshot().revision === snapshot.revision) {
      return;
    }
  }
}

/** At most one fix at a time: the next one is worked out on the texts that this one leaves. */
function mendAcross(analyzer: Analyzer, uri: string, accepts: Accepts): void {
  const snapshot = analyzer.snapshot();
  for (const located of findingsOf(snapshot, uri)) {
    const fix = located.finding.fixes.find((candidate) => accepts(located, candidate));
    const files = fix === undefined ? [] : editsOfFix(snapshot, fix);
    if (files.length > 1) {
      for (const { uri: edited, edits } of files) {
        const text = snapshot.files.get(edited)?.text ?? '';
        analyzer.apply({ kind: 'set', uri: edited, text: applyEdits(text, edits) });
      }
      return;
    }
  }
}
