import type { ProductTable } from '../product.ts';

export const GOOGLE_CLOUD_L4 = {
  id: 'gcp-l4',
  name: 'Google Cloud L4 load balancers',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {
    service: {
      classes: ['networking.gke.io/l4-regional-external', 'networking.gke.io/l4-regional-internal'],
      withoutClass: true,
    },
  },
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
