import type { ManifestFile } from '../workspace/manifest.ts';
import type { Finding, Rule } from './rule.ts';

/** Found by looking at the file as a whole, so it has nothing to check in a manifest. */
export const fileNotChecked: Rule = {
  id: 'file-not-checked',
  summary: 'The file was not read: it is too large to be a manifest, or it is not text.',
  why: 'A file that is skipped in silence looks like one without mistakes.',
  remedy: 'Split the file, or leave it out of what is checked.',
  links: [],
  messages: {
    tooLarge: 'This file was not checked: it has {megabytes} MB, more than the 10 MB that are read.',
    binary: 'This file was not checked: it holds zero bytes, so it is not text.',
    notUtf8: 'This file was not checked: it is not UTF-8 text.',
  },
  examples: [],
  check: () => [],
};

export function fileFinding({ notRead }: ManifestFile): Finding | undefined {
  if (notRead === undefined) {
    return undefined;
  }
  return {
    rule: fileNotChecked,
    message: notRead.reason === 'binary' ? 'binary' : 'tooLarge',
    arguments: notRead.reason === 'binary' ? {} : { megabytes: notRead.megabytes },
    certainty: 'assumed',
    span: { start: 0, end: 0 },
    subject: undefined,
    related: [],
    fixes: [],
  };
}
