import assert from 'node:assert/strict';
import { createAnalyzer } from '../../../server/src/analyzer.ts';
import { NO_CHOICES } from '../../../server/src/configuration/settings.ts';
import { findingsOf } from '../../../server/src/rules/engine.ts';
import { URI } from '../../support/analysis.ts';
import { service } from '../../support/cases.ts';

/** The rules and their messages' keys for manifests that meet a Kubernetes of this minor version, or any. */
function foundWith(minor: number | undefined, text: string): string[] {
  const analyzer = createAnalyzer();
  const kubernetesVersion = minor === undefined ? undefined : { major: 1, minor };
  analyzer.apply({ kind: 'set', uri: URI, text });
  const before = findingsOf(analyzer.snapshot(), URI).length;
  analyzer.apply({ kind: 'settings', choices: { ...NO_CHOICES, kubernetesVersion } });
  const found = findingsOf(analyzer.snapshot(), URI);
  assert(minor !== undefined || found.length === before);
  return found.map(({ finding }) => `${finding.rule.id}: ${finding.message}`);
}

describe('what differs by the version of Kubernetes', () => {
  it('is which traffic distributions there are', () => {
    const sameZone = service('trafficDistribution: PreferSameZone\n');
    assert.deepEqual(foundWith(undefined, sameZone), []);
    assert.deepEqual(foundWith(34, sameZone), []);
    assert.deepEqual(foundWith(33, sameZone), []);
    assert.deepEqual(foundWith(32, sameZone), ['service-value-unsupported: tooNew']);
    assert.deepEqual(foundWith(32, service('trafficDistribution: PreferClose\n')), []);
    assert.deepEqual(foundWith(undefined, service('trafficDistribution: Close\n')), [
      'service-value-unsupported: found',
    ]);
  });

  it('is whether anybody warns of affinity on a headless Service', () => {
    const headless = service('clusterIP: None\nsessionAffinity: ClientIP\n');
    assert.deepEqual(foundWith(undefined, headless), ['affinity-without-virtual-ip: headless']);
    assert.deepEqual(foundWith(34, headless), ['affinity-without-virtual-ip: headless']);
    assert.deepEqual(foundWith(33, headless), ['affinity-without-virtual-ip: headlessSilent']);
  });
});
