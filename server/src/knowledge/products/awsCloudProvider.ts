import type { ProductTable } from '../product.ts';

export const AWS_CLOUD_PROVIDER = {
  id: 'aws-ccm',
  name: 'AWS cloud provider',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.beta.kubernetes.io/aws-load-balancer-'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
