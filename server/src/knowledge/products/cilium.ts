import type { ProductTable } from '../product.ts';

export const CILIUM = {
  id: 'cilium',
  name: 'Cilium',
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
