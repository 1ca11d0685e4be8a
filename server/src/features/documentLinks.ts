import { isProjectFile } from '../configuration/projectFile.ts';
import { suppressionsOf } from '../configuration/suppressions.ts';
import { mappingAt } from '../kubernetes/field.ts';
import { fileSpan } from '../rules/engine.ts';
import { RULES } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { keyText, resolveAlias } from '../yaml/nodes.ts';

/** The id of a rule in a file, from which a host leads to the rule's page. */
export interface RuleReference {
  /** In the file. */
  readonly span: Span;
  readonly rule: Rule;
}

const BY_ID: ReadonlyMap<string, Rule> = new Map(RULES.map((rule) => [rule.id, rule]));

/** The ids of rules that a file names: in comments that hide findings, and in a project file. */
export function ruleReferences(snapshot: Snapshot, uri: string): RuleReference[] {
  const file = snapshot.files.get(uri);
  return (file?.manifests ?? []).flatMap((placed) => {
    const { manifest } = placed;
    const named = [...inComments(manifest, snapshot.knownRules), ...(isProjectFile(uri) ? inSettings(manifest) : [])];
    return named.flatMap(({ id, span }) => {
      const rule = BY_ID.get(id);
      return rule === undefined ? [] : [{ span: fileSpan(placed, span), rule }];
    });
  });
}

interface NamedRule {
  readonly id: string;
  readonly span: Span;
}

function inComments(manifest: Manifest, knownRules: ReadonlySet<string>): NamedRule[] {
  return suppressionsOf(manifest, knownRules).flatMap(({ targets }) =>
    targets.map(({ rule, span }) => ({ id: rule, span: { start: span.start, end: span.start + rule.length } })),
  );
}

function inSettings({ yaml }: Manifest): NamedRule[] {
  const root = resolveAlias(yaml.root);
  const rules = root?.kind === 'mapping' ? mappingAt(root, 'rules') : undefined;
  return (rules?.pairs ?? []).map((pair) => ({ id: keyText(pair) ?? '', span: pair.key.span }));
}
