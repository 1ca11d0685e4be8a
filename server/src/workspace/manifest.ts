import { type Ingress, readIngress } from '../kubernetes/ingress.ts';
import { isKnownField } from '../kubernetes/knownFields.ts';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import { readService, type Service } from '../kubernetes/service.ts';
import { valuesResources } from '../kubernetes/values.ts';
import { readWorkload, type Workload } from '../kubernetes/workload.ts';
import { readDocument, type YamlDocument } from '../yaml/document.ts';
import type { DocumentSlice } from '../yaml/documents.ts';

/** One YAML document with the Kubernetes objects in it. It knows neither its file nor its place there. */
export interface Manifest {
  readonly yaml: YamlDocument;
  readonly resources: readonly Resource[];
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly ingresses: readonly Ingress[];
  /** What a chart's values put into Services; their `resource.view` is `values`. */
  readonly valuesServices: readonly Service[];
}

/** What a file's name says of its documents. */
export type FileRole = 'manifests' | 'values' | 'patches';

export function readManifest(slice: DocumentSlice, role: FileRole): Manifest {
  const yaml = readDocument(slice, isKnownField);
  const resources = resourcesOf(yaml, role === 'patches');
  return {
    yaml,
    resources,
    services: resources.map(readService).filter((service) => service !== undefined),
    workloads: resources.map(readWorkload).filter((workload) => workload !== undefined),
    ingresses: resources.map(readIngress).filter((ingress) => ingress !== undefined),
    valuesServices: valuesResources(yaml, resources, role === 'values')
      .map(readService)
      .filter((service) => service !== undefined),
  };
}

/** Between two markers, or behind the last, there may be comments only; YAML reads them as a value that is left out. */
export function holdsSomething({ yaml: { root } }: Manifest): boolean {
  return root !== undefined && (root.kind !== 'scalar' || root.span.end > root.span.start);
}

/** A manifest at its place in a file. */
export interface PlacedManifest {
  /** Offset of the document in the file. */
  readonly start: number;
  readonly manifest: Manifest;
}

export interface ManifestFile {
  readonly uri: string;
  readonly text: string;
  readonly manifests: readonly PlacedManifest[];
  /** Why the file was not read at all; undefined where it was. */
  readonly notRead: NotRead | undefined;
  /** It is the temporary file of `kubectl edit`: a live object, in which allocated fields belong. */
  readonly liveObject: boolean;
}

export type NotRead = { readonly reason: 'too large'; readonly megabytes: number } | { readonly reason: 'binary' };

/** Longer files are not read, in UTF-16 units: no hand-written manifest comes near. */
export const MAXIMUM_FILE_LENGTH = 10_000_000;
