import type { Located } from '../kubernetes/field.ts';
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
}

export function indexFiles(files: Iterable<ManifestFile>): WorkspaceIndex {
  let services: Indexed<Service>[] | undefined;
  const collect = (): Indexed<Service>[] => {
    const result: Indexed<Service>[] = [];
    for (const file of files) {
      for (const { manifest } of file.manifests) {
        result.push(...manifest.services.map((item) => ({ file, manifest, item })));
      }
    }
    return result;
  };
  return {
    servicesSelecting(workload) {
      services ??= collect();
      const labels = workload.podLabels;
      return labels === undefined
        ? []
        : services.filter(
            ({ item }) =>
              item.selector !== undefined &&
              sameNamespace(item.resource.namespace, workload.resource.namespace) &&
              selectorMatches(item.selector, labels),
          );
    },
  };
}

function sameNamespace(a: Located<string>, b: Located<string>): boolean {
  return a.kind === b.kind && (a.kind !== 'value' || (b.kind === 'value' && a.value === b.value));
}
