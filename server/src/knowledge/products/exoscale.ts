import type { ProductTable } from '../product.ts';

export const EXOSCALE = {
  id: 'exoscale',
  name: 'Exoscale',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/exoscale-loadbalancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
