import { isProjectFile } from '../configuration/projectFile.ts';
import { findingsOf } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { shift } from '../text/span.ts';
import { annotationKeys, annotationValues } from './completion/annotations.ts';
import type { Completion } from './completion/insertion.ts';
import { placeInService, type TypingPlace, typingPlace } from './completion/place.ts';
import { projectFileCompletions } from './completion/projectFile.ts';
import { serviceKeys, serviceValues } from './completion/serviceFields.ts';
import { suppressionCompletions } from './completion/suppression.ts';
import { manifestAt } from './servicePlace.ts';

/** What can be written at an offset of a file, the most wanted first. None where session persistence is not decided. */
export function completionsAt(snapshot: Snapshot, uri: string, offset: number): Completion[] {
  const placed = manifestAt(snapshot.files.get(uri)?.manifests ?? [], offset);
  if (placed === undefined) {
    return [];
  }
  const inComment = suppressionCompletions(placed, offset, () => findingsOf(snapshot, uri));
  if (inComment !== undefined) {
    return inComment;
  }
  const text = placed.manifest.yaml.raw;
  const isProject = isProjectFile(uri);
  const place = isProject || MAY_HOLD_SERVICE.test(text) ? typingPlace(uri, text, offset - placed.start) : undefined;
  if (place === undefined) {
    return [];
  }
  const offered = isProject ? projectFileCompletions(text, place) : inService(text, place);
  return offered.map((completion) => ({ ...completion, span: shift(completion.span, placed.start) }));
}

/** Finding a place costs a reading of the document; most documents have no Service, and no values of one. */
const MAY_HOLD_SERVICE = /service|sessionAffinity/i;

function inService(text: string, place: TypingPlace): Completion[] {
  const within = placeInService(place);
  if (within === undefined) {
    return [];
  }
  const { service, path } = within;
  if (path[0] === 'metadata' && path[1] === 'annotations') {
    if (place.role === 'key') {
      return path.length === 2 ? annotationKeys(text, place, service) : [];
    }
    return path.length === 3 ? annotationValues(place, service, path[2] ?? '') : [];
  }
  if (service === undefined) {
    return [];
  }
  return place.role === 'key' ? serviceKeys(text, place, service, path) : serviceValues(place, service, path);
}
