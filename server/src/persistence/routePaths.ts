import { holds } from '../knowledge/condition.ts';
import { parseInteger, secondsOf } from '../knowledge/grammar.ts';
import type { Condition, ProductTable, Stickiness, Targets } from '../knowledge/product.ts';
import { objectKindOf } from '../knowledge/products.ts';
import { readSetting } from '../knowledge/settingReading.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { RouteRule } from '../kubernetes/route.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Duration, Evidence, Hop, Mechanism } from './path.ts';

/** An object in which settings for a route may stand: the route, the Service behind it, a policy for either. */
export interface SettingsHolder {
  readonly resource: Resource;
  readonly manifest: Manifest;
}

/** Where a proxy sends the requests of a rule. */
export type ProxyTarget = 'pods' | 'nodes' | 'the cluster IP' | 'unknown';

/** What a proxy does with the requests of a rule of a route, as its product's table says. */
export function proxyHop(
  product: ProductTable | undefined,
  holders: readonly SettingsHolder[],
  rule: RouteRule,
): { readonly hop: Hop; readonly target: ProxyTarget } {
  const hop = {
    from: 'proxy',
    to: 'pod',
    sees: 'client',
    scope: 'host and path',
    duration: undefined,
    evidence: [],
  } as const;
  if (product === undefined) {
    return { hop: { ...hop, mechanism: { kind: 'unknown' } }, target: 'unknown' };
  }
  const within = { items: rule.items, key: undefined };
  const all = (conditions: readonly Condition[]): boolean | undefined =>
    allAcross(conditions, product, holders, within);
  const targets: Targets | undefined = product.targets?.find(({ when }) => all(when) === true);
  const target = targets?.to ?? 'pods';
  const to = target === 'nodes' ? 'node' : 'pod';
  for (const stickiness of product.stickiness ?? []) {
    const applies = all(stickiness.when);
    if (applies === undefined) {
      return { hop: { ...hop, to, mechanism: { kind: 'unknown' } }, target };
    }
    if (applies) {
      return {
        hop: {
          ...hop,
          to,
          mechanism: mechanismOf(stickiness),
          duration: durationOf(stickiness, product, holders, within),
          evidence: evidenceOf(stickiness, product, holders, within),
        },
        target,
      };
    }
  }
  return { hop: { ...hop, to, mechanism: { kind: product.stickiness === undefined ? 'unknown' : 'none' } }, target };
}

function mechanismOf({ by }: Stickiness): Mechanism {
  return { kind: by === 'header' ? 'consistent hash' : by };
}

type Within = NonNullable<Parameters<typeof holds>[3]>;

function allAcross(
  conditions: readonly Condition[],
  product: ProductTable,
  holders: readonly SettingsHolder[],
  within: Within,
): boolean | undefined {
  const answers = conditions.map((condition) => holdsAcross(condition, product, holders, within));
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** Whether a condition holds on the object that carries its setting; if none does, it is as if it were not written. */
function holdsAcross(
  condition: Condition,
  product: ProductTable,
  holders: readonly SettingsHolder[],
  within: Within,
): boolean | undefined {
  if ('anyOf' in condition) {
    const answers = condition.anyOf.map((one) => holdsAcross(one, product, holders, within));
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
  }
  const carrying = holdersOf(condition.at, product, holders);
  if (carrying.length === 0) {
    return 'written' in condition
      ? !condition.written
      : 'isNot' in condition
        ? true
        : 'is' in condition && condition.orAbsent === true;
  }
  const answers = carrying.map(({ resource }) => holds(condition, resource, product, within));
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** The objects on which a setting is read; all of them for what is no setting, such as an object's kind. */
function holdersOf(at: string, product: ProductTable, holders: readonly SettingsHolder[]): readonly SettingsHolder[] {
  const kinds = product.settings.filter((setting) => setting.at === at).flatMap(({ objects }) => objects);
  return kinds.length === 0 ? holders : holders.filter(({ resource }) => kinds.includes(objectKindOf(resource)));
}

function durationOf(
  { duration }: Stickiness,
  product: ProductTable,
  holders: readonly SettingsHolder[],
  within: Within,
): Duration | undefined {
  if (duration === undefined) {
    return undefined;
  }
  const readings = duration.at === undefined ? [] : readingsOf(duration.at, product, holders, within);
  const text = readings[0]?.text;
  const grammar = product.settings.find(({ at }) => at === duration.at)?.grammar;
  const factor = grammar?.kind === 'integer' && grammar.unit === 'minutes' ? 60 : 1;
  const written = text === undefined ? undefined : (parseInteger(text, 'go') ?? secondsOf(text));
  const seconds = written === undefined ? duration.defaultSeconds : written * factor;
  return seconds === undefined || seconds <= 0 ? undefined : { counts: duration.counts, seconds };
}

function readingsOf(at: string, product: ProductTable, holders: readonly SettingsHolder[], within: Within) {
  return holdersOf(at, product, holders).flatMap(({ resource, manifest }) => {
    const reading = readSetting(resource, at, product, within);
    return reading.kind === 'value' ? [{ text: reading.text, span: reading.place.valueSpan, manifest }] : [];
  });
}

function evidenceOf(
  { when, duration }: Stickiness,
  product: ProductTable,
  holders: readonly SettingsHolder[],
  within: Within,
): Evidence[] {
  const addresses = [...when.flatMap((condition) => ('at' in condition ? [condition.at] : [])), duration?.at];
  return [...new Set(addresses)].flatMap((at) =>
    at === undefined
      ? []
      : readingsOf(at, product, holders, within).map(({ span, manifest }): Evidence => ({ span, manifest })),
  );
}
