import { isProjectFile } from '../configuration/projectFile.ts';
import type { Settings } from '../configuration/settings.ts';
import { decideSeverity, type Severity } from '../configuration/severity.ts';
import { type Suppression, suppressionsOf } from '../configuration/suppressions.ts';
import { noting, type Snapshot } from '../snapshot.ts';
import { sharedEnds } from '../text/sharedEnds.ts';
import { type Span, shift } from '../text/span.ts';
import { isSameManifest, type Manifest, type ManifestFile, type PlacedManifest } from '../workspace/manifest.ts';
import { Readings, type Versions } from '../workspace/workspaceIndex.ts';
import { fileFinding } from './fileNotChecked.ts';
import { crashFinding, internalError } from './internalError.ts';
import { RULES } from './registry.ts';
import type { Finding, Rule, RuleContext } from './rule.ts';
import { settingsInvalid } from './settingsInvalid.ts';
import { RulesBySubject, type Subjects, subjectsIn } from './subjects.ts';
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
export function findingsOf(snapshot: Snapshot, uri: string): readonly LocatedFinding[] {
  const file = snapshot.files.get(uri) ?? snapshot.configuration.projectFiles.get(uri)?.file;
  const answers = answersOf(snapshot);
  if (file === undefined || snapshot.configuration.isIgnored(uri)) {
    answers.delete(uri);
    return [];
  }
  const settings = snapshot.settingsFor(uri);
  const last = answers.get(uri);
  const circumstances = new Circumstances(file, snapshot, settings);
  if (last?.file === file && (last.confirmed === snapshot.identity || circumstances.allHold(last))) {
    last.confirmed = snapshot.identity;
    last.versions = snapshot.index.versions();
    return last.located;
  }
  const judged = judgeAll(circumstances, last);
  forgetOthers(answers, snapshot);
  const isProject = circumstances.isProjectFile;
  const marks = judged.marks.reduce((all, own) => all | own, 0);
  const located = locateAll(file, judged, snapshot, settings);
  answers.set(uri, {
    file,
    settings,
    liveObject: file.liveObject,
    onlyIn: isProject || (marks & ONLY_IN) !== 0 ? snapshot.identity : undefined,
    judged,
    dependsOnOthers: isProject || (marks & ~SAYS) !== 0,
    located,
    confirmed: snapshot.identity,
    versions: snapshot.index.versions(),
  });
  return located;
}

/** What was said of the documents of a file. */
interface Judged {
  readonly verdicts: readonly Verdict[];
  /**
   * Of each what has to be known of it most often, side by side, since a file has thousands: the kinds of objects that
   * it read of, and the marks below.
   */
  readonly marks: Int32Array;
}

/** It holds in one snapshot alone. */
const ONLY_IN = 1 << 29;
/** There are findings or comments that hide some. */
const SAYS = 1 << 30;

function marksOf({ readings, onlyIn, all, suppressions }: Verdict): number {
  const says = all.length > 0 || suppressions.length > 0;
  return readings.kinds | (onlyIn === undefined ? 0 : ONLY_IN) | (says ? SAYS : 0);
}

/** An edit leaves most documents of a file as they were, and for these only what they read may be another. */
function judgeAll(circumstances: Circumstances, last: Answer | undefined): Judged {
  const { manifests } = circumstances.file;
  const before = last !== undefined && circumstances.holdBut(last) ? last : undefined;
  const old = before?.file.manifests ?? [];
  const { head, tail } = sharedEnds(old, manifests, isSameManifest);
  const behind = manifests.length - tail;
  // Spreading thousands of them, or asking whether there is one, takes longer than all the rest.
  const verdicts: Verdict[] = (before?.judged.verdicts.slice(0, head) ?? []).concat(
    Array.from({ length: behind - head }, () => NOTHING_TO_SAY),
    before?.judged.verdicts.slice(old.length - tail) ?? [],
  );
  const marks = new Int32Array(manifests.length);
  const due: number[] = [];
  if (before !== undefined) {
    marks.set(before.judged.marks.subarray(0, head));
    marks.set(before.judged.marks.subarray(old.length - tail), behind);
  }
  const doubtful = ONLY_IN | circumstances.snapshot.index.changedSince(before?.versions);
  for (let place = 0; place < marks.length; place++) {
    if (place >= head && place < behind) {
      due.push(place);
    } else if (((marks[place] ?? 0) & doubtful) !== 0) {
      const verdict = verdicts[place];
      if (verdict === undefined || !circumstances.stillHolds(verdict, before?.versions)) {
        due.push(place);
      }
    }
  }
  // Services ask for all workloads. Those that were judged before are not read again for that.
  const isOfWorkloads = (place: number): boolean => manifests[place]?.manifest.relevance === 'workloads';
  for (const place of [...due.filter(isOfWorkloads), ...due.filter((one) => !isOfWorkloads(one))]) {
    const manifest = manifests[place]?.manifest;
    const verdict = manifest === undefined ? NOTHING_TO_SAY : judge(manifest, circumstances);
    verdicts[place] = verdict;
    marks[place] = marksOf(verdict);
  }
  return { verdicts, marks };
}

/** Whether the findings of a file may become others though neither the file nor a setting changes. */
export function dependsOnOtherFiles(snapshot: Snapshot, uri: string): boolean {
  findingsOf(snapshot, uri);
  return answersOf(snapshot).get(uri)?.dependsOnOthers === true;
}

/** The last answers, by the files, so that asking again costs nothing, and each is the same as long as it holds. */
const answersOfLineage = new WeakMap<object, Map<string, Answer>>();

function answersOf({ lineage }: Snapshot): Map<string, Answer> {
  let answers = answersOfLineage.get(lineage);
  if (answers === undefined) {
    answers = new Map();
    answersOfLineage.set(lineage, answers);
  }
  return answers;
}

/** Nobody asks about a file that is gone, so what was said of such ones is let go where they have become many. */
function forgetOthers(answers: Map<string, Answer>, { files, configuration }: Snapshot): void {
  if (answers.size > 2 * files.size + 100) {
    for (const uri of answers.keys()) {
      if (!files.has(uri) && !configuration.projectFiles.has(uri)) {
        answers.delete(uri);
      }
    }
  }
}

interface Answer extends Validity {
  readonly file: ManifestFile;
  readonly judged: Judged;
  readonly dependsOnOthers: boolean;
  readonly located: readonly LocatedFinding[];
  /** The last snapshot for which it was found to hold, and what tells its index from others. */
  confirmed: Snapshot['identity'];
  versions: Versions;
}

function locateAll(
  file: ManifestFile,
  { verdicts, marks }: Judged,
  snapshot: Snapshot,
  settings: Settings,
): LocatedFinding[] {
  const isOff = (rule: string): boolean => settings.rules.get(rule) === 'off';
  const telling: number[] = [];
  for (let place = 0; place < marks.length; place++) {
    if (((marks[place] ?? 0) & SAYS) !== 0) {
      telling.push(place);
    }
  }
  const hides = telling.some((place) => (verdicts[place]?.suppressions.length ?? 0) > 0);
  const suppressions = new FileSuppressions(file, hides ? verdicts.map((one) => one.suppressions) : []);
  const located: LocatedFinding[] = [];
  const aboutFile = fileFinding(file);
  if (aboutFile !== undefined && !isOff(aboutFile.rule.id)) {
    located.push(locate(aboutFile, undefined, settings));
  }
  for (const index of telling) {
    const placed = file.manifests[index];
    const judgement = verdicts[index];
    if (placed === undefined || judgement === undefined) {
      continue;
    }
    for (const { finding, span, severity } of judgement.all) {
      const one = { finding, placed, span: shift(span, placed.start), severity };
      // One that waits makes use of a comment as well.
      if (!suppressions.hides(finding, placed, one.span) && !judgement.waiting.has(finding)) {
        located.push(one);
      }
    }
  }
  if (suppressions.suppressions.length > 0 && !isOff(suppressionUnused.id)) {
    located.push(...aboutSuppressions(suppressions, file, located, snapshot));
  }
  return located.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function locate(finding: Finding, placed: PlacedManifest | undefined, settings: Settings): LocatedFinding {
  const severity = severityOf(finding, placed?.manifest, settings);
  return { finding, placed, span: placed === undefined ? finding.span : fileSpan(placed, finding.span), severity };
}

function severityOf(finding: Finding, manifest: Manifest | undefined, settings: Settings): Severity {
  const choice = settings.rules.get(finding.rule.id);
  const chosen = choice === 'off' ? undefined : choice;
  return decideSeverity(finding.certainty, { partial: isPartial(finding, manifest) }, chosen);
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
function isPartial(finding: Finding, manifest: Manifest | undefined): boolean {
  const broken = (manifest?.yaml.problems.length ?? 0) > 0;
  return finding.subject !== undefined && (broken || finding.subject.view !== 'whole');
}

/** How long something holds that was found out about a manifest or a file. */
interface Validity {
  readonly settings: Settings;
  readonly liveObject: boolean;
  /** The snapshot for which alone it holds; undefined where it holds as long as rules read the same. */
  readonly onlyIn: Snapshot['identity'] | undefined;
}

/** The findings of a manifest, wherever it stands in its file. */
interface Judgement extends Validity {
  readonly all: readonly JudgedFinding[];
  /** What rules read about other objects. */
  readonly readings: Readings;
  /** What may only follow from another finding on the same object waits until that one is mended, hidden or not. */
  readonly waiting: ReadonlySet<Finding>;
  readonly suppressions: readonly Suppression[];
}

type Verdict = Omit<Judgement, 'settings' | 'liveObject'>;

interface JudgedFinding {
  readonly finding: Finding;
  /** In the manifest's raw text. */
  readonly span: Span;
  readonly severity: Severity;
}

const judgements = new WeakMap<Manifest, Judgement>();

/** What the findings of a manifest depend on besides itself, the same for all manifests of a file. */
class Circumstances {
  readonly file: ManifestFile;
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  readonly isProjectFile: boolean;
  /** What of the settings changes what rules find. */
  readonly settingsKey: string;

  constructor(file: ManifestFile, snapshot: Snapshot, settings: Settings) {
    this.file = file;
    this.snapshot = snapshot;
    this.settings = settings;
    this.isProjectFile = isProjectFile(file.uri);
    this.settingsKey = keyOf(settings);
  }

  /** Whether what was found out in others still holds in these. */
  hold(validity: Validity): boolean {
    return this.holdBut(validity) && this.#isOf(validity);
  }

  /** The same but for what holds in one snapshot alone. */
  holdBut({ settings, liveObject }: Validity): boolean {
    return settings === this.settings && liveObject === this.file.liveObject;
  }

  /** Whether a verdict that was given in the same circumstances is still the same. */
  stillHolds(verdict: Verdict, since?: Versions): boolean {
    return this.#isOf(verdict) && this.snapshot.index.stillReads(verdict.readings, since);
  }

  allHold(answer: Answer): boolean {
    const { judged, versions } = answer;
    const doubtful = ONLY_IN | this.snapshot.index.changedSince(versions);
    return (
      this.hold(answer) &&
      judged.marks.every((marks, place) => {
        const verdict = (marks & doubtful) === 0 ? undefined : judged.verdicts[place];
        return verdict === undefined || this.stillHolds(verdict, versions);
      })
    );
  }

  #isOf({ onlyIn }: Pick<Validity, 'onlyIn'>): boolean {
    return onlyIn === undefined || onlyIn === this.snapshot.identity;
  }
}

function judge(manifest: Manifest, circumstances: Circumstances): Verdict {
  const { settings, file } = circumstances;
  if (manifest.relevance === 'none' && !circumstances.isProjectFile) {
    return NOTHING_TO_SAY;
  }
  const known = judgements.get(manifest);
  if (known !== undefined && circumstances.hold(known) && circumstances.stillHolds(known)) {
    return known;
  }
  const { findings, onlyIn, readings } = manifestFindings(manifest, circumstances);
  const all = findings
    .filter(({ rule }) => settings.rules.get(rule.id) !== 'off')
    .map((finding) => {
      const severity = severityOf(finding, manifest, settings);
      return { finding, span: manifest.yaml.toRaw(finding.span), severity };
    });
  const { liveObject } = file;
  const waiting = all.length < 2 ? NONE : waitingAmong(all);
  const suppressions = suppressionsOf(manifest, circumstances.snapshot.knownRules);
  const judgement = { settings, liveObject, onlyIn, readings, all, waiting, suppressions };
  judgements.set(manifest, judgement);
  if (all.length === 0) {
    manifest.forget();
  }
  return judgement;
}

const NONE: ReadonlySet<Finding> = new Set();

const NOTHING_TO_SAY: Verdict = {
  onlyIn: undefined,
  readings: new Readings(),
  all: [],
  waiting: NONE,
  suppressions: [],
};

interface Remembered {
  readonly liveObject: boolean;
  readonly settings: string;
  readonly classes: string;
  /** What there is for rules to judge. */
  readonly subjects: Subjects;
  readonly findings: readonly Finding[];
}

/** Findings of rules that look at nothing but the manifest, kept as long as the manifest itself. */
const remembered = new WeakMap<Manifest, Remembered>();

function manifestFindings(
  manifest: Manifest,
  circumstances: Circumstances,
): Pick<Judgement, 'onlyIn' | 'readings'> & { readonly findings: readonly Finding[] } {
  const { file, snapshot, settingsKey } = circumstances;
  const context = { file, snapshot, occasion: {} };
  const readings = new Readings();
  if (circumstances.isProjectFile) {
    return { findings: run([settingsInvalid], manifest, context), onlyIn: snapshot.identity, readings };
  }
  if (manifest.resources.length === 0 && manifest.valuesServices.length === 0) {
    return { findings: [], onlyIn: undefined, readings };
  }
  // Who serves an Ingress, an IngressClass in another file may say.
  const hasIngress = manifest.ingresses.length > 0;
  const classes = hasIngress ? noting(snapshot, readings).index.classesKey : '';
  let own = remembered.get(manifest);
  if (
    own === undefined ||
    own.liveObject !== file.liveObject ||
    own.settings !== settingsKey ||
    own.classes !== classes
  ) {
    const subjects = subjectsIn(manifest, context);
    own = {
      liveObject: file.liveObject,
      settings: settingsKey,
      classes,
      subjects,
      findings: run(MANIFEST_RULES.for(subjects), manifest, context),
    };
    remembered.set(manifest, own);
  }
  const theirs = WORKSPACE_RULES.for(own.subjects);
  const others = theirs.length === 0 ? [] : run(theirs, manifest, { ...context, snapshot: noting(snapshot, readings) });
  // A fix may look at other manifests later on.
  const onlyIn = others.some(({ fixes }) => fixes.length > 0) ? snapshot.identity : undefined;
  return { findings: others.length === 0 ? own.findings : [...own.findings, ...others], onlyIn, readings };
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

const MANIFEST_RULES = new RulesBySubject(RULES.filter((rule) => rule.reads !== 'workspace'));
const WORKSPACE_RULES = new RulesBySubject(RULES.filter((rule) => rule.reads === 'workspace'));

/** Milliseconds that no rule takes for a document; all of them together take less for hundreds. */
const LONG = 500;

/** A rule that fails becomes one finding; the others still run. */
function run(rules: readonly Rule[], manifest: Manifest, context: RuleContext): Finding[] {
  const broken = manifest.yaml.problems.length > 0;
  const { ruleWatch } = context.snapshot;
  const findings: Finding[] = [];
  let start = ruleWatch?.now() ?? 0;
  for (const rule of rules) {
    if (broken && rule.readsStructure === true) {
      continue;
    }
    const before = findings.length;
    try {
      for (const finding of rule.check(manifest, context)) {
        findings.push(finding);
      }
    } catch (error) {
      findings.length = before;
      findings.push(crashFinding(rule, error));
    }
    const end = ruleWatch?.now() ?? 0;
    if (end - start > LONG) {
      ruleWatch?.tookLong(rule.id, context.file.uri, end - start);
    }
    start = end;
  }
  return findings;
}

function waitingAmong(all: readonly JudgedFinding[]): ReadonlySet<Finding> {
  const bySubject = new Map<Finding['subject'], Set<string>>();
  for (const { finding } of all) {
    const rules = bySubject.get(finding.subject) ?? new Set();
    bySubject.set(finding.subject, rules.add(finding.rule.id));
  }
  const waits = ({ rule, subject }: Finding): boolean =>
    rule.after?.some((other) => bySubject.get(subject)?.has(other) === true) === true;
  return new Set(all.map(({ finding }) => finding).filter(waits));
}
