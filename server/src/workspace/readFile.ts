import { type DocumentSlice, splitDocuments } from '../yaml/documents.ts';
import {
  type FileRole,
  MAXIMUM_FILE_LENGTH,
  type ManifestFile,
  type NotRead,
  type PlacedManifest,
  readManifest,
} from './manifest.ts';

/** Reads a file; documents that `previous` already held with the same text are taken over and not parsed again. */
export function readManifestFile(uri: string, text: string, previous: ManifestFile | undefined): ManifestFile {
  const notRead = whyNotRead(text);
  const slices = notRead === undefined ? splitDocuments(text) : [];
  const known = previous?.manifests ?? [];
  return {
    uri,
    text,
    manifests: reuse(slices, known, roleOf(uri)),
    notRead,
    liveObject: /(^|\/)kubectl-edit-[^/]*$/.test(uri) || text.startsWith('# Please edit the object below.'),
  };
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
    return { start: slice.start, manifest: old?.manifest ?? readManifest(slice, role) };
  });
}

function isSame(slice: DocumentSlice | undefined, placed: PlacedManifest | undefined): boolean {
  return (
    slice !== undefined &&
    placed !== undefined &&
    placed.manifest.yaml.raw === slice.text &&
    placed.manifest.yaml.openTemplateBlocks === slice.openTemplateBlocks
  );
}
