import type { MarkupPart } from '../../rendering/markup.ts';
import { lineEndOf, lineStart } from '../../text/lines.ts';
import type { Span } from '../../text/span.ts';
import { indentationStep, keyQuote, quotesWords, valueQuote } from '../../yaml/layout.ts';
import type { TypingPlace } from './place.ts';

/** A suggestion. Nothing in it knows how a host spells it. */
export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'rule';
  /** What it replaces, in the file: the word that is being typed, wholly. */
  readonly span: Span;
  readonly insertion: readonly InsertionPart[];
  /** What is compared with the text between the span's start and the cursor. */
  readonly filter: string;
  /** Other suggestions may be worth making once more is typed. */
  readonly changesWithTyping?: true;
  /** A few words beside the label. */
  readonly detail: string;
  readonly documentation: readonly MarkupPart[];
}

/** Text, or a place at which the cursor stops, with what stands there until something else is typed. */
export type InsertionPart = string | TabStop;

export interface TabStop {
  readonly stop: number;
  readonly text: string;
  readonly choices?: readonly string[];
}

/** The text as it is once every stop is left as it was. */
export function plainText(parts: readonly InsertionPart[]): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.text)).join('');
}

/** In the snippet syntax of the Language Server Protocol. */
export function snippetText(parts: readonly InsertionPart[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') {
        return part.replace(/[\\$}]/g, '\\$&');
      }
      if (part.choices !== undefined) {
        return `\${${part.stop}|${part.choices.map((choice) => choice.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
      }
      return part.text === '' ? `$${part.stop}` : `\${${part.stop}:${part.text.replace(/[\\$}]/g, '\\$&')}}`;
    })
    .join('');
}

/** A field to write: its value is a word, a number, text that must stay text, or fields within it. */
export interface NewField {
  readonly key: string;
  readonly value:
    | { readonly kind: 'word' | 'number' | 'string'; readonly stop: TabStop | string }
    | { readonly kind: 'fields'; readonly fields: readonly NewField[] };
}

/** Writes fields where the word stands, in the style of what stands around it. */
export function printFields(text: string, place: TypingPlace, fields: readonly NewField[]): InsertionPart[] {
  const { siblings, word, manifest } = place;
  const indent = text.slice(lineStart(text, word.span.start), word.span.start).replace(/\S/g, ' ');
  const eol = lineEndOf(text);
  const flow = siblings.style === 'flow';
  const spread = flow && word.startsLine;
  const step = indent.includes('\t') ? '\t' : ' '.repeat(indentationStep(manifest.yaml.text, manifest.yaml.root));
  const json = isJson(place);
  const quote = word.quote ?? keyQuote(siblings) ?? (json ? '"' : '');

  const print = (list: readonly NewField[], margin: string): InsertionPart[] =>
    list.flatMap(({ key, value }, index): InsertionPart[] => {
      const separator = flow ? (spread ? `,${eol}${margin}` : ', ') : eol + margin;
      const head = `${index === 0 ? '' : separator}${quote}${key}${quote}:`;
      if (value.kind !== 'fields') {
        return [`${head} `, ...printValue(place, value.kind, value.stop, json)];
      }
      const inner = print(value.fields, margin + step);
      if (!flow) {
        return [`${head}${eol}${margin}${step}`, ...inner];
      }
      return spread ? [`${head} {${eol}${margin}${step}`, ...inner, `${eol}${margin}}`] : [`${head} {`, ...inner, '}'];
    });
  return [...print(fields, indent), ...(place.needsComma ? [','] : [])];
}

/** Whether everything is quoted around the place, or around all of it where nothing stands beside it yet. */
function isJson({ siblings, word, role, manifest: { yaml } }: TypingPlace): boolean {
  if (siblings.style === 'block') {
    return false;
  }
  const around = siblings.pairs.length === 0 && yaml.root?.kind === 'mapping' ? yaml.root : siblings;
  return (role === 'key' && word.quote === '"') || keyQuote(around) === '"';
}

function printValue(
  { siblings }: TypingPlace,
  kind: 'word' | 'number' | 'string',
  stop: TabStop | string,
  json: boolean,
): InsertionPart[] {
  const isQuoted = kind === 'string' || (kind === 'word' && (json || quotesWords(siblings)));
  const quote = isQuoted ? (json ? '"' : (valueQuote(siblings) ?? '"')) : '';
  return [quote, stop, quote].filter((part) => part !== '');
}

/** Writes a scalar over the word; undefined where the word wears quotes and the value must not. */
export function printScalar(
  place: TypingPlace,
  kind: 'word' | 'number' | 'string',
  value: string,
): { readonly insertion: readonly InsertionPart[]; readonly filter: string } | undefined {
  const { word } = place;
  if (word.quote !== undefined) {
    return kind === 'number' ? undefined : { insertion: [word.quote + value + word.quote], filter: word.quote + value };
  }
  const json = isJson(place);
  return { insertion: [...(word.needsSpace ? [' '] : []), ...printValue(place, kind, value, json)], filter: value };
}
