import type { ExplainedHop, ExplainedPath, PlacedEvidence } from './explanation.ts';

/** Where a picture leads when somebody chooses a part of it; undefined where a part leads nowhere. */
export type LinkOf = (evidence: PlacedEvidence) => string | undefined;

const BOX = { width: 168, height: 52 } as const;
const GAP = 210;
const ROW = 130;
const MARGIN = 16;

/**
 * The paths as one SVG: a row for each, from the client to the pods, with what every hop does on its arrow. Colours are
 * those of the theme around it (`--path-…`), else they follow the system's light or dark. Nothing is loaded from
 * anywhere.
 */
export function pathPicture(paths: readonly ExplainedPath[], linkOf: LinkOf = () => undefined): string {
  const rows = paths.map((path, index) => rowOf(path, MARGIN + index * ROW, linkOf));
  const columns = Math.max(2, ...paths.map(({ hops }) => hops.length + 1));
  const width = 2 * MARGIN + columns * BOX.width + (columns - 1) * GAP;
  const height = 2 * MARGIN + Math.max(1, paths.length) * ROW - 30;
  const title = paths.map(({ entry, headline }) => `${entry}: ${headline}`).join('. ');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    ` role="img" aria-label="${escaped(title)}" font-family="system-ui, sans-serif" font-size="12">`,
    `<title>${escaped(title)}</title>`,
    STYLE,
    ARROWS,
    ...rows,
    '</svg>',
  ].join('\n');
}

const STYLE = `<style>
.box{fill:var(--path-box,#f4f4f4);stroke:var(--path-line,#777)}
.text{fill:var(--path-text,#222)}
.soft{fill:var(--path-soft,#555)}
.keeps{stroke:var(--path-keeps,#137333);fill:var(--path-keeps,#137333)}
.loses{stroke:var(--path-loses,#b3261e);fill:var(--path-loses,#b3261e)}
.collapses{stroke:var(--path-loses,#b3261e);fill:var(--path-loses,#b3261e)}
.unknown{stroke:var(--path-unknown,#6b5f00);fill:var(--path-unknown,#6b5f00);stroke-dasharray:4 3}
.label{stroke:none}
.weakest{font-weight:600}
@media (prefers-color-scheme: dark){
.box{fill:var(--path-box,#2b2b2b);stroke:var(--path-line,#999)}
.text{fill:var(--path-text,#eee)}
.soft{fill:var(--path-soft,#bbb)}
.keeps{stroke:var(--path-keeps,#81c995);fill:var(--path-keeps,#81c995)}
.loses,.collapses{stroke:var(--path-loses,#f28b82);fill:var(--path-loses,#f28b82)}
.unknown{stroke:var(--path-unknown,#fdd663);fill:var(--path-unknown,#fdd663)}
}
</style>`;

const ARROWS = `<defs>
<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
<path d="M0 0 8 4 0 8z" fill="context-stroke"/></marker>
</defs>`;

function rowOf(path: ExplainedPath, top: number, linkOf: LinkOf): string {
  const boxes = boxesOf(path);
  const parts = boxes.map((lines, index) => box(lines, left(index), top + 34));
  const arrows = path.hops.map((hop, index) => arrow(hop, left(index) + BOX.width, top + 34 + BOX.height / 2, linkOf));
  const state = path.verdict === 'sticky' ? 'keeps' : path.verdict === 'unknown' ? 'unknown' : 'loses';
  return [
    `<g role="group" aria-label="${escaped(`${path.entry}: ${path.headline}. ${path.reason}`)}">`,
    text(MARGIN, top + 8, shorten(path.entry, 80), 'soft'),
    text(MARGIN, top + 25, shorten(path.headline, 100), `${state} label weakest`),
    ...parts,
    ...arrows,
    '</g>',
  ].join('\n');
}

function left(column: number): number {
  return MARGIN + column * (BOX.width + GAP);
}

/** What stands between the hops: the client, who answers, the node, the pods. */
function boxesOf({ hops, service, pods, entry }: ExplainedPath): string[][] {
  const first = entry.startsWith('pods of the cluster') ? 'pod of the cluster' : 'client';
  const places = hops.map((hop, index): string[] => {
    const isLast = index === hops.length - 1;
    return isLast ? [podsText(pods), service] : [hop.to === 'node' ? 'node' : hop.to, `behind ${hop.who}`];
  });
  const [source = ''] = entry.replace('pods of the cluster, ', '').split(':');
  return [[first, source], ...places];
}

function podsText(pods: ExplainedPath['pods']): string {
  if (pods.length === 0) {
    return 'pods (not in these files)';
  }
  const [first, ...others] = pods;
  const replicas = first?.replicas === undefined ? '' : ` × ${first.replicas}`;
  return others.length === 0 ? `${first?.name ?? ''}${replicas}` : `pods of ${pods.length} workloads`;
}

function box([title = '', subtitle = '']: readonly string[], x: number, y: number): string {
  return [
    `<rect class="box" x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/>`,
    text(x + BOX.width / 2, y + 22, shorten(title, 26), 'text', 'middle'),
    text(x + BOX.width / 2, y + 39, shorten(subtitle, 28), 'soft', 'middle'),
  ].join('\n');
}

function arrow(hop: ExplainedHop, x: number, y: number, linkOf: LinkOf): string {
  const link = hop.evidence.map(linkOf).find((target) => target !== undefined);
  const weight = hop.isWeakest ? ' weakest' : '';
  const inner = [
    `<line class="${hop.state}" x1="${x + 4}" y1="${y}" x2="${x + GAP - 4}" y2="${y}"`,
    ' stroke-width="2" marker-end="url(#tip)"/>',
    text(x + GAP / 2, y - 8, shorten(hop.who, 30), `${hop.state} label${weight}`, 'middle'),
    text(x + GAP / 2, y + 16, shorten(hop.does, 36), 'soft', 'middle'),
    ...(hop.duration === undefined ? [] : [text(x + GAP / 2, y + 31, shorten(hop.duration, 36), 'soft', 'middle')]),
  ].join('\n');
  return link === undefined ? inner : `<a href="${escaped(link)}">${inner}</a>`;
}

function text(x: number, y: number, content: string, classes: string, anchor?: 'middle'): string {
  const at = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
  return `<text class="${classes}" x="${x}" y="${y}"${at}>${escaped(content)}</text>`;
}

function shorten(content: string, length: number): string {
  return content.length > length ? `${content.slice(0, length - 1)}…` : content;
}

function escaped(content: string): string {
  return content.replace(/[<>&"]/g, (mark) => ENTITIES[mark] ?? mark);
}

const ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };
