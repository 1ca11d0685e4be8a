import { parentOf } from '../knowledge/address.ts';
import type { Setting } from '../knowledge/product.ts';
import { isChecked, type KnownSetting, objectKindOf, placedSettingsOfKind } from '../knowledge/products.ts';
import { mappingsAtAddress } from '../knowledge/settingReading.ts';
import { describeResource, type Resource } from '../kubernetes/resource.ts';
import { nearest } from '../text/nearest.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { renameKey } from '../yaml/edits.ts';
import { keyText, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { certaintyOf } from './support/outcome.ts';

export const fieldUnknownKey: Rule = {
  id: 'field-unknown-key',
  summary: 'A persistence field of a product’s own resource is misspelt, or belongs to another product’s.',
  why:
    'The API server drops a field that the resource’s definition does not have, or refuses the object where it ' +
    'checks strictly. Definitions of one idea differ by product: `affinityCookieTtlSec` here is `cookieTtlSec` ' +
    'there, `loadBalancer` here `loadbalancer` there.',
  remedy: 'Write the field as its product calls it.',
  links: [],
  messages: {
    found:
      '{key} is no field of {parent} in a {kind}; did you mean {meant}?\n' +
      'The API server drops it or refuses {object}, and clients are balanced without persistence.',
    known: '{key} is what others call it; in a {kind} it is {meant}.\n{object} has no persistence by it.',
    stranger:
      '{key} is no field of {parent} in a {kind}; there are {known}.\n' +
      'The API server drops it or refuses {object}.',
    fix: 'Rename it to {meant}',
  },
  examples: [
    {
      title: 'A field in another case.',
      bad: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  rules:
    - sessionPersistence:
        sessionname: route
        ^^^^^^^^^^^ field-unknown-key
        type: Cookie
`,
      fixed: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  rules:
    - sessionPersistence:
        sessionName: route
        type: Cookie
`,
    },
    {
      title: 'Fields that it has.',
      good: `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  rules:
    - sessionPersistence:
        sessionName: route
        type: Cookie
`,
    },
  ],
  *check(manifest): Iterable<Finding> {
    for (const resource of manifest.resources) {
      const kind = objectKindOf(resource);
      const settings = kind === 'Service' ? [] : placedSettingsOfKind(kind);
      const fields = settings.filter(({ setting }) => !setting.at.includes('/'));
      if (fields.length > 0) {
        yield* checkObject(manifest, resource, fields);
      }
    }
  },
};

/** The mappings that hold settings of a product, and what stands in them under other names. */
function* checkObject(manifest: Manifest, resource: Resource, settings: readonly KnownSetting[]): Iterable<Finding> {
  const parents = new Set(settings.flatMap(({ setting }) => parentOf(setting.at) ?? []));
  for (const parent of parents) {
    if (parent === 'spec' || parent.endsWith('[]') || !parent.includes('.')) {
      yield* wrongSpellings(manifest, resource, parent, settings);
      continue;
    }
    for (const { mapping } of mappingsAtAddress(resource, parent)) {
      yield* checkMapping(manifest, resource, parent, mapping, settings);
    }
  }
  // Some mistakes stand where no setting does.
  const elsewhere = settings.flatMap(({ setting }) =>
    (setting.spellings ?? []).flatMap(({ at }) => parentOf(at) ?? []),
  );
  for (const parent of new Set(elsewhere.filter((one) => !parents.has(one)))) {
    yield* wrongSpellings(manifest, resource, parent, settings);
  }
}

/** What the keys of a mapping may be: the settings in it and the mappings that lead to others. */
function childrenOf(parent: string, settings: readonly KnownSetting[]): string[] {
  const below = settings.map(({ setting }) => setting.at).filter((at) => at.startsWith(`${parent}.`));
  return [...new Set(below.map((at) => at.slice(parent.length + 1).split(/[.[]/)[0] ?? ''))];
}

function* checkMapping(
  manifest: Manifest,
  resource: Resource,
  parent: string,
  mapping: YamlMapping,
  settings: readonly KnownSetting[],
): Iterable<Finding> {
  const children = childrenOf(parent, settings);
  const own = settings.find(({ setting }) => setting.at === parent)?.setting;
  const others = own?.grammar.kind === 'object' ? (own.grammar.otherKeys ?? []) : [];
  const closed = own?.grammar.kind === 'object' && own.grammar.closed === true;
  const isProven = settings.some(({ setting }) => parentOf(setting.at) === parent && isChecked(setting));
  for (const pair of isProven ? mapping.pairs : []) {
    const key = keyText(pair);
    if (key === undefined || key === '' || pair.conditional || children.includes(key) || others.includes(key)) {
      continue;
    }
    const wrong = spelling(`${parent}.${key}`, settings);
    const inSamePlace = wrong === undefined || parentOf(wrong.at) === parent;
    const meant = wrong === undefined ? near(key, children, others) : nameFrom(parent, wrong.at);
    if (meant !== undefined || closed) {
      const message = wrong !== undefined ? 'known' : meant !== undefined ? 'found' : 'stranger';
      const stranger = { pair, mapping, message, meant, known: children, setting: wrong, inSamePlace };
      yield finding(manifest, resource, parent, stranger);
    }
  }
}

/** Directly under `spec` and in list items stands much that is not ours; there only known mistakes count. */
function* wrongSpellings(
  manifest: Manifest,
  resource: Resource,
  parent: string,
  settings: readonly KnownSetting[],
): Iterable<Finding> {
  const wrong = settings.flatMap(({ setting }) =>
    (setting.spellings ?? []).filter(({ status, at }) => status !== 'read' && parentOf(at) === parent),
  );
  for (const { at } of wrong) {
    const key = at.slice(parent.length + 1);
    const setting = spelling(at, settings);
    for (const { mapping } of mappingsAtAddress(resource, parent)) {
      const pair = mapping.pairs.find((candidate) => keyText(candidate) === key);
      const inSamePlace = setting !== undefined && parentOf(setting.at) === parent;
      if (pair !== undefined && !pair.conditional && setting !== undefined) {
        const meant = nameFrom(parent, setting.at);
        yield finding(manifest, resource, parent, {
          pair,
          mapping,
          message: 'known',
          meant,
          known: [],
          setting,
          inSamePlace,
        });
      }
    }
  }
}

/** What a field is called beside its misspelling; its whole path where it stands elsewhere. */
function nameFrom(parent: string, at: string): string {
  return parentOf(at) === parent ? at.slice(parent.length + 1) : at;
}

function spelling(at: string, settings: readonly KnownSetting[]): Setting | undefined {
  return settings.find(({ setting }) => setting.spellings?.some((one) => one.at === at && one.status !== 'read'))
    ?.setting;
}

function near(key: string, children: readonly string[], others: readonly string[]): string | undefined {
  const meant = nearest(key, [...children, ...others]);
  return meant !== undefined && children.includes(meant) ? meant : undefined;
}

interface Stranger {
  readonly pair: YamlPair;
  readonly mapping: YamlMapping;
  readonly message: string;
  readonly meant: string | undefined;
  readonly known: readonly string[];
  readonly setting: Setting | undefined;
  readonly inSamePlace?: boolean;
}

function finding(manifest: Manifest, resource: Resource, parent: string, stranger: Stranger): Finding {
  const { pair, mapping, message, meant, known, setting, inSamePlace = true } = stranger;
  const key = keyText(pair) ?? '';
  const isThere = mapping.pairs.some((other) => keyText(other) === meant);
  return {
    rule: fieldUnknownKey,
    message,
    arguments: {
      key,
      parent: parent.slice(parent.lastIndexOf('.') + 1).replace('[]', ''),
      kind: resource.kind,
      object: describeResource(resource),
      meant: meant ?? '',
      known: known.join(', '),
    },
    certainty: certaintyOf('ignored', setting ?? {}),
    key,
    span: pair.key.span,
    subject: resource,
    related: [],
    fixes:
      meant === undefined || isThere || !inSamePlace || mapping.open
        ? []
        : fixHere(manifest, { title: 'fix', arguments: { meant }, safety: 'review' }, () => [
            renameKey(manifest.yaml, pair, meant),
          ]),
  };
}
