import assert from 'node:assert/strict';
import { Exclusions } from '../../../server/src/configuration/exclusions.ts';
import { inputOfJson } from '../../../server/src/configuration/input.ts';
import {
  DEFAULT_WORKSPACE_SETTINGS,
  readWorkspaceSettings,
} from '../../../server/src/configuration/readWorkspaceSettings.ts';

const ROOT = 'file:///workspace/';

function excluded(globs: readonly string[], ...paths: string[]): boolean[] {
  const exclusions = new Exclusions(ROOT, globs);
  return paths.map((path) => exclusions.excludes(ROOT + path));
}

describe('what is excluded', () => {
  it('by a glob is relative to the folder, and whatever lies below', () => {
    assert.deepEqual(excluded(['vendor'], 'vendor/a.yaml', 'vendor/', 'x/vendor/a.yaml', 'vendors/a.yaml'), [
      true,
      true,
      false,
      false,
    ]);
    assert.deepEqual(excluded(['**/vendor'], 'vendor/a.yaml', 'x/y/vendor/z/a.yaml', 'xvendor/a.yaml'), [
      true,
      true,
      false,
    ]);
    assert.deepEqual(excluded(['**/*.{gen,tmp}.yaml'], 'a.gen.yaml', 'x/a.tmp.yaml', 'a.gen,tmp.yaml'), [
      true,
      true,
      false,
    ]);
    assert.deepEqual(excluded(['a?.yaml', '[!x]/b.yaml'], 'ab.yaml', 'a.yaml', 'x/b.yaml', 'y/b.yaml'), [
      true,
      false,
      false,
      true,
    ]);
    assert.deepEqual(excluded(['x/**', 'with blank'], 'x/y/a.yaml', 'with%20blank/a.yaml'), [true, true]);
  });

  it('by half a glob is nothing', () => {
    assert.deepEqual(excluded(['[', '{a', '(', '**/['], 'a.yaml', '(.yaml'), [false, false]);
  });

  it('knows characters of two units', () => {
    assert.deepEqual(excluded(['🧭/*.yaml'], '🧭/a.yaml', 'x/a.yaml'), [true, false]);
  });

  it('takes globs and names that were made to take long', () => {
    const name = 'a'.repeat(250);
    assert.deepEqual(excluded(['*a*a*a*a*a*a*a*a*a*a*b', '{{a,aa},a}'.repeat(40)], name, `${name}b`), [false, true]);
    assert.deepEqual(excluded([`${'**/'.repeat(30)}x`], `${'d/'.repeat(60)}y`, `${'d/'.repeat(60)}x`), [false, true]);
  });

  it('by .gitignore files goes by the deepest that speaks of it', () => {
    const exclusions = new Exclusions(ROOT, []);
    exclusions.addIgnoreFile(`${ROOT}.gitignore`, '*.local.yaml\n/out\n!kept.local.yaml\n');
    exclusions.addIgnoreFile(`${ROOT}a/.gitignore`, '!mine.local.yaml\nb/\n');
    exclusions.addIgnoreFile(`${ROOT}out/.gitignore`, '!*\n');
    const verdicts = {
      'x.local.yaml': true,
      'kept.local.yaml': false,
      'a/x.local.yaml': true,
      'a/mine.local.yaml': false,
      'mine.local.yaml': true,
      'a/b/c.yaml': true,
      'b/c.yaml': false,
      // What lies in a folder that is left out cannot come back.
      'out/c.yaml': true,
      'a/out/c.yaml': false,
    };
    for (const [path, verdict] of Object.entries(verdicts)) {
      assert.equal(exclusions.excludes(ROOT + path), verdict, path);
    }
  });

  it('by .gitignore files leaves out lines that would take too long', () => {
    const exclusions = new Exclusions(ROOT, []);
    exclusions.addIgnoreFile(`${ROOT}.gitignore`, '*a*a*a*a*a*a*a*a*a*b\n**/x/**/y/**/*.yaml\n*a*b*c*.yml\n');
    const names = ['a'.repeat(250), `${'a'.repeat(250)}b`, 'x/y/z/a.yaml', 'abc.yml'];
    assert.deepEqual(
      names.map((name) => exclusions.excludes(ROOT + name)),
      [false, false, true, true],
    );
  });

  it('are also folders in which nobody keeps manifests', () => {
    assert.deepEqual(excluded([], 'a/node_modules/x/a.yaml', '.git/a.yaml', 'node_modules.yaml'), [true, true, false]);
  });
});

describe('settings for files that are not open', () => {
  it('are read one by one, and a bad one leaves its default', () => {
    const good = { checkUnopenedFiles: false, exclude: ['a', 'b'], maximumFiles: 0 };
    assert.deepEqual(readWorkspaceSettings(inputOfJson({ ...good, rules: {} })), { settings: good, problems: [] });
    const bad = { checkUnopenedFiles: 'no', exclude: ['a', 3], maximumFiles: -1 };
    const { settings, problems } = readWorkspaceSettings(inputOfJson(bad));
    assert.deepEqual(settings, { ...DEFAULT_WORKSPACE_SETTINGS, exclude: ['a'] });
    assert.deepEqual(problems, [
      'checkUnopenedFiles must be true or false, not the text no.',
      'exclude holds something that is no pattern.',
      'maximumFiles must be a whole number, not the number -1.',
    ]);
  });

  it('are the default where nothing or something else is written', () => {
    for (const value of [null, undefined, {}, 'x', [], { exclude: null }]) {
      assert.deepEqual(readWorkspaceSettings(inputOfJson(value)).settings, DEFAULT_WORKSPACE_SETTINGS);
    }
  });
});
