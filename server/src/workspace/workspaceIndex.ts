import { type Located, stringAt } from '../kubernetes/field.ts';
import type { Ingress, IngressBackend } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { type Route, readRoute } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import { selectorMatches } from '../kubernetes/stringMap.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Manifest, ManifestFile } from './manifest.ts';
import { isPolicy, policiesNamedBy, targetsOfPolicy } from './policies.ts';

/** An object and where it stands. */
export interface Indexed<T> {
  readonly file: ManifestFile;
  readonly manifest: Manifest;
  readonly item: T;
}

/**
 * Answers questions that reach over documents and files. What it does not know of may still exist. Names are compared
 * within a namespace, and an object without one is in another than an object that has one.
 */
export interface WorkspaceIndex {
  readonly services: readonly Indexed<Service>[];
  readonly routes: readonly Indexed<Route>[];
  /** The objects that say something about the persistence of others. */
  readonly policies: readonly Indexed<Resource>[];
  /** The Services whose selector matches the workload's pods. */
  servicesSelecting(workload: Workload): Indexed<Service>[];
  /** The workloads whose pods a Service's selector matches. */
  workloadsOf(service: Service): Indexed<Workload>[];
  /** The Services that an Ingress names as backends. */
  servicesBehind(ingress: Pick<Ingress, 'resource' | 'backends'>): Indexed<Service>[];
  /** The Ingresses that name a Service as a backend. */
  ingressesBefore(service: Resource): Indexed<Ingress>[];
  /** The other Ingresses that lead to a Service and port to which this one leads as well. */
  ingressesBeside(ingress: Ingress): Indexed<Ingress>[];
  /** Whether an Ingress stands before another one in the order of files and texts. */
  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean;
  /** The Ingress that an object is. */
  ingressOf(resource: Resource): Ingress | undefined;
  /** The routes of every kind that name a Service as a backend. */
  routesTo(service: Service): Indexed<Route>[];
  /** The policies that speak of a Service or of a route to it. */
  policiesFor(route: Route, service: Service): Indexed<Resource>[];
  /** `spec.controllerName` of the class of a route's Gateway; undefined where none is known or several disagree. */
  gatewayControllerOf(route: Route): string | undefined;
  /** `spec.controller` of the IngressClass of that name; undefined where none is known or two disagree. */
  controllerOfClass(name: string): string | undefined;
  /** All that is known of classes, as a text that changes with it. */
  readonly classesKey: string;
}

export function indexFiles(files: ReadonlyMap<string, ManifestFile>): WorkspaceIndex {
  return new Index(files);
}

/** Each part is worked out when somebody asks for it, and kept as long as the index. */
class Index implements WorkspaceIndex {
  readonly #files: ReadonlyMap<string, ManifestFile>;
  #services: Indexed<Service>[] | undefined;
  #workloads: Indexed<Workload>[] | undefined;
  #ingresses: Indexed<Ingress>[] | undefined;
  #routes: Indexed<Route>[] | undefined;
  #policies: Indexed<Resource>[] | undefined;
  #classes: ReadonlyMap<string, string | undefined> | undefined;

  constructor(files: ReadonlyMap<string, ManifestFile>) {
    this.#files = files;
  }

  get services(): Indexed<Service>[] {
    this.#services ??= this.#collect(({ services }) => services);
    return this.#services;
  }

  get routes(): Indexed<Route>[] {
    this.#routes ??= this.#collect(({ resources }) => resources.map(readRoute).filter((route) => route !== undefined));
    return this.#routes;
  }

  get policies(): Indexed<Resource>[] {
    this.#policies ??= this.#collect(({ resources }) => resources.filter(isPolicy));
    return this.#policies;
  }

  get classesKey(): string {
    return [...this.#controllers()].map(([name, controller]) => `${name} ${controller}`).join('\n');
  }

  servicesSelecting({ podLabels, resource }: Workload): Indexed<Service>[] {
    return podLabels === undefined
      ? []
      : this.services.filter(
          ({ item }) =>
            item.selector !== undefined &&
            sameNamespace(item.resource.namespace, resource.namespace) &&
            selectorMatches(item.selector, podLabels),
        );
  }

  workloadsOf({ selector, resource }: Service): Indexed<Workload>[] {
    this.#workloads ??= this.#collect(({ workloads }) => workloads);
    return selector === undefined
      ? []
      : this.#workloads.filter(
          ({ item }) =>
            item.podLabels !== undefined &&
            sameNamespace(item.resource.namespace, resource.namespace) &&
            selectorMatches(selector, item.podLabels),
        );
  }

  servicesBehind({ resource, backends }: Pick<Ingress, 'resource' | 'backends'>): Indexed<Service>[] {
    const names = new Set(backends.flatMap(({ serviceName }) => written(serviceName)));
    return names.size === 0
      ? []
      : this.services.filter(
          ({ item }) =>
            written(item.resource.name).some((name) => names.has(name)) &&
            sameNamespace(item.resource.namespace, resource.namespace),
        );
  }

  ingressesBefore({ name, namespace }: Resource): Indexed<Ingress>[] {
    const [own] = written(name);
    return own === undefined
      ? []
      : this.#allIngresses().filter(
          ({ item }) =>
            item.backends.some(({ serviceName }) => written(serviceName).includes(own)) &&
            sameNamespace(item.resource.namespace, namespace),
        );
  }

  ingressesBeside({ resource, backends }: Ingress): Indexed<Ingress>[] {
    const own = new Set(backends.flatMap(backendKey));
    const [ownName] = written(resource.name);
    return this.#allIngresses().filter(
      ({ item }) =>
        item.resource !== resource &&
        // Of one name it is one object, seen twice.
        written(item.resource.name)[0] !== ownName &&
        item.backends.flatMap(backendKey).some((key) => own.has(key)) &&
        sameNamespace(item.resource.namespace, resource.namespace),
    );
  }

  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean {
    const all = this.#allIngresses();
    return all.indexOf(one) < all.findIndex(({ item }) => item === other);
  }

  ingressOf(resource: Resource): Ingress | undefined {
    return this.#allIngresses().find(({ item }) => item.resource === resource)?.item;
  }

  routesTo({ resource: { name, namespace } }: Service): Indexed<Route>[] {
    const [own] = written(name);
    return own === undefined
      ? []
      : this.routes.filter(({ item }) =>
          item.rules.some(({ backends }) =>
            backends.some(
              (backend) =>
                written(backend.serviceName).includes(own) &&
                sameNamespace(
                  backend.namespace.kind === 'absent' ? item.resource.namespace : backend.namespace,
                  namespace,
                ),
            ),
          ),
        );
  }

  policiesFor({ resource: route }: Route, { resource: service }: Service): Indexed<Resource>[] {
    const named = policiesNamedBy(service);
    const [serviceName] = written(service.name);
    const [routeName] = written(route.name);
    return this.policies.filter(({ item }) => {
      const isNamed = named.some(({ kind, name }) => kind === item.kind && written(item.name).includes(name));
      const pointsHere = targetsOfPolicy(item).some(
        ({ kind, name }) => (kind === 'Service' && name === serviceName) || (kind === route.kind && name === routeName),
      );
      return (isNamed || pointsHere) && sameNamespace(item.namespace, service.namespace);
    });
  }

  gatewayControllerOf({ gateways }: Route): string | undefined {
    const names = new Set(gateways.flatMap(written));
    const objects = [...this.#files.values()].flatMap(({ manifests }) =>
      manifests.flatMap(({ manifest }) => manifest.resources),
    );
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

  #allIngresses(): Indexed<Ingress>[] {
    this.#ingresses ??= this.#collect(({ ingresses }) => ingresses);
    return this.#ingresses;
  }

  #controllers(): ReadonlyMap<string, string | undefined> {
    this.#classes ??= controllersByClass(this.#files.values());
    return this.#classes;
  }

  #collect<T>(of: (manifest: Manifest) => readonly T[]): Indexed<T>[] {
    const result: Indexed<T>[] = [];
    for (const file of this.#files.values()) {
      for (const { manifest } of file.manifests) {
        result.push(...of(manifest).map((item) => ({ file, manifest, item })));
      }
    }
    return result;
  }
}

function written(located: Located<string>): string[] {
  return located.kind === 'value' ? [located.value] : [];
}

function backendKey({ serviceName, portName, portNumber }: IngressBackend): string[] {
  const port = portNumber.kind === 'value' ? String(portNumber.value) : written(portName)[0];
  return written(serviceName).map((name) => `${name} ${port ?? ''}`);
}

function sameNamespace(a: Located<string>, b: Located<string>): boolean {
  return a.kind === b.kind && (a.kind !== 'value' || (b.kind === 'value' && a.value === b.value));
}

function controllersByClass(files: Iterable<ManifestFile>): Map<string, string | undefined> {
  const result = new Map<string, string | undefined>();
  for (const { manifests } of files) {
    for (const { resources } of manifests.map(({ manifest }) => manifest)) {
      for (const { kind, name, spec } of resources) {
        const controller = kind === 'IngressClass' ? stringAt(spec, 'controller') : undefined;
        if (name.kind === 'value' && controller?.kind === 'value') {
          const known = result.get(name.value) ?? controller.value;
          result.set(name.value, known === controller.value ? known : undefined);
        }
      }
    }
  }
  return result;
}
