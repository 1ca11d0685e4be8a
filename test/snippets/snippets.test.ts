import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { expandEveryChoice, expandSnippet, loadSnippets, parseSnippet, type Snippet, tabStopsOf } from './expand.ts';
import { refusalsOf } from './strict-manifests.ts';

/**
 * All prefixes begin with `k8s-session-`: `k8s` is what people type for a Kubernetes snippet, and because `session`
 * stands at the start of a word, typing only that finds the family too. Below it, `test` is what answers requests and
 * `service` is what is being tested.
 */
const prefixes = {
  testDeployments: 'k8s-session-test',
  testPage: 'k8s-session-test-page',
  testNotFound: 'k8s-session-test-404',
  servicePlain: 'k8s-session-service-plain',
  serviceAck: 'k8s-session-service-ack',
};

/**
 * Docker Hub's image of NGINX's stable series, and the image that Alibaba Cloud's own pages use for NGINX, which can be
 * pulled in mainland China. The page "Use a statically provisioned disk volume" names it with this tag:
 * https://help.aliyun.com/zh/ack/ack-managed-and-ack-dedicated/user-guide/use-a-statically-provisioned-disk-volume
 * The page on installing LoongCollector in Kubernetes (Simple Log Service) starts it with `command: ["/bin/sh", "-c"]`
 * and `nginx -g 'daemon off;'`, so it has the shell and the `nginx` on the path that the 404 pod needs.
 */
const images = ['nginx:1.30', 'anolis-registry.cn-zhangjiakou.cr.aliyuncs.com/openanolis/nginx:1.14.1-8.6'];

/** The file of those that are written by hand; the others follow from the tables of products. */
const WRITTEN = 'session-persistence.json';

const vendorPrefix = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';

describe('the snippets', function () {
  // A start of the compiler takes well under a second, but not on a busy machine.
  this.timeout(60_000);

  const snippets = loadSnippets();

  it('are the family of prefixes that people can rely on', () => {
    const written = snippets.filter(({ file }) => file === WRITTEN);
    assert.deepEqual(written.map(({ prefix }) => prefix).sort(), Object.values(prefixes).sort());
  });

  it('have a prefix and a name of their own', () => {
    assert.equal(new Set(snippets.map(({ prefix }) => prefix)).size, snippets.length);
    assert.equal(new Set(snippets.map(({ name }) => name)).size, snippets.length);
  });

  for (const snippet of snippets) {
    describe(snippet.prefix, () => {
      it('has a name that the list of suggestions does not cut off and a description of one sentence', () => {
        // The list shows both in one line, which has room for some 50 characters in the size VS Code opens it in.
        // The prefix of a generated one names its product already.
        assert.ok(snippet.file !== WRITTEN || snippet.prefix.length + snippet.name.length <= 46, snippet.name);
        assert.match(snippet.description, /^[A-Z][^.]*\.$/);
      });

      it('gives every tab stop one default, which all its occurrences mirror', () => {
        const stops = tabStopsOf(parseSnippet(snippet.body));
        const withDefault = stops
          .filter(({ placeholder, choices }) => placeholder ?? choices)
          .map(({ index }) => index);
        const indices = new Set(stops.map(({ index }) => index));
        assert.deepEqual(withDefault, [...indices], 'a default stands at the first occurrence and only there');
        assert.deepEqual(
          withDefault,
          withDefault.map((_, position) => position + 1),
          'the tab key goes through the text from top to bottom',
        );
      });

      it('is indented by spaces, two a level, and fits in 120 columns', () => {
        for (const line of textsOf(snippet).join('\n').split('\n')) {
          assert.match(line, /^(?: {2})*[!-~](?:[ -~]*[!-~])?$/);
          // The key of an annotation is as long as its product wants it.
          assert.ok(line.length <= 120 || /^ {4}\S+\/\S+: /.test(line), line);
        }
      });

      it('gives valid manifests with every option of every choice', () => {
        const texts = textsOf(snippet);
        const documents = texts.flatMap(documentsOf);
        assert.ok(documents.length >= texts.length);
        for (const refusals of refusalsOf(documents)) assert.deepEqual(refusals, []);
      });
    });
  }

  describe('of the two Deployments', () => {
    const [page, notFound, ...others] = documentsOf(textOf(prefixes.testDeployments)) as Deployment[];
    assert.ok(page && notFound && others.length === 0);

    it('put the same Deployments into one file as the two snippets for one Deployment', () => {
      const single = [prefixes.testPage, prefixes.testNotFound].flatMap((prefix) => documentsOf(textOf(prefix)));
      assert.deepEqual([page, notFound], single);
    });

    it('select their own pods and not those of the other', () => {
      for (const [one, other] of [
        [page, notFound],
        [notFound, page],
      ] as const) {
        assert.ok(selects(one.spec.selector.matchLabels, one.spec.template.metadata.labels));
        assert.ok(!selects(one.spec.selector.matchLabels, other.spec.template.metadata.labels));
      }
    });

    it('share the label by which the page selects both, and differ in name', () => {
      for (const { metadata, spec } of [page, notFound]) {
        assert.equal(metadata.labels.app, 'nginx');
        assert.equal(spec.template.metadata.labels.app, 'nginx');
      }
      assert.notEqual(page.metadata.name, notFound.metadata.name);
      assert.equal(page.metadata.namespace, notFound.metadata.namespace);
    });

    it('run one image, which the mirror of the vendor offers too', () => {
      for (const prefix of [prefixes.testDeployments, prefixes.testPage, prefixes.testNotFound]) {
        const found = textsOf(snippetOf(prefix)).map((text) =>
          (documentsOf(text) as Deployment[]).map(({ spec }) =>
            spec.template.spec.containers.map(({ image }) => image),
          ),
        );
        const perText = prefix === prefixes.testDeployments ? 2 : 1;
        assert.deepEqual(
          found,
          images.map((image) => Array.from({ length: perText }, () => [image])),
        );
      }
    });

    it('answer differently: the image as it is, and NGINX with a configuration of its own', () => {
      assert.deepEqual(
        page.spec.template.spec.containers.map(({ command }) => command),
        [undefined],
      );
      // The shell leaves its process to NGINX, which then gets the signal to stop; `daemon off` keeps it in front.
      assert.deepEqual(
        notFound.spec.template.spec.containers.map(({ command }) => command),
        [
          [
            '/bin/sh',
            '-c',
            `echo 'events {} http { server { listen 80; return 404; } }' > /tmp/not-found.conf\n` +
              `exec nginx -c /tmp/not-found.conf -g 'daemon off;'\n`,
          ],
        ],
      );
    });
  });

  describe('of a Service', () => {
    for (const prefix of [prefixes.servicePlain, prefixes.serviceAck]) {
      it(`select the pods of both Deployments: ${prefix}`, () => {
        const deployments = documentsOf(textOf(prefixes.testDeployments)) as Deployment[];
        const service = serviceOf(textOf(prefix));
        for (const { metadata, spec } of deployments) {
          assert.ok(selects(service.spec.selector, spec.template.metadata.labels));
          assert.equal(service.metadata.namespace, metadata.namespace);
          for (const { targetPort } of service.spec.ports) {
            assert.ok(spec.template.spec.containers.some(({ ports }) => ports[0]?.containerPort === targetPort));
          }
        }
      });

      it(`leave to the cluster what the cluster gives out: ${prefix}`, () => {
        for (const text of textsOf(snippetOf(prefix))) {
          assert.doesNotMatch(text, /clusterIP:|nodePort:|healthCheckNodePort:/);
        }
      });
    }

    it('keep the name of the object, so that the annotated one replaces the plain one', () => {
      const [plain, annotated] = [prefixes.servicePlain, prefixes.serviceAck].map((prefix) =>
        serviceOf(textOf(prefix)),
      );
      assert.equal(plain?.metadata.name, annotated?.metadata.name);
      assert.deepEqual(plain?.spec.ports, annotated?.spec.ports);
    });

    it('say nothing of persistence in the plain one', () => {
      const { metadata, spec } = serviceOf(textOf(prefixes.servicePlain));
      assert.equal(spec.type, 'ClusterIP');
      assert.equal(metadata.annotations, undefined);
      assert.equal(spec.sessionAffinity, undefined);
    });

    it('configure both hops in the annotated one', () => {
      const { metadata, spec } = serviceOf(textOf(prefixes.serviceAck));
      assert.deepEqual(metadata.annotations, {
        [`${vendorPrefix}persistence-timeout`]: '1800',
        [`${vendorPrefix}scheduler`]: 'wrr',
        'service.beta.kubernetes.io/backend-type': 'ecs',
      });
      assert.equal(spec.type, 'LoadBalancer');
      assert.equal(spec.externalTrafficPolicy, 'Local');
      assert.equal(spec.sessionAffinity, 'ClientIP');
      assert.deepEqual(spec.sessionAffinityConfig, { clientIP: { timeoutSeconds: 1800 } });
    });

    it('keep the two timeouts equal when one is typed over', () => {
      const { body } = snippetOf(prefixes.serviceAck);
      const timeout = tabStopsOf(parseSnippet(body)).find(({ placeholder }) =>
        placeholder?.some((part) => part.kind === 'text' && part.text === '1800'),
      );
      assert.ok(timeout);
      const { metadata, spec } = serviceOf(expandSnippet(body, new Map([[timeout.index, '600']])));
      assert.equal(metadata.annotations?.[`${vendorPrefix}persistence-timeout`], '600');
      assert.deepEqual(spec.sessionAffinityConfig, { clientIP: { timeoutSeconds: 600 } });
    });

    it('offer the backends that the controller knows', () => {
      const found = textsOf(snippetOf(prefixes.serviceAck)).map((text) => {
        return serviceOf(text).metadata.annotations?.['service.beta.kubernetes.io/backend-type'];
      });
      assert.deepEqual(found, ['ecs', 'eni']);
    });
  });

  function snippetOf(prefix: string): Snippet {
    const found = snippets.find((snippet) => snippet.prefix === prefix);
    assert.ok(found, prefix);
    return found;
  }

  function textOf(prefix: string): string {
    return expandSnippet(snippetOf(prefix).body);
  }
});

type Labels = Readonly<Record<string, string>>;

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly annotations?: Labels;
}

interface Deployment {
  readonly metadata: Metadata;
  readonly spec: {
    readonly selector: { readonly matchLabels: Labels };
    readonly template: {
      readonly metadata: { readonly labels: Labels };
      readonly spec: { readonly containers: readonly Container[] };
    };
  };
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports: ReadonlyArray<{ readonly containerPort: number }>;
}

interface Service {
  readonly metadata: Metadata;
  readonly spec: {
    readonly type: string;
    readonly selector: Labels;
    readonly externalTrafficPolicy?: string;
    readonly ports: ReadonlyArray<{ readonly targetPort: number }>;
    readonly sessionAffinity?: string;
    readonly sessionAffinityConfig?: object;
  };
}

function textsOf(snippet: Snippet): string[] {
  return expandEveryChoice(snippet.body);
}

/** The documents of a text; that they have the shape of a kind is what the strict check tells. */
function documentsOf(text: string): unknown[] {
  // The API server reads YAML 1.1, where `on` and `yes` are booleans.
  return parseAllDocuments(text, { version: '1.1', strict: true }).map((document) => {
    assert.deepEqual([...document.errors, ...document.warnings], []);
    return document.toJS();
  });
}

function serviceOf(text: string): Service {
  const [service, ...others] = documentsOf(text) as Service[];
  assert.ok(service && others.length === 0);
  return service;
}

function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
