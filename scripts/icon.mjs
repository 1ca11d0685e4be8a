// @ts-check
// Draws the extension's icon, a PNG as the editor wants it, from its picture: node scripts/icon.mjs
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './editor/browser.mjs';
import { projectFolder } from './editor/cache.mjs';

const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 128, height: 128 } });
  const picture = await readFile(join(projectFolder, 'docs', 'images', 'icon.svg'), 'utf8');
  await page.setContent(`<body style="margin: 0">${picture}</body>`);
  await page.screenshot({ path: join(projectFolder, 'icon.png'), omitBackground: true });
} finally {
  await browser.close();
}
