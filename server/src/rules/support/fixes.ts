import type { TextEdit } from '../../text/edit.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import type { Fix, ManifestEdits } from '../rule.ts';

type FixHead = Pick<Fix, 'title' | 'safety'> & Partial<Pick<Fix, 'arguments'>>;

/**
 * A fix in the finding's own manifest, or none where it cannot be worked out: `edit` returns undefined, or the document
 * has syntax errors, so that an edit could tear apart what the tree misunderstood.
 */
export function fixHere(manifest: Manifest, head: FixHead, edit: () => readonly TextEdit[] | undefined): Fix[] {
  return fixAcross([manifest], head, () => {
    const edits = edit();
    return edits === undefined ? undefined : [{ manifest, edits }];
  });
}

/** The same for edits of several manifests. */
export function fixAcross(
  manifests: readonly Manifest[],
  head: FixHead,
  edit: () => readonly ManifestEdits[] | undefined,
): Fix[] {
  const broken = manifests.some((manifest) => manifest.yaml.problems.length > 0);
  const edits = broken ? undefined : edit();
  return edits === undefined ? [] : [{ arguments: {}, ...head, edits: () => edits }];
}
