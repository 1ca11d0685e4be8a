import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { refusalsOf } from './strict-manifests.ts';

const folder = join(process.cwd(), 'samples');

/** Copies of a page: their mistakes are the point, so nothing here looks into them. */
const copies = ['service-as-printed.yaml', 'service-without-persistence.yaml', 'test-deployments.yaml'];

describe('the samples', function () {
  // A start of the compiler takes well under a second, but not on a busy machine.
  this.timeout(60_000);

  const manifests = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
  const ours = manifests.filter((file) => !copies.includes(file)).map((file) => [file, textOf(file)] as const);

  it('each have their line in the list', () => {
    const listed = [...textOf('README.md').matchAll(/^- `([^`]+)`: .+[.;]/gm)].map(([, file]) => file);
    assert.deepEqual([...listed].sort(), [...manifests].sort());
  });

  for (const [file, text] of ours) {
    it(`say first what they show: ${file}`, () => assert.match(text, /^# .+\.\n[^#]/s));

    it(`have no line over 120 columns: ${file}`, () => {
      assert.deepEqual(
        text.split('\n').filter((line) => line.length > 120),
        [],
      );
    });
  }

  it('are valid to the API server, the mistaken one too', () => {
    const documents = ours
      .flatMap(([, text]) => parseAllDocuments(text, { version: '1.1' }))
      .map((document) => {
        assert.deepEqual([...document.errors, ...document.warnings], []);
        return document.toJS();
      });
    assert.equal(documents.length, ours.length);
    for (const refusals of refusalsOf(documents)) assert.deepEqual(refusals, []);
  });
});

function textOf(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
