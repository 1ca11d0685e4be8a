import ignore from 'ignore';

/** Tells whether a path, relative to the folder of the patterns, is named by them; those in folders end in a slash. */
export interface IgnorePatterns {
  /** Undefined where no pattern speaks of it, nor of a folder above it. */
  ignores(path: string): boolean | undefined;
}

/** The same patterns mean the same on every machine, so case always counts. */
export function readIgnorePatterns(patterns: readonly string[]): IgnorePatterns {
  const rules = ignore({ ignorecase: false }).add(patterns.filter((pattern) => !isTooWild(pattern)));
  return {
    ignores(path) {
      if (!ignore.isPathValid(path)) {
        return undefined;
      }
      const { ignored, unignored } = rules.test(path);
      return ignored ? true : unignored ? false : undefined;
    },
  };
}

/**
 * Whether a pattern has so many asterisks that a path can match it in a great many ways. The library tries them one
 * after the other, and a repository may bring a pattern and names that keep it busy for hours.
 */
export function isTooWild(pattern: string): boolean {
  const choices = pattern.split('/').map((part) => {
    const asterisks = part.match(/\*+/g) ?? [];
    return part === '**' ? 1 : Math.max(0, asterisks.length - 1);
  });
  return choices.reduce((sum, one) => sum + one, 0) > MOST_CHOICES;
}

/** As many as `**` three times, or four asterisks in one name. */
const MOST_CHOICES = 3;
