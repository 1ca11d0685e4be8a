import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MAXIMUM_FILE_LENGTH } from '../workspace/manifest.ts';

const EXTENSION = /\.(ya?ml|json)$/i;
/** Folders that hold no manifests of the user's. */
const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

export interface FoundFiles {
  readonly paths: readonly string[];
  /** What could not be looked at, each in one sentence. */
  readonly problems: readonly string[];
}

/** The files that were named, and the YAML and JSON files below the directories that were, in the order of names. */
export async function findFiles(named: readonly string[]): Promise<FoundFiles> {
  const paths: string[] = [];
  const problems: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) {
        await attempt(path, () => walk(path));
      } else if (entry.isFile() && EXTENSION.test(entry.name)) {
        paths.push(path);
      }
    }
  };
  const attempt = async (path: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      problems.push(describeFileError(path, error));
    }
  };
  for (const path of named) {
    await attempt(path, async () => {
      if ((await stat(path)).isDirectory()) {
        await walk(path);
      } else {
        paths.push(path);
      }
    });
  }
  return { paths: [...new Set(paths)], problems };
}

export type ReadText =
  | { readonly kind: 'text'; readonly text: string }
  /** It is no manifest; says why. */
  | { readonly kind: 'skipped'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads a file as UTF-8. What is too large is not read at all, and what is not UTF-8 could not be written back. */
export async function readText(path: string): Promise<ReadText> {
  try {
    const { size } = await stat(path);
    if (size > 4 * MAXIMUM_FILE_LENGTH) {
      return { kind: 'skipped', reason: `${path} has ${Math.ceil(size / 1_000_000)} MB and was not checked.` };
    }
    const bytes = await readFile(path);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { kind: 'text', text };
  } catch (error) {
    return error instanceof TypeError
      ? { kind: 'skipped', reason: `${path} is not UTF-8 text and was not checked.` }
      : { kind: 'failed', reason: describeFileError(path, error) };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EACCES: 'permission is denied',
  EPERM: 'permission is denied',
  ENOSPC: 'the disk is full',
  EROFS: 'the file system is read-only',
};

export function describeFileError(path: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return `${path}: ${REASONS[code] ?? (error instanceof Error ? error.message : String(error))}.`;
}
