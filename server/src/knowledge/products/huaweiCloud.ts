import type { ProductTable } from '../product.ts';

export const HUAWEI_CLOUD = {
  id: 'huawei-cce',
  name: 'Huawei Cloud CCE',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['kubernetes.io/elb.'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
