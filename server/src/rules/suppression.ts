import type { Suppression, SuppressionTarget } from '../configuration/suppressions.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { lineStart, nextLineStart } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { holdsSomething, type ManifestFile, type PlacedManifest } from '../workspace/manifest.ts';
import { columnOf } from '../yaml/layout.ts';
import type { Finding } from './rule.ts';

/** What says that a file was not checked, or not wholly, cannot be hidden by a comment, only by the settings. */
export const NEVER_HIDDEN: ReadonlySet<string> = new Set(['file-not-checked', 'internal-error']);

/** One id of a suppression comment, and whether it has hidden anything yet. */
export interface UsedTarget {
  readonly suppression: Suppression;
  readonly target: SuppressionTarget;
  used: boolean;
}

/** The suppression comments of a file at work. They remember which of them were of use. */
export class FileSuppressions {
  /** In the order of the text. */
  readonly targets: readonly UsedTarget[];
  readonly suppressions: readonly Suppression[];
  readonly #file: ManifestFile;
  readonly #everywhere: UsedTarget[] = [];
  /** By the offset of the line in the file. */
  readonly #byLine = new Map<number, UsedTarget[]>();
  readonly #byObject = new Map<Resource, UsedTarget[]>();
  /** Those that count for all objects of a document. */
  readonly #byManifest = new Map<PlacedManifest, UsedTarget[]>();

  /** @param found the suppressions of each of the file's manifests, in their order. */
  constructor(file: ManifestFile, found: readonly (readonly Suppression[])[]) {
    this.#file = file;
    this.suppressions = found.some((own) => own.length > 0) ? found.flat() : [];
    const targets: UsedTarget[] = [];
    let nextLine = -1;
    for (const [index, placed] of this.suppressions.length > 0 ? file.manifests.entries() : []) {
      for (const suppression of found[index] ?? []) {
        const own = suppression.targets.map((target) => ({ suppression, target, used: false }));
        targets.push(...own);
        const end = placed.manifest.yaml.toRaw(suppression.span).end + placed.start;
        switch (suppression.scope) {
          case 'ignore-file':
            this.#everywhere.push(...own);
            break;
          case 'ignore-next-line':
            // Between comments that follow each other stands nothing that could be meant.
            nextLine = nextLine > end ? nextLine : nextLineWithContent(file.text, end);
            add(this.#byLine, nextLine, own);
            break;
          case 'ignore-object':
            this.#addToObject(index, suppression, own);
            break;
          case undefined:
        }
      }
    }
    this.targets = targets;
  }

  /** Whether a comment hides a finding. `span` is its place in the file. */
  hides(finding: Finding, placed: PlacedManifest | undefined, span: Span): boolean {
    if (this.targets.length === 0 || NEVER_HIDDEN.has(finding.rule.id)) {
      return false;
    }
    const candidates = [
      ...this.#everywhere,
      ...(this.#byLine.get(lineStart(this.#file.text, span.start)) ?? []),
      ...(placed === undefined ? [] : (this.#byManifest.get(placed) ?? [])),
      ...(placed === undefined ? [] : this.#ofObject(finding, placed)),
    ];
    const hiding = candidates.filter(
      ({ target }) => target.rule === finding.rule.id && (target.key === undefined || target.key === finding.key),
    );
    for (const entry of hiding) {
      entry.used = true;
    }
    return hiding.length > 0;
  }

  /** A comment in a document without content, such as one above the first `---`, speaks of the next document. */
  #addToObject(index: number, suppression: Suppression, own: UsedTarget[]): void {
    const { manifests } = this.#file;
    let at = index;
    let placed = manifests[at];
    while (placed !== undefined && !holdsSomething(placed.manifest) && at < manifests.length - 1) {
      at++;
      placed = manifests[at];
    }
    if (placed === undefined) {
      return;
    }
    const object = at === index ? objectAround(placed, suppression.span) : undefined;
    if (object === undefined) {
      add(this.#byManifest, placed, own);
    } else {
      add(this.#byObject, object, own);
    }
  }

  #ofObject(finding: Finding, { manifest }: PlacedManifest): readonly UsedTarget[] {
    const { resources } = manifest;
    const object =
      finding.subject ??
      resources.find(({ root }) => root.span.start <= finding.span.start && finding.span.start < root.span.end) ??
      (resources.length === 1 ? resources[0] : undefined);
    return object === undefined ? [] : (this.#byObject.get(object) ?? []);
  }
}

function add<Key>(map: Map<Key, UsedTarget[]>, key: Key, targets: readonly UsedTarget[]): void {
  map.set(key, [...(map.get(key) ?? []), ...targets]);
}

/** A line that is blank, a comment, or nothing but template actions, which leave none behind. */
const WITHOUT_CONTENT = /[^\S\n]*(?:#[^\n]*|\{\{[^\n]*\}\}[^\S\n]*)?(?:\n|$)/y;

/** The start of the next line with content; the end of the text where there is none. */
function nextLineWithContent(text: string, from: number): number {
  let at = text.indexOf('\n', from) + 1;
  if (at === 0) {
    return text.length;
  }
  while (at < text.length) {
    if (isContentLine(text, at)) {
      return at;
    }
    at = nextLineStart(text, at);
  }
  return at;
}

/** Whether a line, given by its start, can be the next one of which a comment speaks. */
export function isContentLine(text: string, line: number): boolean {
  WITHOUT_CONTENT.lastIndex = line;
  return !WITHOUT_CONTENT.test(text);
}

/**
 * The object in which a comment stands. Between two items of a List it belongs to the one above if it is indented as
 * what stands in that, else to the one below. Undefined where it speaks of the document as a whole.
 */
function objectAround({ manifest }: PlacedManifest, comment: Span): Resource | undefined {
  const { resources, yaml } = manifest;
  const [only, ...others] = resources;
  if (others.length === 0) {
    return only;
  }
  const inside = resources.find(({ root }) => root.span.start <= comment.start && comment.start < root.span.end);
  if (inside !== undefined) {
    return inside;
  }
  const { text } = yaml;
  const line = lineStart(text, comment.start);
  const above = resources.findLast(({ root }) => root.span.end <= comment.start);
  const sharesLine = text.slice(line, comment.start).trim() !== '';
  if (above !== undefined) {
    const belongs = sharesLine
      ? above.root.span.end > line
      : above.root.style === 'block' && columnOf(text, comment.start) >= columnOf(text, above.root.span.start);
    if (belongs) {
      return above;
    }
  }
  const next = startOfContent(text, comment.end);
  return resources.find(({ root }) => root.span.start === next);
}

/** The first unit behind blanks, comments, dashes and an anchor. */
function startOfContent(text: string, from: number): number {
  const skipped = /(?:\s+|#[^\n]*|-(?=\s)|&\S+|,)*/y;
  skipped.lastIndex = from;
  skipped.test(text);
  return skipped.lastIndex;
}
