import { randomUUID } from 'node:crypto';
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { access, constants, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SKIPPED_FOLDERS } from '../configuration/exclusions.ts';
import { MAXIMUM_FILE_LENGTH } from '../workspace/manifest.ts';
import { isManifestName } from '../workspace/readFile.ts';

export interface FoundFiles {
  /** Each file once, by the first of the names under which it was found. */
  readonly paths: readonly string[];
  /** Directories that were named and hold nothing to check. */
  readonly emptyFolders: readonly string[];
  /** What could not be looked at, each in one sentence. */
  readonly problems: readonly string[];
}

/**
 * The files that were named, and the YAML and JSON files below the directories that were, in the order of names. Nobody
 * is kept waiting meanwhile, and of many small folders this takes a fraction of the time.
 */
export function findFiles(named: readonly string[]): FoundFiles {
  const found: FoundFile[] = [];
  const emptyFolders: string[] = [];
  const problems: string[] = [];
  const attempt = (path: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      problems.push(describeFileError(path, error));
    }
  };
  const walk = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) {
        attempt(path, () => walk(path));
      } else if (isManifestName(entry.name)) {
        const isLink = entry.isSymbolicLink();
        if (entry.isFile() || (isLink && isFile(path))) {
          found.push({ path, mayBeLink: isLink });
        }
      }
    }
  };
  for (const path of named) {
    attempt(path, () => {
      if (!statSync(path).isDirectory()) {
        found.push({ path, mayBeLink: true });
        return;
      }
      const before = found.length + problems.length;
      walk(path);
      if (found.length + problems.length === before) {
        emptyFolders.push(path);
      }
    });
  }
  return { paths: eachOnce(found), emptyFolders, problems };
}

/** A link to a directory is not followed, since it may lead in a circle; one that leads nowhere is an editor's lock. */
export function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

interface FoundFile {
  readonly path: string;
  readonly mayBeLink: boolean;
}

function eachOnce(found: readonly FoundFile[]): string[] {
  const byPlace = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const { path, mayBeLink } of found) {
    const folder = dirname(path);
    if (!mayBeLink && !folders.has(folder)) {
      folders.set(folder, placeOf(folder));
    }
    const place = mayBeLink ? placeOf(path) : join(folders.get(folder) ?? folder, basename(path));
    if (!byPlace.has(place)) {
      byPlace.set(place, path);
    }
  }
  return [...byPlace.values()];
}

/** A pipe has a name but no place in the file system. */
function placeOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}

export type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'too large'; readonly megabytes: number }
  | { readonly kind: 'not UTF-8' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads a file as UTF-8. What is too large is not read at all, and what is not UTF-8 could not be written back. */
export function readText(path: string): ReadText {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    const { size } = fstatSync(file);
    if (size > 4 * MAXIMUM_FILE_LENGTH) {
      return { kind: 'too large', megabytes: Math.ceil(size / 1_000_000) };
    }
    const text = decode(readFileSync(file));
    return text === undefined ? { kind: 'not UTF-8' } : { kind: 'text', text };
  } catch (error) {
    return { kind: 'failed', reason: describeFileError(path, error) };
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Puts a new text into a file that held another when it was read. The file has either text at any time, whatever
 * fails: the new one is written whole beside it and takes its place with its mode and owner. A link stays a link.
 *
 * @returns why the file was left as it is, in one sentence; undefined where it has the new text.
 */
export async function replaceText(path: string, from: string, to: string): Promise<string | undefined> {
  let temporary: string | undefined;
  try {
    const target = await realpath(path);
    const { mode, uid, gid } = await stat(target);
    if ((mode & 0o222) === 0) {
      return `${path}: the file is read-only.`;
    }
    await access(target, constants.W_OK);
    if (decode(await readFile(target)) !== from) {
      return `${path}: the file was changed by someone else meanwhile.`;
    }
    const beside = `${target}.${randomUUID()}.tmp`;
    const file = await open(beside, 'wx', mode & 0o7777);
    temporary = beside;
    try {
      await file.writeFile(to);
      const created = await file.stat();
      if (created.uid !== uid || created.gid !== gid) {
        await file.chown(uid, gid);
      }
      // Last, since the mask of the process narrows the mode of a new file and a new owner takes some of its bits.
      await file.chmod(mode & 0o7777);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
    return describeFileError(path, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  ENOTDIR: 'there is no such file or directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than the system allows',
  EROFS: 'the file system is read-only',
  ELOOP: 'its symbolic links lead in a circle',
};

function describeFileError(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `${path}: ${REASONS[code] ?? (error instanceof Error ? error.message : String(error))}.`;
}
