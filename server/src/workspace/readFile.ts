import type { TextChange } from '../text/change.ts';
import { sharedEnds } from '../text/sharedEnds.ts';
import { type DocumentSlice, splitDocuments } from '../yaml/documents.ts';
import type { ListPart } from '../yaml/listParts.ts';
import { SUSPICIOUS } from '../yaml/pasted.ts';
import {
  countObjects,
  holdsSomething,
  isDocument,
  MAXIMUM_FILE_LENGTH,
  type Manifest,
  type ManifestFile,
  type NotRead,
  type PlacedManifest,
  readManifest,
} from './manifest.ts';
import { contentShownBy, type FileRole, objectsShownBy, relevanceOf } from './relevance.ts';

/** Whether a file may hold manifests, by its name. */
export function isManifestName(name: string): boolean {
  return /\.(?:ya?ml|json)$/i.test(name);
}

/** Reads a file; documents that `previous` already held with the same text are taken over and not parsed again. */
export function readManifestFile(uri: string, text: string, previous: ManifestFile | undefined): ManifestFile {
  const notRead = whyNotRead(text);
  const slices = notRead === undefined ? splitDocuments(text) : [];
  const manifests = reuse(slices, previous?.manifests ?? [], roleOf(uri));
  const file = { uri, text, manifests, notRead, liveObject: isLiveObject(uri, text) };
  if (notRead === undefined && !text.includes('{{')) {
    WITHOUT_TEMPLATES.add(file);
  }
  return file;
}

/** Reads the first document of a text, or the item of a List with which it begins. */
export function readFirstDocument(uri: string, text: string, part: ListPart | undefined): Manifest | undefined {
  const [first] = whyNotRead(text) === undefined ? splitDocuments(text, part?.role === 'item' ? part : undefined) : [];
  return first && readManifest(first, roleOf(uri));
}

/** Of what importance a file can be to others or its own findings, by its text and without reading it. */
export function canMatter(uri: string, text: string): boolean {
  const role = roleOf(uri);
  return (
    whyNotRead(text) !== undefined ||
    relevanceOf(text, role) !== 'none' ||
    // What was pasted is cleaned document by document.
    (SUSPICIOUS.test(text) && splitDocuments(text).some((slice) => relevanceOf(slice.text, role) !== 'none'))
  );
}

/** What a file holds of which nothing was kept. */
export function countContents(uri: string, text: string): { readonly documents: number; readonly objects: number } {
  let documents = 0;
  let objects = 0;
  for (const slice of splitDocuments(text)) {
    const holds = contentShownBy(slice.text);
    const count = objectsShownBy(slice.text);
    const manifest = holds === undefined || count === undefined ? readManifest(slice, roleOf(uri)) : undefined;
    const isFilled = holds ?? (manifest !== undefined && holdsSomething(manifest));
    documents += isFilled && isDocument(slice) ? 1 : 0;
    objects += count ?? (manifest === undefined ? 0 : countObjects(manifest));
  }
  return { documents, objects };
}

/** Files in which every document can be read by itself; blocks and comments of templates may span several. */
const WITHOUT_TEMPLATES = new WeakSet<ManifestFile>();

/**
 * A file after a change, of which only the documents around the change are split and read anew. The ones before and
 * behind are included: a marker that comes or goes, or a directive above one, moves their borders. Undefined where that
 * does not show for certain what the whole file holds.
 */
export function readEditedFile(
  previous: ManifestFile,
  { start, oldEnd }: TextChange,
  inserted: string,
): ManifestFile | undefined {
  const { uri, manifests: known } = previous;
  const gained = inserted.length - (oldEnd - start);
  const length = lengthOf(known) + gained;
  if (!WITHOUT_TEMPLATES.has(previous) || oldEnd > lengthOf(known) || length > MAXIMUM_FILE_LENGTH) {
    return undefined;
  }
  const first = firstAround(known, indexAt(known, start) - 1);
  const behind = behindAround(known, indexAt(known, oldEnd) + 2);
  const offset = known[first]?.start ?? 0;
  const old = textOf(known.slice(first, behind));
  const region = detached(old.slice(0, start - offset) + inserted + old.slice(oldEnd - offset));
  if (region.includes('\0') || region.includes('{{')) {
    return undefined;
  }
  const around = known.slice(first, behind);
  const continued = partOfItem(around[0]?.manifest);
  const slices = splitDocuments(region, continued);
  if (continued !== undefined && slices[0]?.listPart === undefined) {
    return undefined;
  }
  // Where the document behind the change begins as before, so do all that follow it.
  if (behind < known.length && !isSame(slices.at(-1), known[behind - 1])) {
    return undefined;
  }
  // What stands around the items of a List makes it one.
  const borders = around.map(({ manifest }) => ({ listPart: manifest.listPart, text: manifest.raw }));
  if (bordersOf(slices) !== bordersOf(borders)) {
    return undefined;
  }
  const read = reuse(slices, around, roleOf(uri));
  const manifests = [
    ...known.slice(0, first),
    ...read.map((placed) => moved(placed, offset)),
    ...known.slice(behind).map((placed) => moved(placed, gained)),
  ];
  const file = new EditedFile(uri, manifests);
  WITHOUT_TEMPLATES.add(file);
  return file;
}

/** Few ask for the whole text of a file, and putting it together at every key takes longer than all the rest. */
class EditedFile implements ManifestFile {
  readonly uri: string;
  readonly manifests: readonly PlacedManifest[];
  readonly notRead = undefined;
  readonly liveObject: boolean;
  #text: string | undefined;

  constructor(uri: string, manifests: readonly PlacedManifest[]) {
    this.uri = uri;
    this.manifests = manifests;
    this.liveObject = isLiveObject(uri, manifests[0]?.manifest.raw ?? '');
  }

  get text(): string {
    this.#text ??= textOf(this.manifests);
    return this.#text;
  }
}

function textOf(manifests: readonly PlacedManifest[]): string {
  return manifests.map(({ manifest }) => manifest.raw).join('');
}

function lengthOf(manifests: readonly PlacedManifest[]): number {
  const last = manifests.at(-1);
  return last === undefined ? 0 : last.start + last.manifest.raw.length;
}

function isLiveObject(uri: string, text: string): boolean {
  return /(^|\/)kubectl-edit-[^/]*$/.test(uri) || text.startsWith('# Please edit the object below.');
}

/** Nothing can be said of a List without its head, nor of its tail without an item. */
function firstAround(known: readonly PlacedManifest[], at: number): number {
  const first = Math.max(0, at);
  return known[first]?.manifest.listPart?.role === 'tail' ? first - 1 : first;
}

/** The head of a List shows as one only together with its first item, and that where it ends with the second. */
function behindAround(known: readonly PlacedManifest[], at: number): number {
  const behind = Math.min(known.length, at);
  return known[behind - 1]?.manifest.listPart?.role === 'head' ? Math.min(known.length, behind + 2) : behind;
}

function partOfItem(manifest: Manifest | undefined): ListPart | undefined {
  return manifest?.listPart?.role === 'item' ? manifest.listPart : undefined;
}

/** The texts before and behind the items of Lists. */
function bordersOf(parts: readonly Pick<DocumentSlice, 'listPart' | 'text'>[]): string {
  const borders = parts.filter(({ listPart }) => listPart !== undefined && listPart.role !== 'item');
  return JSON.stringify(borders.map(({ listPart, text }) => [listPart, text]));
}

/** The index of the document that holds an offset. */
function indexAt(known: readonly PlacedManifest[], offset: number): number {
  let low = 0;
  let high = known.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((known[middle]?.start ?? 0) <= offset) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

function moved(placed: PlacedManifest, by: number): PlacedManifest {
  return by === 0 ? placed : { start: placed.start + by, manifest: placed.manifest };
}

/** A text of its own: a part of a long text keeps all of it in memory, and each state of a file is a long text. */
function detached(part: string): string {
  return ` ${part}`.slice(1);
}

function whyNotRead(text: string): NotRead | undefined {
  if (text.length > MAXIMUM_FILE_LENGTH) {
    return { reason: 'too large', megabytes: Math.ceil(text.length / 1_000_000) };
  }
  return text.includes('\0') ? { reason: 'binary' } : undefined;
}

/** A chart's values are called so; a file or folder with `patch` in its name holds patches for Kustomize. */
function roleOf(uri: string): FileRole {
  const [name = '', folder = ''] = uri.split('/').reverse();
  if (/^values\b.*\.ya?ml$|[-_.]values\.ya?ml$/i.test(name)) {
    return 'values';
  }
  return /patch/i.test(name) || /^patch(es)?$/i.test(folder) ? 'patches' : 'manifests';
}

/** An edit leaves the documents before it and after it as they were, so these are compared from both ends. */
function reuse(slices: readonly DocumentSlice[], known: readonly PlacedManifest[], role: FileRole): PlacedManifest[] {
  const { head, tail } = sharedEnds(slices, known, isSame);
  return slices.map((slice, index) => {
    const fromEnd = slices.length - 1 - index;
    const old = index < head ? known[index] : fromEnd < tail ? known[known.length - 1 - fromEnd] : undefined;
    return {
      start: slice.start,
      manifest: old?.manifest ?? readManifest(known.length === 0 ? slice : own(slice), role),
    };
  });
}

function own(slice: DocumentSlice): DocumentSlice {
  return { ...slice, text: detached(slice.text) };
}

function isSame(slice: DocumentSlice | undefined, placed: PlacedManifest | undefined): boolean {
  return (
    slice !== undefined &&
    placed !== undefined &&
    placed.manifest.raw === slice.text &&
    placed.manifest.openTemplateBlocks === slice.openTemplateBlocks &&
    placed.manifest.listPart?.role === slice.listPart?.role &&
    placed.manifest.listPart?.indent === slice.listPart?.indent
  );
}
