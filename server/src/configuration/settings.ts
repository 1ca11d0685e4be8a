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

export const DEFAULT_SETTINGS: Settings = { rules: new Map(), kubernetesVersion: undefined };
