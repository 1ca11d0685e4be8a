import type { Resource } from '../kubernetes/resource.ts';
import { lineContentEnd, lineStart } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { YamlDocument } from '../yaml/document.ts';
import type { YamlNode } from '../yaml/nodes.ts';
import type { SyntaxProblem } from '../yaml/parse.ts';
import type { Finding, Rule } from './rule.ts';

export const yamlSyntaxError: Rule = {
  id: 'yaml-syntax-error',
  summary: 'A Service, Ingress, Gateway route or workload is not YAML, so nothing of it can be applied.',
  why:
    'kubectl reads a whole document or nothing of it. What we find in the rest of such a document is less sure, ' +
    'since a part of it may be missing; it is shown with less weight until the mistake is mended. Documents with ' +
    'template expressions are not reported: what they become is not known here.',
  remedy: 'Mend the line that is marked; it is the first one where the text stops making sense.',
  links: [{ title: 'YAML 1.2', url: 'https://yaml.org/spec/1.2.2/' }],
  messages: {
    indentation: 'This line is indented like none of the lines that it could belong to, so {kind} is not YAML.',
    unclosedQuote: 'This quote is never closed, so {kind} is not YAML.',
    unclosedBracket: 'This bracket is never closed, so {kind} is not YAML.',
    compact: 'A second colon on one line needs quotes around the value, or a line of its own; {kind} is not YAML.',
    noColon: 'This line has no colon that makes it a field, so {kind} is not YAML.',
    unexpected: 'This does not belong here, so {kind} is not YAML: {reason}.',
    separator:
      'An indented --- separates nothing: it is read as text, and {kind} is not YAML.\n' +
      'A separator stands at the very start of its line.',
    unindent: 'Move --- to the start of its line',
  },
  examples: [
    {
      title: 'A line that is indented by one column too many.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
   ports:
   ^^^^^ yaml-syntax-error
    - port: 80
`,
    },
    {
      title: 'The separator is indented together with the list above it.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
  ---
  ^^^ yaml-syntax-error
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  ports:
    - port: 80
`,
    },
    {
      title: 'A template becomes YAML only when it is rendered.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  {{- with .Values.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  ports:
    - port: {{ .Values.port }
`,
    },
  ],
  *check(manifest): Iterable<Finding> {
    const { yaml } = manifest;
    const problem = yaml.problems[0];
    const ours = problem && manifest.resources.find(isOurs);
    const templated = yaml.templateActions.length > 0 || yaml.openTemplateBlocks > 0;
    if (problem === undefined || ours === undefined || templated || isForeignPlaceholder(yaml, problem)) {
      return;
    }
    const common = {
      rule: yamlSyntaxError,
      certainty: 'refused',
      subject: undefined,
      related: [],
    } as const;
    const kind = `this ${ours.kind}`;
    const separator = indentedSeparator(manifest);
    if (separator !== undefined) {
      yield {
        ...common,
        message: 'separator',
        arguments: { kind },
        span: separator,
        fixes: [
          {
            title: 'unindent',
            arguments: {},
            safety: 'safe',
            edits: () => [
              {
                manifest,
                edits: [{ span: { start: lineStart(yaml.text, separator.start), end: separator.start }, newText: '' }],
              },
            ],
          },
        ],
      };
      return;
    }
    const mistake = explain(yaml, problem);
    yield {
      ...common,
      message: mistake.message,
      arguments: { kind, reason: problem.message.replace(/\.$/, '') },
      span: mistake.span,
      fixes: [],
    };
  },
};

/** `@NAME@` and `%NAME%`: what some other tool fills in stands where YAML reserves the sign. */
function isForeignPlaceholder({ text }: YamlDocument, { code, span }: SyntaxProblem): boolean {
  return code === 'BAD_SCALAR_START' && /[@%]/.test(text[span.start] ?? '');
}

/** The kinds of which we say anything at all. */
function isOurs({ kind, apiVersion }: Resource): boolean {
  return (
    (/^(Service|Pod)$/.test(kind) && apiVersion === 'v1') ||
    (/^(Deployment|StatefulSet|DaemonSet|ReplicaSet)$/.test(kind) && apiVersion.startsWith('apps/')) ||
    (kind === 'Ingress' && apiVersion.startsWith('networking.k8s.io/')) ||
    (/^(HTTPRoute|GRPCRoute)$/.test(kind) && apiVersion.startsWith('gateway.networking.k8s.io/'))
  );
}

/** The parser says where it gave up; people want to know where the mistake is. */
function explain(yaml: YamlDocument, problem: SyntaxProblem): { readonly message: string; readonly span: Span } {
  const { text, root } = yaml;
  const { code, message, span } = problem;
  const at = (name: string, offset: number) => ({ message: name, span: wordAt(text, offset) });
  if (code === 'MISSING_CHAR' && message.includes('quote')) {
    const open = findLast(root, (node) => node.kind === 'scalar' && /single|double/.test(node.style));
    return open === undefined ? at('unexpected', span.start) : at('unclosedQuote', open.span.start);
  }
  if (code === 'BAD_INDENT' && message.startsWith('Flow')) {
    const open = findLast(root, (node) => node.kind !== 'scalar' && node.kind !== 'alias' && node.style === 'flow');
    return open === undefined ? at('unexpected', span.start) : at('unclosedBracket', open.span.start);
  }
  const spread = yaml.problems.find((other) => other.code === 'MULTILINE_IMPLICIT_KEY');
  if (code === 'BLOCK_AS_IMPLICIT_KEY' && spread !== undefined) {
    // A value went on in the next line, which was meant to be a field of its own.
    return at('indentation', spread.span.end - 1);
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY') {
    return at('compact', span.start);
  }
  if (code === 'MULTILINE_IMPLICIT_KEY' || message.startsWith('Implicit map keys')) {
    return at('noColon', span.start);
  }
  if (code === 'BAD_INDENT' || message.startsWith('Sequence item without')) {
    return at('indentation', span.end);
  }
  return at('unexpected', span.start);
}

/** The last node in the order of the text that fits: the one that was opened last. */
function findLast(root: YamlNode | undefined, fits: (node: YamlNode) => boolean): YamlNode | undefined {
  let last: YamlNode | undefined;
  const visit = (node: YamlNode): void => {
    if (fits(node)) {
      last = node;
    }
    if (node.kind === 'mapping') {
      for (const { key, value } of node.pairs) {
        visit(key);
        visit(value);
      }
    } else if (node.kind === 'sequence') {
      node.items.forEach(visit);
    }
  };
  if (root !== undefined) {
    visit(root);
  }
  return last;
}

/** A line of nothing but an indented `---`, outside of block scalars, which a broken document would not have. */
function indentedSeparator({ yaml }: Manifest): Span | undefined {
  const found = /^[ \t]+(---)[ \t]*(?:#.*)?\r?$/m.exec(yaml.text);
  if (found === null) {
    return undefined;
  }
  const start = found.index + found[0].indexOf('---');
  return { start, end: start + 3 };
}

/** The word at an offset; in a line's indentation its first one, behind its end its last. */
function wordAt(text: string, offset: number): Span {
  const start = lineStart(text, Math.min(offset, text.length));
  const line = text.slice(start, lineContentEnd(text, start));
  const words = [...line.matchAll(/[^\s:]+|:/g)].map((match) => ({
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  return words.find((word) => word.end > offset) ?? words.at(-1) ?? { start: offset, end: offset };
}
