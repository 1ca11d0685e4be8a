import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One snippet as the editor offers it; `body` has its lines joined. */
export interface Snippet {
  readonly file: string;
  readonly name: string;
  readonly prefix: string;
  readonly description: string;
  readonly body: string;
}

/** A piece of a snippet's body, as VS Code's snippet grammar divides it. */
export type SnippetPart = TextPart | TabStop;

export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
}

/** `$1`, `${1}`, `${1:default}` or `${1|first,second|}`; an occurrence without a default mirrors one that has it. */
export interface TabStop {
  readonly kind: 'tabStop';
  readonly index: number;
  readonly placeholder?: readonly SnippetPart[];
  readonly choices?: readonly string[];
}

/** Reads every snippet file below the project's root, in the order of file names and of the entries in a file. */
export function loadSnippets(root: string = process.cwd()): Snippet[] {
  const folder = join(root, 'snippets');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const entries = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, SnippetEntry>;
      return Object.entries(entries).map(([name, { prefix, description, body }]) => {
        return { file, name, prefix, description, body: body.join('\n') };
      });
    });
}

/**
 * The text that stands in the file when the snippet is inserted and left as it is. `chosen` replaces the text of tab
 * stops by their index, at every occurrence, as typing into one of them does.
 */
export function expandSnippet(body: string, chosen: ReadonlyMap<number, string> = new Map()): string {
  const parts = parseSnippet(body);
  const defaults = new Map<number, TabStop>();
  for (const stop of tabStopsOf(parts)) {
    if ((stop.placeholder || stop.choices) && !defaults.has(stop.index)) defaults.set(stop.index, stop);
  }

  const textOf = (part: SnippetPart, open: readonly number[]): string => {
    if (part.kind === 'text') return part.text;
    const choice = chosen.get(part.index);
    if (choice !== undefined) return choice;
    const stop = part.placeholder || part.choices ? part : defaults.get(part.index);
    if (!stop) return '';
    if (open.includes(part.index)) throw new Error(`Not a snippet: tab stop ${part.index} contains itself.`);
    if (stop.choices) return stop.choices[0] ?? '';
    return (stop.placeholder ?? []).map((inner) => textOf(inner, [...open, part.index])).join('');
  };
  return parts.map((part) => textOf(part, [])).join('');
}

/**
 * The texts of a snippet's every choice: first the one as inserted, then one for each further option of each choice,
 * the other tab stops keeping their defaults. Options of different choices do not depend on each other, so this is
 * enough to see every option once.
 */
export function expandEveryChoice(body: string): string[] {
  const others = tabStopsOf(parseSnippet(body)).flatMap((stop) => {
    return (stop.choices ?? []).slice(1).map((option) => expandSnippet(body, new Map([[stop.index, option]])));
  });
  return [expandSnippet(body), ...others];
}

/** All tab stops in the order of the text, those nested in a placeholder after the one that holds them. */
export function tabStopsOf(parts: readonly SnippetPart[]): TabStop[] {
  return parts.flatMap((part) => (part.kind === 'text' ? [] : [part, ...tabStopsOf(part.placeholder ?? [])]));
}

/**
 * Divides a body into text and tab stops. VS Code inserts as plain text what does not fit its grammar; here that is an
 * error, because it is a mistake in a snippet of ours. Variables and transformations are errors for the same reason:
 * none of our snippets needs them, and a `$NAME` meant for a shell would be replaced.
 */
export function parseSnippet(body: string): SnippetPart[] {
  const parser = new SnippetParser(body);
  return parser.parts(() => false);
}

interface SnippetEntry {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

class SnippetParser {
  private readonly source: string;
  private position = 0;

  constructor(source: string) {
    this.source = source;
  }

  /** Reads until `ends` is true of the next character, which is left unread, or to the end of the source. */
  parts(ends: (next: string) => boolean): SnippetPart[] {
    const found: SnippetPart[] = [];
    let text = '';
    const finishText = () => {
      if (text !== '') found.push({ kind: 'text', text });
      text = '';
    };
    for (let next = this.next(); next !== undefined && !ends(next); next = this.next()) {
      if (next === '\\') {
        text += this.escaped('$}\\');
      } else if (next === '$') {
        finishText();
        found.push(this.tabStop());
      } else {
        text += next;
        this.position += 1;
      }
    }
    finishText();
    return found;
  }

  private tabStop(): TabStop {
    this.expect('$');
    if (this.next() !== '{') return { kind: 'tabStop', index: this.index() };
    this.expect('{');
    const index = this.index();
    const next = this.next();
    if (next === ':') {
      this.expect(':');
      const placeholder = this.parts((character) => character === '}');
      this.expect('}');
      return { kind: 'tabStop', index, placeholder };
    }
    if (next === '|') {
      const choices = this.choices();
      this.expect('}');
      return { kind: 'tabStop', index, choices };
    }
    this.expect('}');
    return { kind: 'tabStop', index };
  }

  private choices(): string[] {
    const options = [''];
    this.expect('|');
    for (let next = this.next(); next !== '|'; next = this.next()) {
      if (next === undefined) this.fail('a choice without an end');
      if (next === ',') {
        options.push('');
        this.position += 1;
      } else {
        options.push(`${options.pop()}${next === '\\' ? this.escaped(',|\\') : next}`);
        if (next !== '\\') this.position += 1;
      }
    }
    this.expect('|');
    return options;
  }

  /** A backslash makes one of `escapable` plain text and stands for itself before anything else. */
  private escaped(escapable: string): string {
    this.expect('\\');
    const next = this.next();
    if (next === undefined || !escapable.includes(next)) return '\\';
    this.position += 1;
    return next;
  }

  private index(): number {
    const digits = /^\d+/.exec(this.source.slice(this.position))?.[0];
    if (digits === undefined) this.fail('the number of a tab stop');
    this.position += digits.length;
    return Number(digits);
  }

  private expect(character: string): void {
    if (this.next() !== character) this.fail(`"${character}"`);
    this.position += 1;
  }

  private next(): string | undefined {
    return this.source[this.position];
  }

  private fail(wanted: string): never {
    const near = JSON.stringify(this.source.slice(Math.max(0, this.position - 20), this.position + 20));
    throw new Error(`Not a snippet: expected ${wanted} at offset ${this.position}, near ${near}.`);
  }
}
