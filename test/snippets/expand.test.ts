// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the snippet grammar writes tab stops like that.
import assert from 'node:assert/strict';
import { expandEveryChoice, expandSnippet, parseSnippet } from './expand.ts';

describe('expanding a snippet', () => {
  const expansions: ReadonlyArray<readonly [string, string, string]> = [
    ['plain text', 'kind: Service', 'kind: Service'],
    ['an empty tab stop', 'a$1b${2}c$0', 'abc'],
    ['a placeholder', 'name: ${1:web}', 'name: web'],
    ['an empty placeholder', 'name: ${1:}', 'name: '],
    ['a nested placeholder', '${1:one ${2:two $3 three}}', 'one two  three'],
    ['the first of a choice', '${1|ecs,eni|}', 'ecs'],
    ['a mirror after its placeholder', '${1:a}-$1-${1}', 'a-a-a'],
    ['a mirror before its placeholder', '$1-${1:a}', 'a-a'],
    ['a mirror of a choice', '${1|a,b|} $1', 'a a'],
    ['a mirror of a nested placeholder', '${1:x${2:y}} $2 $1', 'xy y xy'],
    ['a tab stop of two digits', '${12:a}$12 $1', 'aa '],
    ['escapes in text', '\\$1 \\} \\\\ \\n', '$1 } \\ \\n'],
    ['a brace that closes nothing', 'events {} http { }', 'events {} http { }'],
    ['escapes in a placeholder', '${1:a\\}\\$b}', 'a}$b'],
    ['a colon and a bar in a placeholder', '${1:nginx:1.30|x}', 'nginx:1.30|x'],
    ['escapes in a choice', '${1|a\\,b\\|c\\\\d,e|}', 'a,b|c\\d'],
    ['a brace and a dollar in a choice', '${1|a}$b,c|}', 'a}$b'],
  ];
  for (const [what, body, text] of expansions) {
    it(`inserts ${what}`, () => assert.equal(expandSnippet(body), text));
  }

  it('puts a chosen text at every occurrence of its tab stop', () => {
    assert.equal(expandSnippet('${1:a} $1 ${2:b$1}', new Map([[1, 'z']])), 'z z bz');
  });

  it('gives one text for every option', () => {
    assert.deepEqual(expandEveryChoice('${1|a,b|}$1 ${2|x,y,z|}'), ['aa x', 'bb x', 'aa y', 'aa z']);
  });

  it('finds a choice inside a placeholder', () => {
    assert.deepEqual(expandEveryChoice('${1:-${2|a,b|}-}'), ['-a-', '-b-']);
  });

  it('refuses a tab stop inside its own placeholder', () => {
    assert.throws(() => expandSnippet('${1:a$1b}'), /^Error: Not a snippet: tab stop 1 contains itself\.$/);
  });

  const mistakes: ReadonlyArray<readonly [string, string]> = [
    ['a variable', '$TM_FILENAME'],
    ['a variable in braces', '${NAME:default}'],
    ['a transformation', '${1/a/b/}'],
    ['a placeholder without an end', '${1:abc'],
    ['a choice without an end', '${1|a,b'],
    ['a choice whose brace is missing', '${1|a,b| '],
    ['a dollar at the end', 'costs 5$'],
  ];
  for (const [what, body] of mistakes) {
    it(`refuses ${what}`, () => assert.throws(() => parseSnippet(body), /^Error: Not a snippet: expected /));
  }
});
