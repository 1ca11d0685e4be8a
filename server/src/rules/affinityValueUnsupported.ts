import type { ScalarReading } from '../kubernetes/scalar.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { replaceScalar, sourceOf } from '../yaml/edits.ts';
import type { YamlScalar } from '../yaml/nodes.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';

export const affinityValueUnsupported: Rule = {
  id: 'affinity-value-unsupported',
  summary: '`sessionAffinity` has a value other than `ClientIP` and `None`.',
  why:
    'The API server accepts these two words, in exactly this case, and refuses the whole Service for any other ' +
    '(seen on kube-apiserver 1.36). There is no cookie affinity on a Service: cookies belong to the proxy in front of it.',
  remedy: 'Write `ClientIP` to pin clients by their address, or `None`.',
  links: [
    {
      title: 'Kubernetes API: ServiceSpec',
      url: 'https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec',
    },
  ],
  messages: {
    found: 'sessionAffinity: {value} is refused; the API server accepts ClientIP and None only, in this case.',
    notText: 'sessionAffinity takes a word, ClientIP or None; {value} is a {type} to the API server, which refuses it.',
    fix: 'Replace by {meant}',
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
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const affinity = service.sessionAffinity;
      if (affinity.kind === 'value' && !['ClientIP', 'None', ''].includes(affinity.value)) {
        yield {
          ...common(manifest, service, affinity.scalar, meantBy(affinity.value)),
          message: 'found',
          arguments: { value: sourceOf(manifest.yaml.text, affinity.scalar) },
          span: affinity.span,
        };
      } else if (affinity.kind === 'invalid' && affinity.field.node.kind === 'scalar') {
        const scalar = affinity.field.node;
        yield {
          ...common(manifest, service, scalar, meantByOtherType(affinity.found)),
          message: 'notText',
          arguments: { value: sourceOf(manifest.yaml.text, scalar), type: affinity.found?.type ?? 'value' },
          span: affinity.span,
        };
      }
    }
  },
};

function common(
  manifest: Manifest,
  service: Service,
  scalar: YamlScalar,
  guess: { readonly meant: string; readonly safety: Fix['safety'] },
): Pick<Finding, 'rule' | 'certainty' | 'subject' | 'related' | 'fixes'> {
  const { meant, safety } = guess;
  const editable = service.sessionAffinity.kind !== 'value' || service.sessionAffinity.field.editable;
  return {
    rule: affinityValueUnsupported,
    certainty: 'refused',
    subject: service.resource,
    related: [],
    fixes: fixHere(manifest, { title: 'fix', arguments: { meant }, safety }, () =>
      editable ? [replaceScalar(service.spec, scalar, { kind: 'word', text: meant })] : undefined,
    ),
  };
}

/** Only another case of the right word leaves no doubt about what was meant. */
function meantBy(value: string): { readonly meant: string; readonly safety: Fix['safety'] } {
  const folded = value.toLowerCase().replace(/[^a-z]/g, '');
  if (folded === 'none') {
    return { meant: 'None', safety: 'safe' };
  }
  return { meant: 'ClientIP', safety: folded === 'clientip' ? 'safe' : 'review' };
}

function meantByOtherType(found: ScalarReading | undefined): {
  readonly meant: string;
  readonly safety: Fix['safety'];
} {
  return { meant: found?.type === 'boolean' && found.value ? 'ClientIP' : 'None', safety: 'review' };
}
