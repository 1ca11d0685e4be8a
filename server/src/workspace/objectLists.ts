import { type Located, stringAt } from '../kubernetes/field.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { itemsOf, type Route } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import type { StringMap } from '../kubernetes/stringMap.ts';
import type { Workload } from '../kubernetes/workload.ts';
import { sharedEnds } from '../text/sharedEnds.ts';
import { type Contribution, contributionOf } from './contributions.ts';
import { isSameManifest, type ManifestFile, type PlacedManifest } from './manifest.ts';
import { type Indexed, type Lookups, ObjectList, type Splice } from './objectList.ts';
import { targetsOfPolicy } from './policies.ts';

type Key = keyof Contribution;
type ItemOf<K extends Key> = Contribution[K] extends readonly Indexed<infer T>[] ? T : never;
type ListOf<K extends Key> = ObjectList<ItemOf<K>>;

const LOOKUPS: { readonly [K in Key]: Lookups<ItemOf<K>> } = {
  services: {
    name: ({ resource }: Service) => written(resource.name),
    label: ({ selector }: Service) => labelKeys(selector),
  },
  workloads: { label: ({ podLabels }: Workload) => labelKeys(podLabels) },
  ingresses: { backend: ({ backends }: Ingress) => backends.flatMap(({ serviceName }) => written(serviceName)) },
  routes: {
    object: ({ resource }: Route) => written(resource.name).map((name) => objectKey(resource.kind, name)),
    backend: ({ rules }: Route) =>
      rules.flatMap(({ backends }) => backends.flatMap(({ serviceName }) => written(serviceName))),
  },
  policies: {
    object: (policy: Resource) => written(policy.name).map((name) => objectKey(policy.kind, name)),
    target: (policy: Resource) => targetsOfPolicy(policy).map(({ kind, name }) => objectKey(kind, name)),
  },
  classes: {},
  scalers: { workload: namesScaledBy },
};

export type Versions = readonly (number | undefined)[];

const KEYS = Object.keys(LOOKUPS) as Key[];

/** A set of kinds as a number. */
export function bitOf(key: Key): number {
  return 1 << KEYS.indexOf(key);
}

/** The kinds whose lists differ, as a set in a number. */
export function differing(some: Versions, others: Versions): number {
  return KEYS.reduce((set, key, place) => (some[place] === others[place] ? set : set | bitOf(key)), 0);
}

/** The lists of all files, each put together when somebody first asks for it and from then on kept up. */
export class ObjectLists {
  readonly #files: readonly ManifestFile[];
  readonly #lists: Map<Key, ObjectList<unknown>>;

  private constructor(files: readonly ManifestFile[], lists: Map<Key, ObjectList<unknown>>) {
    this.#files = files;
    this.#lists = lists;
  }

  static readonly EMPTY = new ObjectLists([], new Map());

  get<K extends Key>(key: K): ListOf<K> {
    let list = this.#lists.get(key);
    if (list === undefined) {
      const all = this.#files.flatMap(({ uri, manifests }) => contributed(uri, manifests, key));
      list = new ObjectList(all, LOOKUPS[key] as Lookups<unknown>);
      this.#lists.set(key, list);
    }
    return list as unknown as ListOf<K>;
  }

  /** What tells lists from those of other files: of each kind the version of its list, if anybody asked for it. */
  versions(): Versions {
    return KEYS.map((key) => this.#lists.get(key)?.version);
  }

  /** Of other files, in the order of their addresses; lists that hold the same objects are the same. */
  of(files: readonly ManifestFile[]): ObjectLists {
    const changes = changesBetween(this.#files, files);
    const lists = new Map<Key, ObjectList<unknown>>();
    for (const [key, list] of this.#lists) {
      lists.set(key, list.changed(splicesOf(list.all, changes, key)));
    }
    return new ObjectLists(files, lists);
  }
}

/** Documents of a file in the place of others. */
interface FileChange {
  readonly uri: string;
  /** Those before them, which stay. */
  readonly head: readonly PlacedManifest[];
  readonly removed: readonly PlacedManifest[];
  readonly added: readonly PlacedManifest[];
}

/** What differs between two lists of files, each in the order of the addresses. */
function changesBetween(before: readonly ManifestFile[], after: readonly ManifestFile[]): FileChange[] {
  const changes: FileChange[] = [];
  let one = 0;
  let other = 0;
  while (one < before.length || other < after.length) {
    const old = before[one];
    const now = after[other];
    const isGone = now === undefined || (old !== undefined && old.uri < now.uri);
    const isNew = !isGone && (old === undefined || now.uri < old.uri);
    if (old !== now) {
      changes.push(changeOf(isNew ? undefined : old, isGone ? undefined : now));
    }
    one += isNew ? 0 : 1;
    other += isGone ? 0 : 1;
  }
  return changes;
}

/** An edit leaves most documents of a file as they were: only those from the first other one to the last count. */
function changeOf(before: ManifestFile | undefined, after: ManifestFile | undefined): FileChange {
  const old = before?.manifests ?? [];
  const now = after?.manifests ?? [];
  const { head, tail } = sharedEnds(old, now, isSameManifest);
  return {
    uri: (before ?? after)?.uri ?? '',
    head: old.slice(0, head),
    removed: old.slice(head, old.length - tail),
    added: now.slice(head, now.length - tail),
  };
}

function contributed(uri: string, manifests: readonly PlacedManifest[], key: Key): Indexed<unknown>[] {
  const all: Indexed<unknown>[] = [];
  for (const { manifest } of manifests) {
    for (const one of contributionOf(manifest, uri)[key]) {
      all.push(one);
    }
  }
  return all;
}

function splicesOf(all: readonly Indexed<unknown>[], changes: readonly FileChange[], key: Key): Splice<unknown>[] {
  return changes.flatMap(({ uri, head, ...change }): Splice<unknown>[] => {
    const removed = contributed(uri, change.removed, key);
    const added = contributed(uri, change.added, key);
    const [first] = removed;
    if (first === undefined && added.length === 0) {
      return [];
    }
    const ofFile = firstOf(all, uri);
    const start = first === undefined ? ofFile + contributed(uri, head, key).length : all.indexOf(first, ofFile);
    return [{ start, removed, added }];
  });
}

/** Where the objects of a file stand in a list or would have to stand. */
function firstOf(all: readonly Indexed<unknown>[], uri: string): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.uri ?? '') < uri) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** The text of a field, if it is known. */
export function written(located: Located<string>): string[] {
  return located.kind === 'value' ? [located.value] : [];
}

export function labelKeys(labels: Pick<StringMap, 'entries'> | undefined): string[] {
  return labels === undefined ? [] : [...labels.entries].map(labelKey);
}

export function labelKey([key, value]: readonly [string, string]): string {
  return `${key}=${value}`;
}

export function objectKey(kind: string, name: string): string {
  return `${kind} ${name}`;
}

/** The workloads whose number of pods an autoscaler or a Kustomization sets. */
function namesScaledBy({ root, spec }: Resource): string[] {
  return [
    stringAt(spec, 'scaleTargetRef', 'name'),
    ...itemsOf(root, 'replicas').map((replicas) => stringAt(replicas, 'name')),
  ].flatMap(written);
}
