import assert from 'node:assert/strict';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { CLI, Folder, MISPLACED, MISPLACED_MENDED, PRINTED, readReport, SOUND } from './command.ts';

/** The API server takes it; only the controller says no, so its fixes change something that runs. */
const TO_REVIEW = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 600
`;

describe('Fixes on the command line', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => folder.remove());

  it('that are safe are written by --fix, and no others', async () => {
    folder.write('misplaced.yaml', MISPLACED);
    folder.write('review.yaml', TO_REVIEW);
    const { status, out, error } = await folder.run('check', '--fix', '.');
    assert.deepEqual([status, error], [1, '']);
    assert.equal(folder.read('misplaced.yaml'), MISPLACED_MENDED);
    assert.equal(folder.read('review.yaml'), TO_REVIEW);
    assert.match(out, /^review\.yaml:10:3 warning affinity-config-dropped$/m);
    assert.match(out, /^Mended misplaced\.yaml\.$/m);
    assert.doesNotMatch(out, /Mended review/);
    assert.deepEqual(readdirSync(folder.path).sort(), ['misplaced.yaml', 'review.yaml']);
  });

  it('are not written unless they are asked for', async () => {
    folder.write('printed.yaml', PRINTED);
    const { mtimeMs, ino } = statSync(folder.at('printed.yaml'));
    await folder.run('check', 'printed.yaml');
    const after = statSync(folder.at('printed.yaml'));
    assert.deepEqual([after.mtimeMs, after.ino, folder.read('printed.yaml')], [mtimeMs, ino, PRINTED]);
  });

  it('that are unsafe leave of the printed page what a second check has nothing against', async () => {
    folder.write('printed.yaml', PRINTED);
    const first = await folder.run('check', '--unsafe-fixes', 'printed.yaml');
    assert.equal(first.status, 0, first.out);
    const mended = folder.read('printed.yaml');
    assert.match(mended, /^ {2}sessionAffinity: ClientIP {2}# this field must be set to ClientIP\.$/m);
    const second = await folder.run('check', '--format', 'json', 'printed.yaml');
    assert.equal(second.status, 0);
    assert.deepEqual(
      readReport(second).findings.filter(({ severity }) => severity !== 'hint'),
      [],
    );
    const { ino } = statSync(folder.at('printed.yaml'));
    assert.equal((await folder.run('check', '--unsafe-fixes', 'printed.yaml')).status, 0);
    assert.equal(folder.read('printed.yaml'), mended);
    assert.equal(statSync(folder.at('printed.yaml')).ino, ino, 'A file that stays as it is was written.');
  });

  it('are repeated until none is left, however many one document needs', async () => {
    const item = TO_REVIEW.trimEnd().replaceAll('\n', '\n  ');
    const items = Array.from({ length: 60 }, (_, index) => `- ${item.replace('name: web', `name: web-${index}`)}\n`);
    folder.write('list.yaml', `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`);
    const ended = await folder.run('check', '--unsafe-fixes', 'list.yaml');
    assert.equal(ended.status, 0, ended.out.slice(0, 500));
    assert.equal(folder.read('list.yaml').match(/^ {4}sessionAffinity: ClientIP$/gm)?.length, 60);
  });

  it('reach from one file into another that was named too', async () => {
    const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      sessionAffinity: ClientIP
      containers:
        - name: web
          image: nginx
`;
    folder.write('deployment.yaml', deployment);
    folder.write('service.yaml', SOUND.replace('  sessionAffinity: ClientIP\n', ''));
    assert.equal((await folder.run('check', '--fix', 'deployment.yaml')).status, 1, 'The Service is not known.');
    assert.equal(folder.read('deployment.yaml'), deployment);
    const { status, out } = await folder.run('check', '--fix', '.');
    assert.equal(status, 0, out);
    assert.equal(folder.read('service.yaml'), SOUND);
    assert.equal(folder.read('deployment.yaml'), deployment.replace('      sessionAffinity: ClientIP\n', ''));
    assert.match(out, /^Mended deployment\.yaml\.\nMended service\.yaml\.$/m);
  });

  it('keep the mode, the byte order mark, the line ends and the owner', async () => {
    const text = `\uFEFF${MISPLACED.replaceAll('\n', '\r\n')}`;
    for (const mode of [0o640, 0o755, 0o666]) {
      folder.write('file.yaml', text);
      chmodSync(folder.at('file.yaml'), mode);
      const before = statSync(folder.at('file.yaml'));
      assert.equal((await folder.run('check', '--fix', 'file.yaml')).status, 0);
      const after = statSync(folder.at('file.yaml'));
      assert.equal(folder.read('file.yaml'), `\uFEFF${MISPLACED_MENDED.replaceAll('\n', '\r\n')}`);
      assert.deepEqual([after.mode, after.uid, after.gid], [before.mode, before.uid, before.gid]);
    }
  });

  it('mend the file to which a link leads, and the link stays', async () => {
    folder.write('real/file.yaml', MISPLACED);
    symlinkSync('real/file.yaml', folder.at('link.yaml'));
    assert.equal((await folder.run('check', '--fix', 'link.yaml')).status, 0);
    assert.ok(lstatSync(folder.at('link.yaml')).isSymbolicLink());
    assert.ok(lstatSync(folder.at('real/file.yaml')).isFile());
    assert.equal(folder.read('real/file.yaml'), MISPLACED_MENDED);
    assert.deepEqual(readdirSync(folder.at('real')), ['file.yaml']);
  });

  it('are not written into a file that is read-only, and the others still are', async () => {
    folder.write('closed.yaml', MISPLACED, 0o444);
    folder.write('open.yaml', MISPLACED);
    const { status, out, error } = await folder.run('check', '--fix', '.');
    assert.equal(status, 2);
    assert.equal(error, 'session-persistence: closed.yaml: the file is read-only. It was left as it is.\n');
    assert.equal(folder.read('closed.yaml'), MISPLACED);
    assert.equal(folder.read('open.yaml'), MISPLACED_MENDED);
    assert.match(out, /^closed\.yaml:10:7 error affinity-misplaced$/m, 'What was not mended is still said.');
  });

  it('that cannot be written whole leave the old file whole', async function () {
    // The system lets no file grow beyond one block, so that the new text can only be written in part.
    const long = `${MISPLACED}${'# a comment that makes the file longer than what may be written\n'.repeat(200)}`;
    folder.write('long.yaml', long);
    const command = `ulimit -f 1 && exec '${process.execPath}' '${CLI}' check --fix long.yaml 2>&1 | cat`;
    const probe = await folder.execute('bash', ['-c', 'ulimit -f 1 && echo limited']).catch(() => undefined);
    if (probe?.out !== 'limited\n') {
      // There is no such limit to set on this platform.
      this.skip();
    }
    const { out } = await folder.execute('bash', ['-c', command]);
    assert.match(out, /long\.yaml: the file would be larger than the system allows\. It was left as it is\./);
    assert.equal(folder.read('long.yaml'), long);
    assert.deepEqual(readdirSync(folder.path), ['long.yaml'], 'A part of the new text was left behind.');
  });

  it('that cannot be written for want of space leave the old file whole', async function () {
    const mount = folder.at('full');
    const script = `mkdir -p full && mount -t tmpfs -o size=16k none full && cp long.yaml full/long.yaml &&
      head -c 1000000 /dev/zero > full/rest 2>/dev/null; [ -s full/rest ] && [ -s full/long.yaml ] || exit 77
      '${process.execPath}' '${CLI}' check --fix full/long.yaml; status=$?
      cmp long.yaml full/long.yaml && ls -A full; umount full; exit $status`;
    folder.write('long.yaml', MISPLACED);
    const ended = await folder
      .execute('unshare', ['--mount', 'bash', '-c', script])
      .catch(() => ({ status: 77, out: '', error: '' }));
    if (ended.status === 77 || /unshare|mount:/.test(ended.error)) {
      // Only root may mount a tiny disk, and not everywhere.
      this.skip();
    }
    assert.equal(ended.status, 2, `${ended.out}${ended.error}${mount}`);
    assert.match(ended.error, /the disk is full/);
    assert.match(ended.out, /^long\.yaml\nrest$/m);
  });

  it('write nothing else but text: what is read back is what was meant', async () => {
    const text = `# 🧭 “who” comes back\u00a0\n${PRINTED}`;
    folder.write('file.yaml', text);
    await folder.run('check', '--fix', 'file.yaml');
    const bytes = readFileSync(folder.at('file.yaml'));
    assert.ok(bytes.toString('utf8').startsWith('# 🧭 “who” comes back'));
    assert.ok(!bytes.toString('utf8').includes('\ufffd'));
  });
});
