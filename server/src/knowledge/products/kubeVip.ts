import type { ProductTable } from '../product.ts';

export const KUBE_VIP = {
  id: 'kube-vip',
  name: 'kube-vip',
  kind: 'data path',
  verification: 'unverified',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
