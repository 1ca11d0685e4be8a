import { SCOPES } from '../../configuration/suppressions.ts';
import { fileSpan, type LocatedFinding } from '../../rules/engine.ts';
import { RULES } from '../../rules/registry.ts';
import type { Rule } from '../../rules/rule.ts';
import { NEVER_HIDDEN } from '../../rules/suppression.ts';
import { countTrailing } from '../../text/trailing.ts';
import type { PlacedManifest } from '../../workspace/manifest.ts';
import { commentsOf } from '../../yaml/comments.ts';
import type { Completion } from './insertion.ts';
import { ruleDocumentation } from './projectFile.ts';

const PREFIX = 'session-persistence-';

const MEANINGS: Record<(typeof SCOPES)[number], string> = {
  'ignore-next-line': 'hides findings on the next line',
  'ignore-object': 'hides findings on this object',
  'ignore-file': 'hides findings in the whole file',
};

/**
 * What can be written at an offset of the file in a comment that hides findings: the words with which it begins and the
 * ids of rules, those with findings in this file first. Undefined where the offset is in no comment.
 */
export function suppressionCompletions(
  placed: PlacedManifest,
  offset: number,
  findings: () => readonly LocatedFinding[],
): Completion[] | undefined {
  const { manifest } = placed;
  const { raw } = manifest.yaml;
  const inRaw = offset - placed.start;
  const lineBefore = raw.slice(raw.lastIndexOf('\n', inRaw - 1) + 1, inRaw);
  if (!lineBefore.includes('#')) {
    return undefined;
  }
  const comment = commentsOf(manifest.yaml).find(({ span }) => {
    const { start, end } = fileSpan(placed, span);
    return start < offset && offset <= end;
  });
  if (comment === undefined) {
    return undefined;
  }
  const typed = raw.slice(fileSpan(placed, comment.span).start - placed.start, inRaw);
  return scopes(typed, offset) ?? ruleIds(typed, raw.slice(inRaw), offset, findings) ?? [];
}

function scopes(typed: string, offset: number): Completion[] | undefined {
  const word = /^#+[ \t]*([a-z-]+)$/.exec(typed)?.[1];
  if (word === undefined || !(word.startsWith(PREFIX) || (word.length > 2 && PREFIX.startsWith(word)))) {
    return undefined;
  }
  return SCOPES.map((scope) => ({
    label: scope,
    kind: 'key',
    span: { start: offset - word.length, end: offset },
    insertion: [`${PREFIX}${scope} `, { stop: 1, text: '' }],
    filter: PREFIX + scope,
    detail: MEANINGS[scope],
    documentation: [],
  }));
}

function ruleIds(
  typed: string,
  after: string,
  offset: number,
  findings: () => readonly LocatedFinding[],
): Completion[] | undefined {
  const scope = SCOPES.join('|');
  const list = new RegExp(`^#+[ \\t]*${PREFIX}(?:${scope}):?[ \\t](.*)$`).exec(typed)?.[1];
  if (list === undefined || /(?:^|\s)--(?:\s|$)/.test(list)) {
    return undefined;
  }
  const before = list.slice(0, list.length - countTrailing(list, /[\w-]/));
  const word = list.slice(before.length);
  // What follows an id without a comma is the reason, in words of its own.
  if (!/(?:^|,)\s*$/.test(before)) {
    return undefined;
  }
  const rest = /^[\w-]*/.exec(after)?.[0] ?? '';
  const nearest = rulesFound(findings(), offset);
  const missing = RULES.filter(({ id }) => !NEVER_HIDDEN.has(id) && !before.split(/[\s,]+/).includes(id));
  const rank = ({ id }: Rule): number => (nearest.includes(id) ? nearest.indexOf(id) : nearest.length);
  const inOrder = missing.toSorted((a, b) => rank(a) - rank(b));
  return inOrder.map((rule) => ({
    label: rule.id,
    kind: 'rule',
    span: { start: offset - word.length, end: offset + rest.length },
    insertion: [rule.id],
    filter: rule.id,
    detail: nearest.includes(rule.id) ? 'found in this file' : '',
    documentation: ruleDocumentation(rule),
  }));
}

/** The rules with findings, those of the next finding below first. What is found about the comment itself is none. */
function rulesFound(findings: readonly LocatedFinding[], offset: number): string[] {
  const others = findings.filter(({ span }) => offset < span.start || span.end < offset);
  const below = others.filter(({ span }) => offset < span.start);
  const above = others.filter(({ span }) => span.end < offset);
  return [...new Set([...below, ...above].map(({ finding }) => finding.rule.id))];
}
