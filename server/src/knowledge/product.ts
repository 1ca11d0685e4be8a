/**
 * What the tables of products are made of. A table states facts with their sources; it holds no finding and no
 * message. `satisfies ProductTable` lets the compiler check every entry, and a test runs every case.
 */
import type { Resource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';

/** The protocols that a load balancer's listener can have; `TLS` is one that ends TLS and hands on plain TCP. */
export type ListenerProtocol = 'TCP' | 'UDP' | 'TLS' | 'HTTP' | 'HTTPS';

/**
 * Where a setting is written on an object.
 *
 * - `example.com/key`: an annotation; with several prefixes of one product, under the current one.
 * - `example.com/key#part`: a part of an annotation that holds attributes (`a=b,c=d`) or JSON (`#a.b[].c`). A `*`
 *   in the key stands for anything but nothing, as in `example.com/actions.*`.
 * - `spec.a.b[].c`: a field; `[]` goes through every item of a list.
 * - `label:example.com/key`: a label.
 */
export type Address = string;

/** A core kind by its name, such as `Service`; any other kind with its API group: `HTTPProxy.projectcontour.io`. */
export type ObjectKind = string;

/** The closed set of grammars that a value can have. In a typed field the type must be right as well. */
export type ValueGrammar =
  /** One of some words. `on` and `off` name the words that switch; other ways to say so are told to be meant. */
  | {
      readonly kind: 'word';
      readonly words: readonly string[];
      /** Whether the product takes them in any case; messages and fixes still use the case that is listed. */
      readonly anyCase?: true;
      readonly on?: string;
      readonly off?: string;
      /** The one for which the product takes any other text. */
      readonly others?: string;
    }
  | {
      readonly kind: 'integer';
      readonly minimum?: number;
      readonly maximum?: number;
      readonly unit?: Unit;
      /** `go`: what Go's `strconv.Atoi` reads, a sign and leading zeros included; else digits and a minus at most. */
      readonly syntax?: 'go';
      /** Whether only primes will do. */
      readonly prime?: true;
    }
  | { readonly kind: 'number'; readonly minimum?: number }
  /** `true` or `false`; with `go` also what Go's `strconv.ParseBool` reads, such as `T` and `1`. */
  | { readonly kind: 'boolean'; readonly syntax?: 'go' }
  | { readonly kind: 'duration'; readonly dialect: DurationDialect }
  /** Any text that the pattern, a regular expression over the whole text, lets pass. */
  | {
      readonly kind: 'text';
      /** What the text is, as a message calls it: `a cookie name`. */
      readonly what: string;
      readonly pattern?: RegExp;
      /** What the pattern asks for, in words. */
      readonly allowed?: string;
      readonly minimumLength?: number;
      readonly maximumLength?: number;
    }
  /**
   * Attributes `key=value`, parted by commas; each known key is a setting of its own with `#key` in its address.
   * `strict`: an item without a key or an equals sign spoils the whole.
   */
  | { readonly kind: 'attributes'; readonly otherKeys: readonly string[]; readonly strict?: true }
  | { readonly kind: 'JSON' }
  /** A mapping or a list whose parts are settings of their own. `closed`: the API server knows no other keys in it. */
  | { readonly kind: 'object'; readonly otherKeys?: readonly string[]; readonly closed?: true }
  /** What no other kind expresses, judged by a function of the product's own file. */
  | {
      readonly kind: 'own';
      readonly what: string;
      readonly judge: (text: string, resource: Resource) => ValueProblem | undefined;
    };

export type Unit = 'seconds' | 'minutes' | 'bytes';

/** `go`: 1h30m, 1.5s; `gep-2257`: at most four groups of five digits, no fractions; `nginx`: 1h, 30m, 10, max. */
export type DurationDialect = 'go' | 'gep-2257' | 'nginx';

export interface ValueProblem {
  /** What is expected instead, as the end of "…accepts": `a cookie name without blanks`. */
  readonly expected: string;
  /** What was very probably meant. */
  readonly meant?: string;
  /** What happens, where it is not what the setting says of bad values. */
  readonly outcome?: Outcome;
  /** The value that counts in its place. */
  readonly counts?: string;
  /** It is not even of the right kind: no number, no duration. */
  readonly unreadable?: true;
}

/** What becomes of something that a table calls wrong, and so how sure a finding is. */
export type Outcome =
  | 'refused by the API server'
  | 'refused by the cloud'
  | 'refused by the controller'
  /** As if it were not written; nobody is told. */
  | 'ignored'
  /** The default counts; nobody is told. */
  | 'default instead'
  /** Wrong only under an assumption that the reason names. */
  | 'depends'
  /** Nothing is wrong, but something better can be had. */
  | 'advice';

/** A statement about an object, true, false or unknown. */
export type Condition =
  /** The setting has one of these values. `orAbsent`: left out it has one of them as well. */
  | { readonly at: Address; readonly is: readonly string[]; readonly orAbsent?: true }
  | { readonly at: Address; readonly isNot: readonly string[] }
  | { readonly at: Address; readonly written: boolean }
  /** It is a list of so many items or more. */
  | { readonly at: Address; readonly atLeast: number }
  /** A part of the value. */
  | { readonly at: Address; readonly matches: RegExp }
  | { readonly anyOf: readonly Condition[] };

/** Something to write: the value of a setting. A value may copy the one it stands in for with `{value}`. */
export interface NewSetting {
  readonly at: Address;
  readonly value: string;
}

/** What a setting needs beside it. */
export interface Requirement {
  /** Only for these values of the setting; else for all but its `off` value. */
  readonly when?: readonly string[];
  /** Only while all of these hold. */
  readonly whileTrue?: readonly Condition[];
  readonly needs: Condition;
  readonly outcome: Outcome;
  /** A whole sentence: what happens without it. */
  readonly why: string;
  /** What to write, the most wanted first. Each mends the whole. */
  readonly offers?: readonly Offer[];
  /** Whether a fix may take the setting itself out, and whether that is the first one. */
  readonly remove?: 'first' | 'last';
}

export interface Offer {
  readonly set: readonly NewSetting[];
  /** What changes for traffic or cost, for the end of a title. */
  readonly remark?: string;
  /** It overwrites live listeners or drops connections, so it is offered in an editor only. */
  readonly byHand?: true;
  /** Only where the Service has such a listener. */
  readonly listeners?: readonly ListenerProtocol[];
}

/** What a setting does not go with. */
export interface Conflict {
  readonly when?: readonly string[];
  readonly with: Condition;
  readonly outcome: Outcome;
  /** A whole sentence: what happens with both. */
  readonly why: string;
  /** Which of the two a fix takes out first. */
  readonly remove: 'this' | 'other' | 'neither';
}

/** A value worth offering; its meaning in a few words without a full stop. */
export interface OfferedValue {
  readonly value: string;
  readonly meaning: string;
  /** The listeners that know the value, where not all do that know the setting. */
  readonly listeners?: readonly ListenerProtocol[];
}

/** Another way in which a setting is written. */
export interface Spelling {
  readonly at: Address;
  /** `read`: today as well; `no longer read`: by no version in support; `wrong`: never, but people write it. */
  readonly status: 'read' | 'no longer read' | 'wrong';
}

/** What the setting says, in the terms that products share; conversion goes by it. */
export type Concept =
  | 'cookie switch'
  | 'cookie name'
  | 'cookie path'
  | 'cookie domain'
  | 'cookie lifetime'
  | 'cookie secure'
  | 'cookie http-only'
  | 'cookie same-site'
  | 'source address switch'
  | 'hash key';

export interface Setting {
  readonly at: Address;
  /** The objects on which it is read. */
  readonly objects: readonly ObjectKind[];
  /** One sentence. */
  readonly meaning: string;
  readonly grammar: ValueGrammar;
  /** What counts where it is left out. */
  readonly default?: string;
  /** The values worth offering, the one most wanted first. Left out, a closed grammar offers its own. */
  readonly values?: readonly OfferedValue[];
  /** What few people know. */
  readonly notes?: readonly string[];
  /** The value that switches the setting off, for which it needs nothing beside it. */
  readonly off?: string;
  /** A word that switches it off counts as if it were left out. */
  readonly offMeansDefault?: true;
  /** The listeners on which the product uses it; left out, all. */
  readonly listeners?: readonly ListenerProtocol[];
  /** What to write instead where no listener can use it. */
  readonly insteadOnOtherListeners?: readonly Offer[];
  /** What happens to a value outside of the grammar. */
  readonly onBadValue: Outcome;
  /** What happens to one that is no number or no duration at all, where that differs. */
  readonly onUnreadableValue?: Outcome;
  /** What tells of a value that is passed over, such as `the object’s status`; left out, nothing does. */
  readonly toldBy?: string;
  readonly requires?: readonly Requirement[];
  readonly conflicts?: readonly Conflict[];
  readonly spellings?: readonly Spelling[];
  /** Objects on which people write it in vain, and what happens there. */
  readonly misplaced?: readonly { readonly on: ObjectKind; readonly outcome: Outcome; readonly why: string }[];
  /** The product's versions that know it, such as `1.6`: from `since` on, and before `until`. */
  readonly since?: string;
  readonly until?: string;
  /** No version in support knows it any more; why, and what to do, in a sentence. */
  readonly removed?: string;
  /** Its source could not be checked: whatever is said of it is a hint at most. */
  readonly unverified?: true;
  readonly concept?: Concept;
  readonly source: string;
  /** Run as tests. Without a bad one the setting is known, explained and completed, but not checked. */
  readonly cases?: readonly SettingCase[];
}

/**
 * What is tried on the first of the product's samples that has the setting (or on the one named by `sample`). After the
 * first fix of the finding the text is the one with `fixed`, or, where it says so, the sample again.
 */
export type SettingCase = { readonly sample?: string } & (
  | { readonly good: string }
  | { readonly bad: string; readonly fixed?: string; readonly rule?: string }
  /** Without another setting, which the first fix gives back (with its value in the sample, unless it says no). */
  | { readonly without: Address; readonly rule: string; readonly mended?: 'as it was' | 'otherwise' | 'by hand' }
  /** With another setting beside it. */
  | {
      readonly beside: NewSetting;
      readonly rule: string;
      readonly mended?: 'as it was' | 'otherwise' | 'by hand';
    }
);

/** A manifest as it should be, which must have no finding. */
export interface Sample {
  readonly title: string;
  readonly manifest: string;
}

/** How the product tells its objects from those of others. */
export interface Detection {
  /** Services of type LoadBalancer. */
  readonly service?: {
    /** Values of `spec.loadBalancerClass`. */
    readonly classes: readonly string[];
    /** Whether it also takes those without a class. */
    readonly withoutClass: boolean;
    /** What else has to hold. */
    readonly conditions?: readonly Condition[];
    /** What else begins annotations that only this product reads, though no setting of its table does. */
    readonly annotations?: readonly string[];
    /** What hands it a Service without a class, whoever takes the others; a user may say that it takes them all. */
    readonly claimedBy?: readonly Condition[];
  };
  readonly ingress?: {
    /** Values of `spec.controller` of an IngressClass; a name may follow after a slash. */
    readonly controllers: readonly string[];
    /** What people call its class. */
    readonly classNames: readonly string[];
  };
  /** Values of `spec.controllerName` of a GatewayClass. */
  readonly gateway?: { readonly controllers: readonly string[] };
}

/** What the product makes of `spec.sessionAffinity: ClientIP` of a Service that it serves. */
export interface SessionAffinityEffect {
  readonly effect: 'refused' | 'mapped' | 'ignored';
  /** A whole sentence. */
  readonly what: string;
  /** What makes it otherwise and does not show in manifests, unless a class or the user's word names the product. */
  readonly unless?: string;
  readonly unverified?: true;
  readonly source: string;
}

export type StickinessMechanism = 'source address' | 'cookie' | 'header' | 'consistent hash';

/** A way in which the product keeps a client on a target; of several the first whose conditions hold counts. */
export interface Stickiness {
  readonly by: StickinessMechanism;
  readonly when: readonly Condition[];
  /** Only for these listeners. */
  readonly listeners?: readonly ListenerProtocol[];
  readonly duration?: {
    /** The setting that states it; its grammar states the unit. */
    readonly at?: Address;
    /** What counts where it is left out; undefined: as long as the cookie or the targets last. */
    readonly defaultSeconds?: number;
    readonly counts: 'idle' | 'since it was set';
  };
}

/** To what the product sends connections; of several the first whose conditions hold counts. */
export interface Targets {
  readonly to: 'pods' | 'nodes' | 'the cluster IP';
  readonly when: readonly Condition[];
  /** It also depends on something outside the manifests, such as a flag of the controller. */
  readonly assumed?: true;
}

/** A set of settings that makes a Service or an Ingress sticky. */
export interface Recipe {
  readonly title: string;
  readonly on: ObjectKind;
  readonly set: readonly NewSetting[];
}

/** A cookie that keeps a client on its pod, in the terms that controllers share; undefined is the product's default. */
export interface CookieSettings {
  readonly name: string | undefined;
  readonly path: string | undefined;
  readonly domain: string | undefined;
  readonly seconds: number | undefined;
  readonly secure: boolean | undefined;
  readonly httpOnly: boolean | undefined;
  /** In lower case. */
  readonly sameSite: string | undefined;
}

/** How a controller is told to keep clients by a cookie. */
export interface CookieWriter {
  readonly on: 'Ingress' | 'Service';
  /** What of a cookie it can be told. */
  readonly concepts: readonly Concept[];
  /** Its cookie is HttpOnly, whatever is written. */
  readonly isHttpOnly?: true;
  /** The annotations for a cookie, for the Services behind the Ingress by their names. */
  readonly write: (cookie: CookieSettings, services: readonly string[]) => NewSetting[];
}

/** Keys under a prefix that belong to session persistence, so that an unknown one among them is worth a word. */
export interface KeyFamily {
  readonly prefix: string;
  readonly unknown: Outcome;
}

export interface ProductTable {
  /** In lower case with hyphens; the name of its file in kebab case, of its page and of the settings' value. */
  readonly id: string;
  /** As a message calls it. */
  readonly name: string;
  readonly kind: 'load balancer' | 'data path' | 'ingress controller' | 'service mesh' | 'gateway';
  /** How far its entries were checked. */
  readonly verification: 'source' | 'documentation' | 'partial' | 'unverified';
  /** What was read, at which revision and when. */
  readonly basis: string;
  readonly link: { readonly title: string; readonly url: string };
  readonly detection: Detection;
  /** Prefixes of its annotations: the current one first, then others that are read as well where it is not written. */
  readonly annotationPrefixes: readonly string[];
  /** Those of them that only older manifests have; a hint says so. */
  readonly olderPrefixes?: readonly string[];
  /** What to do instead of settings of a relative that it does not read: a whole sentence. */
  readonly insteadOfForeign?: string;
  /** Keys under the current prefix that have nothing to do with persistence: they are no misspellings. */
  readonly otherAnnotations?: readonly string[];
  readonly families?: readonly KeyFamily[];
  readonly settings: readonly Setting[];
  readonly sessionAffinity?: SessionAffinityEffect;
  readonly stickiness?: readonly Stickiness[];
  readonly targets?: readonly Targets[];
  /** Listeners whose targets see the product's own addresses; undefined: all of an HTTP proxy, none otherwise. */
  readonly hidesClientOn?: readonly ListenerProtocol[];
  /** The listeners it makes for a Service, one for each port in order; undefined where one cannot be known. */
  readonly listeners?: (service: Service) => readonly (ListenerProtocol | undefined)[];
  /** What is worth knowing of the product as a whole, in whole sentences. */
  readonly notes?: readonly string[];
  readonly recipes?: readonly Recipe[];
  readonly writesCookie?: CookieWriter;
  /** What people are known to get wrong, with the threads that tell. */
  readonly mistakes?: readonly string[];
  readonly samples: readonly Sample[];
  readonly source: string;
}
