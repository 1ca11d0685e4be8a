import { FileSystemError, RelativePattern, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  CLIENT_REQUESTS,
  type ListFilesParams,
  type ListFilesResult,
  MANIFEST_FILES,
  type ReadFileParams,
  type ReadFileResult,
} from '../../../server/src/protocol/messages.ts';

/** Lists and reads for the server what lies on no disk, such as a repository that is browsed without a clone. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(
    CLIENT_REQUESTS.listFiles,
    async ({ folder, maximum }: ListFilesParams): Promise<ListFilesResult> => {
      const base = Uri.parse(folder);
      const patterns = ['**/.gitignore', MANIFEST_FILES];
      const found = await Promise.all(
        patterns.map((pattern) => workspace.findFiles(new RelativePattern(base, pattern), undefined, maximum)),
      );
      return { uris: found.flat().map((uri) => uri.toString()) };
    },
  );
  client.onRequest(CLIENT_REQUESTS.readFile, async (params: ReadFileParams): Promise<ReadFileResult> => {
    const uri = Uri.parse(params.uri);
    try {
      const { size } = await workspace.fs.stat(uri);
      return size > params.maximumBytes
        ? { bytes: size }
        : { text: new TextDecoder('utf-8').decode(await workspace.fs.readFile(uri)) };
    } catch (error) {
      if (error instanceof FileSystemError && (error.code === 'FileNotFound' || error.code === 'FileIsADirectory')) {
        return {};
      }
      throw error;
    }
  });
}
