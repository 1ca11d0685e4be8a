/** A half-open range of UTF-16 units: `start` is the first unit inside, `end` the first one after. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether the two share a unit or meet at an edge, as a cursor behind a word does. */
export function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

export function shift(original: Span, by: number): Span {
  return { start: original.start + by, end: original.end + by };
}
