import type { ProductTable } from '../product.ts';

export const KGATEWAY = {
  id: 'kgateway',
  name: 'kgateway',
  kind: 'gateway',
  verification: 'unverified',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
