/** The only part in which a text differs from an older one. */
export interface TextChange {
  /** Where it begins, in both texts. */
  readonly start: number;
  /** Where it ends in the older text, and where in the newer one. */
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Two changes in a row as one that covers both. */
export function joinChanges(first: TextChange, second: TextChange): TextChange {
  const between = Math.max(first.newEnd, second.oldEnd);
  return {
    start: Math.min(first.start, second.start),
    oldEnd: first.oldEnd + (between - first.newEnd),
    newEnd: second.newEnd + (between - second.oldEnd),
  };
}
