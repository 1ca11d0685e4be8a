/** What `npm run fuzz` runs; `scripts/fuzz.mjs` says how it is called. */
import { readFileSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { PRODUCTS } from '../../server/src/knowledge/products.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import { BORDERS } from './anyBorders.ts';
import { historyOf, SAMPLES } from './anyHistory.ts';
import { INDEX } from './anyObjects.ts';
import { readMarked } from './marks.ts';

/** Runs of one property in a row. What fast-check keeps of them is let go afterwards, so memory stays bounded. */
const ROUND = 250;

/** Milliseconds after which a counterexample is small enough; a round takes a few seconds. */
const LONGEST_ROUND = 120_000;

/** Milliseconds between two lines of progress. */
const BETWEEN_LINES = 10_000;

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 2;
});

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { runs: { type: 'string', default: '100000' }, seed: { type: 'string' } },
  });
  const runs = wholeNumber('--runs', values.runs);
  const first = values.seed === undefined ? Date.now() % 1_000_000_000 : wholeNumber('--seed', values.seed);
  const files = positionals.map((path) => readFileSync(path, 'utf8'));
  const examples = RULES.flatMap((rule) => rule.examples).flatMap((example) =>
    readMarked('bad' in example ? example.bad : example.good).map(({ text }) => text),
  );
  const products = PRODUCTS.flatMap(({ samples }) => samples.map(({ manifest }) => manifest));
  const ours = historyOf([...SAMPLES, ...examples, ...products]);
  // Edits of whole workspaces find the most, so they get the most runs.
  const properties: [name: string, property: fc.IRawProperty<unknown, false>][] = [
    ['what is said after any history', ours],
    ['what is said after any history', files.length > 0 ? historyOf(files) : ours],
    ['the borders of documents', BORDERS],
    ['the index', INDEX],
  ];
  console.log(
    `${runs} runs from seed ${first} on, on ${SAMPLES.length + examples.length + products.length} texts of ours`,
  );
  console.log(`and ${files.length} named files.`);
  const start = Date.now();
  let told = start;
  for (let done = 0, seed = first; done < runs; seed++) {
    // The seed alone tells which property it is for, so that it repeats a failure as the first round of another call.
    const [name, property] = properties[seed % properties.length] ?? ['', ours];
    const numRuns = Math.min(ROUND, runs - done);
    // What is interrupted before it found anything counts as far as it came.
    const details = await fc.check(property, { seed, numRuns, interruptAfterTimeLimit: LONGEST_ROUND });
    if (details.failed) {
      console.log(fc.defaultReportMessage(details));
      console.log(details.errorInstance instanceof Error ? details.errorInstance.message : details.errorInstance);
      console.log(`This is about ${name}. To see it again:`);
      console.log(['npm run fuzz --', `--seed ${seed}`, `--runs ${numRuns}`, ...positionals].join(' '));
      process.exitCode = 1;
      return;
    }
    done += details.numRuns;
    if (Date.now() - told > BETWEEN_LINES || done === runs) {
      told = Date.now();
      const megabytes = Math.round(process.memoryUsage().rss / 1e6);
      console.log(`${done} runs in ${Math.round((told - start) / 1000)} s, ${megabytes} MB`);
    }
    await setImmediate();
  }
}

function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) {
    throw new Error(`${option} takes a whole number, not ${value}.`);
  }
  return number;
}
