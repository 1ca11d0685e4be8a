import type { YamlMapping } from '../yaml/nodes.ts';
import { integerAt, type Located, mappingAt } from './field.ts';
import type { Resource } from './resource.ts';
import { readStringMap, type StringMap } from './stringMap.ts';

const TEMPLATED_KINDS = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

/** Anything that makes pods which a Service can select. */
export interface Workload {
  readonly resource: Resource;
  readonly podLabels: StringMap | undefined;
  readonly podSpec: YamlMapping | undefined;
  /** Left out it is 1; a DaemonSet and a Pod have none. */
  readonly replicas: Located<number>;
}

/** Undefined where the object makes no pods that we know of. */
export function readWorkload(resource: Resource): Workload | undefined {
  const templated = TEMPLATED_KINDS.has(resource.kind) && resource.apiVersion.startsWith('apps/');
  if (!templated && !(resource.kind === 'Pod' && resource.apiVersion === 'v1')) {
    return undefined;
  }
  const pod = templated ? mappingAt(resource.root, 'spec', 'template') : resource.root;
  return {
    resource,
    podLabels: readStringMap(mappingAt(pod, 'metadata', 'labels')),
    podSpec: mappingAt(pod, 'spec'),
    replicas: integerAt(resource.spec, 'replicas'),
  };
}
