import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Resource } from '../../../server/src/kubernetes/resource.ts';
import { Nearness } from '../../../server/src/workspace/nearness.ts';
import type { Indexed } from '../../../server/src/workspace/objectList.ts';

type Found = Indexed<Pick<Resource, 'view'> & { readonly resource: Resource }>;

/** What it is to be nearest, object by object. */
function nearestByComparing(uri: string, all: readonly Found[]): Found[] {
  const isWhole = ({ item }: Found): boolean => item.resource.view === 'whole';
  const most = Math.max(...all.filter(isWhole).map((one) => sharedFolders(uri, one.uri)));
  return all.filter((one) => !isWhole(one) || sharedFolders(uri, one.uri) === most);
}

function sharedFolders(one: string, other: string): number {
  const [folders, others] = [one, other].map((uri) => uri.split('/').slice(0, -1));
  const differing = folders?.findIndex((folder, depth) => folder !== others?.[depth]) ?? -1;
  return differing === -1 ? (folders?.length ?? 0) : differing;
}

const anyUri = fc
  .tuple(fc.array(fc.constantFrom('a', 'b', 'app'), { maxLength: 4 }), fc.constantFrom('x.yaml', 'y.yaml'))
  .map(([folders, name]) => ['file:///w', ...folders, name].join('/'));

const anyFound = fc
  .tuple(anyUri, fc.constantFrom('whole', 'whole', 'patch'))
  .map(([uri, view]) => ({ uri, item: { view, resource: { view } } }) as unknown as Found);

describe('what lies nearest to a file', () => {
  it('is what shares most folders with it, and every patch', () => {
    fc.assert(
      fc.property(fc.array(anyFound, { maxLength: 12 }), fc.array(anyUri, { maxLength: 5 }), (all, uris) => {
        const nearness = new Nearness(all);
        for (const uri of uris) {
          const expected = nearestByComparing(uri, all);
          assert.deepEqual(nearness.to(uri), expected);
          assert.deepEqual(nearness.filesNear(uri), new Set(expected.map((one) => one.uri)));
        }
      }),
    );
  });
});
