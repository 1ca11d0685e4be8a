import type { ProductTable } from '../product.ts';

export const CONTOUR = {
  id: 'contour',
  name: 'Contour',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {
    ingress: { controllers: ['projectcontour.io/ingress-controller', 'projectcontour.io'], classNames: ['contour'] },
  },
  annotationPrefixes: ['projectcontour.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
