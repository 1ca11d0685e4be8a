import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';

/**
 * A request handler that survives its own failure: the error is logged with the request's name and answered as one,
 * so that a crashing feature takes neither the server nor the other features along, nor looks like an empty answer.
 */
export function guarded<Params, Result>(
  connection: Connection,
  name: string,
  handle: (params: Params) => Result | ResponseError<void> | Promise<Result | ResponseError<void>>,
): (params: Params, token: CancellationToken) => Promise<Result | ResponseError<void>> {
  return async (params, token) => {
    if (token.isCancellationRequested) {
      return new ResponseError<void>(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
    }
    try {
      return await handle(params);
    } catch (error) {
      connection.console.error(`The request for ${name} failed: ${describeError(error)}`);
      const reason = error instanceof Error ? error.message : String(error);
      return new ResponseError<void>(ErrorCodes.InternalError, `The request for ${name} failed: ${reason}`);
    }
  };
}

export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
