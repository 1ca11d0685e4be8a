import type { ProductTable } from '../product.ts';

export const GKE_GATEWAY = {
  id: 'gke-gateway',
  name: 'GKE Gateway',
  kind: 'gateway',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
