import { expectationOf } from '../knowledge/grammar.ts';
import type { ProductTable, Setting } from '../knowledge/product.ts';
import { isChecked, PRODUCTS } from '../knowledge/products.ts';

/** What is known of a product, in the shape that `providers --format json` prints. */
export interface ProviderListing {
  readonly id: string;
  readonly name: string;
  readonly kind: ProductTable['kind'];
  readonly verification: ProductTable['verification'];
  readonly basis: string;
  readonly link: string;
  /** What becomes of `sessionAffinity: ClientIP`. */
  readonly sessionAffinity: 'refused' | 'mapped' | 'ignored' | 'unknown';
  readonly settings: readonly SettingListing[];
}

export interface SettingListing {
  readonly setting: string;
  readonly objects: readonly string[];
  readonly values: string;
  readonly default: string | undefined;
  readonly meaning: string;
  /** `checked`: findings about it are proven by cases; `known`: it is explained and completed only. */
  readonly state: 'checked' | 'known';
  readonly verified: boolean;
  readonly source: string;
}

export function listProviders(): ProviderListing[] {
  return PRODUCTS.map((product) => ({
    id: product.id,
    name: product.name,
    kind: product.kind,
    verification: product.verification,
    basis: product.basis,
    link: product.link.url,
    sessionAffinity: product.sessionAffinity?.effect ?? 'unknown',
    settings: product.settings.map(listSetting),
  }));
}

function listSetting(setting: Setting): SettingListing {
  return {
    setting: setting.at,
    objects: setting.objects,
    values: expectationOf(setting.grammar),
    default: setting.default,
    meaning: setting.meaning,
    state: isChecked(setting) ? 'checked' : 'known',
    verified: setting.unverified !== true,
    source: setting.source,
  };
}

/** A line for each product, and one for each of its settings. */
export function formatProviders(listings: readonly ProviderListing[]): string {
  const checked = (settings: readonly SettingListing[]): number =>
    settings.filter(({ state }) => state === 'checked').length;
  const all = listings.flatMap(({ settings }) => settings);
  const lines = listings.flatMap((product) => [
    `${product.id}: ${product.name}, ${product.kind}; ${product.settings.length} settings, ` +
      `${checked(product.settings)} checked; ClientIP ${product.sessionAffinity}; from ${ORIGIN[product.verification]}`,
    ...product.settings.map(
      ({ setting, objects, values, state, verified }) =>
        `  ${state === 'checked' ? 'checked' : 'known  '}  ${setting} (${objects.join(', ')}): ${values}` +
        `${verified ? '' : ' [not verified]'}`,
    ),
  ]);
  return `${lines.join('\n')}\n\n${listings.length} products, ${all.length} settings, ${checked(all)} checked.\n`;
}

const ORIGIN: Readonly<Record<ProductTable['verification'], string>> = {
  source: 'its source',
  documentation: 'its documentation',
  partial: 'parts of its source',
  unverified: 'threads only',
};
