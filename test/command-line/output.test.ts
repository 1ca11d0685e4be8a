import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { formatText } from '../../server/src/cli/reporters/text.ts';
import { CLI, Folder, MISPLACED, PRINTED, placesOf, readReport, SOUND } from './command.ts';

describe('What the command line prints', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
  });

  afterEach(() => folder.remove());

  it('is JSON of exactly the promised shape', async () => {
    folder.write('service.yaml', PRINTED);
    const ended = await folder.run('check', '--format', 'json', 'service.yaml');
    const report = readReport(ended);
    assert.equal(ended.status, 1);
    assert.equal(ended.error, '');
    assert.deepEqual(Object.keys(report), ['files', 'documents', 'findings']);
    assert.deepEqual([report.files, report.documents], [1, 1]);
    assert.equal(report.findings.length, 4);
    for (const finding of report.findings) {
      assert.deepEqual(Object.keys(finding), [
        'file',
        'rule',
        'severity',
        'line',
        'column',
        'endLine',
        'endColumn',
        'message',
        'fixes',
      ]);
      assert.equal(finding.file, 'service.yaml');
      assert.ok(['error', 'warning', 'information', 'hint'].includes(finding.severity));
      assert.notEqual(finding.message, '');
      for (const fix of finding.fixes) {
        assert.deepEqual(Object.keys(fix), ['title', 'safe']);
        assert.equal(typeof fix.safe, 'boolean');
      }
    }
    assert.deepEqual(
      report.findings.map(({ rule, severity, fixes }) => [rule, severity, fixes.map(({ safe }) => safe)]),
      [
        ['pasted-characters', 'error', [true]],
        ['copied-from-live-object', 'hint', [false]],
        ['affinity-in-selector', 'error', [true]],
        ['service-type-contradiction', 'error', [false, false]],
      ],
    );
    assert.ok(placesOf(report).includes('service.yaml affinity-in-selector 20:5-20:20'));
  });

  it('is text that names the place, the problem, the fixes and what to type next', async () => {
    folder.write('service.yaml', MISPLACED);
    const [{ out: json }, ended] = [
      await folder.run('check', '--format=json', 'service.yaml'),
      await folder.run('check', 'service.yaml'),
    ];
    const [finding] = JSON.parse(json).findings;
    const [first, ...others] = finding.message.split('\n');
    assert.equal(
      ended.out,
      [
        'service.yaml:10:7 error affinity-misplaced',
        `  ${first}`,
        ...others.map((line: string) => `  ${line}`),
        '  safe fix: Move the affinity fields into spec',
        '',
        'Checked 1 Kubernetes object in 1 file: 1 error.',
        '--fix mends 1 of them safely.',
        '',
      ].join('\n'),
    );
    assert.deepEqual([ended.status, ended.error], [1, '']);
  });

  it('counts documents and objects also where nothing of them can matter', async () => {
    const configMap = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web\n';
    folder.write('service.yaml', `${configMap}---\n# nothing\n---\n${MISPLACED}`);
    folder.write('configs.yaml', `${configMap}---\n${configMap}---\n# nothing\n`);
    folder.write('list.yaml', `apiVersion: v1\nkind: List\nitems:\n  - ${configMap.replace(/\n(?=.)/g, '\n    ')}`);
    folder.write('chart/templates/config.yaml', `{{- if .Values.on }}\n${configMap}{{- end }}\n`);
    folder.write('chart/values.yaml', 'web:\n  service:\n    sessionAffinity: cookie\n');
    folder.write('pipeline.yml', 'name: build\n---\n\n');
    folder.write('package.json', '{"name": "web"}');
    const ended = await folder.run('check', '--format', 'json', '.');
    const report = readReport(ended);
    assert.deepEqual([report.files, report.documents], [7, 9]);
    assert.deepEqual(
      report.findings.map(({ file, rule }) => [file, rule]),
      [
        ['chart/values.yaml', 'affinity-value-unsupported'],
        ['service.yaml', 'affinity-misplaced'],
      ],
    );
    const { out } = await folder.run('check', '.');
    assert.match(out, /Checked 6 Kubernetes objects in 7 files: 1 error, 1 warning\./);
  });

  it('of the printed page tells a safe fix from one to review', async () => {
    folder.write('service.yaml', PRINTED);
    const { out } = await folder.run('check', 'service.yaml');
    assert.match(out, /^ {2}safe fix: Replace 31 no-break spaces/m);
    assert.match(out, /^ {2}fix to review: Set type: LoadBalancer/m);
    assert.match(out, /\nChecked 1 Kubernetes object in 1 file: 3 errors, 1 hint\.\n/);
    assert.match(out, /\n--fix mends 2 of them safely\.\n--unsafe-fixes mends 1 more; review what it changes\.\n$/);
    assert.doesNotMatch(out, /[^\P{Cc}\n]/u, 'There is something that only a terminal understands.');
  });

  it('of a sound file is one line', async () => {
    folder.write('sound.yaml', SOUND);
    assert.deepEqual(await folder.run('check', 'sound.yaml'), {
      status: 0,
      out: 'Checked 1 Kubernetes object in 1 file: no findings.\n',
      error: '',
    });
  });

  it('counts the documents that hold something', async () => {
    for (const [text, documents] of [
      ['', 0],
      ['---\n# only a comment\n---\n...\n', 0],
      [`---\n${SOUND}---\n`, 1],
      [`${SOUND}---\n${SOUND}...\n---\n[]\n`, 3],
    ] as const) {
      folder.write('file.yaml', text);
      assert.equal(readReport(await folder.run('check', '--format', 'json', 'file.yaml')).documents, documents, text);
    }
  });

  it('counts lines and columns from 1, whatever ends the lines', async () => {
    folder.write('lf.yaml', MISPLACED);
    folder.write('crlf.yaml', MISPLACED.replaceAll('\n', '\r\n'));
    folder.write('bom.yaml', `\uFEFF${MISPLACED}`);
    folder.write('both.yaml', `\uFEFF${MISPLACED.replaceAll('\n', '\r\n')}`);
    const report = readReport(await folder.run('check', '--format', 'json', '.'));
    assert.deepEqual(
      placesOf(report),
      ['bom', 'both', 'crlf', 'lf'].map((name) => `${name}.yaml affinity-misplaced 10:7-10:22`),
    );
  });

  it('counts UTF-16 units in a line, and no byte order mark', async () => {
    const start = '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web","labels":{"a":"🧭"},';
    const text = `${start}"sessionAffinity":"None"},"spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}`;
    const column = text.indexOf('"sessionAffinity"') + 1;
    const place = `affinity-misplaced 1:${column}-1:${column + '"sessionAffinity"'.length}`;
    folder.write('marked.json', `\uFEFF${text}\n`);
    folder.write('plain.json', text);
    const report = readReport(await folder.run('check', '--format', 'json', 'plain.json', 'marked.json'));
    assert.deepEqual(placesOf(report), [`plain.json ${place}`, `marked.json ${place}`]);
  });

  it('is help on standard output when it was asked for', async () => {
    for (const args of [['--help'], ['-h'], ['check', '--help'], ['check', '-h', 'missing.yaml']]) {
      const { status, out, error } = await folder.run(...args);
      assert.deepEqual([status, error], [0, '']);
      assert.match(out, /^session-persistence /);
      for (const word of ['check', 'lsp --stdio', '--format', '--fix', '--unsafe-fixes', '--version', 'Exit status']) {
        assert.ok(out.includes(word), `The help does not mention ${word}.`);
      }
      assert.ok(out.split('\n').every((line) => line.length <= 100));
    }
  });

  it('is the version of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    assert.deepEqual(await folder.run('--version'), { status: 0, out: `${version}\n`, error: '' });
  });

  it('may be closed early', async function () {
    if (process.platform === 'win32') {
      this.skip();
    }
    for (let number = 0; number < 300; number++) {
      folder.write(`service-${number}.yaml`, PRINTED);
    }
    const command = `'${process.execPath}' '${CLI}' check . | head -1; echo "\${PIPESTATUS[0]}"`;
    const { out, error } = await folder.execute('bash', ['-c', command]);
    assert.deepEqual(out.split('\n'), ['service-0.yaml:4:1 error pasted-characters', '1', '']);
    assert.equal(error, '');
  });

  it('that cannot be written is a failure', async function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
    folder.write('sound.yaml', SOUND);
    const command = `'${process.execPath}' '${CLI}' check sound.yaml > /dev/full`;
    assert.equal((await folder.execute('bash', ['-c', command])).status, 2);
  });
});

describe('The text report', () => {
  const finding = {
    file: 'a.yaml',
    rule: 'some-rule',
    severity: 'warning',
    line: 1,
    column: 2,
    endLine: 1,
    endColumn: 3,
    message: `${'word '.repeat(30)}end.\nAnd why.`,
    fixes: [{ title: `${'fix '.repeat(30)}it`, safe: false }],
  } as const;
  const report = { files: 2, documents: 1, objects: 1, mended: [], findings: [finding] };

  it('breaks lines between words, below each other, in a terminal', () => {
    const lines = formatText(report, { width: 60, colour: false }).split('\n');
    assert.ok(lines.every((line) => line.length <= 60));
    assert.deepEqual(lines.slice(0, 3), [
      'a.yaml:1:2 warning some-rule',
      ` ${' word'.repeat(11)}`,
      ` ${' word'.repeat(11)}`,
    ]);
    assert.ok(lines.slice(1, 5).every((line) => line.startsWith('  ')));
    assert.ok(lines.includes('  And why.'));
    assert.equal(lines.join(' ').match(/\bword\b/g)?.length, 30);
    assert.equal(lines.join(' ').match(/\bfix\b(?! to review| mends)/g)?.length, 30);
  });

  it('breaks no line where a program may be reading', () => {
    assert.ok(formatText(report, { width: undefined, colour: false }).includes(`  ${'word '.repeat(30)}end.\n`));
  });

  it('is coloured only where that is wanted, and says the same', () => {
    const page = { width: undefined, colour: true };
    const coloured = formatText(report, page);
    assert.ok(coloured.includes('\u001b[33mwarning\u001b[39m'));
    const codes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    assert.equal(coloured.replace(codes, ''), formatText(report, { ...page, colour: false }));
  });

  it('does not let a manifest steer the terminal', () => {
    const message = 'Service \u001b[2Jweb\u0007\u202e is odd\rabc';
    const text = formatText({ ...report, findings: [{ ...finding, message }] }, { width: 80, colour: false });
    assert.ok(text.includes('Service \\u001b[2Jweb\\u0007\\u202e is odd\\u000dabc'));
  });

  it('names the files that were mended, and says when nothing was checked', () => {
    const mended = formatText({ ...report, findings: [], mended: ['a.yaml'] }, { width: 80, colour: false });
    assert.equal(mended, 'Mended a.yaml.\nChecked 1 Kubernetes object in 2 files: no findings.\n');
    const nothing = { files: 0, documents: 0, objects: 0, mended: [], findings: [] };
    assert.equal(formatText(nothing, { width: 80, colour: false }), 'No file was checked.\n');
  });
});
