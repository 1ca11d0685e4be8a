import { decideSeverity, type Severity } from '../configuration/severity.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, shift } from '../text/span.ts';
import type { Manifest, ManifestFile, PlacedManifest } from '../workspace/manifest.ts';
import { fileFinding } from './fileNotChecked.ts';
import { crashFinding } from './internalError.ts';
import { RULES } from './registry.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';

/** A finding at its place in a file. */
export interface LocatedFinding {
  readonly finding: Finding;
  /** The manifest in which it was found, where it stands; undefined for a finding about the file as a whole. */
  readonly placed: PlacedManifest | undefined;
  /** In the file as it is, pasted characters included. */
  readonly span: Span;
  readonly severity: Severity;
}

/** The findings of a file in the order of the text; none for a file that the snapshot does not hold. */
export function findingsOf(snapshot: Snapshot, uri: string): LocatedFinding[] {
  const file = snapshot.files.get(uri);
  if (file === undefined) {
    return [];
  }
  const aboutFile = fileFinding(file);
  const settings = snapshot.settingsFor(uri);
  const located: LocatedFinding[] = [];
  const add = (finding: Finding, placed: PlacedManifest | undefined, span: Span): void => {
    const choice = settings.rules.get(finding.rule.id);
    const chosen = choice === 'off' ? undefined : choice;
    const severity = decideSeverity(finding.certainty, { partial: isPartial(finding, placed) }, chosen);
    located.push({ finding, placed, span, severity });
  };
  if (aboutFile !== undefined) {
    add(aboutFile, undefined, aboutFile.span);
  }
  for (const placed of file.manifests) {
    for (const finding of manifestFindings(placed.manifest, file, snapshot)) {
      add(finding, placed, fileSpan(placed, finding.span));
    }
  }
  return located.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

/** Where a span of a manifest stands in its file. */
export function fileSpan({ start, manifest }: PlacedManifest, span: Span): Span {
  return shift(manifest.yaml.toRaw(span), start);
}

/** Whether only a part of what decides was seen: a broken document, a patch, a chart's values. */
function isPartial(finding: Finding, placed: PlacedManifest | undefined): boolean {
  const broken = (placed?.manifest.yaml.problems.length ?? 0) > 0;
  return broken || (finding.subject !== undefined && finding.subject.view !== 'whole');
}

/** Findings of rules that look at nothing but the manifest, kept as long as the manifest itself. */
const remembered = new WeakMap<Manifest, { readonly liveObject: boolean; readonly findings: readonly Finding[] }>();

function manifestFindings(manifest: Manifest, file: ManifestFile, snapshot: Snapshot): Finding[] {
  const context = { file, snapshot };
  let own = remembered.get(manifest);
  if (own === undefined || own.liveObject !== file.liveObject) {
    own = { liveObject: file.liveObject, findings: run(MANIFEST_RULES, manifest, context) };
    remembered.set(manifest, own);
  }
  const { rules } = snapshot.settingsFor(file.uri);
  const all = [...own.findings, ...run(WORKSPACE_RULES, manifest, context)];
  return withoutWaiting(all.filter(({ rule }) => rules.get(rule.id) !== 'off'));
}

const MANIFEST_RULES = RULES.filter((rule) => rule.reads !== 'workspace');
const WORKSPACE_RULES = RULES.filter((rule) => rule.reads === 'workspace');

/** A rule that fails becomes one finding; the others still run. */
function run(rules: readonly Rule[], manifest: Manifest, context: RuleContext): Finding[] {
  if (manifest.resources.length === 0) {
    return [];
  }
  return rules.flatMap((rule) => {
    try {
      return [...rule.check(manifest, context)];
    } catch (error) {
      return [crashFinding(rule, error)];
    }
  });
}

/** What may only follow from another finding on the same object waits until that one is mended. */
function withoutWaiting(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ rule, subject }) =>
      !findings.some((other) => other.subject === subject && rule.after?.includes(other.rule.id) === true),
  );
}
