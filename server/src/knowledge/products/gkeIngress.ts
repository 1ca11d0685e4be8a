import type { ProductTable } from '../product.ts';

export const GKE_INGRESS = {
  id: 'gke-backendconfig',
  name: 'GKE Ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: [], classNames: ['gce', 'gce-internal'] } },
  annotationPrefixes: ['cloud.google.com/', 'beta.cloud.google.com/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
