// @ts-check
// Stands in for `@vscode/native-watchdog` in the cached VS Code, see tools.mjs. The extension host also looks by itself
// whether its parent still lives, so nothing is lost but the case of a blocked event loop.

/** @param {number} _parentProcess */
export function start(_parentProcess) {}

/** @param {number} [code] */
export function exit(code) {
  process.exit(code);
}
