import { ALIBABA_CLB, type KnownClbAnnotation } from '../knowledge/alibabaClb.ts';
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
  readonly decidesPath: boolean;
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
    decidesPath: field.decidesPath,
    link: field.link,
  };
}

export function helpOfAnnotation(annotation: KnownClbAnnotation): Help {
  return {
    name: `${annotation.name} (${ALIBABA_CLB.name})`,
    meaning: annotation.meaning,
    default: annotation.default,
    range: annotation.range,
    values: annotation.range === undefined ? annotation.values : [],
    notes: annotation.notes ?? [],
    decidesPath: true,
    link: ALIBABA_CLB.link,
  };
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
