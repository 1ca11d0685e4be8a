import { SCOPES, type Suppression, type SuppressionScope } from '../configuration/suppressions.ts';
import type { TextEdit } from '../text/edit.ts';
import { lineContentEnd, lineStart, nextLineStart } from '../text/lines.ts';
import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/span.ts';
import { countTrailing } from '../text/trailing.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { type FileSuppressions, NEVER_HIDDEN, type UsedTarget } from './suppression.ts';

/** The engine makes its findings, since only it knows what a comment has hidden. */
export const suppressionUnused: Rule = {
  id: 'suppression-unused',
  summary: 'A comment that is to hide findings hides none, or names a rule that does not exist.',
  why:
    'A comment that outlives its finding hides the next one that comes to stand there. One with a misspelt rule or ' +
    'without a rule hides nothing, and looks as if it did.',
  remedy:
    'Remove it, or write it as `# session-persistence-ignore-next-line affinity-in-selector -- reason`; instead of ' +
    '`next-line` it can say `object` or `file`, and several rules are separated by commas.',
  links: [],
  messages: {
    unused:
      'This comment hides nothing: there is no finding of {rules} {where}.\nRemove it, so that it hides no later one.',
    unusedId: '{rules} has no finding {where} that this comment could hide.\nRemove it, so that it hides no later one.',
    unknown: '{written} is no rule, so nothing is hidden by it.\nThe id of a rule stands beside each of its findings.',
    unknownMeant: '{written} is no rule, so nothing is hidden by it; did you mean {meant}?',
    ids: 'This comment hides nothing: it names no rule.\nWrite the ids of the rules behind {scope}, with commas.',
    scope: 'session-persistence-{written} hides nothing; there are {known}.',
    scopeMeant: 'session-persistence-{written} hides nothing; did you mean session-persistence-{meant}?',
    never:
      'No comment can hide {rules}.\nIt says that something was not checked; the setting for rules can switch it off.',
    replace: 'Replace by {meant}',
    remove: 'Remove this comment',
    removeId: 'Remove {rules} from this comment',
  },
  examples: [
    {
      title: 'The finding was mended, the comment stayed.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  # session-persistence-ignore-next-line affinity-value-unsupported -- to be cleared up
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-unused
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
    {
      title: 'A rule that does not exist.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  # session-persistence-ignore-next-line affinity-value-unsuported -- the gateway reads this field
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^ suppression-unused
  sessionAffinity: Cookie
                   ^^^^^^ affinity-value-unsupported
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  # session-persistence-ignore-next-line affinity-value-unsupported -- the gateway reads this field
  sessionAffinity: Cookie
  ports:
    - port: 80
`,
    },
    {
      title: 'A comment that hides what its author knows.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  # session-persistence-ignore-next-line affinity-value-unsupported -- the gateway reads this field
  sessionAffinity: Cookie
  ports:
    - port: 80
`,
    },
  ],
  check: () => [],
};

export interface SuppressionView {
  readonly knownRules: ReadonlySet<string>;
  /** Whether the settings hide a rule: nobody can tell then whether a comment would. */
  isOff(rule: string): boolean;
  /** Something was not understood or failed, so that a comment may be of use when that is mended. */
  readonly uncertain: boolean;
}

/**
 * What is wrong with the suppression comments of a file, after all its other findings were looked at. Of a comment with
 * several ids only those are judged of which `judges` says so; one without any is judged as if it named no rule.
 */
export function* suppressionFindings(
  suppressions: FileSuppressions,
  view: SuppressionView,
  judges: (rule: string) => boolean,
): Iterable<{ readonly finding: Finding; readonly manifest: Manifest }> {
  for (const suppression of suppressions.suppressions) {
    const entries = suppressions.targets.filter((entry) => entry.suppression === suppression);
    for (const finding of findingsAbout(suppression, entries, view, judges)) {
      yield { finding, manifest: suppression.manifest };
    }
  }
}

function* findingsAbout(
  suppression: Suppression,
  entries: readonly UsedTarget[],
  view: SuppressionView,
  judges: (rule: string) => boolean,
): Iterable<Finding> {
  if (suppression.scope !== undefined && entries.length > 0) {
    yield* targetFindings(suppression, suppression.scope, entries, view, judges);
  } else if (judges('')) {
    yield suppression.scope === undefined ? scopeFinding(suppression) : idsFinding(suppression, suppression.scope);
  }
}

function idsFinding(suppression: Suppression, scope: SuppressionScope): Finding {
  return finding('ids', suppression.span, { scope: `session-persistence-${scope}` }, 'ineffective', []);
}

function scopeFinding(suppression: Suppression): Finding {
  const { scopeSpan: span, scopeMeant: meant, scopeWritten: written } = suppression;
  const known = listOf(SCOPES.map((scope) => `session-persistence-${scope}`));
  const message = meant === undefined ? 'scope' : 'scopeMeant';
  const args = { written, known, meant: meant ?? '' };
  return finding(message, span, args, 'ineffective', replacement(suppression, span, meant));
}

const WHERE: Record<SuppressionScope, string> = {
  'ignore-next-line': 'on the next line',
  'ignore-object': 'in this object',
  'ignore-file': 'in this file',
};

function* targetFindings(
  suppression: Suppression,
  scope: SuppressionScope,
  entries: readonly UsedTarget[],
  { knownRules, isOff, uncertain }: SuppressionView,
  judges: (rule: string) => boolean,
): Iterable<Finding> {
  const where = WHERE[scope];
  const isUnused = ({ used, target: { rule } }: UsedTarget): boolean =>
    !used && !uncertain && knownRules.has(rule) && !NEVER_HIDDEN.has(rule) && !isOff(rule);
  if (entries.every(isUnused)) {
    // One that names several is judged once, with the first of them.
    if (!judges(entries[0]?.target.rule ?? '')) {
      return;
    }
    const rules = listOf([...new Set(entries.map(nameOf))]);
    const fixes = removal(suppression, entries, entries);
    yield finding('unused', suppression.span, { rules, where }, 'advice', fixes);
    return;
  }
  for (const entry of entries.filter(({ target }) => judges(target.rule))) {
    const { rule, span } = entry.target;
    const args = { rules: nameOf(entry), where };
    const remove = removal(suppression, entries, [entry]);
    if (!knownRules.has(rule)) {
      const meant = nearest(rule, knownRules);
      const ruleSpan = { start: span.start, end: span.start + rule.length };
      const message = meant === undefined ? 'unknown' : 'unknownMeant';
      const fixes = [...replacement(suppression, ruleSpan, meant), ...remove];
      yield finding(message, ruleSpan, { written: rule, meant: meant ?? '' }, 'ineffective', fixes);
    } else if (NEVER_HIDDEN.has(rule)) {
      yield finding('never', span, args, 'ineffective', remove);
    } else if (isUnused(entry)) {
      yield finding('unusedId', span, args, 'advice', remove);
    }
  }
}

function nameOf({ target: { rule, key } }: UsedTarget): string {
  return key === undefined ? rule : `${rule}(${key})`;
}

function finding(
  message: string,
  span: Span,
  args: Finding['arguments'],
  certainty: Finding['certainty'],
  fixes: readonly Fix[],
): Finding {
  return { rule: suppressionUnused, message, arguments: args, certainty, span, subject: undefined, related: [], fixes };
}

function replacement({ manifest }: Suppression, span: Span, meant: string | undefined): Fix[] {
  return meant === undefined
    ? []
    : fixHere(manifest, { title: 'replace', arguments: { meant }, safety: 'review' }, () => [{ span, newText: meant }]);
}

/** Takes ids out of a comment, and the comment out of the text when none is left. */
function removal(suppression: Suppression, all: readonly UsedTarget[], removed: readonly UsedTarget[]): Fix[] {
  const { manifest, span } = suppression;
  if (removed.length === all.length) {
    return fixHere(manifest, { title: 'remove', safety: 'review' }, () => [removeComment(manifest.yaml.text, span)]);
  }
  const rules = listOf(removed.map(nameOf));
  return fixHere(manifest, { title: 'removeId', arguments: { rules }, safety: 'review' }, () =>
    removed.map((entry) => removeTarget(all, entry)),
  );
}

function removeTarget(all: readonly UsedTarget[], entry: UsedTarget): TextEdit {
  const index = all.indexOf(entry);
  const previous = all[index - 1]?.target.span;
  const next = all[index + 1]?.target.span;
  const { start, end } = entry.target.span;
  return {
    span: previous === undefined ? { start, end: next?.start ?? end } : { start: previous.end, end },
    newText: '',
  };
}

/** With its line where nothing else stands on it, else with the blanks before it. */
function removeComment(text: string, { start, end }: Span): TextEdit {
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() !== '') {
    const blanks = countTrailing(text, /[ \t]/, start);
    return { span: { start: start - blanks, end }, newText: '' };
  }
  const next = nextLineStart(text, end);
  if (next === text.length && !text.endsWith('\n') && line > 0) {
    return { span: { start: lineContentEnd(text, lineStart(text, line - 1)), end: next }, newText: '' };
  }
  const above = line === 0 ? undefined : lineStart(text, line - 1);
  const below = text.slice(next, nextLineStart(text, next));
  const betweenBlankLines = above !== undefined && text.slice(above, line).trim() === '' && below.trim() === '';
  return { span: { start: betweenBlankLines ? above : line, end: next }, newText: '' };
}
