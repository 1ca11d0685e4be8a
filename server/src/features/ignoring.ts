import { nextLineSuppression } from '../configuration/suppressions.ts';
import type { LocatedFinding } from '../rules/engine.ts';
import { isContentLine, NEVER_HIDDEN } from '../rules/suppression.ts';
import type { Snapshot } from '../snapshot.ts';
import type { TextEdit } from '../text/edit.ts';
import { lineEndOf, lineStart } from '../text/lines.ts';
import type { PlacedManifest } from '../workspace/manifest.ts';
import { keyQuote } from '../yaml/layout.ts';
import type { YamlNode } from '../yaml/nodes.ts';

/**
 * The edit that puts a comment above the line of a finding, with the line's indentation, which hides the finding.
 * Undefined where no comment can: in JSON, within a text of several lines, for a finding about the file as a whole.
 */
export function ignoringEdit(snapshot: Snapshot, uri: string, located: LocatedFinding): TextEdit | undefined {
  const text = (snapshot.files.get(uri) ?? snapshot.configuration.projectFiles.get(uri)?.file)?.text;
  const { finding, placed, span } = located;
  if (text === undefined || placed === undefined || NEVER_HIDDEN.has(finding.rule.id) || isJson(uri, placed)) {
    return undefined;
  }
  const line = lineStart(text, span.start);
  if (!isContentLine(text, line) || isWithinText(placed, line)) {
    return undefined;
  }
  const at = text.charCodeAt(line) === BYTE_ORDER_MARK ? line + 1 : line;
  const margin = /^[^\S\r\n]*/.exec(text.slice(at, span.start))?.[0].length ?? 0;
  // Blanks, whatever the line itself is indented with: only these indent a comment for certain.
  const comment = ' '.repeat(margin) + nextLineSuppression(finding.rule.id);
  return { span: { start: at, end: at }, newText: comment + lineEndOf(text) };
}

const BYTE_ORDER_MARK = 0xfeff;

/** JSON knows no comments. Braces alone may be YAML, but not with every key in double quotes. */
function isJson(uri: string, { manifest }: PlacedManifest): boolean {
  const { root } = manifest.yaml;
  const isFlow = root?.kind === 'mapping' && root.style === 'flow';
  return /\.json$/i.test(uri) || (isFlow && keyQuote(root) === '"');
}

/** Whether a line begins inside a scalar, where a comment would be a part of the text. */
function isWithinText({ manifest, start }: PlacedManifest, line: number): boolean {
  const { yaml } = manifest;
  const covers = (node: YamlNode): boolean => {
    const span = yaml.toRaw(node.span);
    if (span.start + start >= line || line > span.end + start) {
      return false;
    }
    switch (node.kind) {
      case 'scalar':
        return true;
      case 'sequence':
        return node.items.some(covers);
      case 'mapping':
        return node.pairs.some(({ key, value }) => covers(key) || covers(value));
      case 'alias':
        return false;
    }
  };
  return yaml.root !== undefined && covers(yaml.root);
}
