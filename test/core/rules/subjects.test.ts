import assert from 'node:assert/strict';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { PRODUCTS } from '../../../server/src/knowledge/products.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import type { RuleContext } from '../../../server/src/rules/rule.ts';
import { RulesBySubject, subjectsIn } from '../../../server/src/rules/subjects.ts';
import { uriOf } from '../../support/analysis.ts';
import { readMarked } from '../../support/marks.ts';
import { CATALOGUE } from './realCases/catalogue.ts';
import { DEMAND_CASES } from './realCases/demand.ts';
import { PROVIDER_CASES } from './realCases/providers.ts';

const BY_SUBJECT = new RulesBySubject(RULES);

/** Every text that a rule, a product or a real case brings along, with all files of a case. */
const TEXTS: readonly string[] = [
  ...RULES.flatMap(({ examples }) => examples.map((example) => ('bad' in example ? example.bad : example.good))),
  ...PRODUCTS.flatMap(({ samples }) => samples.map(({ manifest }) => manifest)),
  ...[...CATALOGUE, ...DEMAND_CASES, ...PROVIDER_CASES].map(({ marked }) => marked),
];

describe('a rule that does not run', () => {
  const skipped = new Map<string, number>();
  const missed: string[] = [];
  before(() => {
    for (const text of TEXTS) {
      for (const { rule, finds } of skippedIn(text)) {
        skipped.set(rule, (skipped.get(rule) ?? 0) + 1);
        if (finds) {
          missed.push(`${rule} in:\n${text}`);
        }
      }
    }
  });

  it('would find nothing', () => assert.deepEqual(missed, []));

  for (const { id } of RULES.filter(({ judges }) => judges !== undefined)) {
    it(`is at times ${id}`, () => assert((skipped.get(id) ?? 0) > 0));
  }
});

/** The rules that do not run on the documents of a text, and whether they would find something if they did. */
function skippedIn(marked: string): { readonly rule: string; readonly finds: boolean }[] {
  const files = readMarked(marked).map(({ path, text }) => ({ uri: uriOf(path), text }));
  const analyzer = createAnalyzer();
  for (const { uri, text } of files) {
    analyzer.apply({ kind: 'set', uri, text });
  }
  const snapshot = analyzer.snapshot();
  return [...snapshot.files.values()].flatMap((file) =>
    file.manifests.flatMap(({ manifest }) => {
      const context: RuleContext = { file, snapshot, occasion: {} };
      const chosen = BY_SUBJECT.for(subjectsIn(manifest, context));
      return RULES.filter((rule) => !chosen.includes(rule)).map((rule) => ({
        rule: rule.id,
        finds: [...rule.check(manifest, context)].length > 0,
      }));
    }),
  );
}
