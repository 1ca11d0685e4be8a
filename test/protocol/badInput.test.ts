import assert from 'node:assert/strict';
import { type InMemory, type LanguageClient, messageOf, startInMemory } from '../support/languageClient.ts';

const URI = 'file:///workspace/input.yaml';
const EVERYWHERE = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
const MISPLACED = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      sessionAffinity: ClientIP
`;

/** Ten aliases of ten aliases of ten aliases…: a few hundred bytes that stand for more nodes than fit into memory. */
function aliasBomb(): string {
  const levels = [...'abcdefghijklmnop'];
  const lines = levels.map((name, index) => {
    const below = index === 0 ? 'x' : `*${levels[index - 1]}`;
    return `  ${name}: &${name} [${Array.from({ length: 10 }, () => below).join(', ')}]`;
  });
  const uses = 'metadata: *p\nspec: *p\nstatus: { <<: [*p, *o] }\n';
  return `apiVersion: v1\nkind: Service\ndata:\n${lines.join('\n')}\n${uses}`;
}

describe('Input that nobody meant to write', () => {
  let session: InMemory;
  let client: LanguageClient;

  beforeEach(async () => {
    session = startInMemory();
    client = session.client;
    await client.initialize();
  });

  /** Whatever came before, the server still finds what is wrong with an ordinary document, and nothing was a crash. */
  afterEach(async () => {
    const uri = 'file:///workspace/afterwards.yaml';
    await client.open(uri, MISPLACED);
    const codes = (await client.diagnostics(uri)).map(({ code }) => code);
    const log = client.log.filter((line) => line !== 'Ready.');
    session.dispose();
    assert.deepEqual(codes, ['affinity-misplaced']);
    assert.deepEqual(log, []);
  });

  async function codesIn(text: string): Promise<unknown[]> {
    await client.open(URI, text);
    const codes = (await client.diagnostics(URI)).map(({ code }) => code);
    await client.codeActions(URI, EVERYWHERE, { only: ['quickfix', 'source'] });
    return codes;
  }

  it('has no findings when it is empty', async () => {
    assert.deepEqual(await codesIn(''), []);
    await client.change(URI, { text: '\n\n' });
    assert.deepEqual(await client.diagnostics(URI), []);
    await client.change(URI, { text: '\uFEFF' });
    assert.deepEqual(await client.diagnostics(URI), []);
    await client.change(URI, { text: MISPLACED });
    assert.equal((await client.diagnostics(URI)).length, 1);
  });

  it('is named when it is too large, and read again when it no longer is', async () => {
    const comments = `${'#'.repeat(99)}\n`.repeat(101_000);
    await client.open(URI, comments + MISPLACED);
    const [finding, ...others] = await client.diagnostics(URI);
    assert.deepEqual(
      [finding?.code, finding?.range.start, others],
      ['file-not-checked', { line: 0, character: 0 }, []],
    );
    assert.match(messageOf(finding), /11 MB/);
    assert.deepEqual(await client.codeActions(URI, EVERYWHERE, { only: ['quickfix', 'source'] }), []);
    const range = { start: { line: 0, character: 0 }, end: { line: 101_000, character: 0 } };
    await client.change(URI, { range, text: '' });
    assert.deepEqual(
      (await client.diagnostics(URI)).map(({ code }) => code),
      ['affinity-misplaced'],
    );
  });

  it('is named when it is no text', async () => {
    assert.deepEqual(await codesIn(`${MISPLACED}\0`), ['file-not-checked']);
  });

  it('may hold aliases of aliases of aliases', async () => {
    const started = performance.now();
    await codesIn(aliasBomb());
    assert.ok(performance.now() - started < 5000);
  });

  it('may be nested deeper than any parser likes', async () => {
    const starts = ['[', '{a: ', '- ', '? ', 'a: ', '- [', '- a: '];
    const texts = starts.flatMap((start) => [400, 3000, 20_000].map((depth) => start.repeat(depth)));
    const steps = Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}a:\n`).join('');
    for (const text of [...texts, steps]) {
      const codes = await codesIn(`${text}\n---\n${MISPLACED}`);
      assert.ok(codes.includes('affinity-misplaced'), `A document of ${text.slice(0, 8)} mutes the next.`);
      await client.close(URI);
    }
  });

  it('may hold surrogates without their partners and every control character', async () => {
    const controls = Array.from({ length: 31 }, (_, index) => String.fromCharCode(index + 1)).join('');
    await codesIn(`a: \ud800\nb: \udc00${controls}\u2028\u2029\u0085\n---\n${MISPLACED}`);
  });

  it('may hold 2,000 Services, of which each is mended', async () => {
    const text = Array.from({ length: 2000 }, (_, index) => MISPLACED.replace('name: web', `name: web-${index}`)).join(
      '---\n',
    );
    const started = performance.now();
    await client.open(URI, text);
    const diagnostics = await client.diagnostics(URI);
    assert.equal(diagnostics.length, 501);
    await client.change(URI, client.replacing(URI, 'name: web-100\n', 'name: other\n'));
    assert.deepEqual(
      await client.diagnostics(URI),
      diagnostics.map((diagnostic, index) =>
        index === 100 ? { ...diagnostic, message: messageOf(diagnostic).replaceAll('web-100', 'other') } : diagnostic,
      ),
    );
    const [all] = await client.codeActions(URI, EVERYWHERE, { only: ['source.fixAll'] });
    assert.ok(all !== undefined);
    const mended = client.textsAfter((await client.resolve(all)).edit ?? {}).get(URI) ?? '';
    assert.equal(mended.match(/^ {2}sessionAffinity: ClientIP$/gm)?.length, 2000);
    assert.ok(performance.now() - started < 15_000);
  });

  it('may have more findings than an editor shows: those that matter most are, and a number', async () => {
    const hint = MISPLACED.replace('      sessionAffinity', '  sessionAffinity').replace(
      'metadata:\n',
      'metadata:\n  labels:\n    a: b\n    a: b\n',
    );
    const documents = [...Array.from({ length: 600 }, () => hint), ...Array.from({ length: 10 }, () => MISPLACED)];
    await client.open(URI, documents.join('---\n'));
    const diagnostics = await client.diagnostics(URI);
    const codes = diagnostics.map(({ code }) => code);
    assert.equal(codes.filter((code) => code === 'affinity-misplaced').length, 10);
    assert.equal(codes.filter((code) => code === 'duplicate-key').length, 490);
    const [last, ...others] = diagnostics.filter(({ code }) => code === undefined);
    assert.match(messageOf(last), /^And 110 more: no more than 500 findings of a file are shown/);
    assert.deepEqual(others, []);
    await client.change(URI, { text: MISPLACED });
    assert.deepEqual(
      (await client.diagnostics(URI)).map(({ code }) => code),
      ['affinity-misplaced'],
    );
  });

  it('may be a flood of files, of which each is answered in the end as if it were alone', async () => {
    const uris = Array.from({ length: 300 }, (_, index) => `file:///workspace/flood-${index}.yaml`);
    for (const uri of uris) {
      await client.open(uri, MISPLACED);
    }
    for (const [index, uri] of uris.entries()) {
      await client.change(uri, client.replacing(uri, '      sessionAffinity', '  sessionAffinity'));
      if (index % 2 === 0) {
        await client.change(uri, client.replacing(uri, '  sessionAffinity', '      sessionAffinity'));
      }
      if (index % 3 === 0) {
        await client.close(uri);
      }
    }
    await client.settle();
    for (const [index, uri] of uris.entries()) {
      const last = client.publications.findLast((published) => published.uri === uri);
      const isOpen = index % 3 !== 0;
      assert.equal(last?.version, isOpen ? client.document(uri).version : undefined, uri);
      assert.equal(last?.diagnostics.length, isOpen && index % 2 === 0 ? 1 : 0, uri);
    }
  });

  it('may be an edit that reaches beyond the text', async () => {
    await client.open(URI, MISPLACED);
    const beyond = { line: 5000, character: 5000 };
    await client.change(URI, { range: { start: beyond, end: beyond }, text: '# more\n' });
    assert.equal((await client.diagnostics(URI)).length, 1);
    assert.ok((await client.codeActions(URI, { start: { line: 0, character: 0 }, end: beyond })).length > 0);
  });

  it('may be a request that the server does not know', async () => {
    await assert.rejects(client.connection.sendRequest('textDocument/nonsense', {}), /textDocument\/nonsense/);
  });
});
