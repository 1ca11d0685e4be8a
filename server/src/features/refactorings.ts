import { fileSpan, findingsOf } from '../rules/engine.ts';
import type { Fix, MessageArguments } from '../rules/rule.ts';
import type { Snapshot } from '../snapshot.ts';
import { type Span, touches } from '../text/span.ts';
import { keyText, type YamlMapping } from '../yaml/nodes.ts';
import { persistenceForIngress, persistenceForService } from './addingPersistence.ts';
import { conversionsOf } from './conversion.ts';
import { manifestAt } from './servicePlace.ts';

/** A change that mends no finding: it adds something, or says the same in other settings. */
export type Refactoring = Fix;

/** The English texts of their titles, with `{name}` for arguments. */
export const REFACTORING_TITLES: Readonly<Record<string, string>> = {
  recipe: 'Add session persistence to {object}: {product}, {recipe} ({settings})',
  clientIP: 'Add session persistence to {object}: on each node, by the client’s address (sessionAffinity: ClientIP)',
  convert: 'Convert session persistence to {product} (on {object})',
  convertPartly: 'Convert session persistence to {product} (on {object}); it has nothing like {lost}',
  route: 'Add an HTTPRoute with the same session persistence as {object} (Gateway API, experimental channel)',
  routePartly:
    'Add an HTTPRoute with the session persistence of {object} (Gateway API, experimental channel), without {lost}',
};

export function refactoringTitle({ title, arguments: args }: { title: string; arguments: MessageArguments }): string {
  const template = REFACTORING_TITLES[title] ?? title;
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(args[name] ?? whole));
}

/** What can be done with the object whose head a span touches, the most wanted first. */
export function refactoringsAt(snapshot: Snapshot, uri: string, span: Span): Refactoring[] {
  const placed = manifestAt(snapshot.files.get(uri)?.manifests ?? [], span.start);
  if (placed === undefined || snapshot.configuration.isIgnored(uri)) {
    return [];
  }
  const { manifest } = placed;
  const view = snapshot.viewFor(uri);
  const isHere = (own: Span): boolean => touches(fileSpan(placed, own), span);
  const service = manifest.services.find(({ resource }) => isAtHead(resource.root, isHere));
  const ingress = manifest.ingresses.find(({ resource }) => isAtHead(resource.root, isHere));
  const head = (service ?? ingress)?.resource;
  // What is refused as it stands is mended first.
  if (
    head === undefined ||
    findingsOf(snapshot, uri).some((one) => one.finding.subject === head && one.severity === 'error')
  ) {
    return [];
  }
  if (service !== undefined) {
    return persistenceForService(manifest, service, view);
  }
  if (ingress === undefined) {
    return [];
  }
  const services = snapshot.index.servicesBehind({ uri, item: ingress });
  return [
    ...persistenceForIngress(manifest, ingress, services, view),
    ...conversionsOf(manifest, ingress, services, snapshot, uri),
  ];
}

/** An object's head: its own keys, its metadata with the annotations, and the words directly under its spec. */
function isAtHead(root: YamlMapping, isHere: (span: Span) => boolean): boolean {
  return root.pairs.some(({ key, value, ...pair }) => {
    const name = keyText({ key, value, ...pair });
    const inner = value.kind === 'mapping' ? value.pairs : [];
    return (
      isHere(key.span) ||
      (value.kind === 'scalar' && isHere(value.span)) ||
      (name === 'metadata' && isHere(value.span)) ||
      (name === 'spec' &&
        inner.some((one) => isHere(one.key.span) || (one.value.kind === 'scalar' && isHere(one.value.span))))
    );
  });
}
