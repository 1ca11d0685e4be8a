import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { commands } from 'vscode';
import { closeEditors, openFile, rulesOf, sample, untilCleared, untilFound } from './support.ts';

/** As many restarts as the client tries within a few minutes before it gives up. */
const RESTARTS = 4;

/** The processes of the language server that this extension host has started. Only Linux tells so easily. */
function servers(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const parent = /^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
        return Number(parent) === process.pid && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('server.js');
      } catch {
        // It has ended meanwhile.
        return false;
      }
    })
    .map(Number);
}

describe('A server that is killed', () => {
  before(function () {
    if (process.platform !== 'linux') {
      this.skip();
    }
  });
  afterEach(closeEditors);

  it('comes back with the same findings, gives up after many times, and comes back when it is asked to', async () => {
    const { uri } = await openFile(sample('service-as-printed.yaml'));
    const before = rulesOf(await untilFound(uri));
    for (let kill = 0; kill <= RESTARTS; kill++) {
      const [server, ...others] = servers();
      assert(server !== undefined && others.length === 0);
      const cleared = untilCleared(uri);
      process.kill(server, 'SIGKILL');
      await cleared;
      if (kill < RESTARTS) {
        assert.deepEqual(rulesOf(await untilFound(uri)), before);
      }
    }
    assert.deepEqual(servers(), []);
    await commands.executeCommand('sessionPersistence.restartServer');
    assert.deepEqual(rulesOf(await untilFound(uri)), before);
  });
});
