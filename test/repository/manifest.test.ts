import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { inputOfJson } from '../../server/src/configuration/input.ts';
import { CHOICES, readSettings } from '../../server/src/configuration/readSettings.ts';
import { COMMANDS, LANGUAGES, SECTION, SETTINGS } from '../../server/src/protocol/names.ts';
import { RULES } from '../../server/src/rules/registry.ts';

const PACKAGE = JSON.parse(readFileSync('package.json', 'utf8'));

describe('package.json', () => {
  it('declares exactly the commands that the client registers', () => {
    const declared = PACKAGE.contributes.commands.map(({ command }: { command: string }) => command);
    assert.deepEqual(declared.sort(), Object.values(COMMANDS).sort());
  });

  it('declares every setting, each under the prefix and with a description', () => {
    const { properties } = PACKAGE.contributes.configuration;
    assert.deepEqual(Object.keys(properties).sort(), Object.values(SETTINGS).sort());
    for (const [name, schema] of Object.entries<{ markdownDescription?: string }>(properties)) {
      assert(name.startsWith(`${SECTION}.`), name);
      assert.match(schema.markdownDescription ?? '', /\.$/);
    }
  });

  it('lets every rule be set, and nothing else', () => {
    const { properties, additionalProperties } = PACKAGE.contributes.configuration.properties[SETTINGS.rules];
    assert.deepEqual(
      Object.entries<{ markdownDescription: string }>(properties).map(([id, one]) => [id, one.markdownDescription]),
      RULES.map(({ id, summary }) => [id, summary]),
    );
    for (const { enum: choices } of Object.values<{ enum: string[] }>(properties)) {
      assert.deepEqual(choices, CHOICES);
    }
    assert.equal(additionalProperties, false);
  });

  it('accepts the versions that the server accepts', () => {
    const { pattern } = PACKAGE.contributes.configuration.properties[SETTINGS.kubernetesVersion];
    for (const version of ['', '1.31', '1.9', 'v1.31', '1.31.2', '2.0', 'latest', '1.', ' ']) {
      const context = { knownRules: new Set<string>(), keys: new Set(['kubernetesVersion']) };
      const { problems } = readSettings(inputOfJson({ kubernetesVersion: version }), context);
      assert.equal(new RegExp(pattern).test(version), problems.length === 0, version);
    }
  });

  it('pins every dependency exactly', () => {
    for (const [name, version] of Object.entries(PACKAGE.devDependencies)) {
      assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
    }
    assert.equal(PACKAGE.dependencies, undefined, 'what ships is bundled');
  });

  it('is active for every language that the server reads', () => {
    assert.deepEqual(
      PACKAGE.activationEvents,
      LANGUAGES.map((language) => `onLanguage:${language}`),
    );
  });

  it('works in untrusted workspaces, where nothing is executed, and in virtual ones, through the client', () => {
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
