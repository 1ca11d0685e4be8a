// Preloaded into a server under test: every way out of the process is closed, and what files are looked at is told.
'use strict';
const { syncBuiltinESMExports } = require('node:module');
const { writeSync } = require('node:fs');

/** Of each module what leads out of the process. */
const WAYS_OUT = {
  'node:child_process': ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync'],
  'node:dgram': ['createSocket'],
  'node:dns': ['lookup', 'resolve', 'resolve4', 'resolve6'],
  'node:http': ['get', 'request'],
  'node:http2': ['connect'],
  'node:https': ['get', 'request'],
  'node:net': ['connect', 'createConnection', 'createServer'],
  'node:tls': ['connect', 'createServer'],
  'node:worker_threads': ['Worker'],
};

function tell(line) {
  writeSync(2, `${line}\n`);
}

for (const [name, functions] of Object.entries(WAYS_OUT)) {
  const module = require(name);
  for (const key of functions) {
    module[key] = () => {
      tell(`way out: ${name} ${key}`);
      throw new Error('There is no way out.');
    };
  }
}
globalThis.fetch = () => tell('way out: fetch');

const files = require('node:fs/promises');
for (const key of [
  'open',
  'readFile',
  'readdir',
  'stat',
  'lstat',
  'readlink',
  'writeFile',
  'rename',
  'unlink',
  'mkdir',
]) {
  const real = files[key];
  files[key] = (path, ...others) => {
    tell(`${key}: ${path}`);
    return real(path, ...others);
  };
}
syncBuiltinESMExports();
