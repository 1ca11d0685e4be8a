/**
 * What the tables of products are made of. A table states facts with their sources; it holds no finding and no
 * message. `satisfies ProductTable` lets the compiler check every entry.
 */

/** The protocols a load balancer's listener can have. */
export type ListenerProtocol = 'TCP' | 'UDP' | 'HTTP' | 'HTTPS';

/** The closed set of grammars that an annotation's value can have. */
export type ValueGrammar =
  /** Read by Go's `strconv.Atoi`: an optional sign and digits; the bounds are inclusive. */
  { readonly kind: 'integer'; readonly minimum: number; readonly maximum: number; readonly unit: 'seconds' };

export interface AnnotationSetting {
  /** Written behind the product's annotation prefix. */
  readonly suffix: string;
  readonly grammar: ValueGrammar;
  /** The value that switches the setting off, if there is one. */
  readonly off?: string;
  /** The listeners on which the product uses the value. */
  readonly listeners: readonly ListenerProtocol[];
  /** What happens to a value outside the grammar. */
  readonly onBadValue: 'refused by the cloud' | 'stops the whole Service';
  readonly source: string;
}

export interface ProductTable {
  readonly id: string;
  /** As a message calls it. */
  readonly name: string;
  /** The current prefix first; the others are read as well, where the current one is not written. */
  readonly annotationPrefixes: readonly [string, ...string[]];
  readonly settings: readonly AnnotationSetting[];
  readonly source: string;
}
