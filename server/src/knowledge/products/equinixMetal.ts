import type { ProductTable } from '../product.ts';

export const EQUINIX_METAL = {
  id: 'equinix-metal',
  name: 'Equinix Metal',
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
