import { commands, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { COMMANDS, SETTINGS } from '../../../server/src/protocol/names.ts';
import { traceChannel } from './traceChannel.ts';

/** Makes a client that is not started yet; the trace of its messages has a channel of its own. */
type CreateClient = (log: LogOutputChannel, trace: LogOutputChannel) => Promise<BaseLanguageClient>;

/** Keeps the language server running while the setting allows it, and owns the commands that speak of it. */
export class Session {
  readonly #create: CreateClient;
  readonly #log: LogOutputChannel;
  readonly #trace: LogOutputChannel;
  #client: BaseLanguageClient | undefined;
  /** Starts and stops follow each other, however fast they are asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(context: ExtensionContext, create: CreateClient) {
    this.#create = create;
    this.#log = window.createOutputChannel('Kubernetes Session Persistence', { log: true });
    this.#trace = traceChannel(this.#log, context);
    context.subscriptions.push(
      this.#log,
      commands.registerCommand(COMMANDS.restartServer, () => this.#restartOnDemand()),
      commands.registerCommand(COMMANDS.showLog, () => this.#log.show()),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration(SETTINGS.enable)) {
          void this.followSetting();
        }
      }),
      workspace.onDidChangeWorkspaceFolders(() => this.#enqueue(() => this.#restart())),
    );
  }

  followSetting(): Promise<void> {
    return this.#enqueue(async () => {
      if (isEnabled() && this.#client === undefined) {
        await this.#start();
      } else if (!isEnabled()) {
        await this.#stop();
      }
    });
  }

  /** Asks the server something; undefined while none runs. */
  async ask<Result>(method: string, params: object): Promise<Result | undefined> {
    await this.#queue;
    return await this.#client?.sendRequest<Result>(method, params);
  }

  stop(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#log.error(error instanceof Error ? error : String(error));
    });
    return this.#queue;
  }

  /** A command that does nothing is to say why. */
  async #restartOnDemand(): Promise<void> {
    if (isEnabled()) {
      await this.#enqueue(() => this.#restart());
    } else {
      await window.showInformationMessage(`The language server is switched off by the setting ${SETTINGS.enable}.`);
    }
  }

  async #restart(): Promise<void> {
    await this.#stop();
    if (isEnabled()) {
      await this.#start();
    }
  }

  async #start(): Promise<void> {
    this.#client = await this.#create(this.#log, this.#trace);
    await this.#client.start();
  }

  /** A server that does not answer is given up, and its process killed: that is when a restart is wanted most. */
  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.#log.warn(`The server did not stop as it should: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

function isEnabled(): boolean {
  return workspace.getConfiguration().get<boolean>(SETTINGS.enable, true);
}
