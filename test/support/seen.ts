import { lensPlaces, lensTitle } from '../../server/src/features/codeLenses.ts';
import { editsOfFix } from '../../server/src/features/fixes.ts';
import { hoverAt } from '../../server/src/features/hover.ts';
import { render } from '../../server/src/messages/render.ts';
import { pathsThrough } from '../../server/src/persistence/workspacePaths.ts';
import { explain } from '../../server/src/rendering/explanation.ts';
import { findingsOf } from '../../server/src/rules/engine.ts';
import type { Snapshot } from '../../server/src/snapshot.ts';
import type { ManifestFile } from '../../server/src/workspace/manifest.ts';

/** What a person sees of a file, in the words and at the places in which it is shown, so that two states compare. */
export function seenFindings(snapshot: Snapshot, uri: string): unknown[] {
  return findingsOf(snapshot, uri).map(({ finding, span, severity }) => ({
    rule: finding.rule.id,
    text: render(finding.rule, finding.message, finding.arguments),
    span,
    severity,
    related: finding.related.map((place) => render(finding.rule, place.message, place.arguments)),
    fixes: finding.fixes.map((fix) => render(finding.rule, fix.title, fix.arguments)),
  }));
}

/** What every fix would write. */
export function seenEdits(snapshot: Snapshot, uri: string): unknown[] {
  return findingsOf(snapshot, uri).flatMap(({ finding }) => finding.fixes.map((fix) => editsOfFix(snapshot, fix)));
}

export function seenLenses(snapshot: Snapshot, uri: string): unknown[] {
  return lensPlaces(snapshot, uri).map(({ span }) => [span, lensTitle(snapshot, uri, span.start)]);
}

/** No more lines of a file than these are pointed at, so that a long one does not take all the time. */
const HOVERED_LINES = 40;

/** What stands under the pointer at the beginnings and ends of lines, where keys and values are. */
export function seenHovers(snapshot: Snapshot, uri: string): unknown[] {
  const text = snapshot.files.get(uri)?.text ?? '';
  const lines = [...text.matchAll(/\S[^\r\n]*/g)];
  const step = Math.ceil(lines.length / HOVERED_LINES);
  return lines
    .filter((_, index) => index % step === 0)
    .flatMap(({ 0: line, index }) => [hoverAt(snapshot, uri, index), hoverAt(snapshot, uri, index + line.length)]);
}

/** The way of every client. */
export function seenPaths(snapshot: Snapshot): unknown[] {
  return snapshot.index.services.map((service) =>
    pathsThrough(service, snapshot.index, snapshot.viewFor(service.uri)).map((path) => {
      const { headline, reason, entry, pods } = explain(path);
      return [service.uri, entry, headline, reason, pods.map(({ name, replicas }) => [name, replicas])];
    }),
  );
}

/** Where the documents of a file begin and what belongs to each. */
export function bordersOf(file: ManifestFile): unknown[] {
  return [
    file.text,
    file.liveObject,
    ...file.manifests.map(({ start, manifest: { yaml, listPart } }) => [
      start,
      yaml.raw,
      yaml.openTemplateBlocks,
      listPart,
    ]),
  ];
}
