import assert from 'node:assert/strict';
import fc from 'fast-check';
import { joinChanges, type TextChange } from '../../server/src/text/change.ts';
import { readEditedFile, readManifestFile } from '../../server/src/workspace/readFile.ts';
import { bordersOf } from './seen.ts';

/** What borders of documents are made of. */
const MARKS = [
  '---',
  '--',
  '-',
  '...',
  '.',
  '\n',
  '\n',
  '\n',
  '\r\n',
  ' ',
  '%YAML 1.2',
  '# c',
  'a: 1',
  'apiVersion: v1\nkind: List\nitems:\n',
  '- b: 1\n  c: 2\n',
  '  - b: 1\n    c: 2\n',
  '&a',
  'kind: List\n',
  'items:\n',
  '\uFEFF',
  '{{',
  '}}',
  '\0',
];
const MARKED = fc.array(fc.constantFrom(...MARKS), { maxLength: 25 }).map((marks) => marks.join(''));
const SMALL_EDIT = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.nat({ max: 4 }),
  inserted: fc.oneof(fc.constant(''), fc.constantFrom(...MARKS), MARKED),
  /** Whether the file is read only after the next edit, together with this one. */
  waits: fc.boolean(),
});

function checkBorders(first: string, edits: readonly (typeof SMALL_EDIT extends fc.Arbitrary<infer T> ? T : never)[]) {
  const uri = 'file:///a.yaml';
  let text = first;
  let file = readManifestFile(uri, text, undefined);
  let changed: TextChange | undefined;
  for (const { at, removed, inserted, waits } of edits) {
    const start = Math.floor(at * text.length);
    const oldEnd = Math.min(text.length, start + removed);
    const own = { start, oldEnd, newEnd: start + inserted.length };
    text = text.slice(0, start) + inserted + text.slice(oldEnd);
    changed = changed === undefined ? own : joinChanges(changed, own);
    if (!waits) {
      const inserted = text.slice(changed.start, changed.newEnd);
      file = readEditedFile(file, changed, inserted) ?? readManifestFile(uri, text, file);
      changed = undefined;
      assert.deepEqual(bordersOf(file), bordersOf(readManifestFile(uri, text, undefined)));
    }
  }
}

/** The borders of documents after any edits are those of the text. */
export const BORDERS = fc.property(MARKED, fc.array(SMALL_EDIT, { minLength: 1, maxLength: 8 }), checkBorders);
