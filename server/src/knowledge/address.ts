import type { Address, ProductTable } from './product.ts';

/** An address, taken apart. */
export type ParsedAddress =
  | { readonly kind: 'annotation'; readonly key: string; readonly part: string | undefined }
  | { readonly kind: 'label'; readonly key: string }
  | { readonly kind: 'field'; readonly steps: readonly FieldStep[] };

/** A key on the way to a field, and whether the way goes on in every item of the list that is its value. */
export interface FieldStep {
  readonly key: string;
  readonly list: boolean;
}

const parsed = new Map<Address, ParsedAddress>();

export function parseAddress(address: Address): ParsedAddress {
  let result = parsed.get(address);
  if (result === undefined) {
    result = parse(address);
    parsed.set(address, result);
  }
  return result;
}

function parse(address: Address): ParsedAddress {
  if (address.startsWith('label:')) {
    return { kind: 'label', key: address.slice('label:'.length) };
  }
  const hash = address.indexOf('#');
  const key = hash === -1 ? address : address.slice(0, hash);
  return key.includes('/')
    ? { kind: 'annotation', key, part: hash === -1 ? undefined : address.slice(hash + 1) }
    : { kind: 'field', steps: fieldSteps(address) };
}

/** The steps of a path such as `spec.rules[].type`. */
export function fieldSteps(path: string): FieldStep[] {
  return path.split('.').map((step) => {
    const list = step.endsWith('[]');
    return { key: list ? step.slice(0, -2) : step, list };
  });
}

/** What people call a setting: an annotation without the prefix of its product, a field by its own key. */
export function shortName(address: Address, product?: Pick<ProductTable, 'annotationPrefixes'>): string {
  const place = parseAddress(address);
  switch (place.kind) {
    case 'annotation':
      return place.part ?? withoutPrefix(place.key, product?.annotationPrefixes ?? []);
    case 'label':
      return place.key;
    case 'field':
      return place.steps.map(({ key }) => key).at(-1) ?? address;
  }
}

function withoutPrefix(key: string, prefixes: readonly string[]): string {
  const prefix = prefixes.find((candidate) => key.startsWith(candidate) && candidate.length < key.length);
  return key.slice(prefix?.length ?? key.indexOf('/') + 1);
}

/** The address that leads to the mapping or the value in which a part or a field stands; undefined for the others. */
export function parentOf(address: Address): Address | undefined {
  const place = parseAddress(address);
  switch (place.kind) {
    case 'annotation':
      return place.part === undefined ? undefined : place.key;
    case 'label':
      return undefined;
    case 'field':
      return address.includes('.') ? address.slice(0, address.lastIndexOf('.')) : undefined;
  }
}
