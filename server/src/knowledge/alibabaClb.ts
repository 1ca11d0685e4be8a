import { fieldAt, type Located, stringAt } from '../kubernetes/field.ts';
import type { Service, ServicePort } from '../kubernetes/service.ts';
import type { ListenerProtocol, ProductTable } from './product.ts';

/**
 * Alibaba Cloud's Classic Load Balancer, as the cloud controller manager (CCM) sets it up for a Service.
 *
 * Read in kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6 (2026-04-10, v2.14.0); ranges from the SLB API.
 */
export const ALIBABA_CLB = {
  id: 'alibaba-clb',
  name: 'Alibaba Cloud CLB',
  annotationPrefixes: [
    'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-',
    'service.beta.kubernetes.io/alicloud-loadbalancer-',
  ],
  settings: [
    {
      suffix: 'persistence-timeout',
      grammar: { kind: 'integer', minimum: 0, maximum: 3600, unit: 'seconds' },
      off: '0',
      listeners: ['TCP'],
      onBadValue: 'refused by the cloud',
      source: 'CCM pkg/controller/service/clbv1/listeners.go setTCPListenerValue; CreateLoadBalancerTCPListener',
    },
    {
      suffix: 'cookie-timeout',
      grammar: { kind: 'integer', minimum: 1, maximum: 86_400, unit: 'seconds' },
      listeners: ['HTTP', 'HTTPS'],
      onBadValue: 'refused by the cloud',
      source: 'CCM pkg/controller/service/clbv1/listeners.go setHTTPListenerValue; CreateLoadBalancerHTTPListener',
    },
  ],
  source: 'kubernetes/cloud-provider-alibaba-cloud at eeb0ddc6, pkg/controller/service',
} as const satisfies ProductTable;

/**
 * An annotation of CLB on a Service. The current prefix wins where it is written, even with an empty value.
 *
 * Source: CCM pkg/controller/service/reconcile/annotation/annotations.go, AnnotationRequest.Get.
 */
export function clbAnnotation(service: Service, suffix: string): Located<string> {
  const [current, legacy] = ALIBABA_CLB.annotationPrefixes;
  const { annotations } = service.resource;
  return fieldAt(annotations, current + suffix).kind === 'absent'
    ? stringAt(annotations, legacy + suffix)
    : stringAt(annotations, current + suffix);
}

/** Whether any annotation of CLB is written on the Service. */
export function hasClbAnnotation(service: Service): boolean {
  return (service.resource.annotations?.pairs ?? []).some(
    ({ key }) => key.kind === 'scalar' && ALIBABA_CLB.annotationPrefixes.some((prefix) => key.text.startsWith(prefix)),
  );
}

/** An integer as the CCM reads it: Go's `strconv.Atoi`, which allows a sign and leading zeros and nothing else. */
export function parseGoInteger(text: string): number | undefined {
  return /^[+-]?[0-9]+$/.test(text) ? Number.parseInt(text, 10) : undefined;
}

/**
 * The protocol of the listener that the CCM makes for a port: what `protocol-port` says of it, else the port's own.
 * `undefined` where a template or a malformed entry leaves it open.
 *
 * Source: CCM pkg/controller/service/clbv1/listeners.go, protocol: entries are scanned until the port matches.
 */
export function clbListenerProtocol(service: Service, port: ServicePort): ListenerProtocol | undefined {
  const protocolPort = clbAnnotation(service, 'protocol-port');
  if (protocolPort.kind === 'unknown' || protocolPort.kind === 'invalid' || port.port.kind !== 'value') {
    return undefined;
  }
  const entries = protocolPort.kind === 'value' && protocolPort.value !== '' ? protocolPort.value.split(',') : [];
  for (const entry of entries) {
    const [protocol, number] = entry.split(':');
    if (protocol === undefined || number === undefined || !/^(tcp|udp|http|https)$/.test(protocol)) {
      return undefined;
    }
    if (parseGoInteger(number) === port.port.value) {
      return protocol.toUpperCase() as ListenerProtocol;
    }
  }
  if (port.protocol.kind === 'absent') {
    return 'TCP';
  }
  const own = port.protocol.kind === 'value' ? port.protocol.value : undefined;
  return own === 'TCP' || own === 'UDP' ? own : undefined;
}

/**
 * Whether CLB sends traffic straight to pods (`eni`) or to nodes; undefined where the cluster's default decides, which
 * depends on its network plug-in and its age.
 *
 * Source: CCM pkg/controller/helper, IsENIBackendType; the vendor's page on annotations of a CLB.
 */
export function clbBackends(service: Service): 'pods' | 'nodes' | undefined {
  const backendType = stringAt(service.resource.annotations, 'service.beta.kubernetes.io/backend-type');
  if (backendType.kind !== 'value' || backendType.value === '') {
    return undefined;
  }
  return backendType.value === 'eni' ? 'pods' : 'nodes';
}
