import assert from 'node:assert/strict';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { placeOf } from '../../../server/src/features/fixes.ts';
import {
  definitionsAt,
  type ManifestPlace,
  referencesAt,
  symbolsMatching,
} from '../../../server/src/features/navigation.ts';
import { fileSpan } from '../../../server/src/rules/engine.ts';
import type { Snapshot } from '../../../server/src/snapshot.ts';
import { uriOf } from '../../support/analysis.ts';
import { readCursor } from '../../support/cursor.ts';
import { readMarked } from '../../support/marks.ts';

const FILES = `#- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
#- ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  ingressClassName: outside
  defaultBackend:
    service:
      name: web
      port:
        number: 80
---
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: outside
spec:
  controller: k8s.io/ingress-nginx
#- deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web
#- other.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: other
spec:
  ports:
    - port: 80
`;

/** Opens the files with the cursor behind `before` in one of them. */
function at(path: string, before: string): { readonly snapshot: Snapshot; readonly place: ManifestPlace } {
  const analyzer = createAnalyzer();
  let offset = 0;
  for (const file of readMarked(FILES)) {
    const marked = file.path === path ? file.text.replace(before, `${before}<|>`) : `${file.text}<|>`;
    const { text, offset: found } = readCursor(marked);
    offset = file.path === path ? found : offset;
    analyzer.apply({ kind: 'set', uri: uriOf(file.path), text });
  }
  const snapshot = analyzer.snapshot();
  const placed = snapshot.files.get(uriOf(path))?.manifests.findLast(({ start }) => start <= offset);
  assert(placed !== undefined);
  const own = offset - placed.start;
  return { snapshot, place: { manifest: placed.manifest, span: { start: own, end: own } } };
}

function described(snapshot: Snapshot, places: readonly ManifestPlace[]): string[] {
  return places.map(({ manifest, span }) => {
    const place = placeOf(snapshot, manifest);
    assert(place !== undefined);
    const inFile = fileSpan(place.placed, span);
    const text = snapshot.files.get(place.uri)?.text.slice(inFile.start, inFile.end) ?? '';
    return `${place.uri.split('/').at(-1)}: ${text.replace(/\s+/g, ' ')}`;
  });
}

function definitions(path: string, before: string): string[] {
  const { snapshot, place } = at(path, before);
  return described(snapshot, definitionsAt(snapshot, place));
}

describe('navigation', () => {
  it('leads from a backend to its Service in the same namespace', () => {
    assert.deepEqual(definitions('ingress.yaml', 'service:\n      name: w'), ['service.yaml: web']);
  });

  it('leads from a selector to the labels of the pods', () => {
    assert.deepEqual(definitions('service.yaml', 'selec'), ['deployment.yaml: app: web']);
    assert.deepEqual(definitions('service.yaml', 'selector:\n    app: w'), ['deployment.yaml: app: web']);
  });

  it('leads from the class of an Ingress to the IngressClass', () => {
    assert.deepEqual(definitions('ingress.yaml', 'ingressClassName: out'), ['ingress.yaml: outside']);
  });

  it('leads nowhere from what names nothing', () => {
    assert.deepEqual(definitions('service.yaml', 'port: 8'), []);
  });

  it('finds who names a Service, from the Service and from one of them', () => {
    for (const [path, before] of [
      ['service.yaml', 'name: w'],
      ['ingress.yaml', 'service:\n      name: w'],
    ] as const) {
      const { snapshot, place } = at(path, before);
      assert.deepEqual(described(snapshot, referencesAt(snapshot, place, false)), ['ingress.yaml: web']);
      assert.deepEqual(described(snapshot, referencesAt(snapshot, place, true)), [
        'service.yaml: web',
        'ingress.yaml: web',
      ]);
    }
  });

  it('lists what is indexed by name', () => {
    const { snapshot } = at('service.yaml', 'name: w');
    const names = (query: string): string[] =>
      symbolsMatching(snapshot, query).map(({ kind, name, namespace }) => `${kind} ${name} ${namespace ?? ''}`.trim());
    assert.deepEqual(names('web').sort(), ['Service web', 'Service web other']);
    assert.deepEqual(names('ingsho'), ['Ingress shop']);
    assert.deepEqual(names('nothing of that name'), []);
  });
});
