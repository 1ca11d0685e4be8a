import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isKnownField } from '../../server/src/kubernetes/knownFields.ts';
import { readDocument, type YamlDocument } from '../../server/src/yaml/document.ts';
import { splitDocuments } from '../../server/src/yaml/documents.ts';
import { resolveAlias, type YamlMapping, type YamlNode } from '../../server/src/yaml/nodes.ts';

/** Every document of a file, as the product reads it. */
export function readAll(text: string): YamlDocument[] {
  return splitDocuments(text).map((slice) => readDocument(slice, isKnownField));
}

/** The first document of a file. */
export function read(text: string): YamlDocument {
  const [first] = readAll(text);
  if (first === undefined) {
    throw new Error('Even an empty file has one document.');
  }
  return first;
}

/**
 * A tree in one line: `{"key": "value", …}`. Behind a node, `~` says that it is templated, `…` that it is open; a key
 * of a conditional pair ends in `?`; an alias is `*`, and `*?` where it leads nowhere.
 */
export function drawTree(node: YamlNode | undefined): string {
  switch (node?.kind) {
    case undefined:
      return 'nothing';
    case 'scalar':
      return node.templated ? '~' : JSON.stringify(node.text);
    case 'alias':
      return node.target === undefined ? '*?' : '*';
    case 'sequence':
      return `[${node.items.map(drawTree).join(', ')}]${node.open ? '…' : ''}`;
    case 'mapping': {
      const pairs = node.pairs.map(
        ({ key, value, conditional }) => `${drawTree(key)}${conditional ? '?' : ''}: ${drawTree(value)}`,
      );
      return `{${pairs.join(', ')}}${node.open ? '…' : ''}`;
    }
  }
}

/** The mapping at a path of keys and indexes. */
export function mappingAtPath(root: YamlNode | undefined, ...path: readonly (string | number)[]): YamlMapping {
  let node = resolveAlias(root);
  for (const step of path) {
    node = resolveAlias(
      node?.kind === 'sequence'
        ? node.items[Number(step)]
        : node?.kind === 'mapping'
          ? node.pairs.findLast(({ key }) => key.kind === 'scalar' && key.text === step)?.value
          : undefined,
    );
  }
  if (node?.kind !== 'mapping') {
    throw new Error(`There is no mapping at ${path.join('.') || 'the root'}.`);
  }
  return node;
}

/** Every node of a tree; what an alias stands for is not followed. */
export function* nodesOf(node: YamlNode | undefined): Iterable<YamlNode> {
  if (node !== undefined) {
    yield node;
  }
  if (node?.kind === 'mapping') {
    for (const { key, value } of node.pairs) {
      yield* nodesOf(key);
      yield* nodesOf(value);
    }
  } else if (node?.kind === 'sequence') {
    for (const item of node.items) {
      yield* nodesOf(item);
    }
  }
}

/** The manifests in samples/, by name. */
export function sampleManifests(): { readonly name: string; readonly text: string }[] {
  return readdirSync('samples')
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(join('samples', name), 'utf8') }));
}
