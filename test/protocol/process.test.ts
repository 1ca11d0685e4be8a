import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  ExitNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { LanguageClient, messageOf } from '../support/languageClient.ts';

const URI = 'file:///workspace/service.yaml';
const PRINTED = readFileSync('samples/service-as-printed.yaml', 'utf8');

type Server = ChildProcessByStdio<Writable, Readable, Readable>;

for (const args of [
  ['dist/cli.js', 'lsp', '--stdio'],
  ['dist/server.js', '--stdio'],
]) {
  describe(`The language server as a process: node ${args.join(' ')}`, () => {
    let server: Server;
    let errors: string;

    beforeEach(() => {
      server = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
      errors = '';
      server.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
      });
    });

    afterEach(() => {
      server.kill('SIGKILL');
    });

    function connect(): LanguageClient {
      return new LanguageClient(
        createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin)),
      );
    }

    it('checks, mends and ends when it is told to', async () => {
      const client = connect();
      const { serverInfo } = await client.initialize();
      assert.equal(serverInfo?.version, JSON.parse(readFileSync('package.json', 'utf8')).version);
      await client.open(URI, PRINTED);
      const diagnostics = await client.diagnostics(URI);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['pasted-characters', 'copied-from-live-object', 'affinity-in-selector', 'service-type-contradiction'],
      );
      const [action] = await client.codeActions(URI, diagnostics[2]?.range ?? assert.fail());
      assert.ok(action !== undefined && (await client.resolve(action)).edit !== undefined);
      await client.shutdown();
      const exited = once(server, 'exit');
      await client.connection.sendNotification(ExitNotification.type);
      assert.deepEqual(await exited, [0, null]);
      assert.equal(errors, '');
    });

    it('reads the files of the workspace from the disk', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'session-persistence-'));
      try {
        mkdirSync(join(folder, 'a (1)', 'b'), { recursive: true });
        writeFileSync(join(folder, 'a (1)', 'b', 'web.yaml'), `\uFEFF${PRINTED}`);
        writeFileSync(join(folder, 'ignored.yaml'), PRINTED);
        writeFileSync(join(folder, '.gitignore'), 'ignored.yaml\n');
        symlinkSync('..', join(folder, 'a (1)', 'loop'));
        symlinkSync(join('a (1)', 'b', 'web.yaml'), join(folder, 'link.yaml'));
        const client = connect();
        await client.initialize(undefined, pathToFileURL(folder).href);
        for (const path of ['a%20%281%29/b/web.yaml', 'link.yaml']) {
          const found = await client.published(({ uri }) => uri === `${pathToFileURL(folder).href}/${path}`);
          assert.equal(found.diagnostics.length, 4);
        }
        assert(client.publications.every(({ uri }) => !uri.endsWith('ignored.yaml') && !uri.includes('loop')));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    it('publishes the last of many quick edits', async () => {
      const client = connect();
      await client.initialize();
      await client.open(URI, PRINTED);
      for (let edit = 0; edit < 50; edit++) {
        await client.change(URI, { text: PRINTED.replace('session1', `session-${edit}`) });
      }
      const diagnostics = await client.diagnostics(URI);
      assert.match(messageOf(diagnostics[2]), /session-49/);
      assert.ok(client.publications.length < 50, 'Every one of the edits was answered by itself.');
      const exited = once(server, 'exit');
      await client.shutdown();
      await client.connection.sendNotification(ExitNotification.type);
      await exited;
    });

    it('ends with a failure when its client closes the streams without a farewell', async () => {
      const client = connect();
      await client.initialize();
      const exited = once(server, 'exit');
      server.stdin.end();
      assert.deepEqual(await exited, [1, null]);
    });

    it('ends when its client is killed', async () => {
      // The server inherits our pipe, which closes for us only once both processes are gone.
      const script = `
        const server = require('node:child_process').spawn(process.execPath, ${JSON.stringify(args)},
          { stdio: ['pipe', 'pipe', 'inherit'] });
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize',
          params: { processId: null, rootUri: null, capabilities: {} } });
        server.stdin.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);
        server.stdout.once('data', () => console.log('ready'));
        setInterval(() => undefined, 1000);`;
      const client = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'pipe'] });
      await once(client.stdout, 'data');
      client.stderr.resume();
      const gone = once(client.stderr, 'close');
      client.kill('SIGKILL');
      await gone;
    });
  });
}
