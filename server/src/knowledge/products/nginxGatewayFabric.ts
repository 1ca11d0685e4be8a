import type { ProductTable } from '../product.ts';

export const NGINX_GATEWAY_FABRIC = {
  id: 'nginx-gateway-fabric',
  name: 'NGINX Gateway Fabric',
  kind: 'gateway',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
