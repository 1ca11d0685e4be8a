import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Analyzer, createAnalyzer } from '../../../server/src/analyzer.ts';
import { lensPlaces, lensTitle } from '../../../server/src/features/codeLenses.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { RULES } from '../../../server/src/rules/registry.ts';
import { uriOf } from '../../support/analysis.ts';
import { readMarked } from '../../support/marks.ts';

/** Rounds in which each file is edited once. */
const ROUNDS = 2;

interface Watched {
  readonly name: string;
  readonly analyzer: Analyzer;
  readonly snapshots: WeakRef<object>[];
}

/**
 * Edits the files of an example by turns, so that there is always one whose findings are older than the last edit. If
 * these held what was known when they were found, that would hold older ones in turn, and nothing were ever let go.
 */
function editByTurns(name: string, example: string): Watched {
  const files = readMarked(example).map(({ path, text }) => ({ uri: uriOf(path), text }));
  const [first] = files;
  if (files.length === 1 && first !== undefined) {
    files.push({ uri: uriOf('elsewhere/manifest.yaml'), text: first.text });
  }
  const analyzer = createAnalyzer();
  const snapshots: WeakRef<object>[] = [];
  for (const { uri, text } of files) {
    analyzer.apply({ kind: 'set', uri, text });
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (const { uri, text } of files) {
      analyzer.apply({ kind: 'set', uri, text: text.replace('\nmetadata:', `\n# ${round}\nmetadata:`) });
      const snapshot = analyzer.snapshot();
      snapshots.push(new WeakRef(snapshot));
      for (const other of files) {
        findingsOf(snapshot, other.uri);
        for (const { span } of lensPlaces(snapshot, other.uri)) {
          lensTitle(snapshot, other.uri, span.start);
        }
      }
    }
  }
  return { name, analyzer, snapshots };
}

describe('what was known before an edit', () => {
  it('is let go, whatever was found in it', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const watched = RULES.flatMap(({ id, examples }) =>
      examples.flatMap((example, index) => ('bad' in example ? [editByTurns(`${id} ${index}`, example.bad)] : [])),
    );
    // A reference that was made or followed in this turn holds what it leads to until the next.
    await setImmediate();
    collect();
    const held = watched.filter(({ analyzer, snapshots }) => {
      const last = analyzer.snapshot();
      return snapshots.some((one) => one.deref() !== undefined && one.deref() !== last);
    });
    assert.deepEqual(
      held.map(({ name }) => name),
      [],
    );
  });
});
