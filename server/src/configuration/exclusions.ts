import { countTrailing } from '../text/trailing.ts';
import { Glob } from './glob.ts';
import { type IgnorePatterns, readIgnorePatterns } from './ignorePatterns.ts';
import { decoded } from './projectFile.ts';

/** Folders that hold no manifests of the user's. */
export const SKIPPED_FOLDERS = new Set(['node_modules', '.git']);

/** Which files below a folder are left out: by globs, as editors write them, and by the .gitignore files in it. */
export class Exclusions {
  readonly #root: string;
  readonly #globs: readonly Glob[];
  /** By the URIs of their folders. */
  readonly #ignoreFiles = new Map<string, IgnorePatterns>();

  /** @param root the URI of the folder, ending in a slash. */
  constructor(root: string, globs: readonly string[]) {
    this.#root = root;
    this.#globs = globs.map(globOf);
  }

  /** Takes in a .gitignore file. */
  addIgnoreFile(uri: string, text: string): void {
    this.#ignoreFiles.set(folderOf(uri), readIgnorePatterns(text.split(/\r?\n/)));
  }

  /** Whether a file, or a folder whose URI ends in a slash, is left out by itself or with a folder above it. */
  excludes(uri: string): boolean {
    const path = uri.slice(this.#root.length);
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      if (this.#excludesAlone(path.slice(0, end + 1))) {
        return true;
      }
    }
    return !path.endsWith('/') && this.#excludesAlone(path);
  }

  #excludesAlone(encoded: string): boolean {
    const path = decoded(encoded);
    const plain = path.replace(/\/$/, '');
    const name = plain.slice(plain.lastIndexOf('/') + 1);
    const isSkipped = path.endsWith('/') && SKIPPED_FOLDERS.has(name);
    return isSkipped || this.#globs.some((glob) => glob.matches(plain)) || this.#isIgnored(encoded);
  }

  /** What a deeper file says wins. */
  #isIgnored(encoded: string): boolean {
    let ignored = false;
    if (this.#ignoreFiles.size === 0) {
      return ignored;
    }
    const uri = this.#root + encoded;
    const own = encoded.replace(/\/$/, '');
    for (let end = this.#root.length; end !== 0 && end <= this.#root.length + own.lastIndexOf('/') + 1; ) {
      const found = this.#ignoreFiles.get(uri.slice(0, end));
      ignored = found?.ignores(decoded(uri.slice(end))) ?? ignored;
      end = uri.indexOf('/', end) + 1;
    }
    return ignored;
  }
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** Editors write folders with and without slashes around them. */
function globOf(text: string): Glob {
  const inside = text.replace(/^\.?\/+/, '');
  return new Glob(inside.slice(0, inside.length - countTrailing(inside, /\//)));
}
