import { holdsSomething, type Manifest, type ManifestFile } from '../workspace/manifest.ts';
import { readIgnorePatterns } from './ignorePatterns.ts';
import { inputOfYaml } from './input.ts';
import { KNOWN_KEYS, readSettings, type SettingsProblem } from './readSettings.ts';
import type { Choices } from './settings.ts';

/** The name of the file that holds the settings of all files in its folder and below. */
export const PROJECT_FILE = '.session-persistence.yaml';

export function isProjectFile(uri: string): boolean {
  return uri.endsWith(`/${PROJECT_FILE}`);
}

/** What a project file says, and what of it cannot be used. */
export interface ProjectFile {
  readonly file: ManifestFile;
  readonly choices: Choices;
  readonly problems: readonly ProjectFileProblem[];
  /** Whether a file in its folder or below is to have no findings. */
  ignores(uri: string): boolean;
}

export type ProjectFileProblem = { readonly manifest: Manifest } & (
  | SettingsProblem
  /** It is no YAML, or a second document, of which nothing is read. */
  | { readonly code: 'syntax' | 'document'; readonly span: SettingsProblem['span']; readonly message: string }
);

/** The first document counts; bad parts of it leave the rest alone. */
export function readProjectFile(file: ManifestFile, knownRules: ReadonlySet<string>): ProjectFile {
  const documents = file.manifests.map(({ manifest }) => manifest);
  const [first, ...others] = documents.filter(holdsSomething);
  const keys = new Set(KNOWN_KEYS.map(({ key }) => key));
  const { choices, ignore: patterns, problems } = readSettings(inputOfYaml(first?.yaml.root), { knownRules, keys });
  return {
    file,
    choices,
    problems: [
      ...documents.flatMap((manifest) => syntaxProblem(manifest)),
      ...(first === undefined ? [] : problems.map((problem) => ({ ...problem, manifest: first }))),
      ...others.map(
        (manifest) => ({ code: 'document', manifest, span: manifest.yaml.root?.span, message: '' }) as const,
      ),
    ],
    ignores: matcher(file.uri, patterns),
  };
}

/** One is enough: what follows it is mostly its consequence. */
function syntaxProblem(manifest: Manifest): ProjectFileProblem[] {
  const [problem] = manifest.yaml.problems;
  return problem === undefined ? [] : [{ code: 'syntax', manifest, span: problem.span, message: problem.message }];
}

function matcher(uri: string, patterns: readonly string[]): ProjectFile['ignores'] {
  if (patterns.length === 0) {
    return () => false;
  }
  const folder = uri.slice(0, -PROJECT_FILE.length);
  const rules = readIgnorePatterns(patterns);
  return (candidate) => candidate.startsWith(folder) && rules.ignores(decoded(candidate.slice(folder.length))) === true;
}

/** A part of a URI as the file system has it. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
