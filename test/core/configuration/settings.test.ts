import assert from 'node:assert/strict';
import { type Analyzer, createAnalyzer } from '../../../server/src/analyzer.ts';
import { foldersAbove } from '../../../server/src/configuration/configuration.ts';
import { inputOfJson } from '../../../server/src/configuration/input.ts';
import { isProjectFile } from '../../../server/src/configuration/projectFile.ts';
import { CHOICES, KNOWN_KEYS, readSettings } from '../../../server/src/configuration/readSettings.ts';
import { combine, NO_CHOICES } from '../../../server/src/configuration/settings.ts';
import { render } from '../../../server/src/messages/render.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { settingsInvalid, settingsMessage } from '../../../server/src/rules/settingsInvalid.ts';
import { findingsIn, mendAll, uriOf } from '../../support/analysis.ts';

const KEYS = {
  knownRules: new Set(['some-rule', 'other-rule']),
  keys: new Set(['rules', 'kubernetesVersion', 'controllers', 'productVersions', 'ignore']),
};

function read(value: unknown) {
  return readSettings(inputOfJson(value), KEYS);
}

function problems(value: unknown): string[] {
  return read(value).problems.map((problem) => {
    const { message, arguments: args } = settingsMessage(problem);
    return `${problem.path.join('.')}: ${render(settingsInvalid, message, args).split('\n')[0]}`;
  });
}

describe('the reader of settings', () => {
  it('takes every choice for a rule', () => {
    for (const choice of CHOICES) {
      const { choices, problems: none } = read({ rules: { 'some-rule': choice } });
      assert.deepEqual([[...choices.rules], none], [[['some-rule', choice]], []]);
    }
  });

  it('takes a version, its absence, and that none is to matter', () => {
    const version = (value: unknown) => read({ kubernetesVersion: value }).choices.kubernetesVersion;
    assert.deepEqual(version('1.31'), { major: 1, minor: 31 });
    assert.deepEqual(version('1.8'), { major: 1, minor: 8 });
    assert.equal(version(''), 'any');
    assert.equal(version(undefined), undefined);
    assert.equal(version(null), undefined);
  });

  it('takes nothing at all', () => {
    for (const nothing of [undefined, null, {}, { rules: null }, { rules: {} }, { ignore: [] }]) {
      assert.deepEqual(problems(nothing), []);
    }
  });

  it('says what cannot be used, keeps the rest, and lets the default stand', () => {
    const value = {
      rules: { 'some-rule': 'info', 'other-rule': 'off', 'som-rule': 'off', other: 'off', 'some-rule ': false },
      kubernetesVersion: 1.31,
      ignored: [],
      ignore: ['a', 3],
    };
    assert.deepEqual(problems(value), [
      'rules.some-rule: info is no severity, so the default stands; did you mean information?',
      'rules.som-rule: som-rule is no rule, so nothing is set by it; did you mean some-rule?',
      'rules.other: other is no rule, so nothing is set by it.',
      'rules.some-rule : some-rule  is no rule, so nothing is set by it; did you mean some-rule?',
      'kubernetesVersion: kubernetesVersion must be text such as "1.31", not the number 1.31; the default stands.',
      'ignored: ignored is no setting here; did you mean ignore?',
      'ignore: ignore must be a list of patterns, not the number 3; the default stands.',
    ]);
    const { choices, ignore } = read(value);
    assert.deepEqual([...choices.rules], [['other-rule', 'off']]);
    assert.deepEqual(ignore, ['a']);
  });

  it('survives every kind of value at every place', () => {
    const values = [0, 1.5, '', 'x', true, false, null, undefined, [], ['x'], {}, { x: 1 }, [[[[[[[[]]]]]]]]];
    const circle: Record<string, unknown> = {};
    circle.rules = circle;
    for (const value of [...values, circle]) {
      for (const whole of [value, { rules: value }, { rules: { 'some-rule': value } }, { kubernetesVersion: value }]) {
        assert.equal(read(whole).choices.rules.size, 0);
      }
      read({ ignore: value });
    }
  });

  it('knows what other tools call a severity, and what a version looks like elsewhere', () => {
    const meant = (value: unknown) => read(value).problems[0]?.meant;
    assert.equal(meant({ rules: { 'some-rule': 'warn' } }), 'warning');
    assert.equal(meant({ rules: { 'some-rule': 'Error' } }), 'error');
    assert.equal(meant({ rules: { 'some-rule': 'none' } }), 'off');
    assert.equal(meant({ rules: { 'some-rule': 'loud' } }), undefined);
    assert.equal(meant({ kubernetesVersion: 'v1.31.4-gke.100' }), '1.31');
    assert.equal(meant({ kubernetesVersion: 'latest' }), undefined);
    assert.equal(meant({ 'sessionPersistence.rules': {} }), 'rules');
  });

  it('lets a later source win, rule by rule', () => {
    const editor = read({ rules: { 'some-rule': 'off', 'other-rule': 'hint' }, kubernetesVersion: '1.20' }).choices;
    const file = read({ rules: { 'some-rule': 'error' } }).choices;
    const combined = combine(editor, file);
    assert.deepEqual([...combined.rules].sort(), [
      ['other-rule', 'hint'],
      ['some-rule', 'error'],
    ]);
    assert.deepEqual(combined.kubernetesVersion, { major: 1, minor: 20 });
    assert.equal(combine(editor, read({ kubernetesVersion: '' }).choices).kubernetesVersion, undefined);
  });

  it('describes every key that it reads', () => {
    assert.deepEqual(KNOWN_KEYS.map(({ key }) => key).sort(), [...KEYS.keys].sort());
  });
});

const PROJECT_FILE = uriOf('.session-persistence.yaml');
const RULE = 'affinity-value-unsupported';

function said(text: string): string[] {
  return findingsIn(text, PROJECT_FILE).map(
    ({ finding, severity, span }) =>
      `${severity} at ${text.slice(span.start, span.end)}: ` +
      `${render(finding.rule, finding.message, finding.arguments).split('\n')[0]}`,
  );
}

describe('the project file as a document', () => {
  it('is one by its name alone', () => {
    assert(isProjectFile('file:///a/.session-persistence.yaml'));
    assert(!isProjectFile('file:///a/x.session-persistence.yaml'));
    assert(!isProjectFile('file:///a/.session-persistence.yaml/b.yaml'));
  });

  it('may be empty, or in flow style, or JSON', () => {
    for (const text of [
      '',
      '# nothing\n',
      '---\n',
      '---\nrules: {}\n---\n# end\n',
      'rules:\n',
      '{rules: {timeouts-disagree: off}}',
      '{"rules": {}}',
    ]) {
      assert.deepEqual(said(text), []);
    }
  });

  it('reads scalars as text, so that off and 1.30 need no quotes', () => {
    const text = `rules:\n  ${RULE}: off\nkubernetesVersion: 1.30\n`;
    assert.deepEqual(said(text), []);
    const analyzer = createAnalyzer();
    analyzer.apply({ kind: 'set', uri: PROJECT_FILE, text });
    const settings = analyzer.snapshot().settingsFor(uriOf('a.yaml'));
    assert.deepEqual([...settings.rules, settings.kubernetesVersion], [[RULE, 'off'], { major: 1, minor: 30 }]);
  });

  it('says what is wrong where it stands', () => {
    assert.deepEqual(said('rules: [off]\n'), [
      'warning at [off]: rules must be a mapping of rule ids to severities, not a list; the default stands.',
    ]);
    assert.deepEqual(said('off\n'), [
      'warning at off: The settings must be a mapping of settings, not the text off; the default stands.',
    ]);
    assert.deepEqual(said('kubernetesVersion: newest\n'), [
      'warning at newest: newest is no Kubernetes version, so none is taken into account.',
    ]);
    assert.deepEqual(said('ignore: {a: b}\n'), [
      'warning at {a: b}: ignore must be a list of patterns, not a mapping; the default stands.',
    ]);
    assert.deepEqual(said(`rules:\n  ${RULE}: off\n---\nrules: {}\n`), [
      'warning at rules: {}: This second document is not read: the settings are the first one of the file.',
    ]);
    assert.match(said('rules: [\n').join(), /warning at : This is no YAML/);
  });

  it('is mended to the last mistake', () => {
    assert.equal(
      mendAll(
        'rule:\n  "timeouts-disagre": Info\n  affinity_in_selector: warn # why\nkubernetes-version: "v1.30.1"\n',
        undefined,
        PROJECT_FILE,
      ),
      'rules:\n  "timeouts-disagree": information\n  affinity-in-selector: warning # why\nkubernetesVersion: "1.30"\n',
    );
  });

  it('is never taken for a manifest', () => {
    const text = 'apiVersion: v1\nkind: Service\nspec:\n  sessionAffinity: Cookie\n';
    assert.deepEqual(
      [...new Set(findingsIn(text, PROJECT_FILE).map(({ finding }) => finding.rule.id))],
      ['settings-invalid'],
    );
  });
});

const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: Cookie
  ports:
    - port: 80
`;

function withManifests(...paths: string[]): Analyzer {
  const analyzer = createAnalyzer();
  for (const path of paths) {
    analyzer.apply({ kind: 'set', uri: uriOf(path), text: MANIFEST });
  }
  return analyzer;
}

function severities(analyzer: Analyzer, path: string): string[] {
  return findingsOf(analyzer.snapshot(), uriOf(path)).map(({ severity }) => severity);
}

describe('where settings hold', () => {
  const file = (analyzer: Analyzer, path: string, text: string | undefined): void =>
    analyzer.apply({ kind: 'projectFile', uri: uriOf(path), text });

  it('is everywhere for those of the editor', () => {
    const analyzer = withManifests('a.yaml');
    assert.deepEqual(severities(analyzer, 'a.yaml'), ['error']);
    analyzer.apply({ kind: 'settings', choices: { ...NO_CHOICES, rules: new Map([[RULE, 'hint']]) } });
    assert.deepEqual(severities(analyzer, 'a.yaml'), ['hint']);
  });

  it('is the folder of a project file and those below, and the nearest one counts alone', () => {
    const analyzer = withManifests('a.yaml', 'b/a.yaml', 'b/c/a.yaml', 'd/a.yaml');
    file(analyzer, 'b/.session-persistence.yaml', `rules: {${RULE}: hint}`);
    file(analyzer, 'b/c/.session-persistence.yaml', 'rules: {timeouts-disagree: off}');
    assert.deepEqual(
      ['a.yaml', 'b/a.yaml', 'b/c/a.yaml', 'd/a.yaml'].map((path) => severities(analyzer, path)[0]),
      ['error', 'hint', 'error', 'error'],
    );
  });

  it('lets the project file win over the editor, rule by rule', () => {
    const analyzer = withManifests('a.yaml');
    const rules = new Map([
      [RULE, 'hint'],
      ['timeouts-disagree', 'off'],
    ] as const);
    analyzer.apply({ kind: 'settings', choices: { ...NO_CHOICES, rules } });
    file(analyzer, '.session-persistence.yaml', `rules: {${RULE}: warning}`);
    assert.deepEqual(severities(analyzer, 'a.yaml'), ['warning']);
    assert.equal(analyzer.snapshot().settingsFor(uriOf('a.yaml')).rules.get('timeouts-disagree'), 'off');
  });

  it('follows a project file that changes and goes', () => {
    const analyzer = withManifests('a.yaml');
    file(analyzer, '.session-persistence.yaml', `rules: {${RULE}: off}`);
    assert.deepEqual(severities(analyzer, 'a.yaml'), []);
    file(analyzer, '.session-persistence.yaml', `rules: {${RULE}: hint}`);
    assert.deepEqual(severities(analyzer, 'a.yaml'), ['hint']);
    file(analyzer, '.session-persistence.yaml', undefined);
    assert.deepEqual(severities(analyzer, 'a.yaml'), ['error']);
  });

  it('lets a buffer win over the disk until it is closed', () => {
    const analyzer = withManifests('a.yaml');
    const uri = uriOf('.session-persistence.yaml');
    analyzer.apply({ kind: 'set', uri, text: `rules: {${RULE}: hint}` });
    file(analyzer, '.session-persistence.yaml', `rules: {${RULE}: off}`);
    assert.deepEqual(severities(analyzer, 'a.yaml'), ['hint']);
    analyzer.apply({ kind: 'remove', uri });
    assert.deepEqual(severities(analyzer, 'a.yaml'), []);
  });

  it('finds what is wrong in a project file that is not open', () => {
    const analyzer = createAnalyzer();
    file(analyzer, '.session-persistence.yaml', 'rules: {x: off}');
    assert.deepEqual(severities(analyzer, '.session-persistence.yaml'), ['warning']);
    assert.equal(analyzer.snapshot().files.size, 0);
  });

  it('leaves an older snapshot as it was', () => {
    const analyzer = withManifests('a.yaml');
    const before = analyzer.snapshot();
    file(analyzer, '.session-persistence.yaml', `rules: {${RULE}: off}`);
    analyzer.apply({ kind: 'remove', uri: uriOf('a.yaml') });
    assert.equal(findingsOf(before, uriOf('a.yaml')).length, 1);
    assert(analyzer.snapshot().revision > before.revision);
  });

  it('keeps what a rule has found until the version changes', () => {
    const analyzer = withManifests('a.yaml');
    const [first] = findingsOf(analyzer.snapshot(), uriOf('a.yaml'));
    file(analyzer, '.session-persistence.yaml', 'rules: {}');
    assert.equal(findingsOf(analyzer.snapshot(), uriOf('a.yaml'))[0]?.finding, first?.finding);
    file(analyzer, '.session-persistence.yaml', 'kubernetesVersion: 1.31');
    assert.notEqual(findingsOf(analyzer.snapshot(), uriOf('a.yaml'))[0]?.finding, first?.finding);
  });
});

describe('ignored files', () => {
  const ignored = (patterns: string, ...paths: string[]): string[] => {
    const analyzer = withManifests(...paths);
    analyzer.apply({ kind: 'projectFile', uri: uriOf('b/.session-persistence.yaml'), text: `ignore: ${patterns}` });
    return paths.filter((path) => severities(analyzer, path).length === 0);
  };

  it('have no findings, whatever else is set', () => {
    assert.deepEqual(ignored('["*.gen.yaml"]', 'b/a.gen.yaml', 'b/c/a.gen.yaml', 'b/a.yaml', 'a.gen.yaml'), [
      'b/a.gen.yaml',
      'b/c/a.gen.yaml',
    ]);
  });

  it('are found as git finds them', () => {
    assert.deepEqual(ignored('[/vendor]', 'b/vendor/a.yaml', 'b/c/vendor/a.yaml'), ['b/vendor/a.yaml']);
    assert.deepEqual(ignored('[vendor/]', 'b/vendor/a.yaml', 'b/c/vendor/a.yaml'), [
      'b/vendor/a.yaml',
      'b/c/vendor/a.yaml',
    ]);
    assert.deepEqual(ignored('["*.yaml", "!web.yaml"]', 'b/a.yaml', 'b/web.yaml'), ['b/a.yaml']);
    assert.deepEqual(ignored('["x/**/y.yaml"]', 'b/x/y.yaml', 'b/x/1/2/y.yaml', 'b/z/x/y.yaml'), [
      'b/x/y.yaml',
      'b/x/1/2/y.yaml',
    ]);
    assert.deepEqual(ignored('[A.yaml]', 'b/a.yaml'), [], 'case counts');
    assert.deepEqual(ignored('vendor', 'b/vendor/a.yaml'), ['b/vendor/a.yaml'], 'one pattern needs no list');
    assert.deepEqual(ignored('["../a.yaml", "[", "\\\\"]', 'a.yaml', 'b/a.yaml'), [], 'a strange pattern is none');
  });

  it('may have names that a URI spells otherwise', () => {
    assert.deepEqual(ignored('["my files/"]', 'b/my files/ä.yaml'), ['b/my files/ä.yaml']);
  });

  it('do not include the project file', () => {
    const analyzer = createAnalyzer();
    analyzer.apply({ kind: 'set', uri: PROJECT_FILE, text: 'ignore: ["*"]\nrule: {}\n' });
    assert.equal(findingsOf(analyzer.snapshot(), PROJECT_FILE).length, 1);
  });
});

describe('the folders above a file', () => {
  it('reach to the root', () => {
    assert.deepEqual([...foldersAbove('file:///a/b/c.yaml')], ['file:///a/b/', 'file:///a/', 'file:///']);
    assert.deepEqual(
      [...foldersAbove('vscode-vfs://github/o/c.yaml')],
      ['vscode-vfs://github/o/', 'vscode-vfs://github/'],
    );
    assert.deepEqual([...foldersAbove('untitled:Untitled-1')], []);
    assert.deepEqual([...foldersAbove('untitled:/a/b.yaml')], []);
  });
});

describe('the analyzer', () => {
  it('takes thousands of files without copying what it knows for each', () => {
    const analyzer = createAnalyzer();
    for (let index = 0; index < 20_000; index++) {
      analyzer.apply({ kind: 'set', uri: `file:///${index}.yaml`, text: '' });
    }
    assert.equal(analyzer.snapshot().files.size, 20_000);
    assert.equal(analyzer.snapshot().revision, 20_000);
    assert.equal(analyzer.snapshot(), analyzer.snapshot());
  });
});
