import type { Service } from '../../kubernetes/service.ts';
import type { Manifest } from '../../workspace/manifest.ts';
import type { Finding } from '../rule.ts';

/**
 * The findings of a check on Services and on what a chart's values put into them. No API server sees values as they
 * are written, so a fix there is never safe.
 */
export function* findingsWithValues(
  manifest: Manifest,
  check: (service: Service) => Iterable<Finding>,
): Iterable<Finding> {
  for (const service of manifest.services) {
    yield* check(service);
  }
  for (const service of manifest.valuesServices) {
    for (const finding of check(service)) {
      yield { ...finding, fixes: finding.fixes.map((fix) => ({ ...fix, safety: 'review' })) };
    }
  }
}
