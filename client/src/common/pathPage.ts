import type { HopView, PathsResult, PathView } from '../../../server/src/protocol/messages.ts';

/**
 * The page of the path view. Nothing is loaded from anywhere and only its own script runs; colours are those of the
 * theme. What the picture shows stands below it as text, for those who read it aloud.
 */
export function pathPage({ paths, picture }: PathsResult): string {
  const nonce = randomNonce();
  const body =
    paths.length === 0
      ? '<p>No path leads through what is at the cursor. Put it on a Service, an Ingress or another route.</p>'
      : `<div class="picture">${picture.replace(/<style>[\s\S]*?<\/style>/, '')}</div>${paths.map(pathText).join('')}`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">
<title>Session Persistence</title>
<style nonce="${nonce}">${STYLE}</style>
</head>
<body>
<main>${body}</main>
<script nonce="${nonce}">${SCRIPT}</script>
</body>
</html>`;
}

const STYLE = `
body{padding:8px 16px;color:var(--vscode-editor-foreground);font-family:var(--vscode-font-family)}
.picture{overflow-x:auto}
.picture svg{max-width:100%;min-width:420px;height:auto}
h2{font-size:1.1em;margin:1.2em 0 .2em}
p{margin:.2em 0}
ol{margin:.4em 0;padding-left:1.6em}
a{color:var(--vscode-textLink-foreground)}
.picture a{text-decoration:none}
.picture a:hover text,.picture a:focus text{text-decoration:underline}
a:focus{outline:1px solid var(--vscode-focusBorder)}
.box{fill:var(--vscode-editorWidget-background);stroke:var(--vscode-editorWidget-border,var(--vscode-foreground))}
.text{fill:var(--vscode-editor-foreground)}
.soft{fill:var(--vscode-descriptionForeground)}
.keeps{stroke:var(--vscode-charts-green,#388a34);fill:var(--vscode-charts-green,#388a34)}
.loses,.collapses{stroke:var(--vscode-charts-red,#e51400);fill:var(--vscode-charts-red,#e51400)}
.unknown{stroke:var(--vscode-charts-yellow,#bf8803);stroke-dasharray:4 3}
.unknown{fill:var(--vscode-charts-yellow,#bf8803)}
.label{stroke:none}
.weakest{font-weight:600}
`;

const SCRIPT = `
const editor = acquireVsCodeApi();
document.addEventListener('click', (event) => {
  const link = event.target.closest('a');
  const number = /^#evidence-(\\d+)$/.exec(link?.getAttribute('href') ?? '')?.[1];
  if (number !== undefined) {
    event.preventDefault();
    editor.postMessage({ place: Number(number) });
  }
});
`;

function pathText(path: PathView): string {
  const pods = path.pods.map(({ name, replicas, place }) =>
    linked(`${name}${replicas === undefined ? '' : ` × ${replicas}`}`, place),
  );
  const end = pods.length === 0 ? 'The pods are not in the files of this workspace.' : `Pods: ${pods.join(', ')}`;
  return `<section><h2>${escaped(path.entry)}</h2>
<p><strong>${escaped(path.headline)}</strong> ${escaped(path.reason)}</p>
<ol>${path.hops.map(hopText).join('')}</ol>
<p>${end}</p></section>`;
}

function hopText({ who, does, to, duration, scope, evidence }: HopView): string {
  const times = [duration, scope].filter((part) => part !== undefined).join(', ');
  const places = evidence.map((place, index) => linked(index === 0 ? 'where it is set' : 'and here', place)).join(' ');
  return `<li>${escaped(who)} ${escaped(does)}, on the way to the ${escaped(to)} (${escaped(times)}). ${places}</li>`;
}

function linked(text: string, place: number | undefined): string {
  return place === undefined ? escaped(text) : `<a href="#evidence-${place}">${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

function randomNonce(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
