import assert from 'node:assert/strict';
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  CompletionRequest,
  type DocumentLink,
  DocumentLinkRequest,
  type Hover,
  HoverRequest,
  type Position,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readCursor } from '../support/cursor.ts';
import { type InMemory, startInMemory, TEST_RUNTIME } from '../support/languageClient.ts';

const URI = 'file:///workspace/service.yaml';
const HEAD = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';

/** What VS Code says that it can do, as far as editing help asks. */
const CAPABLE: ClientCapabilities = {
  textDocument: {
    completion: {
      completionItem: {
        snippetSupport: true,
        labelDetailsSupport: true,
        documentationFormat: ['markdown', 'plaintext'],
        insertTextModeSupport: { valueSet: [1, 2] },
      },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
};

async function withServer<T>(
  capabilities: ClientCapabilities,
  use: (session: InMemory) => Promise<T>,
  runtime = TEST_RUNTIME,
): Promise<T> {
  const session = startInMemory(runtime);
  try {
    await session.client.initialize(capabilities);
    return await use(session);
  } finally {
    session.dispose();
  }
}

async function complete(marked: string, capabilities: ClientCapabilities = CAPABLE): Promise<CompletionList> {
  return await withServer(capabilities, async ({ client }) => {
    const position = await openAtCursor(client, marked);
    const params = { textDocument: { uri: URI }, position };
    return (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList;
  });
}

async function hover(marked: string, capabilities: ClientCapabilities = CAPABLE): Promise<Hover | null> {
  return await withServer(capabilities, async ({ client }) => {
    const position = await openAtCursor(client, marked);
    return await client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: URI }, position });
  });
}

async function openAtCursor(client: InMemory['client'], marked: string): Promise<Position> {
  const { text, offset } = readCursor(marked);
  await client.open(URI, text);
  return client.document(URI).positionAt(offset);
}

function accept(marked: string, item: CompletionItem | undefined): string {
  const document = TextDocument.create(URI, 'yaml', 1, readCursor(marked).text);
  assert(item?.textEdit !== undefined && 'range' in item.textEdit);
  return TextDocument.applyEdits(document, [item.textEdit]);
}

describe('editing help over the protocol', () => {
  it('is announced', async () => {
    const session = startInMemory();
    try {
      const { capabilities } = await session.client.initialize();
      assert.equal(capabilities.hoverProvider, true);
      assert.deepEqual(capabilities.completionProvider, { triggerCharacters: [' ', ':', '"', "'", '/'] });
      assert.deepEqual(capabilities.documentLinkProvider, {});
    } finally {
      session.dispose();
    }
  });

  it('completes with snippets that keep their own indentation', async () => {
    const marked = `${HEAD}spec:\n  sess<|>\n`;
    const { items, isIncomplete } = await complete(marked);
    assert.equal(isIncomplete, false);
    assert.deepEqual(
      items.map(({ label, sortText }) => [label, sortText]),
      [
        ['sessionAffinity', '000'],
        ['sessionAffinityConfig', '001'],
        ['externalTrafficPolicy', '002'],
      ],
    );
    const [, config] = items;
    assert.equal(config?.insertTextFormat, 2);
    assert.deepEqual(config?.labelDetails, { description: 'adds sessionAffinity too' });
    assert.equal(config?.detail, undefined);
    assert.equal(config?.insertTextMode, 1);
    assert.deepEqual(config?.textEdit && 'range' in config.textEdit && config.textEdit.range, {
      start: { line: 5, character: 2 },
      end: { line: 5, character: 6 },
    });
    assert.match(accept(marked, config), /\n {4}clientIP:\n {6}timeoutSeconds: \$\{1:10800\}\n$/);
    assert.match(JSON.stringify(config?.documentation), /"kind":"markdown","value":"\*\*sessionAffinityConfig\*\*/);
  });

  it('completes in plain text where an editor knows no snippets', async () => {
    const marked = `${HEAD}spec:\n  sess<|>\n`;
    const { items } = await complete(marked, {});
    assert.equal(items[1]?.insertTextFormat, 1);
    assert.equal(items[1]?.detail, 'adds sessionAffinity too');
    assert.equal(items[1]?.insertTextMode, undefined);
    assert.match(accept(marked, items[1]), /\n {4}clientIP:\n {6}timeoutSeconds: 10800\n$/);
    assert.match(JSON.stringify(items[1]?.documentation), /"kind":"plaintext","value":"sessionAffinityConfig/);
  });

  it('asks to be asked again while an annotation is typed', async () => {
    const marked = `${HEAD}  annotations:\n    p<|>\n`;
    const { items, isIncomplete } = await complete(marked);
    assert.equal(isIncomplete, true);
    assert.equal(items[0]?.label, 'persistence-timeout');
    assert.equal(items[0]?.filterText, 'persistence-timeout');
    assert.match(accept(marked, items[0]), /\n {4}service\.beta\.kubernetes\.io\/alibaba-[a-z-]+: "\$\{1:1800\}"\n$/);
  });

  it('completes what was typed a moment ago, counted in UTF-16 units', async () => {
    await withServer(CAPABLE, async ({ client }) => {
      await client.open(URI, `# 🙂\n${HEAD}spec: {type: NodePort, x: "🙂", }\n`);
      await client.change(URI, client.replacing(URI, ', }', ', sessionAffinity: }'));
      const position = { line: 5, character: 'spec: {type: NodePort, x: "🙂", sessionAffinity: '.length };
      const params = { textDocument: { uri: URI }, position };
      const found = (await client.connection.sendRequest(CompletionRequest.type, params)) as CompletionList;
      assert.deepEqual(
        found.items.map(({ textEdit }) => textEdit?.newText),
        ['ClientIP', 'None'],
      );
    });
  });

  it('answers nothing for documents that are not open, and for places that are not ours', async () => {
    const { items } = await complete(`${HEAD}spec:\n  selector:\n    <|>\n`);
    assert.deepEqual(items, []);
    await withServer(CAPABLE, async ({ client }) => {
      const params = { textDocument: { uri: 'file:///never-opened.yaml' }, position: { line: 0, character: 0 } };
      assert.equal(await client.connection.sendRequest(HoverRequest.type, params), null);
      assert.deepEqual(await client.connection.sendRequest(CompletionRequest.type, params), {
        isIncomplete: false,
        items: [],
      });
      assert.deepEqual(await client.connection.sendRequest(DocumentLinkRequest.type, params), []);
    });
  });

  it('hovers in the format that the editor likes', async () => {
    const marked = `${HEAD}spec:\n  session<|>Affinity: ClientIP\n  ports:\n    - port: 80\n`;
    const markdown = await hover(marked);
    assert.deepEqual(markdown?.range, { start: { line: 5, character: 2 }, end: { line: 5, character: 17 } });
    assert.match(JSON.stringify(markdown?.contents), /"kind":"markdown","value":"\*\*sessionAffinity\*\*\\n\\nWhether/);
    const plain = await hover(marked, {});
    assert.match(JSON.stringify(plain?.contents), /"kind":"plaintext","value":"sessionAffinity\\n\\nWhether/);
    assert.equal(await hover(`${HEAD}spec:\n  sel<|>ector: {}\n`), null);
  });

  it('links the ids of rules to their pages, and to none where the host has no pages', async () => {
    const text = '# session-persistence-ignore-file affinity-in-selector\napiVersion: v1\n';
    const links = async (rulePages: string | undefined): Promise<DocumentLink[] | null> =>
      await withServer(
        CAPABLE,
        async ({ client }) => {
          await client.open(URI, text);
          return await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri: URI } });
        },
        { ...TEST_RUNTIME, rulePages },
      );
    const [link] = (await links('file:///docs/')) ?? [];
    assert.equal(link?.target, 'file:///docs/affinity-in-selector.md');
    assert.deepEqual(link?.range, { start: { line: 0, character: 34 }, end: { line: 0, character: 54 } });
    assert.deepEqual(await links(undefined), []);
  });
});
