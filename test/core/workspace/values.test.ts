import assert from 'node:assert/strict';
import type { Service } from '../../../server/src/kubernetes/service.ts';
import { analyze } from '../../support/analysis.ts';

function valuesIn(text: string, uri: string): readonly Service[] {
  const file = analyze(text, uri).snapshot().files.get(uri);
  return file?.manifests.flatMap(({ manifest }) => manifest.valuesServices) ?? [];
}

function affinitiesIn(text: string, uri = 'file:///chart/values.yaml'): (string | undefined)[] {
  return valuesIn(text, uri).map(({ sessionAffinity }) =>
    sessionAffinity.kind === 'value' ? sessionAffinity.value : undefined,
  );
}

const SERVICE = 'service:\n  type: LoadBalancer\n  sessionAffinity: ClientIP\n';

describe('the Services of a chart’s values', () => {
  it('stand under a key that names a Service, at any depth', () => {
    assert.deepEqual(affinitiesIn(SERVICE), ['ClientIP']);
    assert.deepEqual(affinitiesIn('web:\n  apiService:\n    sessionAffinity: None\n'), ['None']);
  });

  it('stand wherever an affinity field does', () => {
    assert.deepEqual(affinitiesIn('networking:\n  sessionAffinity: ClientIP\n'), ['ClientIP']);
    assert.deepEqual(affinitiesIn('list:\n  - name: a\n    sessionAffinity: ClientIP\n'), ['ClientIP']);
  });

  it('stand below and beside one another', () => {
    assert.deepEqual(affinitiesIn(`sessionAffinity: None\n${SERVICE}`), ['None', 'ClientIP']);
    assert.deepEqual(affinitiesIn('service:\n  web:\n    sessionAffinity: ClientIP\n'), [undefined, 'ClientIP']);
    assert.deepEqual(affinitiesIn('service:\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 1\n'), [
      undefined,
    ]);
  });

  it('are not looked for under other words with service in them', () => {
    assert.deepEqual(affinitiesIn('serviceAccount:\n  create: true\nserviceMonitor:\n  enabled: true\n'), []);
  });

  it('are looked for in values files only', () => {
    for (const name of ['values.yaml', 'values-prod.yaml', 'values.prod.yml', 'prod-values.yaml', 'prod.values.yaml']) {
      assert.deepEqual(affinitiesIn(SERVICE, `file:///chart/${name}`), ['ClientIP'], name);
    }
    for (const name of ['docker-compose.yaml', 'valuesless.yaml', 'Chart.yaml']) {
      assert.deepEqual(affinitiesIn(SERVICE, `file:///chart/${name}`), [], name);
    }
  });

  it('know nothing but what the values say', () => {
    const [service] = valuesIn('service:\n  port: 80\n', 'file:///chart/values.yaml');
    assert.equal(service?.sessionAffinity.kind, 'unknown');
    assert.equal(service?.type.kind, 'unknown');
    assert.equal(service?.resource.view, 'values');
  });

  it('come from a Flux HelmRelease and an Argo CD Application, with spans of the outer text', () => {
    const flux = `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n    service:\n      sessionAffinity: ClientIP\n`;
    assert.deepEqual(affinitiesIn(flux, 'file:///release.yaml'), ['ClientIP']);
    const argo = `apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  source:
    helm:
      values: |
        replicas: 2
        service:
          sessionAffinity: ClientIP
`;
    const [service] = valuesIn(argo, 'file:///application.yaml');
    assert(service?.sessionAffinity.kind === 'value');
    const { start, end } = service.sessionAffinity.span;
    assert.equal(argo.slice(start, end), 'ClientIP');
  });

  it('are not read from inline text that is no YAML or that is folded', () => {
    const argo = (style: string) =>
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nspec:\n  source:\n    helm:\n      values: ${style}\n        service:\n          sessionAffinity: "ClientIP\n`;
    assert.deepEqual(affinitiesIn(argo('|'), 'file:///application.yaml'), []);
    assert.deepEqual(affinitiesIn(argo('>'), 'file:///application.yaml'), []);
  });
});

describe('a patch', () => {
  const viewOf = (text: string, uri = 'file:///service.yaml'): string | undefined =>
    analyze(text, uri).snapshot().files.get(uri)?.manifests[0]?.manifest.resources[0]?.view;
  const service = (spec: string) => `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n${spec}`;
  const whole = service('  selector:\n    app: web\n  ports:\n    - port: 80\n');

  it('is known by what it lacks', () => {
    assert.equal(viewOf(whole), 'whole');
    assert.equal(viewOf(service('  sessionAffinity: ClientIP\n')), 'patch');
    assert.equal(viewOf(service('  clusterIP: None\n')), 'whole');
    assert.equal(viewOf(service('  type: ExternalName\n  externalName: example.org\n')), 'whole');
  });

  it('is known by its file and by what it says of itself', () => {
    assert.equal(viewOf(whole, 'file:///overlay/service-patch.yaml'), 'patch');
    assert.equal(viewOf(whole, 'file:///overlay/patches/service.yaml'), 'patch');
    assert.equal(viewOf(`$patch: delete\n${whole}`), 'patch');
  });
});
