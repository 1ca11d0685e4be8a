import type { ProductTable } from '../product.ts';

export const EMISSARY = {
  id: 'emissary',
  name: 'Emissary-ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['getambassador.io/ingress-controller'], classNames: ['ambassador'] } },
  annotationPrefixes: ['getambassador.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
