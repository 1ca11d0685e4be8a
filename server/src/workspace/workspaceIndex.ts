import { type Located, stringAt } from '../kubernetes/field.ts';
import type { Ingress, IngressBackend } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import { selectorMatches } from '../kubernetes/stringMap.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Manifest, ManifestFile } from './manifest.ts';

/** An object and where it stands. */
export interface Indexed<T> {
  readonly file: ManifestFile;
  readonly manifest: Manifest;
  readonly item: T;
}

/** Answers questions that reach over documents and files. What it does not know of may still exist. */
export interface WorkspaceIndex {
  /** The Services of the same namespace whose selector matches the workload's pods. */
  servicesSelecting(workload: Workload): Indexed<Service>[];
  /** The Services of the same namespace that an Ingress names as backends. */
  servicesBehind(ingress: Ingress): Indexed<Service>[];
  /** The Ingresses of the same namespace that name a Service as a backend. */
  ingressesBefore(service: Resource): Indexed<Ingress>[];
  /** The other Ingresses of the same namespace that lead to a Service and port to which this one leads as well. */
  ingressesBeside(ingress: Ingress): Indexed<Ingress>[];
  /** Whether an Ingress stands before another one in the order of files and texts. */
  comesBefore(one: Indexed<Ingress>, other: Ingress): boolean;
  /** `spec.controller` of the IngressClass of that name; undefined where none is known or two disagree. */
  controllerOfClass(name: string): string | undefined;
  /** All that is known of classes, as a text that changes with it. */
  readonly classesKey: string;
}

export function indexFiles(files: ReadonlyMap<string, ManifestFile>): WorkspaceIndex {
  let services: Indexed<Service>[] | undefined;
  let ingresses: Indexed<Ingress>[] | undefined;
  const allServices = (): Indexed<Service>[] => {
    services ??= collect(files.values(), ({ services: found }) => found);
    return services;
  };
  const allIngresses = (): Indexed<Ingress>[] => {
    ingresses ??= collect(files.values(), ({ ingresses: found }) => found);
    return ingresses;
  };
  let classes: ReadonlyMap<string, string | undefined> | undefined;
  const controllers = (): ReadonlyMap<string, string | undefined> => {
    classes ??= controllersByClass(files.values());
    return classes;
  };
  return {
    servicesBehind({ resource, backends }) {
      const names = new Set(backends.flatMap(({ serviceName }) => written(serviceName)));
      return names.size === 0
        ? []
        : allServices().filter(
            ({ item }) =>
              written(item.resource.name).some((name) => names.has(name)) &&
              sameNamespace(item.resource.namespace, resource.namespace),
          );
    },
    ingressesBefore({ name, namespace }) {
      const [own] = written(name);
      return own === undefined
        ? []
        : allIngresses().filter(
            ({ item }) =>
              item.backends.some(({ serviceName }) => written(serviceName).includes(own)) &&
              sameNamespace(item.resource.namespace, namespace),
          );
    },
    ingressesBeside({ resource, backends }) {
      const own = new Set(backends.flatMap(backendKey));
      const [ownName] = written(resource.name);
      return allIngresses().filter(
        ({ item }) =>
          item.resource !== resource &&
          // Of one name it is one object, seen twice.
          written(item.resource.name)[0] !== ownName &&
          item.backends.flatMap(backendKey).some((key) => own.has(key)) &&
          sameNamespace(item.resource.namespace, resource.namespace),
      );
    },
    comesBefore(one, other) {
      const all = allIngresses();
      return all.indexOf(one) < all.findIndex(({ item }) => item === other);
    },
    controllerOfClass: (name) => controllers().get(name),
    get classesKey() {
      return [...controllers()].map(([name, controller]) => `${name} ${controller}`).join('\n');
    },
    servicesSelecting(workload) {
      const labels = workload.podLabels;
      return labels === undefined
        ? []
        : allServices().filter(
            ({ item }) =>
              item.selector !== undefined &&
              sameNamespace(item.resource.namespace, workload.resource.namespace) &&
              selectorMatches(item.selector, labels),
          );
    },
  };
}

function collect<T>(files: Iterable<ManifestFile>, of: (manifest: Manifest) => readonly T[]): Indexed<T>[] {
  const result: Indexed<T>[] = [];
  for (const file of files) {
    for (const { manifest } of file.manifests) {
      result.push(...of(manifest).map((item) => ({ file, manifest, item })));
    }
  }
  return result;
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
