import assert from 'node:assert/strict';
import { CancellationTokenSource, HoverRequest, LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { type InMemory, messageOf, startInMemory } from '../support/languageClient.ts';
import { ROOT, Workspace } from '../support/workspaceClient.ts';

const WEB = `${ROOT}web.yaml`;
const RULE = 'affinity-value-unsupported';

/** A finding of the rule names the value, so that every file can have one of its own. */
function service(affinity: string, name = 'web'): string {
  return `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  selector:
    app: ${name}
  sessionAffinity: ${affinity}
  ports:
    - port: 80
`;
}

describe('A flood of requests that are cancelled', () => {
  const params = { textDocument: { uri: WEB }, position: { line: 7, character: 4 } };
  let session: InMemory;

  beforeEach(async () => {
    session = startInMemory();
    await session.client.initialize();
    await session.client.open(WEB, service('ClientIP'));
    await session.client.diagnostics(WEB);
  });
  afterEach(() => session.dispose());

  /** For each of so many hovers that are cancelled as soon as they are sent, whether it was refused. */
  function cancelled(count: number): Promise<boolean>[] {
    return Array.from({ length: count }, async () => {
      const source = new CancellationTokenSource();
      const answer = session.client.connection.sendRequest(HoverRequest.type, params, source.token);
      source.cancel();
      try {
        assert.ok((await answer)?.contents);
        return false;
      } catch (error) {
        assert.ok(error instanceof ResponseError);
        assert.equal(error.code, LSPErrorCodes.RequestCancelled);
        return true;
      }
    });
  }

  it('leaves the server responsive, and each is answered', async () => {
    const answers = cancelled(500);
    const after = await session.client.connection.sendRequest(HoverRequest.type, params);
    assert.ok(after?.contents);
    assert.equal((await Promise.all(answers)).length, 500);
    await session.client.change(WEB, { text: service('Cookie') });
    assert.equal((await session.client.diagnostics(WEB)).length, 1);
  });

  it('costs nothing while they wait to be read', async () => {
    session.hold();
    const answers = cancelled(500);
    const after = session.client.connection.sendRequest(HoverRequest.type, params);
    session.release();
    assert.ok((await after)?.contents);
    assert.deepEqual(new Set(await Promise.all(answers)), new Set([true]));
  });
});

describe('A flood of changes', () => {
  let workspace: Workspace;

  beforeEach(() => {
    workspace = new Workspace();
  });
  afterEach(() => workspace.dispose());

  /** As soon as the last that was said of a file is this; of one of which nothing was ever said, that is nothing. */
  async function settlesWith(uri: string, ...rules: string[]): Promise<void> {
    const wasNamed = workspace.client.publications.some((published) => published.uri === uri);
    if (wasNamed || rules.length > 0) {
      await workspace.rules(uri, ...rules);
    }
  }

  it('of settings settles with what the last ones say', async () => {
    const closed = `${ROOT}closed.yaml`;
    workspace.disk.set(closed, service('Cookie', 'closed'));
    await workspace.start();
    await workspace.client.open(WEB, service('Cookie'));
    await workspace.rules(WEB, RULE);
    await workspace.rules(closed, RULE);
    for (let change = 0; change < 200; change++) {
      await workspace.set('sessionPersistence', change % 2 === 0 ? { rules: { [RULE]: 'off' } } : {});
    }
    await workspace.set('sessionPersistence', { rules: { [RULE]: 'hint' } });
    const isLast = (uri: string) =>
      workspace.client.published((params) => params.uri === uri && params.diagnostics[0]?.severity === 4);
    await isLast(WEB);
    await isLast(closed);
    await workspace.client.settle();
    for (const uri of [WEB, closed]) {
      const last = workspace.client.publications.findLast((params) => params.uri === uri);
      assert.deepEqual(
        last?.diagnostics.map(({ code, severity }) => [code, severity]),
        [[RULE, 4]],
      );
    }
  });

  it('of documents answers each with its own findings and version, and clears them when they are closed', async () => {
    const uris = Array.from({ length: 2000 }, (_, index) => `${ROOT}${index % 40}/${index}.yaml`);
    await workspace.start();
    for (const [index, uri] of uris.entries()) {
      await workspace.client.open(uri, service(`Cookie${index}`, `web-${index}`), index + 1);
    }
    for (const [index, uri] of uris.entries()) {
      const diagnostics = await workspace.client.diagnostics(uri);
      assert.equal(diagnostics.length, 1);
      assert.match(messageOf(diagnostics[0]), new RegExp(`\\bCookie${index}\\b`));
    }
    const known = new Set(uris);
    const answers = workspace.client.publications.filter(({ uri }) => known.has(uri));
    assert.equal(answers.length, uris.length, 'Each is answered once.');
    for (const uri of uris) {
      await workspace.client.close(uri);
    }
    await workspace.client.settle();
    const last = new Map(workspace.client.publications.map((published) => [published.uri, published]));
    for (const uri of uris) {
      assert.deepEqual(last.get(uri), { uri, diagnostics: [] });
    }
  });

  it('of files on the disk settles with what is there', async () => {
    const uris = Array.from({ length: 300 }, (_, index) => `${ROOT}${index % 10}/${index}.yaml`);
    await workspace.start();
    await workspace.ready();
    // At the end of all turns each file stands in another place of the row.
    const turns = [service('Cookie'), service('None'), undefined, service('Sticky')];
    const textAt = (index: number, turn: number): string | undefined =>
      turns[(index + turn) % turns.length]?.replaceAll('web', `web-${index}`);
    for (let turn = 0; turn < 6; turn++) {
      for (const [index, uri] of uris.entries()) {
        await workspace.write(uri, textAt(index, turn));
      }
    }
    await workspace.ready(({ files }) => files === workspace.disk.size);
    assert.equal(workspace.disk.size, 225);
    for (const [index, uri] of uris.entries()) {
      const affinity = /Cookie|Sticky/.exec(textAt(index, 5) ?? '')?.[0];
      await settlesWith(uri, ...(affinity === undefined ? [] : [RULE]));
    }
    await workspace.client.settle();
    const last = new Map(workspace.client.publications.map((published) => [published.uri, published]));
    for (const [index, uri] of uris.entries()) {
      const affinity = /Cookie|Sticky/.exec(textAt(index, 5) ?? '')?.[0];
      const [finding, ...others] = last.get(uri)?.diagnostics ?? [];
      assert.deepEqual(others, []);
      assert.equal(/Cookie|Sticky/.exec(messageOf(finding))?.[0], affinity, uri);
    }
  });
});
