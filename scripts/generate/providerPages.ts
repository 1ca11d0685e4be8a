import { parseAddress } from '../../server/src/knowledge/address.ts';
import { alternatives, expectationOf } from '../../server/src/knowledge/grammar.ts';
import type { Condition, Outcome, ProductTable, Setting } from '../../server/src/knowledge/product.ts';
import { isChecked, PRODUCTS } from '../../server/src/knowledge/products.ts';

/** The pages by their file names: one a product, and the index. */
export function providerPages(): Map<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ...PRODUCTS.map((product) => [`${product.id}.md`, page(product)] as const),
  ]);
}

const VERIFICATION: Readonly<Record<ProductTable['verification'], string>> = {
  source: 'its source was read',
  documentation: 'its documentation was read',
  partial: 'parts of its source were read',
  unverified: 'known from threads only',
};

function indexPage(): string {
  const settings = PRODUCTS.flatMap((product) => product.settings);
  const rows = PRODUCTS.map(({ id, name, kind, settings: own, sessionAffinity, verification }) => {
    const checked = own.filter(isChecked).length;
    return (
      `| [${name}](${id}.md) | \`${id}\` | ${kind} | ${own.length} | ${checked} | ` +
      `${sessionAffinity?.effect ?? '–'} | ${VERIFICATION[verification]} |`
    );
  });
  return `# Products

What each cloud load balancer, data path, Ingress controller, service mesh and Gateway reads for session persistence:
${PRODUCTS.length} products with ${settings.length} settings, ${settings.filter(isChecked).length} of which are
checked. A setting is checked when cases prove what is said of it: a value that is refused, what it should be, a
companion that is missing. The others are explained and completed only. The same list is printed by
\`session-persistence providers\`.

The column ClientIP says what the product makes of \`sessionAffinity: ClientIP\` on a Service that it serves. The id is
what \`controllers\` in the settings takes.

| Product | Id | Kind | Settings | Checked | ClientIP | Read |
| --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function page(product: ProductTable): string {
  const { name, basis, link, notes = [], mistakes = [], sessionAffinity, samples, settings } = product;
  return [
    `# ${name}`,
    `${/^[aeiou]/.test(product.kind) ? 'An' : 'A'} ${product.kind}, known as \`${product.id}\`. Read: ${basis}. ` +
      `See also [${link.title}](${link.url}).`,
    ...list('How it is recognised', detectionOf(product)),
    ...(sessionAffinity === undefined
      ? []
      : [
          '## What it makes of sessionAffinity',
          `\`ClientIP\` is ${sessionAffinity.effect}. ${sessionAffinity.what}` +
            `${sessionAffinity.unverified === true ? ' (Not verified.)' : ''}`,
        ]),
    ...list('Worth knowing', notes),
    ...(settings.length === 0 ? [] : ['## Settings', ...settings.map(settingOf)]),
    ...(samples.length === 0 ? [] : ['## How it should look']),
    ...samples.flatMap(({ title, manifest }) => [`### ${title}`, `\`\`\`yaml\n${manifest.trimEnd()}\n\`\`\``]),
    ...list('What people get wrong', mistakes),
  ]
    .join('\n\n')
    .concat('\n');
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, items.map((item) => `- ${escaped(item)}`).join('\n')];
}

function detectionOf({ detection, annotationPrefixes }: ProductTable): string[] {
  const { service, ingress, gateway } = detection;
  return [
    ...(service === undefined
      ? []
      : [
          [
            ...(service.classes.length > 0 ? [`\`loadBalancerClass\`: ${codes(service.classes)}`] : []),
            ...(service.withoutClass ? ['Services of type LoadBalancer without a class, by its annotations'] : []),
          ].join('; '),
        ]),
    ...(ingress === undefined
      ? []
      : [
          [
            ...(ingress.controllers.length > 0
              ? [`IngressClass with the controller ${codes(ingress.controllers)}`]
              : []),
            ...(ingress.classNames.length > 0 ? [`by guess, a class called ${codes(ingress.classNames)}`] : []),
          ].join('; '),
        ]),
    ...(gateway === undefined ? [] : [`GatewayClass with the controller ${codes(gateway.controllers)}`]),
    ...(annotationPrefixes.length > 0 ? [`annotations that begin with ${codes(annotationPrefixes)}`] : []),
  ].filter((line) => line !== '');
}

function codes(words: readonly string[]): string {
  return alternatives(words.map((word) => `\`${word}\``));
}

function settingOf(setting: Setting): string {
  const { at, objects, meaning, grammar, default: standard, listeners, notes = [], source } = setting;
  const facts = [
    `Read from: ${objects.join(', ')}`,
    ...(grammar.kind === 'object' ? [] : [`Values: ${escaped(expectationOf(grammar))}`]),
    ...(standard === undefined ? [] : [`Default: ${escaped(standard)}`]),
    ...(listeners === undefined ? [] : [`Listeners: ${listeners.join(', ')}`]),
    ...(setting.since === undefined ? [] : [`Since: ${setting.since}`]),
    ...(setting.until === undefined ? [] : [`Gone with: ${setting.until}`]),
    ...(isChecked(setting) ? [`A bad value: ${OUTCOME[setting.onBadValue]}`] : ['Known, not checked']),
    ...(setting.unverified === true ? ['Not verified'] : []),
    ...(setting.requires ?? []).map(
      ({ needs, outcome }) => `Needs ${conditionOf(needs)}; without: ${OUTCOME[outcome]}`,
    ),
    ...(setting.conflicts ?? []).map(
      ({ with: other, outcome }) => `Not with ${conditionOf(other)}; together: ${OUTCOME[outcome]}`,
    ),
    ...casesOf(setting),
    `Source: ${escaped(source)}`,
  ];
  const heading = parseAddress(at).kind === 'label' ? at.slice('label:'.length) : at;
  return [
    `### \`${heading}\``,
    escaped(meaning),
    facts.map((fact) => `- ${fact}`).join('\n'),
    ...notes.map(escaped),
  ].join('\n\n');
}

const OUTCOME: Readonly<Record<Outcome, string>> = {
  'refused by the API server': 'refused by the API server',
  'refused by the cloud': 'refused by the cloud',
  'refused by the controller': 'the controller gives up',
  ignored: 'ignored in silence',
  'default instead': 'the default counts instead, in silence',
  depends: 'depends on more than the manifests show',
  advice: 'nothing breaks',
};

function conditionOf(condition: Condition): string {
  if ('anyOf' in condition) {
    return condition.anyOf.map(conditionOf).join(' or ');
  }
  const at = `\`${condition.at}\``;
  if ('is' in condition) {
    return `${at}: ${codes(condition.is)}`;
  }
  return 'isNot' in condition ? `${at} other than ${codes(condition.isNot)}` : at;
}

/** The values that are tried in the tests, and what they should be. */
function casesOf({ cases = [] }: Setting): string[] {
  const bad = cases.flatMap((one) =>
    'bad' in one && one.bad.length < 60
      ? [one.fixed === undefined ? `\`${one.bad}\`` : `\`${one.bad}\` (\`${one.fixed}\` is meant)`]
      : [],
  );
  return bad.length === 0 ? [] : [`Not accepted, for example: ${bad.join(', ')}`];
}

/** What Markdown would take for markup, outside of `code`. */
function escaped(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((piece, index) => (index % 2 === 1 ? piece : piece.replace(/[*_<>]/g, '\\$&')))
    .join('');
}
