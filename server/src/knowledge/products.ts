import type { Resource } from '../kubernetes/resource.ts';
import { parseAddress } from './address.ts';
import type { ObjectKind, ProductTable, Setting, Spelling } from './product.ts';
import { ALIBABA_ALB } from './products/alibabaAlb.ts';
import { ALIBABA_CLB } from './products/alibabaClb.ts';
import { ALIBABA_NLB } from './products/alibabaNlb.ts';
import { APISIX } from './products/apisix.ts';
import { AWS_CLOUD_PROVIDER } from './products/awsCloudProvider.ts';
import { AWS_LOAD_BALANCER_CONTROLLER } from './products/awsLoadBalancerController.ts';
import { AZURE_APPLICATION_GATEWAY } from './products/azureApplicationGateway.ts';
import { AZURE_CLOUD_PROVIDER } from './products/azureCloudProvider.ts';
import { CALICO } from './products/calico.ts';
import { CILIUM } from './products/cilium.ts';
import { CONTOUR } from './products/contour.ts';
import { DIGITAL_OCEAN } from './products/digitalOcean.ts';
import { EMISSARY } from './products/emissary.ts';
import { ENVOY_GATEWAY } from './products/envoyGateway.ts';
import { EQUINIX_METAL } from './products/equinixMetal.ts';
import { EXOSCALE } from './products/exoscale.ts';
import { GATEWAY_API } from './products/gatewayApi.ts';
import { GKE_GATEWAY } from './products/gkeGateway.ts';
import { GKE_INGRESS } from './products/gkeIngress.ts';
import { GOOGLE_CLOUD_L4 } from './products/googleCloudL4.ts';
import { HAPROXY_INGRESS } from './products/haproxyIngress.ts';
import { HAPROXY_TECH } from './products/haproxyTech.ts';
import { HETZNER } from './products/hetzner.ts';
import { HUAWEI_CLOUD } from './products/huaweiCloud.ts';
import { IBM_CLOUD } from './products/ibmCloud.ts';
import { INGRESS_NGINX } from './products/ingressNginx.ts';
import { ISTIO } from './products/istio.ts';
import { KGATEWAY } from './products/kgateway.ts';
import { KONG } from './products/kong.ts';
import { KUBE_ROUTER } from './products/kubeRouter.ts';
import { KUBE_VIP } from './products/kubeVip.ts';
import { LINODE } from './products/linode.ts';
import { METAL_LB } from './products/metalLb.ts';
import { NGINX_GATEWAY_FABRIC } from './products/nginxGatewayFabric.ts';
import { NGINX_INC } from './products/nginxInc.ts';
import { OPEN_STACK } from './products/openStack.ts';
import { ORACLE_CLOUD } from './products/oracleCloud.ts';
import { OVH_CLOUD } from './products/ovhCloud.ts';
import { SCALEWAY } from './products/scaleway.ts';
import { SKIPPER } from './products/skipper.ts';
import { TENCENT_CLOUD } from './products/tencentCloud.ts';
import { TRAEFIK } from './products/traefik.ts';
import { UP_CLOUD } from './products/upCloud.ts';
import { VULTR } from './products/vultr.ts';
import { YANDEX_ALB } from './products/yandexAlb.ts';
import { spellingsOf, wildcard } from './settingReading.ts';

/** Every product that we know, in the order in which lists show them. */
export const PRODUCTS: readonly ProductTable[] = [
  ALIBABA_CLB,
  ALIBABA_NLB,
  ALIBABA_ALB,
  AWS_LOAD_BALANCER_CONTROLLER,
  AWS_CLOUD_PROVIDER,
  GOOGLE_CLOUD_L4,
  AZURE_CLOUD_PROVIDER,
  DIGITAL_OCEAN,
  OPEN_STACK,
  OVH_CLOUD,
  SCALEWAY,
  HETZNER,
  LINODE,
  VULTR,
  ORACLE_CLOUD,
  IBM_CLOUD,
  TENCENT_CLOUD,
  HUAWEI_CLOUD,
  UP_CLOUD,
  EXOSCALE,
  EQUINIX_METAL,
  CILIUM,
  METAL_LB,
  KUBE_VIP,
  KUBE_ROUTER,
  CALICO,
  INGRESS_NGINX,
  NGINX_INC,
  TRAEFIK,
  HAPROXY_INGRESS,
  HAPROXY_TECH,
  CONTOUR,
  KONG,
  AZURE_APPLICATION_GATEWAY,
  GKE_INGRESS,
  YANDEX_ALB,
  ISTIO,
  EMISSARY,
  APISIX,
  SKIPPER,
  GATEWAY_API,
  GKE_GATEWAY,
  ENVOY_GATEWAY,
  NGINX_GATEWAY_FABRIC,
  KGATEWAY,
];

const byId = new Map(PRODUCTS.map((product) => [product.id, product]));

export function productById(id: string | undefined): ProductTable | undefined {
  return id === undefined ? undefined : byId.get(id);
}

/** A setting of a product. */
export interface KnownSetting {
  readonly product: ProductTable;
  readonly setting: Setting;
  /** How it was spelt, where that is not the setting's own address. */
  readonly spelling: Spelling | undefined;
}

const byAnnotation = new Map<string, KnownSetting[]>();
const byWildcard: { readonly pattern: RegExp; readonly known: KnownSetting }[] = [];
const byKind = new Map<ObjectKind, KnownSetting[]>();
const byKindPlaced = new Map<ObjectKind, KnownSetting[]>();

for (const product of PRODUCTS) {
  for (const setting of product.settings) {
    register(product, setting);
  }
}

function register(product: ProductTable, setting: Setting): void {
  const own = { product, setting, spelling: undefined };
  const place = parseAddress(setting.at);
  if (place.kind === 'annotation' && place.part === undefined) {
    if (place.key.includes('*')) {
      byWildcard.push({ pattern: wildcard(place.key), known: own });
    }
    const others = (setting.spellings ?? []).filter(({ at }) => parseAddress(at).kind === 'annotation');
    const current = spellingsOf(place.key, product);
    for (const key of current) {
      const isOther = others.some(({ at }) => at === key) || key !== place.key;
      add(byAnnotation, key, isOther ? { ...own, spelling: { at: key, status: 'read' } } : own);
    }
    for (const spelling of others.filter(({ at }) => !current.includes(at))) {
      add(byAnnotation, spelling.at, { ...own, spelling });
    }
  }
  for (const kind of setting.objects) {
    add(byKind, kind, own);
    if (place.kind !== 'annotation') {
      add(byKindPlaced, kind, own);
    }
  }
}

function add<K>(map: Map<K, KnownSetting[]>, key: K, known: KnownSetting): void {
  const present = map.get(key);
  if (present === undefined) {
    map.set(key, [known]);
  } else {
    present.push(known);
  }
}

/** The settings that an annotation's key may be, of every product that has one; parts of its value not included. */
export function settingsOfAnnotation(key: string): readonly KnownSetting[] {
  return byAnnotation.get(key) ?? byWildcard.filter(({ pattern }) => pattern.test(key)).map(({ known }) => known);
}

/** The settings that an object of a kind can carry. */
export function settingsOfKind(kind: ObjectKind): readonly KnownSetting[] {
  return byKind.get(kind) ?? [];
}

/** Those among them that stand in fields and labels: few, where annotations are many. */
export function placedSettingsOfKind(kind: ObjectKind): readonly KnownSetting[] {
  return byKindPlaced.get(kind) ?? [];
}

/** The products under whose prefixes an annotation's key stands. */
export function productsOfPrefix(key: string): ProductTable[] {
  return PRODUCTS.filter(({ annotationPrefixes }) => annotationPrefixes.some((prefix) => key.startsWith(prefix)));
}

const CORE_KINDS: ReadonlyMap<string, string> = new Map([
  ['v1/Service', 'Service'],
  ['v1/ConfigMap', 'ConfigMap'],
  ['networking.k8s.io/v1/Ingress', 'Ingress'],
  ['networking.k8s.io/v1beta1/Ingress', 'Ingress'],
  ['extensions/v1beta1/Ingress', 'Ingress'],
]);

/** How tables call the kind of an object. */
export function objectKindOf({ apiVersion, kind }: Pick<Resource, 'apiVersion' | 'kind'>): ObjectKind {
  const core = CORE_KINDS.get(`${apiVersion}/${kind}`);
  const slash = apiVersion.indexOf('/');
  return core ?? (slash === -1 ? kind : `${kind}.${apiVersion.slice(0, slash)}`);
}

/** Whether the findings of generic rules about it are proven by its cases. */
export function isChecked({ cases }: Setting): boolean {
  return (cases ?? []).some((one) => !('good' in one));
}
