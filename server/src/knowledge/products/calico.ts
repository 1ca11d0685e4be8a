import type { ProductTable } from '../product.ts';

export const CALICO = {
  id: 'calico',
  name: 'Calico',
  kind: 'data path',
  verification: 'unverified',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
