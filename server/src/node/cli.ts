import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { EXIT, runCommandLine } from '../cli/run.ts';
import { startServer } from '../lsp/server.ts';
import { nodeRuntime } from './runtime.ts';

// Whoever reads our output may stop early, as `head` does, and has what it wanted. Output that is lost for another
// reason, such as a full disk, must not look like a check that went well.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      process.exit(EXIT.failure);
    }
  });
}

runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  width: process.stdout.isTTY ? process.stdout.columns : undefined,
  colour: process.stdout.isTTY && process.stdout.hasColors(),
  serve: () => startServer(createConnection(ProposedFeatures.all, process.stdin, process.stdout), nodeRuntime),
}).then((exitCode) => {
  if (exitCode !== undefined) {
    process.exitCode = exitCode;
  }
});
