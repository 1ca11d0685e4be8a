import assert from 'node:assert/strict';
import { describeResource, resourcesOf } from '../../../server/src/kubernetes/resource.ts';
import { readManifestFile } from '../../../server/src/workspace/readFile.ts';
import { read } from '../../support/yaml.ts';

function namesIn(text: string): string[] {
  return readManifestFile('file:///manifest.yaml', text, undefined)
    .manifests.flatMap(({ manifest }) => manifest.resources)
    .map(describeResource);
}

describe('the objects of a file', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['one of a document', 'apiVersion: v1\nkind: Service\nmetadata: {name: a}\n', ['Service a']],
    ['one without a name', 'apiVersion: v1\nkind: Service\n', ['this Service']],
    ['one whose name is templated', 'apiVersion: v1\nkind: Service\nmetadata: {name: "{{ .x }}"}\n', ['this Service']],
    [
      'one a document',
      'apiVersion: v1\nkind: A\n---\napiVersion: v1\nkind: B\n---\n# nothing\n---\nfoo: bar\n',
      ['this A', 'this B'],
    ],
    ['one in JSON', '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}}', ['Service a']],
    [
      'the items of a List',
      'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: A}\n- {apiVersion: v1, kind: B}\n- 3\n- {a: b}\n',
      ['this A', 'this B'],
    ],
    [
      'the items of a ServiceList in a List',
      '{apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: ServiceList, items: [{apiVersion: v1, kind: A}]}]}',
      ['this A'],
    ],
    ['none of an empty List', 'apiVersion: v1\nkind: List\nitems: []\n', []],
    ['one whose kind only sounds like a List', 'apiVersion: x/v1\nkind: AllowList\nspec: {}\n', ['this AllowList']],
    ['none where apiVersion is missing', 'kind: Service\nspec: {}\n', []],
    ['none where kind is missing', 'apiVersion: v1\nspec: {}\n', []],
    ['none where kind is no text', 'apiVersion: v1\nkind: 3\n', []],
    ['none in a list, a scalar or nothing', '- apiVersion: v1\n  kind: A\n---\nfoo\n---\n', []],
  ];
  for (const [title, text, expected] of cases) {
    it(title, () => assert.deepEqual(namesIn(text), expected));
  }

  it('are found in nested Lists, but not without end', () => {
    const nest = (depth: number): string =>
      depth === 0 ? '{apiVersion: v1, kind: A}' : `{apiVersion: v1, kind: List, items: [${nest(depth - 1)}]}`;
    assert.deepEqual(namesIn(nest(2)), ['this A']);
    assert.deepEqual(namesIn(nest(50)), []);
  });

  it('have their parts at hand', () => {
    const [resource] = resourcesOf(
      read('apiVersion: v1\nkind: Service\nmetadata:\n  namespace: shop\n  annotations: {a: b}\nspec: {ports: []}\n')
        .root,
    );
    assert.equal(resource?.namespace.kind === 'value' && resource.namespace.value, 'shop');
    assert.equal(resource?.annotations?.pairs.length, 1);
    assert.equal(resource?.spec?.pairs.length, 1);
    assert.equal(resource?.name.kind, 'absent');
  });
});
