import type { YamlScalar } from '../yaml/nodes.ts';

/** What a scalar is to the API server, after kubectl turned the YAML into JSON. */
export type ScalarReading =
  | { readonly type: 'string'; readonly value: string }
  /** `integral` when JSON decoding into an integer field succeeds, as it does for `600.0` and `6e2`. */
  | { readonly type: 'number'; readonly value: number; readonly integral: boolean }
  | { readonly type: 'boolean'; readonly value: boolean }
  | { readonly type: 'null' };

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES = new Set(['true', 'True', 'TRUE', 'yes', 'Yes', 'YES', 'y', 'Y', 'on', 'On', 'ON']);
const FALSES = new Set(['false', 'False', 'FALSE', 'no', 'No', 'NO', 'n', 'N', 'off', 'Off', 'OFF']);
/** What begins like none of these words and like no number. */
const CLEARLY_TEXT = /^[^~nNtTyYoOfF.\-+0-9]/;
/** Numbers to YAML that JSON cannot write, so that no field takes them. */
const INFINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;

/**
 * Reads a plain scalar as kubectl and the API server do: with the words of YAML 1.1 (`on`, `no`, `y`), with
 * underscores in numbers, `010` as octal unless a digit forbids it, and `3:00:00` as text. Quoted and block scalars
 * are text always.
 *
 * Source: observed on kube-apiserver 1.36.2; the resolver is that of go.yaml.in/yaml v2 (`resolve.go`).
 */
export function readScalar(scalar: YamlScalar): ScalarReading {
  const { text, style, tag } = scalar;
  if (style !== 'plain' || tag === 'tag:yaml.org,2002:str' || tag === '!' || CLEARLY_TEXT.test(text)) {
    return { type: 'string', value: text };
  }
  if (NULLS.has(text)) {
    return { type: 'null' };
  }
  if (TRUES.has(text) || FALSES.has(text)) {
    return { type: 'boolean', value: TRUES.has(text) };
  }
  const number = readNumber(text);
  return number === undefined
    ? { type: 'string', value: text }
    : { type: 'number', value: number, integral: Number.isInteger(number) };
}

function readNumber(text: string): number | undefined {
  if (INFINITE.test(text)) {
    return Number.NaN;
  }
  if (!/^[-+.0-9]/.test(text)) {
    return undefined;
  }
  const plain = text.replaceAll('_', '');
  const signed = /^([-+]?)(.*)$/.exec(plain);
  const digits = signed?.[2] ?? '';
  const sign = signed?.[1] === '-' ? -1 : 1;
  for (const [pattern, base] of INTEGERS) {
    const match = pattern.exec(digits);
    if (match !== null) {
      return sign * Number.parseInt(match[1] ?? '', base);
    }
  }
  return FLOAT.test(plain) ? Number(plain) : undefined;
}

const INTEGERS: readonly (readonly [RegExp, number])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, 16],
  [/^0[oO]([0-7]+)$/, 8],
  [/^0[bB]([01]+)$/, 2],
  [/^0([0-7]+)$/, 8],
  [/^(0|[1-9][0-9]*)$/, 10],
];
