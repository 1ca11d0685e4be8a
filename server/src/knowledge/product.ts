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

/** What people are told about an annotation while they write it. */
export interface AnnotationHelp {
  /** One sentence. */
  readonly meaning: string;
  /** What counts where it is left out. */
  readonly default?: string;
  /** The values worth offering, the one most wanted first; `meaning` in a few words without a full stop. */
  readonly values: readonly {
    readonly value: string;
    readonly meaning: string;
    /** The listeners that know the value, where not all do that know the annotation. */
    readonly listeners?: readonly ListenerProtocol[];
  }[];
  /** What few people know. */
  readonly notes?: readonly string[];
}

/** An annotation whose values are words, or that decides what becomes of the settings. */
export interface DescribedAnnotation extends AnnotationHelp {
  /** Written behind the product's annotation prefix; a `key` is written without one. */
  readonly name: { readonly suffix: string } | { readonly key: string };
  readonly listeners: readonly ListenerProtocol[];
  readonly source: string;
}

export interface AnnotationSetting extends AnnotationHelp {
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
  /** Annotations that are explained and offered, but of whose values nothing is judged by this table. */
  readonly described: readonly DescribedAnnotation[];
  /** Where the vendor explains the annotations. */
  readonly link: { readonly title: string; readonly url: string };
  readonly source: string;
}
