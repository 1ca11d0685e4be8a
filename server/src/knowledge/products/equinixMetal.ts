import type { ProductTable } from '../product.ts';

const README = 'kubernetes-sigs/cloud-provider-equinix-metal README.md, Service LoadBalancer Implementations';

export const EQUINIX_METAL = {
  id: 'equinix-metal',
  name: 'Equinix Metal',
  kind: 'data path',
  verification: 'documentation',
  basis: 'kubernetes-sigs/cloud-provider-equinix-metal at 033d052c, README.md; its code was not read',
  link: {
    title: 'Cloud provider Equinix Metal',
    url: 'https://github.com/kubernetes-sigs/cloud-provider-equinix-metal',
  },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  sessionAffinity: {
    effect: 'ignored',
    what: 'The controller only hands out addresses; kube-proxy, or what stands in for it, reads it on the nodes.',
    unverified: true,
    source: README,
  },
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'It has no load balancer of its own: kube-vip, MetalLB or nothing announces the addresses.',
    'So there is no setting for stickiness either; what the nodes do with a connection decides.',
  ],
  mistakes: ['looking for a setting of the cloud that does not exist (no thread found)'],
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
  source: README,
} as const satisfies ProductTable;
