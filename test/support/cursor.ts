/** Where the cursor stands in a test's text. */
const CURSOR = '<|>';

/** Takes the cursor out of a text, which has exactly one. */
export function readCursor(marked: string): { readonly text: string; readonly offset: number } {
  const [before, after, ...more] = marked.split(CURSOR);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`There must be one ${CURSOR} in: ${marked}`);
  }
  return { text: before + after, offset: before.length };
}
