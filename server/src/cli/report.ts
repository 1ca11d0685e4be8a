import type { Severity } from '../configuration/severity.ts';

/** What a check found, in the shape that reporters print. Lines and columns count from 1. */
export interface Report {
  /** Files that were read. */
  readonly files: number;
  /** YAML documents in them that hold something. */
  readonly documents: number;
  readonly findings: readonly ReportedFinding[];
}

export interface ReportedFinding {
  /** As it was named on the command line, or below the directory that was. */
  readonly file: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
}
