import type { Resource } from '../kubernetes/resource.ts';
import { nearest } from '../text/nearest.ts';
import type { DurationDialect, Unit, ValueGrammar, ValueProblem } from './product.ts';
import type { ValueType } from './settingReading.ts';

/**
 * What is wrong with a value; undefined where it is one that the grammar allows.
 *
 * @param typed whether it stands in a typed field, where the API server wants numbers and booleans without quotes; the
 * value of an annotation is text always.
 */
export function problemOf(
  grammar: ValueGrammar,
  { text, type }: { readonly text: string; readonly type: ValueType },
  typed: boolean,
  resource: Resource,
): ValueProblem | undefined {
  const expected = expectationOf(grammar);
  const wanted = typed ? typeOf(grammar) : 'string';
  if (grammar.kind === 'object') {
    return type === 'mapping' || type === 'list' ? undefined : { expected };
  }
  if (type === 'mapping' || type === 'list') {
    return { expected };
  }
  const problem = problemOfText(grammar, text, expected, resource);
  if (problem === undefined && type !== wanted && !(wanted === 'string' && !typed)) {
    // The right word in the wrong dress: quotes around a number, or none around what must stay text.
    return { expected: `${expected}, as a ${wanted}`, meant: text };
  }
  return problem;
}

/** The type that a typed field of this grammar has. */
export function typeOf(grammar: ValueGrammar): 'string' | 'number' | 'boolean' {
  switch (grammar.kind) {
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'string';
  }
}

function problemOfText(
  grammar: ValueGrammar,
  text: string,
  expected: string,
  resource: Resource,
): ValueProblem | undefined {
  switch (grammar.kind) {
    case 'word': {
      const { words, anyCase, others } = grammar;
      const lower = text.toLowerCase();
      const isKnown = (word: string): boolean => word === text || (anyCase === true && word.toLowerCase() === lower);
      const counts = others === undefined ? {} : { counts: others };
      return words.some(isKnown) ? undefined : { ...problem(expected, meantWord(text, words, grammar)), ...counts };
    }
    case 'boolean': {
      const known = grammar.syntax === 'go' ? GO_BOOLEANS : ['true', 'false'];
      return known.includes(text) ? undefined : problem(expected, meantSwitch(text, 'true', 'false'));
    }
    case 'integer':
      return problemOfInteger(grammar, text, expected);
    case 'number': {
      const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
      return value === undefined || value < (grammar.minimum ?? 0) ? { expected } : undefined;
    }
    case 'duration':
      return DURATIONS[grammar.dialect].test(text) && text !== ''
        ? undefined
        : problem(expected, meantDuration(text, grammar.dialect));
    case 'text':
      return problemOfWords(grammar, text, expected);
    case 'own':
      return grammar.judge(text, resource);
    case 'attributes':
      return grammar.strict === true ? problemOfAttributes(text, expected) : undefined;
    case 'JSON':
    case 'object':
      return undefined;
  }
}

/** A backslash may hide a comma, so nothing is said of text that has one. */
function problemOfAttributes(text: string, expected: string): ValueProblem | undefined {
  const isWhole = (item: string): boolean => /^\s*[^\s=][^=]*=/.test(item);
  const items = text.split(',');
  if (text.includes('\\') || items.every(isWhole)) {
    return undefined;
  }
  const meant = items.map((item) => item.trim().replace(/^([\w.-]+)\s*:\s*/, '$1=')).filter((item) => item !== '');
  return problem(expected, meant.length > 0 && meant.every(isWhole) ? meant.join(',') : undefined);
}

function problem(expected: string, meant: string | undefined): ValueProblem {
  return meant === undefined ? { expected } : { expected, meant };
}

/** Go's `strconv.ParseBool`. */
/** The ways in which Go's `strconv.ParseBool` reads true, the plain one first. */
export const GO_TRUE: readonly string[] = ['true', 'True', 'TRUE', 't', 'T', '1'];

export const GO_BOOLEANS: readonly string[] = [
  'true',
  'false',
  'True',
  'False',
  'TRUE',
  'FALSE',
  't',
  'f',
  'T',
  'F',
  '1',
  '0',
];

const SWITCHED_ON = new Set(['on', 'true', 'yes', 'y', 't', '1', 'enable', 'enabled']);
const SWITCHED_OFF = new Set(['off', 'false', 'no', 'n', 'f', '0', 'disable', 'disabled']);

/** Whether a word says, in whatever dialect, that something is to be off. */
export function saysOff(word: string): boolean {
  return SWITCHED_OFF.has(word.toLowerCase());
}

function meantSwitch(text: string, on: string | undefined, off: string | undefined): string | undefined {
  const word = text.trim().toLowerCase();
  return SWITCHED_ON.has(word) ? on : SWITCHED_OFF.has(word) ? off : undefined;
}

function wordLike(text: string, words: readonly string[]): string | undefined {
  const fold = (word: string): string => word.trim().toLowerCase().replace(/[-_ ]/g, '');
  return words.find((word) => fold(word) === fold(text));
}

function meantWord(
  text: string,
  words: readonly string[],
  { on, off }: { readonly on?: string; readonly off?: string },
): string | undefined {
  return wordLike(text, words) ?? meantSwitch(text, on, off) ?? nearest(text.trim(), words);
}

type IntegerGrammar = Extract<ValueGrammar, { kind: 'integer' }>;

function problemOfInteger(grammar: IntegerGrammar, text: string, expected: string): ValueProblem | undefined {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = grammar;
  const inRange = (value: number): number => Math.min(maximum, Math.max(minimum, value));
  const value = parseInteger(text, grammar.syntax);
  if (value === undefined) {
    const meant = meantInteger(text, grammar.unit);
    return { ...problem(expected, meant === undefined ? undefined : String(inRange(meant))), unreadable: true };
  }
  if (value !== inRange(value)) {
    return problem(expected, grammar.prime === true ? undefined : String(inRange(value)));
  }
  return grammar.prime === true && !isPrime(value) ? { expected } : undefined;
}

/** An integer as the product reads it. */
export function parseInteger(text: string, syntax: 'go' | undefined): number | undefined {
  const pattern = syntax === 'go' ? /^[+-]?[0-9]+$/ : /^-?(?:0|[1-9][0-9]*)$/;
  return pattern.test(text) ? Number.parseInt(text, 10) : undefined;
}

function isPrime(value: number): boolean {
  for (let divisor = 2; divisor * divisor <= value; divisor++) {
    if (value % divisor === 0) {
      return false;
    }
  }
  return value > 1;
}

const SECONDS_OF: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** The number that was meant by one with a unit, a fraction or blanks; in the unit of the setting. */
function meantInteger(text: string, unit: Unit | undefined): number | undefined {
  const plain = /^\s*(\d+)(?:\.0*)?\s*$/.exec(text)?.[1];
  if (plain !== undefined) {
    return Number.parseInt(plain, 10);
  }
  const seconds = unit === 'bytes' ? undefined : secondsOf(text);
  const amount = seconds === undefined ? undefined : seconds / (unit === 'minutes' ? 60 : 1);
  return amount !== undefined && Number.isInteger(amount) ? amount : undefined;
}

/** The seconds of a duration such as `1h30m`, `90 s` or `2 hours`; undefined for other text. */
export function secondsOf(text: string): number | undefined {
  const pieces = [...text.trim().matchAll(/\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]+)/gy)];
  const length = pieces.reduce((sum, [whole]) => sum + whole.length, 0);
  if (pieces.length === 0 || length !== text.trim().length) {
    return undefined;
  }
  let sum = 0;
  for (const [, amount = '', word = ''] of pieces) {
    const unit = /^(ms|s|m|h|d)$/.test(word)
      ? word
      : /^(sec|min|hour|hr|day|second|minute)s?$/i.exec(word)?.[0].charAt(0).toLowerCase();
    const factor = unit === undefined ? undefined : SECONDS_OF[unit];
    if (factor === undefined) {
      return undefined;
    }
    sum += Number(amount) * factor;
  }
  return sum;
}

const DURATIONS: Readonly<Record<DurationDialect, RegExp>> = {
  go: /^(?:0|[+-]?(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+)$/,
  'gep-2257': /^(?:\d{1,5}(?:ms|s|m|h)){1,4}$/,
  nginx: new RegExp(
    '^(?:max|epoch|-1|' +
      ['y', 'M', 'w', 'd', 'h', 'm'].map((unit) => `(?:\\d+${unit})?\\s?`).join('') +
      '(?:\\d+(?:s(?:\\d+ms)?|ms)?)?)$',
  ),
};

/** A duration that the dialect knows, for a bare number, days or words. */
function meantDuration(text: string, dialect: DurationDialect): string | undefined {
  if (/^\d+$/.test(text)) {
    return `${text}s`;
  }
  const seconds = secondsOf(text);
  return seconds === undefined || dialect === 'nginx' ? undefined : shortDuration(seconds);
}

/** Such as `1h`, `90s` and `1h30m`, at most in four groups. */
export function shortDuration(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [
    [Math.floor(whole / 3600), 'h'],
    [Math.floor((whole % 3600) / 60), 'm'],
    [whole % 60, 's'],
    [Math.round((seconds - whole) * 1000), 'ms'],
  ] as const;
  const text = parts.map(([amount, unit]) => (amount === 0 ? '' : `${amount}${unit}`)).join('');
  return text === '' ? '0s' : text;
}

type TextGrammar = Extract<ValueGrammar, { kind: 'text' }>;

function problemOfWords(grammar: TextGrammar, text: string, expected: string): ValueProblem | undefined {
  const fits = (candidate: string): boolean =>
    candidate.length >= (grammar.minimumLength ?? 0) &&
    candidate.length <= (grammar.maximumLength ?? Number.POSITIVE_INFINITY) &&
    grammar.pattern?.test(candidate) !== false;
  if (fits(text)) {
    return undefined;
  }
  const trimmed = text.trim();
  return problem(expected, trimmed !== '' && fits(trimmed) ? trimmed : undefined);
}

/** What a grammar accepts, as the end of a sentence: `on or off`, `1 to 86400 seconds`. */
export function expectationOf(grammar: ValueGrammar): string {
  switch (grammar.kind) {
    case 'word':
      return alternatives(grammar.words);
    case 'boolean':
      return 'true or false';
    case 'integer':
      return expectedInteger(grammar);
    case 'number':
      return grammar.minimum === undefined ? 'a number' : `a number of at least ${grammar.minimum}`;
    case 'duration':
      return EXPECTED_DURATION[grammar.dialect];
    case 'text':
      return grammar.allowed === undefined ? grammar.what : `${grammar.what} (${grammar.allowed})`;
    case 'attributes':
      return 'a list such as key=value,key=value';
    case 'JSON':
      return 'JSON';
    case 'object':
      return 'a mapping';
    case 'own':
      return grammar.what;
  }
}

const EXPECTED_DURATION: Readonly<Record<DurationDialect, string>> = {
  go: 'a duration with a unit such as 300s or 1h30m',
  'gep-2257': 'a duration such as 30m or 1h30m',
  nginx: 'a time such as 1h or 30m, or max',
};

function expectedInteger({ minimum, maximum, unit, prime }: IntegerGrammar): string {
  const what = prime === true ? 'a prime' : 'whole numbers';
  const of = unit === undefined ? '' : ` ${unit}`;
  if (minimum !== undefined && maximum !== undefined) {
    return prime === true ? `a prime from ${minimum} to ${maximum}` : `${minimum} to ${maximum}${of}`;
  }
  return minimum === undefined ? `${what}${unit === undefined ? '' : ` of ${unit}`}` : `${minimum} or more${of}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function alternatives(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
