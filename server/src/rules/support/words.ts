import { distance } from 'fastest-levenshtein';
import type { TextEdit } from '../../text/edit.ts';
import { replaceScalar } from '../../yaml/edits.ts';
import type { YamlMapping, YamlScalar } from '../../yaml/nodes.ts';
import type { Fix } from '../rule.ts';

/** The word that a value was meant to be. */
export interface MeantWord {
  readonly word: string;
  /** Only another case, or something around the very word, leaves no doubt. */
  readonly safety: Fix['safety'];
  /** What stands behind the word in the value and was meant as a comment. */
  readonly remark?: string;
}

/** A word and what some other language would take for a comment behind it. */
const WORD_AND_REMARK = /^([A-Za-z]+)[.,]?\s*(?:\/\/|\/\*|--|;|#|\()(.*)$/s;

/** The one of `words` that is written in another case, within markup, with a remark, or with a slip of the finger. */
export function meantWord(written: string, words: readonly string[]): MeantWord | undefined {
  const [, head, rest] = WORD_AND_REMARK.exec(written.trim()) ?? [];
  const remark = rest?.replace(/(?:\*\/|\))$/, '').trim();
  const noted = remark === undefined || remark === '' ? undefined : wordLike(head ?? '', words);
  if (noted !== undefined && remark !== undefined) {
    return { word: noted, safety: 'safe', remark: remark.replace(/\s+/g, ' ') };
  }
  const same = wordLike(written, words);
  if (same !== undefined) {
    return { word: same, safety: 'safe' };
  }
  const near = words.find((word) => distance(lettersOf(written), lettersOf(word)) <= (word.length > 4 ? 2 : 1));
  return near === undefined ? undefined : { word: near, safety: 'review' };
}

function wordLike(written: string, words: readonly string[]): string | undefined {
  return words.find((word) => lettersOf(word) === lettersOf(written));
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Writes the word over the value. A remark becomes the comment that it was meant to be, where a comment can stand. */
export function replaceByWord(mapping: YamlMapping, scalar: YamlScalar, { word, remark }: MeantWord): TextEdit {
  const edit = replaceScalar(mapping, scalar, { kind: 'word', text: word });
  const comment = remark === undefined || mapping.style === 'flow' ? '' : ` # ${remark}`;
  return { ...edit, newText: edit.newText + comment };
}

/** How a message shows a value as written: on one line, and not for ever. */
export function shown(source: string): string {
  const line = source.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
