import type { Manifest } from '../workspace/manifest.ts';
import { isPolicy } from '../workspace/policies.ts';
import type { Rule, RuleContext, RuleSubject } from './rule.ts';
import { objectSettings } from './support/settings.ts';

const IS_THERE: Readonly<Record<RuleSubject, (manifest: Manifest, context: RuleContext) => boolean>> = {
  services: ({ services }) => services.length > 0,
  values: ({ valuesServices }) => valuesServices.length > 0,
  workloads: ({ workloads }) => workloads.length > 0,
  ingresses: ({ ingresses }) => ingresses.length > 0,
  policies: ({ resources }) => resources.some(isPolicy),
  settings: holdsSettings,
};

const SUBJECTS = Object.keys(IS_THERE) as RuleSubject[];

/** What there is in a document for rules to judge, as a set in a number: there are thousands of documents. */
export type Subjects = number;

export function subjectsIn(manifest: Manifest, context: RuleContext): Subjects {
  return SUBJECTS.reduce((set, subject) => (IS_THERE[subject](manifest, context) ? set | bitOf(subject) : set), 0);
}

function holdsSettings(manifest: Manifest, context: RuleContext): boolean {
  try {
    return objectSettings(manifest, context).length > 0;
  } catch {
    // The rules that ask for them fail as well, and there it is reported.
    return true;
  }
}

function bitOf(subject: RuleSubject): Subjects {
  return 1 << SUBJECTS.indexOf(subject);
}

/** Rules, from which those are taken that have something to look at. */
export class RulesBySubject {
  readonly #rules: readonly Rule[];
  readonly #chosen = new Map<Subjects, readonly Rule[]>();

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  for(subjects: Subjects): readonly Rule[] {
    let chosen = this.#chosen.get(subjects);
    if (chosen === undefined) {
      chosen = this.#rules.filter(({ judges }) => judges?.some((one) => (subjects & bitOf(one)) !== 0) !== false);
      this.#chosen.set(subjects, chosen);
    }
    return chosen;
  }
}
