import type { ProductTable } from '../product.ts';

export const ALIBABA_ALB = {
  id: 'alibaba-alb',
  name: 'Alibaba Cloud ALB Ingress',
  kind: 'ingress controller',
  verification: 'partial',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['ingress.k8s.alibabacloud/alb'], classNames: ['alb'] } },
  annotationPrefixes: ['alb.ingress.kubernetes.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
