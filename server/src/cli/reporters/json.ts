import type { Report } from '../report.ts';

export function formatJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
