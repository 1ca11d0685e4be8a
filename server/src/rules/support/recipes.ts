import { shortName } from '../../knowledge/address.ts';
import type { ObjectKind, ProductTable, Recipe } from '../../knowledge/product.ts';
import { readSetting } from '../../knowledge/settingReading.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import { shortListOf } from './listing.ts';
import { settingsEdits } from './setSettings.ts';

/** The sets of settings with which a product keeps clients where they are, for one kind of object. */
export function recipesFor({ recipes = [] }: ProductTable, kind: ObjectKind): Recipe[] {
  return recipes.filter(({ on }) => on === kind);
}

const ANYWHERE = { items: [], key: undefined };

/** What of a recipe is not there yet; settings that are written otherwise stay as their author wrote them. */
export function missingOf(resource: Resource, product: ProductTable, { set }: Recipe): Recipe['set'] {
  return set.filter(({ at }) => readSetting(resource, at, product).kind === 'absent');
}

/** Writes what is missing of a recipe; undefined where nothing is, or where it cannot be written. */
export function recipeEdits(
  manifest: Manifest,
  resource: Resource,
  product: ProductTable,
  recipe: Recipe,
): TextEdit[] | undefined {
  const missing = missingOf(resource, product, recipe);
  return missing.length === 0 ? undefined : settingsEdits({ manifest, resource, product, context: ANYWHERE }, missing);
}

/** The settings of a recipe in a few words. */
export function describeRecipe(product: ProductTable, { set }: Pick<Recipe, 'set'>): string {
  return shortListOf(set.map(({ at, value }) => `${shortName(at, product)}: ${value}`));
}
