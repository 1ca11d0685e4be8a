import type { Located } from '../kubernetes/field.ts';
import { stringAt } from '../kubernetes/field.ts';
import { type Ingress, sharedBackends } from '../kubernetes/ingress.ts';
import { type Resource, sameNamespace } from '../kubernetes/resource.ts';
import { leadsTo, type Route } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import { selectorMatches } from '../kubernetes/stringMap.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Contribution } from './contributions.ts';
import type { ManifestFile } from './manifest.ts';
import { Nearness } from './nearness.ts';
import type { Indexed } from './objectList.ts';
import {
  bitOf,
  differing,
  labelKey,
  labelKeys,
  ObjectLists,
  objectKey,
  type Versions,
  written,
} from './objectLists.ts';

export type { Versions } from './objectLists.ts';

import { policiesNamedBy, targetsOfPolicy } from './policies.ts';

export type { Indexed } from './objectList.ts';

/**
 * Answers questions that reach over documents and files. What it does not know of may still exist. Names are compared
 * within a namespace, and an object without one is in another than an object that has one. Folders that hold objects of
 * the same name are different applications or places: to an object belongs the one that lies nearest to it.
 */
export interface WorkspaceIndex {
  readonly services: readonly Indexed<Service>[];
  readonly routes: readonly Indexed<Route>[];
  /** The objects that say something about the persistence of others. */
  readonly policies: readonly Indexed<Resource>[];
  /** IngressClasses, Gateways and GatewayClasses. */
  readonly classes: readonly Indexed<Resource>[];
  /** The Services whose selector matches the workload's pods. */
  servicesSelecting(workload: Placed<Workload>): readonly Indexed<Service>[];
  /** The workloads whose pods a Service's selector matches. */
  workloadsOf(service: Placed<Service>): readonly Indexed<Workload>[];
  /** Whether another object says how many pods a workload of that name has, in whatever folder. */
  isScaled(name: string): boolean;
  /** The Services that an Ingress names as backends. */
  servicesBehind(ingress: Placed<Pick<Ingress, 'resource' | 'backends'>>): readonly Indexed<Service>[];
  /** The Ingresses that name a Service as a backend. */
  ingressesBefore(service: Placed<Resource>): readonly Indexed<Ingress>[];
  /** The other Ingresses that lead to a Service and port to which this one leads as well. */
  ingressesBeside(ingress: Ingress): readonly Indexed<Ingress>[];
  /** Whether an Ingress stands before another one in the order of files and texts. */
  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean;
  /** The routes of every kind that name a Service as a backend. */
  routesTo(service: Placed<Service>): readonly Indexed<Route>[];
  /** The Services of a name that whoever names it in a file means. */
  servicesNamed(name: string, namespace: Located<string>, uri: string): readonly Indexed<Service>[];
  /** The routes of a kind and name that whoever names them in a file means. */
  routesNamed(kind: string, name: string, namespace: Located<string>, uri: string): readonly Indexed<Route>[];
  /** The policies that point at an object. */
  policiesTargeting(object: Placed<Resource>): readonly Indexed<Resource>[];
  /** The policies that speak of a Service or of a route to it. */
  policiesFor(route: Route, service: Placed<Service>): readonly Indexed<Resource>[];
  /** `spec.controllerName` of the class of a route's Gateway; undefined where none is known or several disagree. */
  gatewayControllerOf(route: Route): string | undefined;
  /** `spec.controller` of the IngressClass of that name; undefined where none is known or two disagree. */
  controllerOfClass(name: string): string | undefined;
  /** All that is known of classes, as a text that changes with it. */
  readonly classesKey: string;
  /** The same index, which notes what somebody reads in it. */
  noting(readings: Readings): WorkspaceIndex;
  /** What tells this index from others. */
  versions(): Versions;
  /** The kinds of objects of which others are known than in an earlier index; all without one. */
  changedSince(versions: Versions | undefined): number;
  /**
   * Whether whoever read something in an earlier index would read the same in this one.
   *
   * @param since the versions of an index, if there is one, of which it is known that it would be the same there.
   */
  stillReads(readings: Readings, since?: Versions): boolean;
}

/** What somebody read in an index. */
export class Readings {
  readonly all: Reading[] = [];
  /** The kinds of the lists, as a set in a number. */
  kinds = 0;

  note(list: keyof Contribution, lookup: string | undefined, name: string, found: unknown): void {
    const isNoted = this.all.some((one) => one.list === list && one.lookup === lookup && one.name === name);
    if (!isNoted) {
      this.all.push({ list, lookup, name, found });
      this.kinds |= bitOf(list);
    }
  }
}

interface Reading {
  readonly list: keyof Contribution;
  /** Under what it was looked up; undefined for the list as a whole. */
  readonly lookup: string | undefined;
  readonly name: string;
  readonly found: unknown;
}

/** An object and the file in which it stands. */
export type Placed<T> = Pick<Indexed<T>, 'uri' | 'item'>;

/** Goes on from the index of an earlier revision, whose lists are kept where they are still the same. */
export function indexFiles(files: ReadonlyMap<string, ManifestFile>, previous?: WorkspaceIndex): WorkspaceIndex {
  const lists = previous instanceof Index ? previous.lists : ObjectLists.EMPTY;
  return new Index(lists.of([...files.values()]), undefined);
}

type Key = keyof Contribution;

class Index implements WorkspaceIndex {
  readonly lists: ObjectLists;
  readonly #readings: Readings | undefined;
  #compared: { readonly since: Versions; readonly kinds: number } | undefined;

  constructor(lists: ObjectLists, readings: Readings | undefined) {
    this.lists = lists;
    this.#readings = readings;
  }

  noting(readings: Readings): WorkspaceIndex {
    return new Index(this.lists, readings);
  }

  versions(): Versions {
    return this.lists.versions();
  }

  stillReads(readings: Readings, since?: Versions): boolean {
    return (
      (readings.kinds & this.changedSince(since)) === 0 ||
      readings.all.every((reading) => this.#read(reading.list, reading.lookup, reading.name) === reading.found)
    );
  }

  /** As a set in a number. All documents of a file ask one after the other. */
  changedSince(since: Versions | undefined): number {
    if (since === undefined) {
      return ALL;
    }
    if (this.#compared?.since !== since) {
      this.#compared = { since, kinds: differing(since, this.versions()) };
    }
    return this.#compared.kinds;
  }

  get services(): readonly Indexed<Service>[] {
    return this.#whole('services').all;
  }

  get routes(): readonly Indexed<Route>[] {
    return this.#whole('routes').all;
  }

  get policies(): readonly Indexed<Resource>[] {
    return this.#whole('policies').all;
  }

  get classes(): readonly Indexed<Resource>[] {
    return this.#whole('classes').all;
  }

  get classesKey(): string {
    return this.#note('classes', CLASSES, '') as string;
  }

  servicesSelecting({ uri, item: { podLabels, resource } }: Placed<Workload>): readonly Indexed<Service>[] {
    if (podLabels === undefined) {
      return NONE;
    }
    const found = this.#named('services', 'label', labelKeys(podLabels)).filter(
      ({ item }) =>
        item.selector !== undefined &&
        sameNamespace(item.resource.namespace, resource.namespace) &&
        selectorMatches(item.selector, podLabels),
    );
    return nearest(uri, found);
  }

  workloadsOf({ uri, item: { selector, resource } }: Placed<Service>): readonly Indexed<Workload>[] {
    const [label] = selector?.entries ?? [];
    if (selector === undefined || label === undefined) {
      return NONE;
    }
    const labelled = this.#named('workloads', 'label', [labelKey(label)]);
    return choose(
      labelled,
      () => `${namespaceKey(resource.namespace)} ${JSON.stringify([...selector.entries])}`,
      ({ item }) =>
        item.podLabels !== undefined &&
        sameNamespace(item.resource.namespace, resource.namespace) &&
        selectorMatches(selector, item.podLabels),
    ).to(uri);
  }

  isScaled(name: string): boolean {
    return this.#named('scalers', 'workload', [name]).length > 0;
  }

  servicesBehind({ uri, item }: Placed<Pick<Ingress, 'resource' | 'backends'>>): readonly Indexed<Service>[] {
    const names = new Set(item.backends.flatMap(({ serviceName }) => written(serviceName)));
    return [...names].flatMap((name) => this.servicesNamed(name, item.resource.namespace, uri));
  }

  ingressesBefore(service: Placed<Resource>): readonly Indexed<Ingress>[] {
    return this.#naming('ingresses', service).filter(({ item }) =>
      sameNamespace(item.resource.namespace, service.item.namespace),
    );
  }

  ingressesBeside(ingress: Ingress): readonly Indexed<Ingress>[] {
    const { resource, backends } = ingress;
    const names = backends.flatMap(({ serviceName }) => written(serviceName));
    return this.#named('ingresses', 'backend', names).filter(
      ({ item }) =>
        item.resource !== resource &&
        !isSameObject(item.resource, resource) &&
        sameNamespace(item.resource.namespace, resource.namespace) &&
        sharedBackends(ingress, item).length > 0,
    );
  }

  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean {
    const ingresses = this.#whole('ingresses');
    const second = ingresses.all.find(({ item }) => item === other);
    return second !== undefined && ingresses.isBefore(one, second);
  }

  routesTo({ uri, item: { resource } }: Placed<Service>): readonly Indexed<Route>[] {
    return this.#naming('routes', { uri, item: resource }).filter(({ item }) =>
      item.rules.some(({ backends }) => backends.some((backend) => leadsTo(backend, item, resource))),
    );
  }

  policiesFor({ resource: route }: Route, { uri, item }: Placed<Service>): readonly Indexed<Resource>[] {
    const { resource: service } = item;
    const named = this.#named(
      'policies',
      'object',
      policiesNamedBy(service).map(({ kind, name }) => objectKey(kind, name)),
    );
    const pointing = this.#named('policies', 'target', [
      ...written(service.name).map((name) => objectKey('Service', name)),
      ...written(route.name).map((name) => objectKey(route.kind, name)),
    ]).filter(({ item: policy }) =>
      targetsOfPolicy(policy).some(
        ({ kind, name, namespace }) =>
          (kind === 'Service' && written(service.name).includes(name) && mayBe(service.namespace, namespace)) ||
          (kind === route.kind && written(route.name).includes(name)),
      ),
    );
    const found = this.lists
      .get('policies')
      .named([named, pointing])
      .filter(({ item: policy }) => sameNamespace(policy.namespace, service.namespace));
    return nearest(uri, found);
  }

  gatewayControllerOf({ gateways }: Route): string | undefined {
    const names = new Set(gateways.flatMap(written));
    const objects = this.classes.map(({ item }) => item);
    const classes = objects
      .filter(({ kind, name }) => kind === 'Gateway' && written(name).some((own) => names.has(own)))
      .flatMap(({ spec }) => written(stringAt(spec, 'gatewayClassName')));
    const controllers = objects
      .filter(({ kind, name }) => kind === 'GatewayClass' && written(name).some((own) => classes.includes(own)))
      .flatMap(({ spec }) => written(stringAt(spec, 'controllerName')));
    return new Set(controllers).size === 1 ? controllers[0] : undefined;
  }

  controllerOfClass(name: string): string | undefined {
    return this.#note('classes', CONTROLLER, name) as string | undefined;
  }

  servicesNamed(name: string, namespace: Located<string>, uri: string): readonly Indexed<Service>[] {
    return this.#nearnessOf(name, namespace).to(uri);
  }

  routesNamed(kind: string, name: string, namespace: Located<string>, uri: string): readonly Indexed<Route>[] {
    const found = this.#named('routes', 'object', [objectKey(kind, name)]).filter(({ item }) =>
      sameNamespace(item.resource.namespace, namespace),
    );
    return nearest(uri, found);
  }

  policiesTargeting({ uri, item: { kind, name, namespace } }: Placed<Resource>): readonly Indexed<Resource>[] {
    const keys = written(name).map((own) => objectKey(kind, own));
    const found = this.#named('policies', 'target', keys).filter(({ item }) =>
      sameNamespace(item.namespace, namespace),
    );
    return nearest(uri, found);
  }

  /** What names a Service as a backend and means the one in this file. */
  #naming<K extends 'ingresses' | 'routes'>(
    list: K,
    { uri, item: { name, namespace } }: Placed<Resource>,
  ): Contribution[K] {
    const [own] = written(name);
    if (own === undefined) {
      return NONE as unknown as Contribution[K];
    }
    const naming: readonly Indexed<unknown>[] = this.#named(list, 'backend', [own]);
    const services = this.#nearnessOf(own, namespace);
    const { only } = services;
    const meaning = only === undefined ? meantBy(naming, services).get(uri) : only.uri === uri ? naming : undefined;
    return (meaning ?? NONE) as Contribution[K];
  }

  #nearnessOf(name: string, namespace: Located<string>): Nearness<Service> {
    return choose(
      this.#named('services', 'name', [name]),
      () => namespaceKey(namespace),
      ({ item }) => sameNamespace(item.resource.namespace, namespace),
    );
  }

  #whole<K extends Key>(key: K): ReturnType<typeof this.lists.get<K>> {
    this.#note(key, undefined, '');
    return this.lists.get(key);
  }

  #named<K extends Key>(key: K, lookup: string, names: readonly string[]): Contribution[K] {
    const buckets = names.map((name) => this.#note(key, lookup, name));
    const list = this.lists.get(key);
    return list.named(buckets as Parameters<typeof list.named>[0]) as unknown as Contribution[K];
  }

  #note(list: Key, lookup: string | undefined, name: string): unknown {
    const found = this.#read(list, lookup, name);
    this.#readings?.note(list, lookup, name, found);
    return found;
  }

  /** What every answer rests on. It is the same, to the pointer, as long as the objects are. */
  #read(key: Key, lookup: string | undefined, name: string): unknown {
    const list = this.lists.get(key);
    switch (lookup) {
      case undefined:
        return list;
      case CONTROLLER:
        return this.lists.get('classes').derived(controllersByClass).get(name);
      case CLASSES:
        return this.lists.get('classes').derived(classesText);
      default:
        return list.bucket(lookup, name);
    }
  }
}

/** What is read of classes besides the objects: who is behind each, and all of that as one text. */
const CONTROLLER = 'controller';
const CLASSES = 'all';

const NONE: readonly never[] = [];

/** Every kind of list. */
const ALL = -1;

/** Those that lie nearest to a file. */
function nearest<T extends Resource | { readonly resource: Resource }>(
  uri: string,
  found: readonly Indexed<T>[],
): readonly Indexed<T>[] {
  return new Nearness(found).to(uri);
}

/** What of the objects under one name was asked for, by how it was chosen from them; kept as long as these are. */
const chosen = new WeakMap<readonly Indexed<unknown>[], Map<string, unknown>>();

const MOST_CHOICES = 100;

/** @param how tells the choice from others among the same objects. */
function choose<T extends { readonly resource: Resource }>(
  from: readonly Indexed<T>[],
  how: () => string,
  takes: (one: Indexed<T>) => boolean,
): Nearness<T> {
  if (from.length < 2) {
    return new Nearness(from.filter(takes));
  }
  const known = chosen.get(from) ?? new Map<string, unknown>();
  chosen.set(from, known);
  if (known.size > MOST_CHOICES) {
    // Somebody types in a selector, and each of its states is another choice.
    known.clear();
  }
  const key = how();
  const nearness = (known.get(key) as Nearness<T> | undefined) ?? new Nearness(from.filter(takes));
  known.set(key, nearness);
  return nearness;
}

/** Of all that names one of several Services, by the files of these, what means the one there. */
function meantBy(
  naming: readonly Indexed<unknown>[],
  services: Nearness<Service>,
): ReadonlyMap<string, readonly Indexed<unknown>[]> {
  const known = meant.get(services) ?? new WeakMap();
  meant.set(services, known);
  let byFile = known.get(naming);
  if (byFile === undefined) {
    byFile = new Map<string, Indexed<unknown>[]>();
    for (const one of naming) {
      for (const file of services.filesNear(one.uri)) {
        const others = byFile.get(file);
        if (others === undefined) {
          byFile.set(file, [one]);
        } else {
          others.push(one);
        }
      }
    }
    known.set(naming, byFile);
  }
  return byFile;
}

type ByFile = Map<string, Indexed<unknown>[]>;

const meant = new WeakMap<Nearness<Service>, WeakMap<readonly Indexed<unknown>[], ByFile>>();

function namespaceKey(namespace: Located<string>): string {
  return namespace.kind === 'value' ? `in ${namespace.value}` : namespace.kind;
}

/** Base and overlay of a Kustomization are one object, seen twice; so are two without a name that could be told. */
function isSameObject(one: Resource, other: Resource): boolean {
  return (
    one.kind === other.kind &&
    written(one.name)[0] === written(other.name)[0] &&
    sameNamespace(one.namespace, other.namespace)
  );
}

/** Where an object does not say its namespace, it is installed into any. */
function mayBe(namespace: Located<string>, wanted: string | undefined): boolean {
  return wanted === undefined || namespace.kind !== 'value' || namespace.value === wanted;
}

function controllersByClass(objects: readonly Indexed<Resource>[]): Map<string, string | undefined> {
  const result = new Map<string, string | undefined>();
  for (const { item } of objects) {
    const { kind, name, spec } = item;
    const controller = kind === 'IngressClass' ? stringAt(spec, 'controller') : undefined;
    if (name.kind === 'value' && controller?.kind === 'value') {
      const agrees = !result.has(name.value) || result.get(name.value) === controller.value;
      result.set(name.value, agrees ? controller.value : undefined);
    }
  }
  return result;
}

function classesText(objects: readonly Indexed<Resource>[]): string {
  return [...controllersByClass(objects)].map(([name, controller]) => `${name} ${controller}`).join('\n');
}
