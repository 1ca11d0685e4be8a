import type { ProductVersion } from '../configuration/settings.ts';
import { shortName } from '../knowledge/address.ts';
import { describeResource } from '../kubernetes/resource.ts';
import type { Finding, Rule } from './rule.ts';
import { certaintyOf } from './support/outcome.ts';
import { objectSettings } from './support/settings.ts';

export const settingNotInVersion: Rule = {
  id: 'setting-not-in-version',
  summary: 'A setting does not exist in the version of its product that the settings name.',
  why:
    'Names change: Gateway API had idleTimeout up to 1.5, and moves sessionName and cookieConfig into cookie and ' +
    'header after 1.6. What the installed version does not know is dropped or refused. Without a version in the ' +
    'settings every shape is accepted here.',
  remedy: 'Use the setting of your version, or correct `productVersions` in the settings.',
  links: [],
  messages: {
    gone:
      '{key} of {object} is gone since {product} {until}, and the settings name {version}.\n' +
      'The API server drops it or refuses the object.',
    early:
      '{key} of {object} came with {product} {since}, and the settings name {version}.\n' +
      'The API server drops it or refuses the object.',
  },
  after: ['field-unknown-key', 'field-value-invalid', 'annotation-value-invalid'],
  examples: [
    {
      title: 'A field that went with 1.6.',
      bad: `#- .session-persistence.yaml
productVersions:
  gateway-api: "1.6"
#- route.yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  rules:
    - sessionPersistence:
        idleTimeout: 2h
        ^^^^^^^^^^^ setting-not-in-version
`,
    },
    {
      title: 'A version that has it.',
      good: `#- .session-persistence.yaml
productVersions:
  gateway-api: "1.5"
#- route.yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: web
spec:
  rules:
    - sessionPersistence:
        idleTimeout: 2h
`,
    },
  ],
  judges: ['settings'],
  *check(manifest, context): Iterable<Finding> {
    const { productVersions } = context.snapshot.settingsFor(context.file.uri);
    for (const { resource, judged } of productVersions.size === 0 ? [] : objectSettings(manifest, context)) {
      for (const { product, setting, written } of judged) {
        const version = productVersions.get(product.id);
        const gone = version !== undefined && setting.until !== undefined && !isBefore(version, setting.until);
        const early = version !== undefined && setting.since !== undefined && isBefore(version, setting.since);
        if (gone || early) {
          yield {
            rule: settingNotInVersion,
            message: gone ? 'gone' : 'early',
            arguments: {
              key: shortName(setting.at, product),
              object: describeResource(resource),
              product: product.name,
              until: setting.until ?? '',
              since: setting.since ?? '',
              version: `${version?.major}.${version?.minor}`,
            },
            certainty: certaintyOf('ignored', setting),
            key: shortName(setting.at, product),
            span: written.place.keySpan,
            subject: resource,
            related: [],
            fixes: [],
          };
        }
      }
    }
  },
};

function isBefore({ major, minor }: ProductVersion, other: string): boolean {
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
