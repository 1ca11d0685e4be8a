import assert from 'node:assert/strict';
import { checkRealCase, type RealCase } from '../../support/cases.ts';
import { CATALOGUE } from './realCases/catalogue.ts';
import { DEMAND_CASES } from './realCases/demand.ts';
import { PROVIDER_CASES } from './realCases/providers.ts';

/** Mistakes that people made, re-created in our own words; a title names the thread that tells of it. */

const ALIBABA = [
  'timeout-int',
  'persist-range',
  'cookie-timeout-range',
  'sticky-enum',
  'type-enum',
  'type-missing',
  'insert-timeout-missing',
  'server-cookie-missing',
  'cookie-charset',
  'unquoted',
  'protocol-port-format',
  'protocol-port-unknown-port',
  'https-cert',
  'persist-on-l7',
  'persist-on-udp',
  'sticky-on-l4',
  'type-not-lb',
  'reuse-no-force',
  'nlb-session',
  'nlb-flag-true',
  'foreign-class',
  'affinity-l7',
  'affinity-eni',
  'leg-missing-node',
  'leg-missing-lb',
  'cluster-policy',
  'local-wrr',
  'timeout-mismatch',
  'wlc-persist',
  'sch-l7',
  'spec-clcu',
  'legacy-prefix',
  'empty-new-key',
  'unknown-key',
];

const KUBERNETES = [
  'affinity-in-selector',
  'affinity-flat',
  'clusterip-fields',
  'config-without-clientip',
  'timeout-range',
];

const EXPECTED = [
  ...numbered('providers', 20),
  ...numbered('demand', 15),
  ...ALIBABA.map((id) => `ali-${id}`),
  ...KUBERNETES.map((id) => `k8s-${id}`),
];

function numbered(group: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${group} ${index + 1}`);
}

describe('real cases', () => {
  const cases: readonly RealCase[] = [...PROVIDER_CASES, ...DEMAND_CASES, ...CATALOGUE];

  it('are there for every number, in order', () => {
    assert.deepEqual([...new Set(cases.map(({ id }) => id))], EXPECTED);
  });

  for (const id of EXPECTED) {
    describe(id, () => {
      for (const one of cases.filter((candidate) => candidate.id === id)) {
        it(one.title, () => checkRealCase(one));
      }
    });
  }
});
