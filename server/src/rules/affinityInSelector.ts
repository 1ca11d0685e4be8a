import { fieldAt } from '../kubernetes/field.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Service } from '../kubernetes/service.ts';
import type { Manifest } from '../workspace/manifest.ts';
import { keyText } from '../yaml/nodes.ts';
import type { Finding, Rule } from './rule.ts';
import { moveAffinityIntoSpec } from './support/affinityFields.ts';
import { fixHere } from './support/fixes.ts';
import { SESSION_AFFINITY_PAGE } from './support/pages.ts';
import { affinityInSelectorPairs, isLabel } from './support/selector.ts';

export const affinityInSelector: Rule = {
  id: 'affinity-in-selector',
  summary: 'Affinity fields stand under `selector`, where they are labels that pods must carry.',
  why:
    'A selector is a map of labels. With strings for values the API server accepts it: the Service then selects only ' +
    'pods that carry the label `sessionAffinity`, normally none, and its affinity stays `None`. With a number or a ' +
    'nested mapping it is refused. Both were seen on kube-apiserver 1.36. The vendor’s page that this project starts ' +
    'from prints its Service in this way.',
  remedy: 'Write `sessionAffinity` and `sessionAffinityConfig` beside `selector`, directly under `spec`.',
  links: [SESSION_AFFINITY_PAGE],
  messages: {
    selectsNothing:
      '{key} is a label here: {service} selects only pods that carry it, normally none, and has no affinity.\n' +
      'It belongs beside selector, directly under spec.',
    refused:
      '{key} stands under selector, which takes strings only; the API server refuses {service}.\n' +
      'It belongs beside selector, directly under spec.',
    fix: 'Move the affinity fields out of selector into spec',
  },
  readsStructure: true,
  examples: [
    {
      title: 'As the vendor’s page prints it: one level too deep, and without the nesting.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: session1
spec:
  selector:
    app: nginx
    sessionAffinity: ClientIP  # per client
    ^^^^^^^^^^^^^^^ affinity-in-selector
    sessionAffinityConfig:
    clientIP:
    timeoutSeconds: 10800
  ports:
  - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: session1
spec:
  selector:
    app: nginx
  sessionAffinity: ClientIP  # per client
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: 10800
  ports:
  - port: 80
`,
    },
    {
      title: 'Accepted by the API server, and the Service has no endpoints.',
      bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web, sessionAffinity: ClientIP}
                       ^^^^^^^^^^^^^^^ affinity-in-selector
  ports:
    - port: 80
`,
      fixed: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
    {
      title: 'Beside the selector.',
      good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  sessionAffinity: ClientIP
  ports:
    - port: 80
`,
    },
  ],
  judges: ['services'],
  *check(manifest): Iterable<Finding> {
    for (const service of manifest.services) {
      yield* checkService(manifest, service);
    }
  },
};

function* checkService(manifest: Manifest, service: Service): Iterable<Finding> {
  const selector = fieldAt(service.spec, 'selector');
  if (selector.kind !== 'present' || selector.node.kind !== 'mapping') {
    return;
  }
  const mapping = selector.node;
  const pairs = affinityInSelectorPairs(mapping);
  const first = pairs[0];
  if (first === undefined) {
    return;
  }
  const owner = { mapping: service.spec, pair: selector.pair };
  yield {
    rule: affinityInSelector,
    message: pairs.every(isLabel) ? 'selectsNothing' : 'refused',
    arguments: { key: keyText(first) ?? '', service: describeResource(service.resource) },
    certainty: pairs.every(isLabel) ? 'ineffective' : 'refused',
    span: first.key.span,
    subject: service.resource,
    related: [],
    fixes: fixHere(manifest, { title: 'fix', safety: pairs.every(isLabel) ? 'review' : 'safe' }, () => {
      const moved = selector.editable
        ? moveAffinityIntoSpec({ manifest, misplaced: { mapping, pairs, owner } }, { manifest, service })
        : undefined;
      return moved === undefined ? undefined : [...moved.removal, ...moved.insertion];
    }),
  };
}
