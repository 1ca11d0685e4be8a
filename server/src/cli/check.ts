import { pathToFileURL } from 'node:url';
import writeFileAtomic from 'write-file-atomic';
import { type Analyzer, createAnalyzer } from '../analyzer.ts';
import { mend } from '../features/fixes.ts';
import { render } from '../messages/render.ts';
import { findingsOf, type LocatedFinding } from '../rules/engine.ts';
import type { Fix } from '../rules/rule.ts';
import { LineIndex } from '../text/lines.ts';
import { describeFileError, findFiles, readText } from './files.ts';
import type { Report, ReportedFinding } from './report.ts';

export interface CheckOptions {
  readonly fixes: 'none' | 'safe' | 'unsafe';
  warn(message: string): void;
}

/** Reads the files, mends them if asked to, and reports what is left to say. Fixes are written file by file. */
export async function check(
  named: readonly string[],
  options: CheckOptions,
): Promise<{ readonly report: Report; readonly failed: boolean }> {
  const found = await findFiles(named);
  const analyzer = createAnalyzer();
  const pathByUri = new Map<string, string>();
  let failed = found.problems.length > 0;
  for (const problem of found.problems) {
    options.warn(problem);
  }
  for (const path of found.paths) {
    const read = await readText(path);
    if (read.kind === 'text') {
      const uri = pathToFileURL(path).href;
      pathByUri.set(uri, path);
      analyzer.apply({ kind: 'set', uri, text: read.text });
    } else {
      failed ||= read.kind === 'failed';
      options.warn(read.reason);
    }
  }
  if (options.fixes !== 'none') {
    for (const [uri, path] of pathByUri) {
      failed = !(await writeFixes(analyzer, uri, path, options)) || failed;
    }
  }
  return { report: reportOf(analyzer, pathByUri), failed };
}

async function writeFixes(analyzer: Analyzer, uri: string, path: string, options: CheckOptions): Promise<boolean> {
  const snapshot = analyzer.snapshot();
  const text = snapshot.files.get(uri)?.text;
  const mended = mend(snapshot, uri, (located, fix) => accepts(located, fix, options.fixes));
  if (mended === undefined || mended === text) {
    return true;
  }
  try {
    await writeFileAtomic(path, mended);
  } catch (error) {
    options.warn(`${describeFileError(path, error)} The file was left as it is.`);
    return false;
  }
  analyzer.apply({ kind: 'set', uri, text: mended });
  return true;
}

/** Safe fixes always; of the others the first one offered, and only where a warning or an error asks for it. */
function accepts({ finding, severity }: LocatedFinding, fix: Fix, fixes: CheckOptions['fixes']): boolean {
  const matters = severity === 'error' || severity === 'warning';
  return fix.safety === 'safe' || (fixes === 'unsafe' && matters && fix === finding.fixes[0]);
}

function reportOf(analyzer: Analyzer, pathByUri: ReadonlyMap<string, string>): Report {
  const snapshot = analyzer.snapshot();
  const findings: ReportedFinding[] = [];
  let documents = 0;
  for (const [uri, path] of pathByUri) {
    const file = snapshot.files.get(uri);
    const lines = new LineIndex(file?.text ?? '');
    documents += file?.manifests.filter(({ manifest }) => manifest.yaml.root !== undefined).length ?? 0;
    findings.push(...findingsOf(snapshot, uri).map((located) => reported(located, path, lines)));
  }
  return { files: pathByUri.size, documents, findings };
}

function reported({ finding, severity, span }: LocatedFinding, file: string, lines: LineIndex): ReportedFinding {
  const start = lines.at(span.start);
  const end = lines.at(span.end);
  const { rule } = finding;
  return {
    file,
    rule: rule.id,
    severity,
    line: start.line + 1,
    column: start.column + 1,
    endLine: end.line + 1,
    endColumn: end.column + 1,
    message: render(rule, finding.message, finding.arguments),
    fixes: finding.fixes.map((fix) => ({
      title: render(rule, fix.title, fix.arguments),
      safe: fix.safety === 'safe',
    })),
  };
}
