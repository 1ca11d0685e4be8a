import { distance } from 'fastest-levenshtein';

/** The one of `known` that a word was very probably meant to be; undefined where none is near. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const folded = fold(written);
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of known) {
    const steps = distance(folded, fold(word));
    if (steps <= tolerance(folded, word) && (best === undefined || steps < best.distance)) {
      best = { word, distance: steps };
    }
  }
  return best?.word;
}

/** However its letters are cased and its words are joined. */
function fold(word: string): string {
  return word.toLowerCase().replace(/[-_ ]/g, '');
}

/** A long name survives more wrong letters than a short one, but never so many that it could be another word. */
function tolerance(written: string, word: string): number {
  return Math.min(3, Math.floor(Math.min(written.length, word.length) / 3));
}
