import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { Folder, MISPLACED } from './command.ts';

const RULE = 'affinity-misplaced';

describe('The project file on the command line', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
    folder.write('repo/app/web.yaml', MISPLACED);
  });
  afterEach(() => folder.remove());

  interface Reported {
    readonly file: string;
    readonly rule: string;
    readonly severity: string;
    readonly line: number;
  }

  async function check(...args: string[]): Promise<{ status: number | null; found: string[]; error: string }> {
    const { status, out, error } = await folder.run('check', '--format', 'json', ...args);
    const { findings } = JSON.parse(out) as { findings: Reported[] };
    return { status, found: findings.map((one) => `${one.file}:${one.line} ${one.severity} ${one.rule}`), error };
  }

  it('is found beside a file, or in any folder above', async () => {
    const before = await check('repo/app');
    assert.deepEqual([before.status, before.found], [1, [`repo/app/web.yaml:10 error ${RULE}`]]);
    folder.write('repo/.session-persistence.yaml', `rules: {${RULE}: hint}\n`);
    for (const named of ['repo/app', 'repo/app/web.yaml', folder.at('repo/app/web.yaml')]) {
      const { status, found } = await check(named);
      assert.equal(status, 0);
      assert.equal(found.length, 1);
      assert.match(found[0] ?? '', / hint affinity-misplaced$/);
    }
    folder.write('repo/app/.session-persistence.yaml', `rules: {${RULE}: information}\n`);
    assert.deepEqual((await check('repo/app/web.yaml')).found, [`repo/app/web.yaml:10 information ${RULE}`]);
  });

  it('switches a rule off, and its fixes with it', async () => {
    folder.write('repo/.session-persistence.yaml', `rules:\n  ${RULE}: off\n`);
    const { status, found } = await check('--fix', 'repo/app/web.yaml');
    assert.deepEqual([status, found], [0, []]);
    assert.equal(folder.read('repo/app/web.yaml'), MISPLACED);
  });

  it('leaves ignored files without findings and without fixes', async () => {
    folder.write('repo/.session-persistence.yaml', 'ignore:\n  - app/\n');
    folder.write('repo/web.yaml', MISPLACED);
    folder.write('repo/app/binary.yaml', Uint8Array.of(0xff, 0xfe));
    const { found } = await check('--unsafe-fixes', 'repo');
    assert.deepEqual(found, []);
    assert.equal(folder.read('repo/app/web.yaml'), MISPLACED);
    assert.notEqual(folder.read('repo/web.yaml'), MISPLACED);
  });

  it('that is wrong has findings, whether it was named or lies above', async () => {
    folder.write('repo/.session-persistence.yaml', '# settings\nrules:\n  affinity-misplace: off\n');
    const problem = 'repo/.session-persistence.yaml:3 warning settings-invalid';
    const above = await check('repo/app/web.yaml');
    assert.deepEqual([above.status, above.found], [1, [`repo/app/web.yaml:10 error ${RULE}`, problem]]);
    const below = await check('repo');
    assert.deepEqual(below.found.sort(), [problem, `repo/app/web.yaml:10 error ${RULE}`].sort());
  });

  it('that is wrong and lies above is left as it is, and is mended when it was named', async () => {
    const text = 'rules:\n  affinity-misplace: off\n';
    folder.write('repo/.session-persistence.yaml', text);
    await check('--unsafe-fixes', 'repo/app');
    assert.equal(folder.read('repo/.session-persistence.yaml'), text);
    await check('--unsafe-fixes', 'repo');
    assert.equal(folder.read('repo/.session-persistence.yaml'), 'rules:\n  affinity-misplaced: off\n');
  });

  it('that counts for no file that is checked is not looked at', async () => {
    folder.write('repo/.session-persistence.yaml', 'nonsense\n');
    folder.write('repo/app/.session-persistence.yaml', `rules: {${RULE}: off}\n`);
    assert.deepEqual((await check('repo/app')).found, []);
  });

  it('that cannot be read is a failure that is said', async function () {
    const path = folder.write('repo/.session-persistence.yaml', Uint8Array.of(0xff, 0xfe));
    const { status, error } = await check('repo/app');
    assert.equal(status, 2);
    assert.match(error, /\.session-persistence\.yaml: it is no UTF-8 text\. Its settings were not taken into account/);
    if (process.getuid?.() === 0) {
      this.skip();
    }
    chmodSync(path, 0);
    assert.match((await check('repo/app')).error, /permission is denied\. Its settings were not taken into account/);
  });

  it('and comments in a manifest hide the same findings as in an editor', async () => {
    const comment = `      # session-persistence-ignore-next-line ${RULE} -- read by our gateway\n`;
    folder.write('repo/app/web.yaml', MISPLACED.replace('      sessionAffinity', `${comment}      sessionAffinity`));
    assert.deepEqual((await check('repo/app')).found, []);
    folder.write('repo/app/web.yaml', `# session-persistence-ignore-file timeouts-disagree\n${MISPLACED}`);
    assert.deepEqual((await check('repo/app')).found, [
      'repo/app/web.yaml:1 hint suppression-unused',
      `repo/app/web.yaml:11 error ${RULE}`,
    ]);
  });
});
