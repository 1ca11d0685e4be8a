/**
 * Prefixes of annotations that speak of the load balancer in front of a Service, whoever's it is. On a Service without
 * a balancer each of them is read by nobody.
 *
 * Source: the cloud controllers' own constants: kubernetes/cloud-provider-alibaba-cloud, kubernetes/cloud-provider-aws,
 * kubernetes-sigs/cloud-provider-azure, digitalocean/digitalocean-cloud-controller-manager,
 * scaleway/scaleway-cloud-controller-manager, linode/linode-cloud-controller-manager,
 * vultr/vultr-cloud-controller-manager, hetznercloud/hcloud-cloud-controller-manager,
 * oracle/oci-cloud-controller-manager, kubernetes/cloud-provider-openstack.
 */
const LOAD_BALANCER_ANNOTATION_PREFIXES = [
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-',
  'service.beta.kubernetes.io/alicloud-loadbalancer-',
  'service.beta.kubernetes.io/aws-load-balancer-',
  'service.beta.kubernetes.io/azure-load-balancer-',
  'service.beta.kubernetes.io/do-loadbalancer-',
  'service.beta.kubernetes.io/scw-loadbalancer-',
  'service.beta.kubernetes.io/linode-loadbalancer-',
  'service.beta.kubernetes.io/vultr-loadbalancer-',
  'service.beta.kubernetes.io/oci-load-balancer-',
  'oci.oraclecloud.com/load-balancer-',
  'load-balancer.hetzner.cloud/',
  'loadbalancer.openstack.org/',
] as const;

export function speaksOfLoadBalancer(annotationKey: string): boolean {
  return LOAD_BALANCER_ANNOTATION_PREFIXES.some((prefix) => annotationKey.startsWith(prefix));
}
