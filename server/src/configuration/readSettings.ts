import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/span.ts';
import { describeInput, type Entry, type Input } from './input.ts';
import type { Choices, KubernetesVersion } from './settings.ts';
import { SEVERITIES, type Severity } from './severity.ts';

/** The words with which a rule can be set. */
export const CHOICES: readonly (Severity | 'off')[] = [...SEVERITIES, 'off'];

/** A key of the settings, for whoever completes, explains or describes them. */
export interface KnownKey {
  readonly key: 'rules' | 'kubernetesVersion' | 'ignore';
  readonly summary: string;
}

/** The keys of a project file. An editor's settings have all but `ignore`, which is relative to the file's folder. */
export const KNOWN_KEYS: readonly KnownKey[] = [
  { key: 'rules', summary: 'How severe the findings of a rule are, by its id; `off` hides them.' },
  {
    key: 'kubernetesVersion',
    summary: 'The oldest Kubernetes version for which the manifests are written, such as `1.31`.',
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

export type ProblemCode = 'key' | 'rule' | 'severity' | 'version' | 'kind' | 'pattern';

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
  #version: KubernetesVersion | 'any' | undefined;

  constructor(context: ReadingContext) {
    this.#context = context;
  }

  get choices(): Choices {
    return { rules: this.#rules, kubernetesVersion: this.#version };
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
        case 'ignore':
          this.#readIgnore(entry.value);
          break;
        case undefined:
          this.#unknownKey(entry);
      }
    }
  }

  #unknownKey({ key, place }: Entry): void {
    const keys = [...this.#context.keys];
    // The settings of an editor carry a prefix, which does not belong here.
    const last = key.slice(key.lastIndexOf('.') + 1);
    const meant = keys.includes(last) ? last : nearest(key, keys);
    this.#problem('key', [key], place, { written: key || 'This', known: keys.join(', ') }, meant);
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

  #readIgnore(input: Input): void {
    const path = ['ignore'];
    const items = input.kind === 'list' ? input.items : input.kind === 'text' ? [input] : [];
    if (input.kind === 'mapping' || input.kind === 'other') {
      this.#wrongKind(input, path, 'a list of patterns');
    }
    for (const item of items) {
      if (item.kind === 'text') {
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
