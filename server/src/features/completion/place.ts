import type { Resource } from '../../kubernetes/resource.ts';
import { readService, type Service } from '../../kubernetes/service.ts';
import { lineContentEnd, lineStart, nextLineStart } from '../../text/lines.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import { readFirstDocument } from '../../workspace/readFile.ts';
import type { YamlMapping, YamlNode, YamlPair } from '../../yaml/nodes.ts';
import { isCoreService, pathFromValues } from '../servicePlace.ts';
import { type Word, wordAt } from './word.ts';

/** The key or the value that is being typed, at its place in the document as it will be once it is written. */
export interface TypingPlace {
  readonly role: 'key' | 'value';
  readonly word: Word;
  /** The document with the word completed, so that what is above, beside and below it can be read. */
  readonly manifest: Manifest;
  /** The keys of the mappings that hold it, from the document's root down; for a value, its own key last. */
  readonly path: readonly string[];
  /** The mappings along the path, the one that holds the pair last. */
  readonly mappings: readonly MappingOnPath[];
  /** The mapping that holds it, without the key that is being typed. */
  readonly siblings: YamlMapping;
  /** What follows in braces needs a comma after what is inserted. */
  readonly needsComma: boolean;
}

interface MappingOnPath {
  readonly mapping: YamlMapping;
  /** How many keys lead to it. */
  readonly depth: number;
}

/** Stands for the word while its place is worked out; nobody writes it. */
const STAND_IN = 'session-persistence-word-being-typed';

/** Longer documents are not read at every key stroke, in UTF-16 units. */
const MAXIMUM_LENGTH = 200_000;

/**
 * Where a word is being typed. A complete word is put in its place and the document read anew: half-typed YAML often
 * says something else than its author will have said, or nothing.
 */
export function typingPlace(
  uri: string,
  { raw: text, listPart }: Pick<Manifest, 'raw' | 'listPart'>,
  offset: number,
): TypingPlace | undefined {
  const word = text.length > MAXIMUM_LENGTH ? undefined : wordAt(text, offset);
  // Before a key that is written already, nothing is being typed.
  if (word === undefined || (word.colonFollows && word.typed === '')) {
    return undefined;
  }
  const isKey = word.startsLine && !word.colonFollows;
  const next = /\S/.exec(text.slice(word.span.end))?.[0];
  const locator = new Locator(uri, text, listPart, word);
  const place = locator.locate(isKey ? ':' : '');
  if (place === undefined || place.role === 'value' || place.siblings.style === 'block' || word.colonFollows) {
    return place;
  }
  if (!/[{,]\s*$/.test(text.slice(0, word.span.start))) {
    return undefined;
  }
  const needsComma = next !== undefined && !/[,}\]]/.test(next);
  const separated = needsComma ? locator.locate(isKey ? ': ,' : ',') : place;
  return separated === undefined ? undefined : { ...separated, needsComma };
}

/** A core/v1 Service and the keys that lead from it to the place. */
export interface PlaceInService {
  /** Undefined while nothing is written under its `spec`. */
  readonly service: Service | undefined;
  readonly path: readonly string[];
}

export function placeInService({ manifest, mappings, path }: TypingPlace): PlaceInService | undefined {
  for (const { mapping, depth } of mappings.toReversed()) {
    const below = path.slice(depth);
    const values = manifest.valuesServices.find(({ spec }) => spec.pairs === mapping.pairs);
    if (values !== undefined) {
      return { service: values, path: pathFromValues(below) };
    }
    const resource = manifest.resources.find(({ root }) => root === mapping);
    if (resource !== undefined && isCoreService(resource)) {
      return { service: readService(resource), path: below };
    }
  }
  return undefined;
}

/** Any object and the keys that lead from it to the place. */
export interface PlaceInObject {
  readonly resource: Resource;
  readonly path: readonly string[];
}

export function placeInObject({ manifest, mappings, path }: TypingPlace): PlaceInObject | undefined {
  for (const { mapping, depth } of mappings.toReversed()) {
    const resource = manifest.resources.find(({ root }) => root === mapping);
    if (resource !== undefined) {
      return { resource, path: path.slice(depth) };
    }
  }
  return undefined;
}

/** Reads the document with a complete word where the half-typed one stands. */
class Locator {
  readonly #uri: string;
  readonly #text: string;
  readonly #listPart: Manifest['listPart'];
  readonly #word: Word;

  constructor(uri: string, text: string, listPart: Manifest['listPart'], word: Word) {
    this.#uri = uri;
    this.#text = text;
    this.#listPart = listPart;
    this.#word = word;
  }

  locate(ending: string): TypingPlace | undefined {
    const { span, quote = '', needsSpace } = this.#word;
    const insertion = `${needsSpace ? ' ' : ''}${quote}${STAND_IN}${quote}${ending}`;
    const complete = this.#text.slice(0, span.start) + insertion + this.#text.slice(span.end);
    const whole = this.#find(complete);
    if (whole !== undefined && (whole.siblings.style === 'flow' || !this.#hasProblemOnLine(whole.manifest, complete))) {
      return whole;
    }
    const cut = complete.slice(0, lineContentEnd(complete, span.start));
    return this.#findWithoutProblem(this.#withoutBrokenLines(complete)) ?? this.#findWithoutProblem(cut);
  }

  #findWithoutProblem(text: string): TypingPlace | undefined {
    const found = this.#find(text);
    return found !== undefined && found.manifest.yaml.problems.length === 0 ? found : undefined;
  }

  #find(text: string): TypingPlace | undefined {
    const manifest = this.#read(text);
    const roots =
      manifest === undefined ? [] : [manifest.yaml.root, ...manifest.valuesServices.map(({ spec }) => spec)];
    for (const root of roots) {
      const found = search(root, [], []);
      const mapping = found?.mappings.at(-1)?.mapping;
      if (manifest !== undefined && found !== undefined && mapping !== undefined) {
        const { role, path, mappings, pair } = found;
        const pairs = role === 'key' ? mapping.pairs.filter((other) => other !== pair) : mapping.pairs;
        const siblings = { ...mapping, pairs };
        return { role, word: this.#word, manifest, path, mappings, siblings, needsComma: false };
      }
    }
    return undefined;
  }

  /** The text is one document, so that nothing but its end is read as another. */
  #read(text: string): Manifest | undefined {
    return readFirstDocument(this.#uri, text, this.#listPart);
  }

  /**
   * Other lines that are being typed may hide this one; spaces in their place keep every offset. A line above with less
   * indentation stays: it may be what this one belongs to.
   */
  #withoutBrokenLines(text: string): string {
    const own = lineStart(text, this.#word.span.start);
    let result = text;
    for (const { span } of this.#read(text)?.yaml.problems ?? []) {
      const start = lineStart(text, span.start);
      const end = lineContentEnd(text, span.start);
      const mayHold = start < own && indentationOf(text, start) < indentationOf(text, own);
      if (start !== own && !mayHold) {
        result = result.slice(0, start) + ' '.repeat(end - start) + result.slice(end);
      }
    }
    return result;
  }

  #hasProblemOnLine({ yaml }: Manifest, text: string): boolean {
    const start = lineStart(text, this.#word.span.start);
    const end = nextLineStart(text, this.#word.span.start);
    return yaml.problems.some((problem) => {
      const span = yaml.toRaw(problem.span);
      return span.start < end && start <= span.end;
    });
  }
}

function indentationOf(text: string, start: number): number {
  return text.slice(start).search(/\S/);
}

interface Found {
  readonly role: 'key' | 'value';
  readonly path: readonly string[];
  readonly mappings: readonly MappingOnPath[];
  readonly pair: YamlPair;
}

function search(
  node: YamlNode | undefined,
  path: readonly string[],
  mappings: readonly MappingOnPath[],
): Found | undefined {
  if (node?.kind === 'sequence') {
    for (const [index, item] of node.items.entries()) {
      const found = search(item, [...path, String(index)], mappings);
      if (found !== undefined) {
        return found;
      }
    }
  } else if (node?.kind === 'mapping') {
    const along = [...mappings, { mapping: node, depth: path.length }];
    for (const pair of node.pairs) {
      const key = pair.key.kind === 'scalar' ? pair.key.text : '';
      if (isStandIn(pair.key)) {
        return { role: 'key', path, mappings: along, pair };
      }
      const below = [...path, key];
      if (isStandIn(pair.value)) {
        return { role: 'value', path: below, mappings: along, pair };
      }
      const found = search(pair.value, below, along);
      if (found !== undefined) {
        return found;
      }
    }
  }
  return undefined;
}

/** In a block scalar it is part of a text, of which nothing is known. */
function isStandIn(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.text === STAND_IN && node.style !== 'literal' && node.style !== 'folded';
}
