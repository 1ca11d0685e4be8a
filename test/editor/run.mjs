// @ts-check
// Runs the suite in a real VS Code: `node test/editor/run.mjs [--vsix FILE] [--desktop]`. Without options, VS Code is
// served to a headless browser; with VSCODE_EXECUTABLE or --desktop a desktop VS Code is used.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { createRequire, SourceMap } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { projectFolder } from '../../scripts/editor/cache.mjs';
import { cleanSettings } from '../../scripts/editor/serve.mjs';
import { copyExtension } from '../../scripts/editor/staged-extension.mjs';
import { nodeForTools, visualStudioCodeServer } from '../../scripts/editor/tools.mjs';
import { ensureDependencies } from '../../scripts/installed.mjs';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const thisFolder = fileURLToPath(new URL('.', import.meta.url));
const oldestNodeOfTestElectron = 22;

const { values: options } = parseArgs({
  options: { vsix: { type: 'string' }, desktop: { type: 'boolean', default: false } },
});
const desktopExecutable = process.env.VSCODE_EXECUTABLE;
const isDesktop = options.desktop || desktopExecutable !== undefined;

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** @returns {Promise<number>} */
async function main() {
  if (Number.parseInt(process.versions.node, 10) < oldestNodeOfTestElectron) {
    return await runAgainOnNewerNode();
  }
  await ensureDependencies();
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'editor-test-')));
  try {
    return await runSuite(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** @returns {Promise<number>} */
async function runAgainOnNewerNode() {
  const again = spawn(await nodeForTools(), process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // The one that runs the tests ends them and itself, and then so do we.
    process.on(signal, () => again.kill(signal));
  }
  return await new Promise((resolveCode, reject) => {
    again.once('error', reject);
    again.once('exit', (code) => resolveCode(code ?? 1));
  });
}

/**
 * @param {string} folder For everything that belongs to this run only.
 * @returns {Promise<number>}
 */
async function runSuite(folder) {
  const extensionTestsPath = await bundleSuite();
  const workspace = join(folder, 'workspace');
  const userData = join(folder, 'user-data');
  const extensions = join(folder, 'extensions');
  await cp(join(projectFolder, 'samples'), workspace, { recursive: true });
  await writeTestSettings(userData);
  await mkdir(extensions);

  const { runTests, downloadAndUnzipVSCode } = require('@vscode/test-electron');
  const executable = isDesktop ? (desktopExecutable ?? (await downloadAndUnzipVSCode())) : await writeLauncher(folder);
  let extensionUnderTest = join(folder, 'extension');
  let extensionDevelopmentPath = extensionUnderTest;
  if (options.vsix === undefined) {
    await run(process.execPath, [join(projectFolder, 'scripts', 'build.mjs')], { cwd: projectFolder });
    await copyExtension(extensionUnderTest);
  } else {
    await installExtension(executable, resolve(options.vsix), { extensions, userData });
    extensionUnderTest = extensions;
    extensionDevelopmentPath = await writeEmptyExtension(folder);
  }

  const reports = await listenForReports(await sourceLines(`${extensionTestsPath}.map`));
  /** @type {number} */
  const code = await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath,
    extensionTestsPath,
    extensionTestsEnv: {
      EDITOR_TEST_REPORT_PORT: String(reports.port),
      EDITOR_TEST_EXTENSION_FOLDER: extensionUnderTest,
    },
    launchArgs: [workspace, `--user-data-dir=${userData}`, `--extensions-dir=${extensions}`],
  }).catch((/** @type {{ code?: number }} */ error) => error.code ?? 1);
  return reports.conclude(code);
}

/** Answers with the path of the bundled suite. */
async function bundleSuite() {
  const outfile = join(projectFolder, 'out', 'test', 'editor.cjs');
  const { metafile } = await require('esbuild').build({
    absWorkingDir: projectFolder,
    entryPoints: [join(thisFolder, 'index.ts')],
    outfile,
    bundle: true,
    metafile: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: true,
    external: ['vscode', 'mocha'],
  });
  const bundled = Object.keys(metafile.inputs);
  for (const name of await readdir(thisFolder)) {
    if (name.endsWith('.test.ts') && !bundled.includes(`test/editor/${name}`)) {
      throw new Error(`test/editor/index.ts does not load ${name}.`);
    }
  }
  return outfile;
}

/** @param {string} userData */
async function writeTestSettings(userData) {
  await mkdir(join(userData, 'User'), { recursive: true });
  // With Git off, a test can stand in for the provider of `git:` documents.
  const settings = { ...cleanSettings, 'git.enabled': false };
  await writeFile(join(userData, 'User', 'settings.json'), JSON.stringify(settings, undefined, 2));
}

/**
 * A test runner starts one file; this one names the Node that the launcher needs.
 *
 * @param {string} folder
 */
async function writeLauncher(folder) {
  if (process.platform === 'win32') {
    throw new Error('On Windows the suite runs in a desktop VS Code only: node test/editor/run.mjs --desktop');
  }
  const launcher = join(folder, 'launcher');
  const script = `#!/bin/sh\nexec "${process.execPath}" "${join(thisFolder, 'launcher.mjs')}" --end-with-input "$@"\n`;
  await writeFile(launcher, script, { mode: 0o755 });
  return launcher;
}

/**
 * @param {string} executable
 * @param {string} vsix
 * @param {{ extensions: string, userData: string }} folders
 */
async function installExtension(executable, vsix, { extensions, userData }) {
  if (!existsSync(vsix)) {
    throw new Error(`There is no package ${vsix}; "npm run package" makes it.`);
  }
  if (!isDesktop) {
    const server = join(await visualStudioCodeServer(), 'out', 'server-main.js');
    const common = ['--accept-server-license-terms', `--server-data-dir=${join(userData, 'server')}`];
    const where = [`--user-data-dir=${userData}`, `--extensions-dir=${extensions}`];
    await run(await nodeForTools(), [server, ...common, ...where, '--install-extension', vsix]);
    return;
  }
  const { resolveCliArgsFromVSCodeExecutablePath } = require('@vscode/test-electron');
  const [command = executable, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable, {
    reuseMachineInstall: true,
  });
  const where = [`--user-data-dir=${userData}`, `--extensions-dir=${extensions}`];
  await run(command, [...args, ...where, '--install-extension', vsix], { shell: process.platform === 'win32' });
}

/**
 * Tests have to belong to an extension under development; where the packaged one is tested, that is one without
 * content.
 *
 * @param {string} folder
 */
async function writeEmptyExtension(folder) {
  const extension = join(folder, 'empty-extension');
  await mkdir(extension);
  const manifest = { name: 'empty-extension', publisher: 'nobody', version: '0.0.1', engines: { vscode: '^1.91.0' } };
  await writeFile(join(extension, 'package.json'), JSON.stringify(manifest));
  return extension;
}

/**
 * Answers with a function that puts lines of the sources in the place of lines of the bundle. Node could do so itself,
 * but not under VS Code's own way to write stack traces.
 *
 * @param {string} file
 * @returns {Promise<(stack: string) => string>}
 */
async function sourceLines(file) {
  const sourceMap = new SourceMap(JSON.parse(await readFile(file, 'utf8')));
  return (stack) =>
    stack.replace(/[^\s(]*editor\.cjs:(\d+):(\d+)/g, (place, line, column) => {
      const entry = sourceMap.findEntry(Number(line) - 1, Number(column) - 1);
      return 'originalSource' in entry
        ? `${join('out', 'test', entry.originalSource)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`
        : place;
    });
}

/**
 * Listens for what the suite says while it runs, see report.ts, and shows it.
 *
 * @param {(stack: string) => string} toSourceLines
 * @returns {Promise<{ port: number, conclude: (code: number) => number }>}
 */
async function listenForReports(toSourceLines) {
  const counts = { passed: 0, failed: 0 };
  let hasEnded = false;
  const server = createServer(async (socket) => {
    for await (const line of createInterface(socket)) {
      /** @type {import('./report.ts').Report} */
      const report = JSON.parse(line);
      if ('passed' in report) {
        counts.passed += 1;
        console.log(`  passed  ${report.passed} (${report.milliseconds} ms)`);
      } else if ('failed' in report) {
        counts.failed += 1;
        console.log(`  FAILED  ${report.failed}\n${toSourceLines(report.reason).replace(/^/gm, '          ')}`);
      } else if ('skipped' in report) {
        console.log(`  skipped ${report.skipped}`);
      } else {
        hasEnded = true;
      }
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: /** @type {import('node:net').AddressInfo} */ (server.address()).port,
    conclude(code) {
      server.close();
      if (!hasEnded) {
        counts.failed += 1;
        console.log('  FAILED  VS Code ended before the suite did.');
      }
      console.log(`${counts.passed} passed, ${counts.failed} failed`);
      return counts.failed > 0 || counts.passed === 0 ? 1 : code;
    },
  };
}
