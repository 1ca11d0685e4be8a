import { type LinkOf, pathPicture } from '../../rendering/pathPicture.ts';
import type { PathReport } from '../explain.ts';

/** The formats in which paths are printed, by their names. */
export const PATH_REPORTERS: ReadonlyMap<string, (paths: readonly PathReport[]) => string> = new Map([
  ['text', asText],
  ['json', asJson],
  ['markdown', asMarkdown],
  ['svg', asSvg],
]);

const NONE = 'There is no Service in these files, so there is no path.\n';

function asText(paths: readonly PathReport[]): string {
  const blocks = paths.map((path) => {
    const hops = path.hops.map((hop, index) => {
      const times = [hop.duration, hop.scope].filter((part) => part !== undefined).join(', ');
      const places = hop.evidence.flatMap((evidence) => path.places.get(evidence) ?? []);
      const where = places.map(({ file, line }) => `\n       ${file}:${line}`).join('');
      return `  ${index + 1}. ${hop.who} ${hop.does} → ${hop.to} (${times})${where}`;
    });
    const pods = path.pods.map(({ name, replicas }) => `${name}${replicas === undefined ? '' : ` × ${replicas}`}`);
    return [
      `${titleOf(path)}`,
      `  ${path.headline}`,
      ...hops,
      `  → ${pods.length === 0 ? 'pods that are not in these files' : pods.join(', ')}`,
      ...(path.reason === '' ? [] : [`  ${path.reason}`]),
    ].join('\n');
  });
  return blocks.length === 0 ? NONE : `${blocks.join('\n\n')}\n`;
}

/** A route names its Service already. */
function titleOf({ service, namespace, entry }: PathReport): string {
  const where = namespace === undefined ? '' : ` (${namespace})`;
  return entry.includes(service) ? `${entry}${where}` : `${service}${where}, ${entry}`;
}

function asJson(paths: readonly PathReport[]): string {
  const printed = paths.map((path) => ({
    service: path.service,
    namespace: path.namespace,
    entry: path.entry,
    verdict: path.verdict,
    headline: path.headline,
    reason: path.reason,
    hops: path.hops.map(({ evidence, ...hop }) => ({
      ...hop,
      evidence: evidence.flatMap((one) => path.places.get(one) ?? []),
    })),
    pods: path.pods.map((pods) => ({ name: pods.name, replicas: pods.replicas, ...path.places.get(pods) })),
  }));
  return `${JSON.stringify({ paths: printed }, undefined, 2)}\n`;
}

function asMarkdown(paths: readonly PathReport[]): string {
  const blocks = paths.map((path) => {
    const rows = path.hops.map((hop) => {
      const places = hop.evidence.flatMap((evidence) => path.places.get(evidence) ?? []);
      const where = places.map(({ file, line }) => `${cell(file)}:${line}`).join(', ');
      return `| ${cell(hop.who)} | ${hop.does} | ${hop.to} | ${hop.duration ?? '–'} | ${hop.scope} | ${where || '–'} |`;
    });
    return [
      `## ${cell(titleOf(path))}`,
      '',
      `**${cell(path.headline)}**${path.reason === '' ? '' : ` ${path.reason}`}`,
      '',
      '| Who | What it does | To | For how long | Scope | Where |',
      '| --- | --- | --- | --- | --- | --- |',
      ...rows,
    ].join('\n');
  });
  return blocks.length === 0 ? NONE : `${blocks.join('\n\n')}\n`;
}

function cell(text: string): string {
  return text.replace(/[|*_<>[\]\\]/g, '\\$&');
}

function asSvg(paths: readonly PathReport[]): string {
  const linkOf: LinkOf = (evidence) => {
    const place = paths.map(({ places }) => places.get(evidence)).find((found) => found !== undefined);
    return place === undefined ? undefined : `${encodeURI(place.file)}#L${place.line}`;
  };
  return `${pathPicture(paths, linkOf)}\n`;
}
