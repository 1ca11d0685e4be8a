import type { ProductTable } from '../product.ts';

export const VULTR = {
  id: 'vultr',
  name: 'Vultr',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/vultr-loadbalancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
