import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { parse } from 'acorn';
import { simple } from 'acorn-walk';
import { analyse } from 'scslre';
import { engineBundle, esbuild } from '../support/bundle.ts';

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

describe('every regular expression', () => {
  it('takes no longer than in proportion to a text, however hostile', () => {
    const expressions = [...written(), ...built()];
    assert(expressions.length > 250, `Only ${expressions.length} were found.`);
    const weak = expressions.flatMap((expression) => {
      const found = weakness(expression);
      return found === undefined ? [] : `${expression.at}: ${found}`;
    });
    assert.deepEqual(weak, []);
  }).timeout(60_000);

  it('would be found out', () => {
    for (const source of ['^(a+)+$', 'a+$', '^[ ]*,?[ ]*$']) {
      assert.notEqual(weakness({ at: '', source, flags: '' }), undefined, source);
    }
  });
});
