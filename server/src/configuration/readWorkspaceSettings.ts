import { describeInput, type Input } from './input.ts';

/** What an editor's settings say of the files that are not open. */
export interface WorkspaceSettings {
  /** Whether they have findings. Others see them in any case. */
  readonly checkUnopenedFiles: boolean;
  /** Globs of files that are not looked at. */
  readonly exclude: readonly string[];
  readonly maximumFiles: number;
}

export const DEFAULT_WORKSPACE_SETTINGS: WorkspaceSettings = {
  checkUnopenedFiles: true,
  exclude: [],
  maximumFiles: 20_000,
};

/** Larger files are not looked at while they are closed, in bytes. */
export const MAXIMUM_UNOPENED_BYTES = 2_000_000;

export interface ReadWorkspaceSettings {
  readonly settings: WorkspaceSettings;
  /** A sentence for each part that cannot be used, so that its default stands. */
  readonly problems: readonly string[];
}

export function readWorkspaceSettings(input: Input): ReadWorkspaceSettings {
  const settings = { ...DEFAULT_WORKSPACE_SETTINGS };
  const problems: string[] = [];
  for (const { key, value } of input.kind === 'mapping' ? input.entries : []) {
    const wants = (wanted: string): void => {
      problems.push(`${key} must be ${wanted}, not ${describeInput(value)}.`);
    };
    if (value.kind === 'nothing') {
      continue;
    }
    if (key === 'checkUnopenedFiles') {
      const said = value.kind === 'other' ? value.value : undefined;
      if (typeof said === 'boolean') {
        settings.checkUnopenedFiles = said;
      } else {
        wants('true or false');
      }
    } else if (key === 'exclude') {
      const items = value.kind === 'list' ? value.items : [];
      settings.exclude = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
      if (value.kind !== 'list') {
        wants('a list of patterns');
      } else if (settings.exclude.length < items.length) {
        problems.push('exclude holds something that is no pattern.');
      }
    } else if (key === 'maximumFiles') {
      const said = value.kind === 'other' ? value.value : undefined;
      if (typeof said === 'number' && Number.isInteger(said) && said >= 0) {
        settings.maximumFiles = said;
      } else {
        wants('a whole number');
      }
    }
  }
  return { settings, problems };
}
