// @ts-check
/**
 * Puts everything that ships into `dist/`: the extension, the language server that it starts, and the command line.
 * Each is made of files without dependencies. `--watch` keeps building while sources change.
 */
import { rmSync } from 'node:fs';
import { bundles } from './bundles.mjs';
import { ensureDependencies } from './installed.mjs';

await ensureDependencies();
const esbuild = await import('esbuild');
const watch = process.argv.includes('--watch');

if (watch) {
  for (const bundle of bundles({ watch })) {
    await (await esbuild.context(bundle)).watch();
  }
  console.log('Watching; press Ctrl-C to stop.');
} else {
  rmSync('dist', { recursive: true, force: true });
  await Promise.all(bundles().map((bundle) => esbuild.build(bundle)));
  console.log(
    `Built ${bundles()
      .map(({ outfile }) => outfile)
      .join(', ')}.`,
  );
}
