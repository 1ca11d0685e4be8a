/** `a`, `a and b`, `a, b and c`. */
export function listOf(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** The same for the first line of a message, which has to stay short: `a, b and 3 more`. */
export function shortListOf(items: readonly string[]): string {
  return items.length > 3 ? `${items.slice(0, 2).join(', ')} and ${items.length - 2} more` : listOf(items);
}
