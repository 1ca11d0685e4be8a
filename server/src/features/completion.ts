import { isProjectFile } from '../configuration/projectFile.ts';
import type { ControllerView } from '../knowledge/identify.ts';
import { objectKindOf } from '../knowledge/products.ts';
import type { Service } from '../kubernetes/service.ts';
import { findingsOf } from '../rules/engine.ts';
import type { Snapshot } from '../snapshot.ts';
import { shift } from '../text/span.ts';
import { type AnnotatedObject, annotationKeys, annotationValues } from './completion/annotations.ts';
import type { Completion } from './completion/insertion.ts';
import { objectFieldKeys, objectFieldValues } from './completion/objectFields.ts';
import { placeInObject, placeInService, type TypingPlace, typingPlace } from './completion/place.ts';
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
  const place =
    isProject || MAY_MATTER.test(text) ? typingPlace(uri, placed.manifest, offset - placed.start) : undefined;
  if (place === undefined) {
    return [];
  }
  const offered = isProject ? projectFileCompletions(text, place) : inObject(text, place, snapshot.viewFor(uri));
  return offered.map((completion) => ({ ...completion, span: shift(completion.span, placed.start) }));
}

/** Finding a place costs a reading of the document; what is no object and no values of one holds none. */
const MAY_MATTER = /\bkind\b|service|sessionAffinity/i;

function inObject(text: string, place: TypingPlace, view: ControllerView): Completion[] {
  const within = placeInService(place);
  if (within !== undefined) {
    const { service, path } = within;
    const resource = service?.resource;
    return path[0] === 'metadata' && path[1] === 'annotations'
      ? inAnnotations(text, place, path, { kind: 'Service', service, ingress: undefined, resource, view })
      : inService(text, place, service, path);
  }
  const found = placeInObject(place);
  if (found === undefined) {
    return [];
  }
  const { resource, path } = found;
  const ingress = place.manifest.ingresses.find((candidate) => candidate.resource === resource);
  if (path[0] === 'metadata' && path[1] === 'annotations') {
    return objectKindOf(resource) === 'Ingress'
      ? inAnnotations(text, place, path, { kind: 'Ingress', service: undefined, ingress, resource, view })
      : [];
  }
  return place.role === 'key' ? objectFieldKeys(text, place, found) : objectFieldValues(place, found);
}

function inAnnotations(
  text: string,
  place: TypingPlace,
  path: readonly string[],
  object: AnnotatedObject,
): Completion[] {
  if (place.role === 'key') {
    return path.length === 2 ? annotationKeys(text, place, object) : [];
  }
  return path.length === 3 ? annotationValues(place, object, path[2] ?? '') : [];
}

function inService(
  text: string,
  place: TypingPlace,
  service: Service | undefined,
  path: readonly string[],
): Completion[] {
  if (service === undefined) {
    return [];
  }
  return place.role === 'key' ? serviceKeys(text, place, service, path) : serviceValues(place, service, path);
}
