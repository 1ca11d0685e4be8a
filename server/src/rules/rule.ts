import type { Certainty } from '../configuration/severity.ts';
import type { Resource } from '../kubernetes/resource.ts';
import type { Snapshot } from '../snapshot.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { Manifest, ManifestFile } from '../workspace/manifest.ts';

/**
 * One way in which a manifest goes wrong, in one file: what it is called, why it matters, how it is found, what is said
 * and how it is mended. The id is at once the diagnostic's code, the setting and the page's name, and never changes.
 */
export interface Rule {
  /** `<subject>-<problem>` in lower case. */
  readonly id: string;
  /** One sentence for the list of rules. */
  readonly summary: string;
  /** What happens to the people who write it, and how that is known. */
  readonly why: string;
  /** What to write instead. */
  readonly remedy: string;
  readonly links: readonly RuleLink[];
  /**
   * The English texts of its messages and of its fixes' titles, with `{name}` for arguments. A message's first line
   * says in at most 120 characters what is wrong, in the user's own names; a second one why it matters and what to do.
   */
  readonly messages: Readonly<Record<string, string>>;
  /** Run as tests and printed on the rule's page. */
  readonly examples: readonly RuleExample[];
  /** A finding of one of these on the same object may be the cause of this one, which then waits until it is mended. */
  readonly after?: readonly string[];
  /** It judges where things stand, which no document with syntax errors shows for certain; it is silent there. */
  readonly readsStructure?: true;
  /** Whether its findings also depend on other manifests; if not, they are kept as long as the manifest is. */
  readonly reads?: 'workspace';
  /** What it looks at. In a document without any of it the rule does not run; without a list it runs in all. */
  readonly judges?: readonly RuleSubject[];
  check(manifest: Manifest, context: RuleContext): Iterable<Finding>;
}

/**
 * - `values`: what a chart's values put into Services;
 * - `policies`: objects that say something about the persistence of others;
 * - `settings`: objects on which something is written that tables of products may know.
 */
export type RuleSubject = 'services' | 'values' | 'workloads' | 'ingresses' | 'policies' | 'settings';

export interface RuleLink {
  readonly title: string;
  readonly url: string;
}

/**
 * In `bad` and `good`, a line of blanks, carets and a rule id under a line marks exactly where a finding is expected.
 * `fixed` is the text after the first fix of the rule's findings, applied until nothing changes.
 */
export type RuleExample =
  | { readonly title: string; readonly bad: string; readonly fixed?: string }
  | { readonly title: string; readonly good: string };

export interface RuleContext {
  readonly file: ManifestFile;
  readonly snapshot: Snapshot;
  /** The same for all rules while they judge one manifest, so that what several ask for is worked out once. */
  readonly occasion: object;
}

export interface Finding {
  readonly rule: Rule;
  /** A key of the rule's messages. */
  readonly message: string;
  readonly arguments: MessageArguments;
  readonly certainty: Certainty;
  /** Of a rule that reads a table: the entry that it is about, so that a comment can hide this one alone. */
  readonly key?: string;
  /** Relative to the manifest's text. */
  readonly span: Span;
  /** The object that it is about; undefined where it is about the document. */
  readonly subject: Resource | undefined;
  readonly related: readonly RelatedPlace[];
  /** The one that mends it best comes first. */
  readonly fixes: readonly Fix[];
}

export type MessageArguments = Readonly<Record<string, string | number>>;

export interface RelatedPlace {
  /** Where it stands if not in the finding's own manifest. */
  readonly manifest?: Manifest;
  /** Relative to the manifest's text. */
  readonly span: Span;
  /** A key of the rule's messages. */
  readonly message: string;
  readonly arguments: MessageArguments;
}

export interface Fix {
  /** A key of the rule's messages. */
  readonly title: string;
  readonly arguments: MessageArguments;
  /**
   * - `safe`: the API server refuses the document today, or the meaning is provably the same.
   * - `review`: it changes what happens to traffic or cost; the title says what.
   * - `by hand`: it overwrites live listeners or drops connections, so that only a person may choose it, in an editor.
   */
  readonly safety: 'safe' | 'review' | 'by hand';
  edits(): readonly ManifestEdits[];
}

/** Edits of one manifest, relative to its text. */
export interface ManifestEdits {
  readonly manifest: Manifest;
  readonly edits: readonly TextEdit[];
}
