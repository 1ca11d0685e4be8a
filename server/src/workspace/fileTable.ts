import type { ManifestFile } from './manifest.ts';

/**
 * The files that are known, in the order of their addresses, so that it does not matter in which order they came. It
 * never changes: a change makes another one, which costs a copy of a list of pointers and nothing else.
 */
export class FileTable implements ReadonlyMap<string, ManifestFile> {
  static readonly EMPTY = new FileTable([]);

  readonly #files: readonly ManifestFile[];

  private constructor(files: readonly ManifestFile[]) {
    this.#files = files;
  }

  get size(): number {
    return this.#files.length;
  }

  get(uri: string): ManifestFile | undefined {
    const file = this.#files[this.#placeOf(uri)];
    return file?.uri === uri ? file : undefined;
  }

  has(uri: string): boolean {
    return this.get(uri) !== undefined;
  }

  with(file: ManifestFile): FileTable {
    const place = this.#placeOf(file.uri);
    const files = this.#files.slice();
    files.splice(place, this.#files[place]?.uri === file.uri ? 1 : 0, file);
    return new FileTable(files);
  }

  without(uri: string): FileTable {
    return this.has(uri) ? new FileTable(this.#files.toSpliced(this.#placeOf(uri), 1)) : this;
  }

  values(): ArrayIterator<ManifestFile> {
    return this.#files.values();
  }

  *keys(): MapIterator<string> {
    for (const { uri } of this.#files) {
      yield uri;
    }
  }

  *entries(): MapIterator<[string, ManifestFile]> {
    for (const file of this.#files) {
      yield [file.uri, file];
    }
  }

  [Symbol.iterator](): MapIterator<[string, ManifestFile]> {
    return this.entries();
  }

  forEach(visit: (file: ManifestFile, uri: string, files: ReadonlyMap<string, ManifestFile>) => void): void {
    for (const file of this.#files) {
      visit(file, file.uri, this);
    }
  }

  /** Where the file stands or would have to stand. */
  #placeOf(uri: string): number {
    let low = 0;
    let high = this.#files.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#files[middle]?.uri ?? '') < uri) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
