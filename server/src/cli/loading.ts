import { pathToFileURL } from 'node:url';
import type { Analyzer } from '../analyzer.ts';
import { findFiles, type ReadText, readText } from './files.ts';
import { findProjectFiles } from './projectFiles.ts';

/** What becomes of files that are read. */
export interface LoadingListener {
  /** A file that was named or found. */
  take(path: string, read: ReadText): void;
  /** A project file that holds for some of them. */
  tookProjectFile(path: string): void;
  /** Something that is no failure, such as a folder without files; a sentence. */
  warn(message: string): void;
  /** Something could not be looked at; a sentence. */
  fail(reason: string): void;
}

/** Reads what was named, and the project files that hold for it, into an analyzer. */
export function load(named: readonly string[], analyzer: Analyzer, listener: LoadingListener): void {
  const { paths, emptyFolders, problems } = findFiles(named);
  for (const folder of emptyFolders) {
    listener.warn(`${folder}: there is no YAML or JSON file in it, so nothing was checked.`);
  }
  for (const problem of problems) {
    listener.fail(problem);
  }
  for (const path of findProjectFiles(paths)) {
    const read = readText(path);
    if (read.kind === 'text') {
      listener.tookProjectFile(path);
      analyzer.apply({ kind: 'projectFile', uri: uriOf(path), text: read.text });
    } else {
      const why = read.kind === 'failed' ? read.reason : `${path}: it is ${describeUnread(read)}.`;
      listener.fail(`${why} Its settings were not taken into account.`);
    }
  }
  for (const path of paths) {
    listener.take(path, readText(path));
  }
}

export function describeUnread({ kind }: Exclude<ReadText, { kind: 'text' | 'failed' }>): string {
  return kind === 'too large' ? 'too large' : 'no UTF-8 text';
}

export function uriOf(path: string): string {
  return pathToFileURL(path).href;
}
