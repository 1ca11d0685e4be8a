// @ts-check
/** Whose work is in what ships, and on which terms. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundles } from '../bundles.mjs';

const PACKAGES = 'node_modules/';

/**
 * The text of the notices, from what is really in the bundles.
 *
 * @returns {Promise<string>}
 */
export async function thirdPartyNotices() {
  const esbuild = await import('esbuild');
  const results = await Promise.all(
    bundles().map((bundle) => esbuild.build({ ...bundle, write: false, metafile: true })),
  );
  const inputs = results.flatMap(({ metafile }) =>
    Object.values(metafile.outputs).flatMap((output) =>
      // What was left out of the bundle is named as well, with nothing of it inside.
      Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  const folders = [...new Set(inputs.flatMap((path) => folderOf(path) ?? []))].sort();
  const notices = folders.map(noticeOf);
  return [
    '# Third-party notices',
    '',
    'The files in `dist/` contain these packages, each under the license below it.',
    '',
    ...notices.flatMap((notice) => [notice, '']),
  ].join('\n');
}

/**
 * The folder of the package to which a file belongs.
 *
 * @param {string} path
 * @returns {string | undefined}
 */
function folderOf(path) {
  const start = path.lastIndexOf(PACKAGES);
  if (start === -1) {
    return undefined;
  }
  const [first = '', second = ''] = path.slice(start + PACKAGES.length).split('/');
  return path.slice(0, start) + PACKAGES + (first.startsWith('@') ? `${first}/${second}` : first);
}

/** @param {string} folder */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:[-.].*)?$/i.test(entry));
  if (file === undefined) {
    throw new Error(`${folder} comes without the text of its license.`);
  }
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  return `## ${name} ${version} (${license})\n\n\`\`\`text\n${text}\n\`\`\``;
}
