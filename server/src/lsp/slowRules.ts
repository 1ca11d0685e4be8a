import type { Connection } from 'vscode-languageserver';
import type { SlowRule } from '../protocol/messages.ts';
import type { RuleWatch } from '../snapshot.ts';
import type { Runtime } from './runtime.ts';

/** Says of each rule that takes far too long on some document so once, by its name: that is a mistake of ours. */
export class SlowRules implements RuleWatch {
  readonly #connection: Connection;
  readonly #runtime: Runtime;
  readonly #changed: () => void;
  readonly #known = new Map<string, SlowRule>();

  constructor(connection: Connection, runtime: Runtime, changed: () => void) {
    this.#connection = connection;
    this.#runtime = runtime;
    this.#changed = changed;
  }

  /** In the order in which they showed. */
  get all(): readonly SlowRule[] {
    return [...this.#known.values()];
  }

  now(): number {
    return this.#runtime.now();
  }

  tookLong(rule: string, uri: string, milliseconds: number): void {
    if (this.#known.has(rule)) {
      return;
    }
    const rounded = Math.round(milliseconds);
    this.#known.set(rule, { rule, uri, milliseconds: rounded });
    this.#connection.console.warn(
      `The rule ${rule} took ${rounded} ms on a document of ${uri}. It should take a fraction of one; ` +
        'the settings can switch it off until that is mended.',
    );
    this.#changed();
  }
}
