import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Not bundled with the tests: it finds its own program beside itself. */
export const esbuild: typeof import('esbuild') = createRequire(join(process.cwd(), 'package.json'))('esbuild');

/** The text of the engine's door with all that it imports, as one script that runs nowhere but in itself. */
export function engineBundle(): string {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: ['server/src/analyzer.ts'],
    bundle: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    format: 'iife',
    globalName: 'engine',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
