import type { ProductTable } from '../product.ts';

export const NGINX_INC = {
  id: 'nginx-inc',
  name: 'NGINX Ingress Controller (F5)',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['nginx.org/ingress-controller'], classNames: ['nginx'] } },
  annotationPrefixes: ['nginx.org/', 'nginx.com/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
