import { fieldAt, type PresentField } from '../kubernetes/field.ts';
import type { Service } from '../kubernetes/service.ts';
import { touches } from '../text/span.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { sourceOf } from '../yaml/edits.ts';
import { findPair, type YamlScalar } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { findingsWithValues } from './support/chartValues.ts';
import { fixHere } from './support/fixes.ts';
import { SERVICE_SPEC_PAGE } from './support/pages.ts';
import { type MeantWord, meantWord, replaceByWord, shown } from './support/words.ts';

export const affinityValueUnsupported: Rule = {
  id: 'affinity-value-unsupported',
  summary: '`sessionAffinity` has a value other than `ClientIP` and `None`.',
  why:
    'The API server accepts these two words, in exactly this case, and refuses the whole Service for any other ' +
    '(seen on kube-apiserver 1.36). There is no cookie affinity on a Service: cookies belong to the proxy in front ' +
    'of it.',
  remedy: 'Write `ClientIP` to pin clients by their address, or `None`.',
  links: [SERVICE_SPEC_PAGE],
  messages: {
    found: 'sessionAffinity: {value} is refused; the API server accepts ClientIP and None only, in this case.',
    remark:
      'sessionAffinity: {value} is refused: all of it is the value, since only # begins a comment.\n' +
      'The API server accepts ClientIP and None only.',
    lineBreak:
      'The value of sessionAffinity ends with a line break here, so the API server refuses it.\n' +
      'It accepts ClientIP and None only; write the word behind the colon.',
    cookie:
      'sessionAffinity: {value} is refused: a Service pins clients by their address only (ClientIP).\n' +
      'Cookies belong to the proxy in front of it, such as an Ingress controller.',
    otherField:
      'sessionAffinity: {value} is refused: {value} is a value of {field}; here ClientIP or None belongs.\n' +
      'ClientIP pins clients by their address.',
    notText: 'sessionAffinity takes a word, ClientIP or None; {value} is a {type} to the API server, which refuses it.',
    fix: 'Replace by {meant}',
    pin: 'Replace by ClientIP (clients are pinned to a pod by their address)',
    comment: 'Replace by {meant}, and make a comment of the rest',
  },
  examples: [
    {
      title: 'Wrong case.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: clientIP # per client
                   ^^^^^^^^ affinity-value-unsupported
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP # per client
  ports:
    - port: 80
`,
    },
    {
      title: 'To the reader that kubectl uses, `no` is a boolean.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: no
                   ^^ affinity-value-unsupported
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: None
  ports:
    - port: 80
`,
    },
    {
      title: 'Only `#` begins a comment.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP // per client
                   ^^^^^^^^^^^^^^^^^^^^^^ affinity-value-unsupported
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP # per client
  ports:
    - port: 80
`,
    },
    {
      title: 'Asterisks from a page of documentation; to YAML they begin an alias.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: **ClientIP**
                   ^^^^^^^^^^^^ affinity-value-unsupported
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
    {
      title: 'A Service knows no cookies.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: Cookie
                   ^^^^^^ affinity-value-unsupported
  ports:
    - port: 80
`,
    },
    {
      title: 'Nothing and the empty string mean `None`.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ""
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services', 'values'],
  check: (manifest) => findingsWithValues(manifest, (service) => checkService(manifest, service)),
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  const field = fieldAt(service.spec, 'sessionAffinity');
  const affinity = service.sessionAffinity;
  if (affinity.kind === 'value' && !['ClientIP', 'None', ''].includes(affinity.value)) {
    // A value such as `ClientIP` between backticks is no YAML, which another rule says at this very place.
    if (manifest.yaml.problems.some((problem) => touches(affinity.span, problem.span))) {
      return;
    }
    const said = messageFor(affinity.value);
    yield finding(manifest, service, affinity.field, affinity.scalar, said);
  } else if (affinity.kind === 'invalid' && affinity.field.node.kind === 'scalar') {
    const word = affinity.found?.type === 'boolean' && affinity.found.value ? 'ClientIP' : 'None';
    const said = { message: 'notText', meant: { word, safety: 'review' } } as const;
    yield finding(manifest, service, affinity.field, affinity.field.node, said, affinity.found?.type);
  } else if (field.kind === 'unknown') {
    yield* checkAsterisks(manifest, service);
  }
}

/** What is said of a value, and what it was meant to be. */
interface Said {
  readonly message: 'found' | 'remark' | 'lineBreak' | 'cookie' | 'otherField' | 'notText';
  readonly meant: MeantWord;
  readonly field?: string;
}

const OTHER_FIELDS: ReadonlyMap<string, string> = new Map([
  ['clusterip', 'type'],
  ['nodeport', 'type'],
  ['loadbalancer', 'type'],
  ['externalname', 'type'],
  ['cluster', 'externalTrafficPolicy'],
  ['local', 'externalTrafficPolicy'],
]);

const PIN: MeantWord = { word: 'ClientIP', safety: 'review' };

function messageFor(value: string): Said {
  const folded = value.trim().toLowerCase();
  const field = OTHER_FIELDS.get(folded);
  if (field !== undefined) {
    return { message: 'otherField', meant: PIN, field };
  }
  if (/cookie/.test(folded)) {
    return { message: 'cookie', meant: PIN };
  }
  const meant = meantWord(value, ['ClientIP', 'None']) ?? PIN;
  if (meant.remark !== undefined) {
    return { message: 'remark', meant };
  }
  return { message: /^(ClientIP|None)\n+$/.test(value) ? 'lineBreak' : 'found', meant };
}

function finding(
  manifest: Manifest,
  service: Service,
  field: PresentField,
  scalar: YamlScalar,
  { message, meant, field: otherField = '' }: Said,
  type = 'value',
): Finding {
  const { word, safety, remark } = meant;
  const keepsRemark = remark !== undefined && service.spec.style === 'block';
  const title = keepsRemark ? 'comment' : word === 'ClientIP' && safety === 'review' ? 'pin' : 'fix';
  return {
    rule: affinityValueUnsupported,
    message,
    arguments: { value: shown(sourceOf(manifest.yaml.text, scalar)), type, field: otherField },
    certainty: 'refused',
    span: message === 'lineBreak' ? field.pair.key.span : field.pair.value.span,
    subject: service.resource,
    related: [],
    fixes: fixHere(manifest, { title, arguments: { meant: word }, safety }, () =>
      field.editable ? [replaceByWord(service.spec, scalar, meant)] : undefined,
    ),
  };
}

/** `**ClientIP**` is an alias to YAML, of an anchor that nobody sets. */
function* checkAsterisks(manifest: Manifest, service: Service): Iterable<Finding> {
  const found = findPair(service.spec, 'sessionAffinity');
  if (found === undefined || found.inherited || found.pair.conditional || found.pair.value.kind !== 'alias') {
    return;
  }
  const { span, target } = found.pair.value;
  const source = manifest.yaml.text.slice(span.start, span.end);
  const word = ['ClientIP', 'None'].find((candidate) => source.replaceAll('*', '') === candidate);
  if (target !== undefined || word === undefined) {
    return;
  }
  yield {
    rule: affinityValueUnsupported,
    message: 'found',
    arguments: { value: source },
    certainty: 'refused',
    span,
    subject: service.resource,
    related: [],
    fixes: fixHere(manifest, { title: 'fix', arguments: { meant: word }, safety: 'safe' }, () => [
      { span, newText: word },
    ]),
  };
}
