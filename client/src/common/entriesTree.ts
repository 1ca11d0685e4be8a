import {
  commands,
  type Disposable,
  EventEmitter,
  MarkdownString,
  ThemeColor,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeView,
  window,
} from 'vscode';
import type { EntriesResult, EntryView, VerdictKind } from '../../../server/src/protocol/messages.ts';
import { COMMANDS, VIEWS } from '../../../server/src/protocol/names.ts';
import { openPlace } from './pathView.ts';

/** Every entry of the workspace with its verdict, worst first. */
export class EntriesTree implements TreeDataProvider<EntryView> {
  readonly #ask: () => Promise<EntriesResult | undefined>;
  readonly #changed = new EventEmitter<void>();
  readonly onDidChangeTreeData = this.#changed.event;
  #onlyProblems = false;
  readonly #view: TreeView<EntryView>;

  constructor(subscriptions: Disposable[], ask: () => Promise<EntriesResult | undefined>) {
    this.#ask = ask;
    const view = window.createTreeView(VIEWS.entries, { treeDataProvider: this, showCollapseAll: false });
    this.#view = view;
    subscriptions.push(
      view,
      this.#changed,
      commands.registerCommand(COMMANDS.refreshEntries, () => this.#refresh()),
      commands.registerCommand(COMMANDS.filterEntries, () => {
        this.#onlyProblems = !this.#onlyProblems;
        view.description = this.#onlyProblems ? 'only what is not sticky' : '';
        this.#refresh();
      }),
      commands.registerCommand(COMMANDS.openEntry, async (entry: EntryView) => {
        await openPlace(entry.place);
        await commands.executeCommand(COMMANDS.showPath, entry.place.uri, entry.place.start);
      }),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) {
          this.#refresh();
        }
      }),
    );
  }

  /** What is known has changed. While nobody looks, nothing is asked; the next look asks. */
  pathsChanged(): void {
    if (this.#view.visible) {
      this.#refresh();
    }
  }

  #refresh(): void {
    this.#changed.fire();
  }

  async getChildren(entry?: EntryView): Promise<EntryView[]> {
    const result = entry === undefined ? await this.#ask().catch(() => undefined) : undefined;
    return (result?.entries ?? []).filter(({ verdict }) => !this.#onlyProblems || verdict !== 'sticky');
  }

  getTreeItem({ entry, service, namespace, verdict, headline, reason, place }: EntryView): TreeItem {
    const item = new TreeItem(entry.includes(service) ? entry : `${service}, ${entry}`, TreeItemCollapsibleState.None);
    item.description = [namespace, headline].filter((part) => part !== undefined).join(' · ');
    item.tooltip = new MarkdownString().appendText(`${headline}\n${reason}`);
    item.iconPath = new ThemeIcon(...ICONS[verdict]);
    item.accessibilityInformation = { label: `${entry}, ${service}: ${headline}` };
    item.command = {
      title: 'Open',
      command: COMMANDS.openEntry,
      arguments: [{ entry, service, namespace, verdict, headline, reason, place }],
    };
    return item;
  }
}

const ICONS: Readonly<Record<VerdictKind, [string, ThemeColor]>> = {
  sticky: ['pass', new ThemeColor('testing.iconPassed')],
  'sticky to the node only': ['warning', new ThemeColor('list.warningForeground')],
  collapsed: ['error', new ThemeColor('list.errorForeground')],
  'not sticky': ['circle-slash', new ThemeColor('list.warningForeground')],
  unknown: ['question', new ThemeColor('descriptionForeground')],
};
