/** Names that the server shares with the editors that host it. */

/** The prefix of every setting and command. */
export const SECTION = 'sessionPersistence';

/** What findings call their origin. */
export const DIAGNOSTIC_SOURCE = 'session-persistence';

export const FIX_ALL_KIND = 'source.fixAll.sessionPersistence';

export const COMMANDS = {
  restartServer: 'sessionPersistence.restartServer',
  showLog: 'sessionPersistence.showLog',
  showPath: 'sessionPersistence.showPath',
  refreshEntries: 'sessionPersistence.refreshEntries',
  filterEntries: 'sessionPersistence.filterEntries',
  openEntry: 'sessionPersistence.openEntry',
  showStatus: 'sessionPersistence.showStatus',
} as const;

export const VIEWS = { entries: 'sessionPersistence.entries' } as const;

/** Every setting of the editor; the server refuses others. */
export const SETTINGS = {
  checkUnopenedFiles: 'sessionPersistence.checkUnopenedFiles',
  controllers: 'sessionPersistence.controllers',
  enable: 'sessionPersistence.enable',
  exclude: 'sessionPersistence.exclude',
  kubernetesVersion: 'sessionPersistence.kubernetesVersion',
  maximumFiles: 'sessionPersistence.maximumFiles',
  productVersions: 'sessionPersistence.productVersions',
  rules: 'sessionPersistence.rules',
  traceServer: 'sessionPersistence.trace.server',
} as const;

/** Languages that hold manifests. */
export const LANGUAGES = ['yaml', 'helm', 'json'] as const;
