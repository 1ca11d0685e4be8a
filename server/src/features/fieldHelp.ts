import { shortName } from '../knowledge/address.ts';
import { expectationOf } from '../knowledge/grammar.ts';
import type { OfferedValue, Setting } from '../knowledge/product.ts';
import type { KnownSetting } from '../knowledge/products.ts';
import type { FieldKnowledge } from '../knowledge/serviceFields.ts';
import type { MarkupPart } from '../rendering/markup.ts';

/** What is told about a field or an annotation wherever it is spoken of, in a hover and beside a suggestion. */
export interface Help {
  readonly name: string;
  readonly meaning: string;
  readonly default: string | undefined;
  readonly range: string | undefined;
  readonly values: readonly { readonly value: string; readonly meaning: string }[];
  readonly notes: readonly string[];
  readonly link: { readonly title: string; readonly url: string };
}

export function helpOfField(field: FieldKnowledge): Help {
  return {
    name: field.path.at(-1) ?? '',
    meaning: field.meaning,
    default: field.default,
    range: field.range,
    // Of a number, the values are suggestions and no list of what is legal.
    values: field.range === undefined ? (field.values ?? []) : [],
    notes: field.notes,
    link: field.link,
  };
}

export function helpOfSetting({ product, setting }: KnownSetting): Help {
  const values = offeredValues(setting);
  const isClosed = setting.grammar.kind === 'word' || setting.grammar.kind === 'boolean';
  return {
    name: `${shortName(setting.at, product)} (${product.name})`,
    meaning: setting.meaning,
    default: setting.default,
    range: isClosed || setting.grammar.kind === 'object' ? undefined : rangeOf(setting),
    // Of a number, the values are suggestions and no list of what is legal.
    values: isClosed || setting.grammar.kind === 'own' ? values.filter(({ meaning }) => meaning !== '') : [],
    notes: [
      ...(setting.listeners === undefined ? [] : [`Only ${setting.listeners.join(' and ')} listeners use it.`]),
      ...(setting.notes ?? []),
      ...(setting.removed === undefined ? [] : [setting.removed]),
      ...(setting.since === undefined ? [] : [`Known since ${product.name} ${setting.since}.`]),
      ...(setting.until === undefined ? [] : [`Gone with ${product.name} ${setting.until}.`]),
      ...(setting.unverified === true ? ['This could not be checked against its source.'] : []),
    ],
    link: product.link,
  };
}

function rangeOf({ grammar }: Setting): string | undefined {
  const text = expectationOf(grammar);
  return text === 'text' ? undefined : text;
}

/** The values worth offering: those that the table names, else those that the grammar is made of. */
export function offeredValues({ values, grammar, default: standard }: Setting): readonly OfferedValue[] {
  if (values !== undefined) {
    return values;
  }
  const meaning = (value: string): string => (value === standard ? 'the default' : '');
  switch (grammar.kind) {
    case 'word':
      return grammar.words.map((value) => ({ value, meaning: meaning(value) }));
    case 'boolean':
      return ['true', 'false'].map((value) => ({ value, meaning: meaning(value) }));
    default:
      return [];
  }
}

/** `here` tells what it does on the very object, one sentence or several. */
export function helpParts(help: Help, here: readonly string[] = []): MarkupPart[] {
  const facts = [
    ...help.values.map(({ value, meaning }) => `\`${value}\`: ${meaning}`),
    ...(help.default === undefined ? [] : [`Default: ${help.default}`]),
    ...(help.range === undefined ? [] : [`Range: ${help.range}`]),
  ];
  return [
    { kind: 'heading', text: help.name },
    { kind: 'paragraph', text: help.meaning },
    // An editor's hover is small, so what is said of this very object must not stand below what holds everywhere.
    ...here.map((text): MarkupPart => ({ kind: 'paragraph', lead: 'Here:', text: `${text}.` })),
    ...list(facts),
    ...list(help.notes),
    { kind: 'link', ...help.link },
  ];
}

function list(items: readonly string[]): MarkupPart[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}
