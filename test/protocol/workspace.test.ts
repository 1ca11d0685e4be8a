import assert from 'node:assert/strict';
import { FileChangeType, type TextDocumentEdit } from 'vscode-languageserver/node';
import { CLIENT_REQUESTS, type ReadFileParams, type ReadFileResult } from '../../server/src/protocol/messages.ts';
import { messageOf } from '../support/languageClient.ts';
import { ROOT, Workspace } from '../support/workspaceClient.ts';

const WEB = `${ROOT}web.yaml`;
const RULE = 'affinity-value-unsupported';
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity: Cookie
  ports:
    - port: 80
`;
const SOUND = SERVICE.replace('Cookie', 'None');
const STICKY = SERVICE.replace('Cookie', 'ClientIP');
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;
const CLASS = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata:
  name: nginx
spec:
  controller: k8s.io/ingress-nginx
`;

describe('Files of the workspace that are not open', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  it('have findings, in every folder and of every name, once the first answer is given', async () => {
    const paths = ['web.yaml', 'a/b/web.yml', 'a/web.json', 'with%20blank%20(1)/web.yaml'.replace('(1)', '%281%29')];
    for (const path of paths) {
      workspace.disk.set(ROOT + path, SERVICE);
    }
    workspace.disk.set(`${ROOT}web.txt`, SERVICE);
    workspace.disk.set(`${ROOT}config.yaml`, 'a: 1\n');
    await workspace.start();
    await workspace.client.open(`${ROOT}open.yaml`, SERVICE);
    for (const path of ['open.yaml', ...paths]) {
      await workspace.rules(ROOT + path, RULE);
    }
    assert.equal(workspace.client.publications[0]?.uri, `${ROOT}open.yaml`);
    assert.equal(workspace.client.publications.find(({ uri }) => uri === WEB)?.version, undefined);
    assert.deepEqual(workspace.about(`${ROOT}web.txt`), []);
    const { files, objects, skipped } = await workspace.ready();
    assert.deepEqual([files, objects, skipped], [5, 4, []]);
    assert.match(workspace.registered.join(), /\*\*\/\*\.\{yaml,yml,json\}/);
  });

  it('are found without any document that is open', async () => {
    workspace.disk.set(WEB, SERVICE);
    await workspace.start();
    await workspace.rules(WEB, RULE);
  });

  it('change what is said of others when they come, change and go', async () => {
    const ingress = `${ROOT}ingress.yaml`;
    workspace.disk.set(`${ROOT}class.yaml`, CLASS);
    await workspace.start();
    await workspace.client.open(WEB, STICKY);
    await workspace.rules(WEB);
    await workspace.write(ingress, INGRESS);
    await workspace.rules(WEB, 'affinity-bypassed');
    await workspace.write(ingress, INGRESS.replace('name: web', 'name: web\n  namespace: other'));
    await workspace.rules(WEB);
    await workspace.write(ingress, INGRESS);
    await workspace.rules(WEB, 'affinity-bypassed');
    await workspace.write(ingress, undefined);
    await workspace.rules(WEB);
  });

  it('are known that come while the folders are searched', async () => {
    workspace.dispose();
    let isSearching = false;
    workspace = new Workspace([ROOT], {
      listFolder: async (uri) => {
        const listed = workspace.list(uri);
        if (!isSearching) {
          isSearching = true;
          await workspace.write(WEB, SERVICE);
          // Answered only once the server knows of the file.
          await workspace.client.open('untitled:meanwhile', 'a: 1\n');
          await workspace.client.diagnostics('untitled:meanwhile');
        }
        return listed;
      },
    });
    workspace.disk.set(`${ROOT}class.yaml`, CLASS);
    await workspace.start();
    await workspace.rules(WEB, RULE);
  });

  it('follow what buffers say', async () => {
    workspace.disk.set(`${ROOT}class.yaml`, CLASS);
    workspace.disk.set(WEB, STICKY);
    await workspace.start();
    await workspace.ready(({ files }) => files === 2);
    await workspace.client.open('untitled:one', INGRESS);
    await workspace.rules(WEB, 'affinity-bypassed');
    await workspace.client.change('untitled:one', { text: 'a: 1\n' });
    await workspace.rules(WEB);
  });

  it('count as their buffers have them, until these are closed', async () => {
    workspace.disk.set(WEB, SERVICE);
    await workspace.start();
    await workspace.rules(WEB, RULE);
    await workspace.client.open(WEB, SOUND);
    await workspace.rules(WEB);
    await workspace.write(WEB, SERVICE.replace('Cookie', 'Sticky'));
    await workspace.client.settle();
    await workspace.rules(WEB);
    await workspace.client.close(WEB);
    const [finding] = await workspace.rules(WEB, RULE);
    assert.match(messageOf(finding), /Sticky/);
  });

  it('keep their findings when they are closed, and say nothing in between', async () => {
    workspace.disk.set(WEB, SERVICE);
    await workspace.start();
    await workspace.client.open(WEB, SERVICE);
    await workspace.rules(WEB, RULE);
    await workspace.ready();
    await workspace.client.close(WEB);
    await workspace.client.settle();
    await workspace.rules(WEB, RULE);
    assert(workspace.client.publications.every(({ uri, diagnostics }) => uri !== WEB || diagnostics.length === 1));
  });

  it('lose their findings when they are deleted, alone or with their folder', async () => {
    const inner = [`${ROOT}a/b/one.yaml`, `${ROOT}a/two.yaml`];
    for (const uri of [WEB, ...inner]) {
      workspace.disk.set(uri, SERVICE);
    }
    await workspace.start();
    for (const uri of [WEB, ...inner]) {
      await workspace.rules(uri, RULE);
    }
    await workspace.write(WEB, undefined);
    await workspace.rules(WEB);
    for (const uri of inner) {
      workspace.disk.delete(uri);
    }
    await workspace.tell(`${ROOT}a`, FileChangeType.Deleted);
    for (const uri of inner) {
      await workspace.rules(uri);
    }
    assert.equal((await workspace.ready(({ files }) => files === 0)).objects, 0);
  });

  it('stay silent where the editor hides them, a .gitignore names them or a setting excludes them', async () => {
    workspace.settings.set('files.exclude', { '**/hidden': true, '**/shown': false, '*.yml': { when: 'x' } });
    workspace.settings.set('search.exclude', { '**/*.gen.{yaml,yml}': true });
    const silent = [
      'hidden/web.yaml',
      'a/hidden/b/web.yaml',
      'a/web.gen.yaml',
      'node_modules/x/web.yaml',
      'vendor/web.yaml',
      'ignored/web.yaml',
      'a/local.yaml',
    ];
    for (const path of [...silent, 'shown/web.yaml', 'web.yml', 'a/kept.local.yaml', 'b/local.yaml']) {
      workspace.disk.set(ROOT + path, SERVICE);
    }
    workspace.disk.set(`${ROOT}.gitignore`, 'ignored/\n*.local.yaml\n');
    workspace.disk.set(`${ROOT}a/.gitignore`, '/local.yaml\n!kept.local.yaml\n');
    await workspace.start({ exclude: ['vendor'] });
    for (const path of ['shown/web.yaml', 'web.yml', 'a/kept.local.yaml', 'b/local.yaml']) {
      await workspace.rules(ROOT + path, RULE);
    }
    const { files, skipped } = await workspace.ready();
    assert.equal(files, 4);
    assert.deepEqual(
      skipped.map(({ count }) => count),
      [silent.length],
    );
    for (const path of silent) {
      await workspace.tell(ROOT + path, FileChangeType.Changed);
    }
    await workspace.client.settle();
    assert.deepEqual(
      silent.flatMap((path) => workspace.about(ROOT + path)),
      [],
    );
  });

  it('lose and get findings when a .gitignore file or a setting changes', async () => {
    workspace.disk.set(WEB, SERVICE);
    workspace.disk.set(`${ROOT}a/web.yaml`, SERVICE);
    await workspace.start();
    await workspace.rules(WEB, RULE);
    await workspace.write(`${ROOT}.gitignore`, '/web.yaml\n');
    await workspace.rules(WEB);
    await workspace.write(`${ROOT}.gitignore`, undefined);
    await workspace.rules(WEB, RULE);
    await workspace.set('files.exclude', { a: true });
    await workspace.rules(`${ROOT}a/web.yaml`);
    await workspace.set('sessionPersistence', { exclude: ['*.yaml'] });
    await workspace.rules(WEB);
    await workspace.set('sessionPersistence', {});
    await workspace.rules(WEB, RULE);
  });

  it('are silent where a setting says so, and still count for others', async () => {
    workspace.disk.set(WEB, SERVICE);
    workspace.disk.set(`${ROOT}ingress.yaml`, INGRESS);
    workspace.disk.set(`${ROOT}class.yaml`, CLASS);
    await workspace.start({ checkUnopenedFiles: false });
    await workspace.ready(({ files }) => files === 3);
    await workspace.client.open('file:///workspace/other.yaml', STICKY);
    await workspace.rules('file:///workspace/other.yaml', 'affinity-bypassed');
    assert.deepEqual(workspace.about(WEB), []);
    await workspace.client.open(WEB, SERVICE);
    await workspace.rules(WEB, RULE);
    await workspace.client.close(WEB);
    await workspace.rules(WEB);
    await workspace.set('sessionPersistence', {});
    await workspace.rules(WEB, RULE);
    await workspace.set('sessionPersistence', { checkUnopenedFiles: false });
    await workspace.rules(WEB);
  });

  it('are as many as the setting says, and none is too large', async () => {
    for (const path of ['a/one.yaml', 'a/two.yaml', 'large.yaml', 'web.yaml']) {
      workspace.disk.set(ROOT + path, SERVICE);
    }
    workspace.disk.set(`${ROOT}large.yaml`, 3_000_000);
    await workspace.start({ maximumFiles: 3 });
    await workspace.rules(`${ROOT}a/one.yaml`, RULE);
    await workspace.rules(WEB, RULE);
    const { files, skipped } = await workspace.ready();
    assert.equal(files, 3);
    assert.deepEqual(
      skipped.map(({ reason, count }) => [reason, count]),
      [
        ['beyond the first 3 files', undefined],
        ['larger than 2 MB', 1],
      ],
    );
    assert.deepEqual(workspace.about(`${ROOT}a/two.yaml`), []);
  });

  it('that cannot be read are named, and the others are read', async () => {
    workspace.dispose();
    workspace = new Workspace([ROOT], {
      readFile: async (uri) => {
        if (uri.endsWith('bad.yaml')) {
          throw new Error('the disk is on fire');
        }
        return workspace.read(uri);
      },
    });
    workspace.disk.set(WEB, SERVICE);
    workspace.disk.set(`${ROOT}bad.yaml`, SERVICE);
    await workspace.start();
    await workspace.rules(WEB, RULE);
    const { skipped } = await workspace.ready();
    assert.deepEqual(skipped, [{ isWanted: false, reason: 'cannot be read', count: 1, uris: [`${ROOT}bad.yaml`] }]);
  });

  it('have the settings of their project files, from the start and after a change', async () => {
    const projectFile = `${ROOT}a/.session-persistence.yaml`;
    workspace.disk.set(projectFile, `rules: {${RULE}: hint}\n`);
    workspace.disk.set(`${ROOT}a/web.yaml`, SERVICE);
    await workspace.start();
    const [finding] = await workspace.rules(`${ROOT}a/web.yaml`, RULE);
    assert.equal(finding?.severity, 4);
    assert(workspace.about(`${ROOT}a/web.yaml`).every(({ severity }) => severity === 4));
    await workspace.write(projectFile, 'ignore: ["*"]\n');
    await workspace.rules(`${ROOT}a/web.yaml`);
    await workspace.write(projectFile, undefined);
    await workspace.rules(`${ROOT}a/web.yaml`, RULE);
  });

  it('are known in every folder of the workspace', async () => {
    workspace.dispose();
    workspace = new Workspace([ROOT, 'file:///other/']);
    workspace.disk.set(WEB, SERVICE);
    workspace.disk.set('file:///other/.gitignore', 'no.yaml\n');
    workspace.disk.set('file:///other/no.yaml', SERVICE);
    workspace.disk.set('file:///other/web.yaml', SERVICE);
    await workspace.start();
    await workspace.rules(WEB, RULE);
    await workspace.rules('file:///other/web.yaml', RULE);
    assert.deepEqual(workspace.about('file:///other/no.yaml'), []);
  });

  it('are read through the client where they lie on no disk', async () => {
    workspace.dispose();
    const root = 'vscode-vfs://github/acme/shop/';
    workspace = new Workspace([root]);
    workspace.disk.set(`${root}web.yaml`, SERVICE);
    workspace.disk.set(`${root}a/no.yaml`, SERVICE);
    workspace.disk.set(`${root}.gitignore`, 'no.yaml\n');
    workspace.disk.set(`${root}large.yaml`, 3_000_000);
    const { connection } = workspace.client;
    connection.onRequest(CLIENT_REQUESTS.listFiles, ({ folder }: { folder: string }) => ({
      uris: [...workspace.disk.keys()].filter((uri) => uri.startsWith(folder)),
    }));
    connection.onRequest(CLIENT_REQUESTS.readFile, ({ uri, maximumBytes }: ReadFileParams): ReadFileResult => {
      const content = workspace.disk.get(uri);
      const isTooLarge = typeof content === 'number' && content > maximumBytes;
      return isTooLarge ? { bytes: content } : content === undefined ? {} : { text: String(content) };
    });
    await workspace.start({}, { readsFiles: true, showsStatus: true });
    await workspace.rules(`${root}web.yaml`, RULE);
    const { files, skipped } = await workspace.ready();
    assert.equal(files, 2);
    assert.deepEqual(
      skipped.map(({ reason }) => reason),
      ['larger than 2 MB', 'excluded by the settings or a .gitignore file'],
    );
  });

  it('are counted before the eyes of whoever waits, where they are many', async () => {
    for (let index = 0; index < 600; index++) {
      workspace.disk.set(`${ROOT}${index}.yaml`, 'a: 1\n');
    }
    await workspace.start();
    assert.equal((await workspace.ready(({ files }) => files === 600)).objects, 0);
    assert.equal(workspace.progress.length, 1);
  });
});

describe('A fix that reaches into a file that is not open', () => {
  let workspace: Workspace;
  const ingress = `${ROOT}ingress.yaml`;

  beforeEach(async () => {
    workspace = new Workspace();
    workspace.disk.set(`${ROOT}class.yaml`, CLASS);
    workspace.disk.set(ingress, INGRESS);
    await workspace.start();
    await workspace.client.open(WEB, STICKY);
    await workspace.rules(WEB, 'affinity-bypassed');
  });
  afterEach(() => workspace.dispose());

  async function cookieFix() {
    const [finding] = await workspace.rules(WEB, 'affinity-bypassed');
    assert(finding);
    const actions = await workspace.client.codeActions(WEB, finding.range);
    const action = actions.find(({ title }) => /Ingress web/.test(title));
    assert(action, actions.map(({ title }) => title).join());
    return action;
  }

  it('edits it as it is on the disk, without a version', async () => {
    const { edit } = await workspace.client.resolve(await cookieFix());
    const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(change?.textDocument, { uri: ingress, version: null });
    assert.match(JSON.stringify(change.edits), /nginx\.ingress\.kubernetes\.io\/affinity: /);
  });

  it('is refused where it has changed since, and what it is now is read', async () => {
    const action = await cookieFix();
    workspace.disk.set(ingress, INGRESS.replace('name: web', 'name: web\n  labels: {a: b}'));
    await assert.rejects(workspace.client.resolve(action), /ingress\.yaml has changed on the disk/);
    await workspace.client.settle();
    const { edit } = await workspace.client.resolve(await cookieFix());
    assert.equal(edit?.documentChanges?.length, 1);
  });

  it('edits its buffer where it is open', async () => {
    const action = await cookieFix();
    await workspace.client.open(ingress, INGRESS, 5);
    const { edit } = await workspace.client.resolve(action);
    assert.match(workspace.client.textsAfter(edit ?? {}).get(ingress) ?? '', /affinity: /);
  });
});

describe('A rule that takes far too long', () => {
  it('is named once, in the log and to the client, and the findings come', async () => {
    // Each look at the clock is a second later than the last one.
    let seconds = 0;
    const workspace = new Workspace([ROOT], { now: () => 1000 * seconds++ });
    try {
      workspace.disk.set(WEB, SERVICE);
      await workspace.start();
      await workspace.client.open(`${ROOT}open.yaml`, SERVICE);
      await workspace.rules(`${ROOT}open.yaml`, RULE);
      await workspace.rules(WEB, RULE);
      const { slowRules } = await workspace.ready();
      const rules = slowRules.map(({ rule }) => rule);
      assert.ok(rules.includes(RULE));
      assert.equal(new Set(rules).size, rules.length);
      assert.equal(slowRules.find(({ rule }) => rule === RULE)?.uri, `${ROOT}open.yaml`);
      const lines = workspace.client.log.filter((line) => line.includes(`The rule ${RULE} took `));
      assert.deepEqual(lines, [
        `The rule ${RULE} took 1000 ms on a document of ${ROOT}open.yaml. It should take a fraction of one; ` +
          'the settings can switch it off until that is mended.',
      ]);
    } finally {
      workspace.dispose();
    }
  });
});
