import type { ProductTable } from '../product.ts';

export const OVH_CLOUD = {
  id: 'ovhcloud',
  name: 'OVHcloud',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['loadbalancer.ovhcloud.com/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
