import { parseAddress } from '../knowledge/address.ts';
import { PRODUCTS } from '../knowledge/products.ts';
import { isKnownField } from '../kubernetes/knownFields.ts';
import { ROUTE_KINDS } from '../kubernetes/route.ts';
import { cleanPastedText } from '../yaml/clean.ts';
import { SUSPICIOUS } from '../yaml/pasted.ts';

/** What a file's name says of its documents. */
export type FileRole = 'manifests' | 'values' | 'patches';

/**
 * Of what importance a document can be at most: none, so that nobody has to read it; that of workloads, which matter to
 * others by their labels and replicas alone; or any.
 */
export type Relevance = 'none' | 'workloads' | 'all';

/**
 * Tells by the text alone: most of a repository's YAML is about something else, and reading it takes a hundred times as
 * long as this. It says less than `all` only where nothing else can be there; a test compares it with what is found
 * when everything is read.
 */
export function relevanceOf(text: string, role: FileRole): Relevance {
  if (text.includes('session-persistence-') || (role === 'values' && /service|sessionAffinity/i.test(text))) {
    return 'all';
  }
  if (!text.includes('kind') || !text.includes('apiVersion')) {
    return 'none';
  }
  const byKind = relevanceByKinds(text);
  const isMore =
    byKind !== 'all' &&
    (ANNOTATION.test(text) ||
      ESCAPED.test(text) ||
      (SUSPICIOUS.test(text) && cleanPastedText(text, isKnownField) !== undefined));
  return isMore ? 'all' : byKind;
}

/** Kinds that are read without a table of any product. */
const OWN_KINDS = [
  'Service',
  'Ingress',
  'IngressClass',
  'Gateway',
  'GatewayClass',
  // They say how many pods a workload has, whatever it says itself.
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'Kustomization',
  // Values of a chart stand in them.
  'HelmRelease',
  'Application',
];

const WORKLOAD_KINDS: ReadonlySet<string> = new Set(['Pod', 'Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet']);

const KINDS: ReadonlySet<string> = new Set([
  ...OWN_KINDS,
  ...ROUTE_KINDS,
  ...PRODUCTS.flatMap(({ settings }) => settings.flatMap(({ objects }) => objects)).map(
    (kind) => kind.split('.')[0] ?? '',
  ),
]);

/** A key `kind` in any style with its value, where that is a plain word or one in quotes. */
const KIND = /\bkind["']?\s*:(?:[ \t]*["']?([A-Za-z0-9]+)["']?[ \t]*\r?(?=[\n,}]|$))?/g;

/** By the kinds of all objects, items and references; one whose value is not plain may be any. */
function relevanceByKinds(text: string): Relevance {
  let found: Relevance = 'none';
  for (const [, kind] of text.matchAll(KIND)) {
    if (kind === undefined || KINDS.has(kind)) {
      return 'all';
    }
    if (WORKLOAD_KINDS.has(kind)) {
      found = 'workloads';
    }
  }
  return found;
}

/** What annotations of products begin with: they are judged wherever they stand. */
const ANNOTATION = new RegExp(
  [
    ...new Set([
      ...PRODUCTS.flatMap(({ annotationPrefixes }) => annotationPrefixes),
      ...PRODUCTS.flatMap(({ settings }) => settings)
        .flatMap(({ at, spellings = [] }) => [at, ...spellings.map((spelling) => spelling.at)])
        .flatMap((at) => beginningOf(at)),
    ]),
  ]
    .map((prefix) => prefix.replaceAll('.', '\\.'))
    .join('|'),
);

/** Of the keys in the domain of Kubernetes itself, which every manifest has, the whole counts. */
function beginningOf(at: string): string[] {
  const place = parseAddress(at);
  if (place.kind !== 'annotation') {
    return [];
  }
  const [key = ''] = place.key.split('*');
  const domain = key.slice(0, key.indexOf('/') + 1);
  return domain === '' ? [] : [domain === 'kubernetes.io/' ? key : domain];
}

/** A quoted text that does not spell what it says: a kind or a prefix may be hidden in it. */
const ESCAPED = /\\[xuU/\r\n]/;

/**
 * Whether a document holds more than comments, where its first lines show it. Templates and what is rarely written are
 * left to the parser.
 */
export function contentShownBy(text: string): boolean | undefined {
  if (text.includes('{{')) {
    return undefined;
  }
  return FIRST_KEY.test(text) ? true : ONLY_COMMENTS.test(text) ? false : undefined;
}

/** How many objects a document holds, where its first lines show it. */
export function objectsShownBy(text: string): number | undefined {
  if (!text.includes('kind') || !text.includes('apiVersion')) {
    return 0;
  }
  if (text.includes('{{')) {
    return undefined;
  }
  const [head, first, , second] = HEAD.exec(text) ?? [];
  if (head === undefined || first === second || REPEATED.test(text.slice(head.length - 1))) {
    return undefined;
  }
  return 1;
}

/** Markers, comments and blank lines, one after the other. */
const NOTHING = '\\uFEFF?(?:---(?=[ \\t\\r\\n]))?(?:[ \\t]*(?:\\r?\\n|#[^\\n]*\\n))*';

/** That of an item of a List stands behind a dash. */
const FIRST_KEY = new RegExp(`^${NOTHING}(?: *- )?(?:[A-Za-z][\\w.-]*:(?:[ \\r\\n]|$)|[{[])`);

const ONLY_COMMENTS = new RegExp(`^${NOTHING}[ \\t]*(?:#[^\\n]*)?$`);

const PLAIN = '[A-Za-z][\\w./-]*';

/** The two fields of an object, whose kind is no list. */
const HEAD = new RegExp(
  `^${NOTHING}(apiVersion|kind): (?!\\w*List[ \\r\\n])(${PLAIN})[ ]*\\r?\\n` +
    `(apiVersion|kind): (?!\\w*List[ \\r\\n])(${PLAIN})[ ]*\\r?\\n`,
);

/** What may say again or otherwise what the head said. */
const REPEATED = /\n(?:["']?(?:apiVersion|kind)\b|<<|\?)/;
