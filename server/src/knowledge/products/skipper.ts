import type { ProductTable } from '../product.ts';

export const SKIPPER = {
  id: 'skipper',
  name: 'Skipper',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['zalando.org/skipper'], classNames: ['skipper'] } },
  annotationPrefixes: ['zalando.org/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
