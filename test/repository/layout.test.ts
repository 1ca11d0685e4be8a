import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';

/** The rooms of server/src; each imports only those that stand above it. */
const ROOMS = [
  'text',
  'yaml',
  'kubernetes',
  'knowledge',
  'workspace',
  'persistence',
  'configuration',
  'snapshot.ts',
  'rules',
  'rendering',
  'features',
  'messages',
  'analyzer.ts',
  'protocol',
  'lsp',
  'cli',
  'node',
];

/** Libraries that only one room may know, so that a change of theirs stays in it. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  ignore: /^server\/src\/configuration\//,
  yaml: /^server\/src\/yaml\//,
  vscode: /^(client|test\/editor)\//,
  'vscode-languageserver': /^(server\/src\/(lsp|node)|test)\//,
  'vscode-languageclient': /^client\//,
};

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Relative to the project's root; undefined for a library. */
  readonly target: string | undefined;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((entry) => posix.join(folder, entry.replaceAll('\\', '/')))
    .filter((entry) => entry.endsWith('.ts'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/^(?:import|export)\b[^'"]*?['"]([^'"\n]+)['"];?$/gm)].map(([, specifier = '']) => ({
    file,
    specifier,
    target: specifier.startsWith('.') ? posix.join(dirname(file), specifier) : undefined,
  }));
}

function roomOf(file: string): number {
  const room = file.split('/')[2] ?? '';
  const index = ROOMS.indexOf(room);
  assert.notEqual(index, -1, `${file} stands in no known room`);
  return index;
}

const SERVER = sources('server/src').flatMap(importsOf);
const CLIENT = sources('client/src').flatMap(importsOf);

describe('the layout', () => {
  it('sees the imports that are there', () => {
    assert(
      SERVER.some(({ file, target }) => file === 'server/src/rules/engine.ts' && target === 'server/src/snapshot.ts'),
    );
    assert(SERVER.some(({ specifier }) => specifier === 'yaml'));
  });

  it('lets every room of the server import only rooms above it', () => {
    for (const { file, target } of SERVER) {
      if (target !== undefined) {
        assert(target.startsWith('server/src/'), `${file} imports ${target}`);
        assert(roomOf(target) <= roomOf(file), `${file} imports ${target}, which stands below it`);
      }
    }
  });

  it('lets the client import only itself and the protocol', () => {
    for (const { file, target } of CLIENT) {
      const allowed = target === undefined || /^(client\/src|server\/src\/protocol)\//.test(target);
      assert(allowed, `${file} imports ${target}`);
    }
  });

  it('keeps each library in its room', () => {
    const tests = sources('test').flatMap(importsOf);
    for (const { file, specifier } of [...SERVER, ...CLIENT, ...tests]) {
      const library = specifier.split('/')[0] ?? '';
      const owner = OWNERS[library];
      const isTestOfYaml = library === 'yaml' && file.startsWith('test/');
      assert(owner === undefined || owner.test(file) || isTestOfYaml, `${file} imports ${specifier}`);
    }
  });

  it('keeps Node out of the engine', () => {
    const hosts = roomOf('server/src/lsp/server.ts');
    for (const { file, specifier } of SERVER) {
      assert(roomOf(file) >= hosts || !specifier.startsWith('node:'), `${file} imports ${specifier}`);
    }
  });
});

describe('the source text', () => {
  it('stays under 120 columns', () => {
    const files = [...sources('server'), ...sources('client'), ...sources('test'), ...sources('scripts')];
    for (const file of files) {
      for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
        // Addresses, annotation keys, marks under them and the texts of small fixtures cannot be broken.
        const isText =
          /https:\/\/|\^{20}|kubernetes\.io\//.test(line) || (file.startsWith('test/') && /\\n/.test(line));
        assert(line.length <= 120 || isText, `${file}:${index + 1} has ${line.length} columns`);
      }
    }
  });
});
