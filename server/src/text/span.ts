/** A half-open range of UTF-16 units: `start` is the first unit inside, `end` the first one after. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** Whether the two share a unit, or `inner` is an empty span inside or at the edge of `outer`. */
export function touches(outer: Span, inner: Span): boolean {
  return inner.start <= outer.end && outer.start <= inner.end;
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

export function shift(original: Span, by: number): Span {
  return { start: original.start + by, end: original.end + by };
}
