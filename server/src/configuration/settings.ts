import { type ChosenControllers, NOTHING_CHOSEN } from '../knowledge/identify.ts';
import type { Severity } from './severity.ts';

/** What a user chose, checked and complete. Where nothing was chosen the defaults stand. */
export interface Settings {
  /** By rule id. The user's choice is final; `off` hides the rule's findings. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** The oldest Kubernetes version for which the manifests are written; undefined where no version is to matter. */
  readonly kubernetesVersion: KubernetesVersion | undefined;
  /** The load balancers and controllers that are in use, as far as the user says. */
  readonly controllers: ChosenControllers;
  /** The versions of products, by their ids. */
  readonly productVersions: ReadonlyMap<string, ProductVersion>;
}

/** Such as 1.34. */
export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
}

/** Such as 1.5; what follows a minor version does not matter. */
export interface ProductVersion {
  readonly major: number;
  readonly minor: number;
}

/** What one source says, an editor or a project file; it leaves open what it does not speak of. */
export interface Choices {
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** `any` says that no version is to matter; undefined says nothing. */
  readonly kubernetesVersion: KubernetesVersion | 'any' | undefined;
  readonly controllers: ChosenControllers;
  readonly productVersions: ReadonlyMap<string, ProductVersion>;
}

export const NO_CHOICES: Choices = {
  rules: new Map(),
  kubernetesVersion: undefined,
  controllers: NOTHING_CHOSEN,
  productVersions: new Map(),
};

/** The settings that follow from several sources; a later one wins, rule by rule. */
export function combine(...sources: readonly Choices[]): Settings {
  const version = sources.findLast(({ kubernetesVersion }) => kubernetesVersion !== undefined)?.kubernetesVersion;
  return {
    rules: new Map(sources.flatMap(({ rules }) => [...rules])),
    kubernetesVersion: version === 'any' ? undefined : version,
    controllers: {
      loadBalancer: sources.findLast(({ controllers }) => controllers.loadBalancer !== undefined)?.controllers
        .loadBalancer,
      ingress: sources.findLast(({ controllers }) => controllers.ingress !== undefined)?.controllers.ingress,
      ingressClasses: new Map(sources.flatMap(({ controllers }) => [...controllers.ingressClasses])),
    },
    productVersions: new Map(sources.flatMap(({ productVersions }) => [...productVersions])),
  };
}

/** Whether the manifests may meet a Kubernetes older than 1.`minor`: only where the user said which one they meet. */
export function mayBeOlderThan(version: KubernetesVersion | undefined, minor: number): boolean {
  return version !== undefined && version.major === 1 && version.minor < minor;
}
