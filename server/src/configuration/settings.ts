import type { Severity } from './severity.ts';

/** What a user chose, checked and complete. Where nothing was chosen the defaults stand. */
export interface Settings {
  /** By rule id. The user's choice is final; `off` hides the rule's findings. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** The oldest Kubernetes version for which the manifests are written; undefined where no version is to matter. */
  readonly kubernetesVersion: KubernetesVersion | undefined;
}

/** Such as 1.34. */
export interface KubernetesVersion {
  readonly major: number;
  readonly minor: number;
}

/** What one source says, an editor or a project file; it leaves open what it does not speak of. */
export interface Choices {
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** `any` says that no version is to matter; undefined says nothing. */
  readonly kubernetesVersion: KubernetesVersion | 'any' | undefined;
}

export const NO_CHOICES: Choices = { rules: new Map(), kubernetesVersion: undefined };

/** The settings that follow from several sources; a later one wins, rule by rule. */
export function combine(...sources: readonly Choices[]): Settings {
  const version = sources.findLast(({ kubernetesVersion }) => kubernetesVersion !== undefined)?.kubernetesVersion;
  return {
    rules: new Map(sources.flatMap(({ rules }) => [...rules])),
    kubernetesVersion: version === 'any' ? undefined : version,
  };
}

/** Whether the manifests may meet a Kubernetes older than 1.`minor`: only where the user said which one they meet. */
export function mayBeOlderThan(version: KubernetesVersion | undefined, minor: number): boolean {
  return version !== undefined && version.major === 1 && version.minor < minor;
}
