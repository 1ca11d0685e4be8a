/** What a host supplies: the same server runs in Node, in a worker and in tests. */
export interface Runtime {
  /** Runs the function once that many milliseconds have passed; after 0, once what has just arrived is taken in. */
  defer(run: () => void, milliseconds: number): void;
  /** Milliseconds since some moment, for measuring how long something takes. */
  now(): number;
  /** Where the pages of the rules lie, as a URI that ends in a slash; without it findings carry no link. */
  readonly rulePages: string | undefined;
  /**
   * The text of a file on the disk; undefined where there is none. Only project files and files in the folders of the
   * workspace are asked for.
   *
   * @throws FileTooLarge where it has more bytes than that.
   */
  readFile(uri: string, maximumBytes?: number): Promise<string | undefined>;
  /** What stands in a folder of the disk, in any order, without links to folders, which may lead in circles. */
  listFolder(uri: string): Promise<readonly FolderEntry[]>;
}

export interface FolderEntry {
  /** As the file system has it, not encoded for a URI. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
  readonly bytes: number;

  constructor(bytes: number) {
    super(`it has ${Math.ceil(bytes / 1_000_000)} MB`);
    this.bytes = bytes;
  }
}
