import { createAnalyzer } from '../../server/src/analyzer.ts';
import { render } from '../../server/src/messages/render.ts';
import { findingsOf, type LocatedFinding } from '../../server/src/rules/engine.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Rule, RuleExample } from '../../server/src/rules/rule.ts';
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
    ...(links.length === 0 ? [] : [`## Read more\n\n${links.join('\n')}`]),
  ]
    .join('\n\n')
    .concat('\n');
}

function exampleOf(rule: Rule, example: RuleExample): string[] {
  if ('good' in example) {
    return [`### Good: ${example.title}`, yaml(example.good)];
  }
  const text = readMarked(example.bad)[0]?.text ?? '';
  const fixed = example.fixed === undefined ? [] : ['After the fix:', yaml(example.fixed)];
  return [`### Bad: ${example.title}`, yaml(text), said(rule, text), ...fixed];
}

function yaml(text: string): string {
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}

function said(rule: Rule, text: string): string {
  const uri = 'file:///manifest.yaml';
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
