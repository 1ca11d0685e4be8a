import type { ProductTable } from '../product.ts';

export const TRAEFIK = {
  id: 'traefik',
  name: 'Traefik',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['traefik.io/ingress-controller'], classNames: ['traefik'] } },
  annotationPrefixes: ['traefik.ingress.kubernetes.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
