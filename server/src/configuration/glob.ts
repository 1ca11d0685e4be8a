/**
 * A glob of an editor: `*` and `?` stay in a folder, `**` goes through folders, `{a,b}` chooses, `[ab]` and `[!ab]` are
 * one character. It is matched by following all ways at once, so that the time is in proportion to glob and path: a
 * regular expression made of `*a*a*a*a` would try them one after the other, and a repository may bring its own globs.
 */
export class Glob {
  readonly #states: State[] = [];
  readonly #start: number;
  /** Undefined where the glob is only half written, and matches nothing. */
  readonly #end: number | undefined;

  constructor(text: string) {
    const parts = new Parser(text).parse();
    this.#end = parts === undefined ? undefined : this.#add({ also: [] });
    this.#start = parts === undefined || this.#end === undefined ? 0 : this.#sequence(parts, this.#end);
  }

  /** @param path without a slash at its start or end; read in UTF-16 units, as the glob is. */
  matches(path: string): boolean {
    if (this.#end === undefined) {
      return false;
    }
    let current = this.#reached([this.#start]);
    for (let at = 0; at < path.length; at++) {
      const character = path[at] ?? '';
      const next: number[] = [];
      for (const state of current) {
        const { on, to } = this.#states[state] ?? {};
        if (to !== undefined && on?.(character) === true) {
          next.push(to);
        }
      }
      if (next.length === 0) {
        return false;
      }
      current = this.#reached(next);
    }
    return current.has(this.#end);
  }

  /** The states that are reached without another character. */
  #reached(states: readonly number[]): ReadonlySet<number> {
    const reached = new Set(states);
    for (const state of reached) {
      for (const other of this.#states[state]?.also ?? []) {
        reached.add(other);
      }
    }
    return reached;
  }

  #add(state: State): number {
    return this.#states.push(state) - 1;
  }

  #sequence(parts: readonly Part[], next: number): number {
    return parts.reduceRight((behind, part) => this.#part(part, behind), next);
  }

  #part(part: Part, next: number): number {
    switch (part.kind) {
      case 'one':
        return this.#add({ on: part.is, to: next, also: [] });
      case 'many':
        return this.#loop(part.is, next);
      case 'folders': {
        const slash = this.#add({ on: (character) => character === '/', to: next, also: [] });
        return this.#add({ also: [next, this.#loop(isAny, slash)] });
      }
      case 'choice':
        return this.#add({ also: part.of.map((parts) => this.#sequence(parts, next)) });
    }
  }

  #loop(on: Test, next: number): number {
    const own = this.#states.length;
    return this.#add({ on, to: own, also: [next] });
  }
}

type Test = (character: string) => boolean;

/** A place in the glob: on which character the next place is reached, and which places are reached without any. */
interface State {
  readonly on?: Test;
  readonly to?: number;
  readonly also: readonly number[];
}

type Part =
  | { readonly kind: 'one' | 'many'; readonly is: Test }
  /** Any number of folders with the slash behind each. */
  | { readonly kind: 'folders' }
  | { readonly kind: 'choice'; readonly of: readonly (readonly Part[])[] };

function isAny(): boolean {
  return true;
}

function isInFolder(character: string): boolean {
  return character !== '/';
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Undefined where a bracket is not closed. */
  parse(): Part[] | undefined {
    return this.#sequence(0);
  }

  /** Up to the end, or within braces up to the comma or brace that ends the alternative. */
  #sequence(depth: number): Part[] | undefined {
    const parts: Part[] = [];
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? '';
      if (depth > 0 && (character === ',' || character === '}')) {
        return parts;
      }
      const part = this.#part(character, depth);
      if (part === undefined) {
        return undefined;
      }
      parts.push(part);
    }
    return depth === 0 ? parts : undefined;
  }

  #part(character: string, depth: number): Part | undefined {
    if (this.#text.startsWith('**/', this.#at)) {
      this.#at += 3;
      return { kind: 'folders' };
    }
    if (this.#text.startsWith('**', this.#at)) {
      this.#at += 2;
      return { kind: 'many', is: isAny };
    }
    this.#at++;
    switch (character) {
      case '*':
        return { kind: 'many', is: isInFolder };
      case '?':
        return { kind: 'one', is: isInFolder };
      case '[':
        return this.#class();
      case '{':
        return depth < MAXIMUM_DEPTH ? this.#choice(depth + 1) : undefined;
      default:
        return { kind: 'one', is: (other) => other === character };
    }
  }

  #choice(depth: number): Part | undefined {
    const of: Part[][] = [];
    for (;;) {
      const parts = this.#sequence(depth);
      if (parts === undefined) {
        return undefined;
      }
      of.push(parts);
      if (this.#text[this.#at++] === '}') {
        return { kind: 'choice', of };
      }
    }
  }

  /** One character of a set, with ranges such as `a-z`. */
  #class(): Part | undefined {
    const end = this.#text.indexOf(']', this.#at + 1);
    if (end === -1) {
      return undefined;
    }
    const inside = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    const isNegated = /^[!^]/.test(inside);
    const members = inside.slice(isNegated ? 1 : 0).split('');
    const isMember: Test = (character) =>
      members.some((member, place) => {
        const last = members[place + 1] === '-' ? members[place + 2] : undefined;
        return member === character || (last !== undefined && member <= character && character <= last);
      });
    return { kind: 'one', is: (character) => isInFolder(character) && isMember(character) !== isNegated };
  }
}

/** Nobody nests braces deeper. */
const MAXIMUM_DEPTH = 50;
