import type { Span } from '../text/span.ts';
import type { PastedKind, Replacement } from '../yaml/pasted.ts';
import type { Finding, Rule } from './rule.ts';
import { listOf } from './support/listing.ts';

const NAMES: Record<PastedKind, readonly [one: string, many: string]> = {
  'no-break space': ['no-break space', 'no-break spaces'],
  'Unicode space': ['Unicode space', 'Unicode spaces'],
  'zero-width character': ['zero-width character', 'zero-width characters'],
  tab: ['tab', 'tabs'],
  'typographic quote': ['typographic quote', 'typographic quotes'],
  'full-width punctuation': ['full-width punctuation mark', 'full-width punctuation marks'],
};

export const pastedCharacters: Rule = {
  id: 'pasted-characters',
  summary: 'Characters that came in by pasting stand where YAML needs ordinary spaces, quotes and colons.',
  why:
    'A web page or a word processor turns spaces into no-break spaces and quotes into typographic ones; an input ' +
    'method for Chinese or Japanese types full-width colons. YAML takes all of them for content: an indentation of ' +
    'U+00A0 puts every key at the root under a name that begins with an invisible character, and `ClientIP` ' +
    'followed by U+00A0 is refused in a message that looks as if the value were right. kube-apiserver 1.36 was ' +
    'seen to do both.',
  remedy:
    'Replace them. The fix touches only characters that stand for syntax: comments, quoted text, block scalars and ' +
    'the values of other fields keep what they hold.',
  links: [{ title: 'YAML 1.2, indentation spaces', url: 'https://yaml.org/spec/1.2.2/#61-indentation-spaces' }],
  messages: {
    found:
      'Kubernetes cannot read this: {characters} came in by pasting.\n' +
      'They stand where YAML needs ordinary ones. The other findings are worked out as if they were replaced.',
    fix: 'Replace {characters} by what YAML reads',
  },
  examples: [
    {
      title: 'Copied from a web page: the indentation is no-break spaces.',
      bad: [
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '\u00a0 name: web',
        '^^ pasted-characters',
        'spec:',
        '\u00a0 sessionAffinity: ClientIP',
        '\u00a0 ports:',
        '\u00a0 - port: 80',
        '',
      ].join('\n'),
      fixed: [
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '  name: web',
        'spec:',
        '  sessionAffinity: ClientIP',
        '  ports:',
        '  - port: 80',
        '',
      ].join('\n'),
    },
    {
      title: 'Typed with a Chinese input method: full-width colon and typographic quotes.',
      bad: [
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '  name: web',
        'spec:',
        '  sessionAffinity：“ClientIP”',
        '                 ^ pasted-characters',
        '  ports:',
        '  - port: 80',
        '',
      ].join('\n'),
      fixed: [
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '  name: web',
        'spec:',
        '  sessionAffinity: "ClientIP"',
        '  ports:',
        '  - port: 80',
        '',
      ].join('\n'),
    },
    {
      title: 'The same characters as content are nobody’s business.',
      good: [
        'apiVersion: v1',
        'kind: Service',
        'metadata:',
        '  name: web # 服务：会话保持',
        '  annotations:',
        '    note: “sticky”，see the wiki',
        'spec:',
        '  ports:',
        '  - port: 80',
        '',
      ].join('\n'),
    },
  ],
  *check(manifest): Iterable<Finding> {
    const { replacements } = manifest.yaml;
    const first = replacements[0];
    if (first === undefined || manifest.resources.length === 0) {
      return;
    }
    const characters = describe(replacements);
    yield {
      rule: pastedCharacters,
      message: 'found',
      arguments: { characters },
      certainty: 'refused',
      span: spanOf(manifest.yaml.text, first),
      subject: undefined,
      related: [],
      fixes: [
        {
          title: 'fix',
          arguments: { characters },
          safety: 'safe',
          edits: () => [{ manifest, edits: [] }],
        },
      ],
    };
  },
};

/** The first of them, with the ordinary spaces behind it, so that it can be seen. */
function spanOf(text: string, { span, newText }: Replacement): Span {
  let end = span.start + newText.length;
  while (text[end] === ' ') {
    end++;
  }
  return { start: span.start, end };
}

/** Such as `31 no-break spaces and 1 tab`. */
function describe(replacements: readonly Replacement[]): string {
  const counts = new Map<PastedKind, number>();
  for (const { kind, span } of replacements) {
    counts.set(kind, (counts.get(kind) ?? 0) + (kind === 'no-break space' ? span.end - span.start : 1));
  }
  return listOf([...counts].map(([kind, count]) => `${count} ${NAMES[kind][count === 1 ? 0 : 1]}`));
}
