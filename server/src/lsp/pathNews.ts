import { CodeLensRefreshRequest, type Connection, type InitializeParams } from 'vscode-languageserver';
import { type ClientOptions, NOTIFICATIONS } from '../protocol/messages.ts';
import type { OpenFiles } from './openFiles.ts';
import type { Runtime } from './runtime.ts';

/** Milliseconds for which changes are gathered: whoever shows paths asks for all of them again. */
const PAUSE = 300;

/** Tells a client that shows paths when they may be others, whichever file has changed. */
export class PathNews {
  readonly #connection: Connection;
  readonly #files: OpenFiles;
  readonly #runtime: Runtime;
  #showsPaths = false;
  #showsLenses = false;
  #told: number | undefined;
  #isDue = false;

  constructor(connection: Connection, files: OpenFiles, runtime: Runtime) {
    this.#connection = connection;
    this.#files = files;
    this.#runtime = runtime;
  }

  configure({ capabilities, initializationOptions }: InitializeParams): void {
    this.#showsPaths = (initializationOptions as ClientOptions | undefined)?.showsPaths === true;
    this.#showsLenses = capabilities.workspace?.codeLens?.refreshSupport === true;
  }

  /** To be called when something may have changed. */
  follow(): void {
    if (!this.#isDue && (this.#showsPaths || this.#showsLenses)) {
      this.#isDue = true;
      this.#runtime.defer(() => this.#tell(), PAUSE);
    }
  }

  #tell(): void {
    this.#isDue = false;
    const { revision } = this.#files.snapshot();
    if (revision === this.#told) {
      return;
    }
    this.#told = revision;
    // A client that is gone needs no news.
    if (this.#showsPaths) {
      this.#connection.sendNotification(NOTIFICATIONS.pathsChanged).catch(() => undefined);
    }
    if (this.#showsLenses) {
      this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(() => undefined);
    }
  }
}
