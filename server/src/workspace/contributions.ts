import type { Ingress } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { type Route, readRoute } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Manifest, ManifestFile } from './manifest.ts';
import type { Indexed } from './objectList.ts';
import { isPolicy } from './policies.ts';

/** What a document or a file tells of its objects, in the order of the text. */
export interface Contribution {
  readonly services: readonly Indexed<Service>[];
  /** Few ask for workloads, and to find them all they have to be read. */
  readonly workloads: readonly Indexed<Workload>[];
  readonly ingresses: readonly Indexed<Ingress>[];
  readonly routes: readonly Indexed<Route>[];
  /** The objects that say something about the persistence of others. */
  readonly policies: readonly Indexed<Resource>[];
  /** IngressClasses, Gateways and GatewayClasses. */
  readonly classes: readonly Indexed<Resource>[];
  /** What says how many pods a workload has: autoscalers and Kustomizations. */
  readonly scalers: readonly Indexed<Resource>[];
}

/** What a file contributes, worked out once; of its documents that are the same as before it is the same as before. */
export function contributionOf(file: ManifestFile): Contribution {
  let known = ofFiles.get(file);
  if (known === undefined) {
    known = new FileContribution(file);
    ofFiles.set(file, known);
  }
  return known;
}

const ofFiles = new WeakMap<ManifestFile, Contribution>();
const ofManifests = new WeakMap<Manifest, ManifestContribution>();

function partOf(manifest: Manifest, uri: string): ManifestContribution {
  let known = ofManifests.get(manifest);
  if (known?.uri !== uri) {
    known = new ManifestContribution(manifest, uri);
    ofManifests.set(manifest, known);
  }
  return known;
}

type Key = keyof Contribution;

class FileContribution implements Contribution {
  readonly services: Contribution['services'];
  readonly ingresses: Contribution['ingresses'];
  readonly routes: Contribution['routes'];
  readonly policies: Contribution['policies'];
  readonly classes: Contribution['classes'];
  readonly scalers: Contribution['scalers'];
  readonly #file: ManifestFile;
  #workloads: Contribution['workloads'] | undefined;

  constructor(file: ManifestFile) {
    this.#file = file;
    const parts = file.manifests
      .filter(({ manifest }) => manifest.relevance === 'all')
      .map(({ manifest }) => partOf(manifest, file.uri));
    this.services = joined(parts, 'services');
    this.ingresses = joined(parts, 'ingresses');
    this.routes = joined(parts, 'routes');
    this.policies = joined(parts, 'policies');
    this.classes = joined(parts, 'classes');
    this.scalers = joined(parts, 'scalers');
  }

  get workloads(): Contribution['workloads'] {
    const { uri, manifests } = this.#file;
    this.#workloads ??= joined(
      manifests.filter(({ manifest }) => manifest.relevance !== 'none').map(({ manifest }) => partOf(manifest, uri)),
      'workloads',
    );
    return this.#workloads;
  }
}

const NONE: readonly never[] = [];

function joined<K extends Key>(parts: readonly ManifestContribution[], key: K): Contribution[K] {
  const all: Indexed<unknown>[] = [];
  for (const part of parts) {
    for (const one of part[key]) {
      all.push(one);
    }
  }
  return (all.length === 0 ? NONE : all) as Contribution[K];
}

const CLASS_KINDS = new Set(['IngressClass', 'Gateway', 'GatewayClass']);
const SCALER_KINDS = new Set(['HorizontalPodAutoscaler', 'ScaledObject', 'Kustomization']);

class ManifestContribution implements Contribution {
  readonly uri: string;
  readonly services: Contribution['services'] = NONE;
  readonly ingresses: Contribution['ingresses'] = NONE;
  readonly routes: Contribution['routes'] = NONE;
  readonly policies: Contribution['policies'] = NONE;
  readonly classes: Contribution['classes'] = NONE;
  readonly scalers: Contribution['scalers'] = NONE;
  readonly #manifest: Manifest;
  #workloads: Contribution['workloads'] | undefined;

  constructor(manifest: Manifest, uri: string) {
    this.#manifest = manifest;
    this.uri = uri;
    // A document of workloads alone has no other objects, and would have to be read to show it.
    if (manifest.relevance === 'all') {
      const { services, ingresses, resources } = manifest;
      this.services = this.#indexed(services);
      this.ingresses = this.#indexed(ingresses);
      this.routes = this.#indexed(resources.map(readRoute).filter((route) => route !== undefined));
      this.policies = this.#indexed(resources.filter(isPolicy));
      this.classes = this.#indexed(resources.filter(({ kind }) => CLASS_KINDS.has(kind)));
      this.scalers = this.#indexed(resources.filter(({ kind }) => SCALER_KINDS.has(kind)));
    }
  }

  get workloads(): Contribution['workloads'] {
    this.#workloads ??= this.#indexed(this.#manifest.pods);
    return this.#workloads;
  }

  #indexed<T>(items: readonly T[]): readonly Indexed<T>[] {
    const { uri } = this;
    const manifest = this.#manifest;
    return items.length === 0 ? NONE : items.map((item) => ({ uri, manifest, item }));
  }
}
