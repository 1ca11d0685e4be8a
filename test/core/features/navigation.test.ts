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

const FILES = `#- app/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
#- app/ingress.yaml
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
#- app/deployment.yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web
#- app/policy.yaml
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: BackendLBPolicy
metadata:
  name: sticky
spec:
  targetRefs:
    - group: ""
      kind: Service
      name: web
#- elsewhere/ingress.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  defaultBackend:
    service:
      name: web
      port:
        number: 80
#- elsewhere/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
#- app/other.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
  namespace: other
spec:
  ports:
    - port: 80
`;

/** Opens the files with the cursor behind `before` in one of them, by default one of the folder `app`. */
function at(name: string, before: string): { readonly snapshot: Snapshot; readonly place: ManifestPlace } {
  const analyzer = createAnalyzer();
  const path = name.includes('/') ? name : `app/${name}`;
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
  return { snapshot, place: { uri: uriOf(path), manifest: placed.manifest, span: { start: own, end: own } } };
}

function described(snapshot: Snapshot, places: readonly ManifestPlace[]): string[] {
  return places.map(({ manifest, span }) => {
    const place = placeOf(snapshot, manifest);
    assert(place !== undefined);
    const inFile = fileSpan(place.placed, span);
    const text = snapshot.files.get(place.uri)?.text.slice(inFile.start, inFile.end) ?? '';
    return `${place.uri.slice(uriOf('.').length).replace('app/', '')}: ${text.replace(/\s+/g, ' ')}`;
  });
}

function definitions(path: string, before: string): string[] {
  const { snapshot, place } = at(path, before);
  return described(snapshot, definitionsAt(snapshot, place));
}

function references(path: string, before: string, withItself: boolean): string[] {
  const { snapshot, place } = at(path, before);
  return described(snapshot, referencesAt(snapshot, place, withItself));
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

  it('leads from a policy to its target', () => {
    assert.deepEqual(definitions('policy.yaml', 'name: w'), ['service.yaml: web']);
  });

  it('leads to what lies nearest, of several of one name', () => {
    assert.deepEqual(definitions('elsewhere/ingress.yaml', 'name: w'), ['elsewhere/service.yaml: web']);
    assert.deepEqual(references('elsewhere/service.yaml', 'name: w', false), ['elsewhere/ingress.yaml: web']);
  });

  it('finds who names a Service, from the Service and from one of them', () => {
    for (const [path, before] of [
      ['service.yaml', 'name: w'],
      ['ingress.yaml', 'service:\n      name: w'],
    ] as const) {
      assert.deepEqual(references(path, before, false).sort(), ['ingress.yaml: web', 'policy.yaml: web']);
      assert.deepEqual(references(path, before, true)[0], 'service.yaml: web');
      assert.equal(references(path, before, true).length, 3);
    }
  });

  it('finds what selects pods, and the Ingresses of a class', () => {
    assert.deepEqual(references('deployment.yaml', 'labels:\n        app: w', false), [
      'service.yaml: app: web',
      'service.yaml: selector',
    ]);
    assert.deepEqual(references('ingress.yaml', 'IngressClass\nmetadata:\n  name: out', true), [
      'ingress.yaml: outside',
      'ingress.yaml: outside',
    ]);
  });

  it('lists what is indexed by name', () => {
    const { snapshot } = at('service.yaml', 'name: w');
    const names = (query: string): string[] =>
      symbolsMatching(snapshot, query).map(({ kind, name, namespace }) => `${kind} ${name} ${namespace ?? ''}`.trim());
    assert.deepEqual(names('web').sort(), ['Service web', 'Service web', 'Service web other']);
    assert.deepEqual(names('ingsho'), ['Ingress shop', 'Ingress shop']);
    assert.deepEqual(names('nothing of that name'), []);
  });
});
