import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { analyze } from '../../support/analysis.ts';
import { type Drawn, FILES, INDEX, textOf } from '../../support/anyObjects.ts';

describe('the index after any changes', () => {
  it('answers as a fresh one, in whatever order the files came', () => fc.assert(INDEX, { numRuns: 100 }));

  it('answers as a fresh one, many times over @slow', () => fc.assert(INDEX, { numRuns: 20_000 })).timeout(0);
});

describe('what was said of a file', () => {
  const SERVICE: Drawn = { kind: 'Service', name: 'a', to: 'a', namespace: '', sticky: true };
  const [one = '', two = ''] = FILES;

  /** Whether the answer for a Service is the one from before a change of another file. */
  function isKept(before: Drawn, after: Drawn): boolean {
    const analyzer = analyze(textOf(SERVICE), one);
    analyzer.apply({ kind: 'set', uri: two, text: textOf(before) });
    const first = findingsOf(analyzer.snapshot(), one);
    analyzer.apply({ kind: 'set', uri: two, text: textOf(after) });
    return findingsOf(analyzer.snapshot(), one) === first;
  }

  it('is kept where nothing changed at which a rule looked', () => {
    const deployment: Drawn = { kind: 'Deployment', name: 'b', to: 'b', namespace: '', sticky: false };
    assert.ok(isKept(deployment, { ...deployment, name: 'a' }));
    assert.ok(isKept({ ...SERVICE, name: 'b' }, { ...SERVICE, name: 'b', to: 'b' }));
  });

  it('is worked out again where its own pods changed', () => {
    const deployment: Drawn = { kind: 'Deployment', name: 'b', to: 'b', namespace: '', sticky: false };
    assert.ok(!isKept(deployment, { ...deployment, to: 'a' }));
  });
});

describe('folders', () => {
  const SERVICE: Drawn = { kind: 'Service', name: 'a', to: 'a', namespace: '', sticky: true };
  const INGRESS: Drawn = { kind: 'Ingress', name: 'a', to: 'a', namespace: '', sticky: false };
  const DEPLOYMENT: Drawn = { kind: 'Deployment', name: 'a', to: 'a', namespace: '', sticky: false };

  /** For each Service the files whose routes lead to it, and whose pods it selects. */
  function around(files: Readonly<Record<string, readonly Drawn[]>>): Record<string, string[]> {
    const analyzer = createAnalyzer();
    for (const [path, objects] of Object.entries(files)) {
      analyzer.apply({ kind: 'set', uri: `file:///workspace/${path}`, text: objects.map(textOf).join('---\n') });
    }
    const { index } = analyzer.snapshot();
    const pathOf = (uri: string): string => uri.replace('file:///workspace/', '');
    return Object.fromEntries(
      index.services.map((service) => [
        pathOf(service.uri),
        [...index.routesTo(service), ...index.workloadsOf(service)].map(({ uri }) => pathOf(uri)),
      ]),
    );
  }

  it('that hold objects of the same names are several applications', () => {
    const application = [SERVICE, INGRESS, DEPLOYMENT];
    assert.deepEqual(around({ 'one/all.yaml': application, 'two/all.yaml': application }), {
      'one/all.yaml': ['one/all.yaml', 'one/all.yaml'],
      'two/all.yaml': ['two/all.yaml', 'two/all.yaml'],
    });
  });

  it('are one application where each name stands in one of them', () => {
    assert.deepEqual(around({ 'base/a.yaml': [SERVICE, DEPLOYMENT], 'overlays/prod/b.yaml': [INGRESS] }), {
      'base/a.yaml': ['overlays/prod/b.yaml', 'base/a.yaml'],
    });
  });

  it('lie near to one another by what they share', () => {
    const files = {
      'shop/base/a.yaml': [SERVICE],
      'shop/prod/b.yaml': [INGRESS],
      'blog/a.yaml': [SERVICE],
      'blog/prod/b.yaml': [INGRESS],
    };
    assert.deepEqual(around(files), {
      'blog/a.yaml': ['blog/prod/b.yaml'],
      'shop/base/a.yaml': ['shop/prod/b.yaml'],
    });
  });
});

describe('IngressClasses of one name', () => {
  it('tell of no controller where they disagree, however many there are', () => {
    const one = textOf({ kind: 'IngressClass', name: 'a', to: 'a', namespace: '', sticky: true });
    const other = textOf({ kind: 'IngressClass', name: 'a', to: 'a', namespace: '', sticky: false });
    const controllerOf = (...texts: string[]): string | undefined =>
      analyze(texts.join('---\n')).snapshot().index.controllerOfClass('nginx');
    assert.equal(controllerOf(one, one), 'k8s.io/ingress-nginx');
    assert.equal(controllerOf(one, other, one), undefined);
  });
});

describe('names', () => {
  const INGRESS: Drawn = { kind: 'Ingress', name: 'a', to: 'a', namespace: '', sticky: true };

  function beside(one: Drawn, other: Drawn): number {
    const analyzer = analyze(textOf(one), FILES[0]);
    analyzer.apply({ kind: 'set', uri: FILES[1] ?? '', text: textOf(other) });
    const { index, files } = analyzer.snapshot();
    const [ingress] = files.get(FILES[0] ?? '')?.manifests[0]?.manifest.ingresses ?? [];
    return ingress === undefined ? -1 : index.ingressesBeside(ingress).length;
  }

  it('are compared within their namespace', () => {
    const other = { ...INGRESS, name: 'b' };
    assert.equal(beside(INGRESS, other), 1);
    assert.equal(beside({ ...INGRESS, namespace: 'one' }, { ...other, namespace: 'one' }), 1);
    assert.equal(beside({ ...INGRESS, namespace: 'one' }, { ...other, namespace: 'two' }), 0);
    assert.equal(beside({ ...INGRESS, namespace: 'one' }, other), 0);
  });

  it('that are the same mean one object, seen in a base and in an overlay', () => {
    assert.equal(beside(INGRESS, { ...INGRESS, sticky: false }), 0);
  });
});
