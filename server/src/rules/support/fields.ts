import { fieldAt } from '../../kubernetes/field.ts';
import type { Service } from '../../kubernetes/service.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import { type Anchor, removePairs, setScalar } from '../../yaml/edits.ts';
import { keyText, type YamlMapping } from '../../yaml/nodes.ts';
import { areEditable } from './affinityFields.ts';

/** Sets a field to a word. Undefined where a template, a merge or an alias decides it, or where no word stands. */
export function setWord(
  manifest: Manifest,
  mapping: YamlMapping,
  key: string,
  text: string,
  after?: Anchor,
): TextEdit[] | undefined {
  const field = fieldAt(mapping, key);
  const settable =
    field.kind === 'absent' || (field.kind === 'present' && field.editable && field.node.kind === 'scalar');
  return settable ? setScalar(manifest.yaml, mapping, key, { kind: 'word', text }, after) : undefined;
}

/** Removes the affinity of a Service and what it is made of. */
export function removeAffinity(manifest: Manifest, { spec }: Service): TextEdit[] | undefined {
  return removeFields(manifest, spec, ['sessionAffinity', 'sessionAffinityConfig']);
}

/** Removes fields, however often each is written. Undefined where one is not written here or a template fills it in. */
export function removeFields(
  manifest: Manifest,
  mapping: YamlMapping,
  keys: readonly string[],
): TextEdit[] | undefined {
  const pairs = mapping.pairs.filter((pair) => keys.includes(keyText(pair) ?? ''));
  const written = keys.every((key) => {
    const field = fieldAt(mapping, key);
    return field.kind === 'absent' || (field.kind === 'present' && field.editable);
  });
  return written && pairs.length > 0 && areEditable(pairs) ? removePairs(manifest.yaml, mapping, pairs) : undefined;
}
