import type { Resource } from '../kubernetes/resource.ts';
import type { Indexed } from './objectList.ts';

type ObjectAt = Resource | { readonly resource: Resource };

/**
 * Objects of one name or label by the folders in which they lie: to whoever names one belong those that lie nearest,
 * and what is laid over an object, which lies where it may. A repository may have an object of that name in each of
 * thousands of folders, so nobody compares the address of each with that of each.
 */
export class Nearness<T extends ObjectAt> {
  readonly #all: readonly Indexed<T>[];
  readonly #root: Folder<T> = new Folder();
  /** Where in the list patches stand. */
  readonly #patches: number[] = [];

  /** @param all in the order of files and texts. */
  constructor(all: readonly Indexed<T>[]) {
    this.#all = all;
    for (const [place, { uri, item }] of all.entries()) {
      if (viewOf(item) !== 'whole') {
        this.#patches.push(place);
        continue;
      }
      let folder = this.#root;
      folder.places.push(place);
      for (const name of foldersOf(uri)) {
        folder = folder.into(name);
        folder.places.push(place);
      }
    }
  }

  /** Those whose folders share most with that of a file, in their order. */
  to(uri: string): readonly Indexed<T>[] {
    const folder = this.#nearestTo(uri);
    folder.objects ??= this.#objectsAt(folder.places);
    return folder.objects;
  }

  /** The files in which these stand. */
  filesNear(uri: string): ReadonlySet<string> {
    const folder = this.#nearestTo(uri);
    folder.files ??= new Set(this.to(uri).map((one) => one.uri));
    return folder.files;
  }

  #nearestTo(uri: string): Folder<T> {
    let folder = this.#root;
    for (const name of foldersOf(uri)) {
      const inner = folder.inner.get(name);
      if (inner === undefined) {
        break;
      }
      folder = inner;
    }
    return folder;
  }

  #objectsAt(places: readonly number[]): readonly Indexed<T>[] {
    const all = this.#patches.length === 0 ? places : [...places, ...this.#patches].sort((a, b) => a - b);
    return all.flatMap((place) => this.#all[place] ?? []);
  }
}

class Folder<T> {
  readonly inner = new Map<string, Folder<T>>();
  /** Where in the list those stand that lie in it, however deep. */
  readonly places: number[] = [];
  /** What is nearest to the files in it to which no inner folder leads, and the files in which that stands. */
  objects: readonly Indexed<T>[] | undefined;
  files: ReadonlySet<string> | undefined;

  into(name: string): Folder<T> {
    let folder = this.inner.get(name);
    if (folder === undefined) {
      folder = new Folder();
      this.inner.set(name, folder);
    }
    return folder;
  }
}

function foldersOf(uri: string): string[] {
  return uri.split('/').slice(0, -1);
}

function viewOf(item: ObjectAt): Resource['view'] {
  return 'resource' in item ? item.resource.view : item.view;
}
