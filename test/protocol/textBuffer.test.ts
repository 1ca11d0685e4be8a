import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { TextBuffer } from '../../server/src/lsp/textBuffer.ts';

const TEXT = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\n', '\r\n', '\r', '\u2028', '服', '😀', ''), { maxLength: 20 })
  .map((parts) => parts.join(''));
const POSITION = fc.record({ line: fc.integer({ min: -1, max: 8 }), character: fc.integer({ min: -1, max: 8 }) });
const CHANGE = fc.oneof(
  { weight: 9, arbitrary: fc.record({ range: fc.record({ start: POSITION, end: POSITION }), text: TEXT }) },
  { weight: 1, arbitrary: fc.record({ text: TEXT }) },
);

/** It does what the protocol's own document does, and tells truly what it changed. */
function check(text: string, edits: readonly (typeof CHANGE extends fc.Arbitrary<infer T> ? T[] : never)[]): void {
  const buffer = new TextBuffer('file:///a.yaml', 'yaml', 1, text);
  let wanted = TextDocument.create('file:///a.yaml', 'yaml', 1, text);
  for (const [index, changes] of edits.entries()) {
    const before = wanted.getText();
    // The protocol's own document trips over lines that are counted from behind.
    wanted = TextDocument.create(wanted.uri, wanted.languageId, index + 2, afterAll(wanted, changes));
    buffer.update(changes, index + 2);
    const after = wanted.getText();
    assert.equal(buffer.getText(), after);
    assert.equal(buffer.version, index + 2);
    assert.equal(buffer.lineCount, wanted.lineCount);
    if (buffer.changed !== undefined) {
      const { start, oldEnd, newEnd } = buffer.changed;
      assert.equal(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd), after);
      assert.equal(buffer.textBetween(start, newEnd), after.slice(start, newEnd));
    }
    for (let offset = -1; offset <= after.length + 1; offset++) {
      assert.deepEqual(buffer.positionAt(offset), wanted.positionAt(offset));
    }
    for (let line = -1; line <= wanted.lineCount; line++) {
      assert.deepEqual(buffer.getLineRange(line), wanted.getLineRange(line));
      assert.equal(buffer.getEOLCharacters(line), wanted.getEOLCharacters(line));
      for (const character of [-1, 0, 1, 3, 100]) {
        assert.equal(buffer.offsetAt({ line, character }), wanted.offsetAt({ line, character }));
      }
    }
  }
}

function afterAll(document: TextDocument, changes: typeof CHANGE extends fc.Arbitrary<infer T> ? T[] : never): string {
  let text = document.getText();
  for (const change of changes) {
    if ('range' in change) {
      const current = TextDocument.create(document.uri, document.languageId, 1, text);
      const offsets = [current.offsetAt(change.range.start), current.offsetAt(change.range.end)];
      text = text.slice(0, Math.min(...offsets)) + change.text + text.slice(Math.max(...offsets));
    } else {
      text = change.text;
    }
  }
  return text;
}

describe('the text of an open document', () => {
  const property = fc.property(
    TEXT,
    fc.array(fc.array(CHANGE, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
    check,
  );

  it('follows every edit', () => fc.assert(property, { numRuns: 200 }));

  it('follows every edit, many times over @slow', () => fc.assert(property, { numRuns: 100_000 })).timeout(0);

  it('takes in more lines at once than a call has room for', () => {
    const buffer = new TextBuffer('file:///a.yaml', 'yaml', 1, 'a\nb\n');
    const many = 'x\n'.repeat(300_000);
    const at = { line: 1, character: 0 };
    buffer.update([{ range: { start: at, end: at }, text: many }], 2);
    assert.equal(buffer.getText(), `a\n${many}b\n`);
    assert.deepEqual(buffer.positionAt(600_002), { line: 300_001, character: 0 });
  });
});
