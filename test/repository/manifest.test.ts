import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { COMMANDS, SECTION, SETTINGS } from '../../server/src/protocol/names.ts';

const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));

describe('package.json', () => {
  it('declares exactly the commands that the client registers', () => {
    const declared = PACKAGE.contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(declared.sort(), Object.values(COMMANDS).sort());
  });

  it('declares every setting, each under the prefix and with a description', () => {
    const { properties } = PACKAGE.contributes.configuration;
    for (const setting of Object.values(SETTINGS)) {
      assert(setting in properties, setting);
    }
    for (const [name, schema] of Object.entries<{ markdownDescription?: string }>(properties)) {
      assert(name.startsWith(`${SECTION}.`), name);
      assert.match(schema.markdownDescription ?? '', /\.$/);
    }
  });

  it('pins every dependency exactly', () => {
    for (const [name, version] of Object.entries(PACKAGE.devDependencies)) {
      assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    }
    assert.equal(PACKAGE.dependencies, undefined, 'what ships is bundled');
  });

  it('works in untrusted and in virtual workspaces: nothing is executed, and files come through the editor', () => {
    assert.equal(PACKAGE.capabilities.untrustedWorkspaces.supported, true);
    assert.equal(PACKAGE.capabilities.virtualWorkspaces, true);
  });

  it('contributes the snippets that exist', () => {
    const paths = PACKAGE.contributes.snippets.map(({ path }: { path: string }) => path.replace('./', ''));
    const files = readdirSync('snippets').filter((name) => name.endsWith('.json'));
    assert.deepEqual(
      [...new Set(paths)],
      files.map((name) => `snippets/${name}`),
    );
  });
});
