import assert from 'node:assert/strict';
import {
  type CodeLens,
  CodeLensRefreshRequest,
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DocumentHighlightRequest,
  type Location,
  ReferencesRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver';
import { type EntriesResult, NOTIFICATIONS, type PathsResult, REQUESTS } from '../../server/src/protocol/messages.ts';
import { type InMemory, startInMemory } from '../support/languageClient.ts';

const SERVICE_URI = 'file:///workspace/service.yaml';
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`;
const INGRESS_URI = 'file:///workspace/ingress.yaml';
const INGRESS = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`;

describe('Paths over the protocol', () => {
  let session: InMemory;

  beforeEach(async () => {
    session = startInMemory();
    await session.client.initialize();
    await session.client.open(SERVICE_URI, SERVICE);
    await session.client.open(INGRESS_URI, INGRESS);
  });

  afterEach(() => session.dispose());

  it('stand above each object, in words that follow other files', async () => {
    const { client } = session;
    const titleOf = async (uri: string): Promise<string | undefined> => {
      const [lens] = (await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } })) ?? [];
      assert(lens !== undefined);
      const resolved: CodeLens = await client.connection.sendRequest(CodeLensResolveRequest.type, lens);
      assert.equal(resolved.command?.command, 'sessionPersistence.showPath');
      assert.deepEqual(resolved.command.arguments, [uri, { line: 0, character: 0 }]);
      return resolved.command.title;
    };
    assert.equal(await titleOf(INGRESS_URI), 'sticky: ingress-nginx cookie');
    await client.change(INGRESS_URI, client.replacing(INGRESS_URI, 'affinity: cookie', 'affinity: "no"'));
    assert.equal(await titleOf(INGRESS_URI), 'not sticky: ingress-nginx bypasses ClientIP');
    assert.equal(await titleOf(SERVICE_URI), 'not sticky: ingress-nginx bypasses ClientIP (worst of 2)');
  });

  it('are told to have changed, whichever file did', async () => {
    const told = startInMemory();
    const { client } = told;
    const next = async (): Promise<string[]> => {
      const news = Promise.all([
        new Promise<string>((done) =>
          client.connection.onNotification(NOTIFICATIONS.pathsChanged, () => done('paths')),
        ),
        new Promise<string>((done) => client.connection.onRequest(CodeLensRefreshRequest.type, () => done('lenses'))),
      ]);
      return await news;
    };
    const first = next();
    await client.initialize({ workspace: { codeLens: { refreshSupport: true } } }, null, { showsPaths: true });
    await client.open(SERVICE_URI, SERVICE);
    assert.deepEqual(await first, ['paths', 'lenses']);
    const second = next();
    await client.open(INGRESS_URI, INGRESS);
    assert.deepEqual(await second, ['paths', 'lenses']);
    told.dispose();
  });

  it('come as a picture and as words, with the places that decide', async () => {
    const result: PathsResult = await session.client.connection.sendRequest(REQUESTS.paths, {
      uri: SERVICE_URI,
      position: { line: 1, character: 0 },
    });
    assert.deepEqual(
      result.paths.map(({ headline }) => headline),
      ['sticky: ingress-nginx cookie', 'sticky 3 h: ClientIP'],
    );
    const [evidence] = result.paths[0]?.hops[0]?.evidence ?? [];
    assert.deepEqual(result.places[evidence ?? -1], {
      uri: INGRESS_URI,
      start: { line: 5, character: 42 },
      end: { line: 5, character: 48 },
    });
    assert.match(result.picture, /^<svg [\s\S]*<a href="#evidence-0">[\s\S]*<\/svg>$/);
  });

  it('are listed for the whole workspace, worst first', async () => {
    const { client } = session;
    await client.change(INGRESS_URI, client.replacing(INGRESS_URI, 'affinity: cookie', 'affinity: "no"'));
    const { entries }: EntriesResult = await client.connection.sendRequest(REQUESTS.entries, {});
    assert.deepEqual(
      entries.map(({ verdict, place }) => [verdict, place.uri]),
      [
        ['not sticky', INGRESS_URI],
        ['sticky', SERVICE_URI],
      ],
    );
  });

  it('are walked from a backend to its Service and back', async () => {
    const { connection } = session.client;
    const backend = { textDocument: { uri: INGRESS_URI }, position: { line: 10, character: 13 } };
    const definitions = (await connection.sendRequest(DefinitionRequest.type, backend)) as Location[];
    assert.deepEqual(
      definitions.map(({ uri, range }) => [uri, range.start]),
      [[SERVICE_URI, { line: 3, character: 8 }]],
    );
    const name = { textDocument: { uri: SERVICE_URI }, position: { line: 3, character: 9 } };
    const references = await connection.sendRequest(ReferencesRequest.type, {
      ...name,
      context: { includeDeclaration: false },
    });
    assert.deepEqual(
      references?.map(({ uri }) => uri),
      [INGRESS_URI],
    );
    assert.equal(await connection.sendRequest(DocumentHighlightRequest.type, name), null);
    const symbols = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'shop' });
    assert.deepEqual(
      symbols?.map((symbol) => [symbol.name, symbol.containerName]),
      [['shop', 'Ingress']],
    );
  });

  it('are none where nothing is ours', async () => {
    const uri = 'file:///workspace/notes.yaml';
    await session.client.open(uri, 'just: notes\n');
    const result: PathsResult = await session.client.connection.sendRequest(REQUESTS.paths, { uri });
    assert.deepEqual([result.paths, result.places], [[], []]);
    const closed: PathsResult = await session.client.connection.sendRequest(REQUESTS.paths, {
      uri: 'file:///workspace/nowhere.yaml',
      position: { line: 5, character: 5 },
    });
    assert.deepEqual(closed.paths, []);
  });
});
