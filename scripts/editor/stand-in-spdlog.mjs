// @ts-check
// Stands in for `@vscode/spdlog` in the cached VS Code, see tools.mjs. Without it an extension's log channel, which is
// a view of a log file, would stay empty.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

export const version = 0;

/** @param {number} _level */
export function setLevel(_level) {}

/** @param {number} _level */
export function setFlushOn(_level) {}

/**
 * @param {string} _name
 * @param {string} file
 */
export async function createRotatingLogger(_name, file) {
  return new Logger('rotating', _name, file);
}

export const createAsyncRotatingLogger = createRotatingLogger;

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

export class Logger {
  #file;
  #level = 2;
  #isFormatted = true;

  /**
   * @param {string} _loggerType
   * @param {string} _name
   * @param {string} file
   */
  constructor(_loggerType, _name, file) {
    this.#file = file;
    mkdirSync(dirname(file), { recursive: true });
  }

  /** @param {string} message */
  trace(message) {
    this.#write(0, message);
  }

  /** @param {string} message */
  debug(message) {
    this.#write(1, message);
  }

  /** @param {string} message */
  info(message) {
    this.#write(2, message);
  }

  /** @param {string} message */
  warn(message) {
    this.#write(3, message);
  }

  /** @param {string} message */
  error(message) {
    this.#write(4, message);
  }

  /** @param {string} message */
  critical(message) {
    this.#write(5, message);
  }

  getLevel() {
    return this.#level;
  }

  /** @param {number} level */
  setLevel(level) {
    this.#level = level;
  }

  /** @param {string} _pattern */
  setPattern(_pattern) {
    this.#isFormatted = true;
  }

  clearFormatters() {
    this.#isFormatted = false;
  }

  flush() {}

  drop() {}

  /**
   * @param {number} level
   * @param {string} message
   */
  #write(level, message) {
    if (level < this.#level) {
      return;
    }
    const now = new Date();
    const localTime = new Date(now.getTime() - now.getTimezoneOffset() * 60_000);
    const time = localTime.toISOString().replace('T', ' ').replace('Z', '');
    appendFileSync(this.#file, this.#isFormatted ? `${time} [${levels[level]}] ${message}\n` : message);
  }
}
