// @ts-check
import { spawn } from 'node:child_process';

/**
 * Starts a process that ends with us, together with everything it starts.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ environment?: NodeJS.ProcessEnv }} [options]
 */
export function startProcessGroup(command, args, { environment = process.env } = {}) {
  const child = spawn(command, args, { detached: true, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const end = () => endProcessGroup(child);
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return child;
}

/**
 * Ends a process group and answers when its first process is gone.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export async function stopProcessGroup(child) {
  if (child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const gone = new Promise((resolve) => child.once('exit', resolve));
  endProcessGroup(child);
  await gone;
}

/**
 * Makes Ctrl-C and a polite kill end this process in the ordinary way, so that what it started ends too.
 *
 * @param {() => void} [farewell]
 */
export function endOnSignals(farewell) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      farewell?.();
      process.exit(signal === 'SIGINT' ? 130 : 143);
    });
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function endProcessGroup(child) {
  if (child.pid === undefined) {
    return;
  }
  try {
    // A process that was started detached leads a group of its own, and a negative number names the group.
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}
