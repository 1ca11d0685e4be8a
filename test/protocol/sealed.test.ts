import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  ExitNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { LanguageClient } from '../support/languageClient.ts';

const PRINTED = readFileSync('samples/service-as-printed.yaml', 'utf8');

/** Manifests that name files and addresses wherever some tool follows them. */
const LEADING_OUT = `apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../../outside.yaml
  - /etc/hostname
  - https://example.com/manifest.yaml
configurations:
  - file:///etc/passwd
---
apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    link: file:///etc/passwd
spec: !include ../outside.yaml
`;

describe('A server that is sealed off', () => {
  it('works, tries no way out and reads nothing beside the workspace', async () => {
    const outer = mkdtempSync(join(tmpdir(), 'session-persistence-'));
    const folder = join(outer, 'workspace');
    mkdirSync(folder);
    writeFileSync(join(outer, 'outside.yaml'), PRINTED);
    writeFileSync(join(folder, 'web.yaml'), PRINTED);
    writeFileSync(join(folder, 'leading-out.yaml'), LEADING_OUT);
    const server = spawn(
      process.execPath,
      [
        '--disallow-code-generation-from-strings',
        '--require',
        './test/protocol/sealed.cjs',
        'dist/server.js',
        '--stdio',
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    let errors = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    try {
      const client = new LanguageClient(
        createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin)),
      );
      const root = pathToFileURL(folder).href;
      await client.initialize(undefined, root);
      await client.open(`${root}/open.yaml`, LEADING_OUT + PRINTED);
      await client.diagnostics(`${root}/open.yaml`);
      const { diagnostics } = await client.published(({ uri }) => uri === `${root}/web.yaml`);
      assert.equal(diagnostics.length, 4);
      const exited = once(server, 'exit');
      await client.shutdown();
      await client.connection.sendNotification(ExitNotification.type);
      assert.deepEqual(await exited, [0, null]);
      const lines = errors.split('\n').filter((line) => line !== '');
      assert.deepEqual(
        lines.filter((line) => line.startsWith('way out')),
        [],
      );
      const paths = lines.map((line) => line.slice(line.indexOf(': ') + 2));
      assert.ok(paths.includes(join(folder, 'web.yaml')), errors);
      assert.deepEqual(
        paths.filter((path) => path !== folder && !path.startsWith(`${folder}/`)),
        [],
      );
      assert.deepEqual(
        lines.filter((line) => /^(?:writeFile|rename|unlink|mkdir)/.test(line)),
        [],
      );
    } finally {
      server.kill('SIGKILL');
      rmSync(outer, { recursive: true, force: true });
    }
  });
});
