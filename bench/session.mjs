// @ts-check
/** One language server as a process, and an editor that talks to it: the same for every server that is measured. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node';

/** @typedef {{ uri: string, version?: number, diagnostics: unknown[] }} Publication */
/** @typedef {{ line: number, character: number }} Position */
/** @typedef {{ start: Position, end: Position }} Range */

/** Milliseconds after which an answer counts as missing. */
const DEADLINE = 60_000;

/** What the peer is told: nothing that would make it ask the network. Ours does not know these. */
const SETTINGS = { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } } };

export class Session {
  /** @type {Set<(publication: Publication) => void>} */
  #listeners = new Set();

  /**
   * @param {string} name
   * @param {readonly string[]} args What Node is to run.
   */
  constructor(name, args) {
    this.name = name;
    this.process = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    // Unread, it would fill up some day and stop the server.
    this.process.stderr.resume();
    this.connection = createMessageConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (publication) => {
      for (const listener of [...this.#listeners]) {
        listener(publication);
      }
    });
    this.connection.onRequest('workspace/configuration', ({ items }) =>
      items.map((/** @type {{ section?: string }} */ { section }) => Reflect.get(SETTINGS, section ?? '') ?? null),
    );
    for (const method of ['client/registerCapability', 'client/unregisterCapability']) {
      this.connection.onRequest(method, () => null);
    }
    // Whatever else a server has to say is none of the benchmark's business.
    this.connection.onUnhandledNotification(() => undefined);
    this.connection.onError(() => undefined);
    this.connection.listen();
  }

  /**
   * Answers once the server is initialized.
   *
   * @param {string} [root] The folder of the workspace.
   */
  async initialize(root) {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: root === undefined ? null : [{ uri: root, name: 'bench' }],
      initializationOptions: { showsStatus: true },
      capabilities: {
        textDocument: {
          publishDiagnostics: { versionSupport: true, relatedInformation: true, codeDescriptionSupport: true },
          hover: { contentFormat: ['markdown', 'plaintext'] },
          completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
        },
        workspace: {
          configuration: true,
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
      },
    });
    await this.connection.sendNotification('initialized', {});
  }

  /**
   * @param {string} uri
   * @param {string} text
   */
  async open(uri, text) {
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  /**
   * @param {string} uri
   * @param {number} version
   * @param {Range} range
   * @param {string} text
   */
  async change(uri, version, range, text) {
    const params = { textDocument: { uri, version }, contentChanges: [{ range, text }] };
    await this.connection.sendNotification('textDocument/didChange', params);
  }

  /** @param {string} uri */
  async close(uri) {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /**
   * The next findings of a document: of that version where the server names one, else the next that come.
   *
   * @param {string} uri
   * @param {number} version
   * @returns {Promise<Publication>}
   */
  published(uri, version) {
    return new Promise((resolve, reject) => {
      /** @param {Publication} publication */
      const listener = (publication) => {
        if (publication.uri === uri && (publication.version ?? version) === version) {
          clearTimeout(timer);
          this.#listeners.delete(listener);
          resolve(publication);
        }
      };
      const timer = setTimeout(() => {
        this.#listeners.delete(listener);
        reject(new Error(`${this.name} sent no findings of version ${version} within ${DEADLINE / 1000} s.`));
      }, DEADLINE);
      this.#listeners.add(listener);
    });
  }

  /** Answers once our server knows all files of the workspace. */
  async indexed() {
    /** @type {Promise<void>} */
    const ready = new Promise((resolve) => {
      this.connection.onNotification('sessionPersistence/workspaceStatus', ({ state }) => {
        if (state === 'ready') {
          resolve();
        }
      });
    });
    await ready;
  }

  /**
   * When the last findings of a document came, once none have come for a while.
   *
   * @param {string | undefined} uri Without one, of any.
   * @param {number} quiet Milliseconds.
   * @returns {Promise<number>}
   */
  settled(uri, quiet) {
    return new Promise((resolve) => {
      let last = performance.now();
      const end = () => {
        this.#listeners.delete(listener);
        resolve(last);
      };
      let timer = setTimeout(end, quiet);
      /** @param {Publication} publication */
      const listener = (publication) => {
        if (uri === undefined || publication.uri === uri) {
          last = performance.now();
          clearTimeout(timer);
          timer = setTimeout(end, quiet);
        }
      };
      this.#listeners.add(listener);
    });
  }

  /**
   * @param {'hover' | 'completion'} feature
   * @param {string} uri
   * @param {Position} position
   */
  async ask(feature, uri, position) {
    return await this.connection.sendRequest(`textDocument/${feature}`, { textDocument: { uri }, position });
  }

  /** Milliseconds of processor time since the start; undefined where the system has no `/proc`. */
  async processorTime() {
    const stat = await this.#proc('stat');
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
    // Clock ticks are hundredths of a second on every Linux that Node runs on.
    return fields === undefined ? undefined : (Number(fields[11]) + Number(fields[12])) * 10;
  }

  /** Resident memory in megabytes; undefined where the system has no `/proc`. */
  async memory() {
    const kilobytes = /^VmRSS:\s*(\d+)/m.exec((await this.#proc('status')) ?? '')?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  }

  /**
   * @param {string} file
   * @returns {Promise<string | undefined>}
   */
  async #proc(file) {
    return await readFile(`/proc/${this.process.pid}/${file}`, 'utf8').catch(() => undefined);
  }

  end() {
    this.connection.dispose();
    this.process.kill();
  }
}
