import type { ProductTable } from '../product.ts';

export const KGATEWAY = {
  id: 'kgateway',
  name: 'kgateway',
  kind: 'gateway',
  verification: 'unverified',
  basis: 'threads of kgateway-dev/kgateway only, with Gateway API 1.6.1 at the time (2026)',
  link: { title: 'kgateway', url: 'https://kgateway.dev/docs/' },
  detection: { gateway: { controllers: ['kgateway.dev/kgateway'] } },
  annotationPrefixes: [],
  settings: [],
  notes: [
    'It honours sessionPersistence of a route by stateful sessions of Envoy; its source could not be checked.',
    'Several releases had faults: a filter that Envoy refused, or a cookie without a path, so that each folder of a ' +
      'site had one of its own. Since then the path is always `/`.',
  ],
  mistakes: [
    'a route that is accepted and sets no cookie (kgateway-dev/kgateway#10461, #11618)',
    'a cookie without a path (kgateway-dev/kgateway#14123, #14124)',
  ],
  samples: [],
  source: 'kgateway-dev/kgateway#10461, #11618, #14124, #14681',
} as const satisfies ProductTable;
