import { type Located, stringAt } from '../kubernetes/field.ts';
import type { Ingress } from '../kubernetes/ingress.ts';
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
  /** `spec.controller` of the IngressClass of that name; undefined where none is known or two disagree. */
  controllerOfClass(name: string): string | undefined;
  /** All that is known of classes, as a text that changes with it. */
  readonly classesKey: string;
}

export function indexFiles(files: Iterable<ManifestFile>): WorkspaceIndex {
  let services: Indexed<Service>[] | undefined;
  let ingresses: Indexed<Ingress>[] | undefined;
  const allServices = (): Indexed<Service>[] => {
    services ??= collect(files, ({ services: found }) => found);
    return services;
  };
  const allIngresses = (): Indexed<Ingress>[] => {
    ingresses ??= collect(files, ({ ingresses: found }) => found);
    return ingresses;
  };
  let classes: ReadonlyMap<string, string | undefined> | undefined;
  const controllers = (): ReadonlyMap<string, string | undefined> => {
    classes ??= controllersByClass(files);
    return classes;
  };
  return {
    servicesBehind({ resource, backends }) {
      const names = new Set(backends.flatMap(({ serviceName }) => known(serviceName)));
      return names.size === 0
        ? []
        : allServices().filter(
            ({ item }) =>
              known(item.resource.name).some((name) => names.has(name)) &&
              sameNamespace(item.resource.namespace, resource.namespace),
          );
    },
    ingressesBefore({ name, namespace }) {
      const [own] = known(name);
      return own === undefined
        ? []
        : allIngresses().filter(
            ({ item }) =>
              item.backends.some(({ serviceName }) => known(serviceName).includes(own)) &&
              sameNamespace(item.resource.namespace, namespace),
          );
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

function known(located: Located<string>): string[] {
  return located.kind === 'value' ? [located.value] : [];
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
