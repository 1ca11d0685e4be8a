import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hoverAt } from '../../../server/src/features/hover.ts';
import { ALIBABA_CLB } from '../../../server/src/knowledge/products/alibabaClb.ts';
import { SERVICE_FIELDS } from '../../../server/src/knowledge/serviceFields.ts';
import { toMarkdown, toPlainText } from '../../../server/src/rendering/markup.ts';
import { analyze, URI } from '../../support/analysis.ts';
import { readCursor } from '../../support/cursor.ts';

const ACK = readFileSync('samples/ack-corrected.yaml', 'utf8');
const COOKIE = readFileSync('samples/ack-http-cookie.yaml', 'utf8');
const PODS = readFileSync('samples/ack-terway-pods.yaml', 'utf8');

/** What is shown at the cursor and over which text; undefined where nothing is. */
function hover(marked: string, uri = URI): { readonly over: string; readonly text: string } | undefined {
  const { text, offset } = readCursor(marked);
  const found = hoverAt(analyze(text, uri).snapshot(), uri, offset);
  return found && { over: text.slice(found.span.start, found.span.end), text: toPlainText(found.parts) };
}

function service(spec: string, head = ''): string {
  const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');
  return `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n${indented(head)}spec:\n${indented(spec)}`;
}

const PORTS = 'ports:\n  - port: 80\n';

describe('hovering', () => {
  it('explains a key and its value', () => {
    const atKey = hover(service(`session<|>Affinity: ClientIP\n${PORTS}`));
    assert.equal(atKey?.over, 'sessionAffinity');
    assert.match(atKey?.text ?? '', /^sessionAffinity\n\nWhether kube-proxy sends/);
    const atValue = hover(service(`sessionAffinity: "<|>ClientIP"\n${PORTS}`));
    assert.equal(atValue?.over, '"ClientIP"');
    assert.equal(atValue?.text, atKey?.text);
  });

  it('covers every field and annotation of the tables', () => {
    for (const { path } of SERVICE_FIELDS) {
      const marked = path
        .map((key, depth) => `${'  '.repeat(depth)}${depth === path.length - 1 ? '<|>' : ''}${key}:`)
        .join('\n');
      const found = hover(`apiVersion: v1\nkind: Service\n${marked} 1\n`);
      assert.equal(found?.over, path.at(-1), marked);
      assert.match(found?.text ?? '', /https:\/\/\S+$/);
    }
    for (const { at: key } of ALIBABA_CLB.settings.filter(({ at }) => at.includes('/'))) {
      const found = hover(service(PORTS, `annotations:\n  <|>${key}: "x"\n`));
      assert.equal(found?.over, key);
    }
  });

  const EFFECTS: readonly [title: string, text: string, effect: RegExp][] = [
    [
      'both hops of CLB',
      ACK.replace('sessionAffinity:', 'session<|>Affinity:'),
      /CLB remembers the node for 1800 s, kube-proxy the pod for 1800 s after the last new connection\./,
    ],
    [
      'the shorter memory',
      ACK.replace('timeoutSeconds: 1800', 'timeout<|>Seconds: 600'),
      /Here: a client stays on its pod for 600 s after its last new connection: CLB remembers the node for 1800 s, /,
    ],
    [
      'the same at the annotation',
      ACK.replace('-persistence-timeout', '-persistence<|>-timeout'),
      /Here: a client stays on its pod for 1800 s without traffic/,
    ],
    [
      'pods as backends',
      PODS.replace('type: Load', 'type: <|>Load'),
      /Here: a client stays on its pod for 1800 s without traffic: CLB remembers the pod, and kube-proxy has no part/,
    ],
    [
      'a cookie',
      COOKIE.replace('"insert"', '"<|>insert"'),
      /Here: a client stays on its pod as long as its cookie counts: CLB knows the pod by a cookie/,
    ],
    [
      'kube-proxy alone, with the default time',
      service(`sessionAffinity: Client<|>IP\n${PORTS}`),
      /Here: a client stays on its pod for 10800 s after its last new connection\./,
    ],
    [
      'no affinity',
      service(`<|>type: NodePort\n${PORTS}`),
      /Here: not sticky: kube-proxy picks a pod for each new connection\./,
    ],
    [
      'a load balancer of which nothing is known',
      service(`type: LoadBalancer\n<|>sessionAffinity: ClientIP\n${PORTS}`),
      /Here: each node keeps a client on its pod for 10800 s .*; whether the load balancer keeps/,
    ],
    [
      'the node only',
      ACK.replace('  sessionAffinity: ClientIP\n', '').replace('persistence-timeout', 'persistence<|>-timeout'),
      /Here: sticky to the node only: CLB remembers the node for 1800 s without traffic, but there kube-proxy picks/,
    ],
    [
      'a balancer that does not remember',
      ACK.replace('"1800"', '"0"').replace('timeoutSeconds', '<|>timeoutSeconds'),
      /Here: not sticky: CLB picks a node for each new connection, and each node remembers clients for itself\./,
    ],
    [
      'a hash of the address',
      ACK.replace('"wrr"', '"sch<|>"'),
      /Here: a client stays on its pod for 1800 s after .*: CLB finds the node by a hash of/,
    ],
    [
      'ports that differ',
      ACK.replace('type: L', '<|>type: L').replace(
        '    - name: web',
        '    - name: dns\n      protocol: UDP\n      port: 53\n    - name: web',
      ),
      /Here: port 53: not sticky.*\n\nHere: port 80: a client stays/,
    ],
    [
      'a headless Service',
      service(`clusterIP: None\nsessionAffinity: <|>ClientIP\n${PORTS}`),
      /Here: a headless Service has no virtual IP/,
    ],
    [
      'an alias of a name',
      service(`type: ExternalName\nexternalName: example.com\nsessionAffinity: <|>ClientIP\n`),
      /Here: an ExternalName is a DNS alias/,
    ],
    [
      'an annotation without a load balancer',
      ACK.replace('type: LoadBalancer', 'type: ClusterIP').replace('"1800"', '"18<|>00"'),
      /Here: no effect, because the type of this Service is not LoadBalancer\./,
    ],
  ];
  for (const [title, text, effect] of EFFECTS) {
    it(`says what comes of ${title}`, () => assert.match(hover(text)?.text ?? '', effect));
  }

  it('says what few people know', () => {
    const text = (marked: string): string => hover(service(marked))?.text ?? '';
    assert.match(text(`<|>sessionAffinity: ClientIP\n`), /100 client addresses.*nftables/);
    assert.match(text(`<|>sessionAffinity: ClientIP\n`), /Each node remembers for itself, and each port and protocol/);
    const seconds = text('sessionAffinityConfig:\n  clientIP:\n    <|>timeoutSeconds: 5\n');
    assert.match(seconds, /Only a new connection starts the time again/);
    assert.match(seconds, /Windows ignores it/);
    assert.match(seconds, /Default: 10800.*\n- Range: 1 to 86400/);
    assert.match(text('<|>externalTrafficPolicy: Local\n'), /without a ready pod drops traffic/);
  });

  it('is silent everywhere else', () => {
    for (const marked of [
      service(`sel<|>ector:\n  app: web\n${PORTS}`),
      service(`selector:\n  session<|>Affinity: ClientIP\n${PORTS}`),
      service(`ports:\n  - port: 80\n    ty<|>pe: LoadBalancer\n`),
      service(PORTS, 'annotations:\n  example.com/owner<|>: "me"\n'),
      `${service(PORTS)}# sessionAff<|>inity: ClientIP\n`,
      service(`sessionAffinity:     <|>     ClientIP\n${PORTS}`),
      `apiVersion: v1\nkind: ConfigMap\ndata:\n  a: |\n${service('ty<|>pe: NodePort\n').replace(/^(?=.)/gm, '    ')}`,
      'apiVersion: apps/v1\nkind: Deployment\nspec:\n  strategy:\n    ty<|>pe: Recreate\n',
      'apiVersion: serving.knative.dev/v1\nkind: Service\nspec:\n  ty<|>pe: LoadBalancer\n',
    ]) {
      assert.equal(hover(marked), undefined, marked);
    }
    assert.equal(hoverAt(analyze('').snapshot(), 'file:///unknown.yaml', 0), undefined);
  });

  it('finds its place in text that was pasted, in braces, in lists and behind other documents', () => {
    const pasted = hover(`apiVersion: v1\nkind: Service\nspec:\n\u00a0 session<|>Affinity: ClientIP\n\u00a0 ${PORTS}`);
    assert.equal(pasted?.over, 'sessionAffinity');
    const flow = hover('{"apiVersion":"v1","kind":"Service","spec":{"type":"Node<|>Port","ports":[{"port":80}]}}');
    assert.equal(flow?.over, '"NodePort"');
    const item = service(`type: Cluster<|>IP\n${PORTS}`).replace(/^/gm, '    ').replace('    a', '  - a');
    assert.equal(hover(`a: 1\n---\napiVersion: v1\nkind: List\nitems:\n${item}`)?.over, 'ClusterIP');
  });

  it('explains what a chart’s values put into a Service', () => {
    const uri = 'file:///chart/values.yaml';
    assert.equal(hover('service:\n  session<|>Affinity: ClientIP\n', uri)?.over, 'sessionAffinity');
    const key = ALIBABA_CLB.settings[0]?.at;
    assert.equal(hover(`service:\n  annotations:\n    ${key}: "18<|>00"\n`, uri)?.over, '"1800"');
    assert.equal(hover('deployment:\n  ty<|>pe: ClientIP\n', uri), undefined);
  });

  it('is written as Markdown without markup of its own', () => {
    const { text, offset } = readCursor(ACK.replace('backend-type', 'backend<|>-type'));
    const markdown = toMarkdown(hoverAt(analyze(text).snapshot(), URI, offset)?.parts ?? []);
    assert.match(markdown, /^\*\*backend-type \(Alibaba Cloud CLB\)\*\*\n\n/);
    assert.match(markdown, /\n- `eni`: to pods/);
    assert.match(markdown, /\n\n\[Alibaba Cloud: annotations of a CLB\]\(https:[^)]*\)$/);
  });

  it('does not fail at any offset of any sample, cut off there', () => {
    for (const name of readdirSync('samples').filter((entry) => entry.endsWith('.yaml'))) {
      const text = readFileSync(join('samples', name), 'utf8');
      const whole = analyze(text).snapshot();
      for (let offset = 0; offset <= text.length; offset++) {
        hoverAt(whole, URI, offset);
        if (offset % 29 === 0) {
          hoverAt(analyze(text.slice(0, offset)).snapshot(), URI, offset);
        }
      }
    }
  });
});
