import type { Certainty } from '../../configuration/severity.ts';
import type { Outcome, Setting } from '../../knowledge/product.ts';

const CERTAINTIES: Readonly<Record<Outcome, Certainty>> = {
  'refused by the API server': 'refused',
  'refused by the cloud': 'refused',
  'refused by the controller': 'refused',
  ignored: 'ineffective',
  'default instead': 'ineffective',
  depends: 'assumed',
  advice: 'advice',
};

/** How sure a finding is, by what becomes of the mistake. What no source could confirm is advice at most. */
export function certaintyOf(outcome: Outcome, setting: Pick<Setting, 'unverified'>): Certainty {
  return setting.unverified === true ? 'advice' : CERTAINTIES[outcome];
}

/** The same one step weaker, for what rests on a guess. */
export function weaker(certainty: Certainty): Certainty {
  return certainty === 'refused' || certainty === 'ineffective' ? 'assumed' : 'advice';
}
