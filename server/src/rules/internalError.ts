import type { Finding, Rule } from './rule.ts';

/** Made by the engine when a rule fails, so that a failure never looks like a clean file. */
export const internalError: Rule = {
  id: 'internal-error',
  summary: 'One of our own rules failed on this document.',
  why: 'The other rules still ran; what the failed one would have said is missing.',
  remedy: 'Please report it with the document that caused it.',
  links: [],
  messages: { found: 'The rule {rule} failed here: {reason}. This is a mistake of ours, not of the manifest.' },
  examples: [],
  check: () => [],
};

export function crashFinding(rule: Rule, error: unknown): Finding {
  return {
    rule: internalError,
    message: 'found',
    arguments: { rule: rule.id, reason: error instanceof Error ? error.message : String(error) },
    certainty: 'assumed',
    span: { start: 0, end: 0 },
    subject: undefined,
    related: [],
    fixes: [],
  };
}
