import assert from 'node:assert/strict';
import { Folder } from './command.ts';

const WORKSPACE = {
  'web/service.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  selector:
    app: web
  ports:
    - port: 80
`,
  'web/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
`,
  'edge/ingress.yaml': `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-max-age: "3600"
spec:
  ingressClassName: nginx
  defaultBackend:
    service:
      name: web
      port:
        number: 80
`,
} as const;

describe('What the command line explains', () => {
  let folder: Folder;

  beforeEach(() => {
    folder = new Folder();
    for (const [name, text] of Object.entries(WORKSPACE)) {
      folder.write(name, text);
    }
  });

  afterEach(() => folder.remove());

  it('is every path through the files, with the places that decide', async () => {
    const { status, out, error } = await folder.run('explain', '.');
    assert.deepEqual([status, error], [0, '']);
    assert.equal(
      out,
      `Ingress shop: any host → Service web 80
  sticky 1 h: ingress-nginx cookie
  1. ingress-nginx knows the client by a cookie → pod (1 h from the first request, per host and path)
       edge/ingress.yaml:6
       edge/ingress.yaml:7
  → Deployment web × 3

Service web, pods of the cluster, Service port 80
  sticky 3 h: ClientIP
  1. kube-proxy remembers the client’s address → pod (3 h after the last new connection, per node and Service port)
       web/service.yaml:6
  → Deployment web × 3
`,
    );
  });

  it('is JSON for programs, Markdown for reviews and a picture', async () => {
    const json = JSON.parse((await folder.run('explain', '--format', 'json', '.')).out) as {
      paths: { verdict: string; hops: { evidence: { file: string; line: number }[] }[] }[];
    };
    assert.deepEqual(
      json.paths.map(({ verdict }) => verdict),
      ['sticky', 'sticky'],
    );
    assert.deepEqual(json.paths[1]?.hops[0]?.evidence, [{ file: 'web/service.yaml', line: 6 }]);
    const markdown = (await folder.run('explain', '--format', 'markdown', '.')).out;
    assert.match(markdown, /^## Ingress shop: any host → Service web 80\n\n\*\*sticky 1 h: ingress-nginx cookie\*\*/);
    const svg = (await folder.run('explain', '--format', 'svg', '.')).out;
    assert.match(
      svg,
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [\s\S]*href="edge\/ingress\.yaml#L6"[\s\S]*<\/svg>\n$/,
    );
    assert.doesNotMatch(svg, /<script|https:|javascript:/);
  });

  it('is one Service if asked for', async () => {
    folder.write('other.yaml', WORKSPACE['web/service.yaml'].replace('name: web', 'name: other'));
    const { out } = await folder.run('explain', '--service', 'other', '.');
    assert.match(out, /^Service other, /);
    assert.doesNotMatch(out, /Service web/);
  });

  it('leaves out what the project file ignores', async () => {
    folder.write('old/service.yaml', WORKSPACE['web/service.yaml'].replace('name: web', 'name: old'));
    folder.write('.session-persistence.yaml', 'ignore: [old/]\n');
    const { out } = await folder.run('explain', '.');
    assert.match(out, /Service web/);
    assert.doesNotMatch(out, /Service old/);
  });

  it('is nothing where no Service is, and says so', async () => {
    const { status, out } = await folder.run('explain', 'web/deployment.yaml');
    assert.deepEqual([status, out], [0, 'There is no Service in these files, so there is no path.\n']);
  });

  it('names what makes no sense', async () => {
    for (const [args, reason] of [
      [['explain'], /explain wants at least one file/],
      [['explain', '--fix', '.'], /explain takes --format and --service/],
      [['explain', '--format', 'xml', '.'], /no format xml; there are text, json, markdown and svg/],
      [['check', '--service', 'web', '.'], /--service belongs to explain/],
      [['providers', 'x'], /providers takes --format/],
      [['providers', '--format', 'xml'], /no format xml; there are text and json/],
    ] as const) {
      const { status, error } = await folder.run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(error.split('\n')[0] ?? '', reason);
    }
  });

  it('fails for what it cannot read, and explains the rest', async () => {
    const { status, out, error } = await folder.run('explain', 'missing.yaml', 'web');
    assert.equal(status, 2);
    assert.match(error, /missing\.yaml/);
    assert.match(out, /sticky 3 h: ClientIP/);
  });
});

describe('The products that the command line lists', () => {
  it('are all, with what is checked', async () => {
    const folder = new Folder();
    try {
      const { status, out } = await folder.run('providers');
      assert.equal(status, 0);
      assert.match(out, /^alibaba-clb: Alibaba Cloud CLB, load balancer; \d+ settings, \d+ checked; ClientIP ignored/);
      assert.match(
        out,
        /\n {2}checked {2}service\.beta\.kubernetes\.io\/alibaba-cloud-loadbalancer-persistence-timeout/,
      );
      assert.match(out, /\n\n\d+ products, \d+ settings, \d+ checked\.\n$/);
      const json = JSON.parse((await folder.run('providers', '--format', 'json')).out) as {
        id: string;
        settings: { state: string; source: string }[];
      }[];
      assert(json.length >= 44);
      assert(json.every(({ settings }) => settings.every(({ source }) => source !== '')));
    } finally {
      folder.remove();
    }
  });
});
