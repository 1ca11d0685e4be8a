import type { ProductTable } from '../product.ts';

const THREADS = 'projectcalico/felix#2537; projectcalico/calico#13399';

export const CALICO = {
  id: 'calico',
  name: 'Calico',
  kind: 'data path',
  verification: 'unverified',
  basis: 'threads only; its code was not read',
  link: { title: 'Calico documentation', url: 'https://docs.tigera.io/calico/latest/about/' },
  detection: {},
  annotationPrefixes: [],
  settings: [],
  sessionAffinity: {
    effect: 'mapped',
    what: 'The eBPF data path keeps clients in tables of its own; in the other modes kube-proxy does.',
    unverified: true,
    source: THREADS,
  },
  notes: [
    'In eBPF mode the time was not honoured in past releases.',
    'Balancing at connect time keeps UDP clients longer than the Service asks for.',
  ],
  mistakes: [`timeoutSeconds was not honoured in eBPF mode (${THREADS.replace('; ', ', ')})`],
  samples: [
    {
      title: 'Stickiness by the data path',
      manifest: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
    },
  ],
  source: THREADS,
} as const satisfies ProductTable;
