import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  ErrorCodes,
  LSPErrorCodes,
  type Range,
} from 'vscode-languageserver';
import { createAnalyzer } from '../../server/src/analyzer.ts';
import { CAPABLE, type InMemory, type LanguageClient, startInMemory } from '../support/languageClient.ts';

const URI = 'file:///workspace/service.yaml';
const PRINTED = readFileSync('samples/service-as-printed.yaml', 'utf8');
const EVERYWHERE: Range = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };
const FIX_ALL = 'source.fixAll.sessionPersistence';

const SERVICE_URI = 'file:///workspace/web-service.yaml';
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
`;
const DEPLOYMENT_URI = 'file:///workspace/web-deployment.yaml';
const DEPLOYMENT = `apiVersion: apps/v1
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

async function start(capabilities: ClientCapabilities = CAPABLE): Promise<InMemory> {
  const session = startInMemory();
  await session.client.initialize(capabilities);
  return session;
}

function withCode(code: number): (error: unknown) => boolean {
  return (error) => error instanceof Error && 'code' in error && error.code === code;
}

/** Takes the edit over as an editor would, and returns when the server has answered for every document. */
async function accept(client: LanguageClient, { edit }: CodeAction): Promise<void> {
  assert.ok(edit !== undefined);
  for (const [uri, text] of client.textsAfter(edit)) {
    await client.change(uri, { text });
    await client.diagnostics(uri);
  }
}

function kindsOf(actions: readonly CodeAction[]): string[] {
  return [...new Set(actions.map(({ kind }) => kind ?? ''))].sort();
}

describe('Code actions over the protocol', () => {
  let session: InMemory;
  let client: LanguageClient;

  beforeEach(async () => {
    session = await start();
    client = session.client;
  });

  afterEach(() => session.dispose());

  it('are announced', async () => {
    const fresh = startInMemory();
    try {
      const { capabilities, serverInfo } = await fresh.client.initialize();
      assert.deepEqual(capabilities.codeActionProvider, {
        codeActionKinds: ['quickfix', 'refactor.rewrite', FIX_ALL],
        resolveProvider: true,
      });
      assert.deepEqual(capabilities.textDocumentSync, { openClose: true, change: 2 });
      assert.equal(capabilities.positionEncoding, 'utf-16');
      assert.equal(serverInfo?.name, 'Kubernetes Session Persistence');
    } finally {
      fresh.dispose();
    }
  });

  it('are offered at the finding that they mend, with it, and get their edit when they are chosen', async () => {
    await client.open(URI, PRINTED);
    const diagnostics = await client.diagnostics(URI);
    const finding = diagnostics.find(({ code }) => code === 'affinity-in-selector');
    assert.ok(finding !== undefined);
    const actions = await client.codeActions(URI, finding.range, { diagnostics: [finding] });
    const action = actions.find((candidate) => candidate.diagnostics?.length === 1);
    assert.ok(action !== undefined);
    assert.deepEqual(action.diagnostics, [finding]);
    assert.equal(action.isPreferred, true);
    assert.equal(action.edit, undefined);
    const resolved = await client.resolve(action);
    assert.equal(resolved.title, action.title);
    assert.deepEqual(
      resolved.edit?.documentChanges?.map((change) => 'textDocument' in change && change.textDocument),
      [{ uri: URI, version: 1 }],
    );
    await accept(client, resolved);
    assert.match(client.document(URI).getText(), /^ {2}sessionAffinity: ClientIP/m);
    const codes = (await client.diagnostics(URI)).map(({ code }) => code);
    assert.ok(!codes.includes('affinity-in-selector'));
  });

  it('are offered nowhere else', async () => {
    await client.open(URI, PRINTED);
    const first = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    assert.deepEqual(await client.codeActions(URI, first), []);
    assert.deepEqual(await client.codeActions('file:///workspace/never-opened.yaml', EVERYWHERE), []);
  });

  it('carry their edit at once for a client that cannot resolve, as plain changes if it knows no others', async () => {
    const plain = await start({});
    try {
      await plain.client.open(URI, PRINTED);
      const actions = await plain.client.codeActions(URI, EVERYWHERE);
      assert.ok(actions.length > 4);
      for (const { edit, data } of actions) {
        assert.deepEqual(Object.keys(edit ?? {}), ['changes']);
        assert.deepEqual(Object.keys(edit?.changes ?? {}), [URI]);
        assert.equal(data, undefined);
      }
      const fixed = actions.find(({ title }) => title.startsWith('Apply every safe fix'));
      assert.ok(fixed !== undefined);
      await accept(plain.client, fixed);
      assert.match(plain.client.document(URI).getText(), /^ {2}sessionAffinity: ClientIP/m);
    } finally {
      plain.dispose();
    }
  });

  it('are those of the kinds that are asked for, and of the kinds below them', async () => {
    await client.open(URI, PRINTED);
    const kinds = async (...only: string[]) => kindsOf(await client.codeActions(URI, EVERYWHERE, { only }));
    assert.deepEqual(await kinds('quickfix'), ['quickfix']);
    assert.deepEqual(await kinds('source'), [FIX_ALL]);
    assert.deepEqual(await kinds('source.fixAll'), [FIX_ALL]);
    assert.deepEqual(await kinds(FIX_ALL), [FIX_ALL]);
    assert.deepEqual(await kinds('quickfix', 'source.fixAll'), ['quickfix', FIX_ALL]);
    assert.deepEqual(await kinds(''), ['quickfix', FIX_ALL]);
    assert.deepEqual(await kinds('source.fix'), []);
    assert.deepEqual(await kinds('source.organizeImports'), []);
    assert.deepEqual(await kinds('source.fixAll.eslint'), []);
    assert.deepEqual(await kinds('refactor'), []);
    assert.deepEqual(kindsOf(await client.codeActions(URI, EVERYWHERE)), ['quickfix']);
  });

  it('of the kind fix-all leave no safe fix, and a file without any is offered none', async () => {
    await client.open(URI, PRINTED);
    const [all, ...others] = await client.codeActions(URI, EVERYWHERE, { only: [FIX_ALL] });
    assert.ok(all !== undefined);
    assert.deepEqual(others, []);
    await accept(client, await client.resolve(all));
    assert.doesNotMatch(client.document(URI).getText(), /\u00a0/);
    assert.match(client.document(URI).getText(), /^ {2}type: ClusterIP/m, 'A fix to review was applied as well.');
    assert.deepEqual(await client.codeActions(URI, EVERYWHERE, { only: [FIX_ALL] }), []);
    const left = await client.codeActions(URI, EVERYWHERE);
    assert.ok(left.length > 0 && left.every(({ isPreferred }) => isPreferred === false));
  });

  it('for a file that is accepted one after another end in one without warnings', async () => {
    await client.open(URI, PRINTED);
    for (let round = 0; round < 20; round++) {
      const [finding] = (await client.diagnostics(URI)).filter(
        ({ severity }) => severity !== undefined && severity <= 2,
      );
      if (finding === undefined) {
        break;
      }
      const [action] = await client.codeActions(URI, finding.range, { diagnostics: [finding], only: ['quickfix'] });
      assert.ok(action !== undefined, `Nothing mends ${finding.code}.`);
      await accept(client, await client.resolve(action));
    }
    const left = await client.diagnostics(URI);
    assert.ok(left.every(({ severity }) => severity === 4));
    assert.match(client.document(URI).getText(), /^ {2}type: LoadBalancer/m);
  });

  it('keep the line ends and the lines around an edit in a CRLF document', async () => {
    await client.open(URI, PRINTED.replaceAll('\n', '\r\n'));
    const [all] = await client.codeActions(URI, EVERYWHERE, { only: [FIX_ALL] });
    assert.ok(all !== undefined);
    await accept(client, await client.resolve(all));
    const text = client.document(URI).getText();
    assert.match(text, /^ {2}sessionAffinity: ClientIP/m);
    assert.doesNotMatch(text, /[^\r]\n|\r(?!\n)/);
  });

  it('mend every object of a long List at once', async () => {
    const item = `  - ${SERVICE.trimEnd().replaceAll('\n', '\n    ')}\n          sessionAffinity: ClientIP\n`;
    const items = Array.from({ length: 120 }, (_, index) => item.replace('name: web', `name: web-${index}`));
    await client.open(URI, `apiVersion: v1\nkind: List\nitems:\n${items.join('')}`);
    assert.equal((await client.diagnostics(URI)).length, items.length);
    const [all] = await client.codeActions(URI, EVERYWHERE, { only: [FIX_ALL] });
    assert.ok(all !== undefined);
    await accept(client, await client.resolve(all));
    const mended = items.join('').replaceAll('          sessionAffinity', '      sessionAffinity');
    assert.equal(client.document(URI).getText(), `apiVersion: v1\nkind: List\nitems:\n${mended}`);
    assert.deepEqual(await client.diagnostics(URI), []);
  });

  it('that are chosen after an edit are refused, and the server lives', async () => {
    await client.open(URI, PRINTED);
    const actions = await client.codeActions(URI, EVERYWHERE, { only: ['quickfix', FIX_ALL] });
    await client.change(URI, {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      text: '#\n',
    });
    assert.ok(actions.length > 4);
    for (const action of actions) {
      await assert.rejects(client.resolve(action), withCode(LSPErrorCodes.ContentModified));
    }
    const [fresh] = await client.codeActions(URI, EVERYWHERE);
    assert.ok(fresh !== undefined && (await client.resolve(fresh)).edit !== undefined);
  });

  it('that are chosen after their document was closed are refused', async () => {
    await client.open(URI, PRINTED);
    const [action] = await client.codeActions(URI, EVERYWHERE);
    assert.ok(action !== undefined);
    await client.close(URI);
    await assert.rejects(client.resolve(action), withCode(LSPErrorCodes.ContentModified));
  });

  it('hide a finding by a comment, behind everything that mends, and only while the document is the same', async () => {
    await client.open(URI, PRINTED);
    const finding = (await client.diagnostics(URI)).find(({ code }) => code === 'affinity-in-selector');
    assert.ok(finding !== undefined);
    const actions = await client.codeActions(URI, finding.range, { diagnostics: [finding] });
    const ignoring = actions.filter(({ title }) => title === 'Ignore affinity-in-selector on this line');
    assert.equal(ignoring.length, 1);
    assert.equal(ignoring[0], actions.at(-1));
    assert.ok(ignoring[0] !== undefined && actions.length > 1);
    assert.equal(ignoring[0].isPreferred, false);
    // Editors list actions that name a diagnostic first, and this one is to stand last.
    assert.equal(ignoring[0].diagnostics, undefined);
    await accept(client, await client.resolve(ignoring[0]));
    const codes = (await client.diagnostics(URI)).map(({ code }) => code);
    assert.ok(!codes.includes('affinity-in-selector') && !codes.includes('suppression-unused'), codes.join());
    assert.match(
      client.document(URI).getText(),
      /^ +# session-persistence-ignore-next-line affinity-in-selector\n[\s\u00a0]+sessionAffinity/m,
    );
    await assert.rejects(client.resolve(ignoring[0]), withCode(LSPErrorCodes.ContentModified));
  });

  it('offer no comment in JSON', async () => {
    const uri = 'file:///workspace/manifest.json';
    const spec = { sessionAffinity: 'Cookie', ports: [{ port: 80 }] };
    await client.open(uri, JSON.stringify({ apiVersion: 'v1', kind: 'Service', spec }, undefined, 2));
    assert.equal((await client.diagnostics(uri)).length, 1);
    const titles = (await client.codeActions(uri, EVERYWHERE)).map(({ title }) => title);
    assert.ok(titles.length > 0 && titles.every((title) => !title.startsWith('Ignore')), titles.join());
  });

  it('without data of ours come back as they are', async () => {
    const foreign = { title: 'Somebody else’s' };
    assert.deepEqual(await client.resolve(foreign), foreign);
  });

  it('may edit another open document, with the version that it has', async () => {
    await client.open(SERVICE_URI, SERVICE, 41);
    await client.open(DEPLOYMENT_URI, DEPLOYMENT, 7);
    const [finding] = await client.diagnostics(DEPLOYMENT_URI);
    assert.equal(finding?.code, 'affinity-misplaced');
    const [action] = await client.codeActions(DEPLOYMENT_URI, finding.range);
    assert.ok(action !== undefined);
    assert.match(action.title, /Service web/);
    const resolved = await client.resolve(action);
    const versions = resolved.edit?.documentChanges?.flatMap((change) =>
      'textDocument' in change ? [[change.textDocument.uri, change.textDocument.version]] : [],
    );
    assert.deepEqual(versions?.sort(), [
      [DEPLOYMENT_URI, 7],
      [SERVICE_URI, 41],
    ]);
    await accept(client, resolved);
    assert.equal(client.document(SERVICE_URI).getText(), `${SERVICE}  sessionAffinity: ClientIP\n`);
    assert.equal(
      client.document(DEPLOYMENT_URI).getText(),
      DEPLOYMENT.replace('      sessionAffinity: ClientIP\n', ''),
    );
    assert.deepEqual(await client.diagnostics(DEPLOYMENT_URI), []);
    assert.deepEqual(await client.diagnostics(SERVICE_URI), []);
  });

  it('that would edit another document are worked out on its text as it is now', async () => {
    await client.open(SERVICE_URI, SERVICE);
    await client.open(DEPLOYMENT_URI, DEPLOYMENT);
    const [action] = await client.codeActions(DEPLOYMENT_URI, EVERYWHERE);
    assert.ok(action !== undefined);
    await client.change(
      SERVICE_URI,
      client.replacing(SERVICE_URI, '    - port: 80\n', '    - port: 80\n    - port: 81\n'),
    );
    const texts = client.textsAfter((await client.resolve(action)).edit ?? {});
    assert.match(texts.get(SERVICE_URI) ?? '', /port: 81\n {2}sessionAffinity: ClientIP\n$/);
    await client.change(SERVICE_URI, client.replacing(SERVICE_URI, 'name: web', 'name: shop'));
    await assert.rejects(
      client.resolve(action),
      withCode(LSPErrorCodes.ContentModified),
      'It moves the fields elsewhere.',
    );
    await client.close(SERVICE_URI);
    await assert.rejects(client.resolve(action), withCode(LSPErrorCodes.ContentModified));
  });

  it('are not worked out once they are cancelled', async () => {
    await client.open(URI, PRINTED);
    await client.diagnostics(URI);
    const source = new CancellationTokenSource();
    session.hold();
    const request = client.connection.sendRequest(
      CodeActionRequest.type,
      { textDocument: { uri: URI }, range: EVERYWHERE, context: { diagnostics: [] } },
      source.token,
    );
    const refused = assert.rejects(request, withCode(LSPErrorCodes.RequestCancelled));
    source.cancel();
    // What is sent after the cancellation is known to be behind it.
    await client.change(URI, { text: PRINTED });
    session.release();
    await refused;
    assert.ok((await client.codeActions(URI, EVERYWHERE)).length > 0);
  });

  it('that fail are answered with an error and logged, and the server lives', async () => {
    const analyzer = createAnalyzer();
    let fails = false;
    const fragile = startInMemory(undefined, {
      ...analyzer,
      apply: (change) => analyzer.apply(change),
      snapshot: () => {
        if (fails) {
          throw new Error('the engine is out of order');
        }
        return analyzer.snapshot();
      },
    });
    try {
      await fragile.client.initialize();
      await fragile.client.open(URI, PRINTED);
      const [action] = await fragile.client.codeActions(URI, EVERYWHERE);
      assert.ok(action !== undefined);
      fails = true;
      await assert.rejects(fragile.client.codeActions(URI, EVERYWHERE), withCode(ErrorCodes.InternalError));
      await assert.rejects(fragile.client.resolve(action), withCode(ErrorCodes.InternalError));
      assert.ok(fragile.client.log.some((line) => line.includes('the engine is out of order')));
      fails = false;
      assert.ok((await fragile.client.resolve(action)).edit !== undefined);
    } finally {
      fragile.dispose();
    }
  });
});
