import type { ProductTable } from '../product.ts';

export const HAPROXY_TECH = {
  id: 'haproxytech',
  name: 'HAProxy (haproxytech)',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['haproxy.org/ingress-controller'], classNames: ['haproxy'] } },
  annotationPrefixes: ['haproxy.org/', 'haproxy.com/', 'ingress.kubernetes.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
