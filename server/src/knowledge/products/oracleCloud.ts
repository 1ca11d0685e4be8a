import type { ProductTable } from '../product.ts';

export const ORACLE_CLOUD = {
  id: 'oracle-oci',
  name: 'Oracle Cloud',
  kind: 'load balancer',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: { service: { classes: [], withoutClass: true } },
  annotationPrefixes: ['oci.oraclecloud.com/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
