import type { ProductTable } from '../product.ts';

const DOCS = 'metallb/metallb website/content/concepts/bgp.md, layer2.md; website/content/usage/_index.md';

export const METAL_LB = {
  id: 'metallb',
  name: 'MetalLB',
  kind: 'data path',
  verification: 'documentation',
  basis: 'metallb/metallb at 7938d3f89, website/content',
  link: { title: 'MetalLB: usage', url: 'https://metallb.io/usage/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  sessionAffinity: {
    effect: 'ignored',
    what: 'MetalLB only announces addresses; kube-proxy, or what stands in for it, reads it on the nodes.',
    source: `${DOCS}; no reference in the repository`,
  },
  targets: [{ to: 'nodes', when: [] }],
  notes: [
    'In layer 2 mode one node gets all traffic of an address, so sessionAffinity: ClientIP there keeps clients.',
    'In BGP mode routers hash connections, anew when nodes change, so ClientIP cannot promise one pod.',
    'With the policy Cluster pods see addresses of nodes; Local keeps the client’s.',
  ],
  recipes: [
    {
      title: 'by source address, in layer 2 mode',
      on: 'Service',
      set: [
        { at: 'spec.type', value: 'LoadBalancer' },
        { at: 'spec.externalTrafficPolicy', value: 'Local' },
        { at: 'spec.sessionAffinity', value: 'ClientIP' },
      ],
    },
  ],
  mistakes: [
    'expecting a client to stay with one node over BGP and ECMP (cilium/cilium#25568, metallb/metallb#720)',
    'the client’s address is hidden by the policy Cluster ' +
      '(metallb/metallb#257, metallb/metallb#619, metallb/metallb#797, metallb/metallb#290)',
  ],
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
  source: DOCS,
} as const satisfies ProductTable;
