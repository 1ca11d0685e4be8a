import type { ProductTable } from '../product.ts';

export const HAPROXY_INGRESS = {
  id: 'haproxy-ingress',
  name: 'HAProxy Ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['haproxy-ingress.github.io/controller'], classNames: ['haproxy'] } },
  annotationPrefixes: ['haproxy-ingress.github.io/', 'ingress.kubernetes.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
