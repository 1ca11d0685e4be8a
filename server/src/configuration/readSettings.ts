import { type ChosenControllers, NOTHING_CHOSEN } from '../knowledge/identify.ts';
import { PRODUCTS } from '../knowledge/products.ts';
import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/span.ts';
import { isTooWild } from './ignorePatterns.ts';
import { describeInput, type Entry, type Input } from './input.ts';
import type { Choices, KubernetesVersion, ProductVersion } from './settings.ts';
import { SEVERITIES, type Severity } from './severity.ts';

/** The words with which a rule can be set. */
export const CHOICES: readonly (Severity | 'off')[] = [...SEVERITIES, 'off'];

/** A key of the settings, for whoever completes, explains or describes them. */
export interface KnownKey {
  readonly key: 'rules' | 'kubernetesVersion' | 'controllers' | 'productVersions' | 'ignore';
  readonly summary: string;
}

/** The keys of a project file. An editor's settings have all but `ignore`, which is relative to the file's folder. */
export const KNOWN_KEYS: readonly KnownKey[] = [
  { key: 'rules', summary: 'How severe the findings of a rule are, by its id; `off` hides them.' },
  {
    key: 'kubernetesVersion',
    summary: 'The oldest Kubernetes version for which the manifests are written, such as `1.31`.',
  },
  {
    key: 'controllers',
    summary:
      'Which products serve the manifests, where these do not tell: `loadBalancer` and `ingress`, each with the id ' +
      'of a product, and `ingressClasses`, which maps the names of classes to ids.',
  },
  {
    key: 'productVersions',
    summary:
      'The oldest versions of products for which the manifests are written, by id, such as `gateway-api: "1.5"`.',
  },
  { key: 'ignore', summary: 'Files without findings: patterns as in `.gitignore`, relative to this file’s folder.' },
];

/** A part of the settings that cannot be used, so that its default stands. */
export interface SettingsProblem {
  readonly code: ProblemCode;
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly span: Span | undefined;
  readonly arguments: Readonly<Record<string, string>>;
  /** What should very probably stand in its place. */
  readonly meant: string | undefined;
}

export type ProblemCode = 'key' | 'rule' | 'severity' | 'version' | 'product' | 'productVersion' | 'kind' | 'pattern';

export interface ReadSettings {
  readonly choices: Choices;
  readonly ignore: readonly string[];
  readonly problems: readonly SettingsProblem[];
}

export interface ReadingContext {
  readonly knownRules: ReadonlySet<string>;
  /** The keys that may stand beside each other; others are problems. */
  readonly keys: ReadonlySet<string>;
}

/** Turns whatever a user wrote into settings. Each part that cannot be read is a problem and leaves the rest alone. */
export function readSettings(input: Input, context: ReadingContext): ReadSettings {
  const reader = new Reader(context);
  reader.read(input);
  return reader;
}

class Reader implements ReadSettings {
  readonly problems: SettingsProblem[] = [];
  readonly ignore: string[] = [];
  readonly #rules = new Map<string, Severity | 'off'>();
  readonly #context: ReadingContext;
  readonly #productVersions = new Map<string, ProductVersion>();
  #version: KubernetesVersion | 'any' | undefined;
  #controllers: ChosenControllers = NOTHING_CHOSEN;

  constructor(context: ReadingContext) {
    this.#context = context;
  }

  get choices(): Choices {
    return {
      rules: this.#rules,
      kubernetesVersion: this.#version,
      controllers: this.#controllers,
      productVersions: this.#productVersions,
    };
  }

  read(input: Input): void {
    for (const entry of this.#entries(input, [], 'a mapping of settings')) {
      switch (this.#context.keys.has(entry.key) ? entry.key : undefined) {
        case 'rules':
          this.#readRules(entry.value);
          break;
        case 'kubernetesVersion':
          this.#readVersion(entry.value);
          break;
        case 'controllers':
          this.#readControllers(entry.value);
          break;
        case 'productVersions':
          this.#readProductVersions(entry.value);
          break;
        case 'ignore':
          this.#readIgnore(entry.value);
          break;
        case undefined:
          this.#unknownKey(entry);
      }
    }
  }

  #unknownKey({ key, place }: Entry, path: readonly string[] = [], keys = [...this.#context.keys]): void {
    // The settings of an editor carry a prefix, which does not belong here.
    const last = key.slice(key.lastIndexOf('.') + 1);
    const meant = keys.includes(last) ? last : nearest(key, keys);
    this.#problem('key', [...path, key], place, { written: key || 'This', known: keys.join(', ') }, meant);
  }

  #readRules(input: Input): void {
    const path = ['rules'];
    for (const { key, place, value } of this.#entries(input, path, 'a mapping of rule ids to severities')) {
      const { knownRules } = this.#context;
      if (!knownRules.has(key)) {
        this.#problem('rule', [...path, key], place, { written: key || 'This' }, nearest(key, knownRules));
        continue;
      }
      const choice = this.#readSeverity(value, [...path, key]);
      if (choice !== undefined) {
        this.#rules.set(key, choice);
      }
    }
  }

  #readSeverity(input: Input, path: readonly string[]): Severity | 'off' | undefined {
    if (input.kind === 'nothing') {
      return undefined;
    }
    if (input.kind !== 'text') {
      this.#wrongKind(input, path, `one of ${CHOICES.join(', ')}`);
      return undefined;
    }
    const choice = CHOICES.find((word) => word === input.text);
    if (choice === undefined) {
      const meant = OTHER_WORDS.get(input.text.toLowerCase()) ?? nearest(input.text, CHOICES);
      this.#problem('severity', path, input.place, { written: input.text || 'This' }, meant);
    }
    return choice;
  }

  #readVersion(input: Input): void {
    const path = ['kubernetesVersion'];
    if (input.kind === 'text') {
      const [, minor] = /^1\.(\d{1,3})$/.exec(input.text) ?? [];
      if (minor !== undefined) {
        this.#version = { major: 1, minor: Number(minor) };
      } else if (input.text === '') {
        this.#version = 'any';
      } else {
        const longer = /^v?(1\.\d{1,3})(?:[.+-].*)?$/i.exec(input.text.trim());
        this.#problem('version', path, input.place, { written: input.text }, longer?.[1]);
      }
    } else if (input.kind !== 'nothing') {
      this.#wrongKind(input, path, 'text such as "1.31"');
    }
  }

  #readControllers(input: Input): void {
    const path = ['controllers'];
    const classes = new Map<string, string>();
    const chosen: { loadBalancer: string | undefined; ingress: string | undefined } = {
      loadBalancer: undefined,
      ingress: undefined,
    };
    for (const entry of this.#entries(input, path, 'a mapping such as `ingress: traefik`')) {
      const { key, value } = entry;
      if (key === 'loadBalancer' || key === 'ingress') {
        chosen[key] = this.#readProduct(value, [...path, key]);
      } else if (key === 'ingressClasses') {
        for (const item of this.#entries(value, [...path, key], 'a mapping of class names to products')) {
          const product = this.#readProduct(item.value, [...path, key, item.key]);
          if (product !== undefined) {
            classes.set(item.key, product);
          }
        }
      } else {
        this.#unknownKey(entry, path, CONTROLLER_KEYS);
      }
    }
    this.#controllers = { ...chosen, ingressClasses: classes };
  }

  #readProduct(input: Input, path: readonly string[]): string | undefined {
    if (input.kind === 'nothing' || (input.kind === 'text' && input.text === '')) {
      return undefined;
    }
    if (input.kind !== 'text') {
      this.#wrongKind(input, path, 'the id of a product such as ingress-nginx');
      return undefined;
    }
    const ids = PRODUCTS.map(({ id }) => id);
    if (ids.includes(input.text)) {
      return input.text;
    }
    this.#problem('product', path, input.place, { written: input.text }, nearest(input.text, ids));
    return undefined;
  }

  #readProductVersions(input: Input): void {
    const path = ['productVersions'];
    const ids = PRODUCTS.map(({ id }) => id);
    for (const { key, place, value } of this.#entries(input, path, 'a mapping of products to versions')) {
      if (!ids.includes(key)) {
        this.#problem('product', [...path, key], place, { written: key || 'This' }, nearest(key, ids));
      } else if (value.kind === 'text') {
        const [, major, minor] = /^v?(\d{1,4})\.(\d{1,4})(?:[.+-].*)?$/i.exec(value.text.trim()) ?? [];
        if (major !== undefined && minor !== undefined) {
          this.#productVersions.set(key, { major: Number(major), minor: Number(minor) });
        } else {
          this.#problem('productVersion', [...path, key], value.place, { written: value.text || 'This' }, undefined);
        }
      } else if (value.kind !== 'nothing') {
        this.#wrongKind(value, [...path, key], 'text such as "1.5"');
      }
    }
  }

  #readIgnore(input: Input): void {
    const path = ['ignore'];
    const items = input.kind === 'list' ? input.items : input.kind === 'text' ? [input] : [];
    if (input.kind === 'mapping' || input.kind === 'other') {
      this.#wrongKind(input, path, 'a list of patterns');
    }
    for (const item of items) {
      if (item.kind === 'text' && isTooWild(item.text)) {
        this.#problem('pattern', path, item.place, { written: item.text }, undefined);
      } else if (item.kind === 'text') {
        this.ignore.push(item.text);
      } else if (item.kind !== 'nothing') {
        this.#wrongKind(item, path, 'a list of patterns');
      }
    }
  }

  #entries(input: Input, path: readonly string[], wanted: string): readonly Entry[] {
    if (input.kind === 'mapping') {
      return input.entries;
    }
    if (input.kind !== 'nothing') {
      this.#wrongKind(input, path, wanted);
    }
    return [];
  }

  #wrongKind(input: Input, path: readonly string[], wanted: string): void {
    const setting = path.at(-1) ?? 'The settings';
    this.#problem('kind', path, input.place, { setting, wanted, found: describeInput(input) }, undefined);
  }

  #problem(
    code: ProblemCode,
    path: readonly string[],
    span: Span | undefined,
    args: Readonly<Record<string, string>>,
    meant: string | undefined,
  ): void {
    this.problems.push({ code, path, span, arguments: { ...args, meant: meant ?? '' }, meant });
  }
}

/** The keys of `controllers`. */
export const CONTROLLER_KEYS = ['loadBalancer', 'ingress', 'ingressClasses'];

/** What other tools call a severity. */
const OTHER_WORDS: ReadonlyMap<string, Severity | 'off'> = new Map([
  ['err', 'error'],
  ['fatal', 'error'],
  ['warn', 'warning'],
  ['info', 'information'],
  ['note', 'information'],
  ['suggestion', 'hint'],
  ['none', 'off'],
  ['no', 'off'],
  ['false', 'off'],
  ['never', 'off'],
  ['ignore', 'off'],
  ['disable', 'off'],
  ['disabled', 'off'],
]);
