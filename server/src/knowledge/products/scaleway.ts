import type { ProductTable } from '../product.ts';

export const SCALEWAY = {
  id: 'scaleway',
  name: 'Scaleway',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/scw-loadbalancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
