/**
 * How many characters at the end of a text are of a kind. A regular expression that ends in `+$` would begin anew at
 * each of them, and take as long as their number squared.
 *
 * @param kind matches one character.
 */
export function countTrailing(text: string, kind: RegExp, end = text.length): number {
  let start = end;
  while (start > 0 && kind.test(text[start - 1] ?? '')) {
    start--;
  }
  return end - start;
}
