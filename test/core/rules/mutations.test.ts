import assert from 'node:assert/strict';
import { mendAll, rulesIn } from '../../support/analysis.ts';

/**
 * Valid Services in every layout in which people write them, each broken in one way after the other: exactly the one
 * rule must fire, and its first fix must give back the Service byte for byte, comments and all.
 */

const ANNOTATION = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout';
const SCHEDULER = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-scheduler';

const BLOCK = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    # The node is kept for an hour.
    ${ANNOTATION}: "3600" # an hour
    ${SCHEDULER}: "wrr"
spec:
  # A balancer in front.
  type: LoadBalancer # billed
  externalTrafficPolicy: Local # keeps the address
  selector:
    # The pods.
    app: web # all of them
    tier: front
  # Clients stay.
  sessionAffinity: ClientIP # by address
  sessionAffinityConfig: # for how long
    clientIP: # the only kind
      # As long as the node.
      timeoutSeconds: 3600 # an hour
  ports:
  - name: http
    port: 80 # plain
`;

const OBJECT = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', annotations: { [ANNOTATION]: '3600', [SCHEDULER]: 'wrr' } },
  spec: {
    type: 'LoadBalancer',
    externalTrafficPolicy: 'Local',
    selector: { app: 'web', tier: 'front' },
    sessionAffinity: 'ClientIP',
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 3600 } },
    ports: [{ name: 'http', port: 80 }],
  },
};

const OTHER = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: other\ndata:\n  a: |\n    b: ClientIP\n';

const indented = (text: string, by: string): string => text.replace(/^(?=.)/gm, by);

const LAYOUTS: Readonly<Record<string, string>> = {
  'two blanks': BLOCK,
  'four blanks': BLOCK.replace(/^( *)/gm, '$1$1').replace(/^( *)- /gm, '$1-   '),
  'an indented list': BLOCK.replace('  - name: http\n    port', '    - name: http\n      port'),
  CRLF: BLOCK.replaceAll('\n', '\r\n'),
  'no final line end': BLOCK.trimEnd(),
  'a byte order mark': `\ufeff${BLOCK}`,
  'quoted keys': BLOCK.replace(/^( *(?:- )?)([A-Za-z][\w./-]*):/gm, '$1"$2":'),
  'a later document': `${OTHER}---\n${BLOCK}`,
  'an earlier document': `${BLOCK}---\n${OTHER}`,
  'an item of a List': `apiVersion: v1\nkind: List\nitems:\n- ${indented(BLOCK, '  ').trimStart()}`,
  'a deeper item of a List': `apiVersion: v1\nkind: List\nitems:\n  - ${indented(BLOCK, '    ').trimStart()}`,
  'anchors elsewhere': BLOCK.replace('selector:', 'selector: &labels').replace('name: web\n', 'name: &name web\n'),
  'flow style inside': BLOCK.replace(
    /sessionAffinityConfig:[\s\S]*?timeoutSeconds: 3600 # an hour\n/,
    'sessionAffinityConfig: {clientIP: {timeoutSeconds: 3600}} # for how long\n',
  ),
  'spread JSON': `${JSON.stringify(OBJECT, undefined, 2)}\n`,
  'JSON with tabs': `${JSON.stringify(OBJECT, undefined, '\t')}\n`,
  'compact JSON': JSON.stringify(OBJECT),
};

interface Mutation {
  readonly rule: string;
  /** The broken text; the text itself where the layout has nothing to break in this way. */
  apply(text: string): string;
}

const replaced =
  (pattern: RegExp, by: string) =>
  (text: string): string =>
    text.replace(pattern, by);

/** The lines of the affinity, moved to the end of the selector and in by one level; in block style only. */
function intoSelector(text: string): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(eol);
  const first = lines.findIndex((line) => /^ *# Clients stay/.test(line));
  const last = lines.findIndex((line) => /^ *"?timeoutSeconds/.test(line));
  const app = lines.find((line) => /^ *"?app"?:/.test(line));
  if (first === -1 || last === -1 || app === undefined) {
    return text;
  }
  const column = (line: string | undefined): number => line?.search(/\S/) ?? 0;
  const by = ' '.repeat(column(app) - column(lines[first]));
  return lines.map((line, index) => (index >= first && index <= last ? by + line : line)).join(eol);
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'the value in another case': { rule: 'affinity-value-unsupported', apply: replaced(/(?<!b: )ClientIP/, 'clientip') },
  'the key in another case': {
    rule: 'affinity-key-misspelt',
    apply: replaced(/sessionAffinity(?="?:)/, 'sessionaffinity'),
  },
  'the config misspelt': {
    rule: 'affinity-key-misspelt',
    apply: replaced(/sessionAffinityConfig/, 'sessionAffintyConfig'),
  },
  'clientIP in another case': { rule: 'affinity-key-misspelt', apply: replaced(/clientIP(?="?:)/, 'clientIp') },
  'the timeout without its unit': { rule: 'affinity-key-misspelt', apply: replaced(/timeoutSeconds/, 'timeout') },
  'the timeout with a unit': {
    rule: 'affinity-timeout-invalid',
    apply: (text) => text.replace(/(timeoutSeconds"?: ?)3600/, text.trimStart().startsWith('{') ? '$1"1h"' : '$11h'),
  },
  'the timeout as text': { rule: 'affinity-timeout-invalid', apply: replaced(/(timeoutSeconds"?: ?)3600/, '$1"3600"') },
  'the balancer’s time too long': { rule: 'annotation-value-invalid', apply: replaced(/"3600"/, '"7200"') },
  'the balancer’s time with a unit': { rule: 'annotation-value-invalid', apply: replaced(/"3600"/, '"3600s"') },
  'the annotation as a number': { rule: 'value-not-a-string', apply: replaced(/"3600"/, '3600') },
  'the times apart': { rule: 'timeouts-disagree', apply: replaced(/(timeoutSeconds"?: ?)3600/, '$17200') },
  'the type in another case': { rule: 'service-value-unsupported', apply: replaced(/LoadBalancer/, 'Loadbalancer') },
  'the policy in another case': { rule: 'service-value-unsupported', apply: replaced(/Local/, 'local') },
  'the wrong type': { rule: 'service-type-contradiction', apply: replaced(/LoadBalancer/, 'ClusterIP') },
  'affinity in the selector': { rule: 'affinity-in-selector', apply: intoSelector },
  'a key written twice': {
    rule: 'duplicate-key',
    apply: replaced(/^( *)(("?)externalTrafficPolicy"?: )Local/m, '$1$2Cluster\n$1$2Local'),
  },
  'a pasted indentation': { rule: 'pasted-characters', apply: replaced(/^ (?= *"?kind|.*"?spec"?:)/m, '\u00a0') },
  'a pasted space behind the value': {
    rule: 'pasted-characters',
    apply: replaced(/(?<!b: )ClientIP (?=#)/, 'ClientIP\u00a0'),
  },
  'typographic quotes': { rule: 'pasted-characters', apply: replaced(/"3600"/, '“3600”') },
  'a full-width colon': { rule: 'pasted-characters', apply: replaced(/(externalTrafficPolicy"?): /, '$1：') },
};

describe('a valid Service', () => {
  for (const [layout, text] of Object.entries(LAYOUTS)) {
    it(`has no finding: ${layout}`, () => assert.deepEqual(rulesIn(text), []));
  }
});

describe('a Service that is broken in one way', () => {
  let applied = 0;
  for (const [name, { rule, apply }] of Object.entries(MUTATIONS)) {
    for (const [layout, valid] of Object.entries(LAYOUTS)) {
      const broken = apply(valid);
      if (broken !== valid) {
        applied++;
        it(`is mended byte for byte: ${name}, ${layout}`, () => {
          assert.deepEqual(rulesIn(broken), [rule], broken);
          assert.equal(mendAll(broken), valid);
        });
      }
    }
  }
  it('was broken in every way, and in most layouts', () => {
    assert(applied > 250, String(applied));
  });
});
