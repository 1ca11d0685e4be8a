import { type Ingress, readIngress } from '../kubernetes/ingress.ts';
import { isKnownField } from '../kubernetes/knownFields.ts';
import { type Resource, resourcesOf } from '../kubernetes/resource.ts';
import { readService, type Service } from '../kubernetes/service.ts';
import type { StringMap } from '../kubernetes/stringMap.ts';
import { valuesResources } from '../kubernetes/values.ts';
import { readWorkload, type Workload } from '../kubernetes/workload.ts';
import { readDocument, type YamlDocument } from '../yaml/document.ts';
import type { DocumentSlice } from '../yaml/documents.ts';
import type { ListPart } from '../yaml/listParts.ts';
import type { YamlMapping } from '../yaml/nodes.ts';
import { contentShownBy, type FileRole, objectsShownBy, type Relevance, relevanceOf } from './relevance.ts';

/**
 * One YAML document, or an item of a List, with the Kubernetes objects in it. It knows neither its file nor its place
 * there. It is parsed when somebody first asks for more than its text, which nobody does of one that cannot matter.
 */
export interface Manifest {
  /** As it stands in the file. */
  readonly raw: string;
  /** How many template blocks are open where it begins. */
  readonly openTemplateBlocks: number;
  /** What it is of a List that is read item by item; undefined for a whole document. */
  readonly listPart: ListPart | undefined;
  /** Of what importance its text can be at most. */
  readonly relevance: Relevance;
  readonly yaml: YamlDocument;
  readonly resources: readonly Resource[];
  readonly services: readonly Service[];
  readonly workloads: readonly Workload[];
  readonly ingresses: readonly Ingress[];
  /** What a chart's values put into Services; their `resource.view` is `values`. */
  readonly valuesServices: readonly Service[];
  /** The same as `workloads` for whoever looks for pods: asking for them keeps no tree in memory for long. */
  readonly pods: readonly Workload[];
  /** Lets go of the tree of a document of workloads, of which hardly anything is asked again. */
  forget(): void;
}

export function readManifest(slice: DocumentSlice, role: FileRole): Manifest {
  const manifest = new LazyManifest(slice, role, relevanceOf(slice.text, role));
  if (manifest.relevance === 'all') {
    manifest.read();
  }
  return manifest;
}

/** What is read from the text of a document. */
type Content = Pick<Manifest, 'yaml' | 'resources' | 'services' | 'workloads' | 'ingresses' | 'valuesServices'>;

class LazyManifest implements Manifest {
  readonly relevance: Relevance;
  readonly #slice: DocumentSlice;
  readonly #role: FileRole;
  #content: Content | undefined;
  #pods: readonly Workload[] | undefined;

  constructor(slice: DocumentSlice, role: FileRole, relevance: Relevance) {
    this.#slice = slice;
    this.#role = role;
    this.relevance = relevance;
  }

  get raw(): string {
    return this.#slice.text;
  }

  get openTemplateBlocks(): number {
    return this.#slice.openTemplateBlocks;
  }

  get listPart(): ListPart | undefined {
    return this.#slice.listPart;
  }

  get yaml(): YamlDocument {
    return this.read().yaml;
  }

  get resources(): readonly Resource[] {
    return this.read().resources;
  }

  get services(): readonly Service[] {
    return this.relevance === 'all' ? this.read().services : [];
  }

  get workloads(): readonly Workload[] {
    return this.relevance === 'none' ? [] : this.read().workloads;
  }

  get ingresses(): readonly Ingress[] {
    return this.relevance === 'all' ? this.read().ingresses : [];
  }

  get valuesServices(): readonly Service[] {
    return this.relevance === 'all' ? this.read().valuesServices : [];
  }

  get pods(): readonly Workload[] {
    if (this.relevance !== 'workloads') {
      return this.workloads;
    }
    if (this.#pods !== undefined) {
      return this.#pods;
    }
    return this.#inPassing(() => this.#summarize(this.workloads));
  }

  read(): Content {
    this.#content ??= readContent(this.#slice, this.#role);
    return this.#content;
  }

  forget(): void {
    waiting.delete(this);
    if (this.relevance === 'workloads' && this.#content !== undefined) {
      this.#summarize(this.#content.workloads);
      this.#content = undefined;
    }
  }

  #summarize(workloads: readonly Workload[]): readonly Workload[] {
    this.#pods ??= workloads.map(
      (workload, index) => new WorkloadSummary(workload, () => this.#inPassing(() => this.workloads[index])),
    );
    return this.#pods;
  }

  /** Asks for something without keeping what had to be read for it. */
  #inPassing<T>(ask: () => T): T {
    const isKept = this.#content !== undefined;
    const answer = ask();
    if (!isKept) {
      keepUntilJudged(this);
    }
    return answer;
  }
}

/**
 * Documents that were read for their pods and that nobody has judged yet. After an edit rules do that at once, and then
 * let go of them. Of a whole workspace only the last few are kept: a tree takes ten times the room of its text, and
 * what lives on for a while takes it far longer, since the collector of short-lived objects no longer looks at it.
 */
const waiting = new Set<Manifest>();
const MOST_WAITING = 4;

function keepUntilJudged(manifest: Manifest): void {
  const [longest] = waiting.size < MOST_WAITING ? [] : waiting;
  longest?.forget();
  waiting.add(manifest);
}

function readContent(slice: DocumentSlice, role: FileRole): Content {
  const yaml = readDocument(slice, isKnownField);
  const resources = resourcesIn(yaml, slice.listPart, role === 'patches');
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

function resourcesIn(yaml: YamlDocument, part: ListPart | undefined, inPatchFile: boolean): Resource[] {
  switch (part?.role) {
    case undefined:
      return resourcesOf(yaml.root, inPatchFile);
    case 'item':
      return yaml.root?.kind === 'sequence' ? yaml.root.items.flatMap((item) => resourcesOf(item, inPatchFile)) : [];
    default:
      return [];
  }
}

/** A workload by what Services and paths ask of it; the rest is read again where somebody does ask. */
class WorkloadSummary implements Workload {
  readonly resource: Resource;
  readonly podLabels: StringMap | undefined;
  readonly replicas: Workload['replicas'];
  readonly #again: () => Workload | undefined;

  constructor({ resource, podLabels, replicas }: Workload, again: () => Workload | undefined) {
    this.#again = again;
    this.resource = new ResourceSummary(resource, () => again()?.resource);
    this.podLabels = podLabels && new LabelSummary(podLabels, () => again()?.podLabels);
    this.replicas = replicas;
  }

  get podSpec(): YamlMapping | undefined {
    return this.#again()?.podSpec;
  }
}

class LabelSummary implements StringMap {
  readonly entries: ReadonlyMap<string, string>;
  readonly open: boolean;
  readonly #again: () => StringMap | undefined;

  constructor({ entries, open }: StringMap, again: () => StringMap | undefined) {
    this.entries = entries;
    this.open = open;
    this.#again = again;
  }

  get mapping(): YamlMapping {
    return this.#again()?.mapping ?? NO_MAPPING;
  }
}

class ResourceSummary implements Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: Resource['name'];
  readonly namespace: Resource['namespace'];
  readonly view: Resource['view'];
  readonly #again: () => Resource | undefined;

  constructor({ apiVersion, kind, name, namespace, view }: Resource, again: () => Resource | undefined) {
    this.apiVersion = apiVersion;
    this.kind = kind;
    this.name = name;
    this.namespace = namespace;
    this.view = view;
    this.#again = again;
  }

  get root(): YamlMapping {
    return this.#again()?.root ?? NO_MAPPING;
  }

  get metadata(): YamlMapping | undefined {
    return this.#again()?.metadata;
  }

  get annotations(): YamlMapping | undefined {
    return this.#again()?.annotations;
  }

  get spec(): YamlMapping | undefined {
    return this.#again()?.spec;
  }
}

/** What is there if an object could not be found again: nothing of which anything is known. */
const NO_MAPPING: YamlMapping = { kind: 'mapping', span: { start: 0, end: 0 }, style: 'block', pairs: [], open: true };

/** Between two markers, or behind the last, there may be comments only; YAML reads them as a value that is left out. */
export function holdsSomething(manifest: Manifest): boolean {
  const shown = manifest.relevance === 'all' ? undefined : contentShownBy(manifest.raw);
  if (shown !== undefined) {
    return shown;
  }
  const { root } = manifest.yaml;
  const holds = root !== undefined && (root.kind !== 'scalar' || root.span.end > root.span.start);
  manifest.forget();
  return holds;
}

/** Whether it is a document, and no further part of one. */
export function isDocument({ listPart }: Pick<Manifest, 'listPart'>): boolean {
  return listPart === undefined || listPart.role === 'head';
}

/** How many objects a document holds. */
export function countObjects(manifest: Manifest): number {
  const shown = manifest.relevance === 'all' ? undefined : objectsShownBy(manifest.raw);
  if (shown !== undefined) {
    return shown;
  }
  const { length } = manifest.resources;
  manifest.forget();
  return length;
}

/** A manifest at its place in a file. */
export interface PlacedManifest {
  /** Offset of the document in the file. */
  readonly start: number;
  readonly manifest: Manifest;
}

/** Whether the same document stands in two places, be it moved. */
export function isSameManifest(one: PlacedManifest | undefined, other: PlacedManifest | undefined): boolean {
  return one !== undefined && one.manifest === other?.manifest;
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
