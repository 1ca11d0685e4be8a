import { type CancellationToken, type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';

/**
 * A request handler that survives its own failure: the error is logged with the request's name and the answer is the
 * fallback, so that one crashing feature never takes the server or the other features along.
 */
export function guarded<Params, Result>(
  connection: Connection,
  name: string,
  fallback: Result,
  handle: (params: Params) => Result,
): (params: Params, token: CancellationToken) => Result | ResponseError<void> {
  return (params, token) => {
    if (token.isCancellationRequested) {
      return new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    }
    try {
      return handle(params);
    } catch (error) {
      connection.console.error(`The request for ${name} failed: ${describeError(error)}`);
      return fallback;
    }
  };
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
