// @ts-check
/**
 * Loaded into a server before it starts, with `--import`: on SIGUSR2 it collects garbage and writes what is left as a
 * line of JSON to standard error. With `HEAP_SNAPSHOTS=FOLDER` it leaves a snapshot there each time as well.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { getHeapCodeStatistics, writeHeapSnapshot } from 'node:v8';

const folder = process.env.HEAP_SNAPSHOTS;
let reports = 0;

process.on('SIGUSR2', async () => {
  // What only weak references and finished promises hold takes more than one collection.
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.();
    await setImmediate();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  if (folder !== undefined) {
    writeHeapSnapshot(join(folder, `${reports++}.heapsnapshot`));
  }
  const { code_and_metadata_size: machine, bytecode_and_metadata_size: bytecode } = getHeapCodeStatistics();
  process.stderr.write(`${JSON.stringify({ heapUsed, external, rss, code: machine + bytecode })}\n`);
});
