import { isProjectFile, type ProjectFileProblem } from '../configuration/projectFile.ts';
import { CHOICES } from '../configuration/readSettings.ts';
import type { Manifest } from '../workspace/manifest.ts';
import type { Finding, Fix, Rule } from './rule.ts';
import { fixHere } from './support/fixes.ts';
import { listOf } from './support/listing.ts';

export const settingsInvalid: Rule = {
  id: 'settings-invalid',
  summary: 'A part of the settings in `.session-persistence.yaml` cannot be used.',
  why:
    'What cannot be read leaves its default in force: a misspelt rule stays as loud as it was, and nothing in the ' +
    'findings shows why.',
  remedy:
    'The file has five keys. `rules` maps rule ids to `error`, `warning`, `information`, `hint` or `off`; ' +
    '`kubernetesVersion` is a version such as `1.31`; `controllers` and `productVersions` name products by their ids ' +
    '(in [the tables](../providers/README.md)); `ignore` is a list of patterns as in `.gitignore`.',
  links: [],
  messages: {
    key: '{written} is no setting here; there are {known}.',
    keyMeant: '{written} is no setting here; did you mean {meant}?',
    rule: '{written} is no rule, so nothing is set by it.\nThe id of a rule stands beside each of its findings.',
    ruleMeant: '{written} is no rule, so nothing is set by it; did you mean {meant}?',
    severity: `{written} is no severity, so the default stands; there are ${listOf(CHOICES)}.`,
    severityMeant: '{written} is no severity, so the default stands; did you mean {meant}?',
    version: '{written} is no Kubernetes version, so none is taken into account.\nWrite one such as 1.31.',
    versionMeant: '{written} is not written as a Kubernetes version is here; did you mean {meant}?',
    product:
      '{written} is no product that is known here.\nThe command `session-persistence providers` lists their ids.',
    productMeant: '{written} is no product that is known here; did you mean {meant}?',
    productVersion: '{written} is no version, so none is taken into account.\nWrite one such as "1.5".',
    kind: '{setting} must be {wanted}, not {found}; the default stands.',
    pattern:
      '{written} has too many asterisks, so no file is hidden by it.\n' +
      'A path could match it in more ways than can be tried; write several patterns with fewer asterisks each.',
    syntax: 'This is no YAML, so not all of the settings could be read: {reason}',
    document: 'This second document is not read: the settings are the first one of the file.',
    fix: 'Replace by {meant}',
  },
  examples: [
    {
      title: 'A misspelt rule, and what other tools call a severity.',
      bad: `#- .session-persistence.yaml
rules:
  affinity-in-selectr: off
  ^^^^^^^^^^^^^^^^^^^ settings-invalid
  timeouts-disagree: info
                     ^^^^ settings-invalid
`,
      fixed: `rules:
  affinity-in-selector: off
  timeouts-disagree: information
`,
    },
    {
      title: 'A setting that does not exist, and a version that is too exact.',
      bad: `#- .session-persistence.yaml
kubernetesVersion: v1.31.4
                   ^^^^^^^ settings-invalid
ignored:
^^^^^^^ settings-invalid
  - vendor/
`,
      fixed: `kubernetesVersion: 1.31
ignore:
  - vendor/
`,
    },
    {
      title: 'A pattern that would take too long.',
      bad: `#- .session-persistence.yaml
ignore:
  - "*a*b*c*d*.yaml"
    ^^^^^^^^^^^^^^^^ settings-invalid
  - vendor/
`,
    },
    {
      title: 'Everything that can be set.',
      good: `#- .session-persistence.yaml
rules:
  copied-from-live-object: off
  timeouts-disagree: warning
kubernetesVersion: 1.31
controllers:
  loadBalancer: alibaba-clb
  ingress: ingress-nginx
  ingressClasses:
    inside: ingress-nginx
productVersions:
  alibaba-clb: "2.9"
ignore:
  - charts/vendor/
  - "*.generated.yaml"
`,
    },
  ],
  *check(manifest, { file, snapshot }): Iterable<Finding> {
    const problems = isProjectFile(file.uri) ? snapshot.configuration.projectFiles.get(file.uri)?.problems : [];
    for (const problem of problems ?? []) {
      if (problem.manifest === manifest) {
        yield findingOf(problem, manifest);
      }
    }
  },
};

function findingOf(problem: ProjectFileProblem, manifest: Manifest): Finding {
  const common = {
    rule: settingsInvalid,
    certainty: 'ineffective',
    span: problem.span ?? { start: 0, end: 0 },
    subject: undefined,
    related: [],
  } as const;
  return 'message' in problem
    ? { ...common, message: problem.code, arguments: { reason: problem.message }, fixes: [] }
    : { ...common, ...settingsMessage(problem), fixes: fixesOf(problem, manifest) };
}

/** The message of a problem, wherever the settings come from. */
export function settingsMessage(
  problem: Pick<Extract<ProjectFileProblem, { meant: unknown }>, 'code' | 'meant' | 'arguments'>,
): Pick<Finding, 'message' | 'arguments'> {
  const message = problem.meant === undefined ? problem.code : `${problem.code}Meant`;
  return { message, arguments: problem.arguments };
}

function fixesOf({ meant, span }: Extract<ProjectFileProblem, { meant: unknown }>, manifest: Manifest): Fix[] {
  if (meant === undefined || span === undefined) {
    return [];
  }
  const written = manifest.yaml.text.slice(span.start, span.end);
  const quote = /^["']/.exec(written)?.[0] ?? '';
  return fixHere(manifest, { title: 'fix', arguments: { meant }, safety: 'review' }, () => [
    { span, newText: quote + meant + quote },
  ]);
}
