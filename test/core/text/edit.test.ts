import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, normalizeEdits, OverlappingEditsError, type TextEdit } from '../../../server/src/text/edit.ts';

function edit(start: number, end: number, newText: string): TextEdit {
  return { span: { start, end }, newText };
}

describe('edits', () => {
  it('are applied at the places they had in the text before', () => {
    assert.equal(applyEdits('abcdef', [edit(4, 5, 'X'), edit(0, 1, ''), edit(2, 2, '__')]), 'b__cdXf');
  });
  it('keep the order of insertions at one place', () => {
    assert.equal(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2')]), 'a12b');
  });
  it('that touch become one, so that no host decides what an insertion at the edge of a deletion means', () => {
    assert.deepEqual(normalizeEdits([edit(3, 3, 'after'), edit(1, 3, ''), edit(1, 1, 'before')]), [
      edit(1, 3, 'beforeafter'),
    ]);
  });
  it('that change nothing disappear', () => {
    assert.deepEqual(normalizeEdits([edit(1, 1, '')]), []);
  });
  it('that change the same text are refused', () => {
    assert.throws(() => normalizeEdits([edit(0, 3, 'x'), edit(2, 4, 'y')]), OverlappingEditsError);
    assert.throws(() => normalizeEdits([edit(0, 3, 'x'), edit(2, 2, 'y')]), OverlappingEditsError);
    assert.throws(() => applyEdits('abcd', [edit(0, 3, ''), edit(0, 3, '')]), OverlappingEditsError);
  });
  it('give the same text in whatever order disjoint ones are listed', () => {
    const cuts = fc.uniqueArray(fc.nat(20), { minLength: 4, maxLength: 8 });
    fc.assert(
      fc.property(fc.string({ minLength: 20, maxLength: 20, unit: 'grapheme-ascii' }), cuts, (text, offsets) => {
        const sorted = [...offsets].sort((a, b) => a - b);
        const edits: TextEdit[] = [];
        for (let at = 0; at + 1 < sorted.length; at += 2) {
          edits.push(edit(sorted[at] ?? 0, sorted[at + 1] ?? 0, `<${at}>`));
        }
        let expected = text;
        for (const { span, newText } of edits.toReversed()) {
          expected = expected.slice(0, span.start) + newText + expected.slice(span.end);
        }
        assert.equal(applyEdits(text, edits.toReversed()), expected);
      }),
    );
  });
});
