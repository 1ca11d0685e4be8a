import { parseArgs } from 'node:util';
import { check } from './check.ts';
import { explainFiles } from './explain.ts';
import { formatProviders, listProviders } from './providers.ts';
import type { Report } from './report.ts';
import { formatJson } from './reporters/json.ts';
import { PATH_REPORTERS } from './reporters/paths.ts';
import { formatText, type Page } from './reporters/text.ts';

/** What the process lends to the command line. */
export interface Terminal extends Page {
  out(text: string): void;
  error(text: string): void;
  /** Starts the language server on the process's own streams. */
  serve(): void;
}

export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

const REPORTERS: ReadonlyMap<string, (report: Report, page: Page) => string> = new Map([
  ['text', formatText],
  ['json', formatJson],
]);

const USAGE = `session-persistence checks whether Kubernetes manifests really keep a client on one pod.

  session-persistence check [options] FILE|DIRECTORY…
      --format text|json   how to print the findings (text)
      --fix                write the safe fixes into the files
      --unsafe-fixes       also write the first fix offered for every other warning and error
  session-persistence explain [--format text|json|markdown|svg] [--service NAME] FILE|DIRECTORY…
      print every path from clients to pods, what each hop does, and whether a client keeps its pod
  session-persistence providers [--format text|json]
      list the products that are known, their settings, and which of them are checked
  session-persistence lsp --stdio
      serve the language server protocol on standard input and output
  session-persistence --version
  session-persistence --help

Exit status: 0 nothing at warning or above, 1 findings, 2 wrong usage or a failure of ours.
`;

/**
 * Runs one command. Findings go to standard output, everything else to standard error.
 *
 * @returns the exit status; undefined while the language server goes on running.
 */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  try {
    return await run(args, terminal);
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const reason = error instanceof Error ? error.message : String(error);
    terminal.error(`session-persistence: ${reason}${isUsage ? `.\n\n${USAGE}` : '\n'}`);
    return EXIT.failure;
  }
}

/** The command line makes no sense; the message is a clause without a full stop. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function run(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const { values, positionals } = parse(args);
  const [command, ...paths] = positionals;
  if (values.help === true || values.version === true) {
    terminal.out(values.help === true ? USAGE : `${process.env.PRODUCT_VERSION ?? 'source'}\n`);
    return EXIT.clean;
  }
  const { stdio, ...checkOptions } = values;
  if (command === 'lsp') {
    if (stdio !== true || paths.length > 0 || Object.keys(checkOptions).length > 0) {
      throw new UsageError('lsp wants --stdio and nothing else');
    }
    terminal.serve();
    return undefined;
  }
  if (command === 'explain') {
    return await runExplain(paths, values, terminal);
  }
  if (values.service !== undefined) {
    throw new UsageError('--service belongs to explain');
  }
  if (command === 'providers') {
    const { format = 'text', ...others } = checkOptions;
    if (stdio !== undefined || paths.length > 0 || Object.keys(others).length > 0) {
      throw new UsageError('providers takes --format and nothing else');
    }
    terminal.out(providersAs(format));
    return EXIT.clean;
  }
  if (command !== 'check') {
    throw new UsageError(command === undefined ? 'a command is missing' : `there is no command ${command}`);
  }
  if (stdio !== undefined) {
    throw new UsageError('--stdio belongs to lsp');
  }
  if (paths.length === 0) {
    throw new UsageError('check wants at least one file or directory');
  }
  return await runCheck(paths, checkOptions, terminal);
}

async function runExplain(paths: readonly string[], options: Options, terminal: Terminal): Promise<number> {
  const { format = 'text', service, ...others } = options;
  if (Object.keys(others).length > 0) {
    throw new UsageError('explain takes --format and --service, and nothing else');
  }
  if (paths.length === 0) {
    throw new UsageError('explain wants at least one file or directory');
  }
  const print = PATH_REPORTERS.get(format);
  if (print === undefined) {
    const formats = [...PATH_REPORTERS.keys()];
    throw new UsageError(
      `there is no format ${format}; there are ${formats.slice(0, -1).join(', ')} and ${formats.at(-1)}`,
    );
  }
  const report = explainFiles(paths, {
    service,
    warn: (message) => terminal.error(`session-persistence: ${message}\n`),
  });
  terminal.out(print(report.paths));
  return report.failed ? EXIT.failure : EXIT.clean;
}

function providersAs(format: string): string {
  switch (format) {
    case 'text':
      return formatProviders(listProviders());
    case 'json':
      return `${JSON.stringify(listProviders(), undefined, 2)}\n`;
    default:
      throw new UsageError(`there is no format ${format}; there are text and json`);
  }
}

type Options = ReturnType<typeof parse>['values'];

async function runCheck(paths: readonly string[], options: Options, terminal: Terminal): Promise<number> {
  const format = REPORTERS.get(options.format ?? 'text');
  if (format === undefined) {
    throw new UsageError(`there is no format ${options.format}; there are ${[...REPORTERS.keys()].join(' and ')}`);
  }
  const { report, failed } = await check(paths, {
    fixes: options['unsafe-fixes'] === true ? 'unsafe' : options.fix === true ? 'safe' : 'none',
    warn: (message) => terminal.error(`session-persistence: ${message}\n`),
  });
  terminal.out(format(report, terminal));
  if (failed) {
    return EXIT.failure;
  }
  return report.findings.some(({ severity }) => severity === 'error' || severity === 'warning')
    ? EXIT.findings
    : EXIT.clean;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        service: { type: 'string' },
        fix: { type: 'boolean' },
        'unsafe-fixes': { type: 'boolean' },
        stdio: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean' },
      },
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // What follows the first sentence explains how to name a file with a leading dash, at length.
    throw new UsageError(reason.replace(/\.\s[\s\S]*$/, ''));
  }
}
