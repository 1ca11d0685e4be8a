import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { PRODUCTS } from '../../../server/src/knowledge/products.ts';
import type { Workload } from '../../../server/src/kubernetes/workload.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import { countObjects, holdsSomething, type Manifest } from '../../../server/src/workspace/manifest.ts';
import { canMatter, readManifestFile } from '../../../server/src/workspace/readFile.ts';
import { analyze, findingsIn, rulesIn, URI } from '../../support/analysis.ts';

const TEXTS = [
  ...readdirSync('samples')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(`samples/${name}`, 'utf8')),
  ...RULES.flatMap(({ examples }) => examples).map((example) => ('bad' in example ? example.bad : example.good)),
  ...PRODUCTS.flatMap(({ samples }) => samples.map(({ manifest }) => manifest)),
].map((text) => text.replace(/^ *\^+ [a-z-]+\n/gm, ''));

const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\ndata:\n  a: b\n';
const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    metadata:
      labels:
        app: web
`;

/** Pieces that come before, behind and between what is read. */
const PIECES = [
  '---\n',
  '...\n',
  '# comment\n',
  '\n',
  '\uFEFF',
  '{{ if .Values.x }}\n',
  '{{ end }}\n',
  'kind: ConfigMap\n',
  'kind: Service\n',
  'kind: "Serv\\u0069ce"\n',
  'kind: >-\n  Service\n',
  'kind : Service # comment\n',
  'apiVersion: v1\n',
  'items:\n- apiVersion: v1\n  kind: Secret\n',
  'metadata:\n  annotations:\n    nginx.ingress.kubernetes.io/affinity: cookie\n',
  'metadata:\n  annotations: {konghq.com/x: y}\n',
  'metadata:\n\u00a0\u00a0name: web\n',
  '"kind": "List"\n',
  '{"apiVersion": "v1", "kind": "Secret"}\n',
  '{"apiVersion": "v1", "kind": "Service", "spec": {"sessionAffinity": "Cookie", "ports": [{"port": 80}]}}\n',
  '# session-persistence-ignore-file affinity-in-selector\n',
  CONFIG_MAP,
  CONFIG_MAP.replace('ConfigMap', 'ConfigMapList'),
  DEPLOYMENT,
  DEPLOYMENT.replace('spec', 'sessionAffinity: ClientIP\nspec'),
];

/** A comment that lets every document be read, and that says nothing. */
const READ_ME = '# session-persistence-x\n';

/** The same file, of which every document is read whatever it says. */
function readAnyway(manifests: readonly Manifest[]): string {
  return manifests.map(({ raw }) => raw + (raw.endsWith('\n') ? '' : '\n') + READ_ME).join('');
}

function check(text: string): void {
  const { manifests } = readManifestFile(URI, text, undefined);
  const all = manifests.map(({ manifest }) => manifest);
  const isBroken = all.some(({ yaml }) => yaml.problems.length > 0);
  for (const manifest of all) {
    const { root } = manifest.yaml;
    const holds = root !== undefined && (root.kind !== 'scalar' || root.span.end > root.span.start);
    assert.equal(holdsSomething(manifest), holds, manifest.raw);
    if (!isBroken) {
      assert.equal(countObjects(manifest), manifest.resources.length, manifest.raw);
    }
    assert.deepEqual(manifest.pods.map(summaryOf), manifest.workloads.map(summaryOf));
  }
  // A comment behind the end of a document is before the mark that may stand there.
  const hasInnerMark = text.includes('\uFEFF', 1);
  if (!isBroken && !hasInnerMark) {
    const anyway = analyze(readAnyway(all)).snapshot();
    assert.deepEqual(rulesIn(text), rulesIn(readAnyway(all)), text);
    const { index } = analyze(text).snapshot();
    assert.equal(index.services.length, anyway.index.services.length);
    assert.equal(index.routes.length, anyway.index.routes.length);
    assert.equal(index.classesKey, anyway.index.classesKey);
  }
  if (!canMatter(URI, text)) {
    assert(all.every(({ relevance }) => relevance === 'none'));
  }
}

function summaryOf({ resource, podLabels, replicas, podSpec }: Workload): unknown[] {
  return [resource.name, resource.root.pairs.length, resource.spec?.span, podLabels?.entries, replicas, podSpec?.span];
}

describe('the test whether a text can matter', () => {
  it('lets everything pass that a rule or a table speaks of', () => {
    for (const text of TEXTS) {
      check(text);
      assert(canMatter(URI, text) || findingsIn(text).length === 0, text);
    }
  });

  const property = fc.property(
    fc.array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...TEXTS)), { maxLength: 6 }),
    (pieces) => check(pieces.join('')),
  );

  it('is never wrong about what it leaves out', () => fc.assert(property, { numRuns: 200 }));

  it('is never wrong, many times over @slow', () => fc.assert(property, { numRuns: 50_000 })).timeout(0);

  it('leaves out what is about something else', () => {
    for (const text of [CONFIG_MAP, 'a: 1\n', '', 'kind: of thing\n', '{"name": "package"}', '# Service\n']) {
      assert.equal(canMatter(URI, text), false, text);
    }
    const [placed] = readManifestFile(URI, DEPLOYMENT, undefined).manifests;
    assert.equal(placed?.manifest.relevance, 'workloads');
  });

  it('looks for the words of values where a file holds some', () => {
    const values = 'web:\n  service:\n    sessionAffinity: cookie\n';
    assert.equal(canMatter('file:///chart/values.yaml', values), true);
    assert.equal(canMatter(URI, values), false);
    assert.equal(canMatter('file:///chart/values.yaml', 'replicas: 1\n'), false);
  });

  it('does not hide what a document between others says', () => {
    const files = analyze(`${CONFIG_MAP}---\n${TEXTS[0]}`).snapshot().files;
    assert.equal(files.get(URI)?.manifests[0]?.manifest.relevance, 'none');
    assert(findingsIn(`${CONFIG_MAP}---\n${TEXTS[0]}`).length >= findingsIn(TEXTS[0] ?? '').length);
  });
});
