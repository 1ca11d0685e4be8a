import { existsSync } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { FileTooLarge, type FolderEntry, type Runtime } from '../lsp/runtime.ts';

/** The server's surroundings in Node. The pages of the rules ship beside the bundle. */
export const nodeRuntime: Runtime = {
  defer: (run, milliseconds) => (milliseconds > 0 ? setTimeout(run, milliseconds) : setImmediate(run)),
  now: () => performance.now(),
  rulePages: rulePages(),
  readFile: async (uri, maximumBytes) => {
    try {
      return uri.startsWith('file:') ? await readText(fileURLToPath(uri), maximumBytes) : undefined;
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined;
      }
      throw error;
    }
  },
  listFolder: async (uri) => {
    const folder = fileURLToPath(uri);
    const entries = await readdir(folder, { withFileTypes: true });
    const found = entries.map(async (entry): Promise<FolderEntry | undefined> => {
      const { name } = entry;
      if (entry.isDirectory()) {
        return { name, kind: 'folder' };
      }
      const isFile = entry.isFile() || (entry.isSymbolicLink() && (await leadsToFile(join(folder, name))));
      return isFile ? { name, kind: 'file' } : undefined;
    });
    return (await Promise.all(found)).filter((entry) => entry !== undefined);
  },
};

/** Not like the command line's: between two of them somebody may be answered. */
async function leadsToFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function readText(path: string, maximumBytes = Number.POSITIVE_INFINITY): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > maximumBytes) {
      throw new FileTooLarge(size);
    }
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function rulePages(): string | undefined {
  const folder = join(__dirname, '..', 'docs', 'rules');
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}
