import assert from 'node:assert/strict';
import {
  type ClientCapabilities,
  ConfigurationRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  HoverRequest,
  RegistrationRequest,
  ShowMessageNotification,
} from 'vscode-languageserver/node';
import { CAPABLE, type InMemory, startInMemory, TEST_RUNTIME } from '../support/languageClient.ts';

const FOLDER = 'file:///workspace/';
const URI = `${FOLDER}services/web.yaml`;
const PROJECT_FILE = `${FOLDER}.session-persistence.yaml`;
const RULE = 'affinity-value-unsupported';
const MANIFEST = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: Cookie
  ports:
    - port: 80
`;

const ASKABLE: ClientCapabilities = {
  ...CAPABLE,
  workspace: {
    ...CAPABLE.workspace,
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
};

/** An editor with settings and a disk that a test can change, in a workspace folder. */
class Editor {
  settings: unknown = {};
  /** By their URIs. */
  readonly disk = new Map<string, string>();
  readonly messages: string[] = [];
  readonly registered: string[] = [];
  /** What the server read, in order. */
  readonly reads: string[] = [];
  readonly #memory: InMemory;

  constructor() {
    this.#memory = startInMemory({
      ...TEST_RUNTIME,
      readFile: async (uri) => {
        this.reads.push(uri);
        return this.disk.get(uri);
      },
    });
    const { connection } = this.client;
    connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings));
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      this.registered.push(
        ...registrations.map(({ method, registerOptions }) => method + JSON.stringify(registerOptions)),
      );
    });
    connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      this.messages.push(message);
    });
  }

  get client() {
    return this.#memory.client;
  }

  dispose(): void {
    this.#memory.dispose();
  }

  async start(capabilities: ClientCapabilities = ASKABLE): Promise<void> {
    await this.client.initialize(capabilities, FOLDER.slice(0, -1));
  }

  async set(settings: unknown): Promise<void> {
    this.settings = settings;
    await this.client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  }

  async write(uri: string, text: string | undefined): Promise<void> {
    const type =
      text === undefined
        ? FileChangeType.Deleted
        : this.disk.has(uri)
          ? FileChangeType.Changed
          : FileChangeType.Created;
    if (text === undefined) {
      this.disk.delete(uri);
    } else {
      this.disk.set(uri, text);
    }
    await this.client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [{ uri, type }] });
  }

  /** The first publication about a document, from now on, in which the severities are these. */
  async severities(uri: string, ...expected: number[]): Promise<void> {
    const fits = (diagnostics: readonly Diagnostic[]): boolean =>
      JSON.stringify(diagnostics.map(({ severity }) => severity)) === JSON.stringify(expected);
    const from = this.client.publications.length;
    const last = this.client.publications.findLast((params) => params.uri === uri);
    if (last === undefined || !fits(last.diagnostics)) {
      await this.client.published(
        (params) => this.client.publications.indexOf(params) >= from && params.uri === uri && fits(params.diagnostics),
      );
    }
  }
}

describe('Settings over the protocol', () => {
  let editor: Editor;

  beforeEach(() => {
    editor = new Editor();
  });
  afterEach(() => editor.dispose());

  it('are those of the last answer, however the answers come', async () => {
    const answers: ((settings: unknown) => void)[] = [];
    const asked = new Set<() => void>();
    editor.client.connection.onRequest(
      ConfigurationRequest.type,
      ({ items }) =>
        new Promise<unknown[]>((resolve) => {
          answers.push((settings) => resolve(items.map(() => settings)));
          for (const look of [...asked]) {
            look();
          }
        }),
    );
    const untilAsked = (times: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (answers.length >= times) {
            asked.delete(look);
            resolve();
          }
        };
        asked.add(look);
        look();
      });
    await editor.start();
    await untilAsked(1);
    await editor.set(undefined);
    await untilAsked(2);
    await editor.client.open(URI, MANIFEST);
    answers[0]?.({});
    // What the server does with it, it has done by the time that it has answered others.
    for (let question = 0; question < 3; question++) {
      const params = { textDocument: { uri: URI }, position: { line: 0, character: 0 } };
      await editor.client.connection.sendRequest(HoverRequest.type, params);
    }
    answers[1]?.({ rules: { [RULE]: 'hint' } });
    const [finding] = await editor.client.diagnostics(URI);
    assert.equal(finding?.severity, 4);
    assert.equal(editor.client.publications.filter(({ uri }) => uri === URI).length, 1);
  });

  it('are asked for at the start, before anything is published', async () => {
    editor.settings = { enable: true, trace: { server: 'off' }, rules: { [RULE]: 'hint' }, kubernetesVersion: '' };
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    const [finding] = await editor.client.diagnostics(URI);
    assert.equal(finding?.severity, 4);
    await editor.client.settle();
    assert.equal(editor.client.publications.filter(({ uri }) => uri === URI).length, 1);
    assert.deepEqual(editor.messages, []);
    assert.match(editor.registered.join(), /didChangeConfiguration.*"sessionPersistence"/);
    assert.match(editor.registered.join(), /didChangeWatchedFiles.*\*\*\/\.session-persistence\.yaml/);
  });

  it('take effect when they change', async () => {
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 1);
    await editor.set({ rules: { [RULE]: 'warning' } });
    await editor.severities(URI, 2);
    await editor.set({ rules: { [RULE]: 'off' } });
    await editor.severities(URI);
    await editor.set({});
    await editor.severities(URI, 1);
  });

  it('come with the notification from a client that cannot be asked', async () => {
    await editor.start(CAPABLE);
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 1);
    const settings = { sessionPersistence: { rules: { [RULE]: 'information' } } };
    await editor.client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
    await editor.severities(URI, 3);
    await editor.client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await editor.severities(URI, 1);
  });

  it('that are bad are named once, and the rest of them holds', async () => {
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 1);
    const bad = { rules: { [RULE]: 'hint', 'timeouts-disagre': 'off' }, kubernetesVersion: 1.31, rule: {} };
    await editor.set(bad);
    await editor.severities(URI, 4);
    await editor.set({ ...bad, enable: false });
    await editor.client.settle();
    assert.equal(editor.messages.length, 1);
    const [message = ''] = editor.messages;
    assert.match(message, /sessionPersistence\.rules\.timeouts-disagre: .* did you mean timeouts-disagree\?/);
    assert.match(message, /sessionPersistence\.kubernetesVersion: .* must be text such as "1\.31"/);
    assert.match(message, /sessionPersistence\.rule: .* did you mean rules\?/);
    assert.equal(editor.client.log.filter((line) => line.includes('sessionPersistence.')).length, 3);
  });

  it('of whatever kind do no harm', async () => {
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    for (const settings of [null, [], 'x', 3, { rules: [] }, { rules: null }, undefined]) {
      await editor.set(settings);
    }
    await editor.client.settle();
    await editor.severities(URI, 1);
  });

  it('that are refused leave the defaults', async () => {
    editor.client.connection.onRequest(ConfigurationRequest.type, () => {
      throw new Error('not today');
    });
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    assert.equal((await editor.client.diagnostics(URI))[0]?.severity, 1);
    assert.match(editor.client.log.join(), /ask for the settings failed/);
  });
});

describe('The project file over the protocol', () => {
  let editor: Editor;

  beforeEach(() => {
    editor = new Editor();
  });
  afterEach(() => editor.dispose());

  it('holds from the start, before anything is published', async () => {
    editor.disk.set(PROJECT_FILE, `rules: {${RULE}: hint}`);
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    assert.equal((await editor.client.diagnostics(URI))[0]?.severity, 4);
    await editor.client.settle();
    assert.equal(editor.client.publications.filter(({ uri }) => uri === URI).length, 1);
  });

  it('goes with its folder, of which the editor tells alone', async () => {
    editor.disk.set(PROJECT_FILE, `rules: {${RULE}: warning}`);
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 2);
    editor.disk.delete(PROJECT_FILE);
    const uri = FOLDER.slice(0, -1);
    const changes = [{ uri, type: FileChangeType.Deleted } satisfies FileEvent];
    await editor.client.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes });
    await editor.severities(URI, 1);
  });

  it('wins over the settings of the editor, and the nearest one counts', async () => {
    editor.settings = { rules: { [RULE]: 'off' } };
    editor.disk.set(PROJECT_FILE, `rules: {${RULE}: warning}`);
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 2);
    await editor.write(`${FOLDER}services/.session-persistence.yaml`, `rules: {${RULE}: information}`);
    await editor.severities(URI, 3);
  });

  it('takes effect when it is created, changed and deleted', async () => {
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 1);
    await editor.write(PROJECT_FILE, `rules: {${RULE}: hint}`);
    await editor.severities(URI, 4);
    await editor.write(PROJECT_FILE, 'ignore: services/');
    await editor.severities(URI);
    await editor.write(PROJECT_FILE, undefined);
    await editor.severities(URI, 1);
  });

  it('counts as its buffer has it, until that is closed', async () => {
    editor.disk.set(PROJECT_FILE, `rules: {${RULE}: hint}`);
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 4);
    await editor.client.open(PROJECT_FILE, `rules: {${RULE}: warning}`);
    await editor.severities(URI, 2);
    await editor.client.change(PROJECT_FILE, editor.client.replacing(PROJECT_FILE, 'warning', 'off'));
    await editor.severities(URI);
    await editor.write(PROJECT_FILE, `rules: {${RULE}: information}`);
    await editor.client.settle();
    await editor.severities(URI);
    await editor.client.close(PROJECT_FILE);
    await editor.severities(URI, 3);
  });

  it('has findings with fixes in its buffer', async () => {
    await editor.start();
    await editor.client.open(PROJECT_FILE, 'rules:\n  timeouts-disagre: off\n');
    const [finding] = await editor.client.diagnostics(PROJECT_FILE);
    assert.equal(finding?.code, 'settings-invalid');
    assert.deepEqual(finding.range, { start: { line: 1, character: 2 }, end: { line: 1, character: 18 } });
    const [action] = await editor.client.codeActions(PROJECT_FILE, finding.range);
    assert.ok(action !== undefined);
    const texts = editor.client.textsAfter((await editor.client.resolve(action)).edit ?? {});
    assert.equal(texts.get(PROJECT_FILE), 'rules:\n  timeouts-disagree: off\n');
  });

  it('has findings while it is closed, until they are mended or it is deleted', async () => {
    editor.disk.set(PROJECT_FILE, 'rule: {}\n');
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(PROJECT_FILE, 2);
    await editor.write(PROJECT_FILE, 'rules: {}\n');
    await editor.severities(PROJECT_FILE);
    await editor.write(PROJECT_FILE, 'rules: {x: off}\n');
    await editor.severities(PROJECT_FILE, 2);
    await editor.write(PROJECT_FILE, undefined);
    await editor.severities(PROJECT_FILE);
  });

  it('has no findings before the settings of the editor are known', async () => {
    editor.disk.set(PROJECT_FILE, 'rule: {}\n');
    editor.settings = { rules: { 'settings-invalid': 'off' } };
    let answer = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      editor.client.connection.onRequest(
        ConfigurationRequest.type,
        ({ items }) =>
          new Promise((reply) => {
            answer = () => reply(items.map(() => editor.settings));
            resolve();
          }),
      );
    });
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await asked;
    await editor.client.connection.sendRequest('textDocument/hover', {
      textDocument: { uri: URI },
      position: { line: 0, character: 0 },
    });
    answer();
    await editor.severities(URI, 1);
    const about = editor.client.publications.filter(({ uri }) => uri === PROJECT_FILE);
    assert.deepEqual(
      about.flatMap(({ diagnostics }) => diagnostics),
      [],
    );
  });

  it('is looked for within the workspace folder only', async () => {
    editor.disk.set('file:///.session-persistence.yaml', `rules: {${RULE}: off}`);
    editor.disk.set('file:///elsewhere/.session-persistence.yaml', `rules: {${RULE}: off}`);
    await editor.start();
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 1);
    await editor.client.open('file:///elsewhere/web.yaml', MANIFEST);
    await editor.severities('file:///elsewhere/web.yaml', 1);
    await editor.client.open('untitled:Untitled-1', MANIFEST);
    await editor.severities('untitled:Untitled-1', 1);
    assert.deepEqual(editor.reads, [`${FOLDER}services/.session-persistence.yaml`, PROJECT_FILE]);
  });

  it('is read anew with each document where nobody watches it', async () => {
    await editor.start(CAPABLE);
    await editor.client.open(URI, MANIFEST);
    await editor.severities(URI, 1);
    editor.disk.set(PROJECT_FILE, `rules: {${RULE}: hint}`);
    await editor.client.open(`${FOLDER}other.yaml`, MANIFEST);
    await editor.severities(URI, 4);
  });

  it('that cannot be read counts as none, and the log says why', async () => {
    const memory = startInMemory({ ...TEST_RUNTIME, readFile: () => Promise.reject(new Error('the disk is on fire')) });
    try {
      await memory.client.initialize(CAPABLE, FOLDER);
      await memory.client.open(URI, MANIFEST);
      assert.equal((await memory.client.diagnostics(URI)).length, 1);
      assert.match(memory.client.log.join(), /the disk is on fire/);
    } finally {
      memory.dispose();
    }
  });
});
