import type { ProductTable } from '../product.ts';

export const ENVOY_GATEWAY = {
  id: 'envoy-gateway',
  name: 'Envoy Gateway',
  kind: 'gateway',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
