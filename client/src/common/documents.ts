import { workspace } from 'vscode';
import { LANGUAGES } from '../../../server/src/protocol/names.ts';

/**
 * The documents that are ours: files of the workspace's folders wherever they lie, files of the disk, and buffers that
 * have no file yet. Other schemes show revisions and live objects, which nobody can mend.
 */
export function manifestDocuments(): { scheme: string; language: string }[] {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  const schemes = [...new Set(['file', 'untitled', ...folders])];
  return schemes.flatMap((scheme) => LANGUAGES.map((language) => ({ scheme, language })));
}
