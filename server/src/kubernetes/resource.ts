import { keyText, resolveAlias, type YamlMapping, type YamlNode } from '../yaml/nodes.ts';
import { type Field, fieldAt, type Located, mappingAt, stringAt } from './field.ts';

/** One Kubernetes object as written: a whole document or an item of a `List`. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly root: YamlMapping;
  readonly name: Located<string>;
  readonly namespace: Located<string>;
  readonly metadata: YamlMapping | undefined;
  readonly annotations: YamlMapping | undefined;
  readonly spec: YamlMapping | undefined;
  /** How much of the object these lines show. Of a part, nothing that is not there can be said. */
  readonly view: ResourceView;
}

/** The whole object, a patch that is laid over one, or what a chart's values put into one. */
export type ResourceView = 'whole' | 'patch' | 'values';

/** Deeper nesting of Lists is not followed. */
const MAXIMUM_LIST_DEPTH = 3;

/** The objects in the root of a document; none where it is no manifest. In a file of patches every object is one. */
export function resourcesOf(root: YamlNode | undefined, inPatchFile = false): Resource[] {
  const result: Resource[] = [];
  collect(root, inPatchFile, result, 0);
  return result;
}

function collect(node: YamlNode | undefined, inPatchFile: boolean, into: Resource[], depth: number): void {
  const root = resolveAlias(node);
  if (root?.kind !== 'mapping') {
    return;
  }
  const apiVersion = stringAt(root, 'apiVersion');
  const kind = stringAt(root, 'kind');
  if (apiVersion.kind !== 'value' || kind.kind !== 'value') {
    return;
  }
  const items: Field = kind.value.endsWith('List') ? fieldAt(root, 'items') : { kind: 'absent' };
  if (items.kind === 'present' && items.node.kind === 'sequence') {
    if (depth < MAXIMUM_LIST_DEPTH) {
      for (const item of items.node.items) {
        collect(item, inPatchFile, into, depth + 1);
      }
    }
    return;
  }
  const spec = mappingAt(root, 'spec');
  const view = inPatchFile || isPatch(root, kind.value, spec) ? 'patch' : 'whole';
  into.push({
    apiVersion: apiVersion.value,
    kind: kind.value,
    root,
    name: stringAt(root, 'metadata', 'name'),
    namespace: stringAt(root, 'metadata', 'namespace'),
    metadata: mappingAt(root, 'metadata'),
    annotations: mappingAt(root, 'metadata', 'annotations'),
    // What a patch does not say, the object under it may.
    spec: spec !== undefined && view === 'patch' ? { ...spec, open: true } : spec,
    view,
  });
}

/**
 * Whether an object is laid over another one. A whole Service has ports, unless it is headless or an alias of an
 * external name.
 */
function isPatch(root: YamlMapping, kind: string, spec: YamlMapping | undefined): boolean {
  if (root.pairs.some((pair) => keyText(pair) === '$patch')) {
    return true;
  }
  if (kind !== 'Service' || fieldAt(spec, 'ports').kind !== 'absent') {
    return false;
  }
  const type = stringAt(spec, 'type');
  const headless = fieldAt(spec, 'clusterIP').kind === 'present';
  return !headless && !(type.kind === 'value' && type.value === 'ExternalName');
}

/** An object without a namespace is in another one than an object that names it. */
export function sameNamespace(a: Located<string>, b: Located<string>): boolean {
  return a.kind === b.kind && (a.kind !== 'value' || (b.kind === 'value' && a.value === b.value));
}

/** What a message calls the object: its kind and, where it is known, its name. */
export function describeResource(resource: Resource): string {
  if (resource.view === 'values') {
    return `the ${resource.kind} of these values`;
  }
  return resource.name.kind === 'value' ? `${resource.kind} ${resource.name.value}` : `this ${resource.kind}`;
}
