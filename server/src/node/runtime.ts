import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Runtime } from '../lsp/runtime.ts';

/** The server's surroundings in Node. The pages of the rules ship beside the bundle. */
export const nodeRuntime: Runtime = {
  defer: (run, milliseconds) => (milliseconds > 0 ? setTimeout(run, milliseconds) : setImmediate(run)),
  now: () => performance.now(),
  rulePages: rulePages(),
  readFile: async (uri) => {
    try {
      return uri.startsWith('file:') ? await readFile(fileURLToPath(uri), 'utf8') : undefined;
    } catch (error) {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
        return undefined;
      }
      throw error;
    }
  },
};

function rulePages(): string | undefined {
  const folder = join(__dirname, '..', 'docs', 'rules');
  return existsSync(folder) ? `${pathToFileURL(folder).href}/` : undefined;
}
