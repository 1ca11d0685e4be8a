import type { Ingress } from '../kubernetes/ingress.ts';
import type { Resource } from '../kubernetes/resource.ts';
import { type Route, readRoute } from '../kubernetes/route.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Workload } from '../kubernetes/workload.ts';
import type { Manifest } from './manifest.ts';
import type { Indexed } from './objectList.ts';
import { isPolicy } from './policies.ts';

/** What a document tells of its objects, in the order of the text. */
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

/** What a document of a file contributes, worked out once, so that it is the same as long as the document is. */
export function contributionOf(manifest: Manifest, uri: string): Contribution {
  if (manifest.relevance === 'none') {
    return NOTHING;
  }
  let known = contributions.get(manifest);
  if (known?.uri !== uri) {
    known = new ManifestContribution(manifest, uri);
    contributions.set(manifest, known);
  }
  return known;
}

const contributions = new WeakMap<Manifest, ManifestContribution>();

const NONE: readonly never[] = [];

const NOTHING: Contribution = {
  services: NONE,
  workloads: NONE,
  ingresses: NONE,
  routes: NONE,
  policies: NONE,
  classes: NONE,
  scalers: NONE,
};

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
