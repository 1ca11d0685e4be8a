import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The command line as it ships. */
export const CLI = resolve('dist/cli.js');
export const PRINTED = readFileSync('samples/service-as-printed.yaml', 'utf8');

/** Refused by the API server, and mended safely. */
export const MISPLACED = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      sessionAffinity: ClientIP
`;
export const MISPLACED_MENDED = MISPLACED.replace('      sessionAffinity', '  sessionAffinity');

/** Nothing is wrong with it. */
export const SOUND = MISPLACED_MENDED;

export interface Ended {
  /** Null for a process that a signal ended. */
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

/** A folder of its own, in which commands run and which is gone afterwards. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'session-persistence-'));

  write(name: string, content: string | Uint8Array, mode?: number): string {
    const path = this.at(name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    if (mode !== undefined) {
      chmodSync(path, mode);
    }
    return path;
  }

  read(name: string): string {
    return readFileSync(this.at(name), 'utf8');
  }

  at(name: string): string {
    return join(this.path, name);
  }

  /** Runs the command line in the folder. */
  async run(...args: string[]): Promise<Ended> {
    return await this.execute(process.execPath, [CLI, ...args]);
  }

  async execute(command: string, args: readonly string[], uid?: number): Promise<Ended> {
    const child = spawn(command, args, {
      cwd: this.path,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    let out = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      error += text;
    });
    const [status] = await once(child, 'close');
    return { status, out, error };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

export interface JsonFinding {
  readonly file: string;
  readonly rule: string;
  readonly severity: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
}

export interface JsonReport {
  readonly files: number;
  readonly documents: number;
  readonly findings: readonly JsonFinding[];
}

export function readReport({ out }: Ended): JsonReport {
  return JSON.parse(out);
}

/** What the findings point at, in editors' terms. */
export function placesOf(report: JsonReport): string[] {
  return report.findings.map(
    ({ file, rule, line, column, endLine, endColumn }) => `${file} ${rule} ${line}:${column}-${endLine}:${endColumn}`,
  );
}
