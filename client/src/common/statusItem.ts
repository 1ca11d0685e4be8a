import { commands, type Disposable, LanguageStatusSeverity, languages, Uri, window } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  NOTIFICATIONS,
  type SkippedFiles,
  type SlowRule,
  type WorkspaceStatus,
} from '../../../server/src/protocol/messages.ts';
import { COMMANDS, LANGUAGES } from '../../../server/src/protocol/names.ts';

/** Says beside the language of a manifest how much of the workspace is known, and on demand what is not, and why. */
export class StatusItem {
  readonly #item = languages.createLanguageStatusItem(
    'sessionPersistence.workspace',
    LANGUAGES.map((language) => ({ language })),
  );
  #status: WorkspaceStatus | undefined;

  constructor(subscriptions: Disposable[]) {
    this.#item.name = 'Session persistence';
    this.#item.text = 'Session persistence';
    this.#item.command = { command: COMMANDS.showStatus, title: 'Details' };
    subscriptions.push(
      this.#item,
      commands.registerCommand(COMMANDS.showStatus, () => this.#showDetails()),
    );
  }

  follow(client: BaseLanguageClient): void {
    client.onNotification(NOTIFICATIONS.workspaceStatus, (status: WorkspaceStatus) => this.#show(status));
  }

  #show(status: WorkspaceStatus): void {
    this.#status = status;
    const { state, files, objects, skipped, slowRules } = status;
    // What a person excluded is no surprise.
    const isPartial = skipped.some(({ isWanted }) => !isWanted);
    const [slow] = slowRules;
    const details = [
      ...(isPartial ? ['some files are not looked at'] : []),
      ...(slow === undefined ? [] : [`the rule ${slow.rule} takes too long`]),
    ];
    this.#item.busy = state === 'reading';
    this.#item.text = `Session persistence: ${counted(files, 'file')}, ${counted(objects, 'object')}`;
    this.#item.detail = details.join('; ');
    this.#item.severity = details.length > 0 ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  }

  async #showDetails(): Promise<void> {
    const slow = (this.#status?.slowRules ?? []).map(itemOfRule);
    const items = [...slow, ...(this.#status?.skipped ?? []).flatMap(itemsOf)];
    const log = { label: '$(output) Show the log', uri: undefined };
    const chosen = await window.showQuickPick([...items, log], {
      title: this.#item.text,
      placeHolder:
        items.length === 0 ? 'Every file was looked at.' : 'What was not looked at or took too long, and why',
    });
    if (chosen?.uri !== undefined) {
      await commands.executeCommand('vscode.open', chosen.uri);
    } else if (chosen === log) {
      await commands.executeCommand(COMMANDS.showLog);
    }
  }
}

interface Item {
  readonly label: string;
  readonly description?: string;
  readonly uri: Uri | undefined;
}

function itemsOf({ reason, count, uris }: SkippedFiles): Item[] {
  const head = {
    label: `${count === undefined ? 'Files' : counted(count, 'file or folder', 'files or folders')} ${reason}`,
  };
  return [
    { ...head, uri: undefined },
    ...uris.map((uri) => {
      const parsed = Uri.parse(uri);
      return {
        label: `    ${parsed.path.split('/').findLast((part) => part !== '') ?? uri}`,
        description: parsed.path,
        uri: parsed,
      };
    }),
  ];
}

function itemOfRule({ rule, uri, milliseconds }: SlowRule): Item {
  const parsed = Uri.parse(uri);
  return {
    label: `The rule ${rule} took ${milliseconds.toLocaleString('en')} ms on one document`,
    description: parsed.path,
    uri: parsed,
  };
}

function counted(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}
