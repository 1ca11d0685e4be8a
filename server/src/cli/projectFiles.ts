import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { PROJECT_FILE } from '../configuration/projectFile.ts';

/** The project files that hold for the named files, each once: the nearest one upwards, to the file system's root. */
export async function findProjectFiles(paths: readonly string[]): Promise<string[]> {
  const known = new Map<string, Promise<string | undefined>>();
  const nearest = (folder: string): Promise<string | undefined> => {
    const found = known.get(folder) ?? look(folder);
    known.set(folder, found);
    return found;
  };
  const look = async (folder: string): Promise<string | undefined> => {
    const path = join(folder, PROJECT_FILE);
    if (await isFile(path)) {
      return path;
    }
    const parent = dirname(folder);
    return parent === folder ? undefined : nearest(parent);
  };
  const folders = new Set(paths.map((path) => dirname(resolve(path))));
  const found = await Promise.all([...folders].map(nearest));
  return [...new Set(found.filter((path) => path !== undefined))].map(shown);
}

/** As one would name it from here. */
function shown(path: string): string {
  return relative('', path);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
