import type { ProductTable } from '../product.ts';

export const ISTIO = {
  id: 'istio',
  name: 'Istio',
  kind: 'service mesh',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['istio.io/ingress-controller'], classNames: ['istio'] } },
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
