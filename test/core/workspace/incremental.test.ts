import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { BORDERS } from '../../support/anyBorders.ts';
import { historyOf, SAMPLES } from '../../support/anyHistory.ts';
import { seenFindings } from '../../support/seen.ts';

describe('the borders of documents after any edits', () => {
  it('are those of the text', () => fc.assert(BORDERS, { numRuns: 300 }));

  it('are those of the text, many times over @slow', () => fc.assert(BORDERS, { numRuns: 200_000 })).timeout(0);
});

describe('an analyzer after any edits', () => {
  const property = historyOf(SAMPLES);

  it('says what a fresh one says', () => fc.assert(property, { numRuns: 20 }));

  it('says what a fresh one says, many times over @slow', () => fc.assert(property, { numRuns: 20_000 })).timeout(0);
});

describe('a file in which documents come and go', () => {
  const uri = 'file:///a.yaml';
  const document = (name: string, affinity: string): string =>
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n  sessionAffinity: ${affinity}\n  ports: [{port: 80}]\n`;
  const [first, second, third] = [document('a', 'Cookie'), document('b', 'None'), document('c', 'clientIP')];
  const states = [
    [first, second, third],
    [first, second, 'a: 1\n', 'b: 2\n', 'c: 3\n', third],
    [second, third],
    [second, first, second, third],
    [third],
    ['a: 1\n', 'b: 2\n', third],
    [third, second, third, first],
    [first, second, third],
  ].map((documents) => documents.join('---\n'));

  it('has the findings of the documents that are there, where they stand', () => {
    const analyzer = createAnalyzer();
    for (const text of states) {
      analyzer.apply({ kind: 'set', uri, text });
      const fresh = createAnalyzer();
      fresh.apply({ kind: 'set', uri, text });
      assert.deepEqual(seenFindings(analyzer.snapshot(), uri), seenFindings(fresh.snapshot(), uri));
    }
  });
});
