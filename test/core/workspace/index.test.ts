import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { render } from '../../../server/src/messages/render.ts';
import { pathsThrough } from '../../../server/src/persistence/workspacePaths.ts';
import { explain } from '../../../server/src/rendering/explanation.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import type { Snapshot } from '../../../server/src/snapshot.ts';
import { analyze } from '../../support/analysis.ts';

const NAMES = ['a', 'b'];
const NAMESPACES = ['', 'one', 'two'];

const OBJECT = fc.record({
  kind: fc.constantFrom('Service', 'Ingress', 'Deployment', 'IngressClass', 'HTTPRoute', 'ConfigMap'),
  name: fc.constantFrom(...NAMES),
  to: fc.constantFrom(...NAMES),
  namespace: fc.constantFrom(...NAMESPACES),
  sticky: fc.boolean(),
});

type Drawn = typeof OBJECT extends fc.Arbitrary<infer T> ? T : never;

function textOf({ kind, name, to, namespace, sticky }: Drawn): string {
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

const FILES = ['a/one.yaml', 'a/two.yaml', 'b/one.yaml'].map((path) => `file:///workspace/${path}`);

const CHANGE = fc.record({
  uri: fc.constantFrom(...FILES),
  objects: fc.option(fc.array(OBJECT, { minLength: 1, maxLength: 4 }), { nil: undefined }),
  /** Whether somebody looks at what is known in between, which fills all that is kept. */
  looks: fc.boolean(),
});

/** Everything that a person would see, in the order of files. */
function seen(snapshot: Snapshot): unknown[] {
  const findings = FILES.map((uri) =>
    findingsOf(snapshot, uri).map(({ finding, span, severity }) => ({
      rule: finding.rule.id,
      text: render(finding.rule, finding.message, finding.arguments),
      related: finding.related.map((place) => render(finding.rule, place.message, place.arguments)),
      fixes: finding.fixes.map((fix) => render(finding.rule, fix.title, fix.arguments)),
      span,
      severity,
    })),
  );
  const paths = snapshot.index.services.map((service) =>
    pathsThrough(service, snapshot.index, snapshot.viewFor(service.uri)).map((path) => {
      const { headline, reason, entry, pods } = explain(path);
      return [service.uri, entry, headline, reason, pods.map(({ name, replicas }) => [name, replicas])];
    }),
  );
  return [findings, paths];
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

describe('the index after any changes', () => {
  const property = fc.property(fc.array(CHANGE, { minLength: 1, maxLength: 10 }), checkChanges);

  it('answers as a fresh one, in whatever order the files came', () => fc.assert(property, { numRuns: 100 }));

  it('answers as a fresh one, many times over @slow', () => fc.assert(property, { numRuns: 20_000 })).timeout(0);
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
