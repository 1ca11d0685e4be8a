import { nearest } from '../text/nearest.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { commentsOf, type YamlComment } from '../yaml/comments.ts';

/** What every suppression comment begins with. */
const PREFIX = 'session-persistence-';

/** For how much of a file a suppression counts. */
export const SCOPES = ['ignore-next-line', 'ignore-object', 'ignore-file'] as const;

export type SuppressionScope = (typeof SCOPES)[number];

/** A comment that hides findings: `# session-persistence-ignore-next-line affinity-in-selector -- reason`. */
export interface Suppression {
  readonly manifest: Manifest;
  /** The whole comment, relative to the manifest's text. */
  readonly span: Span;
  /** The word that says for how much it counts. */
  readonly scopeSpan: Span;
  /** Undefined where that word is none of the known ones, so that the comment hides nothing. */
  readonly scope: SuppressionScope | undefined;
  /** The known word that was very probably meant. */
  readonly scopeMeant: SuppressionScope | undefined;
  /** As it is written, without the prefix. */
  readonly scopeWritten: string;
  readonly targets: readonly SuppressionTarget[];
}

/** One `id` or `id(key)` of a suppression. */
export interface SuppressionTarget {
  readonly rule: string;
  /** Narrows a rule that reads a table to one of the table's entries. */
  readonly key: string | undefined;
  readonly span: Span;
}

/** The text of a comment that hides the findings of a rule on the next line. */
export function nextLineSuppression(rule: string): string {
  return `# ${PREFIX}ignore-next-line ${rule}`;
}

const remembered = new WeakMap<Manifest, readonly Suppression[]>();

/** The suppression comments of a manifest, in the order of the text. They are kept as long as the manifest is. */
export function suppressionsOf(manifest: Manifest, knownRules: ReadonlySet<string>): readonly Suppression[] {
  let known = remembered.get(manifest);
  if (known === undefined) {
    known = manifest.yaml.text.includes(`${PREFIX}ignore`)
      ? commentsOf(manifest.yaml)
          .map((comment) => readSuppression(manifest, comment, knownRules))
          .filter((suppression) => suppression !== undefined)
      : [];
    remembered.set(manifest, known);
  }
  return known;
}

const COMMENT = /^(#+[ \t]*session-persistence-)(ignore[\w-]*)(?=[\s:]|$):?/;

function readSuppression(
  manifest: Manifest,
  comment: YamlComment,
  knownRules: ReadonlySet<string>,
): Suppression | undefined {
  const [head, before = '', scopeWritten = ''] = COMMENT.exec(comment.text) ?? [];
  if (head === undefined) {
    return undefined;
  }
  const scope = SCOPES.find((known) => known === scopeWritten);
  const start = comment.span.start + before.length;
  return {
    manifest,
    span: comment.span,
    scopeSpan: { start, end: start + scopeWritten.length },
    scope,
    scopeMeant: scope ?? meantScope(scopeWritten),
    scopeWritten,
    targets: readTargets(comment.text.slice(head.length), comment.span.start + head.length, knownRules),
  };
}

function meantScope(written: string): SuppressionScope | undefined {
  if (/^ignore(?:-?line)?$/i.test(written)) {
    return 'ignore-next-line';
  }
  const meant = nearest(written, SCOPES);
  return SCOPES.find((scope) => scope === meant);
}

/**
 * The ids before `--`. Who forgets these dashes goes on with a sentence: a word that follows without a comma and is
 * not even near an id begins the reason.
 */
function readTargets(text: string, offset: number, knownRules: ReadonlySet<string>): SuppressionTarget[] {
  const list = text.replace(/(?:^|\s)--(?:\s.*)?$/s, '');
  const targets: SuppressionTarget[] = [];
  let end = 0;
  for (const match of list.matchAll(/([^\s,()]+)(?:\(([^()]*)\))?/g)) {
    const [whole, rule = '', key] = match;
    const isListed = targets.length === 0 || list.slice(end, match.index).includes(',');
    if (!isListed && !knownRules.has(rule) && nearest(rule, knownRules) === undefined) {
      break;
    }
    end = match.index + whole.length;
    targets.push({ rule, key: key?.trim(), span: { start: offset + match.index, end: offset + end } });
  }
  return targets;
}
