import type { ProductTable } from '../product.ts';

export const ALIBABA_NLB = {
  id: 'alibaba-nlb',
  name: 'Alibaba Cloud NLB',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: ['alibabacloud.com/nlb'], withoutClass: false } },
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
