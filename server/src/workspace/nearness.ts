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
  #tree: Tree<T> | undefined;

  /** @param all in the order of files and texts. */
  constructor(all: readonly Indexed<T>[]) {
    this.#all = all;
  }

  /** The only one that there is; undefined where there are none or several. */
  get only(): Indexed<T> | undefined {
    return this.#all.length === 1 ? this.#all[0] : undefined;
  }

  /** Those whose folders share most with that of a file, in their order. */
  to(uri: string): readonly Indexed<T>[] {
    if (this.#all.length < 2) {
      return this.#all;
    }
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
    this.#tree ??= treeOf(this.#all);
    let folder = this.#tree.root;
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
    const patches = this.#tree?.patches ?? [];
    const all = patches.length === 0 ? places : [...places, ...patches].sort((a, b) => a - b);
    return all.flatMap((place) => this.#all[place] ?? []);
  }
}

interface Tree<T> {
  readonly root: Folder<T>;
  /** Where in the list patches stand. */
  readonly patches: readonly number[];
}

function treeOf<T extends ObjectAt>(all: readonly Indexed<T>[]): Tree<T> {
  const root = new Folder<T>();
  const patches: number[] = [];
  for (const [place, { uri, item }] of all.entries()) {
    if (viewOf(item) !== 'whole') {
      patches.push(place);
      continue;
    }
    let folder = root;
    folder.places.push(place);
    for (const name of foldersOf(uri)) {
      folder = folder.into(name);
      folder.places.push(place);
    }
  }
  return { root, patches };
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
