import { type Analyzer, createAnalyzer } from '../../server/src/analyzer.ts';
import { editsOfFix } from '../../server/src/features/fixes.ts';
import { mend } from '../../server/src/features/mending.ts';
import { findingsOf, type LocatedFinding } from '../../server/src/rules/engine.ts';
import type { Fix } from '../../server/src/rules/rule.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import type { Mark } from './marks.ts';

/** The address under which a test's only file is known. */
export const URI = 'file:///workspace/manifest.yaml';

/** The address of a file of an example, by its path. */
export function uriOf(path: string): string {
  return new URL(path, URI).href;
}

export function analyze(text: string, uri = URI): Analyzer {
  const analyzer = createAnalyzer();
  analyzer.apply({ kind: 'set', uri, text });
  return analyzer;
}

export function findingsIn(text: string, uri = URI): readonly LocatedFinding[] {
  return findingsOf(analyze(text, uri).snapshot(), uri);
}

/** Findings as marks, in the order of the text. */
export function marksIn(text: string, uri = URI): Mark[] {
  return findingsIn(text, uri).map(({ finding, span }) => ({
    rule: finding.rule.id,
    start: span.start,
    end: span.end,
  }));
}

/** The ids of the findings, each once. */
export function rulesIn(text: string, uri = URI): string[] {
  return [...new Set(findingsIn(text, uri).map(({ finding }) => finding.rule.id))];
}

/** The text after one fix. */
export function applyFix(text: string, fix: Fix, analyzer: Analyzer, uri = URI): string {
  const edits = editsOfFix(analyzer.snapshot(), fix).find((file) => file.uri === uri)?.edits ?? [];
  return applyEdits(text, edits);
}

/** The text after the first fix of every finding that is accepted, until none is left. */
export function mendAll(text: string, accepts: (located: LocatedFinding) => boolean = () => true, uri = URI): string {
  const { texts, failure } = mend(
    analyze(text, uri).snapshot(),
    [uri],
    (located, fix) => accepts(located) && fix === located.finding.fixes[0],
  );
  if (failure !== undefined) {
    throw failure;
  }
  return texts.get(uri) ?? text;
}
