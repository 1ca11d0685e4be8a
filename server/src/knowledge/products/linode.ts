import type { ProductTable } from '../product.ts';

export const LINODE = {
  id: 'linode',
  name: 'Akamai (Linode) NodeBalancer',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/linode-loadbalancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
