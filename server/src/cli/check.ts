import { type Analyzer, createAnalyzer } from '../analyzer.ts';
import { isProjectFile } from '../configuration/projectFile.ts';
import { decideSeverity } from '../configuration/severity.ts';
import { mend } from '../features/mending.ts';
import { render } from '../messages/render.ts';
import { findingsOf, type LocatedFinding } from '../rules/engine.ts';
import { fileNotChecked } from '../rules/fileNotChecked.ts';
import type { Fix } from '../rules/rule.ts';
import { LineIndex } from '../text/lines.ts';
import { countObjects, holdsSomething, isDocument } from '../workspace/manifest.ts';
import { canMatter, countContents } from '../workspace/readFile.ts';
import { type ReadText, replaceText } from './files.ts';
import { load, uriOf } from './loading.ts';
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
  const checked = new CheckedFiles(options);
  checked.read(named);
  if (options.fixes !== 'none') {
    await checked.mend(options.fixes);
  }
  return { report: checked.report(), failed: checked.failed };
}

class CheckedFiles {
  /** Something could not be looked at or written, or failed: what is reported is not all that there is to say. */
  failed = false;
  readonly #warn: CheckOptions['warn'];
  readonly #analyzer: Analyzer = createAnalyzer();
  /** Every file that was looked at, by its path; what is known of it once it could not be checked. */
  readonly #findings = new Map<string, ReportedFinding | 'ignored' | undefined>();
  /** Those that hold for these files, wherever they lie. */
  readonly #projectFiles: string[] = [];
  readonly #mended: string[] = [];
  /** What stands in files that cannot have findings, of which nothing else is kept. */
  readonly #aside = { documents: 0, objects: 0 };

  constructor(options: CheckOptions) {
    this.#warn = options.warn;
  }

  read(named: readonly string[]): void {
    load(named, this.#analyzer, {
      take: (path, read) => this.#take(path, read),
      tookProjectFile: (path) => this.#projectFiles.push(path),
      warn: this.#warn,
      fail: (reason) => this.#fail(reason),
    });
  }

  #take(path: string, read: ReadText): void {
    if (read.kind === 'text') {
      this.#attempt(path, () => {
        const uri = uriOf(path);
        if (isProjectFile(uri) || canMatter(uri, read.text)) {
          this.#analyzer.apply({ kind: 'set', uri, text: read.text });
        } else {
          const { documents, objects } = countContents(uri, read.text);
          this.#aside.documents += documents;
          this.#aside.objects += objects;
        }
        this.#findings.set(path, undefined);
      });
    } else if (read.kind === 'too large') {
      this.#findings.set(path, this.#notChecked(path, 'tooLarge', read.megabytes));
    } else if (read.kind === 'not UTF-8') {
      this.#findings.set(path, this.#notChecked(path, 'notUtf8'));
    } else {
      this.#fail(read.reason);
    }
  }

  async mend(fixes: 'safe' | 'unsafe'): Promise<void> {
    const { files } = this.#analyzer.snapshot();
    const texts = this.#mendedTexts([...files.keys()], fixes);
    for (const path of this.#findings.keys()) {
      const uri = uriOf(path);
      const from = files.get(uri)?.text;
      const to = texts.get(uri);
      if (from === undefined || to === undefined || from === to) {
        continue;
      }
      const problem = await replaceText(path, from, to);
      if (problem === undefined) {
        this.#analyzer.apply({ kind: 'set', uri, text: to });
        this.#mended.push(path);
      } else {
        this.#fail(`${problem} It was left as it is.`);
      }
    }
  }

  /** What the files hold once they are mended, as far as our own fixes do not fail. */
  #mendedTexts(uris: readonly string[], fixes: 'safe' | 'unsafe'): ReadonlyMap<string, string> {
    const complain = (error: unknown): void =>
      this.#fail(`A fix failed, so not all were applied: ${describe(error)}. This is a mistake of ours.`);
    try {
      const { texts, failure } = mend(this.#analyzer.snapshot(), uris, (located, fix) => accepts(located, fix, fixes));
      if (failure !== undefined) {
        complain(failure);
      }
      return texts;
    } catch (error) {
      complain(error);
      return new Map();
    }
  }

  report(): Report {
    const snapshot = this.#analyzer.snapshot();
    const findings: ReportedFinding[] = [];
    let { documents, objects } = this.#aside;
    for (const [path, notRead] of this.#findings) {
      const file = snapshot.files.get(uriOf(path));
      if (notRead !== undefined || file === undefined) {
        findings.push(...(notRead === undefined || notRead === 'ignored' ? [] : [notRead]));
        continue;
      }
      documents += file.manifests.filter(({ manifest }) => isDocument(manifest) && holdsSomething(manifest)).length;
      objects += file.manifests.reduce((sum, { manifest }) => sum + countObjects(manifest), 0);
      this.#attempt(path, () => {
        const lines = new Lines(file.text);
        findings.push(...findingsOf(snapshot, file.uri).map((located) => reported(located, path, lines)));
      });
    }
    for (const path of this.#projectFiles.filter((candidate) => !snapshot.files.has(uriOf(candidate)))) {
      const text = snapshot.configuration.projectFiles.get(uriOf(path))?.file.text ?? '';
      const lines = new Lines(text);
      findings.push(...findingsOf(snapshot, uriOf(path)).map((located) => reported(located, path, lines)));
    }
    return { files: this.#findings.size, documents, objects, mended: this.#mended, findings };
  }

  /** What the engine says of a file that it was not given, in the same words and with the same settings. */
  #notChecked(file: string, message: string, megabytes = 0): ReportedFinding | 'ignored' {
    const snapshot = this.#analyzer.snapshot();
    const choice = snapshot.settingsFor(uriOf(file)).rules.get(fileNotChecked.id);
    if (choice === 'off' || snapshot.configuration.isIgnored(uriOf(file))) {
      return 'ignored';
    }
    return {
      file,
      rule: fileNotChecked.id,
      severity: decideSeverity('assumed', { partial: false }, choice),
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
      message: render(fileNotChecked, message, { megabytes }),
      fixes: [],
    };
  }

  /** A file on which the engine fails takes none of the others along. */
  #attempt(path: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#fail(`${path}: it could not be checked: ${describe(error)}. This is a mistake of ours.`);
    }
  }

  #fail(reason: string): void {
    this.failed = true;
    this.#warn(reason);
  }
}

/** Safe fixes always; of the others the first one offered, and only where a warning or an error asks for it. */
function accepts({ finding, severity }: LocatedFinding, fix: Fix, fixes: 'safe' | 'unsafe'): boolean {
  const matters = severity === 'error' || severity === 'warning';
  const unsafe = fixes === 'unsafe' && matters && fix.safety !== 'by hand';
  return fix.safety === 'safe' || (unsafe && fix === finding.fixes[0]);
}

function reported({ finding, severity, span }: LocatedFinding, file: string, lines: Lines): ReportedFinding {
  const { rule } = finding;
  const start = lines.at(span.start);
  const end = lines.at(span.end);
  return {
    file,
    rule: rule.id,
    severity,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    message: render(rule, finding.message, finding.arguments),
    fixes: finding.fixes.map((fix) => ({
      title: render(rule, fix.title, fix.arguments),
      safe: fix.safety === 'safe',
    })),
  };
}

/** Lines and columns that count from 1, as editors show them: a byte order mark takes no column. */
class Lines {
  readonly #index: LineIndex;
  readonly #mark: number;

  constructor(text: string) {
    this.#index = new LineIndex(text);
    this.#mark = text.startsWith('\uFEFF') ? 1 : 0;
  }

  at(offset: number): { readonly line: number; readonly column: number } {
    const { line, column } = this.#index.at(offset);
    return { line: line + 1, column: (line === 0 ? Math.max(0, column - this.#mark) : column) + 1 };
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
