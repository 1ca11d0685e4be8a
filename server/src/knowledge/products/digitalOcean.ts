import type { ProductTable } from '../product.ts';

export const DIGITAL_OCEAN = {
  id: 'digitalocean',
  name: 'DigitalOcean',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/do-loadbalancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
