import assert from 'node:assert/strict';
import { splitDocuments } from '../../../server/src/yaml/documents.ts';

/** Each slice with what it is of a List. */
function partsOf(text: string): string[] {
  const slices = splitDocuments(text);
  assert.equal(slices.map((slice) => slice.text).join(''), text);
  for (const { start, text: own } of slices) {
    assert.equal(text.slice(start, start + own.length), own);
  }
  return slices.map(({ text: own, listPart }) => `${listPart?.role ?? 'document'} ${JSON.stringify(own)}`);
}

const HEAD = 'apiVersion: v1\nkind: List\nitems:\n';

describe('the parts of a List', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['its items', `${HEAD}- a: 1\n  b: 2\n- c: 3\n`, ['head "HEAD"', 'item "- a: 1\\n  b: 2\\n"', 'item "- c: 3\\n"']],
    [
      'items that are indented',
      `${HEAD}  - a: 1\n    b:\n    - 2\n  - c: 3\n`,
      ['head "HEAD"', 'item "  - a: 1\\n    b:\\n    - 2\\n"', 'item "  - c: 3\\n"'],
    ],
    [
      'comments above an item belong to it, blank lines behind one to that',
      `${HEAD}- a: |+\n    x\n\n# one\n- b: 2\n  # two\n`,
      ['head "HEAD"', 'item "- a: |+\\n    x\\n\\n"', 'item "# one\\n- b: 2\\n  # two\\n"'],
    ],
    [
      'keys behind the items, as kubectl prints them',
      'apiVersion: v1\nitems:\n- a: 1\nkind: List\nmetadata: {}\n',
      ['head "apiVersion: v1\\nitems:\\n"', 'item "- a: 1\\n"', 'tail "kind: List\\nmetadata: {}\\n"'],
    ],
    [
      'a line that is a mistake belongs to the item above it',
      `${HEAD}  - a: 1\n x\n  - b: 2\n`,
      ['head "HEAD"', 'item "  - a: 1\\n x\\n"', 'item "  - b: 2\\n"'],
    ],
    [
      'other documents around it',
      `z: 1\n---\n${HEAD}- a: 1\n---\ny: 2\n`,
      ['document "z: 1\\n"', `head ${JSON.stringify(`---\n${HEAD}`)}`, 'item "- a: 1\\n"', 'document "---\\ny: 2\\n"'],
    ],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () =>
      assert.deepEqual(
        partsOf(text),
        expected.map((part) => part.replace('"HEAD"', JSON.stringify(HEAD))),
      ),
    );
  }

  const whole: readonly (readonly [string, string])[] = [
    ['no kind', 'apiVersion: v1\nitems:\n- a: 1\n'],
    ['another kind', 'apiVersion: v1\nkind: Service\nitems:\n- a: 1\n'],
    ['no items', HEAD],
    ['items in braces', 'apiVersion: v1\nkind: List\nitems: [{a: 1}]\n'],
    ['templates', `${HEAD}- a: {{ .x }}\n- b: 2\n`],
    ['an anchor', `${HEAD}- a: &x 1\n- b: *x\n`],
    ['a comment that may speak of all items', `# session-persistence-ignore-object yaml-syntax-error\n${HEAD}- a: 1\n`],
    ['another object before the items', `apiVersion: v1\nkind: XList\napiVersion: v1\nkind: Service\nitems:\n- a: 1\n`],
    ['another object behind it whose marker was forgotten', `${HEAD}- a: 1\napiVersion: v1\nkind: Service\n`],
  ];
  for (const [title, text] of whole) {
    it(`are not looked for where there is ${title}`, () =>
      assert.deepEqual(partsOf(text), [`document ${JSON.stringify(text)}`]));
  }
});
