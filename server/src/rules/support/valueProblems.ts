import { shortName } from '../../knowledge/address.ts';
import { parseInteger, problemOf, saysOff } from '../../knowledge/grammar.ts';
import type { Outcome, ValueGrammar, ValueProblem } from '../../knowledge/product.ts';
import { describeResource } from '../../kubernetes/resource.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import type { Finding, Fix, Rule } from '../rule.ts';
import { fixHere } from './fixes.ts';
import { certaintyOf } from './outcome.ts';
import { newValue, valueEdits } from './setSettings.ts';
import type { JudgedSetting, ObjectSettings } from './settings.ts';
import { shown } from './words.ts';

/** What is said of a value outside of its setting's grammar, by what becomes of it. */
export const VALUE_MESSAGES = {
  server:
    '{key} takes {expected}, so {object} with {value} is refused.\n' +
    'The resource’s own definition says so, and the API server holds to it.',
  cloud:
    '{key}: {product} accepts {expected}, so it refuses {value} for {object}.\n' +
    'Kubernetes takes any text; the refusal comes later, as an event, and what else is written waits with it.',
  controller:
    '{key} takes {expected}; over {value} the controller gives up {object}.\n' +
    'Nothing of it reaches {product} until that is mended.',
  ignored:
    '{key} takes {expected}; {value} counts as if it were not written on {object}.\n' +
    '{product} ignores it, and {witness} tells.',
  default:
    '{key} takes {expected}; with {value} on {object} its default counts{default}.\n' +
    '{product} falls back, and {witness} tells.',
  counts:
    '{key} takes {expected}; {value} on {object} counts as {counts}.\n' +
    '{product} looks for certain words only, and no event tells of another.',
  advice:
    '{key}: {value} on {object} is nothing that {product} documents, which is {expected}.\n' +
    'This could not be checked against its source.',
  clamp: 'Set it to {bound}, the {which} that is accepted',
  replace: 'Replace by {meant}',
};

const MESSAGES: Readonly<Record<Outcome, keyof typeof VALUE_MESSAGES>> = {
  'refused by the API server': 'server',
  'refused by the cloud': 'cloud',
  'refused by the controller': 'controller',
  ignored: 'ignored',
  'default instead': 'default',
  depends: 'advice',
  advice: 'advice',
};

/** The finding about a value that its setting does not take, if it is one. */
export function* valueFinding(
  rule: Rule,
  manifest: Manifest,
  { resource }: ObjectSettings,
  { product, setting, written }: JudgedSetting,
  typed: boolean,
): Iterable<Finding> {
  const problem = problemOf(setting.grammar, written, typed, resource);
  if (problem === undefined) {
    return;
  }
  const outcome = outcomeOf(problem, setting);
  yield {
    rule,
    message: setting.unverified === true ? 'advice' : problem.counts === undefined ? MESSAGES[outcome] : 'counts',
    arguments: {
      key: shortName(setting.at, product),
      product: product.name,
      object: describeResource(resource),
      expected: problem.expected,
      value: written.text === '' ? 'what stands there' : shown(written.text),
      default: setting.default === undefined ? '' : `, ${setting.default}`,
      witness: setting.toldBy ?? 'no event',
      counts: problem.counts ?? '',
    },
    certainty: isOffAnyway(outcome, problem, setting, written.text) ? 'advice' : certaintyOf(outcome, setting),
    key: shortName(setting.at, product),
    span: written.place.valueSpan,
    subject: resource,
    related: [],
    fixes: fixesOf(manifest, setting.grammar, problem, { product, setting, written }),
  };
}

/** A word that a switch does not know and that leaves it off, as its author wants it: nothing is lost by it. */
function isOffAnyway(
  outcome: Outcome,
  { counts }: ValueProblem,
  { grammar, concept, default: usual }: JudgedSetting['setting'],
  text: string,
): boolean {
  const isOff = saysOff(text) || (concept === 'cookie switch' && text.toLowerCase() === 'none');
  if (grammar.kind !== 'word' || grammar.on === undefined || !isOff) {
    return false;
  }
  const isPassedOver = outcome === 'ignored' || outcome === 'default instead';
  return counts === undefined ? isPassedOver && (usual === 'off' || usual === grammar.off) : counts === grammar.off;
}

function outcomeOf(problem: ValueProblem, { onBadValue, onUnreadableValue }: JudgedSetting['setting']): Outcome {
  return problem.outcome ?? (problem.unreadable === true ? onUnreadableValue : undefined) ?? onBadValue;
}

function fixesOf(
  manifest: Manifest,
  grammar: ValueGrammar,
  { meant }: ValueProblem,
  { product, setting, written }: JudgedSetting,
): Fix[] {
  if (meant === undefined || !written.place.editable) {
    return [];
  }
  const number = grammar.kind === 'integer' ? parseInteger(written.text, grammar.syntax) : undefined;
  const which = number === undefined ? undefined : number > Number(meant) ? 'most' : 'least';
  const head =
    which === undefined || meant === written.text
      ? { title: 'replace', arguments: { meant }, safety: 'review' as const }
      : { title: 'clamp', arguments: { bound: meant, which }, safety: 'review' as const };
  return fixHere(manifest, head, () => valueEdits(written, newValue(setting.at, meant, product)));
}
