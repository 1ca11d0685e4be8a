import { EventEmitter, type ExtensionContext, LogLevel, type LogOutputChannel, workspace } from 'vscode';
import { SETTINGS } from '../../../server/src/protocol/names.ts';

/**
 * The log as the language client writes its trace into it. The client traces only where a log's level is the finest,
 * which nobody who changes the setting would think of; so this one's level follows the setting, and what is traced
 * appears in the log as information.
 */
export function traceChannel(log: LogOutputChannel, context: ExtensionContext): LogOutputChannel {
  const levels = new EventEmitter<LogLevel>();
  context.subscriptions.push(
    levels,
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTINGS.traceServer)) {
        levels.fire(chosenLevel());
      }
    }),
  );
  return {
    name: log.name,
    append: (value) => log.append(value),
    appendLine: (value) => log.appendLine(value),
    replace: (value) => log.replace(value),
    clear: () => log.clear(),
    show: () => log.show(),
    hide: () => log.hide(),
    dispose: () => undefined,
    get logLevel() {
      return chosenLevel();
    },
    onDidChangeLogLevel: levels.event,
    trace: (message) => log.info(message),
    debug: (message) => log.debug(message),
    info: (message) => log.info(message),
    warn: (message) => log.warn(message),
    error: (error) => log.error(error),
  };
}

function chosenLevel(): LogLevel {
  const isOn = workspace.getConfiguration().get<string>(SETTINGS.traceServer, 'off') !== 'off';
  return isOn ? LogLevel.Trace : LogLevel.Info;
}
