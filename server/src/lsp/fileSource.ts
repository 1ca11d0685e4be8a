import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Exclusions } from '../configuration/exclusions.ts';
import { decoded, isProjectFile } from '../configuration/projectFile.ts';
import {
  CLIENT_REQUESTS,
  type ClientOptions,
  type ListFilesParams,
  type ListFilesResult,
  type ReadFileParams,
  type ReadFileResult,
} from '../protocol/messages.ts';
import { isManifestName } from '../workspace/readFile.ts';
import { FileTooLarge, type Runtime } from './runtime.ts';

export function isIgnoreFile(uri: string): boolean {
  return uri.endsWith('/.gitignore');
}

/**
 * The same address for the same file, however an editor encodes it: as VS Code does, which leaves no sign as it is that
 * needs not stay.
 */
export function canonicalUri(uri: string): string {
  const [, beginning = '', path = ''] = /^([^:]*:\/\/[^/]*)(\/.*)$/.exec(uri) ?? [];
  return beginning === '' ? uri : beginning + path.split('/').map(encoded).join('/');
}

function encoded(part: string): string {
  return encodedName(decoded(part));
}

function encodedName(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`.toUpperCase());
}

/** What was found in a folder of the workspace. */
export interface FoundFiles {
  readonly manifests: readonly string[];
  readonly projectFiles: readonly string[];
  /** Files and folders that are left out. */
  readonly excluded: readonly string[];
  /** Folders that could not be looked at, each with the reason. */
  readonly unreadable: ReadonlyMap<string, string>;
  /** There are more manifests than were asked for. */
  readonly hasMore: boolean;
}

/** Reads and lists files: those of the disk through the host, all others through the client, if it can do that. */
export class FileSource {
  readonly #connection: Connection;
  readonly #runtime: Runtime;
  #asksClient = false;

  constructor(connection: Connection, runtime: Runtime) {
    this.#connection = connection;
    this.#runtime = runtime;
  }

  configure({ initializationOptions }: InitializeParams): void {
    const options = initializationOptions as ClientOptions | undefined;
    this.#asksClient = options?.readsFiles === true;
  }

  /**
   * The text as a buffer would have it, without a byte order mark; undefined where there is no such file.
   *
   * @throws FileTooLarge where it has more bytes than that.
   */
  async read(uri: string, maximumBytes?: number): Promise<string | undefined> {
    const text = this.#isOnDisk(uri)
      ? await this.#runtime.readFile(uri, maximumBytes)
      : await this.#readThroughClient(uri, maximumBytes ?? Number.MAX_SAFE_INTEGER);
    return text?.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  /** The files below a folder whose URI ends in a slash; .gitignore files there are taken into account. */
  async find(folder: string, exclusions: Exclusions, maximum: number): Promise<FoundFiles> {
    const found = new Collector(exclusions, maximum);
    if (this.#isOnDisk(folder)) {
      await this.#walk(folder, found);
    } else if (this.#asksClient) {
      await this.#askForFiles(folder, found);
    }
    return found;
  }

  #isOnDisk(uri: string): boolean {
    return !this.#asksClient || uri.startsWith('file:');
  }

  async #readThroughClient(uri: string, maximumBytes: number): Promise<string | undefined> {
    const params: ReadFileParams = { uri, maximumBytes };
    const result = await this.#connection.sendRequest<ReadFileResult>(CLIENT_REQUESTS.readFile, params);
    if (result.text === undefined && result.bytes !== undefined) {
      throw new FileTooLarge(result.bytes);
    }
    return result.text;
  }

  /** Level by level, so that where there are too many the ones near the root are known. */
  async #walk(root: string, found: Collector): Promise<void> {
    for (let level = [root]; level.length > 0 && !found.hasMore; ) {
      const below: string[] = [];
      for (let start = 0; start < level.length && !found.hasMore; start += FOLDERS_AT_A_TIME) {
        const folders = level.slice(start, start + FOLDERS_AT_A_TIME);
        const listed = await Promise.all(folders.map((folder) => this.#list(folder, found)));
        for (const { files, folders: inner } of listed) {
          found.add(files);
          below.push(...inner.filter((folder) => found.enters(folder)));
        }
      }
      level = below;
    }
  }

  async #list(folder: string, found: Collector): Promise<{ readonly files: string[]; readonly folders: string[] }> {
    try {
      const entries = (await this.#runtime.listFolder(folder)).toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const uris = (wanted: 'file' | 'folder'): string[] =>
        entries.filter(({ kind }) => kind === wanted).map(({ name }) => folder + encodedName(name));
      const files = uris('file');
      await this.#readIgnoreFiles(files, found);
      return { files, folders: uris('folder').map((uri) => `${uri}/`) };
    } catch (error) {
      found.unreadable.set(folder, error instanceof Error ? error.message : String(error));
      return { files: [], folders: [] };
    }
  }

  async #askForFiles(folder: string, found: Collector): Promise<void> {
    const params: ListFilesParams = { folder, maximum: 2 * found.maximum + 1 };
    const { uris } = await this.#connection.sendRequest<ListFilesResult>(CLIENT_REQUESTS.listFiles, params);
    const sorted = uris.map(canonicalUri).sort();
    await this.#readIgnoreFiles(sorted, found);
    found.add(sorted.filter((uri) => found.enters(uri)));
  }

  async #readIgnoreFiles(uris: readonly string[], found: Collector): Promise<void> {
    for (const uri of uris.filter(isIgnoreFile)) {
      const text = await this.read(uri, MAXIMUM_IGNORE_FILE);
      if (text !== undefined) {
        found.exclusions.addIgnoreFile(uri, text);
      }
    }
  }
}

/** Waiting for the disk is most of the work. */
const FOLDERS_AT_A_TIME = 16;

/** Nobody writes more patterns than fit into that, in bytes. */
const MAXIMUM_IGNORE_FILE = 1_000_000;

class Collector implements FoundFiles {
  readonly exclusions: Exclusions;
  readonly maximum: number;
  readonly manifests: string[] = [];
  readonly projectFiles: string[] = [];
  readonly excluded: string[] = [];
  readonly unreadable = new Map<string, string>();
  hasMore = false;

  constructor(exclusions: Exclusions, maximum: number) {
    this.exclusions = exclusions;
    this.maximum = maximum;
  }

  enters(uri: string): boolean {
    const isExcluded = this.exclusions.excludes(uri);
    if (isExcluded) {
      this.excluded.push(uri);
    }
    return !isExcluded;
  }

  add(uris: readonly string[]): void {
    for (const uri of uris.filter(isManifestName)) {
      if (isProjectFile(uri)) {
        this.projectFiles.push(uri);
      } else if (this.enters(uri)) {
        if (this.manifests.length < this.maximum) {
          this.manifests.push(uri);
        } else {
          this.hasMore = true;
        }
      }
    }
  }
}
