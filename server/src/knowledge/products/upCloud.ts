import type { ProductTable } from '../product.ts';

export const UP_CLOUD = {
  id: 'upcloud',
  name: 'UpCloud',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/upcloud-load-balancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
