import { CHOICES, KNOWN_KEYS, type KnownKey } from '../../server/src/configuration/readSettings.ts';
import {
  DEFAULT_WORKSPACE_SETTINGS,
  MAXIMUM_UNOPENED_BYTES,
} from '../../server/src/configuration/readWorkspaceSettings.ts';
import { PRODUCTS } from '../../server/src/knowledge/products.ts';
import { SETTINGS } from '../../server/src/protocol/names.ts';
import { RULES } from '../../server/src/rules/registry.ts';
import type { Rule } from '../../server/src/rules/rule.ts';

interface Manifest {
  readonly contributes: { readonly configuration: { properties: Record<string, object> } };
}

/** The manifest of the package with the settings that follow from the rules; those written by hand stay as they are. */
export function withSettings(manifest: string): string {
  const parsed = JSON.parse(manifest) as Manifest;
  const { configuration } = parsed.contributes;
  configuration.properties = { ...configuration.properties, ...generatedSettings() };
  return `${JSON.stringify(parsed, undefined, 2)}\n`;
}

/** By the names of the settings. */
function generatedSettings(): Record<string, object> {
  return {
    [SETTINGS.rules]: {
      type: 'object',
      default: {},
      scope: 'window',
      order: 3,
      markdownDescription:
        `${summaryOf('rules')} Without a choice a rule decides for each finding. ` +
        'A file `.session-persistence.yaml` in the folder of a manifest or above wins over this setting, rule by rule.',
      properties: Object.fromEntries(RULES.map((rule) => [rule.id, choiceFor(rule)])),
      additionalProperties: false,
    },
    [SETTINGS.kubernetesVersion]: {
      type: 'string',
      default: '',
      pattern: '^(1\\.\\d{1,3})?$',
      patternErrorMessage: 'Write a version such as 1.31, or nothing.',
      scope: 'window',
      order: 4,
      markdownDescription: `${summaryOf('kubernetesVersion')} Where it is empty, no version is taken into account.`,
    },
    [SETTINGS.controllers]: {
      type: 'object',
      default: {},
      scope: 'window',
      order: 5,
      markdownDescription: summaryOf('controllers'),
      properties: {
        loadBalancer: productChoice('service', 'What serves Services of type LoadBalancer without a class.'),
        ingress: productChoice('ingress', 'What serves Ingresses without a class.'),
        ingressClasses: {
          type: 'object',
          markdownDescription: 'What serves Ingresses of a class, by the name of the class.',
          additionalProperties: productChoice('ingress', 'What serves Ingresses of this class.'),
        },
      },
      additionalProperties: false,
    },
    [SETTINGS.productVersions]: {
      type: 'object',
      default: {},
      scope: 'window',
      order: 6,
      markdownDescription: summaryOf('productVersions'),
      properties: Object.fromEntries(
        PRODUCTS.map(({ id, name }) => [id, { type: 'string', markdownDescription: `The version of ${name}.` }]),
      ),
      additionalProperties: false,
    },
    ...workspaceSettings(),
  };
}

/** Settings of an editor alone, which say what becomes of files that are not open. */
function workspaceSettings(): Record<string, object> {
  const { checkUnopenedFiles, maximumFiles } = DEFAULT_WORKSPACE_SETTINGS;
  return {
    [SETTINGS.checkUnopenedFiles]: {
      type: 'boolean',
      default: checkUnopenedFiles,
      scope: 'window',
      order: 7,
      markdownDescription:
        'Show findings in files that are not open as well. Where it is off they still count for what open files say ' +
        'to each other.',
    },
    [SETTINGS.exclude]: {
      type: 'array',
      items: { type: 'string' },
      default: [],
      scope: 'window',
      order: 8,
      markdownDescription:
        'Globs of files and folders that are not looked at while they are closed, such as `**/vendor`. What ' +
        '`files.exclude`, `search.exclude` and `.gitignore` files name is left out without it.',
    },
    [SETTINGS.maximumFiles]: {
      type: 'integer',
      minimum: 0,
      default: maximumFiles,
      scope: 'window',
      order: 9,
      markdownDescription:
        'How many YAML and JSON files of the workspace are looked at, those near its root first; of each up to ' +
        `${MAXIMUM_UNOPENED_BYTES / 1_000_000} MB. The status item of a manifest’s language says what was left out.`,
    },
  };
}

function productChoice(serves: 'service' | 'ingress', markdownDescription: string): object {
  const products = PRODUCTS.filter(({ detection }) => detection[serves] !== undefined);
  return {
    type: 'string',
    enum: products.map(({ id }) => id),
    enumDescriptions: products.map(({ name }) => name),
    markdownDescription,
  };
}

function choiceFor({ summary }: Rule): object {
  return { type: 'string', enum: CHOICES, markdownDescription: summary };
}

function summaryOf(key: KnownKey['key']): string {
  return KNOWN_KEYS.find((known) => known.key === key)?.summary ?? '';
}
