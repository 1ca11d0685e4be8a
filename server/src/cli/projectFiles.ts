import { dirname, join, relative, resolve } from 'node:path';
import { PROJECT_FILE } from '../configuration/projectFile.ts';
import { isFile } from './files.ts';

/** The project files that hold for the named files, each once: the nearest one upwards, to the file system's root. */
export function findProjectFiles(paths: readonly string[]): string[] {
  const known = new Map<string, string | undefined>();
  const nearest = (folder: string): string | undefined => {
    if (!known.has(folder)) {
      const path = join(folder, PROJECT_FILE);
      const parent = dirname(folder);
      known.set(folder, isFile(path) ? path : parent === folder ? undefined : nearest(parent));
    }
    return known.get(folder);
  };
  const folders = new Set(paths.map((path) => dirname(resolve(path))));
  const found = [...folders].map(nearest);
  return [...new Set(found.filter((path) => path !== undefined))].map(shown);
}

/** As one would name it from here. */
function shown(path: string): string {
  return relative('', path);
}
