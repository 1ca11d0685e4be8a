import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex, lineContentEnd, lineEndOf, lineStart, nextLineStart } from '../../../server/src/text/lines.ts';
import { shift, span, touches } from '../../../server/src/text/span.ts';

const TEXT = 'ab\r\ncd\n\n\u2028ef';

describe('lines', () => {
  it('begin after \\n and nowhere else', () => {
    assert.deepEqual(
      [0, 1, 3, 4, 6, 7, 8, 9, 11].map((at) => lineStart(TEXT, at)),
      [0, 0, 0, 4, 4, 7, 8, 8, 8],
    );
  });
  it('have content up to \\r\\n, \\n or the end', () => {
    assert.deepEqual(
      [0, 2, 3, 4, 7, 8].map((at) => lineContentEnd(TEXT, at)),
      [2, 2, 3, 6, 7, 11],
    );
  });
  it('are followed by the next one or the end', () => {
    assert.deepEqual(
      [0, 3, 4, 7, 8].map((at) => nextLineStart(TEXT, at)),
      [4, 4, 7, 8, 11],
    );
  });
  it('end as the first one does', () => {
    assert.deepEqual(['', 'a', 'a\nb\r\n', 'a\r\nb\n', '\n'].map(lineEndOf), ['\n', '\n', '\n', '\r\n', '\n']);
  });
});

describe('the line index', () => {
  it('knows the line and column of every offset', () => {
    const index = new LineIndex(TEXT);
    assert.deepEqual(index.at(0), { line: 0, column: 0 });
    assert.deepEqual(index.at(3), { line: 0, column: 3 });
    assert.deepEqual(index.at(4), { line: 1, column: 0 });
    assert.deepEqual(index.at(11), { line: 3, column: 3 });
  });
  it('takes an offset outside of the text for the nearest one inside', () => {
    const index = new LineIndex('a\nb');
    assert.deepEqual(index.at(-5), { line: 0, column: 0 });
    assert.deepEqual(index.at(99), { line: 1, column: 1 });
  });
  it('counts as one would by hand', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\u2028') }), fc.nat(30), (text, offset) => {
        const before = text.slice(0, offset).split('\n');
        assert.deepEqual(new LineIndex(text).at(offset), {
          line: before.length - 1,
          column: before.at(-1)?.length ?? 0,
        });
      }),
    );
  });
});

describe('spans', () => {
  it('touch where they share a unit or an edge', () => {
    assert(touches(span(2, 4), span(4, 4)) && touches(span(2, 4), span(0, 2)) && touches(span(2, 4), span(3, 9)));
    assert(!touches(span(2, 4), span(5, 6)) && !touches(span(2, 4), span(0, 1)));
  });
  it('move by an offset', () => assert.deepEqual(shift(span(2, 4), 10), { start: 12, end: 14 }));
});
