import { fieldAt, isUnknownScalar } from '../kubernetes/field.ts';
import { isIpAddress } from '../kubernetes/ipAddress.ts';
import { describeResource } from '../kubernetes/resource.ts';
import { readScalar } from '../kubernetes/scalar.ts';
import type { Service } from '../kubernetes/service.ts';
import { replaceScalar, sourceOf } from '../yaml/edits.ts';
import { resolveAlias, type YamlScalar } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { removeFields } from './support/fields.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';
import { shown } from './support/words.ts';

export const clusterIpInvalid: Rule = {
  id: 'cluster-ip-invalid',
  summary: '`clusterIP` is neither an IP address nor `None`.',
  why:
    'Addresses are allocated before anything is validated, so that the API server refuses the Service over this ' +
    'value and says nothing of its other mistakes; they come to light one by one. It names the field ' +
    '`spec.clusterIPs[0]`, which nobody wrote. Masked addresses get here from published examples. Seen on ' +
    'kube-apiserver 1.36.',
  remedy: 'Leave `clusterIP` out, and the cluster allocates an address; write `None` for a headless Service.',
  links: [
    {
      title: 'Kubernetes: choosing your own IP address',
      url: 'https://kubernetes.io/docs/concepts/services-networking/service/#choosing-your-own-ip-address',
    },
  ],
  messages: {
    address:
      '{field}: {value} is no IP address, so {service} is refused, and its other mistakes stay hidden.\n' +
      'Leave the field out, and the cluster allocates an address.',
    none:
      '{field}: {value} is no IP address; a headless Service is spelt None, with a capital N.\n' +
      'As it stands the API server refuses {service}.',
    related: 'The same here.',
    spell: 'Replace by None',
    remove: 'Remove {fields}: the cluster allocates an address',
  },
  examples: [
    {
      title: 'Masked for publication.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.XX.XX.217
             ^^^^^^^^^^^^ cluster-ip-invalid
  sessionAffinity: ClientIP
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
      title: 'Headless, in the wrong case.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: none
             ^^^^ cluster-ip-invalid
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  ports:
    - port: 80
`,
    },
    {
      title: 'Headless; an address; one to be filled in later.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: None
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: dns
spec:
  clusterIP: "fd00:10:96::a"
  ports:
    - port: 80
---
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  clusterIP: <address>
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      const wrong = addressesOf(service).filter(({ scalar }) => !isAcceptable(scalar));
      const [first, ...others] = wrong;
      if (first === undefined) {
        continue;
      }
      const none = wrong.every(({ scalar }) => scalar.text.toLowerCase() === 'none');
      const fields = ['clusterIP', 'clusterIPs'].filter((key) => fieldAt(service.spec, key).kind === 'present');
      yield {
        rule: clusterIpInvalid,
        message: none ? 'none' : 'address',
        arguments: {
          field: first.field,
          value: shown(sourceOf(manifest.yaml.text, first.scalar)),
          service: describeResource(service.resource),
        },
        certainty: 'refused',
        span: first.scalar.span,
        subject: service.resource,
        related: others.map(({ scalar }) => ({ span: scalar.span, message: 'related', arguments: {} })),
        fixes: none
          ? fixHere(manifest, { title: 'spell', safety: 'safe' }, () =>
              wrong.every(({ editable }) => editable)
                ? wrong.map(({ scalar }) => replaceScalar(service.spec, scalar, { kind: 'word', text: 'None' }))
                : undefined,
            )
          : fixHere(manifest, { title: 'remove', arguments: { fields: listOf(fields) }, safety: 'review' }, () =>
              removeFields(manifest, service.spec, fields),
            ),
      };
    }
  },
};

interface Address {
  readonly field: string;
  readonly scalar: YamlScalar;
  readonly editable: boolean;
}

/** What is written in `clusterIP` and `clusterIPs`; the first item of the list is the same address once more. */
function addressesOf({ spec }: Service): Address[] {
  const single = fieldAt(spec, 'clusterIP');
  const list = fieldAt(spec, 'clusterIPs');
  const items = list.kind === 'present' && list.node.kind === 'sequence' ? list.node.items : [];
  const addresses: Address[] = items.flatMap((item) => {
    const scalar = resolveAlias(item);
    const editable = list.kind === 'present' && list.editable && item.kind === 'scalar';
    return scalar?.kind === 'scalar' ? [{ field: 'clusterIPs', scalar, editable }] : [];
  });
  return single.kind === 'present' && single.node.kind === 'scalar'
    ? [{ field: 'clusterIP', scalar: single.node, editable: single.editable }, ...addresses]
    : addresses;
}

/** Nothing, `None`, an address, or something that is filled in before the API server sees it. */
function isAcceptable(scalar: YamlScalar): boolean {
  const filledIn = isUnknownScalar(scalar) || /^(\$|%.*%$|@.*@$|__.*__$)/.test(scalar.text);
  return filledIn || readScalar(scalar).type === 'null' || /^(None)?$/.test(scalar.text) || isIpAddress(scalar.text);
}
