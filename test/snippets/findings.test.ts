import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { findingsIn } from '../support/analysis.ts';
import { drawMarks, type Mark } from '../support/marks.ts';
import { expandEveryChoice, loadSnippets } from './expand.ts';

function loudIn(text: string): Mark[] {
  return findingsIn(text)
    .filter(({ severity }) => severity !== 'hint' && severity !== 'information')
    .map(({ finding, span }) => ({ rule: finding.rule.id, start: span.start, end: span.end }));
}

describe('what we hand to people', () => {
  for (const { prefix, body } of loadSnippets()) {
    it(`${prefix} has no warning or error, whatever is chosen`, () => {
      for (const text of expandEveryChoice(body)) {
        assert.equal(drawMarks(text, loudIn(text)), text);
      }
    });
  }

  for (const name of readdirSync('samples').filter((candidate) => candidate.startsWith('ack-'))) {
    it(`${name} has no finding at all`, () => {
      const text = readFileSync(`samples/${name}`, 'utf8');
      assert.deepEqual(
        findingsIn(text).map(({ finding }) => finding.rule.id),
        [],
      );
    });
  }
});
