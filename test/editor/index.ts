import { once } from 'node:events';
import { connect } from 'node:net';
import type { Report } from './report.ts';

/** VS Code calls this inside the extension host; the suite has failed when the promise is rejected. */
export async function run(): Promise<void> {
  const { default: Mocha } = await import('mocha');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, reporter: Mocha.reporters.Base });
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  await import('./extension.test.ts');
  await import('./findings.test.ts');
  await import('./fixes.test.ts');
  await import('./editingHelp.test.ts');
  await import('./settings.test.ts');
  await import('./paths.test.ts');
  await import('./crashes.test.ts');

  // What the extension host prints comes out among everything that VS Code has to say, or not at all.
  const socket = connect(Number(process.env.EDITOR_TEST_REPORT_PORT), '127.0.0.1');
  const report = (line: Report): void => {
    socket.write(`${JSON.stringify(line)}\n`);
  };
  const failures = await new Promise<number>((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => report({ passed: test.fullTitle(), milliseconds: test.duration ?? 0 }))
      .on('fail', (test, error) => report({ failed: test.fullTitle(), reason: error.stack ?? String(error) }))
      .on('pending', (test) => report({ skipped: test.fullTitle() }));
  });
  report({ ended: true });
  socket.end();
  await once(socket, 'close');
  if (failures > 0) {
    throw new Error(`${failures} failed`);
  }
}
