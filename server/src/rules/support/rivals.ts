import type { Located } from '../../kubernetes/field.ts';
import type { Resource } from '../../kubernetes/resource.ts';
import type { Indexed } from '../../workspace/workspaceIndex.ts';
import type { RuleContext } from '../rule.ts';

/**
 * The other policies of a kind and namespace, under other names, that may be installed together with this one. Folders
 * beside each other hold the places of one application, so only what lies in one line of folders is.
 */
export function rivalsOf(policy: Resource, { file, snapshot }: RuleContext): Indexed<Resource>[] {
  return snapshot.index.policies.filter(
    ({ item, uri }) =>
      item !== policy &&
      item.kind === policy.kind &&
      item.apiVersion.split('/')[0] === policy.apiVersion.split('/')[0] &&
      textOf(item.name) !== textOf(policy.name) &&
      textOf(item.namespace) === textOf(policy.namespace) &&
      areInLine(folderOf(file.uri), folderOf(uri)),
  );
}

export function textOf(located: Located<string>): string | undefined {
  return located.kind === 'value' ? located.value : undefined;
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

function areInLine(folder: string, other: string): boolean {
  return folder.startsWith(other) || other.startsWith(folder);
}
