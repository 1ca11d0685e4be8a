import type { ProductTable } from '../product.ts';

export const KONG = {
  id: 'kong',
  name: 'Kong Ingress Controller',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['ingress-controllers.konghq.com/kong'], classNames: ['kong'] } },
  annotationPrefixes: ['konghq.com/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
