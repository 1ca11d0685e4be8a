import type { Resource } from '../kubernetes/resource.ts';
import { resolveAlias } from '../yaml/nodes.ts';
import type { Condition, ProductTable } from './product.ts';
import { type PlaceContext, readSetting, type WrittenSetting } from './settingReading.ts';

/** Whether a condition holds on an object; undefined where a template or a part that is not shown decides. */
export function holds(
  condition: Condition,
  resource: Resource,
  product: ProductTable | undefined,
  context?: PlaceContext,
): boolean | undefined {
  if ('anyOf' in condition) {
    const answers = condition.anyOf.map((one) => holds(one, resource, product, context));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  const reading = readSetting(resource, condition.at, product, context);
  if (reading.kind === 'unknown') {
    return undefined;
  }
  const text = reading.kind === 'value' ? reading.text : undefined;
  if ('written' in condition) {
    return (text !== undefined) === condition.written;
  }
  if ('atLeast' in condition) {
    return reading.kind === 'value' && hasItems(reading, condition.atLeast);
  }
  if ('matches' in condition) {
    return text !== undefined && condition.matches.test(text);
  }
  if ('isNot' in condition) {
    return text === undefined || !condition.isNot.includes(text);
  }
  return text === undefined ? condition.orAbsent === true : condition.is.includes(text);
}

/** Whether a list has so many items; undefined where a template may add some. */
function hasItems({ place }: WrittenSetting, count: number): boolean | undefined {
  const list = resolveAlias(place.pair.value);
  if (list?.kind !== 'sequence') {
    return false;
  }
  return list.items.length >= count || (list.open ? undefined : false);
}

/** Whether all hold. */
export function allHold(
  conditions: readonly Condition[],
  resource: Resource,
  product: ProductTable | undefined,
  context?: PlaceContext,
): boolean | undefined {
  const answers = conditions.map((condition) => holds(condition, resource, product, context));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}
