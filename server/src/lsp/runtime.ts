/** What a host supplies: the same server runs in Node, in a worker and in tests. */
export interface Runtime {
  /** Runs the function once that many milliseconds have passed; after 0, once what has just arrived is taken in. */
  defer(run: () => void, milliseconds: number): void;
  /** Milliseconds since some moment, for measuring how long something takes. */
  now(): number;
  /** Where the pages of the rules lie, as a URI that ends in a slash; without it findings carry no link. */
  readonly rulePages: string | undefined;
  /** The text of a file on the disk; undefined where there is none. Only project files are asked for. */
  readFile(uri: string): Promise<string | undefined>;
}
