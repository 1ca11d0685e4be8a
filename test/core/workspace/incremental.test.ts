import fc from 'fast-check';
import { BORDERS } from '../../support/anyBorders.ts';
import { historyOf, SAMPLES } from '../../support/anyHistory.ts';

describe('the borders of documents after any edits', () => {
  it('are those of the text', () => fc.assert(BORDERS, { numRuns: 300 }));

  it('are those of the text, many times over @slow', () => fc.assert(BORDERS, { numRuns: 200_000 })).timeout(0);
});

describe('an analyzer after any edits', () => {
  const property = historyOf(SAMPLES);

  it('says what a fresh one says', () => fc.assert(property, { numRuns: 20 }));

  it('says what a fresh one says, many times over @slow', () => fc.assert(property, { numRuns: 20_000 })).timeout(0);
});
