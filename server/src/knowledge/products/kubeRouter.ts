import type { ProductTable } from '../product.ts';

export const KUBE_ROUTER = {
  id: 'kube-router',
  name: 'kube-router',
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
