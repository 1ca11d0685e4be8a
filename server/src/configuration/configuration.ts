import { isProjectFile, type ProjectFile } from './projectFile.ts';
import { type Choices, combine, NO_CHOICES, type Settings } from './settings.ts';

/** Which settings hold where: what an editor says for every file, and project files for those below them. */
export interface Configuration {
  readonly editor: Choices;
  /** By their URIs. */
  readonly projectFiles: ReadonlyMap<string, ProjectFile>;
  /**
   * The settings of a file: those of the editor, over which the project file in the nearest folder upwards wins, rule
   * by rule.
   */
  settingsFor(uri: string): Settings;
  /** Whether a file is to have no findings. A project file always may have some. */
  isIgnored(uri: string): boolean;
}

export function createConfiguration(
  editor: Choices = NO_CHOICES,
  projectFiles: ReadonlyMap<string, ProjectFile> = new Map(),
): Configuration {
  const folders = new Map([...projectFiles].map(([uri, file]) => [uri.slice(0, uri.lastIndexOf('/') + 1), file]));
  const settings = new Map<ProjectFile | undefined, Settings>();
  const nearest = (uri: string): ProjectFile | undefined => {
    for (const folder of folders.size === 0 ? [] : foldersAbove(uri)) {
      const found = folders.get(folder);
      if (found !== undefined) {
        return found;
      }
    }
    return undefined;
  };
  return {
    editor,
    projectFiles,
    settingsFor(uri) {
      const file = nearest(uri);
      const known = settings.get(file);
      if (known !== undefined) {
        return known;
      }
      const combined = file === undefined ? combine(editor) : combine(editor, file.choices);
      settings.set(file, combined);
      return combined;
    },
    isIgnored: (uri) => !isProjectFile(uri) && nearest(uri)?.ignores(uri) === true,
  };
}

/** The folders of a file from its own to the root, each ending in a slash; none for a URI without folders. */
export function* foldersAbove(uri: string): Iterable<string> {
  const root = uri.indexOf('/', uri.indexOf('://') + 3);
  if (!uri.includes('://') || root === -1) {
    return;
  }
  for (let end = uri.lastIndexOf('/'); end >= root; end = uri.lastIndexOf('/', end - 1)) {
    yield uri.slice(0, end + 1);
  }
}
