import type { Manifest } from './manifest.ts';

/** An object and where it stands. */
export interface Indexed<T> {
  /** The file's. */
  readonly uri: string;
  /** The document's. It is another one after each change of its text. */
  readonly manifest: Manifest;
  readonly item: T;
}

/** Names under which objects of a kind are looked up: each names what an object has or mentions. */
export type Lookups<T> = Readonly<Record<string, (item: T) => readonly string[]>>;

/** A part of a list that was replaced. */
export interface Splice<T> {
  readonly start: number;
  readonly removed: readonly Indexed<T>[];
  readonly added: readonly Indexed<T>[];
}

/**
 * Objects of a kind in the order of files and texts, and what is looked up in them. It never changes: after a change of
 * few objects another one is made of it, in which all that did not change is the same to the pointer. So whoever knows
 * what was looked up can tell by comparing pointers whether it is still so.
 */
export class ObjectList<T> {
  /** No other list has it. */
  readonly version: number;
  readonly all: readonly Indexed<T>[];
  readonly #lookups: Lookups<T>;
  readonly #tables = new Map<string, Table<T>>();
  #places: ReadonlyMap<Indexed<T>, number> | undefined;
  readonly #derived = new Map<unknown, unknown>();

  constructor(all: readonly Indexed<T>[], lookups: Lookups<T>) {
    this.version = ++versions;
    this.all = all;
    this.#lookups = lookups;
  }

  /** The objects with a name, in their order; undefined where there are none. */
  bucket(lookup: string, name: string): readonly Indexed<T>[] | undefined {
    return this.#table(lookup).get(name);
  }

  /** What stands under any of the names, each once, in the order of files and texts. */
  named(buckets: readonly (readonly Indexed<T>[] | undefined)[]): readonly Indexed<T>[] {
    const filled = buckets.filter((bucket) => bucket !== undefined);
    const [first = NONE] = filled;
    return filled.length < 2 ? first : this.#inOrder(new Set(filled.flat()));
  }

  /** What follows from the list alone, worked out once. */
  derived<Result>(of: (all: readonly Indexed<T>[]) => Result): Result {
    if (!this.#derived.has(of)) {
      this.#derived.set(of, of(this.all));
    }
    return this.#derived.get(of) as Result;
  }

  isBefore(one: Indexed<T>, other: Indexed<T>): boolean {
    return this.#placeOf(one) < this.#placeOf(other);
  }

  /** With other objects in some places, which are given in the order of this list. */
  changed(splices: readonly Splice<T>[]): ObjectList<T> {
    if (splices.length === 0) {
      return this;
    }
    let end = 0;
    const all: Indexed<T>[] = [];
    for (const { start, removed, added } of splices) {
      copy(this.all, end, start, all);
      copy(added, 0, added.length, all);
      end = start + removed.length;
    }
    copy(this.all, end, this.all.length, all);
    const next = new ObjectList(all, this.#lookups);
    for (const [lookup, table] of this.#tables) {
      next.#tables.set(lookup, next.#patched(table, this.#namesOf(lookup), splices));
    }
    return next;
  }

  #namesOf(lookup: string): (item: T) => readonly string[] {
    return this.#lookups[lookup] ?? (() => NONE);
  }

  #table(lookup: string): Table<T> {
    let table = this.#tables.get(lookup);
    if (table === undefined) {
      table = tableOf(this.all, this.#namesOf(lookup));
      this.#tables.set(lookup, table);
    }
    return table;
  }

  #patched(table: Table<T>, namesOf: (item: T) => readonly string[], splices: readonly Splice<T>[]): Table<T> {
    const removed = tableOf(
      splices.flatMap((splice) => splice.removed),
      namesOf,
    );
    const added = tableOf(
      splices.flatMap((splice) => splice.added),
      namesOf,
    );
    const result = new Map(table);
    for (const name of new Set([...removed.keys(), ...added.keys()])) {
      const gone = new Set(removed.get(name));
      const left = (table.get(name) ?? NONE).filter((one) => !gone.has(one));
      const now = this.#inOrder(new Set([...left, ...(added.get(name) ?? NONE)]));
      const [first] = now;
      // A name is a part of the text in which it was read, and a map keeps the first one that it was given: without
      // taking that out, the text of a document that has gone would stay in memory as long as its names.
      result.delete(name);
      if (first !== undefined) {
        result.set(namesOf(first.item).find((own) => own === name) ?? name, now);
      }
    }
    return result;
  }

  #inOrder(objects: ReadonlySet<Indexed<T>>): readonly Indexed<T>[] {
    const result = [...objects];
    return result.length < 2 ? result : result.sort((one, other) => this.#placeOf(one) - this.#placeOf(other));
  }

  #placeOf(one: Indexed<T>): number {
    this.#places ??= new Map(this.all.map((indexed, place) => [indexed, place]));
    return this.#places.get(one) ?? -1;
  }
}

/** Thousands of objects at each key, for which spreading and flattening take long. */
function copy<T>(from: readonly T[], start: number, end: number, to: T[]): void {
  for (let place = start; place < end; place++) {
    to.push(from[place] as T);
  }
}

let versions = 0;

type Table<T> = ReadonlyMap<string, readonly Indexed<T>[]>;

const NONE: readonly never[] = [];

function tableOf<T>(all: readonly Indexed<T>[], namesOf: (item: T) => readonly string[]): Table<T> {
  const result = new Map<string, Indexed<T>[]>();
  for (const indexed of all) {
    const names = namesOf(indexed.item);
    for (const name of names.length < 2 ? names : new Set(names)) {
      const bucket = result.get(name);
      if (bucket === undefined) {
        result.set(name, [indexed]);
      } else {
        bucket.push(indexed);
      }
    }
  }
  return result;
}
