import type { ProductTable } from '../product.ts';

export const AZURE_APPLICATION_GATEWAY = {
  id: 'azure-agic',
  name: 'Azure Application Gateway Ingress',
  kind: 'ingress controller',
  verification: 'source',
  basis: 'TODO',
  link: { title: 'TODO', url: 'https://kubernetes.io/' },
  detection: {
    ingress: {
      controllers: ['azure/application-gateway'],
      classNames: ['azure-application-gateway', 'azure/application-gateway'],
    },
  },
  annotationPrefixes: ['appgw.ingress.kubernetes.io/'],
  settings: [],
  samples: [],
  source: 'TODO',
} as const satisfies ProductTable;
