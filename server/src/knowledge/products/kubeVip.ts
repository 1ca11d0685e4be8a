import type { ProductTable } from '../product.ts';

export const KUBE_VIP = {
  id: 'kube-vip',
  name: 'kube-vip',
  kind: 'data path',
  verification: 'unverified',
  basis: 'kube-vip/kube-vip at 00572acb, README.md only',
  link: { title: 'kube-vip', url: 'https://kube-vip.io/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  sessionAffinity: {
    effect: 'ignored',
    what: 'kube-vip only announces addresses; kube-proxy, or what stands in for it, reads it on the nodes.',
    unverified: true,
    source: 'kube-vip/kube-vip README.md',
  },
  targets: [{ to: 'nodes', when: [] }],
  notes: ['It announces an address and leaves the balancing of a Service to the nodes; its code was not read.'],
  mistakes: ['traffic spread by ECMP and BGP together with the policy Cluster (kube-vip/kube-vip#803)'],
  samples: [
    {
      title: 'Stickiness by kube-proxy',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  externalTrafficPolicy: Local
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: 'kube-vip/kube-vip README.md',
} as const satisfies ProductTable;
