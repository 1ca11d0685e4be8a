import type { ProductTable } from '../product.ts';

export const IBM_CLOUD = {
  id: 'ibm-cloud',
  name: 'IBM Cloud',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.kubernetes.io/ibm-load-balancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
