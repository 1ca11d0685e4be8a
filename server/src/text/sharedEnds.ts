/**
 * How many entries at the start and at the end of a list are those of an earlier state of it, none counted twice: what
 * an edit leaves as it was.
 */
export function sharedEnds<One, Other>(
  old: readonly One[],
  now: readonly Other[],
  isSame: (one: One | undefined, other: Other | undefined) => boolean,
): { readonly head: number; readonly tail: number } {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && isSame(old[head], now[head])) {
    head++;
  }
  let tail = 0;
  while (tail < most - head && isSame(old[old.length - 1 - tail], now[now.length - 1 - tail])) {
    tail++;
  }
  return { head, tail };
}
