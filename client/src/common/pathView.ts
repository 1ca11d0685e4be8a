import {
  commands,
  type Disposable,
  Position,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import type { PathsParams, PathsResult, Place } from '../../../server/src/protocol/messages.ts';
import { COMMANDS, LANGUAGES } from '../../../server/src/protocol/names.ts';
import { pathPage } from './pathPage.ts';

/** Shows the paths through the object at the cursor, beside the editor, and follows it. */
export class PathView {
  readonly #ask: (params: PathsParams) => Promise<PathsResult | undefined>;
  #panel: WebviewPanel | undefined;
  #shown: PathsParams | undefined;
  #places: readonly Place[] = [];
  #asking = false;
  #askAgain = false;
  #staysIfNone = false;

  constructor(subscriptions: Disposable[], ask: (params: PathsParams) => Promise<PathsResult | undefined>) {
    this.#ask = ask;
    subscriptions.push(
      commands.registerCommand(COMMANDS.showPath, (uri?: string, position?: PathsParams['position']) =>
        this.show(uri, position),
      ),
      window.onDidChangeTextEditorSelection(() => this.#follow()),
    );
  }

  /** What is known has changed. */
  pathsChanged(): void {
    if (this.#panel !== undefined) {
      void this.#refresh();
    }
  }

  /** Without a place, the one of the cursor. */
  async show(uri?: string, position?: PathsParams['position']): Promise<void> {
    const editor = window.activeTextEditor;
    if (uri === undefined && (editor === undefined || !isOurs(editor.document.languageId))) {
      await window.showInformationMessage('Open a Kubernetes manifest to see its session persistence.');
      return;
    }
    this.#shown =
      uri === undefined || position === undefined
        ? {
            uri: editor?.document.uri.toString() ?? '',
            position: editor?.selection.active ?? { line: 0, character: 0 },
          }
        : { uri, position };
    if (this.#panel === undefined) {
      this.#panel = window.createWebviewPanel(
        'sessionPersistence.path',
        'Session Persistence',
        { viewColumn: ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [], enableFindWidget: true },
      );
      this.#panel.webview.onDidReceiveMessage((message: { readonly place?: unknown }) => this.#open(message.place));
      this.#panel.onDidDispose(() => {
        this.#panel = undefined;
        this.#shown = undefined;
        this.#places = [];
      });
    } else {
      this.#panel.reveal(undefined, true);
    }
    await this.#refresh();
  }

  #follow(): void {
    const editor = window.activeTextEditor;
    if (this.#panel === undefined || editor === undefined || !isOurs(editor.document.languageId)) {
      return;
    }
    this.#shown = { uri: editor.document.uri.toString(), position: editor.selection.active };
    // Between two objects the path of the one before stays.
    void this.#refresh(true);
  }

  /** One question at a time; what changes meanwhile is asked afterwards. */
  async #refresh(staysIfNone = false): Promise<void> {
    this.#staysIfNone = staysIfNone;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    do {
      this.#askAgain = false;
      const params = this.#shown;
      const result = params === undefined ? undefined : await this.#ask(params).catch(() => undefined);
      if (result !== undefined && this.#panel !== undefined && (result.paths.length > 0 || !this.#staysIfNone)) {
        this.#places = result.places;
        this.#panel.webview.html = pathPage(result);
      }
    } while (this.#askAgain);
    this.#asking = false;
  }

  async #open(number: unknown): Promise<void> {
    const place = typeof number === 'number' ? this.#places[number] : undefined;
    if (place !== undefined) {
      await openPlace(place);
    }
  }
}

function isOurs(languageId: string): boolean {
  return LANGUAGES.some((language) => language === languageId);
}

/** Opens a file at a place, in the column where manifests are. */
export async function openPlace({ uri, start, end }: Place): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  const selection = new Range(new Position(start.line, start.character), new Position(end.line, end.character));
  await window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? ViewColumn.One, selection });
}
