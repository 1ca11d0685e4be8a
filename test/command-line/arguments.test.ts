import assert from 'node:assert/strict';
import { cpSync, existsSync, symlinkSync } from 'node:fs';
import { CLI, Folder, MISPLACED, PRINTED, placesOf, readReport, SOUND } from './command.ts';

/** A user without rights, as which a test can run when it was started by root. */
const NOBODY = 65_534;

describe('What the command line is given', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => folder.remove());

  it('is refused with the usage when it makes no sense', async () => {
    folder.write('sound.yaml', SOUND);
    for (const [args, reason] of [
      [[], /a command is missing/],
      [['frobnicate'], /no command frobnicate/],
      [['check'], /at least one file or directory/],
      [['check', '--frobnicate', 'sound.yaml'], /--frobnicate/],
      [['check', '--format', 'xml', 'sound.yaml'], /no format xml.*text and json/],
      [['check', '--format', 'toString', 'sound.yaml'], /no format toString/],
      [['check', 'sound.yaml', '--format'], /--format/],
      [['check', '--fix=yes', 'sound.yaml'], /--fix/],
      [['check', '--stdio', 'sound.yaml'], /--stdio belongs to lsp/],
      [['lsp'], /lsp wants --stdio/],
      [['lsp', '--stdio', 'sound.yaml'], /nothing else/],
      [['lsp', '--stdio', '--fix'], /nothing else/],
    ] as const) {
      const { status, out, error } = await folder.run(...args);
      assert.deepEqual([status, out], [2, ''], `${args.join(' ')} was taken.`);
      const [first, ...usage] = error.split('\n');
      assert.match(first ?? '', reason);
      assert.match(first ?? '', /^session-persistence: .*[^.]\.$/);
      assert.ok(usage.includes('  session-persistence check [options] FILE|DIRECTORY…'));
    }
  });

  it('may be a file whose name begins with a dash', async () => {
    folder.write('-odd.yaml', MISPLACED);
    const report = readReport(await folder.run('check', '--format', 'json', '--', '-odd.yaml'));
    assert.deepEqual(placesOf(report), ['-odd.yaml affinity-misplaced 10:7-10:22']);
  });

  it('may be files and directories, which are searched, but for what is not the user’s', async () => {
    for (const name of [
      'b.yml',
      'a/deep/er/c.YAML',
      'a/d.json',
      'node_modules/pack/e.yaml',
      '.git/f.yaml',
      'a/node_modules/g.yaml',
    ]) {
      folder.write(name, MISPLACED);
    }
    folder.write('a/notes.txt', MISPLACED);
    folder.write('a/Chart.yaml.orig', MISPLACED);
    folder.write('other.txt', MISPLACED);
    const report = readReport(await folder.run('check', '--format', 'json', '.', 'other.txt'));
    assert.deepEqual(
      report.findings.map(({ file }) => file.replaceAll('\\', '/')),
      ['a/d.json', 'a/deep/er/c.YAML', 'b.yml', 'other.txt'],
    );
    assert.equal(report.files, 4);
    const named = readReport(await folder.run('check', '--format', 'json', 'node_modules'));
    assert.equal(named.files, 1, 'A folder that was named itself is searched.');
  });

  it('is looked at once, however often it is named', async () => {
    folder.write('manifests/a.yaml', MISPLACED);
    symlinkSync('manifests/a.yaml', folder.at('link.yaml'));
    const absolute = folder.at('manifests/a.yaml');
    const report = readReport(
      await folder.run(
        'check',
        '--format=json',
        'manifests/a.yaml',
        './manifests/a.yaml',
        absolute,
        'manifests',
        'link.yaml',
      ),
    );
    assert.deepEqual([report.files, report.findings.map(({ file }) => file)], [1, ['manifests/a.yaml']]);
  });

  it('may be links; those to directories are not followed and those that lead nowhere are no files', async () => {
    folder.write('elsewhere/real.yaml', MISPLACED);
    folder.write('here/own.yaml', SOUND);
    symlinkSync('../elsewhere/real.yaml', folder.at('here/linked.yaml'));
    symlinkSync('..', folder.at('here/circle'));
    symlinkSync('user@host.1234', folder.at('here/.#own.yaml'));
    const ended = await folder.run('check', '--format', 'json', 'here');
    assert.deepEqual([ended.status, ended.error], [1, '']);
    assert.deepEqual(
      [readReport(ended).files, ...placesOf(readReport(ended))],
      [2, 'here/linked.yaml affinity-misplaced 10:7-10:22'],
    );
  });

  it('that is missing is said, the rest is checked, and the whole is a failure', async () => {
    folder.write('a.yaml', MISPLACED);
    const ended = await folder.run('check', '--format', 'json', 'missing.yaml', 'a.yaml', 'a.yaml/below');
    assert.equal(ended.status, 2);
    assert.deepEqual(ended.error.split('\n'), [
      'session-persistence: missing.yaml: there is no such file or directory.',
      'session-persistence: a.yaml/below: there is no such file or directory.',
      '',
    ]);
    assert.equal(readReport(ended).findings.length, 1);
  });

  it('that holds nothing to check is said', async () => {
    folder.write('texts/readme.md', '# Nothing');
    const ended = await folder.run('check', 'texts');
    assert.deepEqual(ended, {
      status: 0,
      out: 'No file was checked.\n',
      error: 'session-persistence: texts: there is no YAML or JSON file in it, so nothing was checked.\n',
    });
    folder.write('texts/package.json', '{"name": "x"}');
    assert.equal((await folder.run('check', 'texts')).out, 'Checked 0 Kubernetes objects in 1 file: no findings.\n');
  });

  it('may be standard input', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    folder.write('a.yaml', MISPLACED);
    const command = `cat a.yaml | '${process.execPath}' '${CLI}' check /dev/stdin`;
    const { status, out } = await folder.execute('bash', ['-c', command]);
    assert.equal(status, 1);
    assert.match(out, /^\/dev\/stdin:10:7 error affinity-misplaced$/m);
  });

  it('that may not be read is said, the rest is checked, and the whole is a failure', async function () {
    folder.write('secret.yaml', MISPLACED, 0o000);
    folder.write('open.yaml', MISPLACED, 0o644);
    const args = ['cli.js', 'check', '--format', 'json', '.'];
    cpSync(CLI, folder.at('cli.js'));
    await folder.execute('chmod', ['755', '.', 'cli.js']);
    const uid = process.getuid?.() === 0 ? NOBODY : undefined;
    const probe = await folder
      .execute(process.execPath, ['-e', "require('fs').readFileSync('cli.js')"], uid)
      .catch(() => undefined);
    if (process.platform === 'win32' || probe?.status !== 0) {
      this.skip();
    }
    const ended = await folder.execute(process.execPath, args, uid);
    assert.deepEqual([ended.status, ended.error], [2, 'session-persistence: secret.yaml: permission is denied.\n']);
    assert.deepEqual(
      readReport(ended).findings.map(({ file }) => file),
      ['open.yaml'],
    );
  });
});

describe('Files that are no manifests, on the command line', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => folder.remove());

  /** The only finding of the only file. */
  async function onlyFinding(content: string | Uint8Array, ...options: string[]) {
    folder.write('file.yaml', content);
    const ended = await folder.run('check', '--format', 'json', ...options, 'file.yaml');
    const { files, findings } = readReport(ended);
    assert.deepEqual([ended.status, ended.error, files, findings.length], [0, '', 1, 1]);
    return findings[0] ?? assert.fail();
  }

  it('are sound when they are empty', async () => {
    for (const content of ['', '\n', '\uFEFF', '---\n', '# only a comment\n', '---\n---\n...\n']) {
      folder.write('empty.yaml', content);
      const ended = await folder.run('check', '--format=json', 'empty.yaml');
      assert.deepEqual([ended.status, ended.error, readReport(ended).findings], [0, '', []]);
    }
  });

  it('are named when they are binary', async () => {
    const finding = await onlyFinding(`${MISPLACED}\0`);
    assert.deepEqual(
      [finding.rule, finding.severity, finding.line, finding.column],
      ['file-not-checked', 'information', 1, 1],
    );
    assert.match(finding.message, /zero bytes/);
  });

  it('are named when they are not UTF-8, and never rewritten', async () => {
    const latin1 = Buffer.from(`# caf\u00e9\n${MISPLACED}`, 'latin1');
    const utf16 = Buffer.from(`\uFEFF${MISPLACED}`, 'utf16le');
    for (const bytes of [latin1, utf16, Buffer.concat([Buffer.from(MISPLACED), Buffer.from([0xed, 0xa0, 0x80])])]) {
      const finding = await onlyFinding(bytes, '--unsafe-fixes');
      assert.equal(finding.rule, 'file-not-checked');
      assert.match(finding.message, /not checked.*UTF-8/);
      assert.deepEqual(folder.write('copy', bytes) && folder.read('file.yaml'), folder.read('copy'));
    }
  });

  it('are named at once when they are far too large', async () => {
    const started = performance.now();
    const finding = await onlyFinding(Buffer.alloc(50_000_000, 'a: b\n'));
    assert.equal(finding.rule, 'file-not-checked');
    assert.match(finding.message, /50 MB/);
    const other = await onlyFinding(Buffer.alloc(11_000_000, 'a: b\n'), '--fix');
    assert.match(other.message, /11 MB/);
    assert.ok(performance.now() - started < 10_000);
  });

  it('are harmless when they are alias bombs', async () => {
    const levels = [...'abcdefghijklmnop'].map((name, index, all) => {
      const below = index === 0 ? 'x' : `*${all[index - 1]}`;
      return `  ${name}: &${name} [${Array.from({ length: 10 }, () => below).join(', ')}]`;
    });
    folder.write('bomb.yaml', `apiVersion: v1\nkind: Service\ndata:\n${levels.join('\n')}\nmetadata: *p\nspec: *p\n`);
    folder.write('next.yaml', MISPLACED);
    const started = performance.now();
    const ended = await folder.run('check', '--unsafe-fixes', '--format', 'json', '.');
    assert.ok(performance.now() - started < 10_000);
    assert.ok(ended.status === 0 || ended.status === 1);
    assert.equal(folder.read('next.yaml'), SOUND);
    assert.ok(existsSync(folder.at('bomb.yaml')));
  });

  it('do not keep a broken neighbour or document from being checked', async () => {
    folder.write('broken.yaml', `a: "unclosed\n---\n${PRINTED}`);
    const report = readReport(await folder.run('check', '--format', 'json', 'broken.yaml'));
    assert.ok(report.findings.some(({ rule, line }) => rule === 'affinity-in-selector' && line === 22));
  });
});
