import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnalyzer } from '../../server/src/analyzer.ts';
import type { Snapshot } from '../../server/src/snapshot.ts';
import { seenFindings, seenPaths } from './seen.ts';

const NAMES = ['a', 'b'];
const NAMESPACES = ['', 'one', 'two'];

const OBJECT = fc.record({
  kind: fc.constantFrom('Service', 'Ingress', 'Deployment', 'IngressClass', 'HTTPRoute', 'ConfigMap'),
  name: fc.constantFrom(...NAMES),
  to: fc.constantFrom(...NAMES),
  namespace: fc.constantFrom(...NAMESPACES),
  sticky: fc.boolean(),
});

export type Drawn = typeof OBJECT extends fc.Arbitrary<infer T> ? T : never;

/** The object as a manifest. */
export function textOf({ kind, name, to, namespace, sticky }: Drawn): string {
  const own = namespace === '' ? '' : `\n  namespace: ${namespace}`;
  const head = (version: string, annotations = ''): string =>
    `apiVersion: ${version}\nkind: ${kind}\nmetadata:\n  name: ${name}${own}${annotations}\n`;
  switch (kind) {
    case 'Service':
      return `${head('v1')}spec:\n  selector: {app: ${to}}${sticky ? '\n  sessionAffinity: ClientIP' : ''}
  ports:\n    - port: 80\n`;
    case 'Ingress': {
      const annotations = `\n  annotations:\n    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-name: ${to}`;
      return `${head('networking.k8s.io/v1', sticky ? annotations : '')}spec:\n  ingressClassName: nginx
  defaultBackend: {service: {name: ${to}, port: {number: 80}}}\n`;
    }
    case 'Deployment':
      return `${head('apps/v1')}spec:\n  replicas: 2\n  template:\n    metadata:\n      labels: {app: ${to}}
${sticky ? '    spec:\n      sessionAffinity: ClientIP\n' : ''}`;
    case 'IngressClass':
      return `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata:\n  name: nginx
spec:\n  controller: ${sticky ? 'k8s.io/ingress-nginx' : 'example.com/other'}\n`;
    case 'HTTPRoute':
      return `${head('gateway.networking.k8s.io/v1')}spec:\n  rules:\n    - backendRefs: [{name: ${to}, port: 80}]\n`;
    default:
      return `${head('v1')}data: {a: ${to}}\n`;
  }
}

export const FILES = ['a/one.yaml', 'a/two.yaml', 'b/one.yaml'].map((path) => `file:///workspace/${path}`);

const CHANGE = fc.record({
  uri: fc.constantFrom(...FILES),
  objects: fc.option(fc.array(OBJECT, { minLength: 1, maxLength: 4 }), { nil: undefined }),
  /** Whether somebody looks at what is known in between, which fills all that is kept. */
  looks: fc.boolean(),
});

/** Everything that a person would see, in the order of files. */
function seen(snapshot: Snapshot): unknown[] {
  return [FILES.map((uri) => seenFindings(snapshot, uri)), seenPaths(snapshot)];
}

function checkChanges(changes: readonly (typeof CHANGE extends fc.Arbitrary<infer T> ? T : never)[]): void {
  const analyzer = createAnalyzer();
  const texts = new Map<string, string>();
  for (const { uri, objects, looks } of changes) {
    if (objects === undefined) {
      texts.delete(uri);
      analyzer.apply({ kind: 'remove', uri });
    } else {
      const text = objects.map(textOf).join('---\n');
      const before = texts.get(uri);
      texts.set(uri, text);
      analyzer.apply(
        before === undefined || !looks
          ? { kind: 'set', uri, text }
          : {
              kind: 'edit',
              uri,
              changed: { start: 0, oldEnd: before.length, newEnd: text.length },
              inserted: text,
              text: () => text,
            },
      );
    }
    if (looks) {
      seen(analyzer.snapshot());
    }
  }
  const fresh = createAnalyzer();
  for (const uri of [...texts.keys()].sort()) {
    fresh.apply({ kind: 'set', uri, text: texts.get(uri) ?? '' });
  }
  assert.deepEqual([...analyzer.snapshot().files.keys()], [...fresh.snapshot().files.keys()]);
  assert.deepEqual(seen(analyzer.snapshot()), seen(fresh.snapshot()));
}

/** After any changes the index answers as a fresh one, in whatever order the files came. */
export const INDEX = fc.property(fc.array(CHANGE, { minLength: 1, maxLength: 10 }), checkChanges);
