import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { runCommandLine } from '../cli/run.ts';
import { startServer } from '../lsp/server.ts';
import { nodeRuntime } from './runtime.ts';

runCommandLine(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  serve: () => {
    const reader = new StreamMessageReader(process.stdin);
    const writer = new StreamMessageWriter(process.stdout);
    startServer(createConnection(ProposedFeatures.all, reader, writer), nodeRuntime);
  },
}).then((exitCode) => {
  if (exitCode !== undefined) {
    process.exitCode = exitCode;
  }
});
