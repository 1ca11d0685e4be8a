import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Completion, plainText, snippetText } from '../../../server/src/features/completion/insertion.ts';
import { completionsAt } from '../../../server/src/features/completion.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { expandSnippet } from '../../snippets/expand.ts';
import { analyze, rulesIn, URI } from '../../support/analysis.ts';
import { readCursor } from '../../support/cursor.ts';

const CLB = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const HEAD = 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n';
const PORTS = '  ports:\n    - port: 80\n';

function service(spec: string): string {
  return `${HEAD}spec:\n${spec}`;
}

function annotated(annotations: string, spec = `  type: LoadBalancer\n${PORTS}`): string {
  return `${HEAD}  annotations:\n${annotations}spec:\n${spec}`;
}

/** What an editor would show at the cursor: what is offered and fits the text that is being typed. */
function offered(marked: string, uri = URI): Completion[] {
  const { text, offset } = readCursor(marked);
  return completionsAt(analyze(text, uri).snapshot(), uri, offset).filter(({ span, filter }) => {
    assert(span.start <= offset && offset <= span.end, 'the cursor stands in what is replaced');
    assert(!text.slice(span.start, span.end).includes('\n'), 'what is replaced is on one line');
    return isSubsequence(text.slice(span.start, offset).toLowerCase(), filter.toLowerCase());
  });
}

function isSubsequence(short: string, long: string): boolean {
  let at = 0;
  for (const letter of short) {
    at = long.indexOf(letter, at) + 1;
    if (at === 0) {
      return false;
    }
  }
  return true;
}

function labels(marked: string, uri = URI): string[] {
  return offered(marked, uri).map(({ label }) => label);
}

/** The text after a suggestion was taken and left as it is. */
function accept(marked: string, label: string, uri = URI): string {
  const found = offered(marked, uri).find((completion) => completion.label === label);
  assert(found !== undefined, `${label} is not among ${labels(marked, uri).join(', ') || 'nothing'} in ${marked}`);
  assert.equal(expandSnippet(snippetText(found.insertion)), plainText(found.insertion));
  return applyEdits(readCursor(marked).text, [{ span: found.span, newText: plainText(found.insertion) }]);
}

/** The same, and the engine has nothing to say about what came out. */
function acceptCleanly(marked: string, label: string): string {
  const text = accept(marked, label);
  assert.deepEqual(rulesIn(text), [], text);
  return text;
}

describe('completing the fields of a Service', () => {
  it('offers what is missing, affinity first', () => {
    assert.deepEqual(labels(service(`  <|>\n  type: ClusterIP\n${PORTS}`)), [
      'sessionAffinity',
      'sessionAffinityConfig',
    ]);
    assert.deepEqual(labels(service(`  sess<|>\n  type: NodePort\n${PORTS}`)), [
      'sessionAffinity',
      'sessionAffinityConfig',
    ]);
    assert.deepEqual(labels(service(`  type: NodePort\n${PORTS}  <|>`)), [
      'sessionAffinity',
      'sessionAffinityConfig',
      'externalTrafficPolicy',
    ]);
    assert.deepEqual(labels(service(`  sessionAffinity: ClientIP\n${PORTS}  <|>`)), ['sessionAffinityConfig']);
    assert.deepEqual(labels(service(`  sessionAffinityConfig:\n    clientIP: {}\n${PORTS}  <|>`)), ['sessionAffinity']);
  });

  it('offers nothing that would be refused or without effect', () => {
    assert.deepEqual(labels(service(`  clusterIP: None\n${PORTS}  <|>`)), []);
    assert.deepEqual(labels(service('  type: ExternalName\n  externalName: example.com\n  <|>')), []);
    assert.deepEqual(labels(service(`  sessionAffinity: None\n${PORTS}  <|>`)), []);
    assert.deepEqual(labels(service(`  externalIPs: [192.0.2.1]\n${PORTS}  ext<|>`)), ['externalTrafficPolicy']);
  });

  it('nests what it inserts in the indentation of the document', () => {
    assert.equal(
      acceptCleanly(service(`${PORTS}  sessionAffinity: ClientIP\n  sess<|>\n`), 'sessionAffinityConfig'),
      service(
        `${PORTS}  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 10800\n`,
      ),
    );
    const wide = 'apiVersion: v1\nkind: Service\nmetadata:\n    name: web\nspec:\n    ports:\n    -   port: 80\n';
    assert.equal(
      acceptCleanly(`${wide}    sess<|>`, 'sessionAffinityConfig'),
      `${wide}    sessionAffinity: ClientIP\n    sessionAffinityConfig:\n        clientIP:\n` +
        '            timeoutSeconds: 10800',
    );
  });

  it('inserts both lines where both are missing', () => {
    assert.equal(
      acceptCleanly(service(`  sessionAffinityC<|>\n${PORTS}`), 'sessionAffinityConfig'),
      service(
        `  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 10800\n${PORTS}`,
      ),
    );
  });

  it('offers what belongs under sessionAffinityConfig and clientIP', () => {
    const config = `${PORTS}  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n`;
    assert.equal(
      acceptCleanly(service(`${config}    <|>\n`), 'clientIP'),
      service(`${config}    clientIP:\n      timeoutSeconds: 10800\n`),
    );
    assert.equal(
      acceptCleanly(service(`${config}    clientIP:\n      time<|>\n`), 'timeoutSeconds'),
      service(`${config}    clientIP:\n      timeoutSeconds: 10800\n`),
    );
    assert.deepEqual(labels(service(`${config}    clientIP:\n      timeoutSeconds: 5\n      <|>\n`)), []);
  });

  it('takes the time of the load balancer where it states one', () => {
    const text = acceptCleanly(
      annotated(`    ${CLB}persistence-timeout: "1800"\n`, `  type: LoadBalancer\n${PORTS}  sess<|>`),
      'sessionAffinityConfig',
    );
    assert.match(text, /timeoutSeconds: 1800$/);
  });

  it('changes the name of a key and nothing else', () => {
    assert.equal(
      accept(service(`  sessionAff<|>nity: ClientIP\n${PORTS}`), 'sessionAffinity'),
      service(`  sessionAffinity: ClientIP\n${PORTS}`),
    );
  });

  it('offers values, and those alone that the Service can have', () => {
    assert.deepEqual(labels(service(`  sessionAffinity: <|>\n${PORTS}`)), ['ClientIP', 'None']);
    assert.deepEqual(labels(service(`  sessionAffinity: Cl<|>\n${PORTS}`)), ['ClientIP']);
    assert.deepEqual(labels(service(`  type: <|>\n${PORTS}`)), [
      'LoadBalancer',
      'NodePort',
      'ClusterIP',
      'ExternalName',
    ]);
    assert.deepEqual(labels(service(`  type: NodePort\n  externalTrafficPolicy: <|>\n${PORTS}`)), ['Local', 'Cluster']);
    assert.deepEqual(labels(service(`  type: ClusterIP\n  externalTrafficPolicy: <|>\n${PORTS}`)), []);
    assert.deepEqual(labels(service(`  internalTrafficPolicy: <|>\n${PORTS}`)), ['Cluster', 'Local']);
    assert.deepEqual(labels(service(`  clusterIP: None\n  sessionAffinity: <|>\n${PORTS}`)), ['None']);
    const timeout = service(
      `  sessionAffinity: ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: <|>}}\n${PORTS}`,
    );
    assert.deepEqual(labels(timeout), ['1800', '600', '3600', '10800', '86400']);
    assert.match(acceptCleanly(timeout, '86400'), /timeoutSeconds: 86400\}\}/);
  });

  it('writes values as the document writes its own', () => {
    assert.match(accept(service(`  sessionAffinity:<|>\n${PORTS}`), 'ClientIP'), /^ {2}sessionAffinity: ClientIP$/m);
    assert.match(
      accept(service(`  sessionAffinity: "<|>"\n${PORTS}`), 'ClientIP'),
      /^ {2}sessionAffinity: "ClientIP"$/m,
    );
    assert.match(
      accept(service(`  sessionAffinity: "Cl<|>\n${PORTS}`), 'ClientIP'),
      /^ {2}sessionAffinity: "ClientIP"$/m,
    );
    assert.match(
      accept(service(`  sessionAffinity: 'Clie<|>nt'\n${PORTS}`), 'ClientIP'),
      /^ {2}sessionAffinity: 'ClientIP'$/m,
    );
    assert.match(
      accept(service(`  sessionAffinity: <|> # stays\n${PORTS}`), 'ClientIP'),
      /^ {2}sessionAffinity: ClientIP # stays$/m,
    );
    assert.match(
      accept(service(`  type: 'ClusterIP'\n  sess<|>\n${PORTS}`), 'sessionAffinity'),
      /sessionAffinity: 'ClientIP'/,
    );
    const inQuotes = '  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: "<|>"\n';
    assert.deepEqual(labels(service(`  sessionAffinity: ClientIP\n${inQuotes}${PORTS}`)), []);
  });

  it('writes in braces and in JSON', () => {
    const flow = (spec: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: ${spec}\n`;
    assert.equal(
      acceptCleanly(flow('{ports: [{port: 80}], sess<|>}'), 'sessionAffinityConfig'),
      flow(
        '{ports: [{port: 80}], sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 10800}}}',
      ),
    );
    assert.equal(
      acceptCleanly(flow('{<|> ports: [{port: 80}]}').replace('<|> ', '<|>, '), 'sessionAffinity'),
      flow('{sessionAffinity: ClientIP, ports: [{port: 80}]}'),
    );
    assert.equal(
      acceptCleanly(flow('{ports: [{port: 80}], sessionAffinity: <|>}'), 'ClientIP'),
      flow('{ports: [{port: 80}], sessionAffinity: ClientIP}'),
    );
    const json = (inside: string): string =>
      `{\n  "apiVersion": "v1",\n  "kind": "Service",\n  "metadata": {"name": "web"},\n` +
      `  "spec": {\n${inside}\n  }\n}\n`;
    assert.equal(
      acceptCleanly(json('    "ports": [{"port": 80}],\n    "sess<|>"'), 'sessionAffinityConfig'),
      json(
        '    "ports": [{"port": 80}],\n    "sessionAffinity": "ClientIP",\n    "sessionAffinityConfig": {\n' +
          '      "clientIP": {\n        "timeoutSeconds": 10800\n      }\n    }',
      ),
    );
    assert.equal(
      acceptCleanly(json('    <|>\n    "ports": [{"port": 80}]'), 'sessionAffinity'),
      json('    "sessionAffinity": "ClientIP",\n    "ports": [{"port": 80}]'),
    );
    assert.equal(
      acceptCleanly(json('    "sessionAffinity": "<|>",\n    "ports": [{"port": 80}]'), 'ClientIP'),
      json('    "sessionAffinity": "ClientIP",\n    "ports": [{"port": 80}]'),
    );
    assert.equal(accept(json('    <|>'), 'sessionAffinity'), json('    "sessionAffinity": "ClientIP"'));
    assert.deepEqual(labels(json('    "ports": [{"port": 80}]\n    "sess<|>"')), [], 'a comma is missing');
  });

  it('works on text that is broken elsewhere', () => {
    assert.deepEqual(labels(service(`  typ\n  sess<|>\n${PORTS}`)), ['sessionAffinity', 'sessionAffinityConfig']);
    assert.deepEqual(labels(service(`  sess<|>\n${PORTS}  exter\n`)), ['sessionAffinity', 'sessionAffinityConfig']);
    assert.deepEqual(labels(service(`  sessionAffinity: Cl<|>\n  exter\n${PORTS}`)), ['ClientIP']);
    assert.deepEqual(labels(service(`${PORTS}  selector: {app: web\n  sess<|>\n`)), []);
    assert.deepEqual(labels(service(`  sess<|>\n${PORTS}  selector: {app: web\n`)), [
      'sessionAffinity',
      'sessionAffinityConfig',
    ]);
    assert.deepEqual(labels(service('  <|>')), ['sessionAffinity', 'sessionAffinityConfig', 'externalTrafficPolicy']);
  });

  it('keeps line ends, pasted text and the place in a list', () => {
    const crlf = service(`${PORTS}  sess<|>\n`).replaceAll('\n', '\r\n');
    assert.match(
      acceptCleanly(crlf, 'sessionAffinityConfig'),
      /ClientIP\r\n {2}sessionAffinityConfig:\r\n {4}clientIP:\r\n/,
    );
    const item = service(`${PORTS}  sess<|>`).replace(/^/gm, '    ').replace('    a', '  - a');
    const list = `a: 1\n---\napiVersion: v1\nkind: List\nitems:\n${item}\n`;
    assert.match(
      acceptCleanly(list, 'sessionAffinityConfig'),
      /\n {6}sessionAffinityConfig:\n {8}clientIP:\n {10}timeout/,
    );
    assert.match(
      accept(service(`\u00a0 sess<|>\n\u00a0 type: NodePort\n`), 'sessionAffinity'),
      /\n\u00a0 sessionAffinity: ClientIP\n/,
    );
  });

  it('works in a template, but not in its expressions', () => {
    assert.deepEqual(labels(service(`  {{- if .Values.sticky }}\n  sessionAffinity: <|>\n  {{- end }}\n${PORTS}`)), [
      'ClientIP',
      'None',
    ]);
    assert.deepEqual(labels(service(`  sessionAffinity: {{ .Val<|>ues.affinity }}\n${PORTS}`)), []);
    assert.deepEqual(labels(service(`  sessionAffinity: {{ .Val<|>\n${PORTS}`)), []);
    assert.deepEqual(labels(service(`  {{- if .Values.sticky<|> }}\n  {{- end }}\n${PORTS}`)), []);
  });

  it('completes a chart’s values under a key that names a Service', () => {
    const uri = 'file:///chart/values.yaml';
    assert.deepEqual(labels('web:\n  service:\n    type: LoadBalancer\n    sess<|>\n', uri), [
      'sessionAffinity',
      'sessionAffinityConfig',
    ]);
    assert.deepEqual(labels('service:\n  sessionAffinity: <|>\n', uri), ['ClientIP', 'None']);
    assert.deepEqual(labels('service:\n  annotations:\n    persi<|>\n', uri), ['persistence-timeout']);
    assert.deepEqual(labels('server:\n  sess<|>\n', uri), []);
  });

  it('offers nothing anywhere else', () => {
    for (const marked of [
      `sess<|>\n${service(PORTS)}`,
      service(`  selector:\n    sess<|>\n${PORTS}`),
      service('  ports:\n    - port: 80\n      sess<|>\n'),
      service(`${PORTS}  # spec: sess<|>\n`),
      service(`${PORTS}  sessionAffinity: ClientIP # Cl<|>\n`),
      service(`${PORTS}  sessionAffinity: ClientIP <|>\n`),
      service(`${PORTS}  <|>selector: {}\n`),
      service(`${PORTS}  sessionAffinity: "ClientIP"<|>\n`),
      service(`${PORTS}  sessionAffinity: not a Cl<|>\n`),
      service(`${PORTS}    sess<|>\n`),
      service('  type: ClusterIP\n    sess<|>\n'),
      service(`${PORTS}  sessionAffinityConfig: <|>\n    clientIP: {}\n`),
      service(`${PORTS}  loadBalancerClass: |\n    sess<|>\n`),
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n${service('  sess<|>\n').replace(/^(?=.)/gm, '    ')}`,
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  sess<|>\n',
      'apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  sess<|>\n',
      'kind: Service\nspec:\n  sess<|>\n',
      '<|>',
      'sess<|>',
    ]) {
      assert.deepEqual(labels(marked), [], marked);
    }
  });
});

describe('completing the annotations of a load balancer', () => {
  it('offers them for a part of their name, with the whole key and a quoted value', () => {
    assert.deepEqual(labels(annotated('    persi<|>\n')), ['persistence-timeout']);
    assert.equal(
      acceptCleanly(annotated('    persi<|>\n'), 'persistence-timeout'),
      annotated(`    ${CLB}persistence-timeout: "1800"\n`),
    );
    const sticky = offered(annotated('    sticky<|>\n')).map(({ label, detail }) => `${label}: ${detail}`);
    assert(sticky.includes('sticky-session: Alibaba Cloud CLB; only HTTP and HTTPS listeners'), sticky.join('\n'));
    assert(
      sticky.some((line) => line.endsWith(': Scaleway')),
      'no cloud is in use yet',
    );
    assert.deepEqual(labels(annotated(`    ${CLB}pe<|>\n`)), ['persistence-timeout']);
  });

  it('offers them for a part of the prefix, unless other products’ annotations are meant', () => {
    assert(labels(annotated('    service.beta<|>\n')).includes('persistence-timeout'));
    const aws = '    service.beta.kubernetes.io/aws-load-balancer-type: nlb\n';
    assert.deepEqual(labels(annotated(`${aws}    service.beta<|>\n`)), ['target-group-attributes']);
    assert.deepEqual(labels(annotated(`${aws}    <|>\n`)), ['target-group-attributes']);
    assert.deepEqual(labels(annotated('    <|>\n')), []);
    assert.deepEqual(
      labels(annotated('    persi<|>\n', `  type: LoadBalancer\n  loadBalancerClass: example.com/lb\n${PORTS}`)),
      [],
    );
  });

  it('offers all that are missing where one is there, those for the listeners first', () => {
    const tcp = labels(annotated(`    ${CLB}scheduler: "wrr"\n    <|>\n`));
    assert.equal(tcp[0], 'persistence-timeout');
    assert(!tcp.includes('scheduler'));
    const http = annotated(`    ${CLB}protocol-port: "http:80"\n    <|>\n`);
    assert.equal(labels(http)[0], 'cookie-timeout');
    assert.equal(labels(http).at(-1), 'persistence-timeout');
    assert.match(offered(http).at(-1)?.detail ?? '', /only TCP listeners/);
  });

  it('works before anything of the spec is written', () => {
    assert.deepEqual(labels(`${HEAD}  annotations:\n    persis<|>`), ['persistence-timeout']);
  });

  it('takes the time of kube-proxy where CLB can remember as long', () => {
    const config = '  sessionAffinityConfig: {clientIP: {timeoutSeconds: 900}}\n';
    const spec = `  type: LoadBalancer\n  sessionAffinity: ClientIP\n${config}${PORTS}`;
    assert.match(acceptCleanly(annotated('    persi<|>\n', spec), 'persistence-timeout'), /persistence-timeout: "900"/);
  });

  it('quotes values as their neighbours do', () => {
    assert.match(
      accept(annotated(`    example.com/a: 'b'\n    ${CLB}sticky-session: <|>\n`), 'on'),
      /sticky-session: 'on'\n/,
    );
    assert.match(accept(annotated(`    ${CLB}sticky-session: o<|>\n`), 'off'), /sticky-session: "off"\n/);
    assert.match(accept(annotated(`    ${CLB}sticky-session: "o<|>"\n`), 'off'), /sticky-session: "off"\n/);
    assert.match(accept(annotated(`    ${CLB}sticky-session: '<|>\n`), 'on'), /sticky-session: 'on'\n/);
    assert.deepEqual(labels(annotated(`    ${CLB}sticky-session-type: <|>\n`)), ['insert', 'server']);
    assert.deepEqual(labels(annotated(`    ${CLB}scheduler: <|>\n`)), ['wrr', 'rr', 'sch', 'tch']);
    assert.deepEqual(labels(annotated(`    service.beta.kubernetes.io/backend-type: "<|>"\n`)), ['eni', 'ecs']);
  });

  it('knows the ports of the Service, and the schedulers of its listeners', () => {
    const two = '  type: LoadBalancer\n  ports:\n    - {name: a, port: 80}\n    - {name: b, port: 443}\n';
    assert.deepEqual(labels(annotated(`    ${CLB}protocol-port: "<|>"\n`, two)), [
      'http:80',
      'https:80',
      'https:443',
      'http:443',
    ]);
    assert.match(
      accept(annotated(`    ${CLB}protocol-port: "http:80,<|>"\n`, two), 'http:80,https:443'),
      /"http:80,https:443"/,
    );
    const http = annotated(`    ${CLB}protocol-port: "http:80"\n    ${CLB}scheduler: <|>\n`);
    assert.deepEqual(labels(http), ['wrr', 'rr']);
  });

  it('leaves the annotations of other objects alone', () => {
    const annotations = `metadata:\n  annotations:\n    ${CLB}persi<|>\n`;
    assert.deepEqual(labels(`apiVersion: apps/v1\nkind: Deployment\n${annotations}`), []);
  });
});

describe('completing a project file', () => {
  const FILE = 'file:///workspace/.session-persistence.yaml';

  it('offers its keys, the ids of rules and severities', () => {
    assert.deepEqual(labels('<|>', FILE), ['rules', 'kubernetesVersion', 'controllers', 'productVersions', 'ignore']);
    assert.deepEqual(labels('kubernetesVersion: "1.31"\nrul<|>', FILE), ['rules']);
    assert.equal(accept('r<|>\n', 'rules', FILE), 'rules:\n  \n');
    assert.equal(
      accept('rules:\n  affinity-in<|>\n', 'affinity-in-selector', FILE),
      'rules:\n  affinity-in-selector: off\n',
    );
    assert(!labels('rules:\n  affinity-in-selector: off\n  <|>\n', FILE).includes('affinity-in-selector'));
    assert.equal(accept('rules:\n  affinity-in-selector: <|>', 'hint', FILE), 'rules:\n  affinity-in-selector: hint');
    assert.deepEqual(labels('ignore:\n  - <|>', FILE), []);
  });

  it('offers them in no other file', () => {
    assert.deepEqual(labels('<|>'), []);
    assert.deepEqual(labels('rules:\n  aff<|>\n'), []);
  });
});

describe('completing a comment that hides findings', () => {
  const broken = (comment: string): string => `${HEAD}spec:\n  ${comment}\n  sessionAffinity: clientIP\n${PORTS}`;

  it('offers the ids of rules, those that found something first', () => {
    const ids = labels(broken('# session-persistence-ignore-next-line <|>'));
    assert.equal(ids[0], 'affinity-value-unsupported');
    assert.equal(ids.length, RULES.length - 2, 'all but those that no comment can hide');
    assert.match(
      accept(broken('# session-persistence-ignore-file affinity-in-selector, aff<|>'), 'affinity-value-unsupported'),
      /ignore-file affinity-in-selector, affinity-value-unsupported\n/,
    );
  });

  it('offers the words with which it begins', () => {
    assert.match(accept(broken('# session<|>'), 'ignore-next-line'), /\n {2}# session-persistence-ignore-next-line \n/);
    assert.deepEqual(labels(broken('# session-persistence-<|>')).length, 3);
  });

  it('leaves the reason and all other comments alone', () => {
    assert.deepEqual(labels(broken('# session-persistence-ignore-next-line affinity-in-selector -- a<|>')), []);
    assert.deepEqual(labels(broken('# session-persistence-ignore-next-line affinity-in-selector a<|>')), []);
    assert.deepEqual(labels(broken('# the aff<|>')), []);
    assert.deepEqual(labels(broken('# s<|>')), []);
  });
});

describe('completion at the offsets of the samples', () => {
  const everyOffset = (step: number): void => {
    for (const name of readdirSync('samples').filter((entry) => entry.endsWith('.yaml'))) {
      const text = readFileSync(join('samples', name), 'utf8');
      const whole = analyze(text).snapshot();
      for (let offset = 0; offset <= text.length; offset += step) {
        for (const snapshot of [whole, analyze(text.slice(0, offset)).snapshot()]) {
          for (const { span } of completionsAt(snapshot, URI, offset)) {
            assert(span.start <= offset && offset <= span.end && !text.slice(span.start, span.end).includes('\n'));
          }
        }
      }
    }
  };

  it('does not fail, whole or cut off there', () => everyOffset(37));
  it('does not fail, @slow, at each single one', function () {
    this.timeout(120_000);
    everyOffset(1);
  });

  it('leads from each half-typed line of a correct sample back to a text without findings', () => {
    const text = readFileSync('samples/ack-corrected.yaml', 'utf8');
    for (const key of [
      'sessionAffinity',
      'externalTrafficPolicy',
      'sessionAffinityConfig',
      'clientIP',
      'timeoutSeconds',
    ]) {
      const at = text.search(new RegExp(`\\b${key}:`));
      const line = text.slice(at, text.indexOf('\n', at));
      for (let typed = 0; typed < key.length; typed++) {
        const nested = key === 'sessionAffinityConfig' || key === 'clientIP';
        const rest = nested ? '' : text.slice(at + line.length);
        acceptCleanly(`${text.slice(0, at)}${key.slice(0, typed)}<|>${rest}`, key);
      }
    }
  });
});
