import { createAnalyzer } from '../../server/src/analyzer.ts';
import type { SuppressionScope } from '../../server/src/configuration/suppressions.ts';
import { render } from '../../server/src/messages/render.ts';
import { findingsOf, type LocatedFinding } from '../../server/src/rules/engine.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Rule, RuleExample } from '../../server/src/rules/rule.ts';
import { NEVER_HIDDEN } from '../../server/src/rules/suppression.ts';
import { suppressionUnused } from '../../server/src/rules/suppressionUnused.ts';
import { LineIndex } from '../../server/src/text/lines.ts';
import { type MarkedFile, readMarked } from '../../test/support/marks.ts';

/** The pages by their file names: one a rule, and the index. What they print of findings is what the engine says. */
export function rulePages(): Map<string, string> {
  return new Map([['README.md', indexPage()], ...RULES.map((rule) => [`${rule.id}.md`, page(rule)] as const)]);
}

function indexPage(): string {
  const rows = RULES.map((rule) => `| [${rule.id}](${rule.id}.md) | ${rule.summary} |`);
  return `# Rules

Each rule looks for one way in which session persistence is lost. Its name is the code that the editor and the command
line show beside a finding.

| Rule | What it finds |
| --- | --- |
${rows.join('\n')}

## How to ignore a finding

A comment in YAML hides the findings of the rules that it names; several are separated by commas. The reason is for
those who come after you.

| Comment | What it hides |
| --- | --- |
${Object.entries(HIDDEN)
  .map(([scope, what]) => `| \`# session-persistence-${scope} affinity-in-selector -- reason\` | ${what} |`)
  .join('\n')}

## How to set a rule

In \`.session-persistence.yaml\`, for all files in its folder and below; the setting \`sessionPersistence.rules\` of an
editor has the same shape, and the file wins over it.

${yaml(`rules:
  copied-from-live-object: off
  timeouts-disagree: warning
ignore:
  - charts/vendor/`)}
`;
}

const HIDDEN: Readonly<Record<SuppressionScope, string>> = {
  'ignore-next-line': 'findings on the next line that is no comment and not blank',
  'ignore-object': 'findings about the Kubernetes object in which it stands; in a List, about that item',
  'ignore-file': 'findings in the whole file',
};

function page(rule: Rule): string {
  const links = rule.links.map(({ title, url }) => `- [${title}](${url})`);
  return [
    `# ${rule.id}`,
    rule.summary,
    `## Why it matters\n\n${rule.why}`,
    `## What to do\n\n${rule.remedy}`,
    ...(rule.examples.length === 0
      ? []
      : ['## Examples', ...rule.examples.flatMap((example) => exampleOf(rule, example))]),
    `## How to ignore it\n\n${ignoring(rule)}`,
    ...(links.length === 0 ? [] : [`## Read more\n\n${links.join('\n')}`]),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The index says more; here stands what can be copied. */
function ignoring({ id }: Rule): string {
  const settings = `[The settings](README.md#how-to-set-a-rule)`;
  if (NEVER_HIDDEN.has(id)) {
    return `No comment can hide it. ${settings} can switch it off: \`rules: { ${id}: off }\`.`;
  }
  // The line after a comment is never a comment, so one about comments has to speak of the file.
  const [scope, where]: [SuppressionScope, string] =
    id === suppressionUnused.id ? ['ignore-file', 'anywhere in the file'] : ['ignore-next-line', 'above the line'];
  return [
    `With a comment ${where}, best with a reason:`,
    '',
    yaml(`# session-persistence-${scope} ${id} -- reason`),
    '',
    'There are comments for [an object or a file](README.md#how-to-ignore-a-finding) as well. ' +
      `${settings} switch it off for good: \`rules: { ${id}: off }\`.`,
  ].join('\n');
}

function exampleOf(rule: Rule, example: RuleExample): string[] {
  const files = readMarked('good' in example ? example.good : example.bad);
  const shown = files.flatMap(({ path, text }) => [...(files.length > 1 ? [`\`${path}\`:`] : []), yaml(text)]);
  if ('good' in example) {
    return [`### Good: ${example.title}`, ...shown];
  }
  const fixed = example.fixed === undefined ? [] : ['After the fix:', yaml(example.fixed)];
  return [`### Bad: ${example.title}`, ...shown, said(rule, files), ...fixed];
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}

function said(rule: Rule, files: readonly MarkedFile[]): string {
  const analyzer = createAnalyzer();
  for (const { path, text } of files) {
    analyzer.apply({ kind: 'set', uri: `file:///${path}`, text });
  }
  const snapshot = analyzer.snapshot();
  return files
    .flatMap(({ path, text }) => {
      const lines = new LineIndex(text);
      return findingsOf(snapshot, `file:///${path}`)
        .filter(({ finding }) => finding.rule === rule)
        .map((located) => sentence(located, lines.at(located.span.start).line + 1));
    })
    .join('\n');
}

function sentence({ finding, severity }: LocatedFinding, line: number): string {
  const fixes = finding.fixes.map((fix) => `  - Fix: ${render(finding.rule, fix.title, fix.arguments)}`);
  const message = render(finding.rule, finding.message, finding.arguments).replace('\n', ' ');
  return [`- Line ${line}, ${severity}: ${message}`, ...fixes].join('\n');
}
