import { isProjectFile } from '../configuration/projectFile.ts';
import type { Settings } from '../configuration/settings.ts';
import { decideSeverity, type Severity } from '../configuration/severity.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, shift } from '../text/span.ts';
import type { Manifest, ManifestFile, PlacedManifest } from '../workspace/manifest.ts';
import { fileFinding } from './fileNotChecked.ts';
import { crashFinding, internalError } from './internalError.ts';
import { RULES } from './registry.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { settingsInvalid } from './settingsInvalid.ts';
import { FileSuppressions } from './suppression.ts';
import { suppressionFindings, suppressionUnused } from './suppressionUnused.ts';

/** A finding at its place in a file. */
export interface LocatedFinding {
  readonly finding: Finding;
  /** The manifest in which it was found, where it stands; undefined for a finding about the file as a whole. */
  readonly placed: PlacedManifest | undefined;
  /** In the file as it is, pasted characters included. */
  readonly span: Span;
  readonly severity: Severity;
}

/** The findings of a file in the order of the text; none for a file that is not known or that the settings ignore. */
export function findingsOf(snapshot: Snapshot, uri: string): LocatedFinding[] {
  const file = snapshot.files.get(uri) ?? snapshot.configuration.projectFiles.get(uri)?.file;
  if (file === undefined || snapshot.configuration.isIgnored(uri)) {
    return [];
  }
  const settings = snapshot.settingsFor(uri);
  const isOff = (rule: string): boolean => settings.rules.get(rule) === 'off';
  const suppressions = new FileSuppressions(file, snapshot.knownRules);
  const located: LocatedFinding[] = [];
  const aboutFile = fileFinding(file);
  if (aboutFile !== undefined && !isOff(aboutFile.rule.id)) {
    located.push(locate(aboutFile, undefined, settings));
  }
  for (const placed of file.manifests) {
    const found = manifestFindings(placed.manifest, file, snapshot).filter(({ rule }) => !isOff(rule.id));
    const all = found.map((finding) => locate(finding, placed, settings));
    const hidden = new Set(all.filter((one) => suppressions.hides(one.finding, placed, one.span)));
    located.push(...withoutWaiting(all).filter((one) => !hidden.has(one)));
  }
  if (suppressions.suppressions.length > 0 && !isOff(suppressionUnused.id)) {
    located.push(...aboutSuppressions(suppressions, file, located, snapshot));
  }
  return located.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function locate(finding: Finding, placed: PlacedManifest | undefined, settings: Settings): LocatedFinding {
  const choice = settings.rules.get(finding.rule.id);
  const chosen = choice === 'off' ? undefined : choice;
  const severity = decideSeverity(finding.certainty, { partial: isPartial(finding, placed) }, chosen);
  return { finding, placed, span: placed === undefined ? finding.span : fileSpan(placed, finding.span), severity };
}

/**
 * What is wrong with the comments that hide findings. A comment may hide that as well, so those that are to do so are
 * judged last.
 */
function aboutSuppressions(
  suppressions: FileSuppressions,
  file: ManifestFile,
  others: readonly LocatedFinding[],
  snapshot: Snapshot,
): LocatedFinding[] {
  const settings = snapshot.settingsFor(file.uri);
  const places = new Map(file.manifests.map((placed) => [placed.manifest, placed]));
  const view = {
    knownRules: snapshot.knownRules,
    isOff: (rule: string): boolean => settings.rules.get(rule) === 'off',
    uncertain:
      file.manifests.some(({ manifest }) => manifest.yaml.problems.length > 0) ||
      others.some(({ finding }) => finding.rule === internalError),
  };
  const findings = (judges: (rule: string) => boolean): LocatedFinding[] =>
    [...suppressionFindings(suppressions, view, judges)].map(({ finding, manifest }) =>
      locate(finding, places.get(manifest), settings),
    );
  const first = findings((rule) => rule !== suppressionUnused.id);
  const shown = first.filter(({ finding, placed, span }) => !suppressions.hides(finding, placed, span));
  return [...shown, ...findings((rule) => rule === suppressionUnused.id)];
}

/** Where a span of a manifest stands in its file. */
export function fileSpan({ start, manifest }: PlacedManifest, span: Span): Span {
  return shift(manifest.yaml.toRaw(span), start);
}

/** Whether only a part of what decides was seen: a broken document, a patch, a chart's values. */
function isPartial(finding: Finding, placed: PlacedManifest | undefined): boolean {
  const broken = (placed?.manifest.yaml.problems.length ?? 0) > 0;
  return finding.subject !== undefined && (broken || finding.subject.view !== 'whole');
}

interface Remembered {
  readonly liveObject: boolean;
  readonly settings: string;
  readonly classes: string;
  readonly findings: readonly Finding[];
}

/** Findings of rules that look at nothing but the manifest, kept as long as the manifest itself. */
const remembered = new WeakMap<Manifest, Remembered>();

function manifestFindings(manifest: Manifest, file: ManifestFile, snapshot: Snapshot): Finding[] {
  const context = { file, snapshot };
  if (isProjectFile(file.uri)) {
    return run([settingsInvalid], manifest, context);
  }
  if (manifest.resources.length === 0 && manifest.valuesServices.length === 0) {
    return [];
  }
  const settings = keyOf(snapshot.settingsFor(file.uri));
  // Who serves an Ingress, an IngressClass in another file may say.
  const classes = manifest.ingresses.length > 0 ? snapshot.index.classesKey : '';
  let own = remembered.get(manifest);
  if (own === undefined || own.liveObject !== file.liveObject || own.settings !== settings || own.classes !== classes) {
    own = { liveObject: file.liveObject, settings, classes, findings: run(MANIFEST_RULES, manifest, context) };
    remembered.set(manifest, own);
  }
  return [...own.findings, ...run(WORKSPACE_RULES, manifest, context)];
}

const settingKeys = new WeakMap<Settings, string>();

/** What of the settings changes what rules find. */
function keyOf(settings: Settings): string {
  let key = settingKeys.get(settings);
  if (key === undefined) {
    const { kubernetesVersion, controllers, productVersions } = settings;
    key = JSON.stringify([
      kubernetesVersion ?? '',
      controllers.loadBalancer ?? '',
      controllers.ingress ?? '',
      [...controllers.ingressClasses],
      [...productVersions],
    ]);
    settingKeys.set(settings, key);
  }
  return key;
}

const MANIFEST_RULES = RULES.filter((rule) => rule.reads !== 'workspace');
const WORKSPACE_RULES = RULES.filter((rule) => rule.reads === 'workspace');

/** A rule that fails becomes one finding; the others still run. */
function run(rules: readonly Rule[], manifest: Manifest, context: RuleContext): Finding[] {
  const broken = manifest.yaml.problems.length > 0;
  return rules.flatMap((rule) => {
    if (broken && rule.readsStructure === true) {
      return [];
    }
    try {
      return [...rule.check(manifest, context)];
    } catch (error) {
      return [crashFinding(rule, error)];
    }
  });
}

/** What may only follow from another finding on the same object waits until that one is mended, hidden or not. */
function withoutWaiting(located: readonly LocatedFinding[]): LocatedFinding[] {
  return located.filter(
    ({ finding: { rule, subject } }) =>
      !located.some(({ finding: other }) => other.subject === subject && rule.after?.includes(other.rule.id) === true),
  );
}
