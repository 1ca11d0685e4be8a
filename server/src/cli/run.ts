import { parseArgs } from 'node:util';
import { check } from './check.ts';
import type { Report } from './report.ts';
import { formatJson } from './reporters/json.ts';
import { formatText } from './reporters/text.ts';

/** What the process lends to the command line. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Starts the language server on the process's own streams. */
  serve(): void;
}

export const EXIT = { clean: 0, findings: 1, failure: 2 } as const;

const REPORTERS: Readonly<Record<string, (report: Report) => string>> = { text: formatText, json: formatJson };

const USAGE = `session-persistence checks whether Kubernetes manifests really keep a client on one pod.

  session-persistence check [options] FILE|DIRECTORY…
      --format text|json   how to print the findings (text)
      --fix                write the safe fixes into the files
      --unsafe-fixes       also write the first fix offered for every other warning and error
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
    terminal.error(`session-persistence: ${error instanceof Error ? error.message : String(error)}\n`);
    return EXIT.failure;
  }
}

async function run(args: readonly string[], terminal: Terminal): Promise<number | undefined> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'text' },
      fix: { type: 'boolean', default: false },
      'unsafe-fixes': { type: 'boolean', default: false },
      stdio: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });
  if (values.help || values.version) {
    terminal.out(values.help ? USAGE : `${process.env.PRODUCT_VERSION ?? 'source'}\n`);
    return EXIT.clean;
  }
  const [command, ...paths] = positionals;
  if (command === 'lsp' && values.stdio && paths.length === 0) {
    terminal.serve();
    return undefined;
  }
  const report = REPORTERS[values.format];
  if (command !== 'check' || paths.length === 0 || report === undefined) {
    const reason =
      report === undefined
        ? `unknown format ${values.format}`
        : command === 'check'
          ? 'check wants at least one file or directory'
          : command === 'lsp'
            ? 'lsp wants --stdio and nothing else'
            : command === undefined
              ? 'a command is missing'
              : `unknown command ${command}`;
    terminal.error(`session-persistence: ${reason}.\n\n${USAGE}`);
    return EXIT.failure;
  }
  const result = await check(paths, {
    fixes: values['unsafe-fixes'] ? 'unsafe' : values.fix ? 'safe' : 'none',
    warn: (message) => terminal.error(`session-persistence: ${message}\n`),
  });
  terminal.out(report(result.report));
  if (result.failed) {
    return EXIT.failure;
  }
  return result.report.findings.some(({ severity }) => severity === 'error' || severity === 'warning')
    ? EXIT.findings
    : EXIT.clean;
}
