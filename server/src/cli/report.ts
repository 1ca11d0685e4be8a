import type { Severity } from '../configuration/severity.ts';

/** What a check found, in the shape that reporters print. Lines and columns count from 1. */
export interface Report {
  /** Files that were looked at. */
  readonly files: number;
  /** YAML documents in them that hold something. */
  readonly documents: number;
  /** Kubernetes objects in these. */
  readonly objects: number;
  /** The files into which fixes were written. */
  readonly mended: readonly string[];
  /** What is left to say; of a file that was mended, about its new text. */
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
