// @ts-check
import { execFile } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache.mjs';
import { headlessChromium, playwrightFolder } from './tools.mjs';

const run = promisify(execFile);

/**
 * Starts a headless Chromium: an installed one if there is one, else the cached one.
 *
 * @returns {Promise<any>} A `Browser` of playwright-core, whose types are not installed here.
 */
export async function launchBrowser() {
  const { executablePath, environment } = (await installedBrowser()) ?? (await cachedBrowser());
  const playwright = createRequire(import.meta.url)(await playwrightFolder());
  return await playwright.chromium.launch({
    executablePath,
    env: { ...process.env, ...environment },
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** @typedef {{ executablePath: string, environment: Record<string, string> }} InstalledBrowser */

/** @returns {Promise<InstalledBrowser | undefined>} */
async function installedBrowser() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  for (const executablePath of candidates) {
    if (await isUsable(executablePath)) {
      return { executablePath, environment: {} };
    }
  }
  return undefined;
}

/**
 * A snap's browser sees neither temporary folders nor hidden ones, and some distributions have only a script there
 * that offers to install one.
 *
 * @param {string} executablePath
 */
async function isUsable(executablePath) {
  try {
    const isSnap = (await realpath(executablePath)).includes('snap');
    return !isSnap && /Chrom\w+ \d+/.test((await run(executablePath, ['--version'])).stdout);
  } catch {
    return false;
  }
}

/** @returns {Promise<InstalledBrowser>} */
async function cachedBrowser() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Install Chromium or Chrome: the one that can be fetched is built for Linux on x64 only.');
  }
  const folder = await headlessChromium();
  return {
    executablePath: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH ?? ''].filter(Boolean).join(':'),
      FONTCONFIG_PATH: await fontConfiguration(join(folder, 'fonts')),
    },
  };
}

/**
 * Fonts of the machine where there are some, and the one that comes with Chromium where there are none, as in a bare
 * container.
 *
 * @param {string} bundledFonts
 */
async function fontConfiguration(bundledFonts) {
  const folder = join(cacheFolder, 'fonts');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <dir>${bundledFonts}</dir>
  <cachedir>${join(folder, 'cache')}</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>DejaVu Sans</family><family>Open Sans</family></prefer></alias>
</fontconfig>
`,
  );
  return folder;
}
