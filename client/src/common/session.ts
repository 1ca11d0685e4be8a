import { commands, type ExtensionContext, type LogOutputChannel, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { COMMANDS, SETTINGS } from '../../../server/src/protocol/names.ts';

/** Keeps the language server running while the setting allows it, and owns the commands that speak of it. */
export class Session {
  readonly #create: (log: LogOutputChannel) => BaseLanguageClient;
  readonly #log: LogOutputChannel;
  #client: BaseLanguageClient | undefined;
  /** Starts and stops follow each other, however fast they are asked for. */
  #queue: Promise<void> = Promise.resolve();

  constructor(context: ExtensionContext, create: (log: LogOutputChannel) => BaseLanguageClient) {
    this.#create = create;
    this.#log = window.createOutputChannel('Kubernetes Session Persistence', { log: true });
    context.subscriptions.push(
      this.#log,
      commands.registerCommand(COMMANDS.restartServer, () => this.#enqueue(() => this.#restart())),
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

  stop(): Promise<void> {
    return this.#enqueue(() => this.#stop());
  }

  #enqueue(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step).catch((error: unknown) => {
      this.#log.error(error instanceof Error ? error : String(error));
    });
    return this.#queue;
  }

  async #restart(): Promise<void> {
    await this.#stop();
    if (isEnabled()) {
      await this.#start();
    }
  }

  async #start(): Promise<void> {
    this.#client = this.#create(this.#log);
    await this.#client.start();
  }

  async #stop(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await client?.dispose();
  }
}

function isEnabled(): boolean {
  return workspace.getConfiguration().get<boolean>(SETTINGS.enable, true);
}
