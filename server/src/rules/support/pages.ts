import type { RuleLink } from '../rule.ts';

/** Pages to which several rules lead. */

export const SESSION_AFFINITY_PAGE: RuleLink = {
  title: 'Kubernetes: session affinity',
  url: 'https://kubernetes.io/docs/reference/networking/virtual-ips/#session-affinity',
};

export const SERVICE_SPEC_PAGE: RuleLink = {
  title: 'Kubernetes API: ServiceSpec',
  url: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec',
};

export const CLB_ANNOTATIONS_PAGE: RuleLink = {
  title: 'Alibaba Cloud: configure a CLB by annotations',
  url: 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/add-annotations-to-the-yaml-file-of-a-service-to-configure-clb-instances',
};

export const SERVICE_TYPES_PAGE: RuleLink = {
  title: 'Kubernetes: publishing Services',
  url: 'https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types',
};
