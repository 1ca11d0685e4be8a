/** What the suite says while it runs: one of these as JSON on a line of its own. */
export type Report =
  | { passed: string; milliseconds: number }
  | { failed: string; reason: string }
  | { skipped: string }
  | { ended: true };
