// @ts-check
/** The result of a run as text. */

/** @typedef {import('./measure.mjs').Times} Times */
/**
 * @typedef {object} Result
 * @property {{ processors: number, model: string, node: string }} machine
 * @property {{ name: string, lines: number, units: number }[]} files
 * @property {{ server: string, start: Times }[]} starts
 * @property {import('./measure.mjs').Measurement[]} measurements
 */

/** @param {Result} result */
export function formatTables({ machine, files, starts, measurements }) {
  const lines = [
    `${machine.processors} × ${machine.model.trim()}, Node ${machine.node}. Milliseconds, median / p95.`,
    '',
    ...table([['server', 'start → initialized'], ...starts.map(({ server, start }) => [server, times(start)])]),
  ];
  for (const { name, lines: count, units } of files) {
    lines.push('', `${name}: ${count.toLocaleString('en')} lines, ${Math.round(units / 1000)} KB`, '');
    const own = measurements.filter(({ file }) => file === name);
    lines.push(
      ...table([
        ['', ...own.map(({ server }) => server)],
        ['open → diagnostics', ...own.map(({ open }) => times(open))],
        ['keystroke → diagnostics', ...own.map(({ keystroke }) => times(keystroke))],
        ['processor time per keystroke', ...own.map((one) => number(one.processorPerKeystroke))],
        ['last key of a burst → settled', ...own.map(({ burst }) => times(burst))],
        ['completion', ...own.map(({ completion }) => times(completion))],
        ['hover', ...own.map(({ hover }) => times(hover))],
        ['MB after opening', ...own.map(({ memory }) => number(memory.open))],
        ['MB after the keystrokes', ...own.map(({ memory }) => number(memory.keystrokes))],
        ['MB after the bursts', ...own.map(({ memory }) => number(memory.burst))],
        ['MB after completion and hover', ...own.map(({ memory }) => number(memory.questions))],
      ]),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** @param {import('./workspace.mjs').WorkspaceMeasurement} result */
export function formatWorkspace({ workspace, indexed, settled, meanwhile, afterwards, changed, memory, commandLine }) {
  const { files, bytes } = workspace;
  const lines = [
    `${files.toLocaleString('en')} files, ${Math.round(bytes / 1_000_000)} MB. Milliseconds, median / p95.`,
    '',
    ...table([
      ['start → all files known', number(indexed)],
      ['start → findings of all files', number(settled)],
      ['keystroke → diagnostics meanwhile', times(meanwhile)],
      ['keystroke → diagnostics afterwards', times(afterwards)],
      ['changed file → its findings', times(changed)],
      ['MB once all files are known', number(memory.indexed)],
      ['MB once all findings are out', number(memory.settled)],
      ['command line, seconds', number(commandLine.seconds)],
      ['command line, MB', number(commandLine.memory)],
    ]),
  ];
  return `${lines.join('\n')}\n`;
}

/** @param {import('./endurance.mjs').Endurance} result */
export function formatEndurance(result) {
  const { samples, done, growth, error, bound, seconds } = result;
  const lines = [
    ...table([
      ['keys', 'MB of heap', 'compiled code', 'external', 'resident'],
      ...samples.map(({ keys, heap, code, external, rss }) => [
        keys.toLocaleString('en'),
        heap.toFixed(2),
        code.toFixed(2),
        external.toFixed(2),
        rss.toFixed(0),
      ]),
    ]),
    '',
    `Done in ${Math.round(seconds)} s: ${Object.entries(done)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')}.`,
    '',
    `${verdictOn(result)}: what is in use grows by ${growth.toFixed(0)} ± ${error.toFixed(0)} KB by 1,000 keys; no more`,
    `than ${bound.toFixed(0)} KB may be.`,
  ];
  return `${lines.join('\n')}\n`;
}

/**
 * Whether what is in use grows, beyond doubt or perhaps.
 *
 * @param {import('./endurance.mjs').Endurance} result
 */
export function verdictOn({ growth, error, bound }) {
  if (growth - error > bound) {
    return 'LEAK';
  }
  return growth + error > bound ? 'NO LEAK SHOWN, but more --minutes are needed to be sure' : 'NO LEAK';
}

/** @param {Times} found */
function times({ median, p95 }) {
  return `${number(median)} / ${number(p95)}`;
}

/** @param {number | undefined} value */
function number(value) {
  if (value === undefined || Number.isNaN(value)) {
    return '–';
  }
  return value < 100 ? value.toFixed(1) : Math.round(value).toLocaleString('en');
}

/**
 * @param {string[][]} rows
 * @returns {string[]}
 */
function table(rows) {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}
