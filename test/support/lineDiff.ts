/**
 * What becomes of a text, line by line: `- ` before a line that goes, `+ ` before one that comes, and nothing of those
 * that stay.
 */
export function lineDiff(before: string, after: string): string {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const common = lengthsOfCommon(old, now);
  const changes: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && old[i] === now[j]) {
      i++;
      j++;
    } else if (i < old.length && (common[i + 1]?.[j] ?? 0) >= (common[i]?.[j + 1] ?? 0)) {
      changes.push(`- ${old[i++]}\n`);
    } else {
      changes.push(`+ ${now[j++]}\n`);
    }
  }
  return changes.join('');
}

/** For each pair of lines, how many of those from there on the texts have in common. */
function lengthsOfCommon(old: readonly string[], now: readonly string[]): number[][] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const [below, right] = [lengths[i + 1]?.[j] ?? 0, lengths[i]?.[j + 1] ?? 0];
      (lengths[i] as number[])[j] = old[i] === now[j] ? (lengths[i + 1]?.[j + 1] ?? 0) + 1 : Math.max(below, right);
    }
  }
  return lengths;
}
