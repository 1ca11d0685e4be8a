import { createAnalyzer } from '../../server/src/analyzer.ts';
import { render } from '../../server/src/messages/render.ts';
import { findingsOf, type LocatedFinding } from '../../server/src/rules/engine.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Rule, RuleExample } from '../../server/src/rules/rule.ts';
import { NEVER_HIDDEN } from '../../server/src/rules/suppression.ts';
import { LineIndex } from '../../server/src/text/lines.ts';
import { readMarked } from '../../test/support/marks.ts';

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
`;
}

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

const README = '../../README.md';

/** The section of the README says more; here stands what can be copied. */
function ignoring({ id }: Rule): string {
  const settings = `[the settings](${README}#settings)`;
  if (NEVER_HIDDEN.has(id)) {
    return `No comment can hide it; ${settings} can: \`rules: { ${id}: off }\`.`;
  }
  return [
    'With a comment above the line, best with a reason:',
    '',
    yaml(`# session-persistence-ignore-next-line ${id} -- reason`),
    '',
    `[Other comments](${README}#how-to-ignore-a-finding) speak of an object or a file. For all files there are ` +
      `${settings}: \`rules: { ${id}: off }\`.`,
  ].join('\n');
}

function exampleOf(rule: Rule, example: RuleExample): string[] {
  const [file] = readMarked('good' in example ? example.good : example.bad);
  const text = file?.text ?? '';
  if ('good' in example) {
    return [`### Good: ${example.title}`, yaml(text)];
  }
  const fixed = example.fixed === undefined ? [] : ['After the fix:', yaml(example.fixed)];
  return [`### Bad: ${example.title}`, yaml(text), said(rule, text, file?.path ?? ''), ...fixed];
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}

function said(rule: Rule, text: string, path: string): string {
  const uri = `file:///${path}`;
  const analyzer = createAnalyzer();
  analyzer.apply({ kind: 'set', uri, text });
  const lines = new LineIndex(text);
  return findingsOf(analyzer.snapshot(), uri)
    .filter(({ finding }) => finding.rule === rule)
    .map((located) => sentence(located, lines.at(located.span.start).line + 1))
    .join('\n');
}

function sentence({ finding, severity }: LocatedFinding, line: number): string {
  const fixes = finding.fixes.map((fix) => `  - Fix: ${render(finding.rule, fix.title, fix.arguments)}`);
  const message = render(finding.rule, finding.message, finding.arguments).replace('\n', ' ');
  return [`- Line ${line}, ${severity}: ${message}`, ...fixes].join('\n');
}
