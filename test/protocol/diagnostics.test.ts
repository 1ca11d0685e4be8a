import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type Diagnostic, DiagnosticSeverity, type Position } from 'vscode-languageserver';
import { type Analyzer, createAnalyzer } from '../../server/src/analyzer.ts';
import {
  type InMemory,
  type LanguageClient,
  messageOf,
  startInMemory,
  TEST_RUNTIME,
} from '../support/languageClient.ts';

const URI = 'file:///workspace/service.yaml';
const PRINTED = readFileSync('samples/service-as-printed.yaml', 'utf8');
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

function codesOf(diagnostics: readonly Diagnostic[]): unknown[] {
  return diagnostics.map(({ code }) => code);
}

async function onFreshServer(text: string): Promise<Diagnostic[]> {
  const { client, dispose } = startInMemory();
  try {
    await client.initialize();
    await client.open(URI, text);
    return await client.diagnostics(URI);
  } finally {
    dispose();
  }
}

describe('Diagnostics over the protocol', () => {
  let session: InMemory;
  let client: LanguageClient;

  beforeEach(async () => {
    session = startInMemory();
    client = session.client;
    await client.initialize();
  });

  afterEach(() => session.dispose());

  it('say what is wrong with the printed page, where, and where to read more', async () => {
    await client.open(URI, PRINTED, 7);
    const published = await client.published(({ uri }) => uri === URI);
    assert.equal(published.version, 7);
    const starts = published.diagnostics.map(({ code, range }) => [code, range.start.line, range.start.character]);
    assert.deepEqual(starts, [
      ['pasted-characters', 3, 0],
      ['copied-from-live-object', 9, 13],
      ['affinity-in-selector', 19, 4],
      ['service-type-contradiction', 23, 8],
    ]);
    for (const diagnostic of published.diagnostics) {
      assert.equal(diagnostic.source, 'session-persistence');
      assert.equal(diagnostic.codeDescription?.href, `file:///docs/rules/${diagnostic.code}.md`);
      assert.notEqual(diagnostic.message, '');
    }
    const affinity = published.diagnostics[2];
    assert.deepEqual(affinity?.range, { start: { line: 19, character: 4 }, end: { line: 19, character: 19 } });
    assert.equal(affinity.severity, DiagnosticSeverity.Error);
    assert.match(messageOf(affinity), /session1/);
  });

  it('name the other places that belong to a finding', async () => {
    await client.open(URI, PRINTED);
    const contradiction = (await client.diagnostics(URI)).find(({ code }) => code === 'service-type-contradiction');
    const related = contradiction?.relatedInformation ?? [];
    assert.ok(related.length > 0);
    const lines = PRINTED.split('\n');
    const quoted = related.map(({ location: { uri, range } }) => {
      assert.equal(uri, URI);
      return lines[range.start.line]?.slice(range.start.character, range.end.character);
    });
    assert.ok(quoted.some((text) => text?.includes('externalTrafficPolicy')));
    assert.ok(quoted.some((text) => text?.includes('nodePort')));
  });

  it('belong to the version that an edit leaves, and are those of a fresh server', async () => {
    await client.open(URI, PRINTED);
    await client.diagnostics(URI);
    await client.change(URI, client.replacing(URI, 'type: ClusterIP', 'type: LoadBalancer'));
    const diagnostics = await client.diagnostics(URI);
    assert.ok(!codesOf(diagnostics).includes('service-type-contradiction'));
    assert.deepEqual(diagnostics, await onFreshServer(client.document(URI).getText()));
  });

  it('follow several changes in one notification, each relative to the one before', async () => {
    await client.open(URI, MISPLACED);
    const line = (number: number) => ({ line: number, character: 0 });
    await client.change(
      URI,
      { range: { start: line(0), end: line(0) }, text: '# one more line\n' },
      { range: { start: line(10), end: line(11) }, text: '' },
      { range: { start: line(10), end: line(10) }, text: '  sessionAffinity: None\n  sessionAffinityConfig: {}\n' },
    );
    const text = client.document(URI).getText();
    assert.ok(text.startsWith('# one more line\n') && text.includes('port: 80\n  sessionAffinity: None\n'));
    assert.deepEqual(await client.diagnostics(URI), await onFreshServer(text));
  });

  it('are right after edits in the middle of lines with CRLF and characters beyond the BMP', async () => {
    const text = `# 🧭 who comes 👩‍👩‍👧 back\n${MISPLACED.replace('app: web', 'app: "🧭🧭" # 🧭')}`.replaceAll(
      '\n',
      '\r\n',
    );
    await client.open(URI, text);
    const first = (await client.diagnostics(URI))[0];
    assert.deepEqual(first?.range, { start: { line: 10, character: 6 }, end: { line: 10, character: 21 } });
    await client.change(
      URI,
      client.replacing(URI, '🧭🧭" # 🧭\r\n', '🧭x" # 🧭🧭🧭\r\n'),
      client.replacing(URI, 'name: web\r\n', 'name: "𝓌𝑒𝒷"\r\n  labels: {a: "🧭"}\r\n'),
    );
    await client.change(
      URI,
      client.replacing(URI, '- port: 80', '- { port: 80, name: "🧭", sessionAffinity: ClientIP }'),
    );
    const edited = client.document(URI).getText();
    const diagnostics = await client.diagnostics(URI);
    assert.ok(diagnostics.length > 0);
    assert.deepEqual(diagnostics, await onFreshServer(edited));
  });

  it('count UTF-16 units in a line', async () => {
    const text = MISPLACED.replace(
      '- port: 80\n      sessionAffinity',
      '- { name: "🧭", port: 80, sessionAffinity',
    ).replace('ClientIP\n', 'ClientIP }\n');
    await client.open(URI, text);
    const [finding] = await client.diagnostics(URI);
    assert.deepEqual(finding?.range, { start: { line: 8, character: 30 }, end: { line: 8, character: 45 } });
  });

  it('of changes that arrive together are published once, for the last version', async () => {
    await client.open(URI, MISPLACED);
    await client.diagnostics(URI);
    const before = client.publications.length;
    session.hold();
    for (const value of ['Client', 'Clie', 'None', 'ClientIP # typed']) {
      const range = { start: { line: 9, character: 23 }, end: { line: 9, character: 99 } };
      await client.change(URI, { range, text: value });
    }
    await client.change(URI, client.replacing(URI, '      sessionAffinity', '  sessionAffinity'));
    session.release();
    assert.deepEqual(await client.diagnostics(URI), []);
    await client.settle();
    const versions = client.publications
      .slice(before)
      .filter(({ uri }) => uri === URI)
      .map(({ version }) => version);
    assert.equal(versions.at(-1), 6);
    assert.deepEqual(
      versions,
      versions.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    );
  });

  it('are those of a fresh server after edits anywhere, whether they arrive one by one or together', async () => {
    const position = fc.record({ line: fc.nat({ max: 45 }), character: fc.nat({ max: 30 }) });
    const edit = fc.record({
      start: position,
      lines: fc.nat({ max: 2 }),
      text: fc.constantFrom(
        '',
        'x',
        '\n',
        '---\n',
        '\n---\n',
        '...\n',
        '  ',
        '"',
        ': ',
        '{{ x }}',
        MISPLACED,
        '\u00a0',
      ),
    });
    const run = async (edits: readonly { start: Position; lines: number; text: string }[][]): Promise<void> => {
      await client.open(URI, [PRINTED, MISPLACED, MISPLACED].join('---\n'));
      for (const together of edits) {
        session.hold();
        for (const { start, lines, text } of together) {
          // No editor sends a range that ends before it begins or lies behind the text, and the test's own document
          // trips over either.
          const last = client.document(URI).lineCount - 1;
          const from = { ...start, line: Math.min(start.line, last) };
          const to = Math.min(from.line + lines, last);
          const end = to === from.line ? from : { line: to, character: 0 };
          await client.change(URI, { range: { start: from, end }, text });
        }
        session.release();
        await client.diagnostics(URI);
      }
      const edited = client.document(URI).getText();
      assert.deepEqual(await client.diagnostics(URI), await onFreshServer(edited));
      await client.close(URI);
      client.publications.length = 0;
    };
    const edits = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 });
    await fc.assert(fc.asyncProperty(edits, run), { numRuns: 25 });
  });

  it('go away with their document', async () => {
    await client.open(URI, PRINTED);
    assert.notDeepEqual(await client.diagnostics(URI), []);
    await client.close(URI);
    await client.published(
      ({ uri, version, diagnostics }) => uri === URI && version === undefined && diagnostics.length === 0,
    );
    await client.settle();
    assert.deepEqual(client.publications.findLast(({ uri }) => uri === URI)?.diagnostics, []);
    await client.open(URI, MISPLACED, 2);
    assert.deepEqual(codesOf(await client.diagnostics(URI)), ['affinity-misplaced']);
  });

  it('come for a paste that has no file yet', async () => {
    await client.open('untitled:Untitled-1', PRINTED);
    assert.equal((await client.diagnostics('untitled:Untitled-1')).length, 4);
  });

  it('do not come for another revision of a file, not even when it is closed', async () => {
    const uri = 'git:/workspace/service.yaml?%7B%22ref%22%3A%22HEAD%22%7D';
    await client.open(uri, PRINTED);
    await client.change(uri, { text: MISPLACED });
    await client.close(uri);
    await client.settle();
    assert.ok(!client.publications.some((published) => published.uri === uri));
  });

  it('of a document that did not change are sent again only when they did', async () => {
    const other = 'file:///workspace/other.yaml';
    await client.open(URI, MISPLACED);
    await client.diagnostics(URI);
    await client.open(other, PRINTED);
    await client.diagnostics(other);
    await client.settle();
    assert.equal(client.publications.filter(({ uri }) => uri === URI).length, 1);
  });

  it('carry no link where there are no pages', async () => {
    const bare = startInMemory({ ...TEST_RUNTIME, rulePages: undefined });
    try {
      await bare.client.initialize();
      await bare.client.open(URI, MISPLACED);
      const [finding] = await bare.client.diagnostics(URI);
      assert.equal(finding?.code, 'affinity-misplaced');
      assert.equal(finding.codeDescription, undefined);
    } finally {
      bare.dispose();
    }
  });
});

describe('A failure of ours', () => {
  /** An engine that fails on every text with the word in it. */
  function fragile(word: string): Analyzer {
    const analyzer = createAnalyzer();
    return {
      ...analyzer,
      apply: (change) => {
        const text = change.kind === 'set' ? change.text : change.kind === 'edit' ? change.text() : '';
        if (text.includes(word)) {
          throw new Error(`cannot stand ${word}`);
        }
        analyzer.apply(change);
      },
      snapshot: () => analyzer.snapshot(),
    };
  }

  it('shows as a finding instead of the older ones, and ends with the text that caused it', async () => {
    const { client, dispose } = startInMemory(undefined, fragile('boom'));
    try {
      await client.initialize();
      await client.open(URI, MISPLACED);
      assert.deepEqual(codesOf(await client.diagnostics(URI)), ['affinity-misplaced']);
      await client.change(URI, client.replacing(URI, 'name: web', 'name: boom'));
      const [failure, ...others] = await client.diagnostics(URI);
      assert.deepEqual([failure?.code, others], ['internal-error', []]);
      assert.match(messageOf(failure), /cannot stand boom/);
      await client.change(URI, client.replacing(URI, 'name: boom', 'name: web'));
      assert.deepEqual(codesOf(await client.diagnostics(URI)), ['affinity-misplaced']);
    } finally {
      dispose();
    }
  });
});
