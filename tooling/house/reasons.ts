import ts from "typescript";
import { type Source, lineOf, walk } from "../source.ts";
import type { Finding } from "./finding.ts";

export const REASON_RULES = ["any", "as", "non-null", "disabled-lint"] as const;

/** `any`, `as` and `!` silence the type checker, a lint exception silences the linter: each says why, on its line or the one above. */
export function unreasonedEscapes(source: Source): Finding[] {
  const findings: Finding[] = [];
  const commented = commentedLines(source);
  walk(source.tree, (node) => {
    const rule = escapeKind(node);
    if (rule && !reasonLines(source, node).some((line) => commented.has(line))) {
      const detail = `\`${node.getText(source.tree).slice(0, 60)}\` needs its reason in a comment on its line`;
      findings.push({ rule, path: source.path, line: lineOf(source, node), detail });
    }
  });
  source.text.split("\n").forEach((text, index) => {
    if (!/(\/\/|\/\*|\{\/\*)\s*(oxlint-disable|eslint-disable|@ts-(ignore|expect-error|nocheck))/.test(text) || / -- \S/.test(text)) return;
    findings.push({ rule: "disabled-lint", path: source.path, line: index + 1, detail: "say why after ` -- `" });
  });
  return findings;
}

function escapeKind(node: ts.Node): "any" | "as" | "non-null" | undefined {
  if (node.kind === ts.SyntaxKind.AnyKeyword) return "any";
  if (ts.isNonNullExpression(node)) return "non-null";
  return ts.isAsExpression(node) && node.type.getText() !== "const" ? "as" : undefined;
}

/** Where the reason may stand: from the line above the statement's first to the node's last, in a long statement near the node only. */
function reasonLines(source: Source, node: ts.Node): number[] {
  const statement = ts.findAncestor(node, (ancestor) => ts.isStatement(ancestor) || ts.isClassElement(ancestor)) ?? node;
  const first = lineOf(source, node);
  const last = source.tree.getLineAndCharacterOfPosition(node.getEnd()).line + 1;
  return [lineOf(source, statement) - 1, lineOf(source, statement), first - 1, first, last];
}

/** The lines that carry a comment, found by the scanner, so that `//` inside a text does not count. */
function commentedLines({ tree, text }: Source): Set<number> {
  const lines = new Set<number>();
  const seen = new Set<number>();
  const add = ({ pos, end }: ts.CommentRange) => {
    const from = tree.getLineAndCharacterOfPosition(pos).line;
    const to = tree.getLineAndCharacterOfPosition(end).line;
    for (let line = from; line <= to; line++) lines.add(line + 1);
  };
  const visit = (node: ts.Node) => {
    for (const position of [node.getFullStart(), node.getEnd()]) {
      if (seen.has(position)) continue;
      seen.add(position);
      for (const range of [...(ts.getLeadingCommentRanges(text, position) ?? []), ...(ts.getTrailingCommentRanges(text, position) ?? [])])
        add(range);
    }
    for (const child of node.getChildren(tree)) visit(child);
  };
  visit(tree);
  return lines;
}
