import type { ProductTable } from '../product.ts';

export const APISIX = {
  id: 'apisix',
  name: 'Apache APISIX',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { ingress: { controllers: ['apisix.apache.org/apisix-ingress-controller'], classNames: ['apisix'] } },
  annotationPrefixes: ['k8s.apisix.apache.org/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
