import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { analyse } from 'scslre';
import { findingsOf } from '../../server/src/rules/engine.ts';
import { countContents } from '../../server/src/workspace/readFile.ts';
import { analyze, URI } from '../support/analysis.ts';
import { engineBundle, esbuild } from '../support/bundle.ts';

const REFUSED = 'apiVersion: v1\nkind: Service\nspec:\n  sessionAffinity: Cookie\n  ports: [{port: 80}]\n';

interface Expression {
  readonly at: string;
  readonly source: string;
  readonly flags: string;
}

/** Every regular expression that stands in our source. */
function written(): Expression[] {
  const files = ['server/src', 'client/src'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(folder, name)),
  );
  return files.flatMap((file) => {
    const { code } = esbuild.transformSync(readFileSync(file, 'utf8'), { loader: 'ts', target: 'es2022' });
    const found: Expression[] = [];
    simple(parse(code, { ecmaVersion: 2024, sourceType: 'module' }), {
      Literal(node) {
        if (node.regex !== undefined && node.regex !== null) {
          found.push({ at: `${file}: ${node.raw}`, source: node.regex.pattern, flags: node.regex.flags });
        }
      },
    });
    return found;
  });
}

/** Those that the engine puts together when it is loaded, such as from the tables of products. */
function built(): Expression[] {
  const found: Expression[] = [];
  const recording = new Proxy(RegExp, {
    construct(target, [source, flags]: [string, string | undefined]) {
      found.push({ at: `built: /${source}/`, source, flags: flags ?? '' });
      return new target(source, flags);
    },
  });
  vm.runInNewContext(engineBundle(), { RegExp: recording });
  return found;
}

/** Why an expression may take longer than in proportion to its text; undefined where none may. */
function weakness({ source, flags }: Expression): string | undefined {
  const [report] = analyse({ source, flags }).reports;
  return report && `${report.exponential ? 'exponential' : 'polynomial'} (${report.type})`;
}

// The checker knows attacks that repeat one character; of others, such as line ends in two spellings, it says nothing.
describe('the regular expressions', () => {
  it('take no longer than in proportion to a text in which one character is repeated', () => {
    const expressions = [...written(), ...built()];
    assert(expressions.length > 250, `Only ${expressions.length} were found.`);
    const weak = expressions.flatMap((expression) => {
      const found = weakness(expression);
      return found === undefined ? [] : `${expression.at}: ${found}`;
    });
    assert.deepEqual(weak, []);
  }).timeout(60_000);

  it('take no longer for lines that end in another way, and for templates without end', () => {
    const lines = '# a\r\n'.repeat(2000);
    const blanks = ' \r\n'.repeat(2000);
    const templates = `${'}}{{'.repeat(5000)}\n`;
    for (const text of [lines, blanks, `{{${templates}`, `# session-persistence-ignore-next-line a\n{{${templates}`]) {
      const head = 'apiVersion: v1\nkind: List\nitems:\n';
      for (const whole of [text, text + REFUSED, head + text, `${head}${text}- ${REFUSED.replaceAll('\n', '\n  ')}`]) {
        // It would not come to an end within a lifetime.
        const snapshot = analyze(whole).snapshot();
        findingsOf(snapshot, URI);
        countContents(URI, whole);
      }
    }
  });

  it('would be found out', () => {
    for (const source of ['^(a+)+$', 'a+$', '^[ ]*,?[ ]*$']) {
      assert.notEqual(weakness({ at: '', source, flags: '' }), undefined, source);
    }
  });
});
