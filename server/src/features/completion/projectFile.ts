import { CHOICES, CONTROLLER_KEYS, KNOWN_KEYS, type KnownKey } from '../../configuration/readSettings.ts';
import { PRODUCTS } from '../../knowledge/products.ts';
import type { MarkupPart } from '../../rendering/markup.ts';
import { RULES } from '../../rules/registry.ts';
import type { Rule } from '../../rules/rule.ts';
import { lineEndOf } from '../../text/lines.ts';
import { type Completion, type InsertionPart, printFields, printScalar } from './insertion.ts';
import type { TypingPlace } from './place.ts';
import { presentKeys } from './serviceFields.ts';

/** What can be written in a project file: its keys, rule ids and how severe their findings are. */
export function projectFileCompletions(text: string, place: TypingPlace): Completion[] {
  const path = place.path.join('.');
  if (place.role === 'value') {
    const [first, second] = place.path;
    if (first === 'controllers') {
      return place.path.length === (second === 'ingressClasses' ? 3 : 2) ? products(place, second) : [];
    }
    return place.path.length === 2 && first === 'rules' ? severities(place) : [];
  }
  switch (path) {
    case '':
      return settings(text, place);
    case 'rules':
      return rules(text, place);
    case 'controllers':
      return words(place, CONTROLLER_KEYS);
    case 'productVersions':
      return words(
        place,
        PRODUCTS.map(({ id }) => id),
      );
    default:
      return [];
  }
}

/** The ids of the products that can stand behind a key of `controllers`. */
function products(place: TypingPlace, key: string | undefined): Completion[] {
  const fitting = PRODUCTS.filter(({ detection }) =>
    key === 'loadBalancer' ? detection.service !== undefined : detection.ingress !== undefined,
  );
  return fitting.flatMap(({ id, name }) => {
    const printed = printScalar(place, 'word', id);
    const common = { label: id, kind: 'value' as const, span: place.word.span, detail: name, documentation: [] };
    return printed === undefined ? [] : [{ ...common, ...printed }];
  });
}

function words(place: TypingPlace, keys: readonly string[]): Completion[] {
  const present = presentKeys(place.siblings);
  const { span, quote = '', colonFollows } = place.word;
  return keys
    .filter((key) => !present.has(key))
    .map((key) => ({
      label: key,
      kind: 'key',
      span,
      insertion: [quote + key + quote + (colonFollows ? '' : ': ')],
      filter: quote + key,
      detail: '',
      documentation: [],
    }));
}

function settings(text: string, place: TypingPlace): Completion[] {
  const present = presentKeys(place.siblings);
  const { span, quote = '', colonFollows } = place.word;
  return KNOWN_KEYS.filter(({ key }) => !present.has(key)).map((known) => ({
    label: known.key,
    kind: 'key',
    span,
    insertion: colonFollows ? [quote + known.key + quote] : newSetting(text, known),
    filter: quote + known.key,
    detail: '',
    documentation: [{ kind: 'paragraph', text: known.summary }],
  }));
}

function newSetting(text: string, { key }: KnownKey): InsertionPart[] {
  const below = `${lineEndOf(text)}  `;
  switch (key) {
    case 'rules':
      return [`rules:${below}`, { stop: 1, text: '' }];
    case 'controllers':
      return [`controllers:${below}loadBalancer: `, { stop: 1, text: 'alibaba-clb' }];
    case 'productVersions':
      return [`productVersions:${below}`, { stop: 1, text: 'gateway-api: "1.5"' }];
    case 'ignore':
      return [`ignore:${below}- `, { stop: 1, text: '' }];
    case 'kubernetesVersion':
      return ['kubernetesVersion: "', { stop: 1, text: '1.31' }, '"'];
  }
}

function rules(text: string, place: TypingPlace): Completion[] {
  const present = presentKeys(place.siblings);
  const { span, quote = '', colonFollows } = place.word;
  const stop = { stop: 1, text: 'off', choices: ['off', ...CHOICES.filter((choice) => choice !== 'off')] };
  return RULES.filter(({ id }) => !present.has(id)).map((rule) => ({
    label: rule.id,
    kind: 'rule',
    span,
    insertion: colonFollows
      ? [quote + rule.id + quote]
      : printFields(text, place, [{ key: rule.id, value: { kind: 'word', stop } }]),
    filter: quote + rule.id,
    detail: '',
    documentation: ruleDocumentation(rule),
  }));
}

export function ruleDocumentation(rule: Rule): MarkupPart[] {
  return [
    { kind: 'paragraph', text: rule.summary },
    { kind: 'paragraph', text: rule.why },
  ];
}

function severities(place: TypingPlace): Completion[] {
  return CHOICES.flatMap((choice) => {
    const printed = printScalar(place, 'word', choice);
    return printed === undefined
      ? []
      : [
          {
            label: choice,
            kind: 'value' as const,
            span: place.word.span,
            ...printed,
            detail: choice === 'off' ? 'hides the findings of the rule' : '',
            documentation: [],
          },
        ];
  });
}
