import type { ProductTable } from '../product.ts';

export const YANDEX_ALB = {
  id: 'yandex-alb',
  name: 'Yandex Application Load Balancer',
  kind: 'ingress controller',
  verification: 'documentation',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: [], classNames: [] } },
  annotationPrefixes: ['ingress.alb.yc.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
