import { fieldAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { TextEdit } from '../text/edit.ts';
import { lineContentEnd, lineEndOf, lineStart, nextLineStart } from '../text/lines.ts';
import { columnOf, trailingComment } from '../yaml/layout.ts';
import { findPair, keyText, resolveAlias, type YamlMapping, type YamlPair } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { areEditable } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';
import { nestedSelectorPairs } from './support/selector.ts';

export const selectorNotFlat: Rule = {
  id: 'selector-not-flat',
  summary: '`matchLabels` or `matchExpressions` stands in the selector of a Service, which is a flat map of labels.',
  why:
    'Workloads and policies have selectors with `matchLabels`; that of a Service is older and holds labels and ' +
    'their values directly. The API server refuses a mapping in it, since it takes strings only. Seen on ' +
    'kube-apiserver 1.36.',
  remedy: 'Write the labels directly under `selector`. A Service cannot select by expressions.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    labels:
      '{key} stands in the selector of {service}, which takes labels directly; the API server refuses it.\n' +
      'Only selectors of workloads and policies are nested.',
    expressions:
      '{key} stands in the selector of {service}, which knows no expressions; the API server refuses it.\n' +
      'A Service selects by labels and their values only, written directly under selector.',
    fix: 'Move the labels up into selector',
  },
  readsStructure: true,
  examples: [
    {
      title: 'As in a Deployment.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    # These pods only.
    matchLabels:
    ^^^^^^^^^^^ selector-not-flat
      app: web # of the front end
      # Not the canaries.
      track: stable
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    # These pods only.
    app: web # of the front end
    # Not the canaries.
    track: stable
  ports:
    - port: 80
`,
    },
    {
      title: 'In braces.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { matchLabels: { app: web } }
              ^^^^^^^^^^^ selector-not-flat
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
`,
    },
    {
      title: 'Labels directly, even one of that name.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
    matchLabels: "yes"
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const selector = fieldAt(service.spec, 'selector');
      const mapping = selector.kind === 'present' && selector.node.kind === 'mapping' ? selector.node : undefined;
      const pairs = mapping === undefined ? [] : nestedSelectorPairs(mapping);
      const [first, ...others] = pairs;
      if (mapping === undefined || first === undefined) {
        continue;
      }
      const key = keyText(first) ?? '';
      yield {
        rule: selectorNotFlat,
        message: key === 'matchLabels' ? 'labels' : 'expressions',
        arguments: { key, service: describeResource(service.resource) },
        certainty: 'refused',
        span: first.key.span,
        subject: service.resource,
        related: [],
        fixes: fixHere(manifest, { title: 'fix', safety: 'safe' }, () =>
          others.length === 0 ? hoist(manifest.yaml.text, mapping, first) : undefined,
        ),
      };
    }
  },
};

/** Puts the entries of a nested mapping into its parent, in place and as they are written. */
function hoist(text: string, selector: YamlMapping, nested: YamlPair): TextEdit[] | undefined {
  const labels = nested.value;
  const [first] = labels.kind === 'mapping' ? labels.pairs : [];
  if (labels.kind !== 'mapping' || first === undefined || !areEditable([nested])) {
    return undefined;
  }
  const isFlat = labels.pairs.every(({ value }) => resolveAlias(value)?.kind === 'scalar');
  const isNew = labels.pairs.every((pair) => findPair(selector, keyText(pair) ?? '') === undefined);
  if (!isFlat || !isNew) {
    return undefined;
  }
  return labels.style === 'block' ? outdent(text, nested, first) : [unwrap(text, selector, nested, labels)];
}

/** Takes away the line of the key, of which only a comment stays, and the additional indentation below it. */
function outdent(text: string, nested: YamlPair, first: YamlPair): TextEdit[] {
  const by = columnOf(text, first.span.start) - columnOf(text, nested.span.start);
  const below = nextLineStart(text, nested.key.span.end);
  const comment = trailingComment(text, nested);
  const head =
    comment === undefined
      ? { span: { start: lineStart(text, nested.span.start), end: below }, newText: '' }
      : { span: { start: nested.span.start, end: lineContentEnd(text, nested.span.start) }, newText: comment.trim() };
  const edits: TextEdit[] = [head];
  for (let line = below; line < nested.span.end; line = nextLineStart(text, line)) {
    const indent = /^ */.exec(text.slice(line, line + 200))?.[0].length ?? 0;
    edits.push({ span: { start: line, end: line + Math.min(by, indent) }, newText: '' });
  }
  return edits;
}

/** Writes what stands between the inner braces in place of the pair. */
function unwrap(text: string, selector: YamlMapping, nested: YamlPair, labels: YamlMapping): TextEdit {
  const parts = labels.pairs.map(({ span }) => text.slice(span.start, span.end));
  const margin = lineEndOf(text) + ' '.repeat(columnOf(text, nested.span.start));
  const inside = { start: labels.pairs[0]?.span.start ?? 0, end: labels.pairs.at(-1)?.span.end ?? 0 };
  const newText = selector.style === 'flow' ? text.slice(inside.start, inside.end) : parts.join(margin);
  return { span: nested.span, newText };
}
