import { type InferenceReason, identifyIngress } from '../knowledge/identify.ts';
import { stringAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { type Route, readRoute } from '../kubernetes/route.ts';
import type { MarkupPart } from '../rendering/markup.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { effectOfBackend } from './pathEffect.ts';

/** What is told about a part of a route that is no setting but decides the path. */
interface RouteHelp {
  /** In the manifest. */
  readonly span: Span;
  readonly parts: readonly MarkupPart[];
}

/** The backend or the class of a route under a place; undefined where nothing is known of it. */
export function routeHelpAt(
  snapshot: Snapshot,
  { uri, manifest }: { readonly uri: string; readonly manifest: Manifest },
  isHere: (span: Span) => boolean,
): RouteHelp | undefined {
  for (const resource of manifest.resources) {
    const route = readRoute(resource);
    const help = route && backendHelp(snapshot, { uri, manifest }, route, isHere);
    if (help !== undefined) {
      return help;
    }
  }
  for (const ingress of manifest.ingresses) {
    const name = stringAt(ingress.resource.spec, 'ingressClassName');
    const inference = identifyIngress(ingress, snapshot.viewFor(uri));
    if (name.kind === 'value' && isHere(name.span) && inference !== undefined) {
      const text = `Served by ${inference.product.name}: ${REASONS[inference.by]}.`;
      return {
        span: name.span,
        parts: [
          { kind: 'heading', text: `Ingress class ${name.value}` },
          { kind: 'paragraph', text },
        ],
      };
    }
  }
  return undefined;
}

const REASONS: Readonly<Record<InferenceReason, string>> = {
  choice: 'the settings of this extension say so',
  kind: 'nobody else reads objects of this kind',
  IngressClass: 'an IngressClass of the workspace names its controller',
  class: 'the class is its own',
  'class name': 'guessed by the name of the class; an IngressClass or a setting would make it certain',
  annotations: 'guessed by the annotations; an IngressClass or a setting would make it certain',
};

function backendHelp(
  snapshot: Snapshot,
  at: { readonly uri: string; readonly manifest: Manifest },
  route: Route,
  isHere: (span: Span) => boolean,
): RouteHelp | undefined {
  for (const rule of route.rules) {
    for (const { serviceName } of rule.backends) {
      if (serviceName.kind === 'value' && isHere(serviceName.span)) {
        const effect = effectOfBackend(snapshot, { ...at, resource: route.resource }, rule, serviceName.value);
        return effect.length === 0
          ? undefined
          : {
              span: serviceName.span,
              parts: [
                {
                  kind: 'heading',
                  text: `Service ${serviceName.value}, backend of ${describeResource(route.resource)}`,
                },
                ...effect.map((text): MarkupPart => ({ kind: 'paragraph', lead: 'Here:', text: `${text}.` })),
              ],
            };
      }
    }
  }
  return undefined;
}
