import type { ProductTable } from '../product.ts';

export const TENCENT_CLOUD = {
  id: 'tencent-tke',
  name: 'Tencent Cloud TKE',
  kind: 'load balancer',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['service.cloud.tencent.com/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
