import { resolveAlias, type YamlMapping, type YamlScalar } from './nodes.ts';
import { parseYaml } from './parse.ts';
import { findTemplateActions } from './template.ts';

/**
 * The mapping that is written as text in a literal block scalar, such as a chart's values inside another manifest.
 * Everything around the block is blanked, so that its spans are those of the outer text. Undefined for other scalars
 * and for text that is no mapping or not YAML.
 */
export function parseNested(text: string, scalar: YamlScalar): YamlMapping | undefined {
  if (scalar.style !== 'literal') {
    return undefined;
  }
  const body = text.indexOf('\n', scalar.span.start) + 1;
  if (body === 0 || body > scalar.span.end) {
    return undefined;
  }
  const blanked = text.slice(0, body).replace(/[^\r\n]/g, ' ') + text.slice(body, scalar.span.end);
  const { root, problems } = parseYaml(blanked, blanked.includes('{{') ? findTemplateActions(blanked) : [], 0);
  const mapping = resolveAlias(root);
  return mapping?.kind === 'mapping' && problems.length === 0 ? mapping : undefined;
}

/**
 * The mapping that is written as text on one line of a scalar, such as the JSON of an annotation. Its spans are those
 * of the outer text where the scalar's text stands there letter by letter (`exact`), else of no use. Undefined for text
 * that is no mapping.
 */
export function parseText(
  scalar: YamlScalar,
  start: number | undefined,
): { readonly mapping: YamlMapping; readonly exact: boolean } | undefined {
  const { root, problems } = parseYaml(' '.repeat(start ?? 0) + scalar.text, [], 0);
  const mapping = resolveAlias(root);
  return mapping?.kind === 'mapping' && problems.length === 0 ? { mapping, exact: start !== undefined } : undefined;
}
