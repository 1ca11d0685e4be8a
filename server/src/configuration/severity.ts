/** How much a finding matters, strongest first. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;

export type Severity = (typeof SEVERITIES)[number];

/**
 * How sure a finding is and what follows from it.
 *
 * - `refused`: today's API server or controller refuses it.
 * - `ineffective`: accepted, and certainly or very probably without the effect that its author expects.
 * - `assumed`: true only under an assumption that the message names.
 * - `advice`: nothing is wrong, but something better can be had.
 */
export type Certainty = 'refused' | 'ineffective' | 'assumed' | 'advice';

const BY_CERTAINTY: Record<Certainty, Severity> = {
  refused: 'error',
  ineffective: 'warning',
  assumed: 'information',
  advice: 'hint',
};

/**
 * The only place that decides a severity. A partial view of the object lowers it by one step; what the user chose is
 * final.
 */
export function decideSeverity(
  certainty: Certainty,
  view: { readonly partial: boolean },
  chosen: Severity | undefined,
): Severity {
  if (chosen !== undefined) {
    return chosen;
  }
  const severity = BY_CERTAINTY[certainty];
  if (!view.partial) {
    return severity;
  }
  return SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + 1, SEVERITIES.length - 1)] ?? 'hint';
}
