import { shortName } from '../../knowledge/address.ts';
import { typeOf } from '../../knowledge/grammar.ts';
import { type KnownSetting, objectKindOf, settingsOfKind } from '../../knowledge/products.ts';
import { helpOfSetting, helpParts, offeredValues } from '../fieldHelp.ts';
import { type Completion, type NewField, printFields, printScalar } from './insertion.ts';
import type { PlaceInObject, TypingPlace } from './place.ts';
import { presentKeys } from './serviceFields.ts';

/** The persistence field that is being typed in an object of a product's own kind. */
export function objectFieldKeys(text: string, place: TypingPlace, { resource, path }: PlaceInObject): Completion[] {
  const parent = addressOf(path);
  const present = presentKeys(place.siblings);
  const { word } = place;
  const quote = word.quote ?? '';
  const children = new Map<string, KnownSetting>();
  for (const known of settingsOfKind(objectKindOf(resource))) {
    const { at } = known.setting;
    if (at.startsWith(`${parent}.`) && known.setting.removed === undefined) {
      const [key = ''] = at.slice(parent.length + 1).split(/[.[]/);
      const exact = at === `${parent}.${key}`;
      if (!children.has(key) || exact) {
        children.set(key, known);
      }
    }
  }
  return [...children]
    .filter(([key]) => !present.has(key))
    .map(([key, known]) => {
      const own = known.setting.at === `${parent}.${key}`;
      return {
        label: key,
        kind: 'key',
        span: word.span,
        insertion:
          word.colonFollows || !own ? [quote + key + quote, ...(word.colonFollows ? [] : [':'])] : printed(key),
        filter: quote + key,
        detail: known.product.name,
        documentation: own ? helpParts(helpOfSetting(known)) : [],
      };

      function printed(name: string) {
        const { grammar } = known.setting;
        const type = typeOf(grammar);
        if (grammar.kind === 'object') {
          return [`${quote}${name}${quote}:`];
        }
        const first = offeredValues(known.setting)[0]?.value ?? '';
        const stop = { stop: 1, text: first };
        const field: NewField = { key: name, value: { kind: type === 'string' ? 'word' : 'number', stop } };
        return printFields(text, place, [field]);
      }
    });
}

/** The value of such a field. */
export function objectFieldValues(place: TypingPlace, { resource, path }: PlaceInObject): Completion[] {
  const known = settingsOfKind(objectKindOf(resource)).find(({ setting }) => setting.at === addressOf(path));
  if (known === undefined) {
    return [];
  }
  const kind = typeOf(known.setting.grammar) === 'string' ? 'word' : 'number';
  return offeredValues(known.setting).flatMap(({ value, meaning }) => {
    const printed = printScalar(place, kind, value);
    return printed === undefined
      ? []
      : [
          {
            label: value,
            kind: 'value' as const,
            span: place.word.span,
            ...printed,
            detail: meaning === '' ? shortName(known.setting.at) : meaning,
            documentation: helpParts(helpOfSetting(known)),
          },
        ];
  });
}

/** The keys that lead to a place, with the numbers of list items as `[]`. */
export function addressOf(path: readonly string[]): string {
  return path.reduce(
    (address, key) => (/^\d+$/.test(key) ? `${address}[]` : address === '' ? key : `${address}.${key}`),
    '',
  );
}
