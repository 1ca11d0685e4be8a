import type { ProductTable } from '../product.ts';

export const AWS_LOAD_BALANCER_CONTROLLER = {
  id: 'aws-load-balancer-controller',
  name: 'AWS Load Balancer Controller',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {
    service: { classes: ['service.k8s.aws/nlb'], withoutClass: false },
    ingress: { controllers: ['ingress.k8s.aws/alb'], classNames: ['alb'] },
  },
  annotationPrefixes: ['alb.ingress.kubernetes.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
