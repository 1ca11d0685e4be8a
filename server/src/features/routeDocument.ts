import type { Ingress, IngressBackend } from '../kubernetes/ingress.ts';
import type { TextEdit } from '../text/edit.ts';
import { lineEndOf } from '../text/lines.ts';
import type { Manifest } from '../workspace/manifest.ts';

/** What a route says of persistence. */
export interface RoutePersistence {
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly duration: string | undefined;
  /** Whether names stand in `cookie`, as after Gateway API 1.6, and not in `sessionName`. */
  readonly isNewShape: boolean;
}

/**
 * An HTTPRoute that leads where an Ingress leads, behind its document. Undefined where a template, JSON or something
 * that a route cannot say stands in the way. The Gateway is left for the author to name.
 */
export function routeFor(
  { yaml }: Manifest,
  { resource, backends, paths }: Ingress,
  persistence: RoutePersistence,
): TextEdit | undefined {
  const { root } = yaml;
  const name = resource.name.kind === 'value' ? resource.name.value : undefined;
  const isPlain = root === resource.root && root.style === 'block' && yaml.openTemplateBlocks === 0;
  if (!isPlain || name === undefined || yaml.templateActions.length > 0 || backends.length === 0) {
    return undefined;
  }
  const rules = paths.length === 0 ? backends.map((backend) => ({ path: undefined, backend })) : rulesOf(paths);
  if (rules === undefined) {
    return undefined;
  }
  const hosts = [...new Set(paths.flatMap(({ host }) => (host.kind === 'value' ? host.value : [])))];
  const isEveryPathOfEveryHost = hosts.length <= 1 || new Set(paths.map(({ host }) => host.kind)).size === 1;
  const perHost = hosts.length > 1 && !isSameForAllHosts(paths);
  const blocks = rules.map(({ path, backend }) => ruleLines(path, backend, persistence));
  if (blocks.includes(undefined) || !isEveryPathOfEveryHost || perHost) {
    return undefined;
  }
  const namespace = resource.namespace.kind === 'value' ? [`  namespace: ${resource.namespace.value}`] : [];
  const lines = [
    '---',
    'apiVersion: gateway.networking.k8s.io/v1',
    'kind: HTTPRoute',
    'metadata:',
    `  name: ${name}`,
    ...namespace,
    'spec:',
    '  parentRefs:',
    '    - name: <gateway>',
    ...(hosts.length === 0 ? [] : ['  hostnames:', ...hosts.map((host) => `    - ${quoted(host)}`)]),
    '  rules:',
    ...blocks.flatMap((block) => block ?? []),
  ];
  const eol = lineEndOf(yaml.text);
  const end = yaml.text.length;
  const lead = yaml.text.endsWith('\n') ? '' : eol;
  return { span: { start: end, end }, newText: `${lead}${lines.join(eol)}${eol}` };
}

interface RouteRule {
  readonly path: string | undefined;
  readonly isExact: boolean;
  readonly isRegular: boolean;
}

function rulesOf(
  paths: Ingress['paths'],
): { readonly path: RouteRule | undefined; readonly backend: IngressBackend }[] | undefined {
  const rules: { readonly path: RouteRule | undefined; readonly backend: IngressBackend }[] = [];
  const seen = new Set<string>();
  for (const { path, pathType, backend } of paths) {
    const isUnknown = path.kind === 'unknown' || path.kind === 'invalid';
    if (backend === undefined || isUnknown) {
      return undefined;
    }
    const text = path.kind === 'value' ? path.value : undefined;
    const rule = {
      path: text,
      isExact: pathType.kind === 'value' && pathType.value === 'Exact',
      isRegular: /[()[\]*+?|^$\\]/.test(text ?? ''),
    };
    const key = JSON.stringify([rule, backend.serviceName.kind === 'value' ? backend.serviceName.value : '']);
    if (!seen.has(key)) {
      seen.add(key);
      rules.push({ path: rule, backend });
    }
  }
  return rules;
}

/** A route has one list of rules for all its hosts. */
function isSameForAllHosts(paths: Ingress['paths']): boolean {
  const byHost = new Map<string, string[]>();
  for (const { host, path, backend } of paths) {
    const name = host.kind === 'value' ? host.value : '';
    const service = backend?.serviceName.kind === 'value' ? backend.serviceName.value : '';
    byHost.set(name, [...(byHost.get(name) ?? []), `${path.kind === 'value' ? path.value : ''} ${service}`]);
  }
  return new Set([...byHost.values()].map((list) => list.sort().join('\n'))).size === 1;
}

function ruleLines(
  path: RouteRule | undefined,
  { serviceName, portNumber }: IngressBackend,
  persistence: RoutePersistence,
): string[] | undefined {
  // A backend of a route names its port by number.
  if (serviceName.kind !== 'value' || portNumber.kind !== 'value') {
    return undefined;
  }
  const type = path?.isRegular === true ? 'RegularExpression' : path?.isExact === true ? 'Exact' : 'PathPrefix';
  const matches =
    path?.path === undefined
      ? []
      : ['      matches:', '        - path:', `            type: ${type}`, `            value: ${quoted(path.path)}`];
  const [first = '', ...rest] = [
    ...matches,
    '      backendRefs:',
    `        - name: ${serviceName.value}`,
    `          port: ${portNumber.value}`,
    ...persistenceLines(persistence).map((line) => `      ${line}`),
  ];
  return [`    - ${first.trimStart()}`, ...rest];
}

function persistenceLines({ name, path, duration, isNewShape }: RoutePersistence): string[] {
  const lifetime = duration === undefined ? [] : ['lifetimeType: Permanent'];
  const cookie = isNewShape
    ? [
        ...(name === undefined ? [] : [`name: ${quoted(name)}`]),
        ...(path === undefined ? [] : [`path: ${quoted(path)}`]),
        ...lifetime,
      ]
    : lifetime;
  return [
    'sessionPersistence:',
    '  type: Cookie',
    ...(isNewShape || name === undefined ? [] : [`  sessionName: ${quoted(name)}`]),
    ...(duration === undefined ? [] : [`  absoluteTimeout: ${duration}`]),
    ...(cookie.length === 0
      ? []
      : [`  ${isNewShape ? 'cookie' : 'cookieConfig'}:`, ...cookie.map((line) => `    ${line}`)]),
  ];
}

/** Plain where YAML reads it as the text it is. */
function quoted(text: string): string {
  return /^[A-Za-z/][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}
