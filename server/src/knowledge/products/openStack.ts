import type { ProductTable } from '../product.ts';

export const OPEN_STACK = {
  id: 'openstack-occm',
  name: 'OpenStack Octavia',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['loadbalancer.openstack.org/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
