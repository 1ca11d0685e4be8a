import type { TextChange } from '../text/change.ts';
import { type DocumentSlice, splitDocuments } from '../yaml/documents.ts';
import {
  type FileRole,
  MAXIMUM_FILE_LENGTH,
  type ManifestFile,
  type NotRead,
  type PlacedManifest,
  readManifest,
} from './manifest.ts';

/**
 * Reads a file; documents that `previous` already held with the same text are taken over and not parsed again.
 *
 * @param changed the only part in which the text differs from that of `previous`, where that is known; then no more is
 * looked at than the documents around it.
 */
export function readManifestFile(
  uri: string,
  text: string,
  previous: ManifestFile | undefined,
  changed?: TextChange,
): ManifestFile {
  const role = roleOf(uri);
  const liveObject = /(^|\/)kubectl-edit-[^/]*$/.test(uri) || text.startsWith('# Please edit the object below.');
  const patched =
    previous === undefined || changed === undefined ? undefined : readAround(text, previous, changed, role);
  if (patched !== undefined) {
    const file = { uri, text, manifests: patched, notRead: undefined, liveObject };
    WITHOUT_TEMPLATES.add(file);
    return file;
  }
  const notRead = whyNotRead(text);
  const slices = notRead === undefined ? splitDocuments(text) : [];
  const file = { uri, text, manifests: reuse(slices, previous?.manifests ?? [], role), notRead, liveObject };
  if (notRead === undefined && !text.includes('{{')) {
    WITHOUT_TEMPLATES.add(file);
  }
  return file;
}

/** Files in which every document can be read by itself; blocks and comments of templates may span several. */
const WITHOUT_TEMPLATES = new WeakSet<ManifestFile>();

/**
 * The documents of a file after a change, of which only those around the change are split and read anew. The ones
 * before and behind are included: a marker that comes or goes, or a directive above one, moves their borders. Undefined
 * where that does not show for certain what the whole file holds.
 */
function readAround(
  text: string,
  previous: ManifestFile,
  { start, oldEnd, newEnd }: TextChange,
  role: FileRole,
): PlacedManifest[] | undefined {
  const known = previous.manifests;
  const gained = newEnd - oldEnd;
  const fits = text.length === previous.text.length + gained && text.length <= MAXIMUM_FILE_LENGTH;
  if (!fits || !WITHOUT_TEMPLATES.has(previous)) {
    return undefined;
  }
  const first = Math.max(0, indexAt(known, start) - 1);
  const behind = Math.min(known.length, indexAt(known, oldEnd) + 2);
  const regionStart = known[first]?.start ?? 0;
  const next = known[behind];
  const region = detached(text.slice(regionStart, next === undefined ? text.length : next.start + gained));
  if (region.includes('\0') || region.includes('{{')) {
    return undefined;
  }
  const slices = splitDocuments(region);
  // Where the document behind the change begins as before, so do all that follow it.
  if (next !== undefined && slices.at(-1)?.text !== known[behind - 1]?.manifest.yaml.raw) {
    return undefined;
  }
  const read = reuse(slices, known.slice(first, behind), role);
  return [
    ...known.slice(0, first),
    ...read.map((placed) => moved(placed, regionStart)),
    ...known.slice(behind).map((placed) => moved(placed, gained)),
  ];
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
  let head = 0;
  while (head < slices.length && head < known.length && isSame(slices[head], known[head])) {
    head++;
  }
  let tail = 0;
  while (
    tail < slices.length - head &&
    tail < known.length - head &&
    isSame(slices[slices.length - 1 - tail], known[known.length - 1 - tail])
  ) {
    tail++;
  }
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
    placed.manifest.yaml.raw === slice.text &&
    placed.manifest.yaml.openTemplateBlocks === slice.openTemplateBlocks
  );
}
