import type { ProductTable } from '../product.ts';

export const METAL_LB = {
  id: 'metallb',
  name: 'MetalLB',
  kind: 'data path',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
