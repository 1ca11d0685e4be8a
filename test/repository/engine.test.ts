import assert from 'node:assert/strict';
import { type Node, parse } from 'acorn';
import { fullAncestor } from 'acorn-walk';
import { engineBundle } from '../support/bundle.ts';

/** What leads out of the engine, or makes code of a text, wherever it would be run. */
const WAYS_OUT = new Set([
  'Deno',
  'EventSource',
  'Function',
  'WebSocket',
  'Worker',
  'XMLHttpRequest',
  'eval',
  'fetch',
  'global',
  'globalThis',
  'importScripts',
  'navigator',
  'performance',
  'process',
  'require',
  'self',
  'setImmediate',
  'setInterval',
  'setTimeout',
  'window',
]);

/** The free names of a script that are among the ways out, and what it imports. */
function waysOutOf(script: string): string[] {
  const found = new Set<string>();
  fullAncestor(parse(script, { ecmaVersion: 2024 }), (node: Node, _state: unknown, ancestors: Node[]) => {
    const parent = ancestors.at(-2);
    if (node.type === 'ImportExpression') {
      found.add('import');
    }
    // `(() => 0).constructor('…')` makes code of a text as well.
    const { callee } = node as Node & { callee?: Node & { property?: { name?: string } } };
    if (callee?.type === 'MemberExpression' && callee.property?.name === 'constructor') {
      found.add('constructor');
    }
    if (node.type !== 'Identifier' || parent === undefined) {
      return;
    }
    const { name } = node as Node & { name: string };
    const { type, property, key, computed } = parent as Node & { property?: Node; key?: Node; computed?: boolean };
    const isOwnName =
      (type === 'MemberExpression' && property === node && computed === false) ||
      (/^(?:Property|PropertyDefinition|MethodDefinition)$/.test(type) && key === node && computed === false);
    // A library asks on which system it runs, where there is one.
    const asksForSystem =
      name === 'process' &&
      (type === 'UnaryExpression' ||
        (type === 'MemberExpression' && (property as { name?: string } | undefined)?.name === 'platform'));
    if (!isOwnName && !asksForSystem && WAYS_OUT.has(name)) {
      found.add(name);
    }
  });
  return [...found];
}

describe('the engine', () => {
  it('has no way out, as made for any host: no network, no process, no disk, no timer, no code made of text', () => {
    const script = engineBundle();
    assert(script.length > 500_000, 'The bundle holds too little.');
    assert.deepEqual(waysOutOf(script), []);
  });

  it('would be found out', () => {
    for (const [script, name] of [
      ['fetch("https://example.com")', 'fetch'],
      ['globalThis["fetch"]("")', 'globalThis'],
      ['(() => eval("1"))()', 'eval'],
      ['new Function("return 1")', 'Function'],
      ['import("node:fs")', 'import'],
      ['const { env } = process', 'process'],
      ['(() => 0).constructor("return 1")()', 'constructor'],
      ['self.fetch("")', 'self'],
    ] as const) {
      assert.deepEqual(waysOutOf(script), [name]);
    }
    assert.deepEqual(waysOutOf('({ process: 1 }).process'), []);
  });
});
