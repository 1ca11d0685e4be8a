import { keyText, resolveAlias, type YamlMapping, type YamlSequence } from '../yaml/nodes.ts';
import { fieldAt, integerAt, type Located, mappingAt, stringAt } from './field.ts';
import { type Resource, sameNamespace } from './resource.ts';

/** A place in a route that names a Service. */
export interface RouteBackend {
  readonly serviceName: Located<string>;
  /** Absent where it is the route's own. */
  readonly namespace: Located<string>;
  readonly port: Located<number>;
  /** Where it is written. */
  readonly mapping: YamlMapping;
}

/** One rule of a route: for which requests it holds and where it leads. */
export interface RouteRule {
  readonly hosts: readonly string[];
  /** Such as `/` and `/api`; empty where any path will do. */
  readonly paths: readonly string[];
  readonly backends: readonly RouteBackend[];
  /** Where the rule is written, and its place among those of its list, for settings that stand in it. */
  readonly mapping: YamlMapping;
  readonly items: readonly number[];
}

/** An object that leads requests to Services, whoever reads it. */
export interface Route {
  readonly resource: Resource;
  readonly rules: readonly RouteRule[];
  /** The Gateways to which it belongs, by their names. */
  readonly gateways: readonly Located<string>[];
}

type Reader = (resource: Resource) => Pick<Route, 'rules'> & Partial<Pick<Route, 'gateways'>>;

/** By kind and API group. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['Ingress networking.k8s.io', ingressRules],
  ['Ingress extensions', ingressRules],
  ['HTTPRoute gateway.networking.k8s.io', gatewayRules],
  ['GRPCRoute gateway.networking.k8s.io', gatewayRules],
  ['TCPRoute gateway.networking.k8s.io', gatewayRules],
  ['TLSRoute gateway.networking.k8s.io', gatewayRules],
  ['IngressRoute traefik.io', traefikRules],
  ['IngressRoute traefik.containo.us', traefikRules],
  ['HTTPProxy projectcontour.io', contourRules],
  ['VirtualService networking.istio.io', istioRules],
  ['VirtualServer k8s.nginx.org', nginxRules],
]);

/** Whether a backend of a route is a certain Service. */
export function leadsTo({ serviceName, namespace }: RouteBackend, route: Route, service: Resource): boolean {
  const { name } = service;
  return (
    serviceName.kind === 'value' &&
    name.kind === 'value' &&
    serviceName.value === name.value &&
    sameNamespace(namespace.kind === 'absent' ? route.resource.namespace : namespace, service.namespace)
  );
}

/** The kinds of which some are routes. */
export const ROUTE_KINDS: readonly string[] = [...READERS.keys()].map((key) => key.split(' ')[0] ?? '');

/** Undefined where the object leads nowhere that we know of. */
export function readRoute(resource: Resource): Route | undefined {
  const [group = ''] = resource.apiVersion.split('/');
  const read = READERS.get(`${resource.kind} ${group}`);
  if (read === undefined) {
    return undefined;
  }
  const { rules, gateways = [] } = read(resource);
  return { resource, rules, gateways };
}

function ingressRules({ spec }: Resource): { rules: RouteRule[] } {
  const fallback = mappingAt(spec, 'defaultBackend');
  const rules: RouteRule[] = [];
  if (fallback !== undefined) {
    rules.push({ hosts: [], paths: [], backends: [ingressBackend(fallback)], mapping: fallback, items: [] });
  }
  for (const [index, rule] of itemsOf(spec, 'rules').entries()) {
    const hosts = known(stringAt(rule, 'host'));
    for (const [place, path] of itemsOf(mappingAt(rule, 'http'), 'paths').entries()) {
      const backend = mappingAt(path, 'backend');
      const backends = backend === undefined ? [] : [ingressBackend(backend)];
      rules.push({ hosts, paths: known(stringAt(path, 'path')), backends, mapping: path, items: [index, place] });
    }
  }
  return { rules };
}

function ingressBackend(mapping: YamlMapping): RouteBackend {
  return {
    serviceName: stringAt(mapping, 'service', 'name'),
    namespace: { kind: 'absent' },
    port: integerAt(mapping, 'service', 'port', 'number'),
    mapping,
  };
}

function gatewayRules({ spec }: Resource): { rules: RouteRule[]; gateways: Located<string>[] } {
  const hosts = wordsOf(spec, 'hostnames');
  const rules = itemsOf(spec, 'rules').map((rule, index): RouteRule => {
    const paths = itemsOf(rule, 'matches').flatMap((match) => known(stringAt(match, 'path', 'value')));
    const backends = itemsOf(rule, 'backendRefs')
      .filter((ref) => ['', 'Service'].includes(known(stringAt(ref, 'kind'))[0] ?? ''))
      .map((ref) => plainBackend(ref, 'name'));
    return { hosts, paths, backends, mapping: rule, items: [index] };
  });
  return { rules, gateways: itemsOf(spec, 'parentRefs').map((parent) => stringAt(parent, 'name')) };
}

/** `Host(`a`) && PathPrefix(`/b`)` and the like. */
function traefikRules({ spec }: Resource): { rules: RouteRule[] } {
  const rules = itemsOf(spec, 'routes').map((route, index): RouteRule => {
    const [match = ''] = known(stringAt(route, 'match'));
    const backends = itemsOf(route, 'services')
      .filter((service) => ['', 'Service'].includes(known(stringAt(service, 'kind'))[0] ?? ''))
      .map((service) => plainBackend(service, 'name'));
    return {
      hosts: argumentsOf(match, /Host\(([^)]{0,1000})\)/g),
      paths: argumentsOf(match, /Path(?:Prefix)?\(([^)]{0,1000})\)/g),
      backends,
      mapping: route,
      items: [index],
    };
  });
  return { rules };
}

function argumentsOf(match: string, call: RegExp): string[] {
  return [...match.matchAll(call)].flatMap(([, inner = '']) =>
    [...inner.matchAll(/[`"]([^`"]*)[`"]/g)].map((m) => m[1] ?? ''),
  );
}

function contourRules({ spec }: Resource): { rules: RouteRule[] } {
  const hosts = known(stringAt(spec, 'virtualhost', 'fqdn'));
  const rules = itemsOf(spec, 'routes').map((route, index): RouteRule => {
    const paths = itemsOf(route, 'conditions').flatMap((condition) => known(stringAt(condition, 'prefix')));
    const backends = itemsOf(route, 'services').map((service) => plainBackend(service, 'name'));
    return { hosts, paths, backends, mapping: route, items: [index] };
  });
  return { rules };
}

function istioRules({ spec }: Resource): { rules: RouteRule[]; gateways: Located<string>[] } {
  const hosts = wordsOf(spec, 'hosts');
  const rules = itemsOf(spec, 'http').map((rule, index): RouteRule => {
    const paths = itemsOf(rule, 'match').flatMap((match) => {
      const uri = mappingAt(match, 'uri');
      return (uri?.pairs ?? []).flatMap((pair) => known(stringAt(uri, keyText(pair) ?? '')));
    });
    const backends = itemsOf(rule, 'route').flatMap((route): RouteBackend[] => {
      const destination = mappingAt(route, 'destination');
      return destination === undefined ? [] : [istioBackend(destination)];
    });
    return { hosts, paths, backends, mapping: rule, items: [index] };
  });
  return { rules, gateways: [] };
}

/** A host is the name of a Service, with its namespace and more behind dots. */
function istioBackend(destination: YamlMapping): RouteBackend {
  const host = stringAt(destination, 'host');
  const [name = '', namespace] = host.kind === 'value' ? host.value.split('.') : [];
  return {
    serviceName: host.kind === 'value' ? { ...host, value: name } : host,
    namespace: host.kind === 'value' && namespace !== undefined ? { ...host, value: namespace } : { kind: 'absent' },
    port: integerAt(destination, 'port', 'number'),
    mapping: destination,
  };
}

function nginxRules({ spec }: Resource): { rules: RouteRule[] } {
  const hosts = known(stringAt(spec, 'host'));
  const upstreams = itemsOf(spec, 'upstreams');
  const rules = itemsOf(spec, 'routes').map((route, index): RouteRule => {
    const [name] = known(stringAt(route, 'action', 'pass'));
    const own = upstreams.filter((upstream) => known(stringAt(upstream, 'name'))[0] === name);
    const backends = own.map((upstream) => plainBackend(upstream, 'service'));
    const items = own.length === 0 ? [index] : [upstreams.indexOf(own[0] as YamlMapping)];
    return { hosts, paths: known(stringAt(route, 'path')), backends, mapping: route, items };
  });
  return { rules };
}

function plainBackend(mapping: YamlMapping, key: string): RouteBackend {
  return {
    serviceName: stringAt(mapping, key),
    namespace: stringAt(mapping, 'namespace'),
    port: integerAt(mapping, 'port'),
    mapping,
  };
}

function known(located: Located<string>): string[] {
  return located.kind === 'value' ? [located.value] : [];
}

/** The mappings in a list. */
export function itemsOf(mapping: YamlMapping | undefined, key: string): YamlMapping[] {
  return (listAt(mapping, key)?.items ?? []).map(resolveAlias).filter((item) => item?.kind === 'mapping');
}

function wordsOf(mapping: YamlMapping | undefined, key: string): string[] {
  const items = (listAt(mapping, key)?.items ?? []).map(resolveAlias);
  return items.flatMap((item) => (item?.kind === 'scalar' && !item.templated ? [item.text] : []));
}

function listAt(mapping: YamlMapping | undefined, key: string): YamlSequence | undefined {
  const field = fieldAt(mapping, key);
  return field.kind === 'present' && field.node.kind === 'sequence' ? field.node : undefined;
}
