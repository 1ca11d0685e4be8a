import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { startServer } from '../lsp/server.ts';
import { nodeRuntime } from './runtime.ts';

startServer(createConnection(ProposedFeatures.all), nodeRuntime);
