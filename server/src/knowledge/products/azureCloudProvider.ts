import type { ProductTable } from '../product.ts';

export const AZURE_CLOUD_PROVIDER = {
  id: 'azure-ccm',
  name: 'Azure Load Balancer',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/azure-load-balancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
