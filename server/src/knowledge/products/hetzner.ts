import type { ProductTable } from '../product.ts';

export const HETZNER = {
  id: 'hetzner',
  name: 'Hetzner Cloud',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['load-balancer.hetzner.cloud/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
