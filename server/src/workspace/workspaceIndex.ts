import { type Located, stringAt } from '../kubernetes/field.ts';
import { type Ingress, sharedBackends } from '../kubernetes/ingress.ts';
import { type Resource, sameNamespace } from '../kubernetes/resource.ts';
import { itemsOf, leadsTo, type Route, readRoute } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import { selectorMatches } from '../kubernetes/stringMap.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Manifest, ManifestFile } from './manifest.ts';
import { isPolicy, policiesNamedBy, targetsOfPolicy } from './policies.ts';

/** An object and where it stands. */
export interface Indexed<T> {
  /** The file's. */
  readonly uri: string;
  readonly manifest: Manifest;
  readonly item: T;
}

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
  /** The Ingress that an object is. */
  ingressOf(resource: Resource): Ingress | undefined;
  /** The routes of every kind that name a Service as a backend. */
  routesTo(service: Placed<Service>): readonly Indexed<Route>[];
  /** The policies that speak of a Service or of a route to it. */
  policiesFor(route: Route, service: Placed<Service>): readonly Indexed<Resource>[];
  /** `spec.controllerName` of the class of a route's Gateway; undefined where none is known or several disagree. */
  gatewayControllerOf(route: Route): string | undefined;
  /** `spec.controller` of the IngressClass of that name; undefined where none is known or two disagree. */
  controllerOfClass(name: string): string | undefined;
  /** All that is known of classes, as a text that changes with it. */
  readonly classesKey: string;
}

/** An object and the file in which it stands. */
export type Placed<T> = Pick<Indexed<T>, 'uri' | 'item'>;

/** Goes on from the index of an earlier revision, whose lists are kept where they are still the same. */
export function indexFiles(files: ReadonlyMap<string, ManifestFile>, previous?: WorkspaceIndex): WorkspaceIndex {
  return new Index(files, new Map(previous instanceof Index ? previous.lists : []));
}

/**
 * Each list is put together when somebody asks for it, and kept with all that is looked up in it as long as it holds
 * the same objects, over revisions. What a file contributes is kept as long as the file.
 */
class Index implements WorkspaceIndex {
  /** As far as they are known; those of an earlier revision until they were compared. */
  readonly lists: Map<keyof Contribution, List<unknown>>;
  readonly #files: ReadonlyMap<string, ManifestFile>;
  readonly #upToDate = new Set<keyof Contribution>();

  constructor(files: ReadonlyMap<string, ManifestFile>, lists: Map<keyof Contribution, List<unknown>>) {
    this.#files = files;
    this.lists = lists;
  }

  get services(): readonly Indexed<Service>[] {
    return this.#list('services').all;
  }

  get routes(): readonly Indexed<Route>[] {
    return this.#list('routes').all;
  }

  get policies(): readonly Indexed<Resource>[] {
    return this.#list('policies').all;
  }

  get classes(): readonly Indexed<Resource>[] {
    return this.#list('classes').all;
  }

  get classesKey(): string {
    return this.#list('classes').derived('key', (all) =>
      [...controllersByClass(all)].map(([name, controller]) => `${name} ${controller}`).join('\n'),
    );
  }

  servicesSelecting({ uri, item: { podLabels, resource } }: Placed<Workload>): readonly Indexed<Service>[] {
    if (podLabels === undefined) {
      return [];
    }
    const byLabel = this.#list('services').derived('byLabel', (all) =>
      byName(all, ({ selector }) => [...(selector?.entries ?? [])].map(labelKey)),
    );
    const found = named(byLabel, [...podLabels.entries].map(labelKey)).filter(
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
      return [];
    }
    const byLabel = this.#list('pods').derived('byLabel', (all) =>
      byName(all, ({ podLabels }) => [...(podLabels?.entries ?? [])].map(labelKey)),
    );
    const found = named(byLabel, [labelKey(label)]).filter(
      ({ item }) =>
        item.podLabels !== undefined &&
        sameNamespace(item.resource.namespace, resource.namespace) &&
        selectorMatches(selector, item.podLabels),
    );
    return nearest(uri, found);
  }

  isScaled(name: string): boolean {
    return this.#list('scalers')
      .derived('names', (all) => new Set(all.flatMap(({ item }) => namesScaledBy(item))))
      .has(name);
  }

  servicesBehind({ uri, item }: Placed<Pick<Ingress, 'resource' | 'backends'>>): readonly Indexed<Service>[] {
    const names = new Set(item.backends.flatMap(({ serviceName }) => written(serviceName)));
    return [...names].flatMap((name) => this.#servicesNamed(name, item.resource.namespace, uri));
  }

  ingressesBefore({ item: { name, namespace }, uri }: Placed<Resource>): readonly Indexed<Ingress>[] {
    return this.#ingressesTo(written(name)).filter(
      ({ item, uri: from }) =>
        sameNamespace(item.resource.namespace, namespace) && this.#isMeant(name, namespace, from, uri),
    );
  }

  ingressesBeside(ingress: Ingress): readonly Indexed<Ingress>[] {
    const { resource, backends } = ingress;
    const names = backends.flatMap(({ serviceName }) => written(serviceName));
    return this.#ingressesTo(names).filter(
      ({ item }) =>
        item.resource !== resource &&
        !isSameObject(item.resource, resource) &&
        sameNamespace(item.resource.namespace, resource.namespace) &&
        sharedBackends(ingress, item).length > 0,
    );
  }

  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean {
    const places = this.#placesOfIngresses();
    return (places.get(one.item.resource) ?? -1) < (places.get(other.resource) ?? -1);
  }

  ingressOf(resource: Resource): Ingress | undefined {
    const place = this.#placesOfIngresses().get(resource);
    return place === undefined ? undefined : this.#list('ingresses').all[place]?.item;
  }

  routesTo({ uri, item: { resource } }: Placed<Service>): readonly Indexed<Route>[] {
    const { name, namespace } = resource;
    const [own] = written(name);
    if (own === undefined) {
      return [];
    }
    const byBackend = this.#list('routes').derived('byBackend', (all) =>
      byName(all, ({ rules }) =>
        rules.flatMap(({ backends }) => backends.flatMap(({ serviceName }) => written(serviceName))),
      ),
    );
    return named(byBackend, [own]).filter(
      ({ item, uri: from }) =>
        item.rules.some(({ backends }) => backends.some((backend) => leadsTo(backend, item, resource))) &&
        this.#isMeant(name, namespace, from, uri),
    );
  }

  policiesFor({ resource: route }: Route, { uri, item }: Placed<Service>): readonly Indexed<Resource>[] {
    const { resource: service } = item;
    const policies = policiesNamedBy(service);
    const [serviceName] = written(service.name);
    const [routeName] = written(route.name);
    const found = this.policies.filter(({ item: policy }) => {
      const isNamed = policies.some(({ kind, name }) => kind === policy.kind && written(policy.name).includes(name));
      const pointsHere = targetsOfPolicy(policy).some(
        ({ kind, name, namespace }) =>
          (kind === 'Service' && name === serviceName && mayBe(service.namespace, namespace)) ||
          (kind === route.kind && name === routeName),
      );
      return (isNamed || pointsHere) && sameNamespace(policy.namespace, service.namespace);
    });
    return nearest(uri, found);
  }

  gatewayControllerOf({ gateways }: Route): string | undefined {
    const names = new Set(gateways.flatMap(written));
    const objects = this.#list('classes').all.map(({ item }) => item);
    const classes = objects
      .filter(({ kind, name }) => kind === 'Gateway' && written(name).some((own) => names.has(own)))
      .flatMap(({ spec }) => written(stringAt(spec, 'gatewayClassName')));
    const controllers = objects
      .filter(({ kind, name }) => kind === 'GatewayClass' && written(name).some((own) => classes.includes(own)))
      .flatMap(({ spec }) => written(stringAt(spec, 'controllerName')));
    return new Set(controllers).size === 1 ? controllers[0] : undefined;
  }

  controllerOfClass(name: string): string | undefined {
    return this.#controllers().get(name);
  }

  /** The Services of a name that whoever names it in a file can mean. */
  #servicesNamed(name: string, namespace: Located<string>, uri: string): readonly Indexed<Service>[] {
    const byServiceName = this.#list('services').derived('byName', (all) =>
      byName(all, (service) => written(service.resource.name)),
    );
    const found = named(byServiceName, [name]).filter(({ item }) => sameNamespace(item.resource.namespace, namespace));
    return nearest(uri, found);
  }

  /** Whether the Service of a name that stands in one file is the one that another file means. */
  #isMeant(name: Located<string>, namespace: Located<string>, from: string, uri: string): boolean {
    return written(name).some((own) =>
      this.#servicesNamed(own, namespace, from).some((service) => service.uri === uri),
    );
  }

  #ingressesTo(names: readonly string[]): Indexed<Ingress>[] {
    const byBackend = this.#list('ingresses').derived('byBackend', (all) =>
      byName(all, ({ backends }) => backends.flatMap(({ serviceName }) => written(serviceName))),
    );
    return named(byBackend, names);
  }

  #placesOfIngresses(): ReadonlyMap<Resource, number> {
    return this.#list('ingresses').derived(
      'places',
      (all) => new Map(all.map(({ item }, place) => [item.resource, place])),
    );
  }

  #controllers(): ReadonlyMap<string, string | undefined> {
    return this.#list('classes').derived('controllers', controllersByClass);
  }

  #list<Key extends keyof Contribution>(key: Key): ListOf<Key> {
    let list = this.lists.get(key);
    if (list === undefined || !this.#upToDate.has(key)) {
      const all: Indexed<unknown>[] = [];
      for (const file of this.#files.values()) {
        for (const one of contributionOf(file)[key]) {
          all.push(one);
        }
      }
      list = list !== undefined && areSame(list.all, all) ? list : new List(all);
      this.lists.set(key, list);
      this.#upToDate.add(key);
    }
    return list as unknown as ListOf<Key>;
  }
}

type ListOf<Key extends keyof Contribution> = Contribution[Key] extends readonly Indexed<infer T>[] ? List<T> : never;

/** Objects of a kind in the order of files and texts, and what is looked up in them. */
class List<T> {
  readonly all: readonly Indexed<T>[];
  readonly #derived = new Map<string, unknown>();

  constructor(all: readonly Indexed<T>[]) {
    this.all = all;
  }

  /** What follows from the list alone, worked out once. */
  derived<Result>(name: string, of: (all: readonly Indexed<T>[]) => Result): Result {
    let result = this.#derived.get(name) as Result | undefined;
    if (result === undefined) {
      result = of(this.all);
      this.#derived.set(name, result);
    }
    return result;
  }
}

/** Whether these are the same objects in the same places. */
export function areSame(some: readonly Indexed<unknown>[], others: readonly Indexed<unknown>[]): boolean {
  return (
    some === others ||
    (some.length === others.length &&
      some.every(({ uri, manifest, item }, place) => {
        const other = others[place];
        return other !== undefined && other.item === item && other.manifest === manifest && other.uri === uri;
      }))
  );
}

/** Those whose folders share most with that of a file; what is laid over an object lies where it may. */
function nearest<T extends ObjectAt>(uri: string, found: readonly Indexed<T>[]): readonly Indexed<T>[] {
  if (found.length < 2) {
    return found;
  }
  const isWhole = ({ item }: Indexed<T>): boolean => viewOf(item) === 'whole';
  const whole = found.filter(isWhole);
  const most = Math.max(...whole.map((one) => sharedFolders(uri, one.uri)));
  return found.filter((one) => !isWhole(one) || sharedFolders(uri, one.uri) === most);
}

type ObjectAt = Resource | { readonly resource: Resource };

function viewOf(item: ObjectAt): Resource['view'] {
  return 'resource' in item ? item.resource.view : item.view;
}

function sharedFolders(one: string, other: string): number {
  const folders = one.split('/').slice(0, -1);
  const others = other.split('/').slice(0, -1);
  const differing = folders.findIndex((folder, depth) => folder !== others[depth]);
  return differing === -1 ? folders.length : differing;
}

/** What stands under any of the names, each once, in the order of files and texts. */
function named<T>(all: Named<T>, names: readonly string[]): Indexed<T>[] {
  const lists = [...new Set(names)].flatMap((name) => all.get(name) ?? []);
  if (names.length < 2) {
    return lists.map(({ indexed }) => indexed);
  }
  const byPlace = new Map(lists.map(({ indexed, place }) => [place, indexed]));
  return [...byPlace].sort(([one], [other]) => one - other).map(([, indexed]) => indexed);
}

/** What a file tells of its objects, in the order of its text. */
interface Contribution {
  readonly services: readonly Indexed<Service>[];
  readonly pods: readonly Indexed<Workload>[];
  readonly ingresses: readonly Indexed<Ingress>[];
  readonly routes: readonly Indexed<Route>[];
  readonly policies: readonly Indexed<Resource>[];
  /** IngressClasses, Gateways and GatewayClasses. */
  readonly classes: readonly Indexed<Resource>[];
  readonly scalers: readonly Indexed<Resource>[];
}

const contributions = new WeakMap<ManifestFile, Contribution>();

function contributionOf(file: ManifestFile): Contribution {
  let known = contributions.get(file);
  if (known === undefined) {
    known = new FileContribution(file);
    contributions.set(file, known);
  }
  return known;
}

const CLASS_KINDS = new Set(['IngressClass', 'Gateway', 'GatewayClass']);
const SCALER_KINDS = new Set(['HorizontalPodAutoscaler', 'ScaledObject', 'Kustomization']);
const NONE: readonly never[] = [];

class FileContribution implements Contribution {
  readonly services: readonly Indexed<Service>[];
  readonly ingresses: readonly Indexed<Ingress>[];
  readonly routes: readonly Indexed<Route>[];
  readonly policies: readonly Indexed<Resource>[];
  readonly classes: readonly Indexed<Resource>[];
  readonly scalers: readonly Indexed<Resource>[];
  readonly #file: ManifestFile;
  #pods: readonly Indexed<Workload>[] | undefined;

  constructor(file: ManifestFile) {
    this.#file = file;
    const manifests = file.manifests.map(({ manifest }) => manifest).filter(({ relevance }) => relevance === 'all');
    const collect = <T>(of: (manifest: Manifest) => readonly T[]): readonly Indexed<T>[] => {
      const found = manifests.flatMap((manifest) => of(manifest).map((item) => ({ uri: file.uri, manifest, item })));
      return found.length === 0 ? NONE : found;
    };
    this.services = collect(({ services }) => services);
    this.ingresses = collect(({ ingresses }) => ingresses);
    this.routes = collect(routesOf);
    this.policies = collect(({ resources }) => resources.filter(isPolicy));
    this.classes = collect(({ resources }) => resources.filter(({ kind }) => CLASS_KINDS.has(kind)));
    this.scalers = collect(({ resources }) => resources.filter(({ kind }) => SCALER_KINDS.has(kind)));
  }

  /** Few ask for pods, and to find them all workloads have to be read. */
  get pods(): readonly Indexed<Workload>[] {
    this.#pods ??= this.#file.manifests.flatMap(({ manifest }) =>
      manifest.pods.map((item) => ({ uri: this.#file.uri, manifest, item })),
    );
    return this.#pods;
  }
}

const routes = new WeakMap<Manifest, readonly Route[]>();

function routesOf(manifest: Manifest): readonly Route[] {
  let known = routes.get(manifest);
  if (known === undefined) {
    known = manifest.resources.map(readRoute).filter((route) => route !== undefined);
    routes.set(manifest, known);
  }
  return known;
}

/** Objects by names that they have or mention, each list in the order of files and texts. */
type Named<T> = ReadonlyMap<string, readonly { readonly indexed: Indexed<T>; readonly place: number }[]>;

function byName<T>(all: readonly Indexed<T>[], namesOf: (item: T) => readonly string[]): Named<T> {
  const result = new Map<string, { indexed: Indexed<T>; place: number }[]>();
  for (const [place, indexed] of all.entries()) {
    for (const name of new Set(namesOf(indexed.item))) {
      const list = result.get(name);
      if (list === undefined) {
        result.set(name, [{ indexed, place }]);
      } else {
        list.push({ indexed, place });
      }
    }
  }
  return result;
}

function labelKey([key, value]: readonly [string, string]): string {
  return `${key}=${value}`;
}

/** The workloads whose number of pods an autoscaler or a Kustomization sets. */
function namesScaledBy({ root, spec }: Resource): string[] {
  return [
    stringAt(spec, 'scaleTargetRef', 'name'),
    ...itemsOf(root, 'replicas').map((replicas) => stringAt(replicas, 'name')),
  ].flatMap(written);
}

/** Base and overlay of a Kustomization are one object, seen twice; so are two without a name that could be told. */
function isSameObject(one: Resource, other: Resource): boolean {
  return (
    one.kind === other.kind &&
    written(one.name)[0] === written(other.name)[0] &&
    sameNamespace(one.namespace, other.namespace)
  );
}

function written(located: Located<string>): string[] {
  return located.kind === 'value' ? [located.value] : [];
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
