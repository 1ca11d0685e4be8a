import assert from 'node:assert/strict';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { NO_CHOICES } from '../../../server/src/configuration/settings.ts';
import { ignoringEdit } from '../../../server/src/features/ignoring.ts';
import { render } from '../../../server/src/messages/render.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { applyEdits } from '../../../server/src/text/edit.ts';
import { analyze, findingsIn, mendAll, rulesIn, URI, uriOf } from '../../support/analysis.ts';

/** A Service with two findings, and room for comments. */
function service(above = '', before = ''): string {
  return `${above}apiVersion: v1
kind: Service
metadata:
  name: web
spec:
${before}  sessionAffinity: Cookie
  ports:
    - port: 80
`;
}

const RULE = 'affinity-value-unsupported';
const UNUSED = 'suppression-unused';

function said(text: string, uri = URI): string[] {
  return findingsIn(text, uri).map(
    ({ finding, severity }) =>
      `${severity}: ${render(finding.rule, finding.message, finding.arguments).split('\n')[0]}`,
  );
}

/** What stands at the findings of a rule. */
function places(text: string, rule: string): string[] {
  return findingsIn(text)
    .filter(({ finding }) => finding.rule.id === rule)
    .map(({ span }) => text.slice(span.start, span.end));
}

describe('a suppression comment', () => {
  it('is needed for something: without it the finding is there', () => assert.deepEqual(rulesIn(service()), [RULE]));

  const comment = (scope: string, rest = `${RULE} -- reason`): string => `# session-persistence-${scope} ${rest}\n`;
  const hiding: Record<string, string> = {
    'for the next line': service('', `  ${comment('ignore-next-line')}`),
    'for the next line, without a reason': service('', `  ${comment('ignore-next-line', RULE)}`),
    'for the next line, without the dashes before the reason': service(
      '',
      `  ${comment('ignore-next-line', `${RULE} since the gateway reads it`)}`,
    ),
    'for the next line, without a blank and with a colon': service(
      '',
      `  #session-persistence-ignore-next-line: ${RULE}\n`,
    ),
    'for the next line, with two rules and no comma': service(
      comment('ignore-file', 'suppression-unused'),
      `  ${comment('ignore-next-line', `timeouts-disagree ${RULE}`)}`,
    ),
    'with blank lines and comments between': service('', `  ${comment('ignore-next-line')}\n  # more\n\n`),
    'with a template action between': service('', `  ${comment('ignore-next-line')}  {{- $name := .Values.name }}\n`),
    'behind other content': service().replace('spec:', `spec: ${comment('ignore-next-line').trim()}`),
    'for the object, at its beginning': service(comment('ignore-object')),
    'for the object, within it': service('', `  ${comment('ignore-object')}`),
    'for the object, at its end': service() + comment('ignore-object'),
    'for the object, above the marker': `${comment('ignore-object')}---\n${service()}`,
    'for the object, above the second marker': `---\n${comment('ignore-object')}---\n${service()}`,
    'for the file, at its end': `${service()}---\n${comment('ignore-file')}`,
    'with CRLF': service('', `  ${comment('ignore-next-line')}`).replaceAll('\n', '\r\n'),
    'in a flow collection': `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {
  ${comment('ignore-next-line')}
  sessionAffinity: Cookie, ports: [{port: 80}]}
`,
  };
  for (const [title, text] of Object.entries(hiding)) {
    it(`hides a finding ${title}`, () => assert.deepEqual(rulesIn(text), []));
  }

  it('on the last line, where there is no next one, is unused', () => {
    assert.deepEqual(rulesIn(`${service().trimEnd()}\n${comment('ignore-next-line').trimEnd()}`), [RULE, UNUSED]);
  });

  it('hides no more than the next line', () => {
    const text = service('', `  ${comment('ignore-next-line')}  externalName: ""\n`);
    assert(rulesIn(text).includes(RULE));
    assert(rulesIn(text).includes(UNUSED));
  });

  it('hides no other rule', () => {
    assert(rulesIn(service('', `  ${comment('ignore-next-line', 'timeouts-disagree')}`)).includes(RULE));
  });

  it('is none in a block scalar, in quoted text, or in a template comment', () => {
    const inScalars = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    a: |
      # session-persistence-ignore-file ${RULE}
    b: "x
      # session-persistence-ignore-file ${RULE}"
spec:
  {{- /* 
  # session-persistence-ignore-file ${RULE}
  */}}
  sessionAffinity: Cookie
  ports:
    - port: 80
`;
    assert.deepEqual(rulesIn(inScalars), [RULE]);
  });

  it('for an object leaves the next document alone', () => {
    const text = `${service('', `  ${comment('ignore-object')}`)}---\n${service()}`;
    const found = findingsIn(text);
    assert.deepEqual(
      found.map(({ finding }) => finding.rule.id),
      [RULE],
    );
    assert((found[0]?.span.start ?? 0) > text.indexOf('---'));
  });

  it('for the file counts for all documents', () => {
    assert.deepEqual(rulesIn(`${service(comment('ignore-file'))}---\n${service()}`), []);
  });

  it('speaks of the document in front of which it stands when that is a document of comments', () => {
    const text = `${comment('ignore-object')}---\n${service()}---\n${service()}`;
    assert.equal(places(text, RULE).length, 1);
  });

  describe('in a List', () => {
    const item = (name: string, inside = ''): string => `- apiVersion: v1
  kind: Service
  metadata:
    name: ${name}
  spec:
    sessionAffinity: ${name}
    ports:
    - port: 80
${inside}`;
    const list = (items: string): string => `apiVersion: v1\nkind: List\nitems:\n${items}`;
    const hides = (text: string, ...left: string[]): void => {
      assert.deepEqual(places(text, RULE), left);
      assert(!rulesIn(text).includes(UNUSED));
    };
    const object = comment('ignore-object');
    it('speaks of the item in which it stands', () => {
      hides(list(item('one', `  ${object}`) + item('two')), 'two');
      hides(list(item('one') + item('two').replace('  spec:', `  ${object}  spec:`)), 'one');
    });
    it('speaks of the item below, when it stands at the dash', () => {
      hides(list(object + item('one') + item('two')), 'two');
      hides(list(item('one') + object + item('two')), 'one');
    });
    it('behind the dash, and behind the last value', () => {
      hides(list(item('one') + item('two').replace('v1', `v1 ${object.trim()}`)), 'one');
      hides(list(item('one').trimEnd().concat(` ${object}`) + item('two')), 'two');
    });
    it('above the whole speaks of all items', () => hides(object + list(item('one') + item('two'))));
    it('in flow style', () => {
      const flow = (name: string): string =>
        `{apiVersion: v1, kind: Service, spec: {sessionAffinity: ${name}, ports: [{port: 80}]}}`;
      hides(`{apiVersion: v1, kind: List, items: [\n${flow('one')}, ${object}${flow('two')}]}`, 'two');
      hides(`{apiVersion: v1, kind: List, items: [\n${flow('one')},\n${object}${flow('two')}]}`, 'one');
    });
    it('for the next line of an item', () => {
      const next = `    ${comment('ignore-next-line')}`;
      hides(list(item('one').replace('    sessionAff', `${next}    sessionAff`) + item('two')), 'two');
    });
  });

  describe('with a key', () => {
    const clb = (key: string): string => `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    # session-persistence-ignore-next-line annotation-value-invalid(${key})
    service.beta.kubernetes.io/alibaba-cloud-loadbalancer-persistence-timeout: '7200'
spec:
  type: LoadBalancer
  ports:
    - port: 80
`;
    it('hides the finding of that key', () => assert.deepEqual(rulesIn(clb('persistence-timeout')), []));
    it('hides no finding of another', () => {
      assert.deepEqual(rulesIn(clb('cookie-timeout')).sort(), ['annotation-value-invalid', UNUSED]);
      assert.match(said(clb('cookie-timeout')).join(), /annotation-value-invalid\(cookie-timeout\)/);
    });
  });

  it('hides a finding about pasted characters', () => {
    const pasted = service().replace('  sessionAffinity: Cookie', '\u00a0 sessionAffinity: ClientIP');
    assert.deepEqual(rulesIn(pasted), ['pasted-characters']);
    assert.deepEqual(rulesIn(comment('ignore-file', 'pasted-characters') + pasted), []);
    assert.deepEqual(rulesIn(comment('ignore-object', 'pasted-characters') + pasted), []);
    assert.deepEqual(
      rulesIn(pasted.replace('spec:\n', `spec:\n  ${comment('ignore-next-line', 'pasted-characters')}`)),
      [],
    );
  });

  it('cannot hide that a file was not checked', () => {
    const text = `${comment('ignore-file', 'file-not-checked')}\0`;
    assert.deepEqual(rulesIn(text), ['file-not-checked']);
    assert.deepEqual(said(comment('ignore-file', 'internal-error')), ['warning: No comment can hide internal-error.']);
  });

  /** The second finding waits for the first one. */
  const both = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  clusterIP: None
  externalTrafficPolicy: local
  ports:
    - port: 80
`;

  it('lets others wait for what it hides', () => {
    assert.deepEqual(rulesIn(both), ['service-value-unsupported']);
    assert.deepEqual(rulesIn(comment('ignore-file', 'service-value-unsupported') + both), []);
    // A rule that is off does not run, so nothing waits for it.
    const off = { ...NO_CHOICES, rules: new Map([['service-value-unsupported', 'off']] as const) };
    const analyzer = analyze(both);
    analyzer.apply({ kind: 'settings', choices: off });
    assert.deepEqual(
      findingsOf(analyzer.snapshot(), URI).map(({ finding }) => finding.rule.id),
      ['headless-type-contradiction'],
    );
  });

  it('is of use where it hides what waits for another finding', () => {
    const text = comment('ignore-file', 'headless-type-contradiction') + both;
    assert.deepEqual(rulesIn(text), ['service-value-unsupported']);
  });
});

describe('a suppression comment that hides nothing', () => {
  const good = service().replace('Cookie', 'ClientIP');
  const commented = (rest: string): string =>
    good.replace('  sessionAff', `  # session-persistence-${rest}\n  sessionAff`);

  it('is a hint', () => {
    assert.deepEqual(said(commented(`ignore-next-line ${RULE}`)), [
      `hint: This comment hides nothing: there is no finding of ${RULE} on the next line.`,
    ]);
    assert.match(said(commented(`ignore-object ${RULE}`)).join(), /in this object/);
    assert.match(said(commented(`ignore-file ${RULE}`)).join(), /in this file/);
  });

  it('is none while its rule is off, or while the document cannot be read', () => {
    const text = commented(`ignore-file ${RULE}`);
    const analyzer = analyze(text);
    analyzer.apply({ kind: 'settings', choices: { ...NO_CHOICES, rules: new Map([[RULE, 'off']]) } });
    assert.deepEqual(findingsOf(analyzer.snapshot(), URI), []);
    assert(!rulesIn(`${text}---\napiVersion: v1\nkind: Service\nspec: [\n`).includes(UNUSED));
  });

  it('names the rule that was meant, at its place', () => {
    const text = commented('ignore-next-line affinity-value-unsuported');
    assert.deepEqual(said(text), [
      `warning: affinity-value-unsuported is no rule, so nothing is hidden by it; did you mean ${RULE}?`,
    ]);
    assert.deepEqual(places(text, UNUSED), ['affinity-value-unsuported']);
    assert.match(said(commented('ignore-file something-else')).join(), /warning: something-else is no rule/);
  });

  it('wants ids', () => {
    for (const scope of ['next-line', 'object', 'file']) {
      for (const reason of ['', ' -- since we know', ':']) {
        assert.deepEqual(said(commented(`ignore-${scope}${reason}`)), [
          'warning: This comment hides nothing: it names no rule.',
        ]);
      }
    }
  });

  it('does not exist under another name', () => {
    assert.match(
      said(commented(`ignore-nextline ${RULE}`)).join(),
      /did you mean session-persistence-ignore-next-line\?/,
    );
    assert.match(said(commented(`ignore ${RULE}`)).join(), /did you mean session-persistence-ignore-next-line\?/);
    assert.match(
      said(commented(`ignore-everything ${RULE}`)).join(),
      /ignore-object and session-persistence-ignore-file/,
    );
    const meant = service('', `  # session-persistence-ignore-line ${RULE}\n`);
    assert.equal(mendAll(meant), service('', `  # session-persistence-ignore-next-line ${RULE}\n`));
  });

  it('may itself be hidden, but not without use', () => {
    const unused = commented(`ignore-next-line ${RULE}`);
    assert.deepEqual(rulesIn(`# session-persistence-ignore-file ${UNUSED}\n${unused}`), []);
    assert.deepEqual(rulesIn(`# session-persistence-ignore-file ${UNUSED}\n${good}`), [UNUSED]);
  });

  describe('is removed', () => {
    const removed = (text: string, expected: string): void => {
      assert.equal(mendAll(text), expected);
      assert.equal(mendAll(text.replaceAll('\n', '\r\n')), expected.replaceAll('\n', '\r\n'));
    };
    it('with its line', () => removed(commented(`ignore-next-line ${RULE} -- why`), good));
    it('with the blanks before it', () => {
      removed(good.replace('ClientIP', `ClientIP  # session-persistence-ignore-next-line ${RULE}`), good);
    });
    it('at the beginning of the file', () => removed(`# session-persistence-ignore-file ${RULE}\n${good}`, good));
    it('at the end of a file without a final line end', () => {
      removed(`${good}# session-persistence-ignore-file ${RULE}`, good.trimEnd());
    });
    it('with one of the two blank lines around it', () => {
      const spaced = good.replace('spec:', '\nspec:');
      removed(spaced.replace('spec:', `# session-persistence-ignore-object ${RULE}\n\nspec:`), spaced);
    });
    it('id by id', () => {
      const bad = (ids: string): string => service('', `  # session-persistence-ignore-next-line ${ids} -- why\n`);
      for (const ids of [`${RULE}, timeouts-disagree`, `timeouts-disagree,  ${RULE}`]) {
        assert.deepEqual(places(bad(ids), UNUSED), ['timeouts-disagree']);
        assert.equal(mendAll(bad(ids)), bad(RULE));
      }
      assert.equal(mendAll(bad(`timeouts-disagree, ${RULE}, affinity-in-selector(x)`)), bad(RULE));
    });
    it('on a document with pasted characters, and cleans these', () => {
      const pasted = commented(`ignore-next-line ${RULE}`).replace('  ports', '\u00a0 ports');
      const analyzer = analyze(pasted);
      assert.equal(rulesIn(pasted).length, 2, 'one about the comment, one about the characters');
      assert.equal(
        mendAll(pasted, ({ finding }) => finding.rule.id === UNUSED),
        good,
      );
      assert.equal(analyzer.snapshot().files.size, 1);
    });
  });
});

describe('the comment that an editor inserts', () => {
  function ignored(text: string, uri = URI): string | undefined {
    const analyzer = analyze(text, uri);
    const [located] = findingsOf(analyzer.snapshot(), uri);
    const edit = located === undefined ? undefined : ignoringEdit(analyzer.snapshot(), uri, located);
    return edit === undefined ? undefined : applyEdits(text, [edit]);
  }

  it('stands above the line with its indentation, and hides the finding', () => {
    const text = ignored(service()) ?? '';
    assert.equal(text, service('', `  # session-persistence-ignore-next-line ${RULE}\n`));
    assert.deepEqual(rulesIn(text), []);
  });

  it('hides the finding whatever the line looks like', () => {
    const texts = [
      service().replaceAll('\n', '\r\n'),
      service().replace('  sessionAffinity: Cookie', '\u00a0 sessionAffinity: ClientIP'),
      service().replace('Cookie', '\n    Cookie'),
      `apiVersion: v1\nkind: List\nitems:\n  - ${service().trimEnd().replaceAll('\n', '\n    ')}\n`,
      service().replace('  ports', '  {{- if .Values.x }}\n  externalName: ""\n  {{- end }}\n  ports'),
      `\uFEFF--- {apiVersion: v1, kind: Service, spec: {sessionAffinity: Cookie, ports: [{port: 80}]}}\n`,
      `a: 1\n--- {apiVersion: v1, kind: Service, spec: {sessionAffinity: Cookie, ports: [{port: 80}]}}`,
    ];
    for (const text of texts) {
      const [first] = findingsIn(text);
      const after = ignored(text) ?? '';
      const left = findingsIn(after).map(({ finding }) => finding.rule.id);
      assert(first !== undefined && !left.includes(first.finding.rule.id), after);
      assert(!left.includes(UNUSED), after);
    }
  });

  it('is not offered in JSON, for a whole file, or for a comment', () => {
    const json = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      spec: { sessionAffinity: 'Cookie', ports: [{ port: 80 }] },
    });
    assert.equal(rulesIn(json)[0], RULE);
    assert.equal(ignored(json), undefined);
    assert.equal(ignored(service(), 'file:///workspace/manifest.json'), undefined);
    assert.equal(ignored('a\0'), undefined);
    assert.equal(ignored(`# session-persistence-ignore-file ${RULE}\n`), undefined);
  });
});

describe('a project file', () => {
  it('can have comments that hide what is wrong in it', () => {
    const uri = uriOf('.session-persistence.yaml');
    const text = '# session-persistence-ignore-next-line settings-invalid -- of the next version\nfuture: 1\n';
    assert.deepEqual(findingsIn(text, uri), []);
    const analyzer = createAnalyzer();
    analyzer.apply({ kind: 'set', uri, text: text.slice(text.indexOf('\n') + 1) });
    assert.equal(findingsOf(analyzer.snapshot(), uri).length, 1);
  });
});
