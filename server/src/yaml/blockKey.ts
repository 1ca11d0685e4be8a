import { isOrdinarySpace, isWhiteSpace, type KnownFields } from './pasted.ts';

/** A plain key is made of what Kubernetes names are made of. */
export const NAME = /^[A-Za-z0-9_.$/-]+$/;

/** A key as it stands in the raw text; offsets are those of the text. */
export interface Key {
  readonly name: string;
  readonly nameEnd: number;
  readonly colon: number;
  /** Its quotes are typographic ones. */
  readonly pasted: boolean;
  /** Its quotes are ordinary ones, so that what stands in them is content. */
  readonly quoted: boolean;
}

/**
 * The key of a line of block style, if its first colon is one that separates a key from a value. Where the line may as
 * well be a text (`- 注意：x`), only a known key counts unless YAML itself reads one.
 */
export function findKey(
  raw: string,
  start: number,
  end: number,
  mayBeText: boolean,
  known: KnownFields,
): Key | undefined {
  const first = raw[start];
  if (first === '"' || first === "'") {
    return findQuotedKey(raw, start, end, first);
  }
  if (first === undefined || /[{[|>#%@`]/.test(first)) {
    return undefined;
  }
  for (let colon = start; colon < end; colon++) {
    const unit = raw[colon];
    if (unit === '#' && colon > start && isWhiteSpace(raw, colon - 1)) {
      return undefined;
    }
    if (unit !== ':' && unit !== '：') {
      continue;
    }
    const afterOrdinary = colon + 1 === end || isOrdinarySpace(raw[colon + 1]);
    const afterPasted = colon + 1 < end && isWhiteSpace(raw, colon + 1);
    if (unit === ':' && !afterOrdinary && !afterPasted) {
      continue;
    }
    return keyBefore(raw, start, colon, unit === ':' && afterOrdinary, (name) => !mayBeText || known(name));
  }
  return undefined;
}

/** @param certain YAML itself reads this colon as one that ends a key. */
function keyBefore(raw: string, start: number, colon: number, certain: boolean, accepts: KnownFields): Key | undefined {
  let nameEnd = colon;
  while (nameEnd > start && isWhiteSpace(raw, nameEnd - 1)) {
    nameEnd--;
  }
  const written = raw.slice(start, nameEnd).replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '');
  const inQuotes = /^[“”„‟‘’‚‛].+[“”„‟‘’‚‛]$/.test(written);
  const name = inQuotes ? written.slice(1, -1) : written;
  const accepted = NAME.test(name) && accepts(name);
  if (certain && !(inQuotes && accepted)) {
    return { name: written, nameEnd, colon, pasted: false, quoted: false };
  }
  return accepted ? { name, nameEnd, colon, pasted: inQuotes, quoted: false } : undefined;
}

function findQuotedKey(raw: string, start: number, end: number, quote: string): Key | undefined {
  let close = start + 1;
  while (close < end && (raw[close] !== quote || (quote === "'" && raw[close + 1] === quote))) {
    close += raw[close] === quote || (quote === '"' && raw[close] === '\\') ? 2 : 1;
  }
  if (close >= end) {
    return undefined;
  }
  let colon = close + 1;
  while (colon < end && isWhiteSpace(raw, colon)) {
    colon++;
  }
  const isColon = colon < end && (raw[colon] === ':' || raw[colon] === '：');
  const separates = isColon && (colon + 1 === end || isWhiteSpace(raw, colon + 1) || raw[colon] === '：');
  return separates
    ? { name: raw.slice(start + 1, close), nameEnd: close + 1, colon, pasted: false, quoted: true }
    : undefined;
}
